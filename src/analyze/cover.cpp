#include "analyze/cover.hpp"

#include <algorithm>

namespace carestep::analyze {
namespace {

/// How far a pairing is: 0, 1 or 2 of its sides.
int count_sides(Pairing const& pairing, MemberSet const& chosen) {
  return (pairing.one.intersects(chosen) ? 1 : 0) + (pairing.other.intersects(chosen) ? 1 : 0);
}

int progress(Pairings const& goal, MemberSet const& chosen) {
  int most = 0;
  for (Pairing const& pairing : goal) most = std::max(most, count_sides(pairing, chosen));
  return most;
}

class Greedy {
 public:
  Greedy(std::size_t members, std::vector<Pairings> const& goals)
      : goals_(goals), chosen_(members), gain_(members, 0), brings_(goals.size()) {
    for (std::size_t goal = 0; goal < goals_.size(); ++goal) weigh(goal);
  }

  MemberSet run() {
    for (;;) {
      auto const best = std::max_element(gain_.begin(), gain_.end());
      if (best == gain_.end() || *best == 0) return std::move(chosen_);
      take(static_cast<std::size_t>(best - gain_.begin()));
    }
  }

 private:
  void take(std::size_t member) {
    chosen_.set(member);
    for (std::size_t goal = 0; goal < goals_.size(); ++goal) {
      bool const concerned = std::any_of(goals_[goal].begin(), goals_[goal].end(), [&](Pairing const& pairing) {
        return pairing.one.test(member) || pairing.other.test(member);
      });
      if (concerned) weigh(goal);
    }
  }

  /// Works out anew what each member would bring a goal.
  void weigh(std::size_t goal) {
    for (auto const& [member, gain] : brings_[goal]) gain_[member] -= gain;
    brings_[goal].clear();
    int const now = progress(goals_[goal], chosen_);
    if (now == 2) return;
    std::vector<int> best(gain_.size(), 0);
    for (Pairing const& pairing : goals_[goal]) {
      int const sides_now = count_sides(pairing, chosen_);
      bool const one_open = !pairing.one.intersects(chosen_);
      bool const other_open = !pairing.other.intersects(chosen_);
      MemberSet const members = pairing.one | pairing.other;
      for (std::size_t m = members.find_first(); m != MemberSet::npos; m = members.find_next(m)) {
        int const then =
            sides_now + (one_open && pairing.one.test(m) ? 1 : 0) + (other_open && pairing.other.test(m) ? 1 : 0);
        best[m] = std::max(best[m], then - now);
      }
    }
    for (std::size_t m = 0; m < best.size(); ++m) {
      if (best[m] == 0) continue;
      brings_[goal].emplace_back(m, best[m]);
      gain_[m] += best[m];
    }
  }

  std::vector<Pairings> const& goals_;
  MemberSet chosen_;
  std::vector<int> gain_;                                         // per member
  std::vector<std::vector<std::pair<std::size_t, int>>> brings_;  // per goal: member, gain
};

}  // namespace

bool met(Pairings const& goal, MemberSet const& chosen) {
  return progress(goal, chosen) == 2;
}

MemberSet cover(std::size_t members, std::vector<Pairings> const& goals) {
  MemberSet chosen = Greedy(members, goals).run();
  std::vector<Pairings const*> needed;
  for (Pairings const& goal : goals)
    if (met(goal, chosen)) needed.push_back(&goal);
  for (std::size_t member = members; member-- > 0;) {
    if (!chosen.test(member)) continue;
    chosen.reset(member);
    if (!std::all_of(needed.begin(), needed.end(), [&](Pairings const* goal) { return met(*goal, chosen); }))
      chosen.set(member);
  }
  return chosen;
}

}  // namespace carestep::analyze

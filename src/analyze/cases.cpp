#include "analyze/cases.hpp"

#include <algorithm>
#include <map>

#include "analyze/cover.hpp"

namespace carestep::analyze {
namespace {

using program::Program;

/// What the members there are show of one site.
struct Seen {
  std::vector<Truths> truths;  // one a member
  std::vector<bool> counts;    // the site counts for them
  std::vector<bool> moving;    // likewise, where the line leads where they should go
};

bool is_line(Site const& site) {
  return site.kind == SiteKind::step || site.kind == SiteKind::discharge;
}

class Builder {
 public:
  explicit Builder(Analysis& analysis)
      : analysis_(analysis), program_(analysis.program()), search_(analysis), sites_(sites_of(program_)) {
    seen_.resize(sites_.size());
  }

  Cases build(std::function<bool()> const& stop) {
    set_goals();
    bool stopped = false;
    for (Goal& goal : goals_) {
      stopped = stopped || (stop && stop());
      if (stopped)
        goal.reach = Reach::gave_up;
      else
        pursue(goal);
    }
    return chosen();
  }

 private:
  // ---- goals --------------------------------------------------------------------------------------------------------

  void set_goals() {
    for (std::size_t rule = 0; rule < program_.rules.size(); ++rule)
      goals_.push_back({.kind = GoalKind::active, .site = rule});
    for (std::size_t site = 0; site < sites_.size(); ++site)
      for (std::size_t clause = 0; clause < sites_[site].clauses.size(); ++clause) set_goals(site, clause);
  }

  /// The boundaries first: who stands on both sides of one mostly shows the clause deciding, and both of its truths.
  void set_goals(std::size_t site, std::size_t clause) {
    analysis_.renew();
    try {
      for (Boundary const& boundary : search_.boundaries(*sites_[site].clauses[clause].clause))
        goals_.push_back({.kind = GoalKind::boundary, .site = site, .clause = clause, .boundary = boundary});
    } catch (diagram::OverBudget const&) {
      goals_.push_back({.kind = GoalKind::boundary, .site = site, .clause = clause, .reach = Reach::gave_up});
    }
    goals_.push_back({.kind = GoalKind::decides, .site = site, .clause = clause});
    for (bool const truth : {true, false})
      goals_.push_back({.kind = GoalKind::shown, .site = site, .clause = clause, .truth = truth});
  }

  void pursue(Goal& goal) {
    if (goal.reach == Reach::gave_up) return;
    analysis_.renew();
    try {
      goal.reach = goal.kind == GoalKind::active || goal.kind == GoalKind::shown ? show(goal) : decide(goal);
    } catch (diagram::OverBudget const&) {
      goal.reach = Reach::gave_up;
    } catch (NotConfirmed const&) {
      goal.reach = Reach::gave_up;  // nothing is claimed that the evaluator does not show
    }
  }

  Reach show(Goal const& goal) {
    if (!pairings(goal, {}).empty()) return Reach::met;
    bool const active = goal.kind == GoalKind::active;
    program::Slot const slot = active ? program_.rules[goal.site].active : sites_[goal.site].clauses[goal.clause].slot;
    bool const truth = active || goal.truth;
    std::optional<Patient> patient = search_.shows(slot, truth, false);
    if (!patient && !active) patient = search_.shows(slot, truth, true);
    if (!patient) return Reach::not_met;
    add(*std::move(patient));
    return confirmed(goal, {}, Reach::met);
  }

  Reach decide(Goal const& goal) {
    for (Strictness const strict : strictnesses(goal)) {
      Reach const reach = strict.alone ? Reach::met : Reach::masked;
      if (!pairings(goal, strict).empty()) return reach;
      Boundary const* const boundary = goal.kind == GoalKind::boundary ? &goal.boundary : nullptr;
      auto const sides = search_.decides(sites_[goal.site], goal.clause, strict, boundary);
      if (!sides) continue;
      auto [one, other] = CaseSearch::choose(*sides, members_);
      add(std::move(one));
      add(std::move(other));
      return confirmed(goal, strict, reach);
    }
    return goal.kind == GoalKind::boundary ? stand_on_both_sides(goal) : Reach::not_met;
  }

  Reach stand_on_both_sides(Goal const& goal) {
    if (!value_pairings(goal).empty()) return Reach::values;
    auto below = search_.with_value(sites_[goal.site], goal.boundary.below);
    auto above = search_.with_value(sites_[goal.site], goal.boundary.above);
    if (!below || !above) return Reach::not_met;
    add(*std::move(below));
    add(*std::move(above));
    if (value_pairings(goal).empty()) throw NotConfirmed{};
    return Reach::values;
  }

  [[nodiscard]] std::vector<Strictness> strictnesses(Goal const& goal) const {
    if (!is_line(sites_[goal.site])) return {{true, false}, {false, false}};
    return {{true, true}, {false, true}, {true, false}, {false, false}};
  }

  Reach confirmed(Goal const& goal, Strictness strict, Reach reach) {
    if (pairings(goal, strict).empty()) throw NotConfirmed{};
    return reach;
  }

  // ---- members ------------------------------------------------------------------------------------------------------

  void add(Patient patient) {
    auto const same = [&](Member const& member) {
      return member.patient.with_previous == patient.with_previous && member.patient.codes == patient.codes;
    };
    if (std::any_of(members_.begin(), members_.end(), same)) return;
    members_.push_back(search_.member(std::move(patient)));
    eval::Evaluation const& evaluation = members_.back().evaluation;
    for (std::size_t i = 0; i < sites_.size(); ++i) {
      Truths truths;
      for (SiteClause const& clause : sites_[i].clauses)
        truths.push_back(evaluation.bounds[clause.slot].low != 0 ? 1 : 0);
      seen_[i].truths.push_back(std::move(truths));
      seen_[i].counts.push_back(counts(sites_[i], evaluation, program_, false));
      seen_[i].moving.push_back(is_line(sites_[i]) && counts(sites_[i], evaluation, program_, true));
    }
  }

  // ---- who shows what -----------------------------------------------------------------------------------------------

  Pairings pairings(Goal const& goal, Strictness strict) const {
    switch (goal.kind) {
      case GoalKind::active:
        return single([&](std::size_t m) {
          auto const& active = members_[m].evaluation.decision.active;
          return std::binary_search(active.begin(), active.end(), RuleId{static_cast<std::uint32_t>(goal.site)});
        });
      case GoalKind::shown:
        return single([&](std::size_t m) { return (seen_[goal.site].truths[m][goal.clause] == 1) == goal.truth; });
      case GoalKind::decides:
      case GoalKind::boundary:
        break;
    }
    return pairs(goal, strict);
  }

  template <class Shows>
  Pairings single(Shows shows) const {
    MemberSet who(members_.size());
    for (std::size_t m = 0; m < members_.size(); ++m) who[m] = shows(m);
    if (who.none()) return {};
    return {{who, who}};
  }

  Pairings pairs(Goal const& goal, Strictness strict) const {
    Site const& site = sites_[goal.site];
    Seen const& seen = seen_[goal.site];
    // Who may be compared with whom: the same sense and the same truths of the other clauses; at a boundary, also
    // whether the clause holds above it or below.
    std::map<std::tuple<Sense, Truths, bool>, std::pair<MemberSet, MemberSet>> groups;
    for (std::size_t m = 0; m < members_.size(); ++m) {
      if (!(strict.moving ? seen.moving : seen.counts)[m]) continue;
      Sense const sense = analyze::sense(site, goal.clause, seen.truths[m]);
      if (sense == Sense::none) continue;
      bool const holds = seen.truths[m][goal.clause] == 1;
      Truths others = strict.alone ? seen.truths[m] : Truths{};
      if (strict.alone) others[goal.clause] = unknown_truth;
      auto const put = [&](bool turned) {
        auto& [with, without] = groups[{sense, others, turned}];
        MemberSet& side = holds ? with : without;
        side.resize(members_.size());
        side.set(m);
      };
      if (goal.kind == GoalKind::decides) {
        put(false);
        continue;
      }
      if (goal.boundary.above.holds(members_[m].evaluation)) put(!holds);
      if (goal.boundary.below.holds(members_[m].evaluation)) put(holds);
    }
    Pairings pairings;
    for (auto& [key, sides] : groups)
      if (sides.first.any() && sides.second.any())
        pairings.push_back({std::move(sides.first), std::move(sides.second)});
    return pairings;
  }

  Pairings value_pairings(Goal const& goal) const {
    auto const with = [&](Point const& point) {
      MemberSet who(members_.size());
      for (std::size_t m = 0; m < members_.size(); ++m)
        who[m] = seen_[goal.site].counts[m] && point.holds(members_[m].evaluation);
      return who;
    };
    Pairing pairing{with(goal.boundary.below), with(goal.boundary.above)};
    if (pairing.one.none() || pairing.other.none()) return {};
    return {std::move(pairing)};
  }

  /// The pairings in which it is met as far as it was.
  Pairings pairings(Goal const& goal) const {
    if (goal.reach == Reach::values) return value_pairings(goal);
    if (goal.reach != Reach::met && goal.reach != Reach::masked) return {};
    if (goal.kind == GoalKind::active || goal.kind == GoalKind::shown) return pairings(goal, {});
    for (Strictness const strict : strictnesses(goal))
      if (Pairings found = pairings(goal, strict); !found.empty()) return found;
    return {};
  }

  // ---- the choice ---------------------------------------------------------------------------------------------------

  Cases chosen() {
    std::vector<Pairings> all;
    for (Goal const& goal : goals_) all.push_back(pairings(goal));
    MemberSet const kept = cover(members_.size(), all);
    std::vector<std::size_t> place(members_.size(), 0);
    Cases result;
    for (std::size_t m = 0; m < members_.size(); ++m) {
      place[m] = result.cases.size();
      if (kept.test(m)) result.cases.push_back({std::move(members_[m]), {}});
    }
    for (std::size_t goal = 0; goal < goals_.size(); ++goal) assign(goal, all[goal], kept, place, result);
    result.sites = std::move(sites_);
    result.goals = std::move(goals_);
    return result;
  }

  static void assign(std::size_t goal, Pairings const& pairings, MemberSet const& kept,
                     std::vector<std::size_t> const& place, Cases& result) {
    for (Pairing const& pairing : pairings) {
      std::size_t const one = (pairing.one & kept).find_first();
      std::size_t const other = (pairing.other & kept).find_first();
      if (one == MemberSet::npos || other == MemberSet::npos) continue;
      if (pairing.one == pairing.other) {
        result.cases[place[one]].purposes.push_back({goal, Purpose::no_partner});
      } else {
        result.cases[place[one]].purposes.push_back({goal, place[other]});
        result.cases[place[other]].purposes.push_back({goal, place[one]});
      }
      return;
    }
  }

  Analysis& analysis_;
  Program const& program_;
  CaseSearch search_;
  std::vector<Site> sites_;
  std::vector<Goal> goals_;
  std::vector<Member> members_;
  std::vector<Seen> seen_;
};

}  // namespace

Cases find_cases(Analysis& analysis, std::function<bool()> const& stop) {
  return Builder(analysis).build(stop);
}

}  // namespace carestep::analyze

#include "eval/findings.hpp"

#include <algorithm>
#include <tuple>

#include "eval/move.hpp"

namespace carestep::eval {
namespace {

using program::Program;
using program::Slot;

struct StandingOrder {
  static auto key(Standing const& s) {
    return std::tuple(s.admits, s.hard, s.fails, s.up, s.down, s.reassess, s.safe, s.current, s.applies, s.narrows,
                      s.discharge_open);
  }
  bool operator()(Standing const& a, Standing const& b) const { return key(a) < key(b); }
};

/// Standings that may be reached when every open condition is free to hold or not.
class Reachable {
 public:
  static constexpr std::size_t limit = 4096;

  explicit Reachable(std::vector<Standing> start) : standings_(std::move(start)) {}

  /// `change` happens for sure, or perhaps.
  template <class Change>
  void apply(Bounds holds, Change change) {
    if (holds.high == 0 || full_) return;
    std::vector<Standing> next;
    if (holds.low == 0) next = standings_;
    for (Standing standing : standings_) {
      change(standing);
      next.push_back(standing);
    }
    std::sort(next.begin(), next.end(), StandingOrder{});
    next.erase(std::unique(next.begin(), next.end()), next.end());
    full_ = next.size() > limit;
    standings_ = std::move(next);
  }

  [[nodiscard]] std::vector<Standing> const& standings() const { return standings_; }
  [[nodiscard]] bool full() const { return full_; }

 private:
  std::vector<Standing> standings_;
  bool full_ = false;
};

std::vector<Standing> starts(Program const& program, Record const& record) {
  std::vector<Standing> start;
  std::int64_t const code = record.codes[ir::current_level_var];
  if (code != unknown_code) return {untouched(program, static_cast<std::int8_t>(code - 1))};
  for (std::size_t level = 0; level <= program.level_count(); ++level)
    start.push_back(untouched(program, static_cast<std::int8_t>(static_cast<int>(level) - 1)));
  return start;
}

Reachable reach(Program const& program, Record const& record, std::vector<Bounds> const& bounds) {
  Reachable reachable(starts(program, record));
  for (program::RuleEffect const& rule : program.rules)
    reachable.apply(bounds[rule.active], [&](Standing& s) { activate(s, rule); });
  for (program::CriterionTest const& criterion : program.criteria) {
    // Failing alone is not yet failing: another line of the level may hold. A superset may leave that aside.
    Bounds const holds = bounds[criterion.holds];
    bool const other_must_hold = std::any_of(program.criteria.begin(), program.criteria.end(), [&](auto const& other) {
      return other.level == criterion.level && other.admit == criterion.admit && bounds[other.holds].low != 0;
    });
    if (other_must_hold) continue;
    reachable.apply({1 - holds.high, 1 - holds.low}, [&](Standing& s) {
      if ((s.current == criterion.level) != criterion.admit) s.fails |= bit(criterion.level);
    });
  }
  for (program::StepMove const& step : program.steps)
    reachable.apply(bounds[step.open], [&](Standing& s) {
      if (s.current == step.from) (step.to > step.from ? s.up : s.down) |= bit(step.to);
    });
  for (program::DischargeTest const& line : program.discharges)
    reachable.apply(bounds[line.open], [&](Standing& s) {
      if (s.current != no_level_index && (line.from & bit(s.current)) != 0) s.discharge_open = true;
    });
  Bounds const applies = bounds[program.applies];
  reachable.apply({1 - applies.high, 1 - applies.low}, [](Standing& s) {
    s = Standing{};
    s.applies = false;
  });
  return reachable;
}

/// Every level that there is, and none: the widest answer.
std::vector<Outcome> anything(Program const& program) {
  std::vector<Outcome> outcomes{Outcome{}};
  for (std::size_t level = 0; level < program.level_count(); ++level) {
    auto const at = static_cast<std::int8_t>(level);
    outcomes.push_back({.move = Move::stay, .next = at, .indicated = at, .placement = at, .plan = {}});
  }
  return outcomes;
}

Extent extent_of(Bounds bounds) {
  if (bounds.high == 0) return Extent::never;
  return bounds.low != 0 ? Extent::always : Extent::sometimes;
}

}  // namespace

void find_roughly(Program const& program, Record const& record, std::vector<Bounds> const& bounds, Findings& findings) {
  findings.approximate = true;
  findings.outcomes.clear();
  Reachable const reachable = reach(program, record, bounds);
  if (reachable.full()) {
    findings.outcomes = anything(program);
  } else {
    for (Standing const& standing : reachable.standings()) {
      Outcome outcome = decide_move(program, standing, record.unavailable);
      if (std::find(findings.outcomes.begin(), findings.outcomes.end(), outcome) == findings.outcomes.end())
        findings.outcomes.push_back(std::move(outcome));
    }
  }
  Bounds const applies = bounds[program.applies];
  auto const within = [&](Bounds b) { return Bounds{std::min(b.low, applies.low), std::min(b.high, applies.high)}; };
  findings.clear_rules();
  for (std::uint32_t i = 0; i < program.rules.size(); ++i)
    findings.add_rule(i, extent_of(within(bounds[program.rules[i].active])));
  for (std::uint32_t i = 0; i < program.guarantees.size(); ++i) {
    program::GuaranteeTest const& guarantee = program.guarantees[i];
    auto const broken = std::count_if(findings.outcomes.begin(), findings.outcomes.end(),
                                      [&](Outcome const& o) { return breaks(o, guarantee, record.unavailable); });
    bool const all = broken == static_cast<std::ptrdiff_t>(findings.outcomes.size()) && !reachable.full();
    Bounds const breaking{all ? 1 : 0, broken > 0 || reachable.full() ? 1 : 0};
    Bounds const whenever = within(bounds[guarantee.whenever]);
    findings.add_guarantee(
        i, extent_of({std::min(whenever.low, breaking.low), std::min(whenever.high, breaking.high)}));
  }
}

}  // namespace carestep::eval

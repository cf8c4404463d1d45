#include "analyze/placement.hpp"

#include <algorithm>
#include <bit>

#include "eval/move.hpp"

namespace carestep::analyze {

using diagram::Diagram;
using diagram::Edge;
using diagram::no;
using diagram::Position;
using diagram::Ref;
using eval::bit;
using eval::Outcome;
using eval::Standing;
using program::Program;

namespace {

constexpr Position current_position = 0;

bool can_step_up(Outcome const& o, Standing const& s) {
  return s.current != eval::no_level_index && o.indicated > s.current;
}
bool can_step_down(Outcome const& o, Standing const& s) {
  return s.current != eval::no_level_index && !o.conflict && !o.not_eligible && o.indicated < s.current;
}
bool can_leave(Outcome const& o, Standing const& s) {
  return s.current != eval::no_level_index && !o.conflict && (o.not_eligible || o.indicated == s.current);
}

}  // namespace

// ---- rules ----------------------------------------------------------------------------------------------------------

Ref Placement::claims_of_rule(program::RuleEffect const& rule) {
  LevelMask const all = space_.program().all_levels;
  std::uint32_t const silent = claims_({all, all, eval::no_level_index, false});
  std::uint32_t const active = claims_({rule.admits, rule.admits_hard, rule.safe, true});
  return space_.diagram().map(space_.condition(rule.active),
                              [&](std::uint32_t holds) { return holds != 0 ? active : silent; });
}

/// Halves are merged, then merged with each other: neighbours in the order meet while they are small.
Ref Placement::merged(std::vector<Ref> parts) {
  auto const join = [&](std::uint32_t a, std::uint32_t b) {
    Claims const x = claims_[a];
    Claims const y = claims_[b];
    return claims_({x.admits & y.admits, x.hard & y.hard, std::max(x.safe, y.safe), x.narrows || y.narrows});
  };
  while (parts.size() > 1) {
    std::vector<Ref> next;
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
      next.push_back(space_.diagram().apply(parts[i], parts[i + 1], join));
    if (parts.size() % 2 == 1) next.push_back(parts.back());
    parts = std::move(next);
  }
  return parts.front();
}

Ref Placement::build_claims() {
  LevelMask const all = space_.program().all_levels;
  std::vector<Ref> parts;
  for (program::RuleEffect const& rule : space_.program().rules)
    if (rule.narrows) parts.push_back(claims_of_rule(rule));
  std::stable_sort(parts.begin(), parts.end(),
                   [&](Ref a, Ref b) { return space_.diagram().position(a) < space_.diagram().position(b); });
  if (parts.empty()) parts.push_back(Ref::leaf(claims_({all, all, eval::no_level_index, false})));
  return merged(std::move(parts));
}

// ---- one current level at a time
// --------------------------------------------------------------------------------------

Ref Placement::at_level(Ref ref, std::int8_t current) {
  if (space_.known(ir::current_level_var)) return ref;
  if (space_.diagram().position(ref) != current_position) return ref;
  for (Edge const& edge : space_.diagram().edges(ref))
    if (edge.high >= current + 1) return edge.to;
  return ref;  // the last edge reaches the last level
}

template <class Build>
Ref Placement::by_current_level(Build build) {
  if (auto const code = space_.known(ir::current_level_var)) return build(static_cast<std::int8_t>(*code - 1));
  std::vector<Edge> edges;
  for (std::int64_t code = 0; code < space_.diagram().size(current_position); ++code)
    edges.push_back({code, build(static_cast<std::int8_t>(code - 1))});
  return space_.diagram().node(current_position, edges);
}

Ref Placement::standings_at(std::int8_t current, Standings& known) {
  Standing const start = eval::untouched(space_.program(), current);
  Ref const rules = space_.diagram().map(at_level(claims(), current), [&](std::uint32_t leaf) {
    Claims const& c = claims_[leaf];
    Standing s = start;
    s.admits = c.admits;
    s.hard = c.hard;
    s.safe = c.safe;
    s.narrows = c.narrows;
    return known(s);
  });
  return with_criteria(rules, current, known);
}

Ref Placement::with_criteria(Ref standings, std::int8_t current, Standings& known) {
  Program const& program = space_.program();
  Diagram& d = space_.diagram();
  for (std::size_t l = 0; l < program.level_count(); ++l) {
    auto const level = static_cast<int>(l);
    bool const admit = level != current;
    if (((admit ? program.with_admit : program.with_continue) & bit(level)) == 0) continue;
    Ref holds = no;
    for (program::CriterionTest const& criterion : program.criteria)
      if (criterion.admit == admit && criterion.level == level)
        holds = d.either(holds, at_level(space_.condition(criterion.holds), current));
    standings = d.apply(standings, holds, [&](std::uint32_t leaf, std::uint32_t met) {
      Standing s = known[leaf];
      if (met != 0 || (s.admits & bit(level)) == 0) return leaf;
      s.fails |= bit(level);
      return known(s);
    });
  }
  return standings;
}

/// A line is asked about only where it can matter to the move.
Ref Placement::with_lines(Ref standings, std::int8_t current, Standings& known) {
  Program const& program = space_.program();
  Diagram& d = space_.diagram();
  auto const fold = [&](program::Slot open, auto opened) {
    standings =
        d.apply(standings, at_level(space_.condition(open), current), [&](std::uint32_t leaf, std::uint32_t is) {
          if (is == 0) return leaf;
          Standing s = known[leaf];
          Outcome const o = eval::decide_move(program, s, 0);
          return opened(o, s) ? known(s) : leaf;
        });
  };
  if (current == eval::no_level_index) return standings;
  auto const from = static_cast<std::size_t>(current);
  for (std::uint32_t i = program.steps_begin[from]; i < program.steps_begin[from + 1]; ++i) {
    program::StepMove const& step = program.steps[i];
    fold(step.open, [&](Outcome const& o, Standing& s) {
      bool const up = step.to > step.from;
      if ((o.admissible & bit(step.to)) == 0 || !(up ? can_step_up(o, s) : can_step_down(o, s))) return false;
      (up ? s.up : s.down) |= bit(step.to);
      return true;
    });
  }
  for (program::DischargeTest const& line : program.discharges) {
    if ((line.from & bit(current)) == 0) continue;
    fold(line.open, [&](Outcome const& o, Standing& s) {
      // Leaving by an earlier line changes the move, not what leads to it.
      if (s.discharge_open || !can_leave(o, s)) return false;
      s.discharge_open = true;
      return true;
    });
  }
  return standings;
}

Ref Placement::build_indicated() {
  return by_current_level([&](std::int8_t current) {
    Standings known;
    Ref const standings = standings_at(current, known);
    return space_.diagram().map(standings, [&](std::uint32_t leaf) {
      return indications_(eval::decide_move(space_.program(), known[leaf], 0));
    });
  });
}

Ref Placement::build_decisions() {
  return by_current_level([&](std::int8_t current) {
    Standings known;
    Ref const standings = with_lines(standings_at(current, known), current, known);
    return space_.diagram().map(
        standings, [&](std::uint32_t leaf) { return decisions_(eval::decide_move(space_.program(), known[leaf], 0)); });
  });
}

// ---- what many questions share
// ----------------------------------------------------------------------------------------

template <class Build>
Ref Placement::shared(std::optional<Ref>& known, bool SharedBudget::*failed, Build build) {
  if (known) return *known;
  if (budget_ == nullptr) return known.emplace(build());
  if (budget_->*failed) throw diagram::OverBudget{};
  try {
    space_.diagram().allow(budget_->steps);
    known = build();
    space_.diagram().allow(budget_->steps);
    return *known;
  } catch (diagram::OverBudget const&) {
    budget_->*failed = true;
    throw;
  }
}

Ref Placement::claims() {
  return shared(claims_ref_, &SharedBudget::claims_failed, [&] { return build_claims(); });
}
Ref Placement::indicated() {
  return shared(indicated_ref_, &SharedBudget::indicated_failed, [&] { return build_indicated(); });
}
Ref Placement::decisions() {
  return shared(decisions_ref_, &SharedBudget::decisions_failed, [&] { return build_decisions(); });
}

}  // namespace carestep::analyze

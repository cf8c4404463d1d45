#include "eval/settlement.hpp"

#include <algorithm>
#include <bit>

#include "eval/move.hpp"

namespace carestep::eval {

using diagram::no;
using diagram::Ref;
using diagram::yes;
using program::Program;
using program::Slot;

Settlement::Settlement(Program const& program, Record const& record, std::vector<Bounds> const& bounds,
                       std::uint64_t budget)
    : program_(program), record_(record), residual_(program, record, bounds, budget) {
  possible_ = yes;
  for (Slot const slot : program.impossible)
    possible_ = residual_.diagram().both(possible_, residual_.diagram().negation(residual_.condition(slot)));
  applies_ = residual_.diagram().both(possible_, residual_.condition(program.applies));
}

Ref Settlement::where(Slot slot) {
  return residual_.diagram().both(applies_, residual_.condition(slot));
}

Extent Settlement::extent(Slot slot) {
  Ref const holds = where(slot);
  if (holds == no) return Extent::never;
  return holds == possible_ ? Extent::always : Extent::sometimes;
}

Extent Settlement::broken(program::GuaranteeTest const& guarantee) {
  Ref const held_to = where(guarantee.whenever);
  if (held_to == no) return Extent::never;
  Ref const breaking = residual_.diagram().map(decisions(), [&](std::uint32_t leaf) -> std::uint32_t {
    return leaf != impossible_leaf && breaks(outcomes_[leaf], guarantee, record_.unavailable) ? 1 : 0;
  });
  Ref const broken = residual_.diagram().both(held_to, breaking);
  if (broken == no) return Extent::never;
  return broken == possible_ ? Extent::always : Extent::sometimes;
}

// ---- standings ------------------------------------------------------------------------------------------------------

std::size_t Settlement::StandingHash::operator()(Standing const& s) const noexcept {
  std::uint64_t hash = 0;
  auto const mix = [&](std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 31U;
  };
  for (LevelMask const mask : {s.admits, s.hard, s.fails, s.up, s.down}) mix(mask);
  mix(static_cast<std::uint64_t>(s.reassess));
  mix((static_cast<std::uint64_t>(static_cast<std::uint8_t>(s.safe)) << 16U) |
      (static_cast<std::uint64_t>(static_cast<std::uint8_t>(s.current)) << 8U) | (s.applies ? 4U : 0U) |
      (s.narrows ? 2U : 0U) | (s.discharge_open ? 1U : 0U));
  return hash;
}

std::uint32_t Settlement::standing_leaf(Standing const& standing) {
  auto const [it, added] = standing_leaves_.try_emplace(standing, static_cast<std::uint32_t>(standings_.size()));
  if (added) standings_.push_back(standing);
  return it->second;
}

/// Changes the standing wherever the condition holds.
template <class Change>
Ref Settlement::fold(Ref standings, Ref condition, Change change) {
  if (condition == no) return standings;
  return residual_.diagram().apply(standings, condition, [&](std::uint32_t leaf, std::uint32_t holds) {
    if (holds == 0 || leaf == impossible_leaf) return leaf;
    Standing changed = standings_[leaf];
    change(changed);
    return standing_leaf(changed);
  });
}

Ref Settlement::start() {
  auto const at = [&](std::uint32_t code) {
    return standing_leaf(untouched(program_, static_cast<std::int8_t>(static_cast<int>(code) - 1)));
  };
  diagram::Diagram& d = residual_.diagram();
  Ref standings = residual_.position(ir::current_level_var)
                      ? d.map(residual_.code_of(ir::current_level_var), at)
                      : Ref::leaf(at(static_cast<std::uint32_t>(record_.codes[ir::current_level_var])));
  standings = d.apply(standings, possible_, [](std::uint32_t leaf, std::uint32_t possible) {
    return possible != 0 ? leaf : impossible_leaf;
  });
  // Nothing else counts for somebody to whom the ruleset does not apply.
  Ref const outside = d.negation(residual_.condition(program_.applies));
  return fold(standings, outside, [](Standing& s) {
    s = Standing{};
    s.applies = false;
  });
}

Ref Settlement::fold_rules(Ref standings) {
  for (program::RuleEffect const& rule : program_.rules) {
    if (!rule.narrows && rule.reassess_days < 0) continue;
    standings = fold(standings, residual_.condition(rule.active), [&](Standing& s) {
      if (s.applies) activate(s, rule);
    });
  }
  return standings;
}

Ref Settlement::fold_criteria(Ref standings) {
  for (bool const admit : {true, false}) {
    for (LevelMask rest = admit ? program_.with_admit : program_.with_continue; rest != 0; rest &= rest - 1) {
      int const level = std::countr_zero(rest);
      Ref holds = no;
      for (program::CriterionTest const& criterion : program_.criteria)
        if (criterion.admit == admit && criterion.level == level)
          holds = residual_.diagram().either(holds, residual_.condition(criterion.holds));
      standings = fold(standings, residual_.diagram().negation(holds), [&](Standing& s) {
        if (s.applies && (s.current == level) != admit) s.fails |= bit(level);
      });
    }
  }
  return standings;
}

Ref Settlement::fold_moves(Ref standings) {
  for (program::StepMove const& step : program_.steps) {
    standings = fold(standings, residual_.condition(step.open), [&](Standing& s) {
      if (!s.applies || s.current != step.from) return;
      (step.to > step.from ? s.up : s.down) |= bit(step.to);
    });
  }
  for (program::DischargeTest const& line : program_.discharges) {
    standings = fold(standings, residual_.condition(line.open), [&](Standing& s) {
      if (s.applies && s.current != no_level_index && (line.from & bit(s.current)) != 0) s.discharge_open = true;
    });
  }
  return standings;
}

Ref Settlement::build_decisions() {
  Ref const standings = fold_moves(fold_criteria(fold_rules(start())));
  return residual_.diagram().map(standings, [&](std::uint32_t leaf) {
    if (leaf == impossible_leaf) return impossible_leaf;
    Outcome const outcome = decide_move(program_, standings_[leaf], record_.unavailable);
    auto const known = std::find(outcomes_.begin(), outcomes_.end(), outcome);
    if (known != outcomes_.end()) return static_cast<std::uint32_t>(known - outcomes_.begin());
    outcomes_.push_back(outcome);
    return static_cast<std::uint32_t>(outcomes_.size() - 1);
  });
}

Ref Settlement::decisions() {
  if (!built_) {
    decisions_ = build_decisions();
    built_ = true;
  }
  return decisions_;
}

}  // namespace carestep::eval

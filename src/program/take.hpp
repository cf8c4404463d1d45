#pragma once

#include "program/program.hpp"

namespace carestep::program {

/// Takes in one condition that holds and is no rule's.
inline void take_other(Program const& program, ConditionId id, Held& held) {
  Boxes const& boxes = program.boxes;
  Standing& s = held.standing;
  if (id < boxes.applies) {
    held.impossible = std::min(held.impossible, id);
  } else if (id == boxes.applies) {
    s.applies = true;
  } else if (id < boxes.steps) {
    CriterionTest const& criterion = program.criteria[id - boxes.criteria];
    if ((s.current == criterion.level) != criterion.admit) held.met |= bit(criterion.level);
  } else if (id < boxes.discharges) {
    StepMove const& step = program.steps[id - boxes.steps];
    if (s.current == step.from) (step.to > step.from ? s.up : s.down) |= bit(step.to);
  } else if (id < boxes.guarantees) {
    LevelMask const from = program.discharges[id - boxes.discharges].from;
    if (s.current != no_level_index && (from & bit(s.current)) != 0) s.discharge_open = true;
  } else if (id < boxes.guarantees + 64) {
    held.whenever |= std::uint64_t{1} << (id - boxes.guarantees);
  }
}

inline bool is_rule(Boxes const& boxes, ConditionId id) {
  return id - boxes.rules < boxes.criteria - boxes.rules;
}

/// Takes in one condition that holds.
inline void take(Program const& program, ConditionId id, Held& held) {
  if (is_rule(program.boxes, id))
    activate(held.standing, program.rules[id - program.boxes.rules]);
  else
    take_other(program, id, held);
}

/// Ends the taking in: which criteria fail follows from those that hold.
inline void settle_criteria(Program const& program, Held& held) {
  Standing& s = held.standing;
  LevelMask const here = s.current == no_level_index ? 0 : bit(s.current);
  s.fails = ((program.with_admit & ~here) | (program.with_continue & here)) & ~held.met;
}

}  // namespace carestep::program

#pragma once

// Section 6 of the language, row by row; small enough to be compiled into the loops that decide.

#include <bit>

#include "eval/outcome.hpp"

namespace carestep::eval {
namespace moving {

using program::Program;

inline std::int8_t least(LevelMask levels) {
  return static_cast<std::int8_t>(std::countr_zero(levels));
}
inline std::int8_t most(LevelMask levels) {
  return static_cast<std::int8_t>(63 - std::countl_zero(levels));
}

inline bool has_criterion(Program const& program, Standing const& s, int level) {
  return ((level == s.current ? program.with_continue : program.with_admit) & bit(level)) != 0;
}

inline bool free_to_leave(Standing const& s) {
  LevelMask const at_or_below = bit(s.current) | below(s.current);
  return s.admits != 0 && (s.admits & at_or_below) == at_or_below;
}

/// The first move of the shortest pathway of step-down lines from the current level to `target` through `admissible`
/// whose first line is open, and the rest of it as the plan. Step-down lines only lead down, so distances to the
/// target follow in one pass upwards. Among shortest pathways each move lands as low as it can.
inline Plan pathway_down(Program const& program, Standing const& s, int target, LevelMask admissible) {
  Plan plan;
  if ((s.down & bit(target)) != 0) {  // one move
    plan.push_back(static_cast<std::int8_t>(target));
    return plan;
  }
  if ((s.down & admissible) == 0) return plan;
  constexpr std::uint8_t far = 255;
  std::array<std::uint8_t, 64> distance{};
  distance.fill(far);
  distance[static_cast<std::size_t>(target)] = 0;
  auto const nearest = [&](LevelMask from_here) {
    int best = -1;
    for (LevelMask rest = from_here; rest != 0; rest &= rest - 1) {
      int const level = least(rest);
      std::uint8_t const d = distance[static_cast<std::size_t>(level)];
      if (d != far && (best < 0 || d < distance[static_cast<std::size_t>(best)])) best = level;
    }
    return best;
  };
  LevelMask const between = admissible & below(s.current) & ~below(target);
  for (LevelMask rest = between & ~bit(target); rest != 0; rest &= rest - 1) {
    int const level = least(rest);
    int const next = nearest(program.down_from[static_cast<std::size_t>(level)] & between);
    if (next >= 0)
      distance[static_cast<std::size_t>(level)] =
          static_cast<std::uint8_t>(distance[static_cast<std::size_t>(next)] + 1);
  }
  for (int at = nearest(s.down & between); at >= 0;) {
    plan.push_back(static_cast<std::int8_t>(at));
    at = at == target ? -1 : nearest(program.down_from[static_cast<std::size_t>(at)] & between);
  }
  return plan;
}

inline void move_to(Outcome& o, Move move, std::int8_t level) {
  o.move = move;
  o.next = level;
  o.plan.clear();
  if (move != Move::stay) o.plan.push_back(level);
}

inline void step_up(Standing const& s, Outcome& o) {
  LevelMask const reached = s.up & o.admissible & above(s.current);
  o.off_pathway = reached == 0;
  move_to(o, Move::step_up, reached != 0 ? least(reached) : o.indicated);
}

inline void step_down(Program const& program, Standing const& s, Outcome& o) {
  if (Plan const plan = pathway_down(program, s, o.indicated, o.admissible); !plan.empty()) {
    move_to(o, Move::step_down, plan.front());
    o.plan = plan;
  } else if ((o.admissible & bit(s.current)) != 0) {
    o.held = true;
    move_to(o, Move::stay, s.current);
  } else {
    o.off_pathway = true;
    move_to(o, Move::step_down, most(o.admissible & below(s.current)));
  }
}

/// The table of section 6, row by row; `o` has the indicated level and the admissible set.
inline void choose_move(Program const& program, Standing const& s, Outcome& o) {
  bool const in_care = s.current != no_level_index;
  bool const at_target = o.indicated == s.current || o.not_eligible;
  if (in_care && !o.conflict && at_target && s.discharge_open && free_to_leave(s)) {
    o.move = Move::discharge;
  } else if (o.not_eligible) {
    if (in_care) move_to(o, Move::stay, s.current);
  } else if (!in_care) {
    move_to(o, Move::admit, o.indicated);
  } else if (o.indicated == s.current) {
    move_to(o, Move::stay, s.current);
  } else if (o.indicated > s.current) {
    step_up(s, o);
  } else if (o.conflict) {
    move_to(o, Move::stay, s.current);
  } else {
    step_down(program, s, o);
  }
}

inline void place(Standing const& s, LevelMask unavailable, Outcome& o) {
  o.placement = o.next;
  if (o.next == no_level_index) return;
  if (s.current != no_level_index) unavailable &= ~bit(s.current);
  if ((unavailable & bit(o.next)) == 0) return;
  LevelMask const eligible = (o.conflict ? s.hard : o.admissible) & ~unavailable;
  LevelMask const higher = eligible & above(o.next);
  LevelMask const lower = eligible & below(o.next);
  o.placement = higher != 0 ? least(higher) : lower != 0 ? most(lower) : no_level_index;
}

inline void reassess(Program const& program, Standing const& s, Outcome& o) {
  o.reassess = s.reassess;
  if (o.next == no_level_index) return;
  std::int32_t const every = program.reassess_days[static_cast<std::size_t>(o.next)];
  if (every >= 0 && (o.reassess < 0 || every < o.reassess)) o.reassess = every;
}

inline void indicate(Program const& program, Standing const& s, Outcome& o) {
  if (s.admits == 0) {
    o.conflict = true;
    o.indicated = s.hard != 0 ? least(s.hard) : s.safe;
    o.admissible = bit(o.indicated);
    return;
  }
  o.admissible = s.admits & ~s.fails;
  if (o.admissible == 0) {
    o.not_eligible = true;
    LevelMask const here = s.current == no_level_index ? 0 : bit(s.current);
    o.fails_admission = s.admits & s.fails & ~here;
    o.fails_stay = s.admits & s.fails & here;
    return;
  }
  o.indicated = least(o.admissible);
  if (s.narrows || has_criterion(program, s, o.indicated)) return;
  o.by_default = true;
  if (s.current != no_level_index) o.indicated = s.current;
}

}  // namespace moving

[[gnu::always_inline]] inline Outcome decide_move(program::Program const& program, Standing const& s,
                                                  LevelMask unavailable) {
  Outcome o;
  if (!s.applies) {
    o.not_applicable = true;
    return o;
  }
  moving::indicate(program, s, o);
  moving::choose_move(program, s, o);
  moving::place(s, unavailable, o);
  moving::reassess(program, s, o);
  return o;
}

/// Whether a decision breaks a guarantee whose `whenever` holds.
inline bool breaks(Outcome const& o, program::GuaranteeTest const& guarantee, LevelMask unavailable) {
  if (o.not_applicable) return false;
  int const level = unavailable != 0 ? o.placement : o.next;
  switch (guarantee.promise) {
    case ir::PromiseKind::no_conflict:
      return o.conflict;
    case ir::PromiseKind::eligible:
      return o.not_eligible;
    case ir::PromiseKind::levels:
      return level == no_level_index || (guarantee.admits & bit(level)) == 0;
    case ir::PromiseKind::at_most:
    case ir::PromiseKind::exclude:
      return level != no_level_index && (guarantee.admits & bit(level)) == 0;
  }
  return false;
}

}  // namespace carestep::eval

#pragma once

// Section 6 of the language: from what the rules, criteria and lines say to the move.

#include <carestep/decision.hpp>

#include <cstdint>
#include <tuple>
#include <vector>

#include "program/program.hpp"

namespace carestep::eval {

using program::LevelMask;

inline constexpr std::int8_t no_level_index = -1;

constexpr LevelMask bit(int level) {
  return LevelMask{1} << level;
}
/// The levels below `level`; every level below is less intensive.
constexpr LevelMask below(int level) {
  return bit(level) - 1;
}
constexpr LevelMask above(int level) {
  return level == 63 ? 0 : ~LevelMask{0} << (level + 1);
}

/// What one completion establishes before the move is chosen.
struct Standing {
  LevelMask admits = 0;        // by every active rule
  LevelMask hard = 0;          // by their actions but `at most`
  LevelMask fails = 0;         // levels whose criteria (admission, or continued stay at the current level) all fail
  LevelMask up = 0;            // where an open step-up line leads from the current level
  LevelMask down = 0;          // likewise, step-down
  std::int32_t reassess = -1;  // the shortest `reassess in` of the active rules, days
  std::int8_t safe = no_level_index;
  std::int8_t current = no_level_index;
  bool applies = true;
  bool narrows = false;
  bool discharge_open = false;

  friend bool operator==(Standing const&, Standing const&) = default;
};

/// The move of one completion, and all that it carries but the rules and advice.
struct Outcome {
  Move move = Move::none;
  std::int8_t next = no_level_index;
  std::int8_t indicated = no_level_index;
  std::int8_t placement = no_level_index;
  bool not_applicable = false;
  bool conflict = false;
  bool not_eligible = false;
  bool by_default = false;
  bool held = false;
  bool off_pathway = false;
  std::int32_t reassess = -1;  // days from the assessment date
  LevelMask admissible = 0;
  LevelMask fails_admission = 0;  // when not eligible: levels that the rules admit and the criteria do not
  LevelMask fails_stay = 0;
  std::vector<std::int8_t> plan;

  friend bool operator==(Outcome const&, Outcome const&) = default;
};

/// What makes two completions decide differently.
using DecisionClass = std::tuple<Move, std::int8_t, std::int8_t, bool, bool, bool>;
inline DecisionClass class_of(Outcome const& o) {
  return {o.move, o.next, o.indicated, o.conflict, o.not_eligible, o.not_applicable};
}

/// The standing before any rule, for someone at `current`.
Standing untouched(program::Program const& program, std::int8_t current);

void activate(Standing& standing, program::RuleEffect const& rule);

Outcome decide_move(program::Program const& program, Standing const& standing, LevelMask unavailable);

/// Whether a decision breaks a guarantee whose `whenever` holds.
bool breaks(Outcome const& outcome, program::GuaranteeTest const& guarantee, LevelMask unavailable);

}  // namespace carestep::eval

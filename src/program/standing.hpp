#pragma once

// What the conditions that hold for one record come to, before the move is chosen.

#include <algorithm>
#include <cstdint>

#include "ir/model.hpp"

namespace carestep::program {

using ir::LevelMask;

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

/// What an active rule does to the levels, all of its actions together.
struct RuleEffect {
  std::uint32_t active = 0;   // the operation
  LevelMask admits = 0;       // of every narrowing action
  LevelMask admits_hard = 0;  // of all but `at most`
  std::int8_t safe = -1;      // the most intensive of the levels that each action but `at most`, taken alone, gives
  bool narrows = false;
  bool advises = false;  // suggests, alerts or notes something
  std::int32_t reassess_days = -1;
};

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

/// A standing while the conditions that hold are still being taken in.
struct Held {
  static constexpr std::uint32_t nothing = ~std::uint32_t{0};

  Standing standing;
  LevelMask met = 0;                   // levels one of whose criteria holds
  std::uint64_t whenever = 0;          // guarantees (the first 64) whose condition holds
  std::uint32_t impossible = nothing;  // the first impossible combination that holds
};

inline void activate(Standing& s, RuleEffect const& rule) {
  s.admits &= rule.admits;
  s.hard &= rule.admits_hard;
  s.safe = std::max(s.safe, rule.safe);
  s.narrows |= rule.narrows;
  if (rule.reassess_days >= 0 && (s.reassess < 0 || rule.reassess_days < s.reassess)) s.reassess = rule.reassess_days;
}

}  // namespace carestep::program

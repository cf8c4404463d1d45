#pragma once

// Section 6 of the language: from what the rules, criteria and lines say to the move.

#include <carestep/decision.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>

#include "program/program.hpp"

namespace carestep::eval {

using program::LevelMask;

using program::above;
using program::below;
using program::bit;
using program::no_level_index;
using program::Standing;

/// Levels, next one first.
class Plan {
 public:
  void clear() { size_ = 0; }
  void push_back(std::int8_t level) { levels_[size_++] = level; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::int8_t front() const { return levels_[0]; }
  [[nodiscard]] std::int8_t const* begin() const { return levels_.data(); }
  [[nodiscard]] std::int8_t const* end() const { return levels_.data() + size_; }
  friend bool operator==(Plan const& a, Plan const& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

 private:
  std::uint8_t size_ = 0;
  std::array<std::int8_t, 64> levels_;  // not filled in advance: every decision makes one
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
  Plan plan;

  friend bool operator==(Outcome const&, Outcome const&) = default;
};

/// What makes two completions decide differently.
using DecisionClass = std::tuple<Move, std::int8_t, std::int8_t, bool, bool, bool>;
inline DecisionClass class_of(Outcome const& o) {
  return {o.move, o.next, o.indicated, o.conflict, o.not_eligible, o.not_applicable};
}

using program::untouched;

inline MarkSet marks_of(Outcome const& o) {
  auto const put = [](bool holds, Mark mark) { return (holds ? 1U : 0U) << static_cast<unsigned>(mark); };
  return {static_cast<std::uint16_t>(put(o.not_applicable, Mark::not_applicable) | put(o.conflict, Mark::conflict) |
                                     put(o.not_eligible, Mark::not_eligible) | put(o.by_default, Mark::by_default) |
                                     put(o.held, Mark::held) | put(o.off_pathway, Mark::off_pathway))};
}

}  // namespace carestep::eval

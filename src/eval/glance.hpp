#pragma once

// The shortest way: rulesets whose boxes fit in one word and in which nothing but rules decides. No branch depends on
// an answer but those that leave this way.

#include <bit>
#include <cstdint>

#include "eval/outcome.hpp"
#include "eval/scan.hpp"

namespace carestep::eval {

struct Glance {
  std::uint64_t left = 0;  // the boxes that hold
  LevelMask admits = 0;
};

/// False where the ruleset is of another kind, an answer is not known, or the rules conflict.
template <class CodeType>
[[gnu::always_inline]] inline bool glance(program::Program const& program, CodeType const* codes, Glance& seen) {
  using program::Boxes;
  Boxes const& boxes = program.boxes;
  if (!boxes.only_rules_decide) return false;
  std::uint64_t const left = look(boxes, codes);
  if ((left & (Boxes::known | boxes.other_boxes)) != Boxes::known || codes[ir::current_level_var] < 0) return false;
  seen = {left & ~Boxes::known, admitted(boxes, left & ~Boxes::known)};
  return seen.admits != 0;
}

/// Where everybody moves anywhere and only rules decide, the table of section 6 is a few comparisons; written as
/// arithmetic, since a compiler makes branches of conditions, and nobody can guess a person's move.
[[gnu::always_inline]] inline BriefDecision brief_of_rules(program::Program const& program, Glance seen,
                                                           program::AnswerCode level_code) {
  static_assert(Move::admit == Move{0} && Move::step_up == Move{1} && Move::stay == Move{2} &&
                Move::step_down == Move{3});
  auto const negative = [](int number) { return static_cast<int>(static_cast<unsigned>(number) >> 31U); };
  int const current = level_code - 1;
  int const in_care = 1 - negative(current);
  int const least = std::countr_zero(seen.admits);
  int const narrows =
      (program.boxes.always_narrows ? 1 : 0) | ((seen.left & program.boxes.narrowing_boxes) != 0 ? 1 : 0);
  int const indicated = least + (current - least) * (in_care & (1 - narrows));
  int const move = (2 - negative(current - indicated) + negative(indicated - current)) * in_care;
  unsigned const by_default = static_cast<unsigned>(1 - narrows) << static_cast<unsigned>(Mark::by_default);
  LevelId const level{static_cast<std::int8_t>(indicated)};
  LevelSet const only{bit(indicated), false};
  return {.status = DecisionStatus::determined,
          .move = static_cast<Move>(move),
          .next = level,
          .indicated = level,
          .marks = {static_cast<std::uint16_t>(program.always_marks.bits | by_default)},
          .possible_next = only,
          .possible_indicated = only};
}

/// Writes the whole decision anew. No answer may be assumed, no level unavailable.
void report_rules(program::Program const& program, Glance seen, program::AnswerCode level_code, Date day,
                  Decision& decision);

}  // namespace carestep::eval

#pragma once

// The shortest way: rulesets whose boxes fit in one word and in which nothing but rules decides. No branch of a brief
// decision depends on an answer but those that leave this way.

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

[[gnu::always_inline]] inline BriefDecision const& brief_of_rules(program::Program const& program, Glance seen,
                                                                  program::AnswerCode level_code) {
  bool const narrows = program.boxes.always_narrows || (seen.left & program.boxes.narrowing_boxes) != 0;
  return program.ready.find(static_cast<std::size_t>(level_code), narrows,
                            static_cast<std::size_t>(std::countr_zero(seen.admits)));
}

/// Writes the whole decision anew. No answer may be assumed, no level unavailable.
void report_rules(program::Program const& program, Glance seen, program::AnswerCode level_code, Date day,
                  Decision& decision);

}  // namespace carestep::eval

#pragma once

// The quick ways: everything known, and what a brief decision needs to know.

#include <carestep/ruleset.hpp>

#include <optional>
#include <vector>

#include "eval/findings.hpp"
#include "program/program.hpp"

namespace carestep::eval {

/// Memory that one decision leaves for the next on the same thread.
struct Scratch {
  std::vector<std::uint32_t> cells;
  std::vector<std::int64_t> values;
  std::vector<std::int64_t> codes;
  std::vector<std::uint32_t> whenever;
};

// `CodeType`: that of a record or of an assessment.

/// The codes as the rules see them, where the assessment holds them just so: nothing stale, nothing that follows from
/// something else. Null where it takes `prepare`.
program::AnswerCode const* plain_codes(program::Program const& program, Assessment const& assessment);

/// Whether some input is unknown that the ruleset assumes a value for.
template <class CodeType>
bool assumes(program::Program const& program, CodeType const* codes);

enum class Known : std::uint8_t { incomplete, impossible, found };

/// Fills the findings of the one completion, where everything that decisions read is known; where that is impossible,
/// `findings.impossible` says which combination it is.
template <class CodeType>
Known find_known(program::Program const& program, CodeType const* codes, LevelMask unavailable, Scratch& scratch,
                 Findings& findings);

/// The brief decision where everything is known and the ruleset is of the plainest kind: all boxes in a word, no step
/// lines, criteria or discharge lines. False elsewhere, and in a conflict.
template <class CodeType>
bool find_brief_at_a_look(program::Program const& program, CodeType const* codes, BriefDecision& brief);

/// The brief decision over all completions of a few unknown answers, exactly; of known ones only where `complete` is
/// not allowed. False where it takes the long way: assumptions, many completions, nothing that is possible.
template <class CodeType>
bool find_brief(program::Program const& program, CodeType const* codes, LevelMask unavailable, Scratch& scratch,
                bool complete, BriefDecision& brief);

}  // namespace carestep::eval

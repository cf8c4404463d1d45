#pragma once

// The quick ways: everything known, and what a brief decision needs to know.

#include <carestep/ruleset.hpp>

#include <optional>
#include <vector>

#include "eval/findings.hpp"
#include "program/assessment_access.hpp"
#include "program/program.hpp"

namespace carestep::eval {

/// Memory that one decision leaves for the next on the same thread.
struct Scratch {
  std::vector<std::uint32_t> cells;
  std::vector<std::int64_t> values;
  std::vector<std::int64_t> codes;
  std::vector<std::uint32_t> whenever;
  std::vector<program::AnswerCode> seen;
};

/// Whether the rules see the assessment's codes just as they are.
inline bool seen_as_told(program::Program const& program, Assessment const& assessment) {
  program::AnswerCode const* const codes = AssessmentAccess::codes(assessment).data();
  bool const alike = program.reads_previous && AssessmentAccess::previous(assessment) == Assessment::Previous::none;
  bool const no_days =
      program.boxes.reads_days && codes[ir::current_level_var] == 0 && codes[ir::days_in_level_var] != 0;
  return AssessmentAccess::told(assessment) == nullptr && !alike && !no_days;
}

/// The codes as the rules see them: the assessment's own, or a copy in `scratch` where days at no level are none or
/// there was no previous assessment. Null where answers may be stale, which takes `prepare`.
struct Seen {
  program::AnswerCode const* codes = nullptr;
  bool alike = false;  // what was previously the case is what is now: unknown answers go together
};
Seen seen_codes_otherwise(program::Program const& program, Assessment const& assessment, Scratch& scratch);
inline Seen seen_codes(program::Program const& program, Assessment const& assessment, Scratch& scratch) {
  if (seen_as_told(program, assessment)) return {AssessmentAccess::codes(assessment).data(), false};
  return seen_codes_otherwise(program, assessment, scratch);
}

// `CodeType`: that of a record or of an assessment.

/// Whether some input is unknown that the ruleset assumes a value for.
template <class CodeType>
bool assumes(program::Program const& program, CodeType const* codes);

enum class Known : std::uint8_t { incomplete, impossible, found };

/// Fills the findings of the one completion, where everything that decisions read is known.
template <class CodeType>
Known find_known(program::Program const& program, CodeType const* codes, LevelMask unavailable, Scratch& scratch,
                 Findings& findings);

/// Likewise the whole decision at once. `decision` is clear, and is to be cleared again where nothing was found; where
/// the answers are impossible, `impossible` says which combination it is.
template <class CodeType>
Known decide_known(program::Program const& program, CodeType const* codes, Date day, LevelMask unavailable,
                   Scratch& scratch, Decision& decision, std::size_t& impossible);

/// The brief decision over all completions of a few unknown answers, exactly; of known ones only where `complete` is
/// not allowed. False where it takes the long way: assumptions, many completions, nothing that is possible.
template <class CodeType>
bool find_brief(program::Program const& program, CodeType const* codes, LevelMask unavailable, Scratch& scratch,
                bool complete, BriefDecision& brief);

}  // namespace carestep::eval

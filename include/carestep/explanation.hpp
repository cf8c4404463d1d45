#pragma once

#include <carestep/decision.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carestep {

/// Three truths: a condition holds, does not, or depends on what is not known.
enum class Truth : std::uint8_t { no, yes, open };

/// An answer as an explanation shows it.
struct ShownAnswer {
  std::string input;  // `phq9`, `previous phq9`
  std::string label;
  std::string value;  // `12`, `severe`, `not known`, `assumed no`
};

/// A condition, clause by clause, with the truth of each and the answers that it reads.
struct ShownClause {
  std::string text;   // the author's words: `home_environment is unsafe`, or `at least 2 of`
  std::string label;  // of a list item
  Truth truth = Truth::open;
  std::vector<ShownAnswer> answers;
  std::vector<ShownClause> parts;
};

struct ShownCitation {
  std::string source;  // the citation's text
  std::string where;
  std::string url;
};

/// One rule, criterion or step line as the evaluation found it.
struct ShownRule {
  std::string name;
  std::string label;
  std::string file;
  std::uint32_t line = 0;
  Truth state = Truth::open;
  bool binding = false;  // it excludes a level less intensive than the indicated one, or is part of the conflict
  std::vector<std::string> actions;  // `at least residential`, `suggest family_therapy`
  std::vector<ShownClause> when;     // one; none for a rule without a condition
  std::vector<ShownClause> unless;
  std::string because;
  std::vector<ShownCitation> cites;
};

/// Why a less intensive level is not the indicated one.
struct ShownExclusion {
  std::string level;
  std::vector<std::string> rules;     // active rules that exclude it
  std::vector<std::string> criteria;  // `admit residential`
};

/// Everything that a decision can say for itself.
///
/// Shape    made by `Ruleset::explain` from the same evaluation as `decision`.
/// Threads  a value.
struct Explanation {
  Decision decision;
  std::string summary;  // one sentence
  std::vector<ShownAnswer> answers;
  std::vector<ShownRule> active;
  std::vector<ShownRule> open;
  std::vector<ShownRule> criteria;  // those of the levels that matter here
  std::vector<ShownRule> moves;     // the step and discharge lines that leave the current level
  std::vector<ShownExclusion> why_not_lower;
  std::vector<std::string> unknown_that_matters;
  std::string graph_svg;
  /// Name, version, status, digest of the ruleset and the engine, as the decision's JSON has them.
  std::string ruleset_name;
  std::string ruleset_title;
  std::string ruleset_version;
  std::string ruleset_status;
  std::string ruleset_sha256;
  Date assessment_date;
  std::string id;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string markdown() const;
  /// A self-contained page that prints well.
  [[nodiscard]] std::string html() const;
  /// The `explanation` object of the data form.
  [[nodiscard]] std::string json() const;
};

}  // namespace carestep

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
  std::vector<std::string> rules;          // active rules that exclude it
  std::vector<std::string> criteria;       // `admit residential`: criteria of which no line holds
  std::vector<std::string> open_rules;     // rules that would exclude it, depending on what is not known
  std::vector<std::string> open_criteria;  // criteria that may not be met, depending on what is not known
};

/// How much is proved about a reason.
enum class ReasonStrength : std::uint8_t {
  smallest,     // no smaller set of answers is enough
  irreducible,  // none of them can be left out; whether others would make a smaller set was not settled
  sufficient,   // they are enough, perhaps more than enough
  not_settled,  // finding one would have taken more steps than allowed
};

/// A smallest set of answers that, whatever the others were, still gives the indicated level. While that is not
/// determined: that still leaves no other levels possible.
struct ShownReason {
  ReasonStrength strength = ReasonStrength::not_settled;
  std::vector<std::string> levels;
  std::vector<ShownAnswer> answers;  // none where the level is the same for everybody
};

/// One answer that would be another.
struct ShownChange {
  std::string input;
  std::string label;
  std::string from;    // `14`, `not known`, `assumed no`
  std::string to;      // the nearest value
  std::string within;  // `0 to 9`: every value from the one to the other would do; empty where only `to` is looked at
};

/// A set of answers whose change leads to a goal, and the decision that it leads to.
struct ShownAlternative {
  std::vector<ShownChange> changes;  // in the order of declaration
  std::string move;
  std::string next_level;
  std::string indicated_level;
};

enum class ChangeVerdict : std::uint8_t {
  already,      // it is the decision without any change
  found,        //
  none,         // proved: no change of answers leads there
  not_settled,  // finding one would have taken more steps than allowed
};

/// What would lead to a step down, a step up, or a level. The current level, dates and previous answers stay as they
/// are, and days in the level can only grow.
///
/// Shape    fewer answers come first, then smaller moves; no alternative's answers contain another one's. Each of them
///          was decided by the evaluator before it got here, and is determined.
struct ShownGoal {
  std::string goal;   // `step_down`, `step_up`; `lower_level`, `higher_level` for somebody at no known level; `level`
  std::string level;  // of `level`
  ChangeVerdict verdict = ChangeVerdict::not_settled;
  std::vector<ShownAlternative> alternatives;  // five at most
  bool more = false;                           // there may be further ones
};

/// The decision in names and words, so that an explanation can be read without its ruleset.
struct ShownDecision {
  std::string status;  // the words of the data form
  std::string move;
  std::string current_level;  // empty where it is not known
  std::string next_level;
  std::string indicated_level;
  std::vector<std::string> admissible;
  std::vector<std::string> plan;
  std::vector<std::string> marks;
  std::vector<std::string> possible_next;
  std::vector<std::string> possible_indicated;
  std::vector<std::string> suggest;  // labels
  std::vector<std::string> alerts;
  std::vector<std::string> open_alerts;
  std::vector<std::string> notes;
  std::string reassess_on;  // empty where there is none
  std::vector<std::string> stale;
  std::vector<std::string> conflict;
  std::vector<std::string> broken_guarantees;  // label and name
  std::vector<std::string> open_guarantees;
  std::vector<std::string> unavailable;  // levels without a place today
  std::string placement;                 // where it is not the next level
  std::vector<std::string> lacking;      // labels of services
  std::vector<std::string> refusals;     // `answers.phq9: what was expected`
};

/// Everything that a decision can say for itself.
///
/// Shape    made by `Ruleset::explain` from the same evaluation as `decision`; of a refused assessment, only the
///          summary, the refusals and the provenance are there.
/// Threads  a value.
struct Explanation {
  Decision decision;
  ShownDecision shown;
  std::string summary;    // one sentence
  std::string certainty;  // how sure the decision is, in words
  std::vector<ShownAnswer> answers;
  std::vector<ShownAnswer> assumed;
  std::vector<ShownRule> active;
  std::vector<ShownRule> open;
  std::vector<ShownRule> criteria;  // those of the levels that matter here
  std::vector<ShownRule> moves;     // the step and discharge lines that leave the current level
  std::vector<ShownExclusion> why_not_lower;
  ShownReason reason;
  std::vector<ShownGoal> changes;                 // what would change it
  std::vector<std::string> unknown_that_matters;  // questions, the most useful first
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

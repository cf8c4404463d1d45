#pragma once

// Questions about every possible patient: what a ruleset promises, proved or refuted.

#include <carestep/diagnostic.hpp>
#include <carestep/ruleset.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carestep {

/// How much an analysis may do, and when it is to stop.
struct AnalysisLimits {
  /// Steps that one question may take; never time, so that the same rules give the same answer on every machine.
  std::uint64_t budget = 100'000'000;
  /// Asked now and then, where it is there; once it says yes, whatever is still open is given up.
  std::function<bool()> stop;
};

/// The exact number of profiles that something holds for, out of how many.
///
/// Shape    decimal digits, however many; `share` is for people (`52.7 %`), empty where there are none at all.
struct Tally {
  std::string count = "0";
  std::string of = "0";
  std::string share;
};

/// A patient that shows something, confirmed by the evaluator before it is shown.
struct ShownPatient {
  Assessment assessment;
  std::string json;      // the assessment, replayable, on one line
  std::string words;     // the answers that are not the mildest: `withdrawal_risk severe, phq9 20`
  std::string decision;  // what is decided: `step up to php, indicated php`
};

// ---- prove
// --------------------------------------------------------------------------------------------------------

/// The checks of section 9 of the rule language, in its order.
enum class Check : std::uint8_t {
  guarantee,
  conflict,
  eligible,
  covered,
  dead,
  redundant,
  level,
  gap,
  overlap,
  monotone,
  stranded,
};
inline constexpr int check_count = 11;

/// Three outcomes that never blur.
enum class Verdict : std::uint8_t { proved, refuted, gave_up };

struct ProveOptions {
  /// All checks where empty.
  std::vector<Check> only;
  AnalysisLimits limits;
};

/// More about one finding: the rules concerned, say.
struct ProofDetail {
  std::string name;
  std::vector<std::string> values;
};

/// One thing checked: a guarantee, a rule, a level, a table, an input, or the ruleset as a whole.
///
/// Shape    `tally` counts the profiles (for `monotone` the pairs of neighbours) that refute it; for `level` and `dead`
///          those that do reach the level, or activate the rule. Nothing was counted where it `gave_up`.
struct Proof {
  Check check = Check::guarantee;
  std::string name;   // `unsafe_home`, `floor.2`, `step down php -> iop`
  std::string label;  // may be empty
  Place place;
  Verdict verdict = Verdict::proved;
  bool waived = false;
  std::string waived_because;
  Tally tally;
  std::vector<std::string> inputs;  // what makes up a profile
  std::string finding;              // one sentence; empty when proved and there is nothing to tell
  std::optional<ShownPatient> example;
  std::optional<ShownPatient> neighbour;  // `monotone`: the worse one, who gets less
  std::string example_block;              // ready to be put into the rule file; empty without an example
  std::vector<ProofDetail> details;
  std::vector<Related> related;  // the rules concerned
};

/// What became of the checks of one ruleset.
///
/// Shape    `proofs` in the order of the checks, within one in the order of declaration. `diagnostics` holds the
///          findings that no waiver accepts as errors; waivers that waive nothing, gaps of plain tables and what was
///          given up as warnings.
/// Threads  a value.
struct ProofReport {
  std::string ruleset_name;
  std::string ruleset_version;
  std::string ruleset_status;
  std::string ruleset_sha256;
  std::vector<Proof> proofs;
  std::vector<std::string> not_examined;  // inputs without a direction, which `monotone` says nothing about
  Diagnostics diagnostics;

  /// Whether some check is refuted and no waiver accepts it.
  [[nodiscard]] bool refuted() const noexcept;
  [[nodiscard]] bool gave_up() const noexcept;

  [[nodiscard]] std::string text() const;
  /// One object on one line (docs/cli.md).
  [[nodiscard]] std::string json() const;
  [[nodiscard]] std::string sarif() const;
};

/// `guarantee`, `gave_up`: the words of the rule language and of the data form.
std::string_view to_string(Check check) noexcept;
std::string_view to_string(Verdict verdict) noexcept;

/// Decides section 9 of the rule language over every complete assessment that is not impossible and to whom the ruleset
/// applies, exactly.
///
/// Returns  for each thing checked its verdict, the exact count of profiles that it concerns, and the smallest patient
///          that shows a refutation.
/// Errors   never throws but std::bad_alloc and what `stop` throws.
/// Cost     milliseconds to seconds; bounded by `limits.budget` steps a question.
/// Source   rule language, section 9.
[[nodiscard]] ProofReport prove(Ruleset const& rules, ProveOptions const& options = {});

// ---- diff
// ---------------------------------------------------------------------------------------------------------

/// `gave_up`: it took more than its limits, and nothing is known.
enum class DiffVerdict : std::uint8_t { same, different, gave_up };

/// What differs first, in this order: whether there is a decision at all, to whom the rules apply, what is decided, and
/// (where not everything is known) whether that is determined and which levels are possible.
enum class Aspect : std::uint8_t { refused, applies, next_level, indicated_level, move, marks, status, possible };

/// Names that mean the same: the old version's and the new one's.
struct Renamed {
  std::string older;
  std::string newer;
};

struct DiffOptions {
  std::vector<Renamed> inputs;
  std::vector<Renamed> levels;
  /// Whether to say in words when something is decided differently; it takes most of the time.
  bool conditions = true;
  AnalysisLimits limits;
};

/// Which rules, as every decision names them.
struct WhichRuleset {
  std::string name;
  std::string version;
  std::string status;
  std::string sha256;
};

/// What a condition says of assessments: it holds for exactly these, only for these but not for all, for all these but
/// not only; or none was found.
enum class ConditionKind : std::uint8_t { none, exact, sufficient, necessary };

/// Assessments that change in the same way.
///
/// Shape    `from` and `to` are levels or `none` (next_level, indicated_level), moves (move), `conflict`,
///          `not_eligible` or `none` (marks); for `refused` and `applies` one is `refused` or `not_applicable` and the
///          other the next level. Every assessment that is decided differently belongs to one change.
struct DiffChange {
  Aspect aspect = Aspect::next_level;
  std::string from;
  std::string to;
  Tally tally;
  /// The smallest such assessment as each version reads and decides it; nothing where it has an answer that is no value
  /// of that version.
  std::optional<ShownPatient> older;
  std::optional<ShownPatient> newer;
  /// When it happens to assessments of which the old version says `from`, in the rules' words.
  std::string condition;
  ConditionKind condition_kind = ConditionKind::none;
};

/// One declaration that differs between the versions.
struct ChangedDeclaration {
  std::string name;
  std::vector<std::string> changes;  // `value `extreme` added`
};
struct DeclarationChanges {
  std::vector<std::string> added;
  std::vector<std::string> removed;
  std::vector<ChangedDeclaration> changed;
};

/// What two versions decide differently, of every complete assessment that one of them decides.
///
/// Shape    `changes`: those of the most assessments first. `counted` names the inputs of which every combination of
///          values is one assessment.
/// Threads  a value.
struct DiffReport {
  WhichRuleset older;
  WhichRuleset newer;
  DiffVerdict verdict = DiffVerdict::same;
  Tally changed;
  /// When anything is decided differently.
  std::string condition;
  ConditionKind condition_kind = ConditionKind::none;
  std::vector<std::string> counted;
  std::vector<DiffChange> changes;
  DeclarationChanges inputs;
  DeclarationChanges levels;

  [[nodiscard]] std::string text() const;
  /// One object on one line (docs/cli.md).
  [[nodiscard]] std::string json() const;
};

/// One assessment of a caseload as both versions decide it.
///
/// Shape    `older` and `newer` have the status `refused` where that version refuses it, also where it cannot be read.
///          `aspect`, `from` and `to` say what differs, as in DiffChange, if it is `changed`. `id` is JSON as it came.
struct CaseDifference {
  std::string id;
  Decision older;
  Decision newer;
  bool changed = false;
  Aspect aspect = Aspect::next_level;
  std::string from;
  std::string to;
};

/// Re-runs assessments with two versions of a ruleset, in force or not.
///
/// An answer to an input that only the other version has is passed over; names told as renamed are understood by both.
/// Threads  one at a time; make one a thread.
class CaseloadDiff {
 public:
  CaseloadDiff(Ruleset const& older, Ruleset const& newer, DiffOptions const& options = {});
  CaseloadDiff(CaseloadDiff&&) noexcept;
  CaseloadDiff& operator=(CaseloadDiff&&) noexcept;
  ~CaseloadDiff();

  /// `json`: one assessment. What is returned stays until the next call.
  CaseDifference const& compare(std::string_view json);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string_view to_string(DiffVerdict verdict) noexcept;
std::string_view to_string(Aspect aspect) noexcept;
std::string_view to_string(ConditionKind kind) noexcept;

/// Decides, exactly, which complete assessments two versions of a ruleset decide differently (move, next level,
/// indicated level, conflict, not eligible, not applicable). Inputs, levels and values are matched by name: an
/// assessment has an answer to each input of either version, of the values that either knows; a version does not look
/// at inputs that it does not have, and refuses values that it does not know.
///
/// Errors   never throws but std::bad_alloc and what `stop` throws; a name of `options` that its version does not have
///          changes nothing.
/// Cost     milliseconds to seconds; bounded by `limits.budget` steps.
/// Source   rule language, section 9.
[[nodiscard]] DiffReport diff(Ruleset const& older, Ruleset const& newer, DiffOptions const& options = {});

// ---- cases
// --------------------------------------------------------------------------------------------------------

/// One made-up assessment of a set of test cases, and what is decided about it.
struct TestCase {
  std::string id;  // `case-1`
  Assessment assessment;
  Decision decision;
  /// What it is there for: `unsafe_home: sober_housing decides (with case-3)`.
  std::vector<std::string> covers;
  std::string example_block;  // ready to be put into the rule file, for the author to confirm
};

/// How many of the things that can be shown are shown.
struct CaseCount {
  std::size_t shown = 0;
  std::size_t of = 0;
};

/// Test assessments for a ruleset, all of them complete and possible.
///
/// Shape    a clause *decides* where two of the cases differ in it, and its condition in them, while the other clauses
///          of the condition are the same (modified condition/decision coverage), or differ where that does not matter;
///          `masked` counts the latter. A boundary is where a comparison turns: two cases stand on either side of it,
///          one step apart. `not_shown` says what no possible assessment shows, `given_up` what took too long.
/// Threads  a value.
struct TestCases {
  std::vector<TestCase> cases;
  CaseCount rules;    // active
  CaseCount clauses;  // true in one case and false in another
  CaseCount deciding;
  std::size_t masked = 0;
  CaseCount boundaries;
  std::vector<std::string> not_shown;
  std::vector<std::string> given_up;

  /// The assessments, one a line, as `Ruleset::decide` takes them; `with_decisions`: each in an object with its
  /// decision and what it covers.
  [[nodiscard]] std::string ndjson(Ruleset const& ruleset, bool with_decisions = false) const;
  /// The `example` blocks.
  [[nodiscard]] std::string examples() const;
  /// What is covered and what is not, for people.
  [[nodiscard]] std::string coverage_text() const;
};

/// A small set of assessments that makes every rule active, shows every clause deciding its condition both ways, and
/// stands on both sides of every boundary, as far as any possible assessment does.
///
/// Returns  the cases, each decided by the evaluator. The same rules give the same cases on every machine.
/// Errors   never throws but std::bad_alloc.
/// Cost     bounded by `limits.budget` steps for each thing to be shown.
[[nodiscard]] TestCases test_cases(Ruleset const& rules, AnalysisLimits const& limits = {});

}  // namespace carestep

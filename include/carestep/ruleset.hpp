#pragma once

#include <carestep/assessment.hpp>
#include <carestep/decision.hpp>
#include <carestep/diagnostic.hpp>
#include <carestep/explanation.hpp>
#include <carestep/result.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace carestep {

struct LoadOptions {
  /// The folder that `use` may not leave; the main file's folder where empty.
  std::string root;
};

/// Gives the text of a rule file, or nothing when there is none.
using FileLoader = std::function<std::optional<std::string>(std::string const& path)>;

struct DecideOptions {
  /// Decide even when the ruleset is retired, not yet effective or expired on the assessment's date.
  bool allow_out_of_force = false;
  /// Leave out everything but status, move, next, indicated, possible levels and marks.
  bool brief = false;
  /// Steps that exact settlement may take before the decision is marked `approximate`; never time, so that the same
  /// input gives the same answer on every machine.
  std::uint64_t budget = 4'000'000;
};

struct ExplainOptions {
  DecideOptions decide;
  /// Ask also what would lead to this next level.
  std::optional<LevelId> level;
  /// Steps that the reason, and each search for what would change the decision, may take before it says that it is not
  /// settled. 0 leaves both out.
  std::uint64_t budget = 2'000'000;
};

/// The words of one declaration of a ruleset; views live as long as any copy of the ruleset.
struct LevelInfo {
  std::string_view name;
  std::string_view label;
};
struct ServiceInfo {
  std::string_view name;
  std::string_view label;
};
enum class InputType : std::uint8_t { level, yes_no, scale, choice, set, number, date };
struct InputInfo {
  std::string_view name;
  std::string_view label;
  std::string_view question;  // `ask`; the label or the name where there is none
  std::string_view help;
  InputType type = InputType::yes_no;
  std::span<std::string const> values;  // scale, choice, members of a set; levels with `none` first for current_level
  Decimal low;                          // number
  Decimal high;
  Decimal step;
  std::string_view unit;
  bool or_never = false;
};
struct RuleInfo {
  std::string_view name;
  std::string_view label;
  std::string_view because;
};
struct GuaranteeInfo {
  std::string_view name;
  std::string_view label;
};

/// What one example of a rule file expected, and what it got instead.
struct ExampleDifference {
  std::string expected;
  std::string got;
};
struct ExampleResult {
  std::string name;
  Place place;
  std::vector<ExampleDifference> differences;
  [[nodiscard]] bool passed() const noexcept { return differences.empty(); }
};
/// The outcome of a ruleset's `example` blocks, and what they cover.
struct TestReport {
  std::vector<ExampleResult> examples;
  std::size_t rules = 0;
  std::vector<std::string> rules_never_active;
  std::size_t clauses = 0;
  std::size_t clauses_both_ways = 0;
  std::vector<std::string> clauses_one_way;  // `rule: clause`, for people

  [[nodiscard]] bool passed() const noexcept;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string json() const;
};

enum class DocumentFormat : std::uint8_t { text, markdown, html, json };
enum class GraphFormat : std::uint8_t { dot, mermaid, svg };

class Batch;
class BatchBuilder;
struct BatchDecisions;
struct BatchOptions;
struct BatchTally;

/// A checked set of placement rules: immutable, cheap to copy, shareable between threads.
///
/// Threads  every member function is const and safe to call from many threads at once; there is no lock.
class Ruleset {
 public:
  [[nodiscard]] std::string_view name() const noexcept;
  [[nodiscard]] std::string_view title() const noexcept;
  [[nodiscard]] std::string_view version() const noexcept;
  /// `draft`, `active` or `retired`.
  [[nodiscard]] std::string_view status() const noexcept;
  /// Of the canonical text of all files in the order of use, as 64 hexadecimal digits.
  [[nodiscard]] std::string_view sha256() const noexcept;
  /// What the checker warned of.
  [[nodiscard]] Diagnostics const& warnings() const noexcept;

  [[nodiscard]] std::size_t level_count() const noexcept;
  [[nodiscard]] LevelInfo level(LevelId id) const noexcept;  // `none` for no_level
  [[nodiscard]] std::optional<LevelId> level(std::string_view name) const noexcept;
  [[nodiscard]] std::size_t input_count() const noexcept;  // current_level and days_in_level first
  [[nodiscard]] InputInfo input(InputId id) const noexcept;
  [[nodiscard]] std::optional<InputId> input(std::string_view name) const noexcept;
  /// A value of a scale or choice, a level's name or `none` for `current_level`; nothing for what the input does not have.
  [[nodiscard]] std::optional<ValueId> value(InputId input, std::string_view name) const noexcept;
  [[nodiscard]] std::size_t rule_count() const noexcept;
  [[nodiscard]] RuleInfo rule(RuleId id) const noexcept;
  [[nodiscard]] std::size_t service_count() const noexcept;
  [[nodiscard]] ServiceInfo service(ServiceId id) const noexcept;
  [[nodiscard]] std::size_t guarantee_count() const noexcept;
  [[nodiscard]] GuaranteeInfo guarantee(GuaranteeId id) const noexcept;

  /// An assessment of this ruleset in which nothing is known but the day.
  [[nodiscard]] Assessment assessment(Date day) const;

  /// Places one assessment on the care-level graph.
  ///
  /// Returns  the decision over all completions of what is not known; `refused` for an assessment that is impossible,
  ///          was made for another ruleset, or lies outside the days on which the ruleset is in force.
  /// Errors   never throws but std::bad_alloc.
  /// Cost     linear in the size of the ruleset when all is known; bounded by `budget` steps otherwise.
  /// Source   rule language, sections 5 to 7.
  [[nodiscard]] Decision decide(Assessment const& assessment, DecideOptions const& options = {}) const;

  /// Likewise into a decision that is there already: its lists keep their memory from call to call, so that nothing is
  /// allocated after the first few calls while all answers are known.
  void decide(Assessment const& assessment, Decision& into, DecideOptions const& options = {}) const;

  /// Likewise without the rules, advice and dates: for lists of many people, or on every change of a form.
  ///
  /// Errors   a refused assessment has the status `refused` and nothing else; `decide` says why.
  [[nodiscard]] BriefDecision decide_brief(Assessment const& assessment, DecideOptions const& options = {}) const;

  /// Many assessments as columns (carestep/batch.hpp), all made on one day.
  [[nodiscard]] Batch batch(std::size_t size, Date day) const;
  /// Likewise, collected one by one.
  [[nodiscard]] BatchBuilder batch_builder() const;

  /// Decides a batch: of every record exactly what deciding it alone gives.
  ///
  /// Shape    lists of `into` that are not empty have one element a record of the batch.
  /// Returns  what became of the records decided; 0 records when a list is too short for them.
  /// Cost     a fraction of a nanosecond for each condition and record where answers are known, as long as the columns
  ///          arrive from memory; records that unknown answers leave open are settled one by one.
  /// Threads  const; parts of one batch (`BatchOptions::first`) may be decided by many threads at once.
  BatchTally decide(Batch const& batch, BatchDecisions const& into, BatchOptions const& options) const;

  /// Decides and explains from one evaluation, so that the two cannot disagree.
  ///
  /// Cost     linear in the size of what is shown, and what `ExplainOptions::budget` allows.
  [[nodiscard]] Explanation explain(Assessment const& assessment, DecideOptions const& options = {}) const;
  [[nodiscard]] Explanation explain(Assessment const& assessment, ExplainOptions const& options) const;

  /// Runs the `example` blocks.
  [[nodiscard]] TestReport test() const;

  /// The ruleset as a document for review.
  [[nodiscard]] std::string describe(DocumentFormat format) const;

  /// The care-level graph; with an assessment, the current level, the pathway and the blocked levels are marked.
  [[nodiscard]] std::string graph(GraphFormat format, Assessment const* assessment = nullptr,
                                  DecideOptions const& options = {}) const;

  struct State;

 private:
  friend struct RulesetAccess;  // the library's own stages
  explicit Ruleset(std::shared_ptr<State const> state) : state_(std::move(state)) {}
  std::shared_ptr<State const> state_;
};

/// Reads, checks and compiles a rule file and all that it uses.
///
/// Errors   every independent error of the files, with its place; also a file that cannot be read.
Result<Ruleset> load(std::string const& path, LoadOptions const& options = {});

/// Likewise from memory: `text` is the main file, `name` what diagnostics call it; `loader` gives the files of `use`.
Result<Ruleset> load_text(std::string text, std::string const& name = "rules.care", FileLoader const& loader = {});

/// The canonical layout of one rule file; every comment is kept.
///
/// Errors   the syntax errors of the file, which is then not formatted.
Result<std::string> format_text(std::string text, std::string const& name = "rules.care");

// ---- JSON: the forms of docs/data.md
// ----------------------------------------------------------------------------------

/// One assessment as read: the assessment, its `id` as JSON text (empty when there was none).
struct ReadAssessment {
  Assessment assessment;
  std::string id;
};
/// Why one was refused; `id` as far as it could be read.
struct RefusedAssessment {
  std::vector<Refusal> refusals;
  std::string id;
};

/// Reads one JSON object.
///
/// Errors   every refusal of the object, each with a code, a path and what was expected.
Result<ReadAssessment, RefusedAssessment> assessment_from_json(Ruleset const& rules, std::string_view json);

/// The assessment as one line of JSON, keys in the documented order.
std::string assessment_to_json(Ruleset const& rules, Assessment const& assessment, std::string_view id = {});

/// The decision as one line of JSON, without a line break.
std::string decision_to_json(Ruleset const& rules, Decision const& decision, std::string_view id = {},
                             bool brief = false);
/// Likewise, followed by the `explanation` object.
std::string explained_decision_to_json(Ruleset const& rules, Explanation const& explanation, std::string_view id = {});

/// `step_down`, `off_pathway`, `undetermined`: the words of the data form.
std::string_view to_string(Move move) noexcept;
std::string_view to_string(Mark mark) noexcept;
std::string_view to_string(DecisionStatus status) noexcept;

}  // namespace carestep

#include "eval/decide.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>

#include "diag/code.hpp"
#include "eval/findings.hpp"
#include "eval/glance.hpp"
#include "eval/known.hpp"
#include "eval/questions.hpp"
#include "eval/record.hpp"
#include "eval/report.hpp"
#include "eval/settlement.hpp"
#include "program/assessment_access.hpp"

namespace carestep::eval {
namespace {

using diagram::no;
using diagram::OverBudget;
using diagram::Ref;
using program::Program;
using program::Slot;

/// Memory that one decision leaves for the next on the same thread.
struct Workspace {
  Record record;
  Scratch scratch;
  std::vector<Bounds> bounds;
  Findings findings;
};

Workspace& workspace() {
  thread_local Workspace space;
  return space;
}

void refuse(Decision& decision, Code code, std::string path, std::string message) {
  clear(decision);
  decision.plan.reset();
  decision.status = DecisionStatus::refused;
  decision.refusals.push_back({std::string(code_text(code)), std::move(path), std::move(message)});
}

bool in_force(Program const& program, Date day, DecideOptions const& options, Decision& decision) {
  if (options.allow_out_of_force || (program.first_day <= day.days && day.days <= program.last_day)) return true;
  ir::Model const& model = *program.model;
  auto const refused = [&](std::string message) {
    refuse(decision, Code::ruleset_not_in_force, "assessment_date", std::move(message));
    return false;
  };
  if (model.status == ast::Status::retired) return refused(fmt::format("the ruleset `{}` is retired", model.name));
  if (model.effective && day < *model.effective)
    return refused(fmt::format("the ruleset `{}` is in force only from {}", model.name, to_string(*model.effective)));
  if (model.expires && day > *model.expires)
    return refused(fmt::format("the ruleset `{}` was in force only until {}", model.name, to_string(*model.expires)));
  return true;
}

void refuse_impossible(Program const& program, std::size_t which, Decision& decision) {
  if (which == program.model->impossibles.size()) {
    refuse(decision, Code::impossible_combination, "days_in_level", "nobody who is at no level has days in it");
    return;
  }
  ir::Impossible const& impossible = program.model->impossibles[which];
  refuse(decision, Code::impossible_combination, "answers",
         impossible.label.empty()
             ? fmt::format("these answers cannot go together: `{}`", impossible.name)
             : fmt::format("these answers cannot go together: `{}` ({})", impossible.name, impossible.label));
}

// ---- what cannot be -------------------------------------------------------------------------------------------------

std::vector<Bounds>& bounds_of(Program const& program, Record const& record, std::vector<Bounds>& bounds) {
  bounds.resize(program.ops.size());
  evaluate_bounds(program, record.codes.data(), bounds.data(), 0, program.decision_ops);
  return bounds;
}

/// Whether some completion is not impossible. Out of budget, it says so: nothing is refused by guess.
bool feasible(Program const& program, Record const& record, std::vector<Bounds>& bounds, std::uint64_t budget) {
  bounds_of(program, record, bounds);
  auto const may = [&](Slot slot) { return bounds[slot].high != 0; };
  auto const must = [&](Slot slot) { return bounds[slot].low != 0; };
  if (std::none_of(program.impossible.begin(), program.impossible.end(), may)) return true;
  if (std::any_of(program.impossible.begin(), program.impossible.end(), must)) return false;
  try {
    return Settlement(program, record, bounds, budget).possible() != no;
  } catch (OverBudget const&) {
    return true;
  }
}

/// The impossible combination that an assessment without possible completions is refused for: the first that all
/// completions have, else the first that some have.
std::size_t which_impossible(Program const& program, Record const& record, std::vector<Bounds>& bounds,
                             std::uint64_t budget) {
  bounds_of(program, record, bounds);
  auto const first = [&](auto holds) {
    return static_cast<std::size_t>(std::find_if(program.impossible.begin(), program.impossible.end(), holds) -
                                    program.impossible.begin());
  };
  std::size_t const sure = first([&](Slot slot) { return bounds[slot].low != 0; });
  if (sure < program.impossible.size()) return sure;
  try {
    Residual residual(program, record, bounds, budget);
    std::size_t const all = first([&](Slot slot) { return residual.condition(slot) == diagram::yes; });
    if (all < program.impossible.size()) return all;
    return first([&](Slot slot) { return residual.condition(slot) != no; });
  } catch (OverBudget const&) {
    return first([&](Slot slot) { return bounds[slot].high != 0; });
  }
}

// ---- assumptions ----------------------------------------------------------------------------------------------------

Record with_assumptions(Program const& program, Record record, std::vector<InputId> const& inputs) {
  for (InputId const input : inputs) assume(program, record, input);
  return record;
}

/// Assumptions that together would make the assessment impossible: the members of each smallest set of them that does
/// stay unknown, whatever the order of declaration. Beyond so many the question is not worth its time: all stay
/// unknown.
std::vector<InputId> tenable(Program const& program, Record const& record, std::vector<InputId> const& inputs,
                             std::vector<Bounds>& bounds, std::uint64_t budget) {
  constexpr std::size_t most = 12;
  if (inputs.size() > most) return {};
  std::vector<std::uint32_t> minimal;  // sets of inputs as bits
  for (std::size_t size = 1; size <= inputs.size(); ++size) {
    for (std::uint32_t set = 1; set < (1U << inputs.size()); ++set) {
      if (static_cast<std::size_t>(std::popcount(set)) != size) continue;
      if (std::any_of(minimal.begin(), minimal.end(), [&](std::uint32_t m) { return (m & set) == m; })) continue;
      std::vector<InputId> chosen;
      for (std::size_t i = 0; i < inputs.size(); ++i)
        if ((set >> i & 1U) != 0) chosen.push_back(inputs[i]);
      if (!feasible(program, with_assumptions(program, record, chosen), bounds, budget)) minimal.push_back(set);
    }
  }
  std::vector<InputId> kept;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (std::none_of(minimal.begin(), minimal.end(), [&](std::uint32_t m) { return (m >> i & 1U) != 0; }))
      kept.push_back(inputs[i]);
  return kept;
}

std::vector<InputId> to_assume(Program const& program, Record const& record) {
  std::vector<InputId> inputs;
  for (std::uint32_t i = 0; i < program.model->inputs.size(); ++i)
    if (program.model->inputs[i].assume && wholly_unknown(program, record, {i})) inputs.push_back({i});
  return inputs;
}

// ---- finding what is possible ---------------------------------------------------------------------------------------

void find_exactly(Program const& program, Settlement& settlement, Findings& findings) {
  settlement.decisions();
  findings.outcomes = settlement.outcomes();
  findings.clear_rules();
  for (std::uint32_t i = 0; i < program.rules.size(); ++i)
    findings.add_rule(i, settlement.extent(program.rules[i].active));
  for (std::uint32_t i = 0; i < program.guarantees.size(); ++i)
    findings.add_guarantee(i, settlement.broken(program.guarantees[i]));
}

/// Every unknown input that decisions read: a superset of those that matter.
std::vector<Question> every_question(Program const& program, Record const& record) {
  std::vector<Question> questions;
  for (UnknownInput const& unknown : unknown_inputs(program, record))
    if (std::any_of(unknown.variables.begin(), unknown.variables.end(), [&](ir::VarId var) {
          return std::any_of(program.decision_vars.begin(), program.decision_vars.end(),
                             [&](std::uint32_t read) { return record.stands_for[read] == var; });
        }))
      questions.push_back(unknown.question);
  return questions;
}

/// Settles the record, exactly where the budget allows it, and asks what still matters where no assumption was made.
void settle(Program const& program, Record const& record, DecideOptions const& options, bool ask, Workspace& space) {
  bounds_of(program, record, space.bounds);
  try {
    Settlement settlement(program, record, space.bounds, options.budget);
    find_exactly(program, settlement, space.findings);
    if (!ask) return;
    bool const undetermined =
        std::any_of(space.findings.outcomes.begin(), space.findings.outcomes.end(),
                    [&](Outcome const& o) { return class_of(o) != class_of(space.findings.outcomes.front()); });
    try {
      space.findings.ask = questions(program, record, settlement, {}, undetermined);
    } catch (OverBudget const&) {
      space.findings.approximate = true;
      space.findings.ask = every_question(program, record);
    }
  } catch (OverBudget const&) {
    find_roughly(program, record, space.bounds, space.findings);
    if (ask) space.findings.ask = every_question(program, record);
  }
}

/// The questions of a decision that rests on assumptions: what was assumed is unknown to them.
void ask_behind_assumptions(Program const& program, Record const& unassumed, DecideOptions const& options,
                            Workspace& space) {
  std::vector<Outcome> const& outcomes = space.findings.outcomes;
  bool const undetermined = std::any_of(outcomes.begin(), outcomes.end(),
                                        [&](Outcome const& o) { return class_of(o) != class_of(outcomes.front()); });
  bounds_of(program, unassumed, space.bounds);
  try {
    Settlement settlement(program, unassumed, space.bounds, options.budget);
    space.findings.ask = questions(program, unassumed, settlement, space.findings.assumed, undetermined);
  } catch (OverBudget const&) {
    space.findings.approximate = true;
    space.findings.ask = every_question(program, unassumed);
  }
}

void find(Program const& program, Record const& record, DecideOptions const& options, bool ask, Workspace& space) {
  space.findings.ask.clear();
  space.findings.approximate = false;
  if (find_known(program, record.codes.data(), record.unavailable, space.scratch, space.findings) != Known::found)
    settle(program, record, options, ask, space);
}

/// Everything that may refuse an assessment before its completions are looked at.
bool acceptable(Program const& program, Assessment const& assessment, DecideOptions const& options,
                Decision& decision) {
  if (AssessmentAccess::program(assessment) != &program || AssessmentAccess::foreign(assessment)) {
    refuse(decision, Code::other_ruleset, "", "the assessment was made for another ruleset");
    return false;
  }
  return in_force(program, assessment.date(), options, decision);
}

/// Where all is known, one completion in one pass; a brief decision also where a little is not.
template <class CodeType>
bool decide_quickly(Program const& program, CodeType const* codes, Record const& record, DecideOptions const& options,
                    bool alike, Workspace& space, Decision& decision) {
  if (options.brief) return find_brief(program, codes, record.unavailable, space.scratch, !alike, decision);
  if (assumes(program, codes)) return false;
  std::size_t impossible = 0;
  switch (decide_known(program, codes, record.date, record.unavailable, space.scratch, decision, impossible)) {
    case Known::incomplete:
      clear(decision);
      return false;
    case Known::impossible:
      refuse_impossible(program, impossible, decision);
      return true;
    case Known::found:
      break;
  }
  if (!record.stale.empty()) decision.stale = record.stale;
  return true;
}

void decide_partial(Program const& program, DecideOptions const& options, Workspace& space, Decision& decision) {
  Record& record = space.record;
  if (!feasible(program, record, space.bounds, options.budget)) {
    refuse_impossible(program, which_impossible(program, record, space.bounds, options.budget), decision);
    return;
  }
  space.findings.assumed = to_assume(program, record);
  if (space.findings.assumed.empty()) {
    find(program, record, options, !options.brief, space);
  } else {
    Record const unassumed = record;
    std::vector<InputId>& assumed = space.findings.assumed;
    if (!feasible(program, with_assumptions(program, unassumed, assumed), space.bounds, options.budget))
      assumed = tenable(program, unassumed, assumed, space.bounds, options.budget);
    record = with_assumptions(program, unassumed, assumed);
    find(program, record, options, false, space);
    if (!options.brief) ask_behind_assumptions(program, unassumed, options, space);
  }
  report(program, record, space.findings, options, decision);
}

/// Neither another ruleset's nor out of force.
[[gnu::always_inline]] inline bool plainly_acceptable(Program const& program, Assessment const& assessment) {
  if (AssessmentAccess::program(assessment) != &program || AssessmentAccess::foreign(assessment)) return false;
  std::int32_t const day = AssessmentAccess::date(assessment).days;
  return program.first_day <= day && day <= program.last_day;
}

/// Whether the rules see an assessment as it stands, and a glance at it is enough.
[[gnu::always_inline]] inline bool glance(Program const& program, Assessment const& assessment, Glance& seen,
                                          program::AnswerCode& level_code) {
  if (!program.boxes.only_rules_decide || !plainly_acceptable(program, assessment) ||
      !seen_as_told(program, assessment))
    return false;
  program::AnswerCode const* const codes = AssessmentAccess::codes(assessment).data();
  level_code = codes[ir::current_level_var];
  return glance(program, codes, seen);
}

void decide_with(Program const& program, Assessment const& assessment, DecideOptions const& options, Workspace& space,
                 Decision& decision) {
  clear(decision);
  if (!plainly_acceptable(program, assessment) && !acceptable(program, assessment, options, decision)) return;
  Record& record = space.record;
  if (Seen const seen = seen_codes(program, assessment, space.scratch); seen.codes != nullptr) {
    record.unavailable = AssessmentAccess::unavailable(assessment);
    record.date = AssessmentAccess::date(assessment);
    record.stale.clear();
    if (decide_quickly(program, seen.codes, record, options, seen.alike, space, decision)) return;
    prepare(program, assessment, record);
  } else {
    prepare(program, assessment, record);
    bool const alike = AssessmentAccess::previous(assessment) == Assessment::Previous::none;
    if (decide_quickly(program, record.codes.data(), record, options, alike, space, decision)) return;
  }
  decide_partial(program, options, space, decision);
}

// What takes more than a glance. Apart, so that what takes no more has no memory to set up: in a shared library, that
// of a thread takes a call to find.

[[gnu::noinline]] void decide_at_length(Program const& program, Assessment const& assessment,
                                        DecideOptions const& options, Decision& decision) {
  decide_with(program, assessment, options, workspace(), decision);
}

[[gnu::noinline]] BriefDecision brief_at_length(Program const& program, Assessment const& assessment,
                                                DecideOptions const& options) {
  if (plainly_acceptable(program, assessment)) {
    Scratch& scratch = workspace().scratch;
    Seen const seen = seen_codes(program, assessment, scratch);
    LevelMask const unavailable = AssessmentAccess::unavailable(assessment);
    BriefDecision found;
    if (seen.codes != nullptr && find_brief(program, seen.codes, unavailable, scratch, !seen.alike, found))
      return found;
  }
  Decision decision;
  DecideOptions brief_options = options;
  brief_options.brief = true;
  decide(program, assessment, brief_options, decision);
  return decision;
}

}  // namespace

void decide(Program const& program, Assessment const& assessment, DecideOptions const& options, Decision& decision) {
  program::AnswerCode level_code = 0;
  Glance seen;
  if (!glance(program, assessment, seen, level_code) ||
      (!options.brief && assumes(program, AssessmentAccess::codes(assessment).data())))
    return decide_at_length(program, assessment, options, decision);
  if (!options.brief) return report_rules(program, seen, level_code, AssessmentAccess::date(assessment), decision);
  clear(decision);
  static_cast<BriefDecision&>(decision) = brief_of_rules(program, seen, level_code);
}

BriefDecision brief(Program const& program, Assessment const& assessment, DecideOptions const& options) {
  program::AnswerCode level_code = 0;
  if (Glance seen; glance(program, assessment, seen, level_code)) return brief_of_rules(program, seen, level_code);
  return brief_at_length(program, assessment, options);
}

Evaluation evaluate(Program const& program, Assessment const& assessment, DecideOptions const& options) {
  Evaluation evaluation;
  Workspace& space = workspace();
  space.record.codes.clear();
  decide_with(program, assessment, options, space, evaluation.decision);
  if (evaluation.decision.status == DecisionStatus::refused) return evaluation;
  if (space.record.codes.empty()) prepare(program, assessment, space.record);  // a quick decision had no need of it
  evaluation.codes = space.record.codes;
  evaluation.bounds.resize(program.ops.size());
  evaluate_bounds(program, evaluation.codes.data(), evaluation.bounds.data(), 0, program.ops.size());
  return evaluation;
}

}  // namespace carestep::eval

#include "eval/decide.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>

#include "diag/code.hpp"
#include "eval/findings.hpp"
#include "eval/questions.hpp"
#include "eval/record.hpp"
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
  std::vector<std::int64_t> values;
  std::vector<Bounds> bounds;
  Findings findings;
};

Workspace& workspace() {
  thread_local Workspace space;
  return space;
}

void refuse(Decision& decision, Code code, std::string path, std::string message) {
  decision = Decision{};
  decision.status = DecisionStatus::refused;
  decision.refusals.push_back({std::string(code_text(code)), std::move(path), std::move(message)});
}

bool in_force(Program const& program, Date day, DecideOptions const& options, Decision& decision) {
  ir::Model const& model = *program.model;
  if (options.allow_out_of_force) return true;
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

void evaluate_complete(Program const& program, Record const& record, Workspace& space) {
  space.values.resize(program.decision_ops);
  evaluate_known(program, record.codes.data(), space.values.data(), 0, program.decision_ops);
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
  findings.rules.clear();
  for (program::RuleEffect const& rule : program.rules) findings.rules.push_back(settlement.extent(rule.active));
  findings.guarantees.clear();
  for (program::GuaranteeTest const& guarantee : program.guarantees)
    findings.guarantees.push_back(settlement.broken(guarantee));
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
  if (!complete(program, record)) {
    settle(program, record, options, ask, space);
    return;
  }
  evaluate_complete(program, record, space);
  find_known(program, record, space.values.data(), space.findings);
}

/// Everything that may refuse an assessment before its completions are looked at.
bool acceptable(Program const& program, Assessment const& assessment, DecideOptions const& options,
                Decision& decision) {
  if (AssessmentAccess::program(assessment).get() != &program || AssessmentAccess::foreign(assessment)) {
    refuse(decision, Code::other_ruleset, "", "the assessment was made for another ruleset");
    return false;
  }
  return in_force(program, assessment.date(), options, decision);
}

/// All is known: one completion, one pass.
void decide_complete(Program const& program, DecideOptions const& options, Workspace& space, Decision& decision) {
  evaluate_complete(program, space.record, space);
  auto const holds = [&](Slot slot) { return space.values[slot] != 0; };
  auto const impossible = std::find_if(program.impossible.begin(), program.impossible.end(), holds);
  if (impossible != program.impossible.end()) {
    refuse_impossible(program, static_cast<std::size_t>(impossible - program.impossible.begin()), decision);
    return;
  }
  space.findings.ask.clear();
  space.findings.assumed.clear();
  space.findings.approximate = false;
  find_known(program, space.record, space.values.data(), space.findings);
  report(program, space.record, space.findings, options, decision);
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

void decide_into(Program const& program, Assessment const& assessment, DecideOptions const& options, Workspace& space,
                 Decision& decision) {
  if (!acceptable(program, assessment, options, decision)) return;
  prepare(program, assessment, space.record);
  if (complete(program, space.record) && to_assume(program, space.record).empty())
    decide_complete(program, options, space, decision);
  else
    decide_partial(program, options, space, decision);
}

}  // namespace

Decision decide(Program const& program, Assessment const& assessment, DecideOptions const& options) {
  Decision decision;
  decide_into(program, assessment, options, workspace(), decision);
  return decision;
}

Evaluation evaluate(Program const& program, Assessment const& assessment, DecideOptions const& options) {
  Evaluation evaluation;
  Workspace& space = workspace();
  decide_into(program, assessment, options, space, evaluation.decision);
  if (evaluation.decision.status == DecisionStatus::refused) return evaluation;
  evaluation.codes = space.record.codes;
  evaluation.bounds.resize(program.ops.size());
  evaluate_bounds(program, evaluation.codes.data(), evaluation.bounds.data(), 0, program.ops.size());
  return evaluation;
}

}  // namespace carestep::eval

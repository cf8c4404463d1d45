#include "trial/trial.hpp"

#include <algorithm>

#include "eval/decide.hpp"
#include "program/assessment_access.hpp"
#include "trial/expectation.hpp"

namespace carestep::trial {
namespace {

using program::Program;

Assessment assessment_of(std::shared_ptr<Program const> const& program, ir::Example const& example) {
  Assessment assessment = AssessmentAccess::make(program, example.assessment_date);
  if (example.previous_none) AssessmentAccess::previous(assessment) = Assessment::Previous::none;
  AssessmentAccess::set_unavailable(assessment, example.unavailable);
  for (ir::GivenAnswer const& given : example.given) {
    ir::Input const& input = program->model->inputs[given.input];
    ir::VarId const first = given.previous ? input.first_previous_var : input.first_var;
    if (given.previous) AssessmentAccess::previous(assessment) = Assessment::Previous::given;
    if (given.day)
      AssessmentAccess::codes(assessment)[first] = example.assessment_date.days - given.day->days;
    else
      std::copy(given.codes.begin(), given.codes.end(), AssessmentAccess::codes(assessment).begin() + first);
    if (given.on && !given.previous)
      AssessmentAccess::tell(assessment).answered_on[given.input] = example.assessment_date.days - given.on->days;
  }
  return assessment;
}

/// Which truths the examples showed of each clause.
class Coverage {
 public:
  explicit Coverage(Program const& program) : program_(program), active_(program.rules.size(), false) {
    for (ir::Rule const& rule : program.model->rules) {
      add(rule.name, rule.when);
      add(rule.name, rule.unless);
    }
    for (ir::Criterion const& criterion : program.model->criteria)
      add((criterion.kind == ir::CriterionKind::admit ? "admit " : "continue ") +
              program.model->levels[criterion.level].name,
          criterion.when);
    for (ir::StepLine const& line : program.model->steps) add(line.words, line.when);
    for (ir::DischargeLine const& line : program.model->discharges) add(line.words, line.when);
    for (ir::Definition const& definition : program.model->definitions)
      for (ir::DefinitionCase const& one : definition.cases) add(definition.name, one.when);
  }

  void note(eval::Evaluation const& evaluation) {
    if (evaluation.decision.status == DecisionStatus::refused) return;
    for (RuleId const rule : evaluation.decision.active) active_[rule.index] = true;
    for (Seen& seen : seen_) {
      eval::Bounds const truth = evaluation.bounds[seen.slot];
      seen.yes = seen.yes || truth.low != 0;
      seen.no = seen.no || truth.high == 0;
    }
  }

  void report(TestReport& report) const {
    report.rules = active_.size();
    for (std::size_t i = 0; i < active_.size(); ++i)
      if (!active_[i]) report.rules_never_active.push_back(program_.model->rules[i].name);
    report.clauses = seen_.size();
    for (Seen const& seen : seen_) {
      if (seen.yes && seen.no) {
        ++report.clauses_both_ways;
        continue;
      }
      char const* const shown = seen.yes ? "always true" : seen.no ? "always false" : "never known";
      report.clauses_one_way.push_back(seen.where + ": " + seen.words + " (" + shown + ")");
    }
  }

 private:
  struct Seen {
    std::string where;
    std::string words;
    program::Slot slot = 0;
    bool yes = false;
    bool no = false;
  };

  void add(std::string const& where, ir::Clause const& clause) {
    for (ir::Clause const& part : clause.parts) add(where, part);
    bool const constant = program_.model->nodes.is_true(clause.node) || program_.model->nodes.is_false(clause.node);
    if (!clause.parts.empty() || constant || clause.words.empty()) return;
    seen_.push_back({where, clause.words, program_.slot_of_node[clause.node], false, false});
  }

  Program const& program_;
  std::vector<bool> active_;
  std::vector<Seen> seen_;
};

ExampleResult judge(Program const& program, ir::Example const& example, Assessment const& assessment,
                    Decision const& decision, SourceMap const& sources) {
  ExampleResult result{example.name, sources.place(example.at), {}};
  if (decision.status == DecisionStatus::refused) {
    for (Refusal const& refusal : decision.refusals)
      result.differences.push_back({"a decision", "refused: " + refusal.message});
    return result;
  }
  std::int64_t const code = AssessmentAccess::codes(assessment)[ir::current_level_var];
  LevelId const current{static_cast<std::int8_t>(code <= 0 ? -1 : code - 1)};
  for (ast::Expectation const& expectation : *example.expect)
    if (auto found = difference(*program.model, expectation, decision, current, example.assessment_date))
      result.differences.push_back(std::move(*found));
  return result;
}

}  // namespace

TestReport run_examples(std::shared_ptr<Program const> const& program, SourceMap const& sources) {
  TestReport report;
  Coverage coverage(*program);
  for (ir::Example const& example : program->model->examples) {
    Assessment const assessment = assessment_of(program, example);
    // An example says how the rules decide, not whether they are in force.
    eval::Evaluation const evaluation = eval::evaluate(*program, assessment, {.allow_out_of_force = true});
    coverage.note(evaluation);
    report.examples.push_back(judge(*program, example, assessment, evaluation.decision, sources));
  }
  coverage.report(report);
  return report;
}

}  // namespace carestep::trial

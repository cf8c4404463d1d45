#include "analyze/cases.hpp"

#include <carestep/analysis.hpp>

#include <fmt/format.h>

#include "api/ruleset_state.hpp"
#include "base/json_writer.hpp"

namespace carestep {
namespace {

using analyze::Cases;
using analyze::Goal;
using analyze::GoalKind;
using analyze::Reach;

std::string id_of(std::size_t index) {
  return fmt::format("case-{}", index + 1);
}

bool shown(Goal const& goal) {
  return goal.reach == Reach::met || goal.reach == Reach::masked;
}

void note(CaseCount& count, bool shown) {
  ++count.of;
  if (shown) ++count.shown;
}

/// Why a clause is not shown both ways, or does not decide.
void note_clause(std::string const& what, Goal const& decides, Goal const& yes, Goal const& no, TestCases& out) {
  if (!shown(yes) || !shown(no)) {
    out.not_shown.push_back(what + (shown(yes) ? " is never false" : " is never true"));
  } else if (!shown(decides)) {
    out.not_shown.push_back(what + " never decides by itself");
  }
}

/// The goal that the clause of a boundary decides stands behind its boundaries.
Goal const& decision_behind(Cases const& found, std::size_t at) {
  while (found.goals[at].kind == GoalKind::boundary) ++at;
  return found.goals[at];
}

void count(program::Program const& program, Cases const& found, TestCases& out) {
  for (std::size_t i = 0; i < found.goals.size(); ++i) {
    Goal const& goal = found.goals[i];
    if (goal.reach == Reach::gave_up) out.given_up.push_back(goal_words(program, found, goal));
    switch (goal.kind) {
      case GoalKind::active:
        note(out.rules, shown(goal));
        if (goal.reach == Reach::not_met)
          out.not_shown.push_back(program.model->rules[goal.site].name + " is never active");
        break;
      case GoalKind::boundary:
        note(out.boundaries, shown(goal));
        if ((goal.reach == Reach::values || goal.reach == Reach::not_met) && shown(decision_behind(found, i)))
          out.not_shown.push_back(goal_words(program, found, goal) + " is nowhere where the clause decides");
        break;
      case GoalKind::decides:
        note(out.deciding, shown(goal));
        if (goal.reach == Reach::masked) ++out.masked;
        break;
      case GoalKind::shown: {
        if (!goal.truth) break;
        Goal const& no = found.goals[i + 1];  // its other truth stands behind it
        note(out.clauses, shown(goal) && shown(no));
        analyze::Site const& site = found.sites[goal.site];
        note_clause(site.where + ": " + site.clauses[goal.clause].clause->words, found.goals[i - 1], goal, no, out);
        break;
      }
    }
  }
}

TestCase test_case(program::Program const& program, Cases const& found, std::size_t index) {
  analyze::Case const& one = found.cases[index];
  TestCase made{id_of(index),
                one.member.assessment,
                one.member.evaluation.decision,
                {},
                analyze::case_example(program, found, index)};
  for (analyze::Purpose const& purpose : one.purposes) {
    std::string words = goal_words(program, found, found.goals[purpose.goal]);
    if (purpose.partner != analyze::Purpose::no_partner) words += " (with " + id_of(purpose.partner) + ")";
    made.covers.push_back(std::move(words));
  }
  return made;
}

}  // namespace

TestCases test_cases(Ruleset const& rules, AnalysisLimits const& limits) {
  auto const& program = RulesetAccess::state(rules).program;
  analyze::Analysis analysis(program, limits);
  Cases const found = analyze::find_cases(analysis, limits.stop);
  TestCases out;
  count(*program, found, out);
  for (std::size_t i = 0; i < found.cases.size(); ++i) out.cases.push_back(test_case(*program, found, i));
  return out;
}

std::string TestCases::ndjson(Ruleset const& ruleset, bool with_decisions) const {
  std::string out;
  for (TestCase const& one : cases) {
    std::string const id = '"' + one.id + '"';
    std::string const assessment = assessment_to_json(ruleset, one.assessment, id);
    if (!with_decisions) {
      out += assessment + "\n";
      continue;
    }
    JsonWriter line;
    line.object().raw("assessment", assessment).raw("decision", decision_to_json(ruleset, one.decision, id));
    out += line.texts("covers", one.covers).close().take() + "\n";
  }
  return out;
}

std::string TestCases::examples() const {
  std::string out;
  for (TestCase const& one : cases) out += (out.empty() ? "" : "\n") + one.example_block;
  return out;
}

std::string TestCases::coverage_text() const {
  std::string out = fmt::format(
      "{} cases\n{} of {} rules made active\n{} of {} clauses shown both true and false\n"
      "{} of {} clauses decide both ways{}\n{} of {} boundaries met on both sides\n",
      cases.size(), rules.shown, rules.of, clauses.shown, clauses.of, deciding.shown, deciding.of,
      masked == 0 ? "" : fmt::format(" ({} of them while others differ that do not matter)", masked), boundaries.shown,
      boundaries.of);
  for (std::string const& words : not_shown) out += "  " + words + "\n";
  for (std::string const& words : given_up) out += "  over the budget: " + words + "\n";
  return out;
}

}  // namespace carestep

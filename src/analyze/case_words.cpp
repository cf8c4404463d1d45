#include <algorithm>
#include <fmt/format.h>

#include "analyze/cases.hpp"
#include "analyze/shown.hpp"
#include "ir/words.hpp"

namespace carestep::analyze {
namespace {

constexpr std::size_t longest_name = 90;

/// What the author is asked to confirm.
std::vector<std::string> expectations(program::Program const& program, Cases const& cases, Case const& one) {
  ir::Model const& model = *program.model;
  Decision const& decision = one.member.evaluation.decision;
  LevelId const current{static_cast<std::int8_t>(one.member.evaluation.codes[ir::current_level_var] - 1)};
  std::vector<std::string> expected{shown_move(model, decision, current)};
  if (decision.indicated != decision.next || decision.move == Move::stay)
    expected.push_back("indicated " + shown_level(model, decision.indicated));
  for (auto const& [mark, words] : {std::pair(Mark::conflict, "conflict"),
                                    {Mark::not_eligible, "not_eligible"},
                                    {Mark::not_applicable, "not_applicable"},
                                    {Mark::by_default, "by_default"},
                                    {Mark::held, "held"},
                                    {Mark::off_pathway, "off_pathway"}})
    if (decision.marks.contains(mark)) expected.emplace_back(words);
  for (RuleId const rule : decision.active)
    if (program.ops[program.rules[rule.index].active].kind != program::OpKind::constant)
      expected.push_back("rule " + model.rules[rule.index].name);
  for (Purpose const& purpose : one.purposes) {
    Goal const& goal = cases.goals[purpose.goal];
    if (goal.kind == GoalKind::active || cases.sites[goal.site].kind != SiteKind::rule) continue;
    std::string const& name = cases.sites[goal.site].where;
    bool const active = std::any_of(decision.active.begin(), decision.active.end(),
                                    [&](RuleId rule) { return model.rules[rule.index].name == name; });
    std::string words = "not rule " + name;
    if (!active && std::find(expected.begin(), expected.end(), words) == expected.end())
      expected.push_back(std::move(words));
  }
  if (decision.reassess_on)
    expected.push_back("reassess in " + ir::days_words(decision.reassess_on->days - one.member.assessment.date().days));
  return expected;
}

std::string name_of(Case const& one, std::size_t index) {
  std::string words = patient_words(one.member.assessment);
  if (words.empty()) words = "nothing out of the ordinary";
  if (words.size() > longest_name) words = words.substr(0, words.rfind(", ", longest_name)) + ", …";
  return fmt::format("Case {}: {}", index + 1, words);
}

}  // namespace

std::string goal_words(program::Program const& program, Cases const& cases, Goal const& goal) {
  if (goal.kind == GoalKind::active) return program.model->rules[goal.site].name + " is active";
  Site const& site = cases.sites[goal.site];
  ir::Clause const& clause = *site.clauses[goal.clause].clause;
  switch (goal.kind) {
    case GoalKind::shown:
      return site.where + ": " + clause.words + (goal.truth ? " is true" : " is false");
    case GoalKind::boundary:
      return site.where + ": " + boundary_words(program, clause, goal.boundary);
    default:
      return site.where + ": " + clause.words + " decides";
  }
}

std::string case_example(program::Program const& program, Cases const& cases, std::size_t index) {
  Case const& one = cases.cases[index];
  return example_block(name_of(one, index), one.member.assessment, expectations(program, cases, one));
}

}  // namespace carestep::analyze

// Test cases of the shipped and of random rulesets: the examples written into the rule file pass and cover what is
// claimed, and no random person shows what is said to be impossible. CARESTEP_SEED sets the first seed.

#include "analyze/cases.hpp"

#include <carestep/analysis.hpp>

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "api/ruleset_state.hpp"
#include "differential/generate.hpp"
#include "eval/decide.hpp"

using namespace carestep;

namespace {

constexpr std::uint64_t rulesets = 100;
constexpr int people = 60;

std::uint64_t first_seed() {
  char const* const set = std::getenv("CARESTEP_SEED");
  return set == nullptr ? 1 : std::strtoull(set, nullptr, 10);
}

bool shown(analyze::Goal const& goal) {
  return goal.reach == analyze::Reach::met || goal.reach == analyze::Reach::masked;
}

/// `carestep test` counts the clauses of everything but `applies` and guarantees.
bool counted_by_test(analyze::Site const& site) {
  return site.kind != analyze::SiteKind::applies && site.kind != analyze::SiteKind::guarantee;
}

std::vector<std::string> never_active(program::Program const& program, analyze::Cases const& found) {
  std::vector<std::string> names;
  for (analyze::Goal const& goal : found.goals)
    if (goal.kind == analyze::GoalKind::active && !shown(goal)) names.push_back(program.model->rules[goal.site].name);
  return names;
}

/// As `carestep test` words them.
std::multiset<std::string> shown_one_way(analyze::Cases const& found) {
  std::multiset<std::string> lines;
  for (std::size_t i = 0; i < found.goals.size(); ++i) {
    analyze::Goal const& yes = found.goals[i];
    if (yes.kind != analyze::GoalKind::shown || !yes.truth) continue;
    analyze::Goal const& no = found.goals[i + 1];
    analyze::Site const& site = found.sites[yes.site];
    if ((shown(yes) && shown(no)) || !counted_by_test(site)) continue;
    lines.insert(site.where + ": " + site.clauses[yes.clause].clause->words +
                 (shown(yes) ? " (always true)" : " (always false)"));
  }
  return lines;
}

/// `text` has no examples of its own.
void check_examples(std::string const& text, Ruleset const& rules, TestCases const& made, analyze::Cases const& found) {
  std::string const with_examples = text + "\n" + made.examples();
  CAPTURE(with_examples);
  auto const reloaded = load_text(with_examples);
  REQUIRE(reloaded.ok());
  TestReport const report = reloaded->test();
  CHECK(report.examples.size() == made.cases.size());
  CHECK(report.passed());
  if (!report.passed()) MESSAGE(report.text());
  CHECK(report.rules_never_active == never_active(*RulesetAccess::state(rules).program, found));
  CHECK(std::multiset<std::string>(report.clauses_one_way.begin(), report.clauses_one_way.end()) ==
        shown_one_way(found));
}

// ---- what is said to be impossible ----------------------------------------------------------------------------------

using Truth = std::vector<bool>;

/// Somebody about whom everything is known, to whom the rules apply, and for whom the site counts.
struct Person {
  eval::Evaluation evaluation;
};

bool holds(eval::Evaluation const& evaluation, program::Slot slot) {
  return evaluation.bounds[slot].low != 0;
}

/// Whether two people differ in the clause and in the condition, and in no other clause of it.
bool some_pair_decides(program::Program const& program, analyze::Site const& site, std::size_t clause,
                       std::vector<Person> const& all) {
  program::Slot whole = site.parts[0].slot;
  if (whole == program::Program::no_slot) return false;   // `unless`: judged by the rules without it
  std::map<Truth, std::set<std::pair<bool, bool>>> seen;  // the others' truths: of the clause, of the condition
  for (Person const& person : all) {
    if (!analyze::counts(site, person.evaluation, program, false)) continue;
    Truth others;
    for (std::size_t i = 0; i < site.clauses.size(); ++i)
      if (i != clause) others.push_back(holds(person.evaluation, site.clauses[i].slot));
    seen[others].insert({holds(person.evaluation, site.clauses[clause].slot), holds(person.evaluation, whole)});
  }
  return std::any_of(seen.begin(), seen.end(), [](auto const& entry) {
    auto const& s = entry.second;
    return (s.contains({true, true}) && s.contains({false, false})) ||
           (s.contains({true, false}) && s.contains({false, true}));
  });
}

void check_impossible(program::Program const& program, analyze::Cases const& found, std::vector<Person> const& all) {
  for (analyze::Goal const& goal : found.goals) {
    if (shown(goal)) continue;
    CAPTURE(goal_words(program, found, goal));
    switch (goal.kind) {
      case analyze::GoalKind::active:
        CHECK(std::none_of(all.begin(), all.end(), [&](Person const& p) {
          return holds(p.evaluation, program.applies) && holds(p.evaluation, program.rules[goal.site].active);
        }));
        break;
      case analyze::GoalKind::shown:
        CHECK(std::none_of(all.begin(), all.end(), [&](Person const& p) {
          return holds(p.evaluation, found.sites[goal.site].clauses[goal.clause].slot) == goal.truth;
        }));
        break;
      case analyze::GoalKind::decides:
        CHECK_FALSE(some_pair_decides(program, found.sites[goal.site], goal.clause, all));
        break;
      case analyze::GoalKind::boundary:
        break;
    }
  }
}

std::vector<Person> random_people(std::shared_ptr<program::Program const> const& program, Ruleset const& rules,
                                  reference::Ruleset const& judge, differential::Random& random) {
  std::vector<Person> all;
  for (int i = 0; i < people; ++i) {
    auto const read =
        assessment_from_json(rules, differential::to_json(differential::random_assessment(judge, random), judge));
    if (!read) continue;
    eval::Evaluation evaluation = eval::evaluate(*program, read->assessment, {.allow_out_of_force = true});
    bool const known = evaluation.decision.status == DecisionStatus::determined &&
                       std::all_of(evaluation.bounds.begin(), evaluation.bounds.end(),
                                   [](eval::Bounds bounds) { return bounds.known(); });
    if (known) all.push_back({std::move(evaluation)});
  }
  return all;
}

std::string text_of(std::string const& file) {
  std::ifstream in(std::string(CARESTEP_SOURCE_DIR) + "/" + file);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("the cases of random rulesets pass, cover what they claim, and leave out only what cannot be") {
  std::size_t judged = 0;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + rulesets; ++seed) {
    CAPTURE(seed);
    differential::Random random(seed);
    std::string text;
    for (std::string const& declaration : differential::random_declarations(random)) text += declaration + "\n";
    auto const loaded = load_text(text);
    REQUIRE(loaded.ok());
    auto const& program = RulesetAccess::state(*loaded).program;
    analyze::Analysis analysis(program, AnalysisLimits{}.budget);
    analyze::Cases const found = analyze::find_cases(analysis);
    TestCases const made = test_cases(*loaded);
    CHECK(made.given_up.empty());
    check_examples(text, *loaded, made, found);
    auto const all = random_people(program, *loaded, reference::Ruleset(RulesetAccess::state(*loaded).bundle), random);
    judged += all.size();
    check_impossible(*program, found, all);
  }
  CHECK(judged > rulesets);
}

TEST_CASE("the cases of the shipped rulesets show every rule and every clause") {
  for (std::string const file : {"examples/riverbend.care", "rules/massachusetts-sud/rules.care"}) {
    CAPTURE(file);
    auto const loaded = load(std::string(CARESTEP_SOURCE_DIR) + "/" + file);
    REQUIRE(loaded.ok());
    TestCases const made = test_cases(*loaded);
    CHECK(made.rules.shown == made.rules.of);
    CHECK(made.clauses.shown == made.clauses.of);
    CHECK(made.given_up.empty());
    CHECK(made.cases.size() < made.clauses.of + made.rules.of);
  }
  std::string riverbend = text_of("examples/riverbend.care");
  riverbend.resize(riverbend.find("\nexample "));
  auto const loaded = load_text(riverbend);
  REQUIRE(loaded.ok());
  analyze::Analysis analysis(RulesetAccess::state(*loaded).program, AnalysisLimits{}.budget);
  check_examples(riverbend, *loaded, test_cases(*loaded), analyze::find_cases(analysis));
}

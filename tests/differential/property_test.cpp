// What must hold of every ruleset and every person, tried on random ones. CARESTEP_SEED sets the first seed.

#include <carestep/ruleset.hpp>

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "api/ruleset_state.hpp"
#include "differential/generate.hpp"

using namespace carestep;

namespace {

constexpr std::uint64_t rulesets = 150;
constexpr int assessments = 8;

std::uint64_t first_seed() {
  char const* const set = std::getenv("CARESTEP_SEED");
  return set == nullptr ? 1 : std::strtoull(set, nullptr, 10);
}

std::string joined(std::vector<std::string> const& declarations) {
  std::string text;
  for (std::string const& declaration : declarations) text += declaration + "\n";
  return text;
}

Ruleset loaded(std::string const& text) {
  auto rules = load_text(text);
  REQUIRE(rules.ok());
  return *rules;
}

Decision decided(Ruleset const& rules, reference::Assessment const& person, reference::Ruleset const& judge) {
  auto const read = assessment_from_json(rules, differential::to_json(person, judge));
  if (read) return rules.decide(read->assessment);
  Decision refused;
  refused.status = DecisionStatus::refused;
  return refused;
}

std::vector<std::string> names(Ruleset const& rules, std::vector<RuleId> const& ids) {
  std::vector<std::string> result;
  for (RuleId const id : ids) result.emplace_back(rules.rule(id).name);
  std::sort(result.begin(), result.end());
  return result;
}

/// Calls `check(seed, declarations, rules, judge, random)` for each random ruleset.
template <class Check>
void for_rulesets(Check check) {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + rulesets; ++seed) {
    CAPTURE(seed);
    differential::Random random(seed);
    std::vector<std::string> const declarations = differential::random_declarations(random);
    Ruleset const rules = loaded(joined(declarations));
    check(declarations, rules, reference::Ruleset(RulesetAccess::state(rules).bundle), random);
  }
}

}  // namespace

TEST_CASE("the order of declarations never changes a decision") {
  for_rulesets([](auto declarations, Ruleset const& rules, auto const& judge, differential::Random& random) {
    std::vector<std::string> rest(declarations.begin() + 1, declarations.end());
    random.shuffle(rest);
    std::copy(rest.begin(), rest.end(), declarations.begin() + 1);
    Ruleset const shuffled = loaded(joined(declarations));
    for (int i = 0; i < assessments; ++i) {
      auto const person = differential::random_assessment(judge, random);
      CAPTURE(differential::to_json(person, judge));
      Decision const a = decided(rules, person, judge);
      Decision const b = decided(shuffled, person, judge);
      REQUIRE(a.status == b.status);
      CHECK(a.move == b.move);
      CHECK(a.next == b.next);
      CHECK(a.indicated == b.indicated);
      CHECK(a.admissible == b.admissible);
      CHECK(a.plan == b.plan);
      CHECK(a.marks == b.marks);
      CHECK(a.possible_next == b.possible_next);
      CHECK(a.possible_indicated == b.possible_indicated);
      CHECK(a.placement == b.placement);
      CHECK(a.reassess_on == b.reassess_on);
      CHECK(names(rules, a.active) == names(shuffled, b.active));
      CHECK(names(rules, a.open) == names(shuffled, b.open));
    }
  });
}

TEST_CASE("learning an answer never widens what is possible") {
  for_rulesets([](auto const& declarations, Ruleset const& rules, auto const& judge, differential::Random& random) {
    // An assumption is the one stated exception.
    if (joined(declarations).find("if unknown assume") != std::string::npos) return;
    for (int i = 0; i < assessments; ++i) {
      auto const person = differential::random_assessment(judge, random);
      if (person.answers.empty()) continue;
      auto before = person;
      before.answers.erase(
          std::next(before.answers.begin(), static_cast<std::ptrdiff_t>(random.below(before.answers.size()))));
      CAPTURE(differential::to_json(person, judge));
      Decision const knowing = decided(rules, person, judge);
      Decision const guessing = decided(rules, before, judge);
      if (knowing.status == DecisionStatus::refused) continue;
      REQUIRE(guessing.status != DecisionStatus::refused);
      CHECK((knowing.possible_next.bits & ~guessing.possible_next.bits) == 0);
      CHECK((knowing.possible_indicated.bits & ~guessing.possible_indicated.bits) == 0);
      CHECK((!knowing.possible_next.none || guessing.possible_next.none));
      auto const sure_before = names(rules, guessing.active);
      auto const sure_now = names(rules, knowing.active);
      CHECK(std::includes(sure_now.begin(), sure_now.end(), sure_before.begin(), sure_before.end()));
    }
  });
}

TEST_CASE("a formatted ruleset is the same ruleset") {
  for_rulesets([](auto const& declarations, Ruleset const& rules, auto const& judge, differential::Random& random) {
    auto const text = format_text(joined(declarations));
    REQUIRE(text.ok());
    Ruleset const formatted = loaded(*text);
    CHECK(formatted.sha256() == rules.sha256());
    for (int i = 0; i < assessments; ++i) {
      auto const person = differential::random_assessment(judge, random);
      CHECK(decision_to_json(formatted, decided(formatted, person, judge)) ==
            decision_to_json(rules, decided(rules, person, judge)));
    }
  });
}

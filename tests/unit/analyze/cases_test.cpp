#include "analyze/cases.hpp"

#include <carestep/analysis.hpp>

#include <algorithm>
#include <doctest/doctest.h>

#include "analyze/cover.hpp"
#include "api/ruleset_state.hpp"

using namespace carestep;
using namespace carestep::analyze;

namespace {

/// Inputs a, b, c (yes/no) and n (0 to 20); levels low < high.
Ruleset rules(std::string const& declarations) {
  auto loaded = load_text(R"(
ruleset small "Small"
  language 1
  version "1"
levels low < high
input a "A" yes/no
input b "B" yes/no
input c "C" yes/no
input n "N" number 0 to 20
rule everyone then at least low
rule mentions when a or b or c or n > 0 then note "reads every input"
)" + declarations);
  REQUIRE(loaded.ok());
  return *std::move(loaded);
}

bool mentions(std::vector<std::string> const& lines, std::string const& words) {
  return std::find(lines.begin(), lines.end(), words) != lines.end();
}

/// Every case that is there for this.
std::vector<TestCase> there_for(TestCases const& found, std::string const& words) {
  std::vector<TestCase> some;
  for (TestCase const& one : found.cases)
    for (std::string const& covers : one.covers)
      if (covers == words || covers.starts_with(words + " (with")) some.push_back(one);
  return some;
}

Site site(Ruleset const& ruleset, std::string const& where) {
  for (Site& one : sites_of(*RulesetAccess::state(ruleset).program))
    if (one.where == where) return std::move(one);
  FAIL("no such site");
  return {};
}

}  // namespace

TEST_CASE("which truths of the other clauses let a clause decide") {
  Ruleset const ruleset = rules(R"(
rule both when a and b then at least high
rule some when a or b or c then at least high
rule nobody when none of (a, b) then at least high
rule two when at least 2 of (a, b, c) then at least high
rule one_at_most when at most 1 of (a, b, c) then at least high
rule just_one when exactly 1 of (a, b, c) then at least high
rule nested when a and not (b or c) then at least high
rule excepted when a unless b then at least high
)");
  CHECK(sense(site(ruleset, "both"), 0, {0, 1}) == Sense::with);
  CHECK(sense(site(ruleset, "both"), 0, {1, 0}) == Sense::none);
  CHECK(sense(site(ruleset, "some"), 1, {0, 1, 0}) == Sense::with);
  CHECK(sense(site(ruleset, "some"), 1, {0, 1, 1}) == Sense::none);
  CHECK(sense(site(ruleset, "nobody"), 0, {1, 0}) == Sense::against);
  CHECK(sense(site(ruleset, "two"), 0, {0, 1, 0}) == Sense::with);
  CHECK(sense(site(ruleset, "two"), 0, {0, 1, 1}) == Sense::none);
  CHECK(sense(site(ruleset, "one_at_most"), 0, {0, 1, 0}) == Sense::against);
  CHECK(sense(site(ruleset, "one_at_most"), 0, {0, 0, 0}) == Sense::none);
  CHECK(sense(site(ruleset, "just_one"), 0, {0, 0, 0}) == Sense::with);
  CHECK(sense(site(ruleset, "just_one"), 0, {0, 1, 0}) == Sense::against);
  CHECK(sense(site(ruleset, "just_one"), 0, {0, 1, 1}) == Sense::none);
  CHECK(sense(site(ruleset, "nested"), 2, {1, 0, 1}) == Sense::against);
  CHECK(sense(site(ruleset, "nested"), 2, {1, 1, 1}) == Sense::none);
  CHECK(site(ruleset, "excepted").clauses.size() == 2);
  CHECK(may_decide(site(ruleset, "two"), 0, {unknown_truth, unknown_truth, 0}));
  CHECK_FALSE(may_decide(site(ruleset, "two"), 0, {unknown_truth, 0, 0}));
}

TEST_CASE("a small cover that needs pairs") {
  auto const set = [](std::string const& bits) { return MemberSet(bits); };  // the last character is member 0
  std::vector<Pairings> const goals{
      {{set("0001"), set("0001")}},                              // member 0
      {{set("0010"), set("0100")}, {set("0001"), set("1000")}},  // 1 with 2, or 0 with 3
      {{set("1100"), set("1100")}},                              // 2 or 3
  };
  CHECK(cover(4, goals) == set("1001"));
  CHECK(cover(3, {}).none());
  CHECK(met(goals[1], set("0110")));
  CHECK_FALSE(met(goals[1], set("0101")));
}

TEST_CASE("each clause turns its rule, and each boundary is met from both sides") {
  Ruleset const ruleset = rules("rule r when a and n >= 7 unless b then at least high\n");
  TestCases const found = test_cases(ruleset);
  CHECK(found.not_shown.empty());
  CHECK(found.given_up.empty());
  CHECK(found.masked == 0);
  CHECK(found.rules.shown == 3);
  CHECK(found.clauses.of == 7);
  CHECK(found.clauses.shown == 7);
  CHECK(found.deciding.shown == 7);
  CHECK(found.boundaries.shown == 2);
  CHECK(found.cases.size() <= 9);
  for (std::string const clause : {"a", "n >= 7", "b"}) {
    CAPTURE(clause);
    auto const pair = there_for(found, "r: " + clause + " decides");
    REQUIRE(pair.size() == 2);
    CHECK(pair[0].decision.active != pair[1].decision.active);
    CHECK(pair[0].decision.indicated != pair[1].decision.indicated);
  }
  CHECK(there_for(found, "r: n: 6 | 7").size() == 2);
  for (TestCase const& one : found.cases) CHECK(one.decision.status == DecisionStatus::determined);
}

TEST_CASE("a clause that cannot decide is reported, and so is what never happens") {
  Ruleset const ruleset = rules(R"(
impossible never_both when a and b
rule eclipsed when n >= 5 or n >= 9 then at least high
rule buried when a and b then at least high
)");
  TestCases const found = test_cases(ruleset);
  CHECK(mentions(found.not_shown, "eclipsed: n >= 9 never decides by itself"));
  CHECK(found.boundaries.shown + 1 == found.boundaries.of);
  CHECK(mentions(found.not_shown, "buried is never active"));
  CHECK(mentions(found.not_shown, "buried: a never decides by itself"));
  CHECK_FALSE(mentions(found.not_shown, "eclipsed: n >= 5 never decides by itself"));
  CHECK(found.rules.shown + 1 == found.rules.of);
}

TEST_CASE("clauses that cannot move alone decide by masking") {
  // `n >= 5` stands in both branches: turning it turns the other one as well.
  Ruleset const ruleset = rules("rule r when (n >= 5 and a) or (n >= 5 and b) then at least high\n");
  TestCases const found = test_cases(ruleset);
  CHECK(found.masked == 2);
  CHECK(found.deciding.shown == found.deciding.of);
}

TEST_CASE("sums and scores have boundaries where they turn") {
  Ruleset const ruleset = rules(R"(
score points "Points" = 3 * count of (a, b, c) + 0.5 * n
rule many when points >= 6.2 then at least high
)");
  TestCases const found = test_cases(ruleset);
  CHECK(there_for(found, "many: points >= 6.2: 6 | 6.5").size() == 2);
}

TEST_CASE("the same rules give the same cases; a small budget gives up and says so") {
  Ruleset const ruleset = rules("rule r when at least 2 of (a, b, n > 3) then at least high\n");
  CHECK(test_cases(ruleset).ndjson(ruleset, true) == test_cases(ruleset).ndjson(ruleset, true));
  CHECK_FALSE(test_cases(ruleset, {.budget = 1, .stop = {}}).given_up.empty());
  TestCases const stopped = test_cases(ruleset, {.stop = [] { return true; }});
  CHECK(stopped.cases.empty());
  CHECK(stopped.given_up.size() > 10);
}

TEST_CASE("examples and assessments can be read back") {
  Ruleset const ruleset = rules("rule r when n >= previous n + 5 then at least high\n");
  TestCases const found = test_cases(ruleset);
  std::string const lines = found.ndjson(ruleset);
  std::size_t at = 0;
  for (TestCase const& one : found.cases) {
    std::size_t const end = lines.find('\n', at);
    auto const read = assessment_from_json(ruleset, std::string_view(lines).substr(at, end - at));
    REQUIRE(read.ok());
    CHECK(read->id == '"' + one.id + '"');
    CHECK(ruleset.decide(read->assessment).active == one.decision.active);
    at = end + 1;
  }
  CHECK(at == lines.size());
  CHECK(there_for(found, "r: n >= previous n + 5 decides").size() == 2);
}

#include <carestep/carestep.hpp>

#include <doctest/doctest.h>
#include <string>
#include <thread>
#include <vector>

using namespace carestep;

namespace {

std::string const two_levels = R"(ruleset r
  effective 2026-01-01
  expires 2026-12-31
levels low < high
input risk scale none < some < great  higher is worse
input home yes/no  no is worse
rule everyone then at least low
rule risky when risk is some or worse unless home then at least high and alert "at risk"
)";

Ruleset loaded(std::string const& text) {
  auto rules = load_text(text);
  REQUIRE(rules.ok());
  return *rules;
}

Date const today = *date(2026, 5, 14);

}  // namespace

TEST_CASE("an assessment belongs to the ruleset that made it") {
  Ruleset const spring = loaded(two_levels);
  Ruleset const autumn = loaded(two_levels);
  Decision const decision = autumn.decide(spring.assessment(today));
  REQUIRE(decision.status == DecisionStatus::refused);
  CHECK(decision.refusals.at(0).code == "E0618");

  Assessment person = spring.assessment(today);
  CHECK(person.set(InputId{99}, true).has_value());
}

TEST_CASE("outside the days in force a ruleset decides only when the caller allows it") {
  Ruleset const rules = loaded(two_levels);
  for (auto const& [each, expected] : {std::pair{*date(2025, 12, 31), false}, std::pair{*date(2026, 1, 1), true},
                                      std::pair{*date(2026, 12, 31), true}, std::pair{*date(2027, 1, 1), false}}) {
    Date const day = each;
    bool const in_force = expected;
    CAPTURE(to_string(day));
    Assessment const person = rules.assessment(day);
    Decision const decision = rules.decide(person);
    CHECK((decision.status != DecisionStatus::refused) == in_force);
    if (!in_force) CHECK(decision.refusals.at(0).code == "E0617");
    CHECK(rules.decide(person, {.allow_out_of_force = true}).status != DecisionStatus::refused);
  }
}

TEST_CASE("learning answers narrows what is possible, one at a time") {
  Ruleset const rules = loaded(two_levels);
  Assessment person = rules.assessment(today);
  REQUIRE(!person.set("current_level", "none"));
  Decision const open = rules.decide(person);
  CHECK(open.status == DecisionStatus::undetermined);
  CHECK(open.possible_next.bits == 0b11);
  CHECK(open.next == LevelId{1});
  REQUIRE(open.ask.size() == 2);
  CHECK(open.open_alerts.size() == 1);

  REQUIRE(!person.set("risk", "great"));
  REQUIRE(!person.set("home", true));
  Decision const known = rules.decide(person);
  CHECK(known.status == DecisionStatus::determined);
  CHECK(known.next == LevelId{0});
  CHECK(known.ask.empty());
}

TEST_CASE("out of budget a decision says approximate and leaves nothing out") {
  std::string text = "ruleset r\nlevels a < b < c\n";
  std::string sum;
  for (int i = 0; i < 14; ++i) {
    std::string const name = "x" + std::to_string(i);
    text += "input " + name + " number 0 to 1000\n";
    sum += (i == 0 ? "" : " + ") + name;
  }
  text += "rule everyone then at least a\nrule big when " + sum + " >= 7000 then at least c\n";
  Ruleset const rules = loaded(text);
  Decision const decision = rules.decide(rules.assessment(today), {.budget = 1000});
  CHECK(decision.marks.contains(Mark::approximate));
  CHECK(decision.status == DecisionStatus::undetermined);
  CHECK(decision.possible_next.contains(LevelId{0}));
  CHECK(decision.possible_next.contains(LevelId{2}));
  CHECK(decision.ask.size() >= 14);
}

TEST_CASE("the digest names the canonical text") {
  Ruleset const rules = loaded(two_levels);
  CHECK(rules.sha256().size() == 64);
  CHECK(loaded("# a note\n" + two_levels).sha256() != rules.sha256());
  std::string spaced = two_levels;
  spaced.insert(spaced.find("then at least low"), "   ");
  CHECK(loaded(spaced).sha256() == rules.sha256());
}

TEST_CASE("one ruleset serves many threads") {
  Ruleset const rules = loaded(two_levels);
  std::vector<std::string> lines(4);
  std::vector<std::thread> threads;
  for (std::string& line : lines)
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        Assessment person = rules.assessment(today);
        if (person.set("risk", i % 2 == 0 ? "some" : "none")) return;
        line = decision_to_json(rules, rules.decide(person));
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(!lines[0].empty());
  for (std::string const& line : lines) CHECK(line == lines[0]);
}

TEST_CASE("an explanation is of the person that it decides for, whoever came before") {
  auto const rules = load_text("ruleset s\nlevels a < b\ninput x yes/no\nrule r\n  when x\n  then at least b\n");
  REQUIRE(rules);
  auto const explained = [&](bool x) {
    Assessment assessment = rules->assessment(*date(2026, 5, 14));
    REQUIRE_FALSE(assessment.set("current_level", "a"));
    REQUIRE_FALSE(assessment.set("days_in_level", 3));
    REQUIRE_FALSE(assessment.set("x", x));
    return rules->explain(assessment).json();
  };
  std::string const first = explained(true);
  CHECK(first.find(R"("truth":"yes")") != std::string::npos);
  CHECK(explained(false).find(R"("truth":"yes")") == std::string::npos);
  CHECK(explained(true) == first);
}

#include <carestep/ruleset.hpp>

#include <doctest/doctest.h>
#include <string>

#include "unit/graph/well_formed.hpp"

using namespace carestep;
using sample::WellFormed;

namespace {

constexpr char const* rules = R"care(ruleset small "Small <pathway>"
  language 1
  version "2.0"
  status active
levels low < middle < high
service nurse "A nurse at night"
level high "High care" offers nurse
source minutes "Minutes <b>" url "https://example.org/m"
input risk "Risk" scale none < some < severe higher is worse
input home "Home" yes/no no is worse if unknown assume no
input score9 "Score" number 0 to 27 higher is worse valid for 14 days
fact alone "Alone at home" when not home
grade mood mild < bad
  bad when score9 >= 10
  mild otherwise
rule base then at least low because "Care goes on."
rule several "Several signs"
  when alone and mood is bad
  unless risk is none
  then at least middle and suggest nurse and alert "Two signs"
  because "Signs <add> up."
  cites minutes "p. 4"
rule severe when risk is severe then needs nurse
admit high when risk is severe
step up any -> any
step down high -> middle when days_in_level >= 3
step down middle -> low when score9 < 5
discharge low when risk is none and days_in_level >= 30
guarantee nights whenever risk is severe then needs nurse
)care";

Ruleset load_small() {
  Result<Ruleset> loaded = load_text(rules, "small.care");
  if (!loaded.ok()) FAIL(diagnostics_text(loaded.error()));
  return *loaded;
}

Assessment assessed(Ruleset const& ruleset, std::string const& json) {
  auto read = assessment_from_json(ruleset, json);
  REQUIRE(read.ok());
  return read->assessment;
}

Explanation explained(std::string const& json) {
  Ruleset const ruleset = load_small();
  return ruleset.explain(assessed(ruleset, json));
}

ShownRule const& find(std::vector<ShownRule> const& all, std::string const& name) {
  for (ShownRule const& rule : all) {
    if (rule.name == name) return rule;
  }
  FAIL("no rule ", name);
  return all.front();
}

constexpr char const* at_high = R"({"assessment_date":"2026-05-14","current_level":"high","days_in_level":4,
  "answers":{"risk":"some","home":false,"score9":12},"previous":null})";

}  // namespace

TEST_CASE("a step down is summed up in one sentence") {
  CHECK(explained(at_high).summary == "Step down from high to middle, the indicated level.");
}

TEST_CASE("a person who is held hears why") {
  Explanation const e = explained(R"({"assessment_date":"2026-05-14","current_level":"middle","days_in_level":4,
    "answers":{"risk":"none","home":true,"score9":6},"previous":null})");
  CHECK(e.summary == "Stay at middle; indicated level is low, but no step-down line towards it is open.");
  CHECK(find(e.moves, "step down middle -> low").state == Truth::no);
}

TEST_CASE("the binding rules show every clause with the answer beside it") {
  Explanation const e = explained(at_high);
  ShownRule const& rule = find(e.active, "several");
  CHECK(rule.binding);
  CHECK_FALSE(find(e.active, "base").binding);
  CHECK(rule.file == "small.care");
  CHECK(rule.line == 17);
  CHECK(rule.because == "Signs <add> up.");
  REQUIRE(rule.when.size() == 1);
  ShownClause const& when = rule.when[0];
  CHECK(when.truth == Truth::yes);
  REQUIRE(when.parts.size() == 2);
  CHECK(when.parts[0].text == "alone");
  REQUIRE(when.parts[1].answers.size() == 1);
  CHECK(when.parts[1].answers[0].value == "bad");
  REQUIRE(when.parts[1].parts.size() == 1);
  CHECK(when.parts[1].parts[0].text == "score9 >= 10");
  CHECK(when.parts[1].parts[0].answers[0].value == "12");
  REQUIRE(rule.unless.size() == 1);
  CHECK(rule.unless[0].truth == Truth::no);
}

TEST_CASE("each less intensive level has its reason") {
  Explanation const e = explained(R"({"assessment_date":"2026-05-14","current_level":"none",
    "answers":{"risk":"severe","home":false,"score9":12},"previous":null})");
  CHECK(e.summary == "Admit to high, the indicated level.");
  REQUIRE(e.why_not_lower.size() == 2);
  CHECK(e.why_not_lower[0].level == "middle");
  CHECK(e.why_not_lower[0].rules == std::vector<std::string>{"severe"});
  CHECK(e.why_not_lower[1].level == "low");
  CHECK(e.why_not_lower[1].rules == std::vector<std::string>{"several", "severe"});
}

TEST_CASE("what is not known is told, and what would matter is named") {
  Explanation const e = explained(R"({"assessment_date":"2026-05-14","current_level":"none",
    "answers":{"risk":{"unknown":"refused"},"score9":{"value":12,"on":"2026-01-01"}},"previous":null})");
  CHECK(e.decision.status == DecisionStatus::undetermined);
  CHECK(e.summary.find("Not yet determined, next level between low and high; for now: admit to high") == 0);
  CHECK_FALSE(e.unknown_that_matters.empty());
  CHECK(e.shown.stale == std::vector<std::string>{"Score (score9)"});
  REQUIRE(e.assumed.size() == 1);
  CHECK(e.assumed[0].value == "assumed no");
  std::string const text = e.text();
  for (std::string const wanted :
       {"Risk (risk): not known (refused)", "Score (score9): not known: the answer is too old", "Possible next levels",
        "Rules that depend on what is not known", "[open]"}) {
    CAPTURE(wanted);
    CHECK(text.find(wanted) != std::string::npos);
  }
}

TEST_CASE("the report keeps its order") {
  std::string const text = explained(at_high).text();
  std::size_t last = 0;
  for (std::string const part : {"Step down from high", "Level now", "How certain this is", "Why: the rules that bind",
                                 "Other active rules", "Why not a less intensive level", "Moves from here", "Alerts",
                                 "Suggested services", "Provenance", "a clinician decides"}) {
    CAPTURE(part);
    std::size_t const at = text.find(part);
    REQUIRE(at != std::string::npos);
    CHECK(at >= last);
    last = at;
  }
}

TEST_CASE("the page is well-formed whatever the record is called") {
  for (std::string const& text : sample::hostile_texts()) {
    Explanation e = explained(at_high);
    e.id = text;
    CAPTURE(text);
    std::string const page = e.html();
    CHECK(WellFormed::problem(page) == "");
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("<img") == std::string::npos);
    CHECK(page.find("Minutes <b>") == std::string::npos);
  }
}

TEST_CASE("a refused assessment explains only why") {
  Ruleset const ruleset = load_small();
  Ruleset const other = load_small();
  Explanation const e = ruleset.explain(other.assessment(*date(2026, 5, 14)));
  CHECK(e.decision.status == DecisionStatus::refused);
  CHECK(e.active.empty());
  CHECK(e.text().find("Why it was refused") != std::string::npos);
}

TEST_CASE("the explanation object has the documented keys in their order") {
  std::string const json = explained(at_high).json();
  std::size_t last = 0;
  for (std::string const key : {"\"summary\":", "\"certainty\":", "\"unknown_that_matters\":", "\"active\":",
                                "\"why_not_lower\":", "\"open\":", "\"criteria\":", "\"moves\":", "\"assumed\":"}) {
    CAPTURE(key);
    std::size_t const at = json.find(key, last);
    REQUIRE(at != std::string::npos);
    last = at;
  }
  CHECK(json.find(R"("text":"score9 >= 10","label":"mood = bad","truth":"yes","answers":[{"input":"score9")") !=
        std::string::npos);
}

TEST_CASE("the picture marks the decision") {
  Ruleset const ruleset = load_small();
  Assessment const assessment = assessed(ruleset, at_high);
  std::string const svg = ruleset.graph(GraphFormat::svg, &assessment);
  CHECK(WellFormed::problem(svg) == "");
  CHECK(sample::count_of(svg, "<g class=\"move pathway\">") == 1);
  CHECK(svg.find("not open now") != std::string::npos);
  CHECK(ruleset.graph(GraphFormat::svg).find("class=\"person\"") == std::string::npos);
}

TEST_CASE("explaining twice gives the same bytes") {
  CHECK(explained(at_high).html() == explained(at_high).html());
  CHECK(explained(at_high).json() == explained(at_high).json());
}

// ---- sufficient reasons
// ------------------------------------------------------------------------------------------------

namespace {

/// `risk some, home no`
std::string words(ShownReason const& reason) {
  std::string out;
  for (ShownAnswer const& answer : reason.answers) out += (out.empty() ? "" : ", ") + answer.input + " " + answer.value;
  return out;
}

}  // namespace

TEST_CASE("a reason is a smallest set of answers that fixes the indicated level") {
  Explanation const e = explained(R"({"assessment_date":"2026-05-14","current_level":"none",
    "answers":{"risk":"severe","home":false,"score9":12},"previous":null})");
  CHECK(e.reason.strength == ReasonStrength::smallest);
  CHECK(e.reason.levels == std::vector<std::string>{"high"});
  CHECK(words(e.reason) == "risk severe");
}

TEST_CASE("every answer that keeps the level from falling or rising belongs to the reason") {
  CHECK(words(explained(at_high).reason) == "risk some, home no, score9 12");
  // Nobody is asked for more than the least: either of the two signs left out is enough.
  CHECK(words(explained(R"({"assessment_date":"2026-05-14","current_level":"none",
    "answers":{"risk":"some","home":true,"score9":3},"previous":null})")
                  .reason) == "risk some, home yes");
}

TEST_CASE("what is assumed can be part of a reason, and is named as assumed") {
  CHECK(words(explained(R"({"assessment_date":"2026-05-14","current_level":"none",
    "answers":{"risk":"some","score9":12},"previous":null})")
                  .reason) == "risk some, home assumed no, score9 12");
}

TEST_CASE("while nothing is determined a reason keeps what is possible") {
  Explanation const e = explained(R"({"assessment_date":"2026-05-14","current_level":"none",
    "answers":{"home":true,"score9":3},"previous":null})");
  CHECK(e.decision.status == DecisionStatus::undetermined);
  CHECK(e.reason.levels == std::vector<std::string>{"low", "high"});
  CHECK(words(e.reason) == "home yes");
}

// ---- what would change it
// ------------------------------------------------------------------------------------------------

namespace {

ShownGoal const& goal(Explanation const& e, std::string const& name) {
  for (ShownGoal const& each : e.changes) {
    if (each.goal == name) return each;
  }
  FAIL("no goal ", name);
  return e.changes.front();
}

/// `risk some -> none & home no -> yes`, one line an alternative.
std::string words(ShownGoal const& goal) {
  std::string out;
  for (ShownAlternative const& each : goal.alternatives) {
    if (!out.empty()) out += "\n";
    std::string line;
    for (ShownChange const& change : each.changes) {
      line += (line.empty() ? "" : " & ") + change.input + " " + change.from + " -> " + change.to;
      if (!change.within.empty()) line += " (" + change.within + ")";
    }
    out += line + ": " + each.next_level;
  }
  return out;
}

}  // namespace

TEST_CASE("what would lead to a step down is told by the fewest answers and the nearest values") {
  Explanation const e = explained(R"({"assessment_date":"2026-05-14","current_level":"middle","days_in_level":4,
    "answers":{"risk":"some","home":false,"score9":12},"previous":null})");
  CHECK(e.decision.move == Move::stay);
  // The step line asks for a score below 5, and a score below 10 ends the sign that holds the level.
  CHECK(words(goal(e, "step_down")) == "score9 12 -> 4 (0 to 4): low");
  CHECK(words(goal(e, "step_up")) == "risk some -> severe: high");
  CHECK_FALSE(goal(e, "step_up").more);
}

TEST_CASE("days in the level can only grow, and the decision as it stands needs no change") {
  Explanation const e = explained(R"({"assessment_date":"2026-05-14","current_level":"high","days_in_level":1,
    "answers":{"risk":"none","home":true,"score9":6},"previous":null})");
  CHECK(words(goal(e, "step_down")) == "days_in_level 1 -> 3 (3 to 36500): middle");
  CHECK(goal(explained(at_high), "step_down").verdict == ChangeVerdict::already);
}

TEST_CASE("an answer that is not known may be given one") {
  Explanation const e = explained(R"({"assessment_date":"2026-05-14","current_level":"middle","days_in_level":4,
    "answers":{"risk":"none","home":true},"previous":null})");
  CHECK(e.decision.status == DecisionStatus::undetermined);
  CHECK(words(goal(e, "step_down")) == "score9 not known -> 4 (0 to 4): low");
}

TEST_CASE("a level is asked for by name, and that no change leads there is an answer") {
  Ruleset const ruleset = load_small();
  Assessment const person = assessed(ruleset, at_high);
  auto const asked = [&](char const* level) {
    return ruleset.explain(person, ExplainOptions{.decide = {}, .level = ruleset.level(level)}).changes.back();
  };
  CHECK(asked("high").goal == "level");
  CHECK(words(asked("high")) == "risk some -> severe: high");
  CHECK(asked("low").verdict == ChangeVerdict::none);  // from high, one move leads no farther than to middle
  CHECK(asked("middle").verdict == ChangeVerdict::already);
}

TEST_CASE("somebody who is at no level is told of lower and higher ones") {
  Explanation const e = explained(R"({"assessment_date":"2026-05-14","current_level":"none",
    "answers":{"risk":"some","home":false,"score9":12},"previous":null})");
  CHECK(words(goal(e, "lower_level")) == "risk some -> none: low\nhome no -> yes: low\nscore9 12 -> 9 (0 to 9): low");
  CHECK(words(goal(e, "higher_level")) == "risk some -> severe: high");
}

TEST_CASE("changes are told in words and in JSON") {
  Explanation const e = explained(R"({"assessment_date":"2026-05-14","current_level":"none",
    "answers":{"risk":"some","home":false,"score9":12},"previous":null})");
  CHECK(e.text().find("Score (score9): 12 → 9 (0 to 9): admit to low") != std::string::npos);
  CHECK(e.html().find("What would change it") != std::string::npos);
  CHECK(e.json().find(
            R"("changes":[{"goal":"lower_level","verdict":"found","alternatives":[{"changes":[{"input":"risk")") !=
        std::string::npos);
}

TEST_CASE("a reason or change that takes too many steps says so") {
  Ruleset const ruleset = load_small();
  Explanation const e =
      ruleset.explain(assessed(ruleset, at_high), ExplainOptions{.decide = {}, .level = std::nullopt, .budget = 1});
  CHECK(e.reason.strength == ReasonStrength::sufficient);
  CHECK(goal(e, "step_up").verdict == ChangeVerdict::not_settled);
}

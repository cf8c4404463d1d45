// Two versions compared over every assessment: counts against counting by hand, examples against both evaluators.

#include <carestep/analysis.hpp>

#include <doctest/doctest.h>

using namespace carestep;

namespace {

Ruleset ruleset(std::string const& text) {
  auto loaded = load_text("ruleset t \"T\" language 1 version \"1\"\n" + text);
  if (!loaded) FAIL(diagnostics_text(loaded.error(), false));
  return *std::move(loaded);
}

std::string const levels = "levels low < mid < high\n";
std::string const risk = "input risk scale none < some < severe higher is worse\n";
std::string const wider = "input risk scale none < some < severe < extreme higher is worse\n";
std::string const floors = "rule everyone then at least low\nrule r when risk is severe then at least high\n";

DiffReport compare(std::string const& older, std::string const& newer, DiffOptions const& options = {}) {
  return diff(ruleset(older), ruleset(newer), options);
}

DiffOptions renamed(std::vector<Renamed> inputs, std::vector<Renamed> renamed_levels) {
  DiffOptions options;
  options.inputs = std::move(inputs);
  options.levels = std::move(renamed_levels);
  return options;
}

using Lines = std::vector<std::string>;

/// `next_level low -> high: 4`, one a change.
Lines lines(DiffReport const& report) {
  Lines all;
  for (DiffChange const& change : report.changes)
    all.push_back(fmt::format("{} {} -> {}: {}", to_string(change.aspect), change.from, change.to, change.tally.count));
  return all;
}

}  // namespace

TEST_CASE("a version decides like itself, however it is written") {
  DiffReport const report = compare(levels + risk + floors, levels + risk +
                                                                "rule r when not (risk is one of (none, some)) then "
                                                                "only high\nrule everyone then at least low\n");
  CHECK(report.verdict == DiffVerdict::same);
  CHECK(report.changed.count == "0");
  CHECK(report.changed.of == "12");  // four current levels, three risks
  CHECK(report.changes.empty());
}

TEST_CASE("changes are counted by what differs first, with an example that both decide so") {
  DiffReport const report = compare(
      levels + risk + floors,
      levels + risk + "rule everyone then at least low\nrule r when risk is some or worse then at least high\n");
  CHECK(report.verdict == DiffVerdict::different);
  CHECK(report.changed.count == "4");
  CHECK(lines(report) == Lines{"next_level low -> high: 4"});
  REQUIRE(report.changes[0].older);
  CHECK(report.changes[0].older->decision == "admit to low, indicated low");
  CHECK(report.changes[0].newer->decision == "admit to high, indicated high");
  CHECK(report.changes[0].newer->words == "risk some");
}

TEST_CASE("an input that was added or removed is read by one version only") {
  std::string const extra = "input alone yes/no\nrule m when alone then at least mid\n";
  DiffReport const added = compare(levels + risk + floors, levels + risk + floors + extra);
  CHECK(added.inputs.added == Lines{"alone"});
  CHECK(added.changed.of == "24");
  CHECK(lines(added) == Lines{"next_level low -> mid: 8"});
  CHECK(added.changes[0].older->json.find("alone") == std::string::npos);
  CHECK(added.changes[0].newer->json.find("\"alone\":true") != std::string::npos);
  DiffReport const removed = compare(levels + risk + floors + extra, levels + risk + floors);
  CHECK(removed.inputs.removed == Lines{"alone"});
  CHECK(lines(removed) == Lines{"next_level mid -> low: 8"});
}

TEST_CASE("a renamed input is two inputs, unless its names are told") {
  std::string const other =
      "input danger scale none < some < severe higher is worse\nrule everyone then at least low\n"
      "rule r when danger is severe then at least high\n";
  CHECK(compare(levels + risk + floors, levels + other).changed.of == "36");
  DiffReport const told = compare(levels + risk + floors, levels + other, renamed({{"risk", "danger"}}, {}));
  CHECK(told.verdict == DiffVerdict::same);
  REQUIRE(told.inputs.changed.size() == 1);
  CHECK(told.inputs.changed[0].changes == Lines{"was `risk`"});
}

TEST_CASE("a version refuses values that it does not know") {
  DiffReport const scale = compare(levels + risk + floors, levels + wider + floors);
  CHECK(scale.changed.of == "16");
  CHECK(lines(scale) == Lines{"refused refused -> low: 4"});
  CHECK_FALSE(scale.changes[0].older);
  std::string const number = "rule everyone then at least low\nrule r when n >= 10 then at least mid\n";
  DiffReport const range =
      compare(levels + "input n number 0 to 20\n" + number, levels + "input n number -2 to 20 step 0.5\n" + number);
  CHECK(range.changed.of == "180");  // four current levels, 45 numbers
  CHECK(lines(range) == Lines{"refused refused -> low: 56", "refused refused -> mid: 40"});
}

TEST_CASE("the members of a set are matched by name") {
  std::string const rules = "rule everyone then at least low\nrule r when s includes b then at least mid\n";
  DiffReport const report =
      compare(levels + "input s any of a, b\n" + rules, levels + "input s any of b, c, a\n" + rules);
  CHECK(report.changed.of == "32");
  CHECK(lines(report) == Lines{"refused refused -> low: 8", "refused refused -> mid: 8"});
}

TEST_CASE("an input of another type is another input") {
  DiffReport const report =
      compare(levels + risk + floors, levels +
                                          "input risk yes/no\nrule everyone then at least low\nrule r when risk then "
                                          "at least high\n");
  CHECK(report.changed.of == "24");
  CHECK(lines(report) == Lines{"next_level low -> high: 8", "next_level high -> low: 4"});
  CHECK(report.inputs.changed.size() == 1);
}

TEST_CASE("levels are matched by name, also in another place") {
  DiffReport const report = compare(levels + risk + floors, "levels low < middle < mid < high\n" + risk + floors);
  CHECK(report.levels.added == Lines{"middle"});
  CHECK(report.changed.of == "15");
  CHECK(lines(report) == Lines{"refused refused -> low: 2", "refused refused -> high: 1"});
  DiffReport const told =
      compare(levels + risk + floors, "levels low < centre < high\n" + risk + floors, renamed({}, {{"mid", "centre"}}));
  CHECK(told.verdict == DiffVerdict::same);
}

TEST_CASE("what only one version calls impossible is a difference; what both do is left out") {
  std::string const rules = levels + risk + floors + "input dry yes/no\n";
  DiffReport const one = compare(rules, rules + "impossible i when dry and risk is severe\n");
  CHECK(one.changed.of == "24");
  CHECK(lines(one) == Lines{"refused high -> refused: 4"});
  DiffReport const both =
      compare(rules + "impossible i when dry or risk is severe\n", rules + "impossible j when risk is severe or dry\n");
  CHECK(both.verdict == DiffVerdict::same);
  CHECK(both.changed.of == "8");
}

TEST_CASE("previous assessments are compared beside people without one") {
  std::string const rules =
      levels + risk + "rule everyone then at least low\nrule r when risk is above previous risk then at least ";
  DiffReport const report = compare(rules + "mid\n", rules + "high\n");
  CHECK(report.changed.of == "48");  // four current levels, three risks; three previous ones or none
  CHECK(lines(report) == Lines{"next_level mid -> high: 12"});
}

TEST_CASE("conditions are in the rules' words, and say how far they go") {
  std::string const mid =
      levels + risk + "rule everyone then at least low\nrule r when risk is severe then at least mid\n";
  DiffReport const one = compare(levels + risk + floors, mid);
  CHECK(one.condition == "risk is severe");
  CHECK(one.condition_kind == ConditionKind::exact);
  CHECK(one.changes[0].condition == "always");  // of those who were at `high` before
  std::string const more =
      "input n number 0 to 9\ninput home yes/no\nrule b when n >= 5 and not home then at least mid\n";
  DiffReport const two = compare(levels + risk + floors, levels + risk + floors + more);
  CHECK(two.condition_kind == ConditionKind::exact);
  CHECK(two.condition == "(n >= 5 and not home) and not risk is severe");
  CHECK(two.changes[0].condition == "(n >= 5 and not home)");
}

TEST_CASE("single inputs in the words of the rule language") {
  struct Case {
    char const* input;
    char const* before;
    char const* now;
    char const* words;
  };
  for (Case const& one : {
           Case{"number 0 to 9", "x >= 5", "x >= 3", "x is between 3 and 4"},
           Case{"number 0 to 9", "x >= 5", "x >= 4", "x = 4"},
           Case{"number 0 to 96 of hours", "x >= 72 hours", "x > 24 hours", "x is between 25 hours and 71 hours"},
           Case{"date", "x within 30 days", "x within 20 days", "x 21 to 30 days ago"},
           Case{"date", "x within 30 days", "x within 29 days", "x 30 days ago"},
           Case{"date or never", "x within 30 days or x is never", "x within 30 days", "x is never"},
           Case{"date or never", "x within 30 days or x is never", "x more than 30 days ago", "not x is never"},
           Case{"one of a, b, c, d", "x is one of (a, b, c)", "x is a", "x is one of (b, c)"},
           Case{"scale a < b < c < d", "x is at least b", "x is d", "x is between b and c"},
           Case{"any of a, b", "x includes any of (a, b)", "x includes a",
                "not x includes a and x includes any of (a, b)"},
       }) {
    std::string const start = levels + "input x " + one.input + "\nrule everyone then at least low\nrule r when ";
    std::string const end = " then at least mid\n";
    CAPTURE(one.words);
    DiffReport const report = compare(start + one.before + end, start + one.now + end);
    CHECK(report.condition_kind == ConditionKind::exact);
    CHECK(report.condition == std::string(one.words));
  }
}

TEST_CASE("a condition that is not the whole truth says so") {
  // Four different inputs, each of which changes something: more than there is room for.
  std::string inputs;
  std::string rules;
  for (char const name : {'a', 'b', 'c', 'd', 'e'}) {
    inputs += fmt::format("input {0}_now number 0 to 3\n", name);
    rules += fmt::format("rule {0}_rule when {0}_now >= 2 then at least mid\n", name);
  }
  std::string const everyone = "rule everyone then at least low\n";
  DiffReport const report = compare(levels + inputs + everyone, levels + inputs + everyone + rules);
  REQUIRE(report.changes.size() == 1);
  CHECK(report.changes[0].condition_kind == ConditionKind::sufficient);
  CHECK(report.text().find("a_now >= 2; or b_now >= 2; or c_now >= 2; and in other cases\n") != std::string::npos);
}

TEST_CASE("a caseload is decided by both versions, whatever they ask") {
  Ruleset const older = ruleset(levels + risk + floors);
  Ruleset const newer = ruleset("levels low < middle < high\n" + wider + floors +
                                "input alone yes/no\nrule m when alone then at least middle\n");
  DiffOptions const options = renamed({}, {{"mid", "middle"}});
  CaseloadDiff cases(older, newer, options);
  auto const told = [&](std::string const& rest) {
    CaseDifference const& found = cases.compare("{\"id\":7,\"assessment_date\":\"2026-01-01\"," + rest + "}");
    CHECK(found.id == "7");
    return found.changed ? fmt::format("{} {} -> {}", to_string(found.aspect), found.from, found.to)
                         : std::string("same");
  };
  CHECK(told(R"("current_level":"mid","answers":{"risk":"severe","alone":true})") == "same");
  CHECK(told(R"("current_level":"none","answers":{"risk":"none","alone":true})") == "next_level low -> middle");
  CHECK(told(R"("current_level":"none","answers":{"risk":"none"})") == "next_level low -> middle");  // not known
  CHECK(told(R"("current_level":"none","answers":{"risk":"extreme","alone":false})") == "refused refused -> low");
  CHECK(told(R"("current_level":"none","answers":{"risk":"worse","alone":false})") == "same");  // refused by both
  CHECK(told(R"("current_level":"none","answers":{"rsk":"none"})") == "same");
  CHECK(told(R"("current_level":"mid","answers":{"risk":"none","alone":false},"unavailable":["middle"])") == "same");
}

TEST_CASE("out of budget, nothing is said") {
  DiffOptions options;
  options.limits.budget = 3;
  DiffReport const report = compare(levels + risk + floors, levels + risk + floors, options);
  CHECK(report.verdict == DiffVerdict::gave_up);
  CHECK(report.json().find("\"verdict\":\"gave_up\"") != std::string::npos);
}

TEST_CASE("the words of a report") {
  DiffReport const report = compare(levels + risk + floors, levels + wider + floors);
  CHECK(report.text().find("input changed: risk: value `extreme` added\n") != std::string::npos);
  CHECK(report.json().find("\"inputs\":{\"added\":[],\"removed\":[],\"changed\":[\"risk\"],"
                           "\"changes\":{\"risk\":[\"value `extreme` added\"]}}") != std::string::npos);
}

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
  status draft
  effective 2026-01-01
  about "For the tests."
  developer "The council"
  applies when age >= 18

source minutes "Minutes, 14 May" url "https://example.org/m"

levels low < middle < high
service nurse "A nurse at night"
level low "Low care" reassess every 7 days
level high "High care" offers nurse code hcpcs "H0001"

input age "Age" number 0 to 120 of years
input risk "Risk" ask "How high is the risk?" help "Ask twice." scale none < some < severe higher is worse cites minutes "p. 3"
input home "Home" yes/no no is worse if unknown assume no
input score9 "Score" number 0 to 27 higher is worse valid for 14 days

impossible odd when risk is severe and age < 1 because "Nobody has."

fact alone "Alone at home" when not home
grade mood mild < bad
  bad when score9 >= 10
  mild otherwise
score points = 2 * count of (risk is severe) + score9

rule base then at least low because "Care goes on."
rule several "Several signs"
  when at least 2 of
    - risk is some or worse "the risk"
    - alone
    - mood is bad
  unless age < 21
  then at least middle and suggest nurse
  because "Signs add up."
  cites minutes "p. 4"
table floor "Points"
  | points    | then          |
  | 0 to 20   | -             |
  | 21 or more | at least high |
tree look "Look"
  worst "Severe?": risk is severe yes -> night no -> -
  night "Alone?": alone yes -> needs nurse no -> at least middle

admit high when risk is severe
step up any -> any
step down high -> middle when days_in_level >= 3 because "Three nights."
discharge low when risk is none

guarantee nights "Severe risk has a nurse"
  whenever risk is severe and alone
  then needs nurse
waive guarantee of nights because "Under discussion."

example "Quiet"
  given current_level none, age 30, risk none, home yes, score9 2, previous none
  expect admit to low
)care";

Ruleset load_small() {
  Result<Ruleset> loaded = load_text(rules, "small.care");
  if (!loaded.ok()) FAIL(diagnostics_text(loaded.error()));
  return *loaded;
}

void check_contains(std::string const& text, std::initializer_list<std::string> wanted) {
  for (std::string const& each : wanted) {
    CAPTURE(each);
    CHECK(text.find(each) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("the document tells everything that the file says") {
  std::string const text = load_small().describe(DocumentFormat::text);
  check_contains(text, {"Small <pathway>",
                        "DRAFT",
                        "2026-01-01",
                        "For the tests.",
                        "These rules apply when age >= 18",
                        "Developer",
                        "low < middle < high",
                        "A nurse at night",
                        "hcpcs H0001",
                        "every 7 days",
                        "Nobody has.",
                        "Alone at home (alone)",
                        "score9 >= 10",
                        "otherwise",
                        "Several signs (several)",
                        "When at least 2 of:",
                        "- risk is some or worse — the risk",
                        "unless age < 21: at least middle, and suggest nurse.",
                        "Because: Signs add up.",
                        "Minutes, 14 May <https://example.org/m>, p. 4",
                        "small.care:",
                        "21 or more",
                        "worst: Severe? — risk is severe",
                        "needs nurse",
                        "admit high",
                        "step down high -> middle",
                        "Three nights.",
                        "discharge low",
                        "Severe risk has a nurse (nights)",
                        "Under discussion.",
                        "Quiet",
                        "admit to low",
                        "Signature"});
}

TEST_CASE("the document tells what leads to which level, and what then happens") {
  std::string const text = load_small().describe(DocumentFormat::text);
  check_contains(text, {"Not eligible: the criteria exclude every level that the rules admit", "High care (high)",
                        "risk is severe and alone", "| look.night.yes", "in every other case", "none   | admit to low",
                        "high   | stay (held)", "stay (held) or step down to middle"});
  std::string const json = load_small().describe(DocumentFormat::json);
  check_contains(json,
                 {R"("leads_to":[{"standing":"not_eligible","complete":true,"combinations":[{"clauses":[{"text":)",
                  R"({"standing":"level","level":"low","complete":true,"combinations":[{"clauses":[],"rules":[]}]}])",
                  R"("what_happens":[{"current_level":"none","indicated_level":"none","conflict":false,)"});
}

TEST_CASE("each guarantee has the verdict of its proof") {
  check_contains(load_small().describe(DocumentFormat::text), {"Proved for every possible assessment."});
  check_contains(load_small().describe(DocumentFormat::json), {R"("verdict":"proved","waived":false,"count":"0")"});
  Result<Ruleset> const broken = load_text(R"(
ruleset broken language 1 version "1"
levels low < high
input risk scale none < some < severe
rule everyone then at least low
rule some_care when risk is severe then at least high
guarantee care "Risk is cared for" whenever risk is not none then at least high
guarantee accepted whenever risk is some then at least high
waive guarantee of accepted because "Under discussion."
)");
  REQUIRE(broken.ok());
  check_contains(broken->describe(DocumentFormat::markdown),
                 {"**Refuted:** ", "profiles break it", "risk some", "**Accepted:**", "Under discussion."});
}

TEST_CASE("a question has its answers and what holds for them") {
  check_contains(load_small().describe(DocumentFormat::markdown),
                 {"| How high is the risk? (Risk) *Ask twice.* | `risk` | none \\< some \\< severe | higher is worse |",
                  "| Home | `home` | yes or no | no is worse; if unknown, assumed: no |",
                  "| Score | `score9` | 0 to 27 | higher is worse; valid for 14 days |"});
}

TEST_CASE("the ways down that are missing are named") {
  std::string const text = load_small().describe(DocumentFormat::text);
  CHECK(text.find("from middle no series of step-down lines leads to low") != std::string::npos);
  CHECK(text.find("from high no series of step-down lines leads to low") != std::string::npos);
}

TEST_CASE("the page is well-formed, carries the staircase and encodes the author's words") {
  std::string const page = load_small().describe(DocumentFormat::html);
  CHECK(WellFormed::problem(page) == "");
  check_contains(page, {"<svg ", "Small &lt;pathway&gt;", "<code>risk is some or worse</code>", "class=\"warning\""});
  CHECK(page.find("Small <pathway>") == std::string::npos);
}

TEST_CASE("Markdown nests the parts of a condition") {
  std::string const markdown = load_small().describe(DocumentFormat::markdown);
  check_contains(markdown,
                 {"# Small \\<pathway\\>", "- `risk is some or worse` — the risk\n- `alone`\n- `mood is bad`\n"});
}

TEST_CASE("JSON has the structure of the conditions") {
  std::string const json = load_small().describe(DocumentFormat::json);
  check_contains(
      json,
      {R"("ruleset":{"name":"small","title":"Small <pathway>","version":"2.0","status":"draft")",
       R"("when":{"kind":"at_least","n":2,"parts":[{"kind":"test","text":"risk is some or worse","label":"the risk"})",
       R"("actions":["at least middle","suggest nurse"])", R"("moves":[["high","middle"]])",
       R"("promise":"needs nurse")"});
}

TEST_CASE("describing twice gives the same bytes") {
  Ruleset const ruleset = load_small();
  for (DocumentFormat format :
       {DocumentFormat::text, DocumentFormat::markdown, DocumentFormat::html, DocumentFormat::json}) {
    CHECK(ruleset.describe(format) == load_small().describe(format));
  }
}

// Section 9 on rulesets that are small enough to be counted by hand.

#include <carestep/carestep.hpp>

#include <algorithm>
#include <doctest/doctest.h>
#include <string>

namespace {

using namespace carestep;

ProofReport report_of(std::string const& text, ProveOptions const& options = {}) {
  auto const rules = load_text("ruleset r\nlevels low < mid < high\n" + text);
  std::string const wrong = rules ? "" : diagnostics_text(rules.error());
  INFO(wrong);
  REQUIRE(rules.ok());
  return prove(*rules, options);
}

Proof const& proof(ProofReport const& report, Check check, std::string_view name) {
  auto const found = std::find_if(report.proofs.begin(), report.proofs.end(),
                                  [&](Proof const& one) { return one.check == check && one.name == name; });
  INFO(to_string(check), " ", name);
  REQUIRE(found != report.proofs.end());
  return *found;
}

/// `refuted 2 of 6`
std::string outcome(ProofReport const& report, Check check, std::string_view name = "r") {
  Proof const& one = proof(report, check, name);
  return std::string(to_string(one.verdict)) + " " + one.tally.count + " of " + one.tally.of;
}

std::string inputs(ProofReport const& report, Check check, std::string_view name = "r") {
  std::string all;
  for (std::string const& input : proof(report, check, name).inputs) all += (all.empty() ? "" : ", ") + input;
  return all;
}

bool has_code(ProofReport const& report, std::string_view code) {
  return std::any_of(report.diagnostics.begin(), report.diagnostics.end(),
                     [&](Diagnostic const& diagnostic) { return diagnostic.code == code; });
}

std::string const risk = "input risk scale none < some < great higher is worse\n";
std::string const alone = "input alone yes/no yes is worse\n";
std::string const everyone = "rule everyone then at least low\n";

}  // namespace

TEST_CASE("guarantee: about the next level, which depends on where somebody is") {
  auto const report = report_of(risk + everyone +
                                "rule r1 when risk is great then at least high\n"
                                "step up any -> any\n"
                                "step down high -> mid\n"
                                "guarantee g whenever risk is none then at most mid\n"
                                "guarantee h whenever risk is great then at least high\n");
  // risk none (3 risks, 4 places to be at): somebody at high goes to mid; nobody is left at high.
  CHECK(outcome(report, Check::guarantee, "h") == "proved 0 of 12");
  CHECK(inputs(report, Check::guarantee, "g") == "current_level, risk");
  // From high to low there is no way: held at high.
  CHECK(outcome(report, Check::guarantee, "g") == "refuted 1 of 12");
  Proof const& g = proof(report, Check::guarantee, "g");
  REQUIRE(g.example.has_value());
  CHECK(g.example->decision == "stay at high, indicated low, held");
  CHECK(g.example->words == "current_level high");
  CHECK(report.refuted());
  CHECK(has_code(report, "E0701"));
}

TEST_CASE("conflict: counted over what the rules read") {
  auto const report = report_of(risk + alone + everyone +
                                "rule r1 when risk is great then at least high\n"
                                "rule r2 when alone then at most mid\n");
  CHECK(outcome(report, Check::conflict) == "refuted 1 of 6");
  CHECK(inputs(report, Check::conflict) == "risk, alone");
  Proof const& one = proof(report, Check::conflict, "r");
  REQUIRE(one.details.size() == 1);
  CHECK(one.details[0].values == std::vector<std::string>{"r1", "r2"});
  CHECK(one.related.size() == 2);
}

TEST_CASE("eligible: criteria make it depend on the current level") {
  auto const report = report_of(risk + alone + everyone +
                                "rule r1 when risk is great then at least high\n"
                                "admit high when alone\n");
  // great, not alone, and not at high already: 3 of 4 places
  CHECK(outcome(report, Check::eligible) == "refuted 3 of 24");
  CHECK(inputs(report, Check::eligible) == "current_level, risk, alone");
}

TEST_CASE("covered: a placement by default reads the current level") {
  auto const report = report_of(risk + "rule r1 when risk is great then at least high\n");
  CHECK(outcome(report, Check::covered) == "refuted 8 of 12");
  CHECK(inputs(report, Check::covered) == "current_level, risk");
  auto const covered = report_of(risk + everyone + "rule r1 when risk is great then at least high\n");
  CHECK(outcome(covered, Check::covered) == "proved 0 of 3");
}

TEST_CASE("dead: counts those who activate it") {
  auto const report = report_of(risk + alone +
                                "rule always when risk is some or risk is none or risk is great then at least low\n"
                                "rule nobody when risk is great and alone then at least high\n"
                                "rule some when risk is some or worse then at least mid\n"
                                "rule plain then at least low\n"
                                "impossible i when risk is great and alone\n"
                                "step up low -> mid when alone\n"
                                "admit high as admission when risk is great\n");
  CHECK(outcome(report, Check::dead, "always") == "refuted 3 of 3");
  REQUIRE(proof(report, Check::dead, "always").example.has_value());
  CHECK(outcome(report, Check::dead, "nobody") == "refuted 0 of 5");  // one of six is impossible
  CHECK_FALSE(proof(report, Check::dead, "nobody").example.has_value());
  CHECK(outcome(report, Check::dead, "some") == "proved 2 of 3");
  CHECK(outcome(report, Check::dead, "plain") == "proved 1 of 1");  // without a condition
  CHECK(outcome(report, Check::dead, "step up low -> mid") == "proved 1 of 2");
  CHECK(outcome(report, Check::dead, "admission") == "proved 1 of 3");
}

TEST_CASE("dead: an override that always comes first") {
  auto const report = report_of(risk + everyone +
                                "rule a when risk is great then at least high\n"
                                "rule b when risk is some or worse then at least mid overrides a\n");
  CHECK(outcome(report, Check::dead, "a") == "refuted 0 of 3");
  // What is never active is not redundant besides.
  CHECK(outcome(report, Check::redundant, "a") == "proved 0 of 3");
}

TEST_CASE("redundant: only rules that exclude something are asked about") {
  auto const report = report_of(risk + alone + everyone +
                                "rule a when risk is some or worse then at least mid\n"
                                "rule b when risk is great and alone then at least mid\n"
                                "rule c when risk is great then at least high\n");
  CHECK(outcome(report, Check::redundant, "a") == "proved 0 of 6");
  CHECK(outcome(report, Check::redundant, "b") == "refuted 1 of 6");
  CHECK(outcome(report, Check::redundant, "c") == "proved 0 of 6");
  CHECK(proof(report, Check::redundant, "b").details[0].values == std::vector<std::string>{"a", "c"});
  for (Proof const& one : report.proofs) CHECK_FALSE((one.check == Check::redundant && one.name == "everyone"));
}

TEST_CASE("level: a safe level does not count") {
  auto const report = report_of(alone +
                                "rule a when alone then only low\n"
                                "rule b when alone then only high\n"
                                "rule c when not alone then at least mid\n");
  CHECK(outcome(report, Check::level, "low") == "refuted 0 of 2");
  CHECK(outcome(report, Check::level, "mid") == "proved 1 of 2");
  CHECK(outcome(report, Check::level, "high") == "refuted 0 of 2");
}

TEST_CASE("gap: a first table fails, a plain one is reported") {
  std::string const rows =
      "\n | risk | alone | then |\n | great | - | at least high |\n | some | yes | at least mid |\n";
  auto const first = report_of(risk + alone + everyone + "table t first" + rows);
  CHECK(outcome(first, Check::gap, "t") == "refuted 3 of 6");
  CHECK(has_code(first, "E0708"));
  auto const plain = report_of(risk + alone + everyone + "table t" + rows);
  CHECK(outcome(plain, Check::gap, "t") == "proved 0 of 6");
  CHECK(proof(plain, Check::gap, "t").details[0].values == std::vector<std::string>{"3"});
  CHECK(has_code(plain, "W0702"));
  CHECK_FALSE(plain.refuted());
}

TEST_CASE("overlap: rows that do the same may be active together") {
  auto const report = report_of(risk + alone + everyone +
                                "table t\n | risk | alone | then |\n | great | - | at least high |\n"
                                " | - | yes | at least high |\n | some or worse | - | at least mid |\n");
  // great: rows 1 and 3 (2); some and alone: rows 2 and 3 (1)
  CHECK(outcome(report, Check::overlap, "t") == "refuted 3 of 6");
  CHECK(proof(report, Check::overlap, "t").related.size() == 3);
}

TEST_CASE("monotone: pairs of neighbours") {
  auto const report = report_of(risk + alone + everyone +
                                "rule a when risk is some then at least high\n"
                                "rule b when risk is great and alone then at least high\n");
  // some -> great without `alone` lowers; 2 steps times 2
  CHECK(outcome(report, Check::monotone, "risk") == "refuted 1 of 4");
  CHECK(outcome(report, Check::monotone, "alone") == "proved 0 of 3");
  Proof const& one = proof(report, Check::monotone, "risk");
  REQUIRE(one.example.has_value());
  REQUIRE(one.neighbour.has_value());
  CHECK(one.example->words == "risk some");
  CHECK(one.neighbour->words == "risk great");
  CHECK(one.neighbour->decision == "admit to low, indicated low");
  CHECK(report.not_examined == std::vector<std::string>{"current_level", "days_in_level"});
}

TEST_CASE("monotone: a set gains one member, numbers move by one value, impossible neighbours do not count") {
  auto const report = report_of(
      "input signs any of a, b, c more is worse\n"
      "input share number 0 to 1 step 0.25 lower is worse\n" +
      everyone +
      "rule r1 when count of signs >= 2 then at least mid\n"
      "rule r2 when share <= 0.5 then at least mid\n"
      "rule r3 when share is 0 then at most low\n"
      "impossible i when signs includes all of (a, b, c)\n");
  // 7 sets are left; 3 * 4 pairs of sets less the three that end in all: 9, times 5 shares. Gaining the second member
  // never lowers.
  CHECK(outcome(report, Check::monotone, "signs") == "proved 0 of 45");
  // 4 steps times 7 sets; at share 0 the rules conflict (r2), and the safe level is mid: nothing is lowered.
  CHECK(outcome(report, Check::monotone, "share") == "proved 0 of 28");
}

TEST_CASE("monotone: not eligible is below every level") {
  auto const report = report_of(risk + everyone +
                                "rule r1 when risk is great then at least high\n"
                                "admit high when risk is some\n"
                                "continue high when risk is some\n");
  // some -> great: from low to no level, for people at none, low, mid, high
  CHECK(outcome(report, Check::monotone, "risk") == "refuted 4 of 8");
}

TEST_CASE("stranded: by the lines alone, through levels that fit") {
  auto const report = report_of(risk + everyone +
                                "rule r1 when risk is some then not mid\n"
                                "step up any -> any\n"
                                "step down high -> mid when risk is great\n"
                                "step down mid -> low\n");
  CHECK(outcome(report, Check::stranded, "high") == "refuted 1 of 12");
  CHECK(outcome(report, Check::stranded, "mid") == "proved 0 of 12");
  CHECK(outcome(report, Check::stranded, "low") == "proved 0 of 12");
  auto const free = report_of(risk + everyone);
  CHECK(outcome(free, Check::stranded, "high") == "proved 0 of 4");
}

TEST_CASE("profiles without a previous assessment are counted beside those with one") {
  auto const report = report_of(risk + everyone +
                                "rule rising when risk is great and previous risk is none then at least mid\n"
                                "rule r2 when previous risk is great then at least high\n");
  // with one: 1 of 9; without: the previous risk is the present one, so none of 3
  CHECK(outcome(report, Check::dead, "rising") == "proved 1 of 12");
  CHECK(inputs(report, Check::dead, "rising") == "risk, previous risk");
  // reads the previous answer alone: 1 of 3, and 1 of 3
  CHECK(outcome(report, Check::dead, "r2") == "proved 2 of 6");
}

TEST_CASE("what cannot be without a previous assessment may be with one") {
  auto const report = report_of(risk + alone + everyone +
                                "rule r1 when alone then at least mid\n"
                                "impossible i when alone and risk = previous risk\n");
  // Somebody alone has another risk than before; without a previous assessment that cannot be.
  CHECK(outcome(report, Check::dead, "r1") == "proved 1 of 2");
}

TEST_CASE("people to whom the ruleset does not apply are left out") {
  auto const rules = load_text(
      "ruleset r applies when adult\nlevels low < high\ninput adult yes/no\ninput danger yes/no yes is worse\n"
      "rule everyone then at least low\nrule r1 when danger then at least high\n"
      "guarantee g whenever not adult then at least high\n");
  REQUIRE(rules.ok());
  auto const report = prove(*rules);
  // adult and danger are read, 3 levels to be at
  CHECK(outcome(report, Check::guarantee, "g") == "proved 0 of 6");
}

TEST_CASE("a waiver accepts a finding, and one that accepts nothing is a warning") {
  std::string const rules = risk + everyone +
                            "rule a when risk is some then at least high\n"
                            "rule b when risk is great then at least mid\n";
  auto const waived = report_of(rules + "waive monotone of risk because \"Discussed.\"\n");
  CHECK(proof(waived, Check::monotone, "risk").verdict == Verdict::refuted);
  CHECK(proof(waived, Check::monotone, "risk").waived);
  CHECK_FALSE(waived.refuted());
  CHECK(waived.diagnostics.empty());
  CHECK(waived.text().find("because Discussed.") != std::string::npos);
  auto const useless = report_of(rules + "waive monotone of risk because \"Discussed.\"\n" +
                                 "waive conflict of r because \"Feared.\"\n");
  CHECK(has_code(useless, "W0701"));
  CHECK(useless.diagnostics.size() == 1);
  auto const unasked = report_of(rules + "waive conflict of r because \"Feared.\"\n", {{Check::level}, {}});
  CHECK_FALSE(has_code(unasked, "W0701"));
}

TEST_CASE("a waiver of a table covers its rows, one of a level the lines that lead from or to it") {
  auto const report = report_of(risk + everyone +
                                "table t\n | risk | then |\n | great | at least high |\n"
                                "rule other when risk is some or worse then at least high\n"
                                "step up any -> any\n"
                                "step down high -> low when risk is none or not (risk is none)\n"
                                "waive redundant of t because \"Said twice for the reader.\"\n"
                                "waive dead of high because \"Written out for the reader.\"\n");
  CHECK(proof(report, Check::redundant, "t.1").waived);
  CHECK(proof(report, Check::dead, "step down high -> low").waived);
  CHECK_FALSE(has_code(report, "W0701"));
}

TEST_CASE("what takes too long is given up, and never said to hold or not") {
  ProveOptions options;
  options.limits.budget = 1;
  auto const report =
      report_of(risk + alone + everyone + "rule a when risk is some and alone then at least high\n", options);
  CHECK(report.gave_up());
  CHECK_FALSE(report.refuted());
  CHECK(proof(report, Check::conflict, "r").verdict == Verdict::gave_up);
  CHECK(has_code(report, "W0703"));
  options = {};
  options.limits.stop = [] { return true; };
  for (Proof const& one : report_of(risk + everyone + "rule a when risk is some then at least high\n", options).proofs)
    CHECK(one.verdict == Verdict::gave_up);
}

TEST_CASE("the example of a finding passes when it is put into the file") {
  std::string const rules = risk + alone + "rule r1 when risk is great and alone then at least high\n";
  auto const report = report_of(rules);
  std::string const block = proof(report, Check::covered, "r").example_block;
  REQUIRE_FALSE(block.empty());
  auto const again = load_text("ruleset r\nlevels low < mid < high\n" + rules + block);
  REQUIRE(again.ok());
  CHECK(again->test().passed());
}

TEST_CASE("shares are rounded, and never to none or all") {
  auto const report = report_of("input n number 0 to 9999\nrule a when n >= 1 then at least high\n");
  CHECK(proof(report, Check::dead, "a").tally.share == "over 99.9 %");
  CHECK(report.text().find("4 of 40,000 profiles (under 0.1 %)") != std::string::npos);
}

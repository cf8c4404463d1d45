#include "format/format.hpp"

#include <doctest/doctest.h>

#include "support.hpp"

using carestep::format_test::Parsed;

namespace {

std::vector<std::string> sorted(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  return words;
}

/// Formats, and checks on the way that nothing is lost and that the result formats to itself. Clauses may change
/// places.
std::string formatted(std::string text) {
  Parsed const before = carestep::format_test::read(std::move(text));
  REQUIRE_MESSAGE(!before.failed(), before.problem());
  std::string const once = before.formatted();
  Parsed const after = carestep::format_test::read(once);
  REQUIRE_MESSAGE(!after.failed(), after.problem(), "\n", once);
  CHECK(after.formatted() == once);
  CHECK(after.trees() == before.trees());
  CHECK(sorted(after.tokens()) == sorted(before.tokens()));
  return once;
}

}  // namespace

TEST_CASE("clauses come each on a line, in the canonical order") {
  CHECK(
      formatted(
          R"(rule r "R" cites s "p. 3" because "B" overrides a, b then at least iop and alert "A" unless y when x)") ==
      R"(rule r "R"
  when x
  unless y
  then at least iop
   and alert "A"
  overrides a, b
  because "B"
  cites s "p. 3"
)");
  CHECK(formatted(R"(input i "I" cites s if unknown assume (a, b) valid for 2 week code loinc "1" more is worse
  any of a, b, c help "H" ask "Q?")") == R"(input i "I"
  ask "Q?"
  help "H"
  any of a, b, c
  more is worse
  code loinc "1"
  valid for 2 weeks
  if unknown assume (a, b)
  cites s
)");
  CHECK(formatted(R"(ruleset r "T" applies when age >= 18 developer "D" uses_sex "no" about "A" expires 2027-01-01
  effective 2026-01-01 status draft version "1" language 1)") == R"(ruleset r "T"
  language 1
  version "1"
  status draft
  effective 2026-01-01
  expires 2027-01-01
  about "A"
  developer "D"
  uses_sex "no"
  applies when age >= 18
)");
}

TEST_CASE("source attributes come in the order of the language reference") {
  Parsed const parsed = carestep::format_test::read(
      "ruleset r uses_age \"a\" citation \"b\" funding \"c\" uses_race \"d\" developer \"e\" version \"1\"");
  REQUIRE_MESSAGE(!parsed.failed(), parsed.problem());
  CHECK(parsed.formatted() ==
        "ruleset r\n  version \"1\"\n  developer \"e\"\n  funding \"c\"\n  citation \"b\"\n  uses_race \"d\"\n"
        "  uses_age \"a\"\n");
}

TEST_CASE("every declaration has its form") {
  std::vector<std::string> const canonical = {
      "use \"levels.care\"\n",
      "source s \"Minutes\"\n  url \"https://example.org\"\n",
      "levels outpatient < iop < php\n",
      "service family_therapy \"Family therapy\"\n",
      "level iop \"Intensive\"  code hcpcs \"H0015\"  code asam \"2.1\"\n  offers a, b\n  reassess every 7 days\n"
      "  about \"A\"\n",
      "input a\n  yes/no\n",
      "input a\n  scale low < high\n",
      "input a\n  one of x, y\n",
      "input a\n  number -10 to 10 step 0.5 of \"mg/L\"\n",
      "input a\n  number 0 to 240 of hours\n",
      "input a\n  date or never\n  if unknown assume never\n",
      "input a\n  date\n  valid for 1 day\n",
      "list scores = a, b, c\n",
      "impossible i \"I\"\n  when a and b\n  because \"B\"\n",
      "fact f \"F\"\n  when not a\n  because \"B\"\n  cites s\n",
      "grade g  mild < severe\n  severe when a >= 20\n  mild   otherwise\n  higher is worse\n",
      "score s \"S\"\n  = 2 * count of (a is x, b)\n  + c - 3 * d\n  + 1\n",
      "score s\n  10 when a\n  2  when b\n  0  otherwise\n  lower is worse\n",
      "rule r\n  then needs a, b\n   and suggest c\n   and note \"N\"\n   and reassess in 3 days\n",
      "rule r\n  then only a, b\n   and not c\n   and at most d\n",
      "admit detox as medical when a is x or worse\n  because \"B\"\n",
      "continue detox when a\n  cites s\n",
      "step up   any -> any\n",
      "step down detox -> residential, php\n  when days_in_level >= 14\n  because \"B\"\n",
      "discharge outpatient\n  when a\n",
      "guarantee g \"G\"\n  whenever a\n  then not outpatient\n",
      "guarantee g\n  whenever a\n  then no conflict\n  because \"B\"\n",
      "guarantee g\n  whenever a\n  then eligible\n",
      "waive monotone of a\n  because \"B\"\n",
      "example \"E\"\n"
      "  given current_level none, a 3 on 2026-01-03, b (x, y), c 45 days ago, previous d 8, previous none,\n"
      "        assessment_date 2026-05-14, unavailable (l, m)\n"
      "  expect step down to php\n     and indicated none\n     and not rule t.2\n     and rule t.n.yes\n"
      "     and undetermined between a and b\n     and ask previous c\n     and not ask d\n     and placed nowhere\n"
      "     and alert \"A\"\n     and reassess in 3 days\n     and no conflict\n",
  };
  for (std::string const& text : canonical) CHECK(formatted(text) == text);
}

TEST_CASE("conditions keep the author's words, symbols and parentheses") {
  std::vector<std::string> const conditions = {
      "a >= 3 and b is at least c and d is above e and f is below 2 and g is at most 4",
      "a = 3 and b != 4 and c <= 5 and d > 6 and e < 7",
      "15 <= a",
      "a is one of (1, -2, 3) or b is not one of (x, y)",
      "a is between 1 and 3 and b is between low and high",
      "not (a or b) and ((c))",
      "a is severe or worse and b is x or better",
      "a is empty and b is not empty and c includes x and d includes any of (x, y) and e includes all of (x, y)",
      "a within 7 days and b more than 30 days ago and c is never and d is not never",
      "days since a >= 3 and days since previous b >= 72 hours",
      "a >= previous a + 5",
      "all of (a, b) and any of (a, b) and none of (a, b)",
      "at least 2 of (a, b, c) >= 3 and at most 1 of (a, b) and exactly 1 of (a, b)",
      "any of scores is between 2 and 3",
      "highest of scores > lowest of (a, b)",
      "count of conditions >= 2 and count of previous conditions < 1 and count of (a, b) = 1",
      "2 * (a + b) - 3 >= 4",
      "a is yes and b is no",
      "any of (a is x \"(1)\", b is y \"(2)\")",
  };
  for (std::string const& condition : conditions) {
    std::string const text = "fact f\n  when " + condition + '\n';
    CHECK(formatted(text) == text);
  }
}

TEST_CASE("numbers, durations and texts are written in one way") {
  CHECK(formatted("fact f when a >= 0.50 and b within 1 days and c within 2 week") ==
        "fact f\n  when a >= 0.5 and b within 1 day and c within 2 weeks\n");
  CHECK(formatted("service s \"a \\\"b\\\" \\\\ c\n      d\"") == "service s \"a \\\"b\\\" \\\\ c d\"\n");
}

TEST_CASE("bullets stand below their clause and nothing begins a line that could be mistaken") {
  std::string const text = R"(rule r
  when at least 2 of
    - a is high or worse
    - b "label"
    - not (c and d)
  then at least iop
   and suggest s
)";
  CHECK(formatted(text) == text);
  std::string const long_name(60, 'x');
  CHECK(formatted("rule r when any of\n- a" + long_name + " and b" + long_name + "\n- c then at least iop") ==
        "rule r\n  when any of\n    - a" + long_name + " and\n      b" + long_name +
            "\n    - c\n  then at least iop\n");
}

TEST_CASE("a condition that does not fit has its parts on lines of their own") {
  std::string const name(50, 'x');
  CHECK(formatted("fact f when a" + name + " and (b" + name + " or c" + name + ") and d") ==
        "fact f\n  when a" + name + "\n   and (b" + name + " or c" + name + ")\n   and d\n");
  CHECK(formatted("admit iop when a" + name + " and b" + name + " and cccccccccccccccc") ==
        "admit iop\n  when a" + name + "\n   and b" + name + "\n   and cccccccccccccccc\n");
  CHECK(formatted("fact f when a is one of (" + name + ", b" + name + ", c)") ==
        "fact f\n  when a is one of (" + name + ",\n                    b" + name + ", c)\n");
}

TEST_CASE("no line is broken before a minus") {
  std::string const name(50, 'x');
  std::string const sum = formatted("fact f when a" + name + " - b" + name + " - c" + name + " >= 0");
  CHECK(sum.find("\n-") == std::string::npos);
  CHECK(sum.find(" -\n") != std::string::npos);
  formatted("fact f when a" + name +
            " is one of (-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -13, -14, -15, "
            "-16, -17, -18)");
}

TEST_CASE("tables are aligned") {
  CHECK(formatted(R"(table t first "T"
|a|previous b|count of c|then|
|0 to 1|-|>= 2|-|
| x or y | 3 or more | < 1 | at least iop and alert "A" |
|x or worse|2 or less|yes|admit iop|
because "B")") == R"(table t first "T"
  | a          | previous b | count of c | then                       |
  | 0 to 1     | -          | >= 2       | -                          |
  | x or y     | 3 or more  | < 1        | at least iop and alert "A" |
  | x or worse | 2 or less  | yes        | admit iop                  |
  because "B"
)");
}

TEST_CASE("trees have a line for each arrow") {
  CHECK(formatted(
            R"(tree t "T" a "Is a?": x >= 3 yes -> b no -> - b: y yes -> at least iop and suggest s no -> at most php
  because "B")") == R"(tree t "T"
  a "Is a?": x >= 3
    yes -> b
    no  -> -
  b: y
    yes -> at least iop and suggest s
    no  -> at most php
  because "B"
)");
}

TEST_CASE("declarations of a kind stay together where the author left no blank line") {
  CHECK(formatted("service a \"A\"\nservice long_name \"B\"\n\n\n\nservice c \"C\"\nlevels x < y\nuse \"f.care\"") ==
        "service a         \"A\"\nservice long_name \"B\"\n\nservice c \"C\"\n\nlevels x < y\n\nuse \"f.care\"\n");
  CHECK(
      formatted(
          "level a \"A\" code h \"1\"\nlevel bb \"Bee\" code h \"2\" reassess every 1 days\nlevel c \"A long one\"") ==
      "level a  \"A\"    code h \"1\"\nlevel bb \"Bee\"  code h \"2\"\n  reassess every 1 day\n"
      "level c  \"A long one\"\n");
  CHECK(formatted("step up a -> b\nstep down b -> a when x\ndischarge a\nfact f when x\nfact g when y") ==
        "step up   a -> b\nstep down b -> a\n  when x\ndischarge a\n\nfact f\n  when x\n\nfact g\n  when y\n");
}

TEST_CASE("inputs stay together while they have nothing but a type") {
  CHECK(formatted("input a yes/no\ninput b date\ninput c yes/no no is worse\ninput d date") ==
        "input a\n  yes/no\ninput b\n  date\n\ninput c\n  yes/no\n  no is worse\n\ninput d\n  date\n");
}

TEST_CASE("the result does not depend on layout") {
  std::string const text = "rule r when a and b then at least iop and suggest s because \"B\"";
  CHECK(formatted(text) ==
        formatted("\n\n  rule\tr\r\n when\n\na\nand b then at\nleast iop and suggest\ns because \"B\"\r\n"));
  CHECK(formatted("").empty());
}

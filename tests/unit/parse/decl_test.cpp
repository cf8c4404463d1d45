#include <doctest/doctest.h>

#include "support.hpp"

using carestep::parse_test::Parsed;
using carestep::parse_test::read;

TEST_CASE("declarations: source and tree") {
  struct Row {
    char const* source;
    char const* tree;
  };
  static constexpr Row rows[] = {
      {"ruleset r \"R\" language 1 version \"1.0\" status draft effective 2026-01-01 expires 2027-12-31\n"
       " applies when age >= 18 about \"x\" developer \"me\" uses_age \"yes\"",
       "(ruleset r \"R\" (language 1) (version \"1.0\") (status draft) (effective 2026-01-01) (expires 2027-12-31) "
       "(applies (compare age (>= 18))) (about \"x\") (developer \"me\") (uses_age \"yes\"))"},
      {"use \"a/b.care\"", "(use \"a/b.care\")"},
      {"source s \"S\" url \"https://example.org\"", "(source s \"S\" (url \"https://example.org\"))"},
      {"levels a < b < c", "(levels a b c)"},
      {"service s", "(service s)"},
      {"level a \"A\" code x \"1\" code y \"2\" offers s, t reassess every 7 days about \"b\"",
       "(level a \"A\" (offers s t) (code x \"1\") (code y \"2\") (reassess 7d) (about \"b\"))"},
      {"input x yes/no", "(input x (yes/no))"},
      {"input x \"X\" no is worse yes/no if unknown assume no", "(input x \"X\" (yes/no) (worse no) (assume no))"},
      {"input x scale none < never < active higher is worse", "(input x (scale none never active) (worse higher))"},
      {"input x one of a, b, level", "(input x (choice a b level))"},
      {"input x any of a, b more is worse if unknown assume (a, b)",
       "(input x (set a b) (worse more) (assume (set a b)))"},
      {"input x number -10 to 10 step 0.5 of \"mg/L\"", "(input x (number -10 10 (step 0.5) \"mg/L\"))"},
      {"input x number 0 to 240 of hours valid for 2 weeks", "(input x (number 0 240 hours) (valid 2w))"},
      {"input x date", "(input x (date))"},
      {"input x date or never ask \"a\" help \"h\" cites s \"p. 3\" cites t if unknown assume 45 days ago",
       "(input x (date-or-never) (ask \"a\") (help \"h\") (assume (ago 45d)) (cites s \"p. 3\") (cites t))"},
      {"list l = x, y, z", "(list l x y z)"},
      {"impossible i \"I\" when a because \"b\"", "(impossible i \"I\" (when a) (because \"b\"))"},
      {"fact f because \"b\" cites s when a", "(fact f (when a) (because \"b\") (cites s))"},
      {"grade g \"G\" mild < active < higher\n higher when x >= 20\n active when x > 1 lower is worse\n mild otherwise",
       "(grade g \"G\" (values mild active higher) (case higher (compare x (>= 20))) (case active (compare x (> 1))) "
       "(case mild) (worse lower))"},
      {"score s = 2 * x + 1 higher is worse", "(score s (sum +(* 2 x) +1) (worse higher))"},
      {"score s 2 when x is bad\n -1 when y 0 otherwise",
       "E0108 2:2-2:3 a `-` that begins a line is a bullet, and there is no list here"},
      {"score s 2 when x is bad x + 1 when y 0 otherwise",
       "(score s (case 2 (compare x (is bad))) (case (sum +x +1) y) (case 0))"},
      {"rule r then at least a", "(rule r (then (at-least a)))"},
      {"rule r \"R\" when a unless b then needs s, t and suggest u and alert \"x\" and note \"y\" and reassess in 3 "
       "days\n"
       " overrides q, p because \"z\" cites c \"w\"",
       "(rule r \"R\" (when a) (unless b) (then (needs s t) (suggest u) (alert \"x\") (note \"y\") (reassess 3d)) "
       "(overrides q p) (because \"z\") (cites c \"w\"))"},
      {"rule r then at most a and only a, b and not c", "(rule r (then (at-most a) (only a b) (not c)))"},
      {"table t first \"T\"\n | x | previous y | count of z | then |\n | - | none | 1 to 2 | - |\n"
       " | a or b or c | 3 or more | > 4 | at least a and alert \"x\" |\n"
       " | yes | v or worse | 2 or less | admit b |\n | no | 3 days | v or better | continue b |\n because \"b\"",
       "(table t first \"T\" (columns x (previous y) (count z)) (row - none (to 1 2) (then)) "
       "(row (or a b c) (or-more 3) (> 4) (then (at-least a) (alert \"x\"))) "
       "(row yes (or-worse v) (or-less 2) (admit b)) (row no 3d (or-better v) (continue b)) (because \"b\"))"},
      {"tree t \"T\" start \"S\": x is bad yes -> n no -> - n: y yes -> at least a and suggest s no -> not b because "
       "\"c\"",
       "(tree t \"T\" (node start \"S\" (compare x (is bad)) n (then)) "
       "(node n y (then (at-least a) (suggest s)) (then (not b))) (because \"c\"))"},
      {"admit a as can_go when x because \"b\"", "(admit a (as can_go) (when x) (because \"b\"))"},
      {"continue a when x", "(continue a (when x))"},
      {"step up any -> any", "(step-up any any)"},
      {"step down a, b -> c when x cites s", "(step-down (levels a b) (levels c) (when x) (cites s))"},
      {"discharge a when x", "(discharge (levels a) (when x))"},
      {"guarantee g \"G\" whenever a then needs s because \"b\"",
       "(guarantee g \"G\" (whenever a) (needs s) (because \"b\"))"},
      {"guarantee g whenever a then no conflict", "(guarantee g (whenever a) no-conflict)"},
      {"guarantee g whenever a then eligible", "(guarantee g (whenever a) eligible)"},
      {"waive monotone of phq9 because \"b\"", "(waive monotone phq9 \"b\")"},
      {"example \"E\" given current_level none, days_in_level 30, x -3, previous x 8, previous none, c (a, b), d "
       "none,\n"
       " e 45 days ago, f 2026-01-01, g never, h 12 on 2026-01-03, unavailable (a, b), assessment_date 2026-01-05,\n"
       " i 72 hours expect no move",
       "(example \"E\" (input current_level none) (input days_in_level 30) (input x -3) (previous x 8) (previous-none) "
       "(input c (set a b)) (input d none) (input e (ago 45d)) (input f 2026-01-01) (input g never) "
       "(input h 12 (on 2026-01-03)) (unavailable a b) (assessment-date 2026-01-05) (input i 72h) (expect (no-move)))"},
      {"example \"E\" expect admit to a and step up to a and step down to b and stay at c and discharge from d\n"
       " and placed at a and placed nowhere and indicated a and indicated none and conflict and no conflict",
       "(example \"E\" (expect (admit a)) (expect (step-up a)) (expect (step-down b)) (expect (stay c)) "
       "(expect (discharge d)) (expect (placed a)) (expect (placed nowhere)) (expect (indicated a)) "
       "(expect (indicated none)) (expect conflict) (expect no-conflict))"},
      {"example \"E\" expect not_eligible and not_applicable and by_default and held and off_pathway and undetermined\n"
       " and undetermined between a and b and ask x and ask previous x and not ask y",
       "(example \"E\" (expect not_eligible) (expect not_applicable) (expect by_default) (expect held) "
       "(expect off_pathway) (expect undetermined) (expect (undetermined a b)) (expect (ask x)) "
       "(expect (ask previous x)) (expect (not-ask y)))"},
      {"example \"E\" expect rule r and not rule t.2 and rule chart.node.yes and suggest s and alert \"x\"\n"
       " and reassess in 3 days",
       "(example \"E\" (expect (rule r)) (expect (not-rule t.2)) (expect (rule chart.node.yes)) (expect (suggest s)) "
       "(expect (alert \"x\")) (expect (reassess 3d)))"},
  };
  for (Row const& row : rows) {
    INFO(std::string(row.source));
    CHECK(read(row.source) == std::string(row.tree));
  }
}

TEST_CASE("declarations: errors and their places") {
  struct Row {
    char const* source;
    char const* error;
  };
  static constexpr Row rows[] = {
      {"rule r then at least", "E0101 1:21-1:21 expected a level after `at least`, found the end of the file"},
      {"rule r then at least a becuase \"b\"",
       "E0102 1:24-1:31 `becuase` begins no clause of `rule`, and no declaration"},
      {"rul r then at least a", "E0102 1:1-1:4 `rul` begins no declaration"},
      {"rule r when a when b then at least a", "E0103 1:15-1:19 `when` stands twice in this declaration"},
      {"rule r when a", "E0104 1:1-1:14 `rule r` has no `then`"},
      {"input x", "E0104 1:1-1:8 `input x` has no type"},
      {"rule rule then at least a", "E0105 1:6-1:10 `rule` is a word of the language and cannot be a name"},
      {"levels a < never", "E0105 1:12-1:17 `never` is a word of the language and cannot be a name"},
      {"service Sober", "E0106 1:9-1:14 `Sober` has capital letters"},
      {"service _s", "E0106 1:9-1:11 `_s` does not begin with a letter"},
      {"service aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
       "E0107 1:9-1:74 `aaaaaaaaaaaaaaaa...` is longer than 64 characters"},
      {"ruleset r effective 2026-02-30", "E0115 1:21-1:31 there is no day `2026-02-30`"},
      {"ruleset r effective 2026-2-3", "E0115 1:21-1:29 there is no day `2026-2-3`"},
      {"score s = 0.123456789", "E0114 1:11-1:22 the number has more than eight digits behind the point"},
      {"score s = 99999999999", "E0114 1:11-1:22 the number is larger than 10,000,000,000"},
      {"score s = 1e5", "E0114 1:11-1:14 `1e5` is neither a number nor a word"},
      {"service s \"abc", "E0112 1:11-1:12 the text that begins here is not closed"},
      {"service s \"a\\n\"", "E0113 1:13-1:15 a text knows `\\\"` and `\\\\` only"},
      {"table t\n| x | then |\n| 1 | at least a\n| 2 | - |",
       "E0118 3:1-3:17 a table row starts and ends with `|` on one line"},
      {"table t\n| x | then |\n| 1 + 2 | - |\n| 2 | at lest a |",
       "E0101 3:5-3:6 expected `|` after `1`, found `+`\n"
       "E0101 4:7-4:9 expected `-`, an action, `admit` or `continue` after `|`, found `at`"},
      {"step sideways a -> b", "E0101 1:6-1:14 expected `up` or `down` after `step`, found `sideways`"},
      {"| a | b |", "E0101 1:1-1:2 expected a declaration, found `|`"},
  };
  for (Row const& row : rows) {
    INFO(std::string(row.source));
    CHECK(Parsed(row.source).errors() == std::string(row.error));
  }
}

TEST_CASE("declarations: help") {
  auto const help = [](char const* source) {
    Parsed const parsed(source);
    return parsed.diagnostics.size() == 1 ? parsed.diagnostics[0].help : parsed.errors();
  };
  CHECK(help("rule r then at least a becuase \"b\"") == "did you mean `because`?");
  CHECK(help("rul r then at least a") == "did you mean `rule`?");
  CHECK(help("rule r when a amd b then at least a") == "did you mean `and`?");
  CHECK(help("waive dead of r becuase \"b\"") == "did you mean `because`?");
}

TEST_CASE("declarations: one mistake does not hide another") {
  Parsed const parsed(
      "rule a when then at least x\n"
      "input b number 0 to\n"
      "fact c when x > 1\n"
      "example \"e\" given x 1 expect foo\n"
      "  and rule c\n"
      "rule d then at least x\n"
      "step down a ->\n"
      "step up a -> b\n");
  CHECK(parsed.errors() ==
        "E0101 1:13-1:17 expected a condition after `when`, found `then`\n"
        "E0101 3:1-3:5 expected a number after `to`, found `fact`\n"
        "E0101 4:30-4:33 expected an expectation such as `stay at LEVEL` after `expect`, found `foo`\n"
        "E0101 8:1-8:5 expected a level or `any` after `->`, found `step`");
  CHECK(parsed.decls() ==
        "(fact c (when (compare x (> 1))))\n(rule d (then (at-least x)))\n(step-up (levels a) (levels b))");
}

TEST_CASE("declarations: a forgotten quote is reported where it was forgotten") {
  Parsed const parsed(
      "rule a then at least x because \"one\n"
      "rule b then at least x because \"two\"\n"
      "rule c then foo because \"three\"\n");
  CHECK(parsed.errors() ==
        "E0112 1:32-1:33 the text that begins here is not closed\n"
        "E0101 3:13-3:16 expected an action after `then`, found `foo`");
  CHECK(parsed.decls() ==
        "(rule a (then (at-least x)) (because \"one\"))\n(rule b (then (at-least x)) (because \"two\"))");
}

TEST_CASE("declarations: a sign that stands for another is read as that one") {
  Parsed const parsed("fact f when x \u2264 3\nstep up a \u2192 b\nfact g when any of\n \u2013 a\n \u2013 b\n");
  CHECK(parsed.diagnostics.size() == 4);
  CHECK(parsed.decls() ==
        "(fact f (when (compare x (<= 3))))\n(step-up (levels a) (levels b))\n(fact g (when (bullets-any a b)))");
  CHECK(parsed.diagnostics[0].replacement == "<=");
}

TEST_CASE("declarations: their places") {
  Parsed const parsed("levels a <\n b\n\n# c\nlist l = x,\n  y  \n");
  REQUIRE(parsed.file.decls.size() == 2);
  CHECK(parsed.source(parsed.file.decls[0].at) == "levels a <\n b");
  CHECK(parsed.source(parsed.file.decls[1].at) == "list l = x,\n  y");
}

TEST_CASE("declarations: the 101st error is the last") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "rule r then foo\n";
  Parsed const parsed(text);
  REQUIRE(parsed.diagnostics.size() == 101);
  CHECK(parsed.diagnostics.back().code == "E0009");

  text = "rule r then at least a";
  for (int i = 0; i < 300; ++i) text += " because \"b\"";
  CHECK(Parsed(text).diagnostics.size() == 101);
}

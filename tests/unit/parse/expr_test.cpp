#include <doctest/doctest.h>

#include "support.hpp"

using namespace carestep;
using carestep::parse_test::Parsed;
using carestep::parse_test::read_condition;

TEST_CASE("conditions: source and tree") {
  struct Row {
    char const* source;
    char const* tree;
  };
  static constexpr Row rows[] = {
      // names and connectives
      {"a", "a"},
      {"a and b and c", "(and a b c)"},
      {"a or b", "(or a b)"},
      {"not a and b", "(and (not a) b)"},
      {"not not a", "(not (not a))"},
      {"not x is severe", "(not (compare x (is severe)))"},
      {"(a or b) and c", "(and (group (or a b)) c)"},
      // tests in words
      {"x is severe", "(compare x (is severe))"},
      {"x is not severe", "(compare x (not-is severe))"},
      {"x is one of (a, b, 3, 4 days)", "(compare x (one-of a b 3 4d))"},
      {"x is not one of (none)", "(compare x (not-one-of none))"},
      {"x is at least moderate", "(compare x (is->= moderate))"},
      {"x is at most moderate", "(compare x (is-<= moderate))"},
      {"x is above 3", "(compare x (is-> 3))"},
      {"x is below y", "(compare x (is-< y))"},
      {"x is between 1 and 5 and y", "(and (compare x (between 1 5)) y)"},
      {"x is v or worse or y", "(or (compare x (or-worse v)) y)"},
      {"x is 3 or better", "(compare x (or-better 3))"},
      {"x is empty and y is not empty", "(and (compare x (empty)) (compare y (not-empty)))"},
      {"x includes ptsd", "(compare x (includes ptsd))"},
      {"x includes any of (a, b)", "(compare x (includes-any a b))"},
      {"x includes all of (a, b)", "(compare x (includes-all a b))"},
      {"x includes any", "(compare x (includes any))"},
      {"x within 7 days", "(compare x (within 7d))"},
      {"x more than 30 days ago", "(compare x (more-than-ago 30d))"},
      {"previous x more than 2 weeks ago", "(compare (previous x) (more-than-ago 2w))"},
      // keywords as values
      {"x is none", "(compare x (is none))"},
      {"x is not never", "(compare x (not-is never))"},
      {"x is active", "(compare x (is active))"},
      {"x is admit or y is level", "(or (compare x (is admit)) (compare y (is level)))"},
      {"x is yes and y = no", "(and (compare x (is yes)) (compare y (= no)))"},
      {"none <= current_level", "(compare none (<= current_level))"},
      {"x is within", "(compare x (is within))"},
      // symbols
      {"15 <= phq9", "(compare 15 (<= phq9))"},
      {"severe <= withdrawal_risk", "(compare severe (<= withdrawal_risk))"},
      {"x != 3 or x >= -3", "(or (compare x (!= 3)) (compare x (>= -3)))"},
      {"x >= 72 hours", "(compare x (>= 72h))"},
      {"x >= previous x + 5", "(compare x (>= (sum +(previous x) +5)))"},
      {"x < 0.5", "(compare x (< 0.5))"},
      // numbers
      {"2 * x - 3 * y + 1 > 0", "(compare (sum +(* 2 x) -(* 3 y) +1) (> 0))"},
      {"2 * (x + y) > 3", "(compare (* 2 (group (sum +x +y))) (> 3))"},
      {"-2 * x > 5 -3", "(compare (* -2 x) (> (sum +5 -3)))"},
      {"count of (a, x > 3) >= 1", "(compare (count a (compare x (> 3))) (>= 1))"},
      {"count of conditions > 1", "(compare (count conditions) (> 1))"},
      {"count of previous conditions > 1", "(compare (count-previous conditions) (> 1))"},
      {"highest of (a, b) > lowest of scores", "(compare (highest a b) (> (lowest scores)))"},
      {"days since x > 3", "(compare (days-since x) (> 3))"},
      {"days since previous x is 3", "(compare (days-since-previous x) (is 3))"},
      {"15 <= days since x", "(compare 15 (<= (days-since x)))"},
      // lists
      {"all of (a, b)", "(all a b)"},
      {"none of scores is unsafe", "(none (is unsafe) scores)"},
      {"at least 2 of (d1, d2, d3) >= 3", "(at-least-2 (>= 3) d1 d2 d3)"},
      {"any of (d4, d5) is between 2 and 3", "(any (between 2 3) d4 d5)"},
      {"at most 1 of (a, b \"two\") and c", "(and (at-most-1 a b:\"two\") c)"},
      {"exactly 1 of (a, b or c)", "(exactly-1 a (or b c))"},
      {"any of (any of (a, b), c)", "(any (any a b) c)"},
      {"at least 2 of\n - a \"(i)\"\n - b and c\n - not d", "(bullets-at-least-2 a:\"(i)\" (and b c) (not d))"},
      {"a and any of\n - b\n - c", "(and a (bullets-any b c))"},
      {"all of\n - a\n - (b\n or c)", "(bullets-all a (group (or b c)))"},
  };
  for (Row const& row : rows) {
    INFO(std::string(row.source));
    CHECK(read_condition(row.source) == std::string(row.tree));
  }
}

TEST_CASE("conditions: errors and their places") {
  struct Row {
    char const* source;
    char const* error;
  };
  static constexpr Row rows[] = {
      {"then", "E0101 1:13-1:17 expected a condition after `when`, found `then`"},
      {"x is", "E0101 1:17-1:17 expected a value after `is`, found the end of the file"},
      {"x and then", "E0101 1:19-1:23 expected a condition after `and`, found `then`"},
      {"x is\n because \"b\"", "E0101 2:2-2:9 expected a value after `is`, found `because`"},
      {"x >= then", "E0101 1:18-1:22 expected a value after `>=`, found `then`"},
      {"x within 7", "E0101 1:22-1:23 expected a duration such as `7 days` after `within`, found `7`"},
      {"at least 2 (a, b)", "E0101 1:24-1:25 expected `of` after `2`, found `(`"},
      {"at least of (a, b)", "E0101 1:22-1:24 expected a number after `at least`, found `of`"},
      {"any of ()", "E0101 1:21-1:22 expected a condition after `(`, found `)`"},
      {"(a, b)", "E0101 1:15-1:16 expected `)` after `a`, found `,`"},
      {"1 <= x <= 5", "E0117 1:20-1:22 a second comparison behind the first"},
      {"x * y > 3", "E0119 1:15-1:16 `*` cannot stand here"},
      {"x / 2 > 3", "E0119 1:15-1:16 `/` cannot stand here"},
      {"x > 3\n - y", "E0108 2:2-2:3 a `-` that begins a line is a bullet, and there is no list here"},
      {"x >\n -3", "E0108 2:2-2:3 a `-` that begins a line is a bullet, and there is no list here"},
      {"a and b or c", "E0417 1:13-1:25 `and` and `or` are mixed without parentheses"},
      {"any of\n - a\n and b", "E0110 3:2-3:5 a line that starts with `and` could belong to the bullet or to the list"},
      {"any of\n - a\n - any of\n - b", "E0109 4:2-4:3 a list with bullets cannot stand inside another one"},
      {"(any of\n - a)", "E0109 2:2-2:3 a list with bullets cannot stand inside parentheses"},
      {"x == 3", "E0116 1:15-1:17 `==` has no meaning here"},
      {"x \u2265 3", "E0116 1:15-1:16 `\u2265` has no meaning here"},
  };
  for (Row const& row : rows) {
    INFO(std::string(row.source));
    CHECK(read_condition(row.source) == std::string(row.error));
  }
}

TEST_CASE("conditions: mixed and, or show both readings and keep a meaning") {
  Parsed const parsed("fact f when a and x is b or worse or not c and d");
  REQUIRE(parsed.diagnostics.size() == 1);
  CHECK(parsed.diagnostics[0].help ==
        "write `(a and x is b or worse) or (not c and d)` or `a and (x is b or worse or not c) and d`");
  CHECK(parsed.decls() == "(fact f (when (or (group (and a (compare x (or-worse b)))) (group (and (not c) d)))))");
}

namespace {

/// The places of an expression's own parts, checked against the source text.
std::string_view when_text(Parsed const& parsed) {
  auto const& fact = std::get<ast::FactDecl>(parsed.file.decls.at(0).kind);
  return parsed.source(fact.when->at);
}

}  // namespace

TEST_CASE("conditions: spans are exact") {
  Parsed const parsed("# c\nfact f when  2 * (x+ y) >= 3 \n  because \"b\" # d\n");
  REQUIRE(parsed.diagnostics.empty());
  CHECK(when_text(parsed) == "2 * (x+ y) >= 3");
  CHECK(parsed.source(parsed.file.decls[0].at) == "fact f when  2 * (x+ y) >= 3 \n  because \"b\"");
  auto const& fact = std::get<ast::FactDecl>(parsed.file.decls[0].kind);
  auto const& compare = std::get<ast::Compare>(fact.when->node);
  CHECK(parsed.source(compare.subject->at) == "2 * (x+ y)");
  CHECK(parsed.source(compare.test.at) == ">= 3");
  auto const& scaled = std::get<ast::Scaled>(compare.subject->node);
  CHECK(parsed.source(scaled.factor.at) == "2");
  CHECK(parsed.source(scaled.value->at) == "(x+ y)");
  CHECK(parsed.source(std::get<ast::Group>(scaled.value->node).inner->at) == "x+ y");
  CHECK(parsed.source(fact.reasons.because->at) == "\"b\"");
  REQUIRE(parsed.file.comments.size() == 2);
  CHECK(parsed.source(parsed.file.comments[0].at) == "# c");
  CHECK(parsed.file.comments[0].own_line);
  CHECK_FALSE(parsed.file.comments[1].own_line);
}

TEST_CASE("conditions: nesting is bounded") {
  auto const nested = [](int depth, std::string const& open, std::string const& close) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += open;
    text += "a";
    for (int i = 0; i < depth; ++i) text += close;
    return read_condition(text);
  };
  CHECK(nested(100, "(", ")").starts_with("(group"));
  CHECK(nested(101, "(", ")").starts_with("E0111"));
  CHECK(nested(100, "not ", "").starts_with("(not"));
  CHECK(nested(101, "not ", "").starts_with("E0111"));
  CHECK(nested(500'000, "(", "").starts_with("E0111"));
  CHECK(nested(200'000, "not ", "").starts_with("E0111"));
  CHECK(nested(101, "any of (", ")").starts_with("E0111"));
  CHECK(nested(101, "2 * ", "").starts_with("E0111"));
}

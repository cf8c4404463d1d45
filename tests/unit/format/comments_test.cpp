#include <doctest/doctest.h>

#include "support.hpp"

using carestep::format_test::Parsed;

namespace {

std::string formatted(std::string text) {
  Parsed const before = carestep::format_test::read(std::move(text));
  REQUIRE_MESSAGE(!before.failed(), before.problem());
  std::string const once = before.formatted();
  Parsed const after = carestep::format_test::read(once);
  REQUIRE_MESSAGE(!after.failed(), after.problem(), "\n", once);
  CHECK(after.tokens() == before.tokens());
  CHECK(after.trees() == before.trees());
  CHECK(after.comments() == before.comments());
  CHECK(after.formatted() == once);
  return once;
}

}  // namespace

TEST_CASE("comments that stand well stay where they are") {
  std::string const text = R"(# head of the file

# ---- rules ----
# about r
rule r "R"  # behind the head
  # before when
  when at least 2 of  # behind of
    - a  # behind a bullet
    # before a bullet
    - b
  # before then
  then at least iop  # first
   # before the second
   and suggest s  # second
  because "B"  # last
  # closes r

# about t
table t
  # before the header
  | a | then         |  # behind the header
  # before a row
  | 1 | at least iop |  # behind a row

example "E"
  given a 1,  # one
        # two
        b 2
  expect stay at iop  # e
     # f
     and indicated iop
# end
)";
  CHECK(formatted(text) == text);
}

TEST_CASE("a comment between the parts of a condition breaks the line and keeps its place") {
  CHECK(formatted("fact f when a # one\n and b\n # two\n and c") ==
        "fact f\n  when a  # one\n   and b\n   # two\n   and c\n");
  CHECK(formatted("fact f when any of (a, # one\n b)") == "fact f\n  when any of (a,  # one\n               b)\n");
  CHECK(formatted("admit iop when a # one\n or b # two\n") == "admit iop\n  when a  # one\n   or b  # two\n");
}

TEST_CASE("a comment in the middle of something moves before it") {
  CHECK(formatted("fact # one\n f # two\n when # three\n a # four\n >= # five\n 3 # six") ==
        "# one\nfact f  # two\n  # three\n  # four\n  # five\n  when a >= 3  # six\n");
  CHECK(formatted("levels a # one\n < b # two\n") == "# one\nlevels a < b  # two\n");
}

TEST_CASE("comments between declarations keep their blank lines, one each") {
  CHECK(formatted("# a\n\n\n# b\nservice x \"X\" # c\n# d\n\n# e\n\n\n\nservice y \"Y\"\n\n# f\n\n\n") ==
        "# a\n\n# b\nservice x \"X\"  # c\n# d\n\n# e\n\nservice y \"Y\"\n\n# f\n");
  CHECK(formatted("fact f when a\n# about g\nfact g when b") == "fact f\n  when a\n\n# about g\nfact g\n  when b\n");
  CHECK(formatted("# only this  ") == "# only this\n");
}

TEST_CASE("a comment moves along with its clause") {
  std::string const text = "rule r\n  because \"B\" # why\n  # when\n  when a\n  then at least iop # then";
  Parsed const parsed = carestep::format_test::read(text);
  REQUIRE_MESSAGE(!parsed.failed(), parsed.problem());
  std::string const once = parsed.formatted();
  CHECK(once == "rule r\n  # when\n  when a\n  then at least iop  # then\n  because \"B\"  # why\n");
  CHECK(carestep::format_test::read(once).formatted() == once);
}

TEST_CASE("a number sign in a text begins no comment") {
  CHECK(formatted("service x \"a # b\" # c") == "service x \"a # b\"  # c\n");
}

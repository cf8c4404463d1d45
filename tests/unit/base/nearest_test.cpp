#include "base/nearest.hpp"

#include <doctest/doctest.h>

#include "base/source.hpp"

using namespace carestep;

TEST_CASE("edit distance counts a swap of neighbours as one") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("risk", "risk") == 0);
  CHECK(edit_distance("rsik", "risk") == 1);
  CHECK(edit_distance("rsk", "risk") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest candidate, if it is near") {
  CHECK(nearest("withdrawal_rsk", {"age", "withdrawal_risk", "phq9"}) == "withdrawal_risk");
  CHECK(nearest("phq8", {"phq7", "phq9"}) == "phq7");
  CHECK_FALSE(nearest("age", {"phq9", "mood"}).has_value());
  CHECK_FALSE(nearest("x", {}).has_value());
}

TEST_CASE("words of a span: one line, no comments, texts untouched") {
  SourceMap sources;
  std::string const text = "a  # note \"x\"\n  and\tb is \"c # d\"  ";
  sources.add("f", text);
  CHECK(sources.words({0, 0, static_cast<std::uint32_t>(text.size())}) == "a and b is \"c # d\"");
}

#include <carestep/stream.hpp>

#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace carestep;

namespace {

Ruleset riverbend() {
  auto rules = load(CARESTEP_SOURCE_DIR "/examples/riverbend.care");
  REQUIRE(rules);
  return *rules;
}

/// Regular and irregular ones, and some that are refused.
std::vector<std::string> const lines{
    R"({"id":"a-17","assessment_date":"2026-05-14","current_level":"residential","days_in_level":30,"answers":{"age":34}})",
    R"({"id":"b","assessment_date":"2026-05-14","answers":{"age":3.4e1,"phq9":{"value":6,"on":"2026-05-01"}}})",
    R"({"id":"\u00e9","assessment_date":"2026-05-14","current_level":"none","previous":null,"unavailable":["php"]})",
    R"({"id":4,"assessment_date":"2026-05-14","answers":{"age":340}})",
    R"({"id":5,"assessment_date":"2026-05-14","answers":{"age":34,"agee":34}})",
    R"({"assessment_date":"2025-05-14"})",
    "not JSON",
    ""};

}  // namespace

TEST_CASE("a reader reads and refuses as assessment_from_json does") {
  Ruleset const rules = riverbend();
  AssessmentReader reader(rules);
  for (int round = 0; round < 2; ++round) {
    for (std::string const& line : lines) {
      CAPTURE(line);
      auto const judged = assessment_from_json(rules, line);
      REQUIRE(reader.read(line) == judged.ok());
      if (judged) {
        CHECK(reader.id() == judged->id);
        CHECK(assessment_to_json(rules, reader.assessment(), reader.id()) ==
              assessment_to_json(rules, judged->assessment, judged->id));
        continue;
      }
      CHECK(reader.refused().id == judged.error().id);
      REQUIRE(reader.refused().refusals.size() == judged.error().refusals.size());
      for (std::size_t i = 0; i < judged.error().refusals.size(); ++i) {
        CHECK(reader.refused().refusals[i].code == judged.error().refusals[i].code);
        CHECK(reader.refused().refusals[i].path == judged.error().refusals[i].path);
        CHECK(reader.refused().refusals[i].message == judged.error().refusals[i].message);
      }
    }
  }
}

TEST_CASE("a reader can read where a line stands") {
  Ruleset const rules = riverbend();
  AssessmentReader reader(rules);
  std::string text = lines[0] + " \r\n" + lines[2] + "\n" + std::string(AssessmentReader::padding, 'x');
  REQUIRE(reader.read_in_place(std::string_view(text).substr(0, lines[0].size())));
  CHECK(reader.id() == "\"a-17\"");
  CHECK(reader.id().data() > text.data());
  CHECK(reader.id().data() < text.data() + text.size());
  REQUIRE(reader.read_in_place(std::string_view(text).substr(lines[0].size() + 3, lines[2].size())));
  CHECK(reader.id() == "\"\\u00e9\"");
}

TEST_CASE("a writer writes as decision_to_json does, behind what is there") {
  Ruleset const rules = riverbend();
  AssessmentReader reader(rules);
  for (bool const brief : {false, true}) {
    DecideOptions options;
    options.brief = brief;
    DecisionWriter writer(rules, brief);
    std::string out = "[";
    std::string expected = out;
    for (int round = 0; round < 2; ++round) {
      for (std::string const& line : lines) {
        if (!reader.read(line)) continue;
        Decision const decision = rules.decide(reader.assessment(), options);
        for (std::string_view const id : {reader.id(), std::string_view("no json"), std::string_view()}) {
          writer.append(out, decision, id);
          expected += decision_to_json(rules, decision, id, brief);
        }
      }
    }
    CHECK(out == expected);
  }
}

#include "data/regular_reader.hpp"

#include <doctest/doctest.h>
#include <random>
#include <string>
#include <vector>

#include "data/read_assessment.hpp"
#include "data/write_assessment.hpp"
#include "unit/data/sample_program.hpp"

using namespace carestep;

namespace {

/// Reads a line as it stands in a stream: other lines follow it.
class Line {
 public:
  explicit Line(std::string const& json)
      : room_(json + "\n{\"id\":1,\"assessment_date\":\"2026-05-14\"}\n"), size_(json.size()) {
    room_.append(data::raw::reach, '\0');
  }
  [[nodiscard]] std::string_view text() const { return std::string_view(room_).substr(0, size_); }

 private:
  std::string room_;
  std::size_t size_;
};

/// What the two readers make of a line.
struct Outcome {
  bool regular = false;
  bool agree = true;
};

Outcome compare(data::RegularReader& regular, data::ThoroughReader& thorough, std::string const& json) {
  Line const line(json);
  if (!regular.read(line.text())) return {false, true};
  auto const judged = thorough.read(test::sample_program(), json);
  if (!judged) return {true, false};
  bool const same = data::write_assessment(regular.assessment(), regular.id()) ==
                    data::write_assessment(judged->assessment, judged->id);
  return {true, same && regular.assessment().date() == judged->assessment.date()};
}

std::vector<std::string> const regular_lines{
    R"({"id":"a-17","assessment_date":"2026-05-14","current_level":"php","days_in_level":30,"answers":{"sober_housing":true,)"
    R"("withdrawal_risk":"none","substance":{"unknown":"refused"},"conditions":{"includes":["ptsd"],"excludes":["psychosis"]},)"
    R"("phq9":{"value":6,"on":"2026-05-01"},"attendance":0.95,"drift":-0.5,"amount":10000000,"last_use":"never",)"
    R"("birthday":"2024-02-29"},"previous":{"conditions":[],"phq9":{"on":"2026-04-01","value":8},)"
    R"("attendance":{"unknown":"unable"}},"unavailable":["iop","php"]})",
    R"({"assessment_date":"2026-05-14"})",
    R"({ "assessment_date" : "2026-05-14" , "answers" : { } , "previous" : null , "unavailable" : [ ] , "id" : null } )",
    R"({"previous":{"birthday":"2020-01-01"},"answers":{"last_use":"2026-05-01","phq9":27},"id":7,)"
    R"("assessment_date":"2026-05-14"})",
    R"({"id":-1.50e+3,"assessment_date":"2026-05-14","current_level":null,"days_in_level":null,"answers":{"phq9":null}})",
    R"({"id":"Müller 🙂","assessment_date":"2026-05-14","answers":{"attendance":1.00,"drift":-10,"phq9":0}})",
    R"({"id":0,"assessment_date":"2026-05-14","answers":{"conditions":{"value":{"excludes":["bipolar"]},"on":"2026-05-14"}}})",
    R"({"id":123456789012345678901234567890,"assessment_date":"2026-05-14","current_level":"none","days_in_level":0})",
    R"({"id":"x","assessment_date":"2026-05-14","answers":{"conditions":["ptsd","bipolar"],"sober_housing":false}})"};

}  // namespace

TEST_CASE("what programs write is recognised") {
  data::RegularReader regular(test::sample_program());
  data::ThoroughReader thorough;
  for (std::string const& json : regular_lines) {
    CAPTURE(json);
    Outcome const outcome = compare(regular, thorough, json);
    CHECK(outcome.regular);
    CHECK(outcome.agree);
  }
}

TEST_CASE("keys in any order, and keys that come and go, are recognised") {
  data::RegularReader regular(test::sample_program());
  data::ThoroughReader thorough;
  std::vector<std::string> answers{R"("sober_housing":true)", R"("phq9":3)",           R"("attendance":0.5)",
                                   R"("drift":-0.5)",         R"("last_use":"never")", R"("withdrawal_risk":"mild")"};
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    std::shuffle(answers.begin(), answers.end(), random);
    std::string json = R"({"assessment_date":"2026-05-14","answers":{)";
    for (std::size_t k = 0; k < random() % (answers.size() + 1); ++k) json += (k == 0 ? "" : ",") + answers[k];
    json += "}}";
    CAPTURE(json);
    Outcome const outcome = compare(regular, thorough, json);
    CHECK(outcome.regular);
    CHECK(outcome.agree);
  }
}

TEST_CASE("a line of which anything was changed is read alike or left to the thorough reader") {
  data::RegularReader regular(test::sample_program());
  data::ThoroughReader thorough;
  std::string const bytes = "\"\"{}[]:,,0123456789-+.eEntfu \t\r\\\n\x01\x80\xC3";
  std::mt19937 random(20260514);
  for (int i = 0; i < 60'000; ++i) {
    std::string json = regular_lines[random() % regular_lines.size()];
    for (std::uint64_t changes = 1 + random() % 3; changes > 0; --changes) {
      std::size_t const at = random() % json.size();
      std::size_t const other = random() % json.size();
      std::size_t const count = random() % 12;
      switch (random() % 5) {
        case 0:
          json[at] = bytes[random() % bytes.size()];
          break;
        case 1:
          json.insert(at, 1, bytes[random() % bytes.size()]);
          break;
        case 2:
          json.erase(at, count);
          break;
        case 3:
          json.insert(at, json.substr(other, count));
          break;
        default:
          json = json.substr(0, at) + json.substr(other);
      }
      if (json.empty()) json = "{";
    }
    CAPTURE(json);
    REQUIRE(compare(regular, thorough, json).agree);
  }
}

TEST_CASE("every number is read digit by digit, in both ways alike") {
  data::RegularReader regular(test::sample_program());
  data::ThoroughReader thorough;
  std::mt19937 random(5);
  char const* const inputs[] = {"phq9", "attendance", "drift", "amount"};
  int recognised = 0;
  for (int i = 0; i < 40'000; ++i) {
    std::string digits = random() % 4 == 0 ? "-" : "";
    for (std::uint64_t k = random() % 3 == 0 ? random() % 12 : 1; k > 0; --k)
      digits += static_cast<char>('0' + random() % 10);
    if (random() % 2 == 0) digits += '.';
    if (random() % 2 == 0)
      for (std::uint64_t k = random() % 3 == 0 ? random() % 11 : 2; k > 0; --k)
        digits += static_cast<char>('0' + random() % (k == 1 ? 10 : 2));
    std::string const json =
        std::string(R"({"assessment_date":"2026-05-14","answers":{")") + inputs[random() % 4] + "\":" + digits + "}}";
    CAPTURE(json);
    Outcome const outcome = compare(regular, thorough, json);
    REQUIRE(outcome.agree);
    recognised += outcome.regular ? 1 : 0;
  }
  CHECK(recognised > 2'000);
}

TEST_CASE("what is irregular is left to the thorough reader") {
  data::RegularReader regular(test::sample_program());
  for (char const* json :
       {"", " ", "{}", R"({"assessment_date":"2026-05-14","id":"a\u0062"})",
        R"({"assessment_date":"2026-05-14","phq9":6})", R"({"assessment_date":"2026-05-14","answers":{"phq9":2e1}})",
        R"({"assessment_date":"2026-05-14","answers":{"phq9":06}})",
        R"({"assessment_date":"2026-05-14","answers":{"phq9":28}})",
        R"({"assessment_date":"2026-05-14","answers":{"phq9":-1}})",
        R"({"assessment_date":"2026-05-14","answers":{"phq9":1,"phq9":1}})", "{\"assessment_date\":\n\"2026-05-14\"}",
        R"({"assessment_date":"2026-05-14","id":")"
        "\xFF"
        R"("})",
        R"({"assessment_date":"2026-05-14"}x)",
        R"({"assessment_date":"2026-05-14","current_level":"none","days_in_level":3})",
        R"({"assessment_date":"2026-05-14","answers":{"attendance":0.123456789}})"}) {
    CAPTURE(json);
    CHECK_FALSE(regular.read(Line(json).text()));
  }
}

TEST_CASE("nothing of one line reaches the next") {
  data::RegularReader regular(test::sample_program());
  REQUIRE(regular.read(Line(regular_lines[0]).text()));
  std::string const bare = R"({"assessment_date":"2026-05-13"})";
  Line const line(bare);
  REQUIRE(regular.read(line.text()));
  CHECK(data::write_assessment(regular.assessment(), regular.id()) ==
        R"({"assessment_date":"2026-05-13","answers":{}})");
}

TEST_CASE("values are found whatever they have in common") {
  std::vector<std::string> const names{
      "a", "ab", "abc", "outpatient_intensive", "outpatient_intensive_evening", "outpatient", "no", "none"};
  data::RawValues const values(names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string const text = '"' + names[i] + '"' + std::string(data::raw::reach, 'x');
    CHECK(values.find(text.data()).value == i);
    CHECK(values.find(text.data()).size == names[i].size() + 2);
  }
  for (char const* other : {"\"\"", "\"abcd\"", "\"outpatient_intensiv\"", "\"Abc\"", "abc", "\"none", "\"no\0\""}) {
    std::string const text = other + std::string(data::raw::reach, '\0');
    CHECK(values.find(text.data()).size == 0);
  }
}

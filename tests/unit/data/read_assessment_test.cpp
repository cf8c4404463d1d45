#include "data/read_assessment.hpp"

#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "data/write_assessment.hpp"
#include "unit/data/sample_program.hpp"

using namespace carestep;

namespace {

Result<ReadAssessment, RefusedAssessment> read(std::string_view json) {
  return data::read_assessment(test::sample_program(), json);
}

/// `CODE path` of each refusal, joined by `; `; the assessment as it is written again, where it was read.
std::string outcome(std::string_view json) {
  auto const result = read(json);
  if (result) return data::write_assessment(result->assessment, result->id);
  std::string text;
  for (Refusal const& refusal : result.error().refusals) {
    if (!text.empty()) text += "; ";
    text += refusal.code;
    if (!refusal.path.empty()) text += ' ' + refusal.path;
  }
  return text;
}

std::string message(std::string_view json) {
  auto const result = read(json);
  return result ? "read" : result.error().refusals.front().message;
}

std::string with_answer(std::string_view answer) {
  return R"({"assessment_date":"2026-05-14","answers":{)" + std::string(answer) + "}}";
}

struct Row {
  char const* json;
  char const* outcome;
};

constexpr std::string_view full =
    R"({"id":"a-17","assessment_date":"2026-05-14","current_level":"php","days_in_level":30,"answers":{)"
    R"("sober_housing":true,"withdrawal_risk":"none","substance":{"unknown":"refused"},)"
    R"("conditions":{"includes":["ptsd"],"excludes":["psychosis"]},"phq9":{"value":6,"on":"2026-05-01"},)"
    R"("attendance":0.95,"drift":-0.5,"amount":9007199254740993,"last_use":"never","birthday":"1990-02-28"},)"
    R"("previous":{"conditions":[],"phq9":{"value":8,"on":"2026-04-01"},"attendance":{"unknown":"unable"}},)"
    R"("unavailable":["iop","php"]})";

}  // namespace

TEST_CASE("what is read is written again") {
  // 9007199254740993 is 2^53 + 1, but beyond the range of a decimal; the largest whole number is in its place.
  std::string json(full);
  json.replace(json.find("9007199254740993"), 16, "9999999995");
  json.replace(json.find("1990-02-28"), 10, "2024-02-29");
  CHECK(outcome(json) == json);
  CHECK(outcome(R"({"assessment_date":"2026-05-14","answers":{},"previous":null})") ==
        R"({"assessment_date":"2026-05-14","answers":{},"previous":null})");
  CHECK(outcome(R"({"assessment_date":"2026-05-14","answers":{},"previous":{}})") ==
        R"({"assessment_date":"2026-05-14","answers":{},"previous":{}})");
  CHECK(outcome(" \n{ \"assessment_date\" : \"2026-05-14\" }\r\n\t ") ==
        R"({"assessment_date":"2026-05-14","answers":{}})");
  CHECK(outcome("\xEF\xBB\xBF{\"assessment_date\":\"2026-05-14\"}") ==
        R"({"assessment_date":"2026-05-14","answers":{}})");
}

TEST_CASE("the order of the keys does not matter") {
  CHECK(outcome(R"({"previous":{"birthday":"2020-01-01"},"answers":{"last_use":"2026-05-01"},)"
                R"("assessment_date":"2026-05-14","id":7})") ==
        R"({"id":7,"assessment_date":"2026-05-14","answers":{"last_use":"2026-05-01"},)"
        R"("previous":{"birthday":"2020-01-01"}})");
}

TEST_CASE("the id comes back as it came") {
  for (char const* id :
       {R"("a-17")", R"("")", R"("\u00e9\n\"x\" é")", "0", "-1.50e+3", "123456789012345678901234567890"}) {
    CAPTURE(id);
    auto const good = read(R"({"assessment_date":"2026-05-14","id": )" + std::string(id) + " }");
    REQUIRE(good);
    CHECK(good->id == id);
    auto const bad = read(R"({"assessment_date":"soon","id":)" + std::string(id) + "}");
    REQUIRE_FALSE(bad);
    CHECK(bad.error().id == id);
  }
  CHECK(read(R"({"assessment_date":"2026-05-14","id":null})")->id.empty());
}

TEST_CASE("numbers are exact") {
  Row const rows[] = {
      {R"("phq9":6)", R"("phq9":6)"},
      {R"("phq9":6.0)", R"("phq9":6)"},
      {R"("phq9":-0)", R"("phq9":0)"},
      {R"("phq9":-0.0e5)", R"("phq9":0)"},
      {R"("phq9":2e1)", R"("phq9":20)"},
      {R"("phq9":200E-1)", R"("phq9":20)"},
      {R"("attendance":0.1)", R"("attendance":0.1)"},
      {R"("attendance":1e-2)", R"("attendance":0.01)"},
      {R"("attendance":0.10000000000000000000000000)", R"("attendance":0.1)"},
      {R"("amount":1e10)", R"("amount":10000000000)"},
      {R"("amount":9999999995)", R"("amount":9999999995)"},
      {R"("drift":-9.5)", R"("drift":-9.5)"},
  };
  for (Row const& row : rows) {
    CAPTURE(row.json);
    CHECK(outcome(with_answer(row.json)) == with_answer(row.outcome));
  }
}

TEST_CASE("numbers that are refused") {
  Row const rows[] = {
      {R"("phq9":6.5)", "E0607 answers.phq9"},
      {R"("phq9":28)", "E0606 answers.phq9"},
      {R"("phq9":-1)", "E0606 answers.phq9"},
      {R"("phq9":1e2)", "E0606 answers.phq9"},
      {R"("phq9":1e400)", "E0606 answers.phq9"},
      {R"("phq9":1e99999999999999999999)", "E0606 answers.phq9"},
      {R"("phq9":1e-400)", "E0607 answers.phq9"},
      {R"("amount":9007199254740993)", "E0606 answers.amount"},
      {R"("amount":10000000000.000000001)", "E0607 answers.amount"},
      {R"("attendance":1e-3)", "E0607 answers.attendance"},
      {R"("attendance":0.1000000000000000055511151231257827)", "E0607 answers.attendance"},
      {R"("phq9":"6")", "E0602 answers.phq9"},
      {R"("phq9":01)", "E0601"},
      {R"("phq9":+1)", "E0601"},
      {R"("phq9":.5)", "E0601"},
      {R"("phq9":1.)", "E0601"},
      {R"("phq9":1e)", "E0601"},
      {R"("phq9":0x10)", "E0601"},
      {R"("phq9":NaN)", "E0601"},
      {R"("phq9":Infinity)", "E0601"},
      {R"("phq9":-)", "E0601"},
      {R"("phq9":1 2)", "E0601"},
      {R"("phq9":1_000)", "E0601"},
  };
  for (Row const& row : rows) {
    CAPTURE(row.json);
    CHECK(outcome(with_answer(row.json)) == row.outcome);
  }
}

TEST_CASE("answers that are refused") {
  Row const rows[] = {
      {R"("phq99":6)", "E0603 answers.phq99"},
      {R"("Patient Smith":6)", "E0603 answers"},
      {R"("current_level":"php")", "E0603 answers.current_level"},
      {R"("phq9":1,"phq9":1)", "E0604 answers.phq9"},
      {R"("phq9":1,"\u0070hq9":1)", "E0604 answers.phq9"},
      {R"("sober_housing":"yes")", "E0602 answers.sober_housing"},
      {R"("sober_housing":1)", "E0602 answers.sober_housing"},
      {R"("withdrawal_risk":"grave")", "E0608 answers.withdrawal_risk"},
      {R"("withdrawal_risk":true)", "E0602 answers.withdrawal_risk"},
      {R"("withdrawal_risk":["none"])", "E0602 answers.withdrawal_risk"},
      {R"("substance":0)", "E0602 answers.substance"},
      {R"("substance":"Opioid")", "E0608 answers.substance"},
      {R"("conditions":"ptsd")", "E0602 answers.conditions"},
      {R"("conditions":["ptsd","fear"])", "E0608 answers.conditions[1]"},
      {R"("conditions":["ptsd",3])", "E0602 answers.conditions[1]"},
      {R"("conditions":["ptsd",null])", "E0602 answers.conditions[1]"},
      {R"("conditions":["ptsd","bipolar","ptsd"])", "E0613 answers.conditions[2]"},
      {R"("conditions":{"includes":["ptsd"],"excludes":["bipolar","ptsd"]})", "E0612 answers.conditions.excludes[1]"},
      {R"("conditions":{"excludes":["ptsd"],"includes":["ptsd"]})", "E0612 answers.conditions.includes[0]"},
      {R"("conditions":{"includes":["ptsd","ptsd"]})", "E0613 answers.conditions.includes[1]"},
      {R"("conditions":{"includes":["fear"]})", "E0608 answers.conditions.includes[0]"},
      {R"("conditions":{"includes":"ptsd"})", "E0602 answers.conditions.includes"},
      {R"("conditions":{"includes":[],"includes":[]})", "E0604 answers.conditions.includes"},
      {R"("conditions":{"include":["ptsd"]})", "E0603 answers.conditions.include"},
      {R"("conditions":{"includes":["ptsd"],"value":["ptsd"]})",
       "E0613 answers.conditions.value[0]; E0614 answers.conditions"},
      {R"("conditions":{"includes":["ptsd"],"on":"2026-05-01"})", "E0614 answers.conditions"},
      {R"("conditions":{"value":{}})", "E0614 answers.conditions.value"},
      {R"("conditions":{"value":{"includes":["fear"]}})", "E0608 answers.conditions.value.includes[0]"},
      {R"("conditions":{"value":{"incldes":["ptsd"]}})",
       "E0603 answers.conditions.value.incldes; E0614 answers.conditions.value"},
      {R"("conditions":{"value":null})", "E0602 answers.conditions.value"},
      {R"("birthday":"1990-02-29")", "E0609 answers.birthday"},
      {R"("birthday":"14 May 2026")", "E0609 answers.birthday"},
      {R"("birthday":"never")", "E0609 answers.birthday"},
      {R"("birthday":20260514)", "E0602 answers.birthday"},
      {R"("birthday":"2026-05-15")", "E0610 answers.birthday"},
      {R"("birthday":"1900-01-01")", "E0611 answers.birthday"},
      {R"("last_use":{"value":"2026-05-15"})", "E0610 answers.last_use.value"},
      {R"("last_use":"Never")", "E0609 answers.last_use"},
      {R"("phq9":{})", "E0614 answers.phq9"},
      {R"("phq9":{"on":"2026-05-01"})", "E0614 answers.phq9"},
      {R"("phq9":{"value":6,"unknown":"refused"})", "E0614 answers.phq9"},
      {R"("phq9":{"unknown":"refused","on":"2026-05-01"})", "E0614 answers.phq9"},
      {R"("phq9":{"unknown":"declined"})", "E0608 answers.phq9.unknown"},
      {R"("phq9":{"unknown":null})", "E0602 answers.phq9.unknown"},
      {R"("phq9":{"value":null})", "E0602 answers.phq9.value"},
      {R"("phq9":{"value":{"value":6}})", "E0602 answers.phq9.value"},
      {R"("phq9":{"value":28})", "E0606 answers.phq9.value"},
      {R"("phq9":{"value":6,"value":6})", "E0604 answers.phq9.value"},
      {R"("phq9":{"value":6,"on":"2026-05-15"})", "E0610 answers.phq9.on"},
      {R"("phq9":{"value":6,"on":"2026-02-30"})", "E0609 answers.phq9.on"},
      {R"("phq9":{"value":6,"on":null})", "E0602 answers.phq9.on"},
      {R"("phq9":{"valeu":6})", "E0603 answers.phq9.valeu"},
      {R"("phq9":{"includes":[6]})", "E0603 answers.phq9.includes"},
      {R"("phq9":[6])", "E0602 answers.phq9"},
  };
  for (Row const& row : rows) {
    CAPTURE(row.json);
    CHECK(outcome(with_answer(row.json)) == row.outcome);
  }
}

TEST_CASE("assessments that are refused") {
  Row const rows[] = {
      {R"({})", "E0605 assessment_date"},
      {R"({"assessment_date":null})", "E0605 assessment_date"},
      {R"({"assessment_date":"2026-13-01"})", "E0609 assessment_date"},
      {R"({"assessment_date":20260514})", "E0602 assessment_date"},
      {R"({"assessment_date":"2026-05-14","assessment_date":"2026-05-15"})", "E0604 assessment_date"},
      {R"({"assessment_date":"2026-05-14","id":true})", "E0602 id"},
      {R"({"assessment_date":"2026-05-14","id":["a"]})", "E0602 id"},
      {R"({"assessment_date":"2026-05-14","anwsers":{}})", "E0603 anwsers"},
      {R"({"assessment_date":"2026-05-14","phq9":6})", "E0603 phq9"},
      {R"({"assessment_date":"2026-05-14","answers":null})", "E0602 answers"},
      {R"({"assessment_date":"2026-05-14","answers":[]})", "E0602 answers"},
      {R"({"assessment_date":"2026-05-14","previous":false})", "E0602 previous"},
      {R"({"assessment_date":"2026-05-14","previous":{"phq9":28}})", "E0606 previous.phq9"},
      {R"({"assessment_date":"2026-05-14","previous":{"days_in_level":28}})", "E0603 previous.days_in_level"},
      {R"({"assessment_date":"2026-05-14","previous":{"phq9":{"value":3,"on":"2027-01-01"}}})",
       "E0610 previous.phq9.on"},
      {R"({"assessment_date":"2026-05-14","current_level":"detox"})", "E0608 current_level"},
      {R"({"assessment_date":"2026-05-14","current_level":{"unknown":"refused"}})", "E0602 current_level"},
      {R"({"assessment_date":"2026-05-14","days_in_level":36501})", "E0606 days_in_level"},
      {R"({"assessment_date":"2026-05-14","days_in_level":2.5})", "E0607 days_in_level"},
      {R"({"assessment_date":"2026-05-14","days_in_level":3,"current_level":"none"})", "E0615 days_in_level"},
      {R"({"assessment_date":"2026-05-14","unavailable":"php"})", "E0602 unavailable"},
      {R"({"assessment_date":"2026-05-14","unavailable":["php","none","php",1]})",
       "E0608 unavailable[1]; E0613 unavailable[2]; E0602 unavailable[3]"},
      {R"([])", "E0602"},
      {R"("text")", "E0602"},
      {R"(3)", "E0602"},
      {R"(null)", "E0602"},
  };
  for (Row const& row : rows) {
    CAPTURE(row.json);
    CHECK(outcome(row.json) == row.outcome);
  }
}

TEST_CASE("one reading tells everything that is wrong") {
  CHECK(outcome(R"({"id":"x","current_level":"detox","answers":{"phq9":28,"drift":0.3,"birthday":"1800-01-01",)"
                R"("nothing_known":1},"previous":{"phq9":"8"}})") ==
        "E0608 current_level; E0606 answers.phq9; E0607 answers.drift; E0603 answers.nothing_known; "
        "E0602 previous.phq9; E0605 assessment_date");
}

TEST_CASE("messages say what was expected") {
  CHECK(message(with_answer(R"("phq9":99)")) == "out of range: expected a whole number from 0 to 27");
  CHECK(message(with_answer(R"("attendance":0.333)")) ==
        "off its step: expected a number from 0 to 1 in steps of 0.01");
  CHECK(message(with_answer(R"("withdrawal_risk":"grave")")) ==
        "not one of its values: expected one of `none`, `mild`, `severe`");
  CHECK(message(with_answer(R"("last_use":"x")")) == "expected a day as `YYYY-MM-DD`, or `never`");
  CHECK(message(with_answer(R"("phq9":1,"phq9":2)")) == "given twice");
  CHECK(message(with_answer(R"("conditions":["ptsd","ptsd"])")) == "given twice");
  CHECK(message(with_answer(R"("phq":1)")) == "unknown key `phq`; did you mean `phq9`?");
  CHECK(message(with_answer(R"("days_in_level":1)")) == "`days_in_level` stands beside `answers`, not in it");
  CHECK(message(R"({"assessment_date":"2026-05-14","phq9":6})") == "the input `phq9` stands in `answers`");
  CHECK(message("{\n  \"assessment_date\" 3 }") == "not well-formed JSON near line 2, byte 21");
}

TEST_CASE("what is not one JSON object is refused") {
  std::string const good = with_answer(R"("phq9":6)");
  std::vector<std::string> const bad{
      "",
      " ",
      "{",
      "}",
      "{]",
      "{\"assessment_date\":\"2026-05-14\",}",
      "{\"assessment_date\" \"2026-05-14\"}",
      "{\"assessment_date\":}",
      "{\"assessment_date\":,}",
      "{,}",
      "{\"assessment_date\":\"2026-05-14\" \"answers\":{}}",
      "{'assessment_date':'2026-05-14'}",
      "{assessment_date:\"2026-05-14\"}",
      "{\"assessment_date\":\"2026-05-14\"x}",
      "{\"assessment_date\":\"2026-05-14\"}}",
      "{\"assessment_date\":\"2026-05-14\"]",
      "{\"assessment_date\":\"2026-05-14\",\"unavailable\":[\"php\",]}",
      "{\"assessment_date\":\"2026-05-14\",\"unavailable\":[,]}",
      "{\"assessment_date\":\"2026-05-14\",\"unavailable\":[\"php\"}",
      "{\"assessment_date\":\"2026-05-14\",\"unavailable\":[\"php\" \"iop\"]}",
      "{\"assessment_date\":\"2026-05-14\",\"id\":\"\\x\"}",
      "{\"assessment_date\":\"2026-05-14\",\"id\":\"\\ud800\"}",
      "{\"assessment_date\":\"2026-05-14\",\"id\":\"\xFF\"}",
      "{\"assessment_date\":\"2026-05-14\",\"id\":\"a\nb\"}",
      "{\"assessment_date\":\"2026-05-14\",\"id\":tru}",
      "{\"assessment_date\":\"2026-05-14\",\"current_level\":nul}",
      "{\"assessment_date\":\"2026-05-14\",\"current_level\":nullx}",
      "{\"assessment_date\":\"2026-05-14\"} // comment",
      "{\"assessment_date\":\"2026-05-14\":1}",
      "{\"assessment_date\":\"2026-05-14\":1}}",
      "{\"assessment_date\":\"2026-05-14\",\"days_in_level\":1:2}",
      "{\"assessment_date\":\"2026-05-14\",\"id\":\"a\"b}",
      "{\"assessment_date\":\"2026-05-14\",\"id\":\"a\"\"b\"}",
      "{\"assessment_date\":\"2026-05-14\",\"id\":\"a\\\"}",
      good + good,
      good + " {}",
      good + ",",
      good + std::string(1, '\0'),
      good + "\xEF\xBB\xBF",
      std::string(1, '\0') + good,
      "\xFE\xFF" + good,
  };
  for (std::string const& json : bad) {
    CAPTURE(json);
    CHECK(outcome(json) == "E0601");
  }
  CHECK(outcome(good) == good);
}

TEST_CASE("no part of an object passes for the whole, whatever the buffer held before") {
  std::string json(full);
  json.replace(json.find("9007199254740993"), 16, "9999999995");
  json.replace(json.find("1990-02-28"), 10, "2024-02-29");
  data::ThoroughReader reader;
  for (std::size_t size = 0; size < json.size(); ++size) {
    CAPTURE(size);
    REQUIRE(reader.read(test::sample_program(), json));
    CHECK_FALSE(reader.read(test::sample_program(), std::string_view(json).substr(0, size)));
  }
}

TEST_CASE("any byte may be anything") {
  std::string const json(full);
  data::ThoroughReader reader;
  for (std::size_t i = 0; i < json.size(); ++i) {
    for (char const other : {'\0', '"', '\\', '{', '}', '[', ']', ',', ':', '9', 'e', '\x80', '\n', ' '}) {
      std::string changed = json;
      changed[i] = other;
      auto const result = reader.read(test::sample_program(), changed);
      if (!result) CHECK_FALSE(result.error().refusals.empty());
    }
  }
}

TEST_CASE("depth is no danger") {
  std::string const deep(200'000, '[');
  std::string const closed = deep + std::string(200'000, ']');
  CHECK_FALSE(read(deep));
  CHECK_FALSE(read(closed));
  CHECK_FALSE(read(with_answer(R"("phq9":)" + deep)));
  CHECK(outcome(with_answer(R"("phq9":)" + closed)) == "E0602 answers.phq9");
  CHECK(outcome(with_answer(R"("nothing":)" + closed)) == "E0603 answers.nothing");
  std::string objects;
  for (int i = 0; i < 50'000; ++i) objects += R"({"value":)";
  CHECK_FALSE(read(with_answer(R"("conditions":)" + objects + "1" + std::string(50'000, '}'))));
}

TEST_CASE("a hostile object is not answered with more than it said") {
  std::string keys;
  for (int i = 0; i < 5'000; ++i) keys += (keys.empty() ? "\"k" : ",\"k") + std::to_string(i) + "\":1";
  auto const result = read(with_answer(keys));
  REQUIRE_FALSE(result);
  CHECK(result.error().refusals.size() == data::ThoroughReader::most_refusals);
}

TEST_CASE("no answer reaches a refusal") {
  std::string const secret = "S3cret-canary";
  std::string const text = '"' + secret + '"';
  std::vector<std::string> leaves;
  for (char const* key : {"sober_housing", "withdrawal_risk", "substance", "conditions", "phq9", "attendance",
                          "last_use", "birthday", "no_such_input"}) {
    std::string const quoted = '"' + std::string(key) + "\":";
    leaves.push_back(with_answer(quoted + text));
    leaves.push_back(with_answer(quoted + '[' + text + ']'));
    for (char const* part : {"value", "on", "unknown", "includes", "excludes", "other"}) {
      leaves.push_back(with_answer(quoted + "{\"" + part + "\":" + text + '}'));
      leaves.push_back(with_answer(quoted + "{\"" + part + "\":[" + text + "]}"));
    }
    leaves.push_back(with_answer(quoted + "{" + text + ":1}"));
  }
  for (char const* key : {"assessment_date", "current_level", "days_in_level", "answers", "previous", "unavailable"}) {
    leaves.push_back(std::string("{\"") + key + "\":" + text + '}');
    leaves.push_back(std::string("{\"") + key + "\":[" + text + "]}");
    leaves.push_back(std::string("{\"") + key + "\":{" + text + ":" + text + "}}");
  }
  leaves.push_back('{' + text + ":1}");
  leaves.push_back(text);
  leaves.push_back(with_answer(R"("phq9":)" + secret));
  for (std::string const& json : leaves) {
    CAPTURE(json);
    auto const result = read(json);
    REQUIRE_FALSE(result);
    for (Refusal const& refusal : result.error().refusals) {
      CHECK(refusal.message.find(secret) == std::string::npos);
      CHECK(refusal.path.find(secret) == std::string::npos);
    }
  }
}

#include "data/write_decision.hpp"

#include <carestep/version.hpp>

#include <doctest/doctest.h>

#include "unit/data/sample_program.hpp"

using namespace carestep;

namespace {

data::RulesetIdentity const ruleset{"riverbend", "1.2.0", "active", "00ff"};

std::string write(Decision const& decision, data::DecisionForm const& form = {}) {
  return data::write_decision(*test::sample_program()->model, ruleset, decision, form);
}

std::string origin() {
  return R"("ruleset":{"name":"riverbend","version":"1.2.0","status":"active","sha256":"00ff"},"engine":"carestep )" +
         std::string(engine_version()) + "\"}";
}

InputId id(std::string_view name) {
  return {test::sample_program()->input_by_name.at(name)};
}

Decision step_down() {
  Decision decision;
  decision.move = Move::step_down;
  decision.next = {1};
  decision.indicated = {0};
  decision.admissible = {0b111, false};
  decision.plan = std::vector<LevelId>{{1}, {0}};
  decision.marks.insert(Mark::draft);
  decision.marks.insert(Mark::conflict);
  decision.possible_next = {0b010, false};
  decision.possible_indicated = {0b001, true};
  decision.ask = {{id("phq9"), false}, {id("phq9"), true}};
  decision.active = {{0}};
  decision.open = {{1}};
  decision.suggest = {{0}};
  decision.alerts = {"say \"no\"\n"};
  decision.reassess_on = parse_date("2026-05-17");
  decision.assumed = {id("sober_housing")};
  decision.conflict = {"admit php"};
  decision.broken_guarantees = {{0}};
  decision.placement = LevelId{2};
  decision.lacking = {{1}};
  return decision;
}

}  // namespace

TEST_CASE("a decision has every key, in order") {
  CHECK(write(step_down(), {.id = "\"a-17\"", .brief = false, .explanation = {}}) ==
        R"({"id":"a-17","status":"determined","move":"step_down","next_level":"iop","indicated_level":"outpatient",)"
        R"("admissible":["outpatient","iop","php"],"plan":["iop","outpatient"],"marks":["conflict","draft"],)"
        R"("possible_next":["iop"],"possible_indicated":["none","outpatient"],"ask":["phq9","previous phq9"],)"
        R"("active":["unsafe_home"],"open":["floor.2"],"suggest":["family_therapy"],"alerts":["say \"no\"\n"],)"
        R"("open_alerts":[],"notes":[],"reassess_on":"2026-05-17","assumed":["sober_housing"],"stale":[],)"
        R"("conflict":["admit php"],"broken_guarantees":["never_alone"],"open_guarantees":[],"placement":"php",)"
        R"("lacking":["overnight"],)" +
            origin());
}

TEST_CASE("what is not there is null or none") {
  std::string const json = write({});
  CHECK(json.starts_with(R"({"status":"determined","move":"none","next_level":"none","indicated_level":"none",)"
                         R"("admissible":[],"plan":null,"marks":[])"));
  CHECK(json.find(R"("reassess_on":null)") != std::string::npos);
  CHECK(json.find(R"("placement":null)") != std::string::npos);
}

TEST_CASE("the brief form") {
  CHECK(write(step_down(), {.id = "7", .brief = true, .explanation = {}}) ==
        R"({"id":7,"status":"determined","move":"step_down","next_level":"iop","indicated_level":"outpatient",)"
        R"("possible_next":["iop"],"marks":["conflict","draft"]})");
}

TEST_CASE("a refusal has its errors only") {
  Decision decision;
  decision.status = DecisionStatus::refused;
  decision.refusals = {{"E0606", "answers.phq9", "out of range"}};
  std::string const expected =
      R"({"id":"x","status":"refused","errors":[{"code":"E0606","path":"answers.phq9","message":"out of range"}],)" +
      origin();
  CHECK(write(decision, {.id = "\"x\"", .brief = false, .explanation = {}}) == expected);
  CHECK(write(decision, {.id = "\"x\"", .brief = true, .explanation = {}}) == expected);
}

TEST_CASE("an explanation follows") {
  CHECK(write(step_down(), {.id = {}, .brief = false, .explanation = "{\"summary\":\"s\"}"})
            .ends_with(R"(","explanation":{"summary":"s"}})"));
}

TEST_CASE("whatever a record is called, the line is JSON") {
  auto const start = [](std::string_view id) {
    std::string const json = write(step_down(), {.id = id, .brief = true, .explanation = {}});
    return json.substr(0, json.find(",\"status\""));
  };
  CHECK(start("\"a\\u00e9\"") == "{\"id\":\"a\\u00e9\"");
  CHECK(start("-1.5e3") == "{\"id\":-1.5e3");
  CHECK(start("a-17") == "{\"id\":\"a-17\"");
  CHECK(start("01") == "{\"id\":\"01\"");
  CHECK(start("\"a\" , \"status\": \"determined\"") == R"({"id":"\"a\" , \"status\": \"determined\"")");
  CHECK(start("\"a\\\"") == R"({"id":"\"a\\\"")");
  CHECK(start("\"a\\u12g4\"") == R"({"id":"\"a\\u12g4\"")");
  CHECK(start("\"a\nb\"") == R"({"id":"\"a\nb\"")");
  CHECK(start("null") == "{\"id\":\"null\"");
}

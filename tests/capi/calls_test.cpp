// What the functions give, and what they say of calls that are wrong.

#include <cstring>
#include <map>
#include <vector>

#include "support.hpp"

using namespace capi_tests;

namespace {

constexpr carestep_date untold = CARESTEP_NO_DATE;

char const* const smallest = R"(
ruleset smallest "The smallest pathway"
  language 1
  version "1"
  status active
levels outpatient < residential
rule everyone then at least outpatient
)";

carestep_status load_text(char const* text, Ruleset& rules, Error& error,
                          carestep_load_options const* options = nullptr) {
  return carestep_ruleset_load_text(text, std::strlen(text), "main.care", options, &rules, &error);
}

/// The small rules, with more behind them.
void load_small_with(char const* more, Ruleset& rules, Error& error) {
  std::string const text = read("tests/capi/small.care") + more;
  REQUIRE(load_text(text.c_str(), rules, error) == CARESTEP_OK);
}

/// Counts what is out, and refuses when told to.
struct Counted {
  long out = 0;
  long blocks = 0;
  static void* allocate(void* user, std::size_t size) {
    auto& self = *static_cast<Counted*>(user);
    self.out += static_cast<long>(size);
    ++self.blocks;
    return std::malloc(size);
  }
  static void release(void* user, void* memory, std::size_t size) {
    static_cast<Counted*>(user)->out -= static_cast<long>(size);
    std::free(memory);
  }
};

}  // namespace

TEST_CASE("the version of the interface is that of the header") {
  std::int32_t major = 0;
  std::int32_t minor = -1;
  carestep_abi_version(&major, &minor);
  CHECK(major == CARESTEP_ABI_MAJOR);
  CHECK(minor == CARESTEP_ABI_MINOR);
  carestep_abi_version(nullptr, nullptr);
  CHECK(std::strlen(carestep_engine_version()) >= 5);
}

TEST_CASE("answers set by calls and answers read from JSON decide alike, in every word") {
  Ruleset rules;
  load(rules);
  Error error;
  std::string const json = read("examples/assessments/riverbend.json");
  Assessment from_json;
  REQUIRE(carestep_assessment_from_json(rules, json.data(), json.size(), &from_json, &error) == CARESTEP_OK);

  Assessment by_calls;
  REQUIRE(carestep_assessment_new(rules, day(2026, 5, 14), &by_calls, &error) == CARESTEP_OK);
  char const* const ptsd[] = {"ptsd"};
  char const* const others[] = {"bipolar", "psychosis"};
  auto const set = [&](carestep_status status) {
    INFO(carestep_error_message(error));
    CHECK(status == CARESTEP_OK);
  };
  set(carestep_assessment_set_id(by_calls, "\"a-17\"", &error));
  set(carestep_assessment_set_value(by_calls, CARESTEP_INPUT_CURRENT_LEVEL, "residential", untold, &error));
  set(carestep_assessment_set_number(by_calls, CARESTEP_INPUT_DAYS_IN_LEVEL, 30, 0, untold, &error));
  set(carestep_assessment_set_number(by_calls, input(rules, "age"), 34, 0, untold, &error));
  set(carestep_assessment_set_value(by_calls, input(rules, "withdrawal_risk"), "none", untold, &error));
  set(carestep_assessment_set_number_text(by_calls, input(rules, "phq9"), "6.0", untold, &error));
  set(carestep_assessment_set_number(by_calls, input(rules, "attendance"), 950, 3, untold, &error));
  set(carestep_assessment_set_partly(by_calls, input(rules, "conditions"), ptsd, 1, others, 2, untold, &error));
  set(carestep_assessment_set_date(by_calls, input(rules, "last_use"), day(2026, 3, 30), untold, &error));
  set(carestep_assessment_set_yes_no(by_calls, input(rules, "sober_housing"), 1, untold, &error));
  set(carestep_assessment_set_value(by_calls, input(rules, "home_environment"), "supportive", day(2026, 5, 1), &error));
  set(carestep_assessment_set_unknown(by_calls, input(rules, "relapse_risk"), CARESTEP_UNKNOWN_REFUSED, &error));
  set(carestep_assessment_set_number(by_calls, CARESTEP_PREVIOUS | input(rules, "phq9"), 8, 0, untold, &error));
  set(carestep_assessment_set_unavailable(by_calls, number_of(rules, CARESTEP_KIND_LEVEL, "php"), &error));

  Text one;
  Text other;
  REQUIRE(carestep_assessment_json(from_json, &one, nullptr, &error) == CARESTEP_OK);
  REQUIRE(carestep_assessment_json(by_calls, &other, nullptr, &error) == CARESTEP_OK);
  CHECK(std::string(one) == std::string(other));
  CHECK(std::string(carestep_assessment_id(by_calls)) == "\"a-17\"");

  Decision decision;
  REQUIRE(carestep_decision_new(rules, &decision, &error) == CARESTEP_OK);
  REQUIRE(carestep_decide(rules, by_calls, nullptr, decision, &error) == CARESTEP_OK);
  std::size_t size = 0;
  REQUIRE(carestep_decision_json(decision, 0, &one, &size, &error) == CARESTEP_OK);
  CHECK(std::strlen(one) == size);
  REQUIRE(carestep_decide_json(rules, json.data(), json.size(), nullptr, &other, nullptr, &error) == CARESTEP_OK);
  CHECK(std::string(one) == std::string(other));
}

TEST_CASE("a decision's fields say what its JSON says") {
  Ruleset rules;
  load(rules);
  Error error;
  std::string const json = read("examples/assessments/riverbend.json");
  Assessment person;
  REQUIRE(carestep_assessment_from_json(rules, json.data(), json.size(), &person, &error) == CARESTEP_OK);
  Decision decision;
  REQUIRE(carestep_decision_new(rules, &decision, &error) == CARESTEP_OK);
  REQUIRE(carestep_decide(rules, person, nullptr, decision, &error) == CARESTEP_OK);
  Text text;
  REQUIRE(carestep_decision_json(decision, 0, &text, nullptr, &error) == CARESTEP_OK);
  std::string const written = text.it;

  auto outcome = sized<carestep_outcome>();
  REQUIRE(carestep_decision_get(decision, &outcome) == CARESTEP_OK);
  auto const level_name = [&](std::int32_t level) {
    auto declared = sized<carestep_declaration>();
    REQUIRE(carestep_ruleset_get(rules, CARESTEP_KIND_LEVEL, level, &declared) == CARESTEP_OK);
    return std::string(declared.name);
  };
  auto const has = [&](std::string const& part) {
    INFO(written, " has ", part);
    CHECK(written.find(part) != std::string::npos);
  };
  has("\"status\":\"" + std::string(carestep_decision_status_name(outcome.status)) + "\"");
  has("\"move\":\"" + std::string(carestep_move_name(outcome.move)) + "\"");
  has("\"next_level\":\"" + level_name(outcome.next) + "\"");
  has("\"indicated_level\":\"" + level_name(outcome.indicated) + "\"");
  char const* const lists[] = {"plan",
                               "ask",
                               "active",
                               "open",
                               "suggest",
                               "assumed",
                               "stale",
                               "broken_guarantees",
                               "open_guarantees",
                               "lacking",
                               "alerts",
                               "open_alerts",
                               "notes",
                               "conflict"};
  for (std::int32_t list = CARESTEP_LIST_PLAN; list <= CARESTEP_LIST_CONFLICT; ++list) {
    std::string items;
    for (std::size_t i = 0; i < carestep_decision_count(decision, list); ++i) {
      std::int32_t number = 0;
      bool const previous = list == CARESTEP_LIST_ASK &&
                            carestep_decision_item(decision, list, i, &number) == CARESTEP_OK &&
                            (number & CARESTEP_PREVIOUS) != 0;
      items += std::string(i == 0 ? "" : ",") + "\"" + (previous ? "previous " : "") +
               carestep_decision_text(decision, list, i) + "\"";
    }
    has("\"" + std::string(lists[list]) + "\":[" + items + "]");
  }
}

TEST_CASE("every text of a ruleset ends with a zero byte") {
  // The interface hands out the library's own texts: this holds them to it.
  for (char const* path : {"examples/riverbend.care", "rules/massachusetts-sud/rules.care"}) {
    Ruleset rules;
    load(rules, path);
    std::size_t read = 0;
    for (std::int32_t kind = CARESTEP_KIND_LEVEL; kind <= CARESTEP_KIND_GUARANTEE; ++kind)
      for (std::size_t i = 0; i < carestep_ruleset_count(rules, kind); ++i) {
        auto one = sized<carestep_declaration>();
        REQUIRE(carestep_ruleset_get(rules, kind, static_cast<std::int32_t>(i), &one) == CARESTEP_OK);
        CHECK(number_of(rules, kind, one.name) == static_cast<std::int32_t>(i));
        for (char const* text : {one.label, one.because, one.question, one.help, one.unit}) read += std::strlen(text);
        for (std::size_t value = 0; value < one.value_count; ++value)
          CHECK(std::strlen(carestep_ruleset_value(rules, static_cast<std::int32_t>(i), value)) > 0);
      }
    CHECK(read > 1000);
  }
}

TEST_CASE("mistakes in the rules come as diagnostics") {
  Ruleset rules;
  Error error;
  std::string const wrong = std::string(smallest) + "rule broken when agee >= 3 then at least residential\n";
  REQUIRE(load_text(wrong.c_str(), rules, error) == CARESTEP_ERR_DIAGNOSTICS);
  CHECK(rules.it == nullptr);
  CHECK(carestep_error_status(error) == CARESTEP_ERR_DIAGNOSTICS);
  carestep_diagnostics const* const list = carestep_error_diagnostics(error);
  REQUIRE(carestep_diagnostics_count(list) == 1);
  auto one = sized<carestep_diagnostic>();
  REQUIRE(carestep_diagnostics_get(list, 0, &one) == CARESTEP_OK);
  CHECK(std::string(one.code) == "E0203");
  CHECK(one.severity == CARESTEP_SEVERITY_ERROR);
  CHECK(std::string(one.file) == "main.care");
  CHECK(one.line == 8);
  CHECK(one.column == 18);
  CHECK(std::string(one.source_line).starts_with("rule broken"));
  CHECK(carestep_diagnostics_get(list, 1, &one) == CARESTEP_ERR_ARGUMENT);
  for (std::int32_t const format : {CARESTEP_FORMAT_TEXT, CARESTEP_FORMAT_JSON, CARESTEP_FORMAT_SARIF}) {
    Text text;
    Error failure;
    REQUIRE(carestep_diagnostics_render(list, format, &text, nullptr, &failure) == CARESTEP_OK);
    CHECK(std::string(text).find("E0203") != std::string::npos);
  }
  Text page;
  CHECK(carestep_diagnostic_page("E0203", &page, nullptr, nullptr) == CARESTEP_OK);
  CHECK(carestep_diagnostic_page("E9999", &page, nullptr, nullptr) == CARESTEP_ERR_NOT_FOUND);
}

TEST_CASE("a file that cannot be read is no mistake in the rules") {
  Ruleset rules;
  Error error;
  CHECK(carestep_ruleset_load("/nowhere/at/all.care", &rules, &error) == CARESTEP_ERR_IO);
  CHECK(carestep_diagnostics_count(carestep_error_diagnostics(error)) == 1);
  CHECK(carestep_ruleset_load("/nowhere/at/all.care", &rules, nullptr) == CARESTEP_ERR_IO);
}

TEST_CASE("a loader gives the files of `use`, and its failures get through") {
  std::string const main = "use \"more.care\"\n" + std::string(smallest);
  struct Files {
    std::string asked;
    carestep_status answer = CARESTEP_OK;
    static carestep_status load(void* user, char const* path, char const** text, std::size_t* size) {
      auto& self = *static_cast<Files*>(user);
      self.asked = path;
      *text = "input age number 0 to 120\n";
      *size = std::strlen(*text);
      return self.answer;
    }
  } files;
  auto options = sized<carestep_load_options>();
  options.loader = Files::load;
  options.loader_user = &files;
  Ruleset rules;
  Error error;
  std::string const in_order = std::string(smallest).insert(1, "");
  std::string text = smallest;
  text.insert(text.find("levels"), "use \"more.care\"\n");
  CHECK(load_text(text.c_str(), rules, error, &options) == CARESTEP_OK);
  INFO(carestep_error_message(error));
  CHECK(files.asked == "more.care");
  CHECK(input(rules, "age") == 2);
  for (carestep_status const failed : {CARESTEP_ERR_IO, CARESTEP_ERR_CANCELLED, CARESTEP_ERR_NO_MEMORY}) {
    files.answer = failed;
    CHECK(load_text(text.c_str(), rules, error, &options) == failed);
  }
  files.answer = CARESTEP_ERR_NOT_FOUND;
  CHECK(load_text(text.c_str(), rules, error, &options) == CARESTEP_ERR_DIAGNOSTICS);
  CHECK(load_text(text.c_str(), rules, error) == CARESTEP_ERR_DIAGNOSTICS);
}

TEST_CASE("what is refused says why, and changes nothing") {
  Ruleset rules;
  load(rules);
  Assessment person;
  REQUIRE(carestep_assessment_new(rules, day(2026, 5, 14), &person, nullptr) == CARESTEP_OK);
  auto const refused = [&](carestep_status status, Error& error, char const* code, char const* path) {
    CHECK(status == CARESTEP_ERR_REFUSED);
    auto refusal = sized<carestep_refusal>();
    REQUIRE(carestep_error_refusal_count(error) == 1);
    REQUIRE(carestep_error_refusal(error, 0, &refusal) == CARESTEP_OK);
    CHECK(std::string(refusal.code) == code);
    CHECK(std::string(refusal.path) == path);
    CHECK(std::string(carestep_error_message(error)).find(refusal.message) != std::string::npos);
  };
  Error error;
  std::int32_t const phq9 = input(rules, "phq9");
  refused(carestep_assessment_set_number(person, phq9, 99, 0, untold, &error), error, "E0606", "answers.phq9");
  refused(carestep_assessment_set_number(person, phq9, 65, 1, untold, &error), error, "E0607", "answers.phq9");
  refused(carestep_assessment_set_number(person, phq9, 1, 18, untold, &error), error, "E0607", "answers.phq9");
  refused(carestep_assessment_set_number(person, phq9, INT64_MAX, 0, untold, &error), error, "E0606", "answers.phq9");
  refused(carestep_assessment_set_number(person, phq9, INT64_MIN, 2, untold, &error), error, "E0606", "answers.phq9");
  refused(carestep_assessment_set_number_text(person, phq9, "six", untold, &error), error, "E0602", "answers.phq9");
  refused(carestep_assessment_set_yes_no(person, phq9, 1, untold, &error), error, "E0602", "answers.phq9");
  refused(carestep_assessment_set_value(person, input(rules, "relapse_risk"), "hgih", untold, &error), error, "E0608",
          "answers.relapse_risk");
  refused(carestep_assessment_set_never(person, phq9, untold, &error), error, "E0602", "answers.phq9");
  refused(carestep_assessment_set_id(person, "1,\"answers\":{}", &error), error, "E0602", "id");
  CHECK(carestep_assessment_known(person, phq9) == 0);

  Assessment other;
  std::string const json = R"({"assessment_date":"2026-05-14","answers":{"phq9":99,"age":-1}})";
  CHECK(carestep_assessment_from_json(rules, json.data(), json.size(), &other, &error) == CARESTEP_ERR_REFUSED);
  CHECK(carestep_error_refusal_count(error) == 2);
  CHECK(std::string(carestep_error_message(error)).find("99") == std::string::npos);
  Text text;
  CHECK(carestep_decide_json(rules, json.data(), json.size(), nullptr, &text, nullptr, &error) == CARESTEP_OK);
  CHECK(std::string(text).find("\"status\":\"refused\"") != std::string::npos);
}

TEST_CASE("an assessment of another ruleset gives a refused decision") {
  Ruleset rules;
  Ruleset others;
  load(rules);
  load(others);
  Assessment person;
  REQUIRE(carestep_assessment_new(others, day(2026, 5, 14), &person, nullptr) == CARESTEP_OK);
  Decision decision;
  REQUIRE(carestep_decision_new(rules, &decision, nullptr) == CARESTEP_OK);
  REQUIRE(carestep_decide(rules, person, nullptr, decision, nullptr) == CARESTEP_OK);
  auto outcome = sized<carestep_outcome>();
  REQUIRE(carestep_decision_get(decision, &outcome) == CARESTEP_OK);
  CHECK(outcome.status == CARESTEP_REFUSED);
  auto refusal = sized<carestep_refusal>();
  REQUIRE(carestep_decision_refusal(decision, 0, &refusal) == CARESTEP_OK);
  CHECK(std::string(refusal.code) == "E0618");
  CHECK(carestep_decision_refusal(decision, 1, &refusal) == CARESTEP_ERR_ARGUMENT);
}

TEST_CASE("handles outlive the ruleset that they were made from") {
  Assessment person;
  Decision decision;
  {
    Ruleset rules;
    load(rules);
    REQUIRE(carestep_assessment_new(rules, day(2026, 5, 14), &person, nullptr) == CARESTEP_OK);
    REQUIRE(carestep_decision_new(rules, &decision, nullptr) == CARESTEP_OK);
    REQUIRE(carestep_decide(rules, person, nullptr, decision, nullptr) == CARESTEP_OK);
  }
  CHECK(carestep_decision_count(decision, CARESTEP_LIST_ASK) > 0);
  CHECK(std::strlen(carestep_decision_text(decision, CARESTEP_LIST_ASK, 0)) > 0);
  CHECK(carestep_assessment_set_number(person, 2, 34, 0, untold, nullptr) == CARESTEP_OK);
}

TEST_CASE("documents") {
  Ruleset rules;
  load(rules);
  Error error;
  std::string const json = read("examples/assessments/riverbend.json");
  Assessment person;
  REQUIRE(carestep_assessment_from_json(rules, json.data(), json.size(), &person, &error) == CARESTEP_OK);
  Explanation explanation;
  REQUIRE(carestep_explain(rules, person, nullptr, &explanation, &error) == CARESTEP_OK);
  CHECK(std::strlen(carestep_explanation_summary(explanation)) > 20);
  CHECK(std::strlen(carestep_explanation_certainty(explanation)) > 5);
  CHECK(carestep_decision_count(carestep_explanation_decision(explanation), CARESTEP_LIST_ASK) == 1);
  std::map<std::int32_t, char const*> const begins{{CARESTEP_FORMAT_TEXT, ""},
                                                   {CARESTEP_FORMAT_JSON, "{"},
                                                   {CARESTEP_FORMAT_MARKDOWN, "#"},
                                                   {CARESTEP_FORMAT_HTML, "<!"}};
  Text text;
  for (auto const& [format, start] : begins) {
    CHECK(carestep_explanation_render(explanation, format, &text, nullptr, &error) == CARESTEP_OK);
    CHECK(std::string(text).starts_with(start));
    CHECK(carestep_ruleset_describe(rules, format, &text, nullptr, &error) == CARESTEP_OK);
    CHECK(std::string(text).starts_with(start));
  }
  CHECK(carestep_explanation_render(explanation, CARESTEP_FORMAT_JSON, &text, nullptr, &error) == CARESTEP_OK);
  CHECK(std::string(text).find("\"explanation\":{") != std::string::npos);
  for (std::int32_t const format : {CARESTEP_FORMAT_DOT, CARESTEP_FORMAT_MERMAID, CARESTEP_FORMAT_SVG}) {
    CHECK(carestep_ruleset_graph(rules, format, nullptr, nullptr, &text, nullptr, &error) == CARESTEP_OK);
    std::string const plain = text.it;
    CHECK(carestep_ruleset_graph(rules, format, person, nullptr, &text, nullptr, &error) == CARESTEP_OK);
    CHECK(plain != std::string(text));
  }
  CHECK(carestep_ruleset_graph(rules, CARESTEP_FORMAT_TEXT, nullptr, nullptr, &text, nullptr, &error) ==
        CARESTEP_ERR_ARGUMENT);
  std::int32_t passed = 0;
  CHECK(carestep_ruleset_test(rules, CARESTEP_FORMAT_TEXT, &passed, &text, nullptr, &error) == CARESTEP_OK);
  CHECK(passed == 1);
  CHECK(carestep_format_rules("levels a<b", 10, nullptr, &text, nullptr, &error) != CARESTEP_ERR_INTERNAL);
}

TEST_CASE("an explanation part by part says what its document says") {
  Ruleset rules;
  load(rules);
  Error error;
  std::string const json = read("examples/assessments/riverbend.json");
  Assessment person;
  REQUIRE(carestep_assessment_from_json(rules, json.data(), json.size(), &person, &error) == CARESTEP_OK);
  Explanation why;
  REQUIRE(carestep_explain(rules, person, nullptr, &why, &error) == CARESTEP_OK);
  Text text;
  REQUIRE(carestep_explanation_render(why, CARESTEP_FORMAT_JSON, &text, nullptr, &error) == CARESTEP_OK);
  std::string const document = text.it;
  auto const told = [&](char const* part) { return *part != '\0' && document.find(part) != std::string::npos; };

  REQUIRE(carestep_explanation_rule_count(why, CARESTEP_SHOWN_ACTIVE) ==
          carestep_decision_count(carestep_explanation_decision(why), CARESTEP_LIST_ACTIVE));
  auto rule = sized<carestep_shown_rule>();
  for (std::int32_t const shown :
       {CARESTEP_SHOWN_ACTIVE, CARESTEP_SHOWN_OPEN, CARESTEP_SHOWN_CRITERIA, CARESTEP_SHOWN_MOVES}) {
    CAPTURE(shown);
    std::size_t const count = carestep_explanation_rule_count(why, shown);
    for (std::size_t i = 0; i < count; ++i) {
      REQUIRE(carestep_explanation_rule(why, shown, i, &rule) == CARESTEP_OK);
      CHECK(told(rule.name));
      CHECK(rule.line > 0);
      if (shown == CARESTEP_SHOWN_ACTIVE) CHECK(rule.state == CARESTEP_TRUTH_YES);
      if (shown == CARESTEP_SHOWN_OPEN) CHECK(rule.state == CARESTEP_TRUTH_OPEN);
      for (std::uint32_t action = 0; action < rule.action_count; ++action)
        CHECK(told(carestep_explanation_action(why, shown, i, action)));
      CHECK(*carestep_explanation_action(why, shown, i, rule.action_count) == '\0');
    }
    CHECK(carestep_explanation_rule(why, shown, count, &rule) == CARESTEP_ERR_ARGUMENT);
  }

  REQUIRE(carestep_explanation_excluded_count(why) == 1);
  CHECK(std::string(carestep_explanation_excluded_level(why, 0)) == "outpatient");
  CHECK(carestep_explanation_reason_count(why, 0, CARESTEP_EXCLUDED_BY_RULE) == 0);
  REQUIRE(carestep_explanation_reason_count(why, 0, CARESTEP_PERHAPS_BY_RULE) == 1);
  CHECK(std::string(carestep_explanation_reason(why, 0, CARESTEP_PERHAPS_BY_RULE, 0)) == "instability_floor.2");
  REQUIRE(carestep_explanation_question_count(why) == 1);
  CHECK(std::string(carestep_explanation_question(why, 0)) == "Relapse risk (relapse_risk)");
}

TEST_CASE("an explanation has nothing where there is nothing") {
  Ruleset rules;
  load(rules);
  Assessment person;
  Explanation why;
  REQUIRE(carestep_assessment_new(rules, day(2026, 5, 14), &person, nullptr) == CARESTEP_OK);
  REQUIRE(carestep_explain(rules, person, nullptr, &why, nullptr) == CARESTEP_OK);
  auto rule = sized<carestep_shown_rule>();
  CHECK(carestep_explanation_rule_count(why, 4) == 0);
  CHECK(carestep_explanation_rule_count(nullptr, CARESTEP_SHOWN_ACTIVE) == 0);
  CHECK(carestep_explanation_rule(why, -1, 0, &rule) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_explanation_rule(why, CARESTEP_SHOWN_MOVES, 0, nullptr) == CARESTEP_ERR_ARGUMENT);
  CHECK(*carestep_explanation_action(nullptr, CARESTEP_SHOWN_ACTIVE, 0, 0) == '\0');
  CHECK(carestep_explanation_excluded_count(nullptr) == 0);
  CHECK(*carestep_explanation_excluded_level(why, 1000) == '\0');
  CHECK(carestep_explanation_reason_count(why, 1000, CARESTEP_EXCLUDED_BY_RULE) == 0);
  CHECK(*carestep_explanation_reason(why, 0, 7, 0) == '\0');
  CHECK(*carestep_explanation_question(why, carestep_explanation_question_count(why)) == '\0');
  CHECK(carestep_explanation_question_count(nullptr) == 0);
  CHECK(*carestep_explanation_question(nullptr, 0) == '\0');
}

TEST_CASE("questions about every possible person") {
  Ruleset older;
  Ruleset newer;
  Error error;
  load(older, "tests/capi/small.care");
  std::string text = read("tests/capi/small.care");
  text.replace(text.find("points >= 5"), 11, "points >= 6");
  REQUIRE(load_text(text.c_str(), newer, error) == CARESTEP_OK);
  Text report;
  std::int32_t verdict = -1;
  CHECK(carestep_diff(older, older, nullptr, CARESTEP_FORMAT_TEXT, &verdict, &report, nullptr, &error) == CARESTEP_OK);
  CHECK(verdict == CARESTEP_DIFF_SAME);
  CHECK(carestep_diff(older, newer, nullptr, CARESTEP_FORMAT_JSON, &verdict, &report, nullptr, &error) == CARESTEP_OK);
  CHECK(verdict == CARESTEP_DIFF_DIFFERENT);
  CHECK(std::string(report).starts_with("{"));
  auto options = sized<carestep_analysis_options>();
  options.budget = 1;
  CHECK(carestep_diff(older, newer, &options, CARESTEP_FORMAT_TEXT, &verdict, &report, nullptr, &error) == CARESTEP_OK);
  CHECK(verdict == CARESTEP_DIFF_GAVE_UP);
  CHECK(carestep_diff(older, newer, &options, CARESTEP_FORMAT_SVG, &verdict, &report, nullptr, &error) ==
        CARESTEP_ERR_ARGUMENT);

  CHECK(carestep_ruleset_cases(older, nullptr, CARESTEP_FORMAT_JSON, &report, nullptr, &error) == CARESTEP_OK);
  std::string const cases = report.it;
  std::string const first = cases.substr(0, cases.find('\n'));
  Assessment person;
  CHECK(carestep_assessment_from_json(older, first.data(), first.size(), &person, &error) == CARESTEP_OK);
  CHECK(carestep_ruleset_cases(older, nullptr, CARESTEP_FORMAT_TEXT, &report, nullptr, &error) == CARESTEP_OK);
}

TEST_CASE("what the rules promise is proved or refuted") {
  Ruleset rules;
  Error error;
  load_small_with(
      "\nguarantee kept\n  whenever risk is high and not housing\n  then at least residential\n"
      "guarantee broken\n  whenever points >= 3\n  then at least residential\n",
      rules, error);
  Text report;
  auto tally = sized<carestep_proof_tally>();
  auto options = sized<carestep_prove_options>();
  options.checks = CARESTEP_CHECK_GUARANTEE;
  REQUIRE(carestep_prove(rules, &options, CARESTEP_FORMAT_JSON, &tally, &report, nullptr, &error) == CARESTEP_OK);
  CHECK(tally.proved == 1);
  CHECK(tally.refuted == 1);
  CHECK(tally.waived == 0);
  CHECK(tally.gave_up == 0);
  CHECK(std::string(report).starts_with("{"));
  CHECK(std::string(report).find("\"broken\"") != std::string::npos);
  REQUIRE(carestep_prove(rules, &options, CARESTEP_FORMAT_SARIF, nullptr, &report, nullptr, &error) == CARESTEP_OK);
  CHECK(std::string(report).find("E0701") != std::string::npos);
  REQUIRE(carestep_prove(rules, nullptr, CARESTEP_FORMAT_TEXT, &tally, &report, nullptr, &error) == CARESTEP_OK);
  CHECK(tally.proved > 1);  // every check now
  CHECK(tally.refuted >= 1);
}

TEST_CASE("a waived refutation is counted apart") {
  Ruleset rules;
  Error error;
  load_small_with(
      "\nguarantee broken\n  whenever points >= 3\n  then at least residential\n"
      "waive guarantee of broken because \"known\"\n",
      rules, error);
  Text report;
  auto tally = sized<carestep_proof_tally>();
  auto options = sized<carestep_prove_options>();
  options.checks = CARESTEP_CHECK_GUARANTEE;
  REQUIRE(carestep_prove(rules, &options, CARESTEP_FORMAT_TEXT, &tally, &report, nullptr, &error) == CARESTEP_OK);
  CHECK(tally.waived == 1);
  CHECK(tally.refuted == 0);
}

TEST_CASE("a proof that may not go on gives up, and a wrong call gives nothing") {
  Ruleset rules;
  Error error;
  load(rules, "tests/capi/small.care");
  Text report;
  auto tally = sized<carestep_proof_tally>();
  auto options = sized<carestep_prove_options>();
  options.budget = 1;
  CHECK(carestep_prove(rules, &options, CARESTEP_FORMAT_TEXT, &tally, &report, nullptr, &error) == CARESTEP_OK);
  CHECK(tally.gave_up > 0);
  CHECK(tally.refuted == 0);
  options.budget = 0;
  int asked = 0;
  options.stop_user = &asked;
  options.stop = [](void* user) -> std::int32_t { return ++*static_cast<int*>(user); };
  CHECK(carestep_prove(rules, &options, CARESTEP_FORMAT_TEXT, &tally, &report, nullptr, &error) == CARESTEP_OK);
  CHECK(asked > 0);
  CHECK(tally.gave_up > 0);
  CHECK(tally.refuted == 0);

  auto const argument = [&](carestep_prove_options const* how, std::int32_t format, carestep_proof_tally* into) {
    char* text = nullptr;
    carestep_status const status = carestep_prove(rules, how, format, into, &text, nullptr, &error);
    return status == CARESTEP_ERR_ARGUMENT && text == nullptr && carestep_error_status(error) == status;
  };
  options.stop = nullptr;
  CHECK(argument(&options, CARESTEP_FORMAT_SVG, &tally));
  carestep_proof_tally no_size = {};
  CHECK(argument(&options, CARESTEP_FORMAT_TEXT, &no_size));
  options.checks = 2U * CARESTEP_CHECK_STRANDED;
  CHECK(argument(&options, CARESTEP_FORMAT_TEXT, &tally));
  CHECK(carestep_prove(nullptr, nullptr, CARESTEP_FORMAT_TEXT, &tally, &report, nullptr, &error) ==
        CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_prove(rules, nullptr, CARESTEP_FORMAT_TEXT, &tally, nullptr, nullptr, &error) ==
        CARESTEP_ERR_ARGUMENT);
}

TEST_CASE("a caller who wants to stop is heard") {
  Ruleset rules;
  load(rules);
  Assessment person;
  Decision decision;
  REQUIRE(carestep_assessment_new(rules, day(2026, 5, 14), &person, nullptr) == CARESTEP_OK);
  REQUIRE(carestep_decision_new(rules, &decision, nullptr) == CARESTEP_OK);
  auto options = sized<carestep_decide_options>();
  int left = 0;
  options.stop_user = &left;
  options.stop = [](void* user) -> std::int32_t { return --*static_cast<int*>(user) < 0; };
  Error error;
  CHECK(carestep_decide(rules, person, &options, decision, &error) == CARESTEP_ERR_CANCELLED);
  left = 1;
  CHECK(carestep_decide(rules, person, &options, decision, &error) == CARESTEP_OK);

  Batch batch;
  std::size_t const size = 200'000;
  // Out of force, nobody is decided, which is quick.
  REQUIRE(carestep_batch_new(rules, size, day(2031, 5, 14), &batch, &error) == CARESTEP_OK);
  std::vector<std::uint8_t> status(size, 9);
  auto into = sized<carestep_batch_decisions>();
  into.status = status.data();
  auto batch_options = sized<carestep_batch_options>();
  batch_options.stop = options.stop;
  batch_options.stop_user = &left;
  left = 2;
  auto tally = sized<carestep_batch_tally>();
  CHECK(carestep_batch_decide(batch, &batch_options, &into, &tally, &error) == CARESTEP_ERR_CANCELLED);
  CHECK(tally.records == 131'072);
  CHECK(status[131'071] == CARESTEP_REFUSED);
  CHECK(status[131'072] == 9);
}

TEST_CASE("a batch decides each record as it is decided alone") {
  Ruleset rules;
  load(rules);
  Error error;
  std::vector<std::uint8_t> const level{0, 1, 4, 5, 3};
  std::vector<std::uint8_t> const phq9{3, 12, 27, 28, 20};
  std::uint8_t const known = 0b11101;
  Batch batch;
  REQUIRE(carestep_batch_new(rules, level.size(), day(2026, 5, 14), &batch, &error) == CARESTEP_OK);
  auto column = sized<carestep_column>();
  column.kind = CARESTEP_COLUMN_VALUES;
  column.type = CARESTEP_U8;
  column.data = level.data();
  column.size = level.size();
  REQUIRE(carestep_batch_set(batch, CARESTEP_INPUT_CURRENT_LEVEL, &column, &error) == CARESTEP_OK);
  column.kind = CARESTEP_COLUMN_NUMBERS;
  column.data = phq9.data();
  column.known = &known;
  REQUIRE(carestep_batch_set(batch, input(rules, "phq9"), &column, &error) == CARESTEP_OK);
  CHECK(carestep_batch_set(batch, input(rules, "sober_housing"), &column, &error) == CARESTEP_ERR_REFUSED);
  REQUIRE(carestep_batch_no_previous(batch) == CARESTEP_OK);

  Builder builder;
  REQUIRE(carestep_batch_builder_new(rules, &builder, &error) == CARESTEP_OK);
  std::vector<std::int8_t> next(level.size());
  std::vector<std::uint8_t> status(level.size());
  auto into = sized<carestep_batch_decisions>();
  into.next = next.data();
  into.status = status.data();
  REQUIRE(carestep_batch_decide(batch, nullptr, &into, nullptr, &error) == CARESTEP_OK);
  Decision decision;
  REQUIRE(carestep_decision_new(rules, &decision, &error) == CARESTEP_OK);
  for (std::size_t i = 0; i < level.size(); ++i) {
    Assessment person;
    REQUIRE(carestep_assessment_new(rules, day(2026, 5, 14), &person, &error) == CARESTEP_OK);
    char const* const name = carestep_ruleset_value(rules, CARESTEP_INPUT_CURRENT_LEVEL, level[i]);
    REQUIRE(carestep_assessment_set_value(person, CARESTEP_INPUT_CURRENT_LEVEL, name, untold, &error) == CARESTEP_OK);
    if (phq9[i] == 28) {
      CHECK(status[i] == CARESTEP_REFUSED);
      continue;
    }
    if ((known >> i & 1) != 0)
      REQUIRE(carestep_assessment_set_number(person, input(rules, "phq9"), phq9[i], 0, untold, &error) == CARESTEP_OK);
    REQUIRE(carestep_assessment_no_previous(person) == CARESTEP_OK);
    REQUIRE(carestep_decide(rules, person, nullptr, decision, &error) == CARESTEP_OK);
    auto outcome = sized<carestep_outcome>();
    REQUIRE(carestep_decision_get(decision, &outcome) == CARESTEP_OK);
    CHECK(outcome.status == status[i]);
    CHECK(outcome.next == next[i]);
    CHECK(carestep_batch_builder_add(builder, person, &error) == CARESTEP_OK);
  }
  Batch collected;
  REQUIRE(carestep_batch_builder_finish(builder, &collected, &error) == CARESTEP_OK);
  CHECK(carestep_batch_size(collected) == level.size() - 1);
  CHECK(carestep_batch_set(collected, CARESTEP_INPUT_CURRENT_LEVEL, &column, &error) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_batch_no_previous(collected) == CARESTEP_ERR_ARGUMENT);

  // Packed, it decides the same, whatever was said of a previous assessment before.
  Batch packed;
  REQUIRE(carestep_batch_pack(batch, &packed, &error) == CARESTEP_OK);
  std::vector<std::int8_t> const before = next;
  REQUIRE(carestep_batch_decide(packed, nullptr, &into, nullptr, &error) == CARESTEP_OK);
  CHECK(next == before);
  CHECK(carestep_batch_no_previous(packed) == CARESTEP_ERR_ARGUMENT);
}

TEST_CASE("every block that is handed out comes from the caller's allocator and goes back to it") {
  Counted memory;
  carestep_allocator const allocator{sizeof(carestep_allocator), Counted::allocate, Counted::release, &memory};
  auto options = sized<carestep_load_options>();
  options.allocator = &allocator;
  {
    Ruleset rules;
    Error error;
    CHECK(load_text("nothing", rules, error, &options) == CARESTEP_ERR_DIAGNOSTICS);
    CHECK(memory.blocks == 1);
    REQUIRE(load_text(smallest, rules, error, &options) == CARESTEP_OK);
    Assessment person;
    Decision decision;
    Explanation explanation;
    Text text;
    REQUIRE(carestep_assessment_new(rules, day(2026, 5, 14), &person, &error) == CARESTEP_OK);
    REQUIRE(carestep_decision_new(rules, &decision, &error) == CARESTEP_OK);
    REQUIRE(carestep_explain(rules, person, nullptr, &explanation, &error) == CARESTEP_OK);
    REQUIRE(carestep_explanation_render(explanation, CARESTEP_FORMAT_TEXT, &text, nullptr, &error) == CARESTEP_OK);
    CHECK(memory.blocks == 6);
    CHECK(memory.out > 0);
  }
  CHECK(memory.out == 0);
  auto half = allocator;
  half.release = nullptr;
  options.allocator = &half;
  Ruleset rules;
  Error error;
  CHECK(load_text(smallest, rules, error, &options) == CARESTEP_ERR_ARGUMENT);
}

TEST_CASE("structs of other sizes: older callers are served, and newer ones not misunderstood") {
  Ruleset rules;
  load(rules);
  // An older caller knows only the first members.
  struct {
    std::size_t struct_size;
    char const* name;
    char const* label;
    char untouched[8];
  } small{offsetof(carestep_declaration, because), nullptr, nullptr, "as it w"};
  CHECK(carestep_ruleset_get(rules, CARESTEP_KIND_LEVEL, 0, reinterpret_cast<carestep_declaration*>(&small)) ==
        CARESTEP_OK);
  CHECK(std::string(small.label) == "Outpatient or aftercare");
  CHECK(std::string(small.untouched) == "as it w");
  // A newer one knows more; what it leaves at 0 is no question.
  struct {
    carestep_decide_options known;
    std::uint64_t later;
  } large{};
  large.known.struct_size = sizeof(large);
  Assessment person;
  Decision decision;
  REQUIRE(carestep_assessment_new(rules, day(2026, 5, 14), &person, nullptr) == CARESTEP_OK);
  REQUIRE(carestep_decision_new(rules, &decision, nullptr) == CARESTEP_OK);
  CHECK(carestep_decide(rules, person, &large.known, decision, nullptr) == CARESTEP_OK);
  large.later = 1;
  CHECK(carestep_decide(rules, person, &large.known, decision, nullptr) == CARESTEP_ERR_ARGUMENT);
  carestep_decide_options const no_size = {};
  CHECK(carestep_decide(rules, person, &no_size, decision, nullptr) == CARESTEP_ERR_ARGUMENT);
}

TEST_CASE("null, wrong and freed handles are seen") {
  // Blocks stay readable after they are freed, so that the test may look.
  std::vector<void*> kept;
  carestep_allocator const allocator{sizeof(carestep_allocator),
                                     [](void* user, std::size_t size) {
                                       static_cast<std::vector<void*>*>(user)->push_back(std::malloc(size));
                                       return static_cast<std::vector<void*>*>(user)->back();
                                     },
                                     [](void*, void*, std::size_t) {}, &kept};
  auto options = sized<carestep_load_options>();
  options.allocator = &allocator;
  carestep_ruleset* rules = nullptr;
  REQUIRE(carestep_ruleset_load_text(smallest, std::strlen(smallest), nullptr, &options, &rules, nullptr) ==
          CARESTEP_OK);
  carestep_assessment* person = nullptr;
  carestep_decision* decision = nullptr;
  REQUIRE(carestep_assessment_new(rules, day(2026, 5, 14), &person, nullptr) == CARESTEP_OK);
  REQUIRE(carestep_decision_new(rules, &decision, nullptr) == CARESTEP_OK);

  auto* const wrong_rules = reinterpret_cast<carestep_ruleset*>(person);
  auto* const wrong_person = reinterpret_cast<carestep_assessment*>(rules);
  Error error;
  CHECK(carestep_decide(nullptr, person, nullptr, decision, &error) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_error_status(error) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_decide(rules, nullptr, nullptr, decision, nullptr) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_decide(rules, person, nullptr, nullptr, nullptr) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_decide(wrong_rules, person, nullptr, decision, nullptr) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_decide(rules, wrong_person, nullptr, decision, nullptr) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_assessment_free(wrong_person) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_ruleset_count(wrong_rules, CARESTEP_KIND_LEVEL) == 0);
  CHECK(std::string(carestep_ruleset_name(wrong_rules)).empty());
  CHECK(carestep_ruleset_count(rules, 99) == 0);
  CHECK(carestep_assessment_set_number(person, 99, 1, 0, untold, nullptr) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_assessment_set_number(person, -1, 1, 0, untold, nullptr) == CARESTEP_ERR_ARGUMENT);

  CHECK(carestep_decision_free(decision) == CARESTEP_OK);
  CHECK(carestep_decision_free(decision) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_decide(rules, person, nullptr, decision, nullptr) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_assessment_free(person) == CARESTEP_OK);
  CHECK(carestep_assessment_known(person, 0) == 0);
  CHECK(carestep_ruleset_free(rules) == CARESTEP_OK);
  CHECK(carestep_ruleset_free(rules) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_assessment_new(rules, 0, &person, nullptr) == CARESTEP_ERR_ARGUMENT);
  for (void* const block : kept) std::free(block);

  CHECK(carestep_ruleset_free(nullptr) == CARESTEP_OK);
  CHECK(carestep_text_free(nullptr) == CARESTEP_OK);
  CHECK(carestep_error_free(nullptr) == CARESTEP_OK);
}

TEST_CASE("dates") {
  carestep_date date = 0;
  CHECK(carestep_date_parse("2026-05-14", &date) == CARESTEP_OK);
  CHECK(date == day(2026, 5, 14));
  char text[11];
  CHECK(carestep_date_format(date, text) == CARESTEP_OK);
  CHECK(std::string(text) == "2026-05-14");
  CHECK(carestep_date_parse("2026-02-29", &date) == CARESTEP_ERR_NOT_FOUND);
  CHECK(carestep_date_of(2026, 13, 1, &date) == CARESTEP_ERR_NOT_FOUND);
  CHECK(carestep_date_format(CARESTEP_NO_DATE, text) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_date_format(day(9999, 12, 31), text) == CARESTEP_OK);
  CHECK(carestep_date_format(day(9999, 12, 31) + 1, text) == CARESTEP_ERR_ARGUMENT);
  CHECK(carestep_date_format(day(1, 1, 1), text) == CARESTEP_OK);
}

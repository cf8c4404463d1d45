// What the checker reports: {text, codes with their places}.

#include <doctest/doctest.h>

#include "support.hpp"

using namespace carestep;

namespace {

struct Row {
  std::string text;
  std::string codes;
};

/// Conditions alone on their line: `CODE:column`.
void check_conditions(std::vector<Row> const& rows) {
  for (Row const& row : rows) {
    CAPTURE(row.text);
    CHECK(errors_in(row.text) == row.codes);
  }
}

/// Declarations: `CODE at line:column`.
void check_declarations(std::vector<Row> const& rows) {
  for (Row const& row : rows) {
    CAPTURE(row.text);
    CHECK(errors_of(row.text) == row.codes);
  }
}

std::string message_of(std::string const& condition) {
  auto const checked = check_texts({sample, "rule r when\n" + condition + "\nthen at least iop"});
  for (Diagnostic const& one : checked->diagnostics)
    if (one.severity == Severity::error) return one.message + " | " + one.help + " | " + one.replacement;
  return {};
}

}  // namespace

TEST_CASE("the sample has no errors") {
  CHECK(errors_of("").empty());
}

TEST_CASE("tests that are always or never true by declared values") {
  check_conditions({
      {"phq9 >= 0", "E0305:9"},
      {"phq9 <= 27", "E0305:9"},
      {"phq9 > 27", "E0306:8"},
      {"phq9 < 0", "E0306:8"},
      {"previous phq9 > 27", "E0306:17"},
      {"27 < phq9", "E0306:1"},
      {"phq9 is between 0 and 27", "E0305:1"},
      {"phq9 is between 9 and 5", "E0306:1"},
      {"risk is at least low", "E0305:18"},
      {"risk is low or worse", "E0305:9"},
      {"risk is imminent or better", "E0305:9"},
      {"risk is above imminent", "E0306:15"},
      {"risk < low", "E0306:8"},
      {"risk is one of (low, moderate, high, imminent)", "E0305:1"},
      {"risk is not one of (low, moderate, high, imminent)", "E0306:1"},
      {"risk is between low and imminent", "E0305:1"},
      {"current_level is at least none", "E0305:27"},
      {"current_level < none", "E0306:17"},
      {"count of conditions >= 0", "E0305:24"},
      {"count of conditions > 3", "E0306:23"},
      {"count of (yn, other) >= 3", "E0307:25"},
      {"count of (yn, other) <= 2", "E0305:25"},
      {"at least 4 of (yn, other, serious)", "E0306:10"},
      {"at least 0 of (yn, other)", "E0305:10"},
      {"at most 2 of (yn, other)", "E0305:9"},
      {"exactly 3 of (yn, other)", "E0306:9"},
      {"days since seen >= 0", "E0305:20"},
      {"days_in_level >= 0", "E0305:18"},
      {"seen within 36500 days", "E0305:13"},
      {"seen more than 36500 days ago", "E0306:16"},
      {"used within 36500 days", ""},
      {"used more than 36500 days ago", ""},
      {"seen is never", "E0306:1"},
      {"seen is not never", "E0305:1"},
      {"phq9 > tall", "E0203:8"},
      {"dose >= 0", "E0305:9"},
      {"awake >= 0 hours", "E0305:10"},
      {"points >= 0", ""},
      {"points >= 1000", ""},
      {"phq9 + 1 >= 0", ""},
      {"mood is at least calm", ""},
  });
}

TEST_CASE("two ranges that settle a comparison") {
  std::string const inputs = "input small number 0 to 3\ninput large number 5 to 9\ninput next number 3 to 5\n";
  auto const with = [&](std::string const& condition) {
    return inputs + "rule r when " + condition + " then at least iop";
  };
  check_declarations({
      {with("small >= large"), "E0306 at 4:13"},
      {with("small < large"), "E0305 at 4:13"},
      {with("small = large"), "E0306 at 4:13"},
      {with("small > next"), "E0306 at 4:13"},
      {with("small >= next"), ""},
      {with("small <= next"), "E0305 at 4:13"},
      {with("small = next"), ""},
      {with("small is not large"), "E0305 at 4:13"},
      {with("small + 1 >= large"), ""},
  });
}

TEST_CASE("values that a type lacks or a range cannot reach") {
  check_conditions({
      {"phq9 > 40", "E0307:8"},
      {"phq9 >= 0 - 1", "E0307:9"},
      {"phq9 >= 9.5", "E0308:9"},
      {"attendance < 0.555", "E0308:14"},
      {"attendance < 1.5", "E0307:14"},
      {"phq9 is one of (3, 40)", "E0307:20"},
      {"phq9 is between 3 and 40", "E0307:23"},
      {"risk is hihg", "E0205:9"},
      {"risk >= hihg", "E0205:9"},
      {"mood is happy", "E0205:9"},
      {"conditions includes cold", "E0205:21"},
      {"drug is low", "E0205:9"},
      {"yn is maybe", "E0203:7"},
      {"current_level is detox", "E0205:18"},
      {"seen within 40000 days", "E0307:13"},
      {"used more than 40000 days ago", "E0307:16"},
      {"days since seen > 40000", "E0307:19"},
      {"awake >= 300 hours", "E0307:10"},
      {"tenure >= 3 days", "E0315:11"},
      {"awake >= 0.5 hours", "E0308:10"},
  });
  CHECK(message_of("phq9 > 40") ==
        "`40` is out of the range of `phq9`, which is 0 to 27 | the nearest value is `27`; the nearest test that can "
        "come "
        "out both ways is `> 26` | 26");
  CHECK(message_of("phq9 >= 0") ==
        "`phq9 >= 0` is always true: `phq9` is 0 to 27 | the nearest value that can come out both ways is `1` | 1");
  CHECK(message_of("risk is hihg") == "`risk` has no value `hihg` | did you mean `high`? | high");
}

TEST_CASE("a name is not compared with itself") {
  check_conditions({
      {"phq9 >= phq9", "E0309:1"},
      {"yn is yn", "E0309:1"},
      {"serious is serious", "E0309:1"},
      {"mood is mood", "E0309:1"},
      {"points > points", "E0309:1"},
      {"previous phq9 = previous phq9", "E0309:1"},
      {"current_level = current_level", "E0309:1"},
      {"days since seen > days since seen", "E0309:1"},
      {"phq9 >= previous phq9", ""},
      {"days since seen > days since previous seen", ""},
  });
}

TEST_CASE("tests fit their types") {
  check_conditions({
      {"yn >= yes", "E0301:1"},
      {"yn is not yes", "E0301:1"},
      {"drug > alcohol", "E0301:1"},
      {"drug = alcohol", "E0301:1"},
      {"drug is alcohol or worse", "E0301:1"},
      {"conditions is ptsd", "E0301:1"},
      {"phq9 is empty", "E0301:1"},
      {"phq9 includes x", "E0301:1"},
      {"phq9 within 3 days", "E0301:1"},
      {"seen > 3", "E0301:1"},
      {"seen is 2026-01-01", "E0301:1"},
      {"risk is yes", "E0205:9"},
      {"risk is 3", "E0302:1"},
      {"phq9 is high", "E0203:9"},
      {"phq9 >= risk", "E0302:1"},
      {"risk is drug", "E0302:1"},
      {"risk is mild", "E0302:1"},
      {"yn is phq9", "E0302:1"},
      {"risk is same_list", ""},
      {"mild is some or worse", "E0310:1"},
      {"dose is 5 or worse", "E0310:1"},
      {"current_level is iop or worse", "E0310:1"},
      {"points is 5 or worse", "E0310:1"},
      {"mood is low_mood or worse", ""},
      {"phq9", "E0303:1"},
      {"risk", "E0303:1"},
      {"phq9 + 3", "E0303:1"},
      {"7", "E0303:1"},
      {"not conditions", "E0303:5"},
      {"phq9 + risk > 3", "E0304:8"},
      {"highest of (phq9, risk) > 3", "E0304:19"},
      {"7 > 3", "E0326:1"},
      {"7 is at least phq9", "E0326:1"},
      {"days since phq9 > 3", "E0323:12"},
      {"days since used > 3", "E0323:12"},
      {"previous current_level is iop", "E0322:10"},
      {"previous points > 3", "E0204:10"},
      {"everyone", "E0204:1"},
      {"iop", "E0204:1"},
      {"count of previous risk > 1", "E0301:19"},
      {"count of risks > 1", "E0303:10"},
      {"any of (risk, phq9) is high", "E0324:15"},
      {"at least 1.5 of (yn, other)", "E0325:10"},
  });
}

TEST_CASE("units and durations") {
  check_conditions({
      {"awake >= 72", "E0313:10"},
      {"awake + 3 >= 3 days", "E0313:9"},
      {"awake + 12 hours >= 3 days", ""},
      {"phq9 >= 3 days", "E0314:9"},
      {"dose >= 3 days", "E0314:9"},
      {"dose > weight", "E0312:1"},
      {"dose + weight > 5", "E0312:1"},
      {"dose > phq9", ""},
      {"awake > tenure", "E0312:1"},
      {"awake > phq9", "E0312:1"},
      {"awake > days_in_level", "E0312:1"},
      {"days_in_level >= 36 hours", "E0315:18"},
      {"days_in_level > days since seen", ""},
      {"seen within 36 hours", "E0315:13"},
      {"0.0000001 * attendance > 0", "E0316:1"},
      {"10000000000 * phq9 > 0", "E0317:1"},
  });
}

TEST_CASE("a value that is a name as well") {
  check_declarations({
      {"fact high when yn\nrule r when high and risk is high then at least iop", "E0206 at 2:30"},
      {"fact high when yn\nrule r when high and high <= risk then at least iop", "E0206 at 2:22"},
      {"fact anxiety when yn\nrule r when anxiety and conditions includes anxiety then at least iop", "E0206 at 2:45"},
      {"rule high when yn then at least iop\nrule r when risk is high then at least iop", ""},
  });
}

TEST_CASE("names") {
  check_declarations({
      {"input risk yes/no", "E0201 at 1:7"},
      {"fact phq9 when yn", "E0201 at 1:6"},
      {"rule iop then at least iop", "E0201 at 1:6"},
      {"service nursing", "E0201 at 1:9"},
      {"rule r when yn then at least detox", "E0203 at 1:30"},
      {"rule r when yn then needs nursng", "E0203 at 1:27"},
      {"rule r when yn then at least iop cites minute", "E0203 at 1:40"},
      {"rule r when yn then at least iop overrides evryone", "E0203 at 1:44"},
      {"rule r when yn then at least iop overrides serious", "E0204 at 1:44"},
      {"list l = yn, risk", "E0324 at 1:14"},
      {"list l = yn, nothing_like_it", "E0203 at 1:14"},
      {"level detox \"x\"", "E0203 at 1:7"},
      {"level iop \"x\"", "E0414 at 1:7"},
      {"levels a < b", "E0506 at 1:1"},
      {"ruleset again", "E0502 at 1:9"},
  });
}

TEST_CASE("inputs") {
  check_declarations({
      {"input a scale x < y < x", "E0207 at 1:23"},
      {"input a scale x", "E0321 at 1:9"},
      {"input a any of x, none", "E0208 at 1:19"},
      {"input a number 5 to 5", "E0318 at 1:16"},
      {"input a number 0 to 1 step 0.3", "E0319 at 1:28"},
      {"input a number 0.05 to 1 step 0.1", "E0308 at 1:16"},
      {"input a number 0 to 1000000 step 0.0001", "E0320 at 1:16"},
      {"input a yes/no higher is worse", "E0311 at 1:16"},
      {"input a date higher is worse", "E0311 at 1:14"},
      {"input a one of x, y more is worse", "E0311 at 1:21"},
      {"input a any of x, y more is worse", ""},
      {"input a number 0 to 9 yes is worse", "E0311 at 1:23"},
      {"input a number 0 to 9 if unknown assume 10", "E0307 at 1:41"},
      {"input a date if unknown assume never", "E0327 at 1:32"},
      {"input a date or never if unknown assume never", ""},
      {"input a any of x, y if unknown assume (x, z)", "E0205 at 1:43"},
      {"input a scale x < y if unknown assume z", "E0205 at 1:39"},
      {"input a yes/no valid for 90 hours", ""},
      {"input a yes/no valid for 0.3 hours", "E0315 at 1:26"},
  });
}

TEST_CASE("an input with an error is not judged where it is used") {
  check_declarations({{"input a number 9 to 0\nrule r when a > 3 and a is high then at least iop", "E0318 at 1:16"}});
}

TEST_CASE("definitions") {
  check_declarations({
      {"fact a when b\nfact b when a", "E0401 at 1:6"},
      {"fact a when b\nfact b when c\nfact c when b or yn", "E0401 at 2:6"},
      {"score a = b + 1\nscore b = count of (a > 3)", "E0401 at 1:7"},
      {"admit iop as a when b\nfact b when a", "E0401 at 1:14"},
      {"list l = a, yn\nfact a when any of l", "E0401 at 2:6"},
      {"fact a when a", "E0401 at 1:6"},
      {"grade g x < y x when yn y when other", "E0405 at 1:25"},
      {"grade g x < y x otherwise y when yn", "E0406 at 1:15"},
      {"grade g x < y z when yn y otherwise", "E0205 at 1:15"},
      {"score s 3 when yn 2 when other", "E0405 at 1:19"},
      {"score s 3 when yn 2 hours otherwise", "E0314 at 1:19"},
  });
}

TEST_CASE("rules, tables and trees") {
  std::string const table = "table t\n| risk | phq9 | then |\n";
  check_declarations({
      {"rule a when yn then at least iop overrides b\nrule b when other then at least iop overrides a", "E0402 at 1:6"},
      {"rule a when yn then not outpatient, iop, php, residential", "E0409 at 1:21"},
      {"service sleep\nrule a when yn then needs sleep", "E0410 at 2:21"},
      {"rule a when yn then at least iop and reassess in 36 hours", "E0315 at 1:50"},
      {table + "| high | at least iop |", "E0407 at 3:1"},
      {table + "| high or hihg | - | at least iop |", "E0205 at 3:11"},
      {table + "| - | 0 to 27 | at least iop |", "E0305 at 3:7"},
      {table + "| - | 40 | at least iop |", "E0307 at 3:7"},
      {table + "| low or moderate or high or imminent | - | at least iop |", "E0305 at 3:3"},
      {table + "| high or more | - | at least iop |", "E0301 at 3:3"},
      {"table t\n| seen | then |\n| - | at least iop |", "E0408 at 2:3"},
      {"table t\n| yn | then |\n| yes or no | at least iop |", "E0305 at 3:3"},
      {"table t\n| conditions | then |\n| cold | at least iop |", "E0205 at 3:3"},
      {"table t\n| phq9 | then |\n| dose | at least iop |", "E0301 at 3:3"},
      {"tree t\na: yn yes -> b no -> -\nb: other yes -> a no -> at least iop", "E0403 at 2:1"},
      {"tree t\na: yn yes -> at least iop no -> -\nb: other yes -> - no -> at least iop", "E0404 at 3:1"},
      {"tree t\na: yn yes -> bb no -> -", "E0203 at 2:14"},
  });
}

TEST_CASE("moves, promises and waivers") {
  check_declarations({
      {"step up php -> iop", "E0411 at 1:9"},
      {"step down php -> php", "E0411 at 1:11"},
      {"step up residential -> any", "E0412 at 1:9"},
      {"step up any -> detox", "E0203 at 1:16"},
      {"guarantee g whenever yn then at least detox", "E0203 at 1:39"},
      {"waive dead of everyone because \"x\"", ""},
      {"waive dead of php because \"x\"", ""},
      {"waive monotone of phq9 because \"x\"", ""},
      {"waive covered of sample because \"x\"", ""},
      {"waive level of php because \"x\"", ""},
      {"waive monotone of everyone because \"x\"", "E0413 at 1:19"},
      {"waive gap of everyone because \"x\"", "E0413 at 1:14"},
      {"waive covered of php because \"x\"", "E0413 at 1:18"},
      {"waive dead of evryone because \"x\"", "E0203 at 1:15"},
  });
}

TEST_CASE("examples") {
  auto const example = [](std::string const& given, std::string const& expect) {
    return "example \"e\"\ngiven " + given + "\nexpect " + expect;
  };
  check_declarations({
      {example("yn yes", "stay at iop"), ""},
      {example("yn maybe", "stay at iop"), "E0327 at 2:10"},
      {example("yn yes, yn no", "stay at iop"), "E0415 at 2:15"},
      {example("yy yes", "stay at iop"), "E0203 at 2:7"},
      {example("risk hihg", "stay at iop"), "E0205 at 2:12"},
      {example("phq9 40", "stay at iop"), "E0307 at 2:12"},
      {example("phq9 1.5", "stay at iop"), "E0308 at 2:12"},
      {example("seen never", "stay at iop"), "E0327 at 2:12"},
      {example("seen 2026-05-01", "stay at iop"), "E0327 at 2:12"},
      {example("seen 2026-05-01, assessment_date 2026-05-02", "stay at iop"), ""},
      {example("phq9 3 on 2026-05-01", "stay at iop"), "E0327 at 2:17"},
      {example("used 40000 days ago", "stay at iop"), "E0307 at 2:12"},
      {example("previous none, previous phq9 3", "stay at iop"), "E0415 at 2:22"},
      {example("previous current_level iop", "stay at iop"), "E0322 at 2:16"},
      {example("current_level none, days_in_level 3", "admit to iop"), "E0416 at 2:27"},
      {example("current_level none, days_in_level 0", "admit to iop"), ""},
      {example("conditions (ptsd, cold)", "stay at iop"), "E0205 at 2:25"},
      {example("unavailable (iop, detox)", "stay at iop"), "E0203 at 2:25"},
      {example("yn yes", "stay at detox"), "E0203 at 3:16"},
      {example("yn yes", "rule evryone"), "E0203 at 3:13"},
      {example("yn yes", "rule everyone.1"), "E0203 at 3:13"},
      {example("yn yes", "ask phq8"), "E0203 at 3:12"},
      {example("yn yes", "suggest nothing_known"), "E0203 at 3:16"},
      {example("yn yes", "undetermined between iop and php"), ""},
      {example("yn yes", "reassess in 36 hours"), "E0315 at 3:20"},
  });
}

TEST_CASE("the ruleset as a whole") {
  auto const codes_of = [](std::string const& text) { return errors(*check_text(text)); };
  CHECK(codes_of("levels a < b\nrule r then at least a") == "E0501 at 1:1");
  CHECK(codes_of("levels a < b\nruleset x\nrule r then at least a") == "E0502 at 2:9");
  CHECK(codes_of("ruleset x\nrule r then at least a") == "E0505 at 1:1");
  CHECK(codes_of("ruleset x language 2\nlevels a < b\nrule r then at least a") == "E0503 at 1:20");
  CHECK(codes_of("ruleset x effective 2026-02-01 expires 2026-01-01\nlevels a < b\nrule r then at least a") ==
        "E0504 at 1:40");
  CHECK(codes_of("ruleset x\nlevels a < b < a\nrule r then at least a") == "E0201 at 2:16");
  CHECK(codes_of("ruleset x\nlevels a\nrule r then at least a") == "E0321 at 2:1");
  CHECK(codes_of("ruleset x applies when age > 3\nlevels a < b\nrule r then at least a") == "E0203 at 1:24");
}

TEST_CASE("what nothing uses is warned of") {
  auto const checked = check_text(
      "ruleset x\nlevels a < b\nservice s\nsource m \"m\"\ninput i yes/no\ninput j yes/no\nfact f when j\nlist l = j\n"
      "score p = 3\ngrade g u < v v when j u otherwise\nrule r then at least a\nexample \"e\" given i yes expect rule "
      "r");
  CHECK(codes(*checked) ==
        "W0101 at 3:9, W0101 at 4:8, W0101 at 5:7, W0101 at 7:6, W0101 at 8:6, W0101 at 9:7, W0101 at 10:7");
  CHECK(checked->model);
}

TEST_CASE("every independent error is reported in one run") {
  CHECK(errors_of("rule a when risk is hihg and phq9 > 40 then at least detox and needs nursng\nrule b when nobody "
                  "then at least iop") == "E0205 at 1:21, E0307 at 1:37, E0203 at 1:54, E0203 at 1:70, E0203 at 2:13");
}

TEST_CASE("what follows from a syntax error is not reported again") {
  CHECK(errors_of("input broken number 0 too 27\nrule a when broken > 3 and risk is hihg then at least iop\n"
                  "rule b when broken then then\nexample \"e\" given broken 3 expect rule b") ==
        "E0101 at 1:23, E0205 at 2:36, E0101 at 3:25");
  CHECK(errors(*check_text("ruleset x levels a < < b\nrule r then at least a")).find("E05") == std::string::npos);
}

TEST_CASE("conditions that would outgrow the engine are refused") {
  std::string text = "score s0 1 when yn 0 otherwise\n";
  for (int i = 1; i < 40; ++i) {
    std::string const before = "s" + std::to_string(i - 1);
    text += "score s" + std::to_string(i) + " = " + before + " + " + before + "\n";
  }
  CHECK(errors_of(text).substr(0, 5) == "E0418");
}

// Rules, tables, trees and moves as a model.

#include <doctest/doctest.h>

#include "support.hpp"

using namespace carestep;

namespace {

std::string describe(ir::Model const& model, std::vector<ir::Rule> const& rules, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < rules.size(); ++i)
    text += rules[i].name + " " + ir::print(model, rules[i].active) + "\n";
  return text;
}

/// The rules that a declaration adds to the sample, each with what makes it active.
std::string rules_of(std::string const& declaration) {
  auto const checked = check_texts({sample, declaration});
  if (!checked->model) return codes(*checked);
  return describe(*checked->model, checked->model->rules, 1);
}

}  // namespace

TEST_CASE("a rule holds when its `when` does and its `unless` does not") {
  CHECK(rules_of("rule r when yn unless other then at least iop") == "r (all (in yn yes) (not (in other yes)))\n");
  CHECK(rules_of("rule r then at least iop") == "r true\n");
}

TEST_CASE("an active rule switches off what it overrides") {
  CHECK(rules_of("rule a when yn then at least iop overrides b\n"
                 "rule b when other then at least php overrides c\n"
                 "rule c then at least residential") ==
        "a (in yn yes)\n"
        "b (all (in other yes) (not (in yn yes)))\n"
        "c (not (all (in other yes) (not (in yn yes))))\n");
  CHECK(rules_of("rule a when yn then at least iop overrides t\n"
                 "table t\n| other | then |\n| yes | at least php |\n| no | at least iop |") ==
        "a (in yn yes)\n"
        "t.1 (all (in other yes) (not (in yn yes)))\n"
        "t.2 (all (not (in other yes)) (not (in yn yes)))\n");
}

TEST_CASE("narrowing actions are masks of levels") {
  auto const checked =
      check_texts({sample, R"(rule r when yn then at least iop and at most php and only iop, residential
    and not php and needs therapy and needs nursing, therapy
    and suggest nursing and alert "A" and note "N" and reassess in 3 days and reassess in 1 week)"});
  REQUIRE(checked->model);
  ir::Rule const& rule = checked->model->rules.back();
  std::vector<ir::LevelMask> masks;
  for (ir::Narrowing const& narrowing : rule.narrows) masks.push_back(narrowing.admits);
  CHECK(masks == std::vector<ir::LevelMask>{0b1110, 0b0111, 0b1010, 0b1011, 0b1010, 0b1000});
  CHECK(rule.suggests == std::vector<ir::Index>{0});
  CHECK(rule.alerts == std::vector<std::string>{"A"});
  CHECK(rule.notes == std::vector<std::string>{"N"});
  CHECK(rule.reassess_days == 3);
}

TEST_CASE("cells") {
  struct Row {
    std::string column;
    std::string cell;
    std::string node;
  };
  for (Row const& row : std::vector<Row>{
           {"risk", "high", "(in risk high)"},
           {"risk", "low or high", "(in risk low high)"},
           {"risk", "moderate to high", "(in risk moderate..high)"},
           {"risk", "high or worse", "(in risk high..imminent)"},
           {"support", "fair or worse", "(in support good..fair)"},
           {"risk", "< high", "(in risk low..moderate)"},
           {"drug", "alcohol or opioid", "(in drug alcohol..opioid)"},
           {"yn", "yes", "(in yn yes)"},
           {"yn", "no", "(not (in yn yes))"},
           {"serious", "no", "(not (any (in conditions.depression yes) (in conditions.ptsd yes)))"},
           {"phq9", "10 or more", "(in phq9 10..27)"},
           {"phq9", "10 or less", "(in phq9 0..10)"},
           {"phq9", "3 or 5", "(in phq9 3 5)"},
           {"phq9", "3 to 5", "(in phq9 3..5)"},
           {"phq9", "> 5", "(in phq9 6..27)"},
           {"previous phq9", "> 5", "(in previous phq9 6..27)"},
           {"awake", "3 days or more", "(in awake 72..240)"},
           {"awake", "12 hours to 2 days", "(in awake 12..48)"},
           {"days_in_level", "30 or more", "(in days_in_level 30..36500)"},
           {"current_level", "none or iop", "(in current_level none iop)"},
           {"conditions", "ptsd", "(in conditions.ptsd yes)"},
           {"conditions", "ptsd or anxiety", "(any (in conditions.ptsd yes) (in conditions.anxiety yes))"},
           {"count of conditions", "3",
            "(all (in conditions.depression yes) (in conditions.ptsd yes) (in conditions.anxiety yes))"},
           {"mood", "poor_mood", "(in phq9 20..27)"},
           {"mood", "low_mood or worse", "(any (in phq9 20..27) (in phq9 10..27))"},
       }) {
    CAPTURE(row.column);
    CAPTURE(row.cell);
    CHECK(rules_of("table t\n| " + row.column + " | then |\n| " + row.cell + " | at least iop |") ==
          "t.1 " + row.node + "\n");
  }
}

TEST_CASE("a `first` table looks at a row only when no earlier one matches") {
  auto const checked = check_texts({sample,
                                    "table t first\n"
                                    "| yn  | other | then |\n"
                                    "| yes | -     | - |\n"
                                    "| -   | yes   | admit php |\n"
                                    "| -   | -     | at least iop |"});
  REQUIRE(checked->model);
  ir::Model const& model = *checked->model;
  // "Every other row is a rule": one with `-` too, which asks for nothing.
  CHECK(describe(model, model.rules, 1) == "t.1 (in yn yes)\nt.3 (not (any (in yn yes) (in other yes)))\n");
  REQUIRE(model.criteria.size() == 1);
  CHECK(model.criteria[0].name == "t.2");
  CHECK(model.criteria[0].level == 2);
  CHECK(ir::print(model, model.criteria[0].node) == "(all (in other yes) (not (in yn yes)))");
  REQUIRE(model.tables.size() == 1);
  CHECK(model.tables[0].rows[1] == std::vector<std::string>{"-", "yes", "admit php"});
  CHECK(ir::print(model, model.tables[0].row_nodes[1]) == "(in other yes)");
}

TEST_CASE("a leaf holds when some path of answers leads to it") {
  CHECK(rules_of("tree t\n"
                 "  a: yn yes -> b no -> c\n"
                 "  b: other yes -> at least php no -> c\n"
                 "  c: phq9 >= 9 yes -> at least iop no -> -") ==
        "t.b.yes (all (in yn yes) (in other yes))\n"
        "t.c.yes (all (in phq9 9..27) (any (not (in yn yes)) (all (in yn yes) (not (in other yes)))))\n");
}

TEST_CASE("step lines are pairs of levels that go their way") {
  auto const checked =
      check_texts({sample, "step up any -> any\nstep down php, residential -> any when yn\ndischarge outpatient, iop"});
  REQUIRE(checked->model);
  ir::Model const& model = *checked->model;
  REQUIRE(model.steps.size() == 2);
  CHECK(model.steps[0].moves.size() == 6);
  CHECK(model.steps[0].words == "step up any -> any");
  using Pairs = std::vector<std::pair<ir::Index, ir::Index>>;
  CHECK(model.steps[1].moves == Pairs{{2, 0}, {2, 1}, {3, 0}, {3, 1}, {3, 2}});
  CHECK(model.discharges[0].from == 0b11);
}

TEST_CASE("criteria named with `as` are facts") {
  auto const checked =
      check_texts({sample, "admit php as php_criteria when yn\nrule r when php_criteria then at least iop"});
  REQUIRE(checked->model);
  ir::Model const& model = *checked->model;
  CHECK(describe(model, model.rules, 1) == "r (in yn yes)\n");
  CHECK(model.criteria[0].name == "php_criteria");
  CHECK(ir::print(model, model.criteria[0].node) == "(in yn yes)");
}

TEST_CASE("promises") {
  auto const checked = check_texts({sample,
                                    "guarantee g1 whenever yn then at least php\n"
                                    "guarantee g2 whenever yn then at most php\n"
                                    "guarantee g3 whenever yn then not php\n"
                                    "guarantee g4 whenever yn then needs nursing\n"
                                    "guarantee g5 whenever yn then no conflict\n"
                                    "guarantee g6 whenever yn then eligible"});
  REQUIRE(checked->model);
  std::vector<std::pair<ir::PromiseKind, ir::LevelMask>> promises;
  for (ir::Guarantee const& guarantee : checked->model->guarantees)
    promises.emplace_back(guarantee.promise, guarantee.admits);
  using ir::PromiseKind;
  CHECK(promises == std::vector<std::pair<ir::PromiseKind, ir::LevelMask>>{{PromiseKind::levels, 0b1100},
                                                                           {PromiseKind::at_most, 0b0111},
                                                                           {PromiseKind::exclude, 0b1011},
                                                                           {PromiseKind::levels, 0b1000},
                                                                           {PromiseKind::no_conflict, 0},
                                                                           {PromiseKind::eligible, 0}});
}

TEST_CASE("examples are codes") {
  auto const checked = check_texts({sample, R"(example "one"
  given current_level iop, days_in_level 3, yn yes, risk high, conditions (ptsd, anxiety), phq9 12 on 2025-12-30,
        attendance 0.5, awake 2 days, used never, seen 2025-12-31, previous phq9 3, previous used 40 days ago,
        unavailable (php, residential)
  expect rule everyone)"});
  REQUIRE(checked->model);
  ir::Example const& example = checked->model->examples[0];
  CHECK(to_string(example.assessment_date) == "2026-01-01");
  CHECK(example.unavailable == 0b1100);
  std::vector<std::vector<std::int64_t>> given;
  for (ir::GivenAnswer const& answer : example.given) given.push_back(answer.codes);
  CHECK(given == std::vector<std::vector<std::int64_t>>{
                     {2}, {3}, {1}, {2}, {0, 1, 1}, {12}, {50}, {48}, {36501}, {1}, {3}, {40}});
  CHECK(example.given[5].on == date(2025, 12, 30));
  CHECK(example.given[9].day == date(2025, 12, 31));
  CHECK(example.given[11].previous);
}

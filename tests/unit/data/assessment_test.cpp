#include <carestep/assessment.hpp>

#include <doctest/doctest.h>

#include "unit/data/sample_program.hpp"

using namespace carestep;

namespace {

Date const day = *parse_date("2026-05-14");

Assessment fresh() {
  return AssessmentAccess::make(test::sample_program(), day);
}

InputId id(std::string_view name) {
  return {test::sample_program()->input_by_name.at(name)};
}

std::string refusal(std::optional<Refusal> const& r) {
  return r ? r->code + " " + r->path : "set";
}

std::int64_t code(Assessment const& a, std::string_view name, std::size_t member = 0) {
  return AssessmentAccess::codes(a)[test::sample_program()->model->inputs[id(name).index].first_var + member];
}

}  // namespace

TEST_CASE("each type of answer becomes its code") {
  Assessment a = fresh();
  CHECK_FALSE(a.set("sober_housing", true));
  CHECK_FALSE(a.set("withdrawal_risk", "severe"));
  CHECK_FALSE(a.set("substance", std::string("opioid")));
  CHECK_FALSE(a.set("phq9", 14));
  CHECK_FALSE(a.set("attendance", *parse_decimal("0.95")));
  CHECK_FALSE(a.set("drift", -3));
  CHECK_FALSE(a.set("last_use", Never{}));
  CHECK_FALSE(a.set("birthday", *parse_date("2026-05-04")));
  CHECK_FALSE(a.set("current_level", "none"));
  CHECK_FALSE(a.set("days_in_level", 0));
  CHECK(code(a, "sober_housing") == 1);
  CHECK(code(a, "withdrawal_risk") == 2);
  CHECK(code(a, "substance") == 1);
  CHECK(code(a, "phq9") == 14);
  CHECK(code(a, "attendance") == 95);
  CHECK(code(a, "drift") == 14);
  CHECK(code(a, "last_use") == ir::never_code);
  CHECK(code(a, "birthday") == 10);
  CHECK(code(a, "current_level") == 0);
}

TEST_CASE("a set is known in whole or in part") {
  Assessment a = fresh();
  CHECK_FALSE(a.set("conditions", std::vector<std::string>{"bipolar"}));
  CHECK(code(a, "conditions", 0) == 0);
  CHECK(code(a, "conditions", 1) == 1);
  CHECK(a.known(id("conditions")));
  CHECK_FALSE(a.set("conditions", PartlyKnown{{"ptsd"}, {"psychosis"}}));
  CHECK(code(a, "conditions", 0) == 1);
  CHECK(code(a, "conditions", 1) == -1);
  CHECK(code(a, "conditions", 2) == 0);
  CHECK_FALSE(a.known(id("conditions")));
}

TEST_CASE("what does not fit is refused, and nothing changes") {
  Assessment a = fresh();
  CHECK_FALSE(a.set("phq9", 3));
  CHECK(refusal(a.set("phq9", 28)) == "E0606 answers.phq9");
  CHECK(refusal(a.set("phq9", -1)) == "E0606 answers.phq9");
  CHECK(refusal(a.set("phq9", ~std::uint64_t{0})) == "E0606 answers.phq9");
  CHECK(refusal(a.set("drift", ~std::uint64_t{0})) == "E0606 answers.drift");
  CHECK(refusal(a.set("phq9", *parse_decimal("6.5"))) == "E0607 answers.phq9");
  CHECK(refusal(a.set("phq9", "6")) == "E0602 answers.phq9");
  CHECK(refusal(a.set("phq9", true)) == "E0602 answers.phq9");
  CHECK(refusal(a.set("sober_housing", 1)) == "E0602 answers.sober_housing");
  CHECK(refusal(a.set("sober_housing", "yes")) == "E0602 answers.sober_housing");
  CHECK(refusal(a.set("withdrawal_risk", "grave")) == "E0608 answers.withdrawal_risk");
  CHECK(refusal(a.set("birthday", Never{})) == "E0602 answers.birthday");
  CHECK(refusal(a.set("birthday", Date{day.days + 1})) == "E0610 answers.birthday");
  CHECK(refusal(a.set("birthday", Date{day.days - 36501})) == "E0611 answers.birthday");
  CHECK(refusal(a.set("birthday", Date{day.days - 36500})) == "set");
  CHECK(refusal(a.set("conditions", std::vector<std::string>{"ptsd", "ptsd"})) == "E0613 answers.conditions[1]");
  CHECK(refusal(a.set("conditions", std::vector<std::string>{"fear"})) == "E0608 answers.conditions[0]");
  CHECK(refusal(a.set("conditions", PartlyKnown{{"ptsd"}, {"bipolar", "ptsd"}})) ==
        "E0612 answers.conditions.excludes[1]");
  CHECK(refusal(a.set("phq9", 4, Date{day.days + 1})) == "E0610 answers.phq9.on");
  CHECK(refusal(a.set("pqh9", 4)) == "E0603 answers.pqh9");
  CHECK(a.set("pqh9", 4)->message == "unknown key `pqh9`; did you mean `phq9`?");
  CHECK(refusal(a.set_previous("current_level", "php")) == "E0603 previous.current_level");
  CHECK(refusal(a.set_unavailable("none")) == "E0608 unavailable");
  CHECK(code(a, "phq9") == 3);
  CHECK_FALSE(a.known(id("sober_housing")));
  CHECK_FALSE(a.known(id("conditions")));
}

TEST_CASE("days at no level contradict each other in either order") {
  Assessment a = fresh();
  CHECK_FALSE(a.set("current_level", "none"));
  CHECK(refusal(a.set("days_in_level", 3)) == "E0615 days_in_level");
  Assessment b = fresh();
  CHECK_FALSE(b.set("days_in_level", 3));
  CHECK(refusal(b.set("current_level", "none")) == "E0615 current_level");
  b.clear(id("days_in_level"));
  CHECK(refusal(b.set("current_level", "none")) == "set");
}

TEST_CASE("unknown, cleared, previous") {
  Assessment a = fresh();
  CHECK_FALSE(a.set("phq9", 4, Date{day.days - 3}));
  CHECK(AssessmentAccess::answered_on(a, id("phq9").index) == 3);
  CHECK_FALSE(a.set_unknown("phq9", Unknown::refused));
  CHECK_FALSE(a.known(id("phq9")));
  CHECK(AssessmentAccess::answered_on(a, id("phq9").index) == -1);
  CHECK(AssessmentAccess::reason(a, id("phq9").index) == 2);
  CHECK_FALSE(a.set("phq9", 5));
  CHECK(AssessmentAccess::reason(a, id("phq9").index) == 0);

  CHECK(AssessmentAccess::previous(a) == Assessment::Previous::unknown);
  a.no_previous();
  CHECK(AssessmentAccess::previous(a) == Assessment::Previous::none);
  CHECK_FALSE(a.set_previous("phq9", 8));
  CHECK(AssessmentAccess::previous(a) == Assessment::Previous::given);
  ir::Input const& phq9 = test::sample_program()->model->inputs[id("phq9").index];
  CHECK(AssessmentAccess::codes(a)[phq9.first_previous_var] == 8);
  CHECK(code(a, "phq9") == 5);
  a.no_previous();
  CHECK(AssessmentAccess::codes(a)[phq9.first_previous_var] == -1);
}

TEST_CASE("a handle of another ruleset is noticed") {
  Assessment a = fresh();
  CHECK(refusal(a.set(InputId{99}, 1)) == "E0618 ");
  CHECK(AssessmentAccess::foreign(a));
  CHECK_FALSE(a.known(InputId{99}));
  std::uint32_t const mark = test::sample_program()->mark;
  for (ValueId const value : {ValueId{mark + 1, id("withdrawal_risk"), 1}, ValueId{mark, {99}, 1},
                              ValueId{mark, id("withdrawal_risk"), 3}, ValueId{mark, id("conditions"), 1}}) {
    Assessment b = fresh();
    CHECK(refusal(b.set(value)) == "E0618 ");
    CHECK(AssessmentAccess::foreign(b));
  }
}

TEST_CASE("handles and plain types set what an answer sets") {
  std::uint32_t const mark = test::sample_program()->mark;
  Assessment a = fresh();
  CHECK_FALSE(a.set("withdrawal_risk", "mild", Date{day.days - 3}));
  CHECK_FALSE(a.set(ValueId{mark, id("withdrawal_risk"), 2}));
  CHECK(code(a, "withdrawal_risk") == 2);
  CHECK(AssessmentAccess::answered_on(a, id("withdrawal_risk").index) == -1);
  CHECK_FALSE(a.set(id("sober_housing"), true));
  CHECK_FALSE(a.set(id("phq9"), std::uint8_t{14}));
  CHECK_FALSE(a.set(id("drift"), *parse_decimal("-9.5")));
  CHECK(code(a, "sober_housing") == 1);
  CHECK(code(a, "phq9") == 14);
  CHECK(code(a, "drift") == 1);
  CHECK(refusal(a.set(id("phq9"), 28)) == "E0606 answers.phq9");
  CHECK(refusal(a.set(id("phq9"), ~std::uint64_t{0})) == "E0606 answers.phq9");
  CHECK(refusal(a.set(id("drift"), *parse_decimal("-9.7"))) == "E0607 answers.drift");
  CHECK(refusal(a.set(id("phq9"), true)) == "E0602 answers.phq9");
  CHECK(refusal(a.set(id("sober_housing"), 1)) == "E0602 answers.sober_housing");
  CHECK_FALSE(a.set(ValueId{mark, id("current_level"), 0}));
  CHECK(refusal(a.set(id("days_in_level"), 3)) == "E0615 days_in_level");
  CHECK(code(a, "phq9") == 14);
}

TEST_CASE("an assessment is a value") {
  Assessment a = fresh();
  CHECK_FALSE(a.set("phq9", 4, Date{day.days - 3}));
  Assessment b = a;
  CHECK_FALSE(b.set("phq9", 5));
  CHECK(code(a, "phq9") == 4);
  CHECK(AssessmentAccess::answered_on(a, id("phq9").index) == 3);
  a = b;
  CHECK(code(a, "phq9") == 5);
  Assessment const c = std::move(a);
  CHECK(code(c, "phq9") == 5);
  a = c;  // what was moved from may be assigned to
  CHECK(code(a, "phq9") == 5);
}

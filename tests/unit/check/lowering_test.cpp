// What conditions become: {condition, printed node}.

#include <doctest/doctest.h>

#include "support.hpp"

using namespace carestep;

namespace {

struct Row {
  std::string condition;
  std::string node;
};

void check_rows(std::vector<Row> const& rows) {
  for (Row const& row : rows) {
    CAPTURE(row.condition);
    CHECK(lowered(row.condition) == row.node);
  }
}

}  // namespace

TEST_CASE("comparisons of one input with constants are atoms") {
  check_rows({
      {"yn", "(in yn yes)"},
      {"yn is yes", "(in yn yes)"},
      {"yn is no", "(not (in yn yes))"},
      {"previous yn", "(in previous yn yes)"},
      {"risk is high", "(in risk high)"},
      {"risk is not high", "(in risk low..moderate imminent)"},
      {"risk != high", "(in risk low..moderate imminent)"},
      {"risk is one of (low, imminent)", "(in risk low imminent)"},
      {"risk is not one of (low, imminent)", "(in risk moderate..high)"},
      {"risk is at least moderate", "(in risk moderate..imminent)"},
      {"risk is above moderate", "(in risk high..imminent)"},
      {"risk is at most moderate", "(in risk low..moderate)"},
      {"risk < moderate", "(in risk low)"},
      {"risk is between moderate and high", "(in risk moderate..high)"},
      {"risk is high or worse", "(in risk high..imminent)"},
      {"risk is high or better", "(in risk low..high)"},
      {"support is fair or worse", "(in support good..fair)"},
      {"support is fair or better", "(in support fair..poor)"},
      {"moderate <= risk", "(in risk moderate..imminent)"},
      {"drug is opioid", "(in drug opioid)"},
      {"drug is not one of (opioid, alcohol)", "(in drug other_drug)"},
      {"phq9 >= 15", "(in phq9 15..27)"},
      {"15 <= phq9", "(in phq9 15..27)"},
      {"15 < phq9", "(in phq9 16..27)"},
      {"phq9 != 15", "(in phq9 0..14 16..27)"},
      {"phq9 is one of (1, 3, 2)", "(in phq9 1..3)"},
      {"phq9 is between 5 and 9", "(in phq9 5..9)"},
      {"phq9 is 10 or worse", "(in phq9 10..27)"},
      {"gaf is 30 or worse", "(in gaf 10..30)"},
      {"gaf < 35", "(in gaf 10..34.5)"},
      {"attendance < 0.5", "(in attendance 0..0.49)"},
      {"2 * phq9 >= 7", "(in phq9 4..27)"},
      {"0 - 2 * phq9 >= 0 - 7", "(in phq9 0..3)"},
      {"phq9 + 1 > 3", "(in phq9 3..27)"},
      {"phq9 + phq9 >= 7", "(in phq9 4..27)"},
      {"2 * (phq9 - 3) = 4", "(in phq9 5)"},
      {"previous phq9 >= 20", "(in previous phq9 20..27)"},
      {"awake >= 72 hours", "(in awake 72..240)"},
      {"awake >= 3 days", "(in awake 72..240)"},
      {"3 days <= awake", "(in awake 72..240)"},
      {"tenure > 14 days", "(in tenure 3..52)"},
      {"dose >= 5", "(in dose 5..100)"},
      {"days_in_level >= 14", "(in days_in_level 14..36500)"},
      {"days_in_level >= 2 weeks", "(in days_in_level 14..36500)"},
      {"days since seen <= 7", "(in seen 0..7)"},
      {"days since seen <= 48 hours", "(in seen 0..2)"},
      {"days since previous seen > 30", "(in previous seen 31..36500)"},
      {"seen within 7 days", "(in seen 0..7)"},
      {"seen within 48 hours", "(in seen 0..2)"},
      {"used within 7 days", "(in used 0..7)"},
      {"used more than 30 days ago", "(in used 31..never)"},
      {"seen more than 30 days ago", "(in seen 31..36500)"},
      {"used is never", "(in used never)"},
      {"used is not never", "(not (in used never))"},
      {"previous used within 1 week", "(in previous used 0..7)"},
      {"current_level is none", "(in current_level none)"},
      {"current_level is not none", "(in current_level outpatient..residential)"},
      {"current_level is below iop", "(in current_level none..outpatient)"},
      {"current_level >= php", "(in current_level php..residential)"},
      {"current_level is one of (iop, none)", "(in current_level none iop)"},
      {"current_level is between iop and php", "(in current_level iop..php)"},
  });
}

TEST_CASE("sets are a yes/no variable a member") {
  check_rows({
      {"conditions includes ptsd", "(in conditions.ptsd yes)"},
      {"conditions includes any of (ptsd, anxiety)", "(any (in conditions.ptsd yes) (in conditions.anxiety yes))"},
      {"conditions includes all of (ptsd, anxiety)", "(all (in conditions.ptsd yes) (in conditions.anxiety yes))"},
      {"previous conditions includes ptsd", "(in previous conditions.ptsd yes)"},
      {"conditions is empty",
       "(not (any (in conditions.depression yes) (in conditions.ptsd yes) (in conditions.anxiety yes)))"},
      {"count of conditions >= 2",
       "(atleast 2 (in conditions.depression yes) (in conditions.ptsd yes) (in conditions.anxiety yes))"},
      {"count of conditions < 1",
       "(not (any (in conditions.depression yes) (in conditions.ptsd yes) (in conditions.anxiety yes)))"},
  });
}

TEST_CASE("definitions are written out where they are used") {
  check_rows({
      {"serious", "(any (in conditions.depression yes) (in conditions.ptsd yes))"},
      {"not serious", "(not (any (in conditions.depression yes) (in conditions.ptsd yes)))"},
      {"mood is poor_mood", "(in phq9 20..27)"},
      {"mood is calm", "(all (not (in phq9 10..27)) (not (in phq9 20..27)))"},
      {"mood is low_mood", "(all (in phq9 10..27) (not (in phq9 20..27)))"},
      {"mood is low_mood or worse", "(any (in phq9 20..27) (in phq9 10..27))"},
      {"points >= 8", "(>= (+ phq9 (choose (in yn yes) 2 0) (choose (in other yes) 2 0)) 8)"},
      {"points > 8", "(>= (+ phq9 (choose (in yn yes) 2 0) (choose (in other yes) 2 0)) 9)"},
  });
}

TEST_CASE("names compared with names") {
  check_rows({
      {"yn is other", "(any (all (in yn yes) (in other yes)) (all (not (in yn yes)) (not (in other yes))))"},
      {"risk is same_list", "(all (>= (+ risk (* -1 same_list)) 0) (not (>= (+ risk (* -1 same_list)) 1)))"},
      {"risk is above previous risk", "(>= (+ risk (* -1 previous risk)) 1)"},
      {"phq9 >= previous phq9 + 5", "(>= (+ phq9 (* -1 previous phq9)) 5)"},
      {"phq9 > previous phq9", "(>= (+ phq9 (* -1 previous phq9)) 1)"},
      {"previous phq9 + 5 <= phq9", "(>= (+ phq9 (* -1 previous phq9)) 5)"},
      {"gaf <= phq9", "(>= (+ phq9 (* -0.5 gaf)) 10)"},
  });
}

TEST_CASE("lists of conditions") {
  check_rows({
      {"all of (yn, other)", "(all (in yn yes) (in other yes))"},
      {"none of (yn, other)", "(not (any (in yn yes) (in other yes)))"},
      {"at least 2 of (yn, other, phq9 > 5)", "(atleast 2 (in yn yes) (in other yes) (in phq9 6..27))"},
      {"at most 1 of (yn, other, phq9 > 5)", "(not (atleast 2 (in yn yes) (in other yes) (in phq9 6..27)))"},
      {"exactly 2 of (yn, other)", "(all (in yn yes) (in other yes))"},
      {"any of (risk, same_list) is high", "(any (in risk high) (in same_list high))"},
      {"none of risks is at least high", "(not (any (in risk high..imminent) (in same_list high..imminent)))"},
      {"any of flags", "(any (in yn yes) (in other yes) (in conditions.depression yes) (in conditions.ptsd yes))"},
      {"count of flags >= 3",
       "(all (in yn yes) (in other yes) (any (in conditions.depression yes) (in conditions.ptsd yes)))"},
      {"count of (yn, other, phq9 > 5) = 2",
       "(all (atleast 2 (in yn yes) (in other yes) (in phq9 6..27)) (not (all (in yn yes) (in other yes) (in phq9 "
       "6..27))))"},
      {"2 * count of (yn, other, phq9 > 5) >= 3", "(atleast 2 (in yn yes) (in other yes) (in phq9 6..27))"},
      {"highest of (phq9, dose) >= 9", "(any (in phq9 9..27) (in dose 9..100))"},
      {"lowest of (phq9, dose) >= 9", "(all (in phq9 9..27) (in dose 9..100))"},
      {"highest of (awake, 2 days) >= 3 days", "(in awake 72..240)"},
  });
}

TEST_CASE("clauses keep the author's words") {
  auto const checked = check_texts({sample, R"care(rule r
  when at least 2 of
    - yn   "(a)"   # a comment
    - phq9 >= 15
    - not (mood is calm or other)
  unless any of risks is high
  then at least iop)care"});
  REQUIRE(checked->model);
  ir::Rule const& rule = checked->model->rules.back();
  ir::Clause const& when = rule.when;
  CHECK(when.kind == ir::ClauseKind::at_least);
  CHECK(when.n == 2);
  REQUIRE(when.parts.size() == 3);
  CHECK(when.parts[0].words == "yn");
  CHECK(when.parts[0].label == "(a)");
  CHECK(when.parts[1].words == "phq9 >= 15");
  CHECK(when.parts[1].reads == std::vector<ir::VarId>{checked->model->inputs[10].first_var});
  CHECK(when.parts[2].kind == ir::ClauseKind::negation);
  REQUIRE(when.parts[2].parts.size() == 1);
  CHECK(when.parts[2].parts[0].kind == ir::ClauseKind::any);
  CHECK(when.parts[2].parts[0].words == "mood is calm or other");
  CHECK(when.parts[2].parts[0].parts[0].definitions == std::vector<ir::Index>{1});
  REQUIRE(rule.unless.parts.size() == 2);
  CHECK(rule.unless.parts[0].words == "risk is high");
  CHECK(rule.unless.parts[1].words == "same_list is high");
}

TEST_CASE("previous answers have variables of their own, right behind") {
  auto const checked = check_text(sample);
  REQUIRE(checked->model);
  for (ir::Input const& input : checked->model->inputs) {
    if (input.name == "current_level" || input.name == "days_in_level") continue;
    CAPTURE(input.name);
    CHECK(input.first_previous_var == input.first_var + input.width);
    CHECK(input.width == (input.kind == ir::InputKind::set ? input.values.size() : 1));
  }
  CHECK(checked->model->variables[0].size == 5);
  CHECK(checked->model->variables[1].size == 36501);
}

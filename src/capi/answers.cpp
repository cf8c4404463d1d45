// Answers set one by one.

#include <string>
#include <vector>

#include "assessment.hpp"
#include "border.hpp"
#include "ruleset.hpp"

using namespace carestep;
using namespace carestep::capi;

namespace {

/// Where an answer goes, looked at.
struct Target {
  carestep_assessment* assessment;
  InputRef input;
  carestep_date on;
};

carestep_status find(carestep_assessment* assessment, int32_t input, carestep_date on, carestep_error** err,
                     Target& target) {
  if (!is(assessment)) return wrong_argument(err, {}, "`assessment` is no such handle");
  auto const ref = input_of(assessment->rules, input);
  if (!ref) return wrong_argument(err, assessment->head.allocator, "the ruleset has no such input");
  if (on != CARESTEP_NO_DATE && !is_day(on))
    return wrong_argument(err, assessment->head.allocator, "`on` is outside the years 1 to 9999");
  if (ref->previous && on != CARESTEP_NO_DATE)
    return wrong_argument(err, assessment->head.allocator, "a previous answer has no day of its own");
  target = {assessment, *ref, on};
  return CARESTEP_OK;
}

carestep_status set(Target const& target, Answer const& answer, carestep_error** err) {
  Assessment& to = target.assessment->assessment;
  auto refusal = target.input.previous           ? to.set_previous(target.input.id, answer)
                 : target.on == CARESTEP_NO_DATE ? to.set(target.input.id, answer)
                                                 : to.set(target.input.id, answer, Date{target.on});
  if (!refusal) return CARESTEP_OK;
  return fail_for_refusal(err, target.assessment->head.allocator, std::move(*refusal));
}

/// Sets what `answer` makes, which may run out of memory.
template <class MakeAnswer>
carestep_status answer_with(carestep_assessment* assessment, int32_t input, carestep_date on, carestep_error** err,
                            MakeAnswer const& answer) {
  Target target{};
  if (auto const wrong = find(assessment, input, on, err, target); wrong != CARESTEP_OK) return wrong;
  return guarded(err, assessment->head.allocator, [&]() -> carestep_status { return set(target, answer(), err); });
}

bool names_given(char const* const* names, size_t count) {
  if (names == nullptr) return count == 0;
  for (size_t i = 0; i < count; ++i)
    if (names[i] == nullptr) return false;
  return true;
}

std::vector<std::string> list_of(char const* const* names, size_t count) {
  return {names, names + count};
}

carestep_status refuse_number(Target const& target, DecimalError error, carestep_error** err) {
  std::string_view const name = target.assessment->rules.input(target.input.id).name;
  std::string path(target.input.previous                                   ? "previous."
                   : target.input.id.index <= CARESTEP_INPUT_DAYS_IN_LEVEL ? ""
                                                                           : "answers.");
  path += name;
  switch (error) {
    case DecimalError::not_a_number:
      return fail_for_refusal(err, target.assessment->head.allocator, {"E0602", path, "expected a number"});
    case DecimalError::too_precise:
      return fail_for_refusal(err, target.assessment->head.allocator,
                              {"E0607", path, "expected at most eight digits behind the point"});
    case DecimalError::too_large:
      break;
  }
  return fail_for_refusal(err, target.assessment->head.allocator, {"E0606", path, "out of range"});
}

carestep_status set_text(carestep_assessment* assessment, int32_t input, std::string_view number, carestep_date on,
                         carestep_error** err) {
  Target target{};
  if (auto const wrong = find(assessment, input, on, err, target); wrong != CARESTEP_OK) return wrong;
  return guarded(err, assessment->head.allocator, [&]() -> carestep_status {
    DecimalError error{};
    auto const decimal = parse_decimal(number, &error);
    return decimal ? set(target, *decimal, err) : refuse_number(target, error, err);
  });
}

}  // namespace

carestep_status carestep_assessment_set_yes_no(carestep_assessment* assessment, int32_t input, int32_t yes,
                                               carestep_date on, carestep_error** err) {
  if (yes != 0 && yes != 1) return wrong_argument(err, {}, "`yes` is neither 0 nor 1");
  return answer_with(assessment, input, on, err, [&] { return Answer(yes == 1); });
}

carestep_status carestep_assessment_set_number(carestep_assessment* assessment, int32_t input, int64_t mantissa,
                                               int32_t decimals, carestep_date on, carestep_error** err) {
  if (decimals < 0 || decimals > 18) return wrong_argument(err, {}, "`decimals` is not between 0 and 18");
  if (decimals == 0) return answer_with(assessment, input, on, err, [&] { return Answer(mantissa); });
  return guarded(err, {}, [&]() -> carestep_status {
    return set_text(assessment, input, std::to_string(mantissa) + "e-" + std::to_string(decimals), on, err);
  });
}

carestep_status carestep_assessment_set_number_text(carestep_assessment* assessment, int32_t input, char const* number,
                                                    carestep_date on, carestep_error** err) {
  if (number == nullptr) return wrong_argument(err, {}, "`number` is NULL");
  return set_text(assessment, input, number, on, err);
}

carestep_status carestep_assessment_set_value(carestep_assessment* assessment, int32_t input, char const* value,
                                              carestep_date on, carestep_error** err) {
  if (value == nullptr) return wrong_argument(err, {}, "`value` is NULL");
  return answer_with(assessment, input, on, err, [&] { return Answer(value); });
}

carestep_status carestep_assessment_set_date(carestep_assessment* assessment, int32_t input, carestep_date day,
                                             carestep_date on, carestep_error** err) {
  if (!is_day(day)) return wrong_argument(err, {}, "the day is outside the years 1 to 9999");
  return answer_with(assessment, input, on, err, [&] { return Answer(Date{day}); });
}

carestep_status carestep_assessment_set_never(carestep_assessment* assessment, int32_t input, carestep_date on,
                                              carestep_error** err) {
  return answer_with(assessment, input, on, err, [&] { return Answer(Never{}); });
}

carestep_status carestep_assessment_set_members(carestep_assessment* assessment, int32_t input,
                                                char const* const* members, size_t count, carestep_date on,
                                                carestep_error** err) {
  if (!names_given(members, count)) return wrong_argument(err, {}, "a member is NULL");
  return answer_with(assessment, input, on, err, [&] { return Answer(list_of(members, count)); });
}

carestep_status carestep_assessment_set_partly(carestep_assessment* assessment, int32_t input,
                                               char const* const* includes, size_t include_count,
                                               char const* const* excludes, size_t exclude_count, carestep_date on,
                                               carestep_error** err) {
  if (!names_given(includes, include_count) || !names_given(excludes, exclude_count))
    return wrong_argument(err, {}, "a member is NULL");
  return answer_with(assessment, input, on, err, [&] {
    return Answer(PartlyKnown{list_of(includes, include_count), list_of(excludes, exclude_count)});
  });
}

carestep_status carestep_assessment_set_unknown(carestep_assessment* assessment, int32_t input, int32_t reason,
                                                carestep_error** err) {
  Target target{};
  if (auto const wrong = find(assessment, input, CARESTEP_NO_DATE, err, target); wrong != CARESTEP_OK) return wrong;
  Allocator const& allocator = assessment->head.allocator;
  if (target.input.previous) return wrong_argument(err, allocator, "a previous answer is unknown without a reason");
  if (reason < CARESTEP_UNKNOWN_NOT_ASKED || reason > CARESTEP_UNKNOWN_UNABLE)
    return wrong_argument(err, allocator, "`reason` is none");
  return guarded(err, allocator, [&]() -> carestep_status {
    auto refusal =
        assessment->assessment.set_unknown(assessment->rules.input(target.input.id).name, static_cast<Unknown>(reason));
    return refusal ? fail_for_refusal(err, allocator, std::move(*refusal)) : CARESTEP_OK;
  });
}

carestep_status carestep_assessment_clear(carestep_assessment* assessment, int32_t input) {
  Target target{};
  if (find(assessment, input, CARESTEP_NO_DATE, nullptr, target) != CARESTEP_OK || target.input.previous)
    return CARESTEP_ERR_ARGUMENT;
  return guarded(nullptr, {}, [&]() -> carestep_status {
    assessment->assessment.clear(target.input.id);
    return CARESTEP_OK;
  });
}

int32_t carestep_assessment_known(carestep_assessment const* assessment, int32_t input) {
  if (!is(assessment)) return 0;
  auto const ref = input_of(assessment->rules, input);
  return ref && !ref->previous && assessment->assessment.known(ref->id) ? 1 : 0;
}

carestep_status carestep_assessment_no_previous(carestep_assessment* assessment) {
  if (!is(assessment)) return CARESTEP_ERR_ARGUMENT;
  return guarded(nullptr, {}, [&]() -> carestep_status {
    assessment->assessment.no_previous();
    return CARESTEP_OK;
  });
}

carestep_status carestep_assessment_has_previous(carestep_assessment* assessment) {
  if (!is(assessment)) return CARESTEP_ERR_ARGUMENT;
  assessment->assessment.has_previous();
  return CARESTEP_OK;
}

carestep_status carestep_assessment_set_unavailable(carestep_assessment* assessment, int32_t level,
                                                    carestep_error** err) {
  if (!is(assessment)) return wrong_argument(err, {}, "`assessment` is no such handle");
  Allocator const& allocator = assessment->head.allocator;
  if (level < 0 || static_cast<std::size_t>(level) >= assessment->rules.level_count())
    return wrong_argument(err, allocator, "the ruleset has no such level");
  return guarded(err, allocator, [&]() -> carestep_status {
    auto refusal = assessment->assessment.set_unavailable(name_of(assessment->rules, CARESTEP_KIND_LEVEL, level));
    return refusal ? fail_for_refusal(err, allocator, std::move(*refusal)) : CARESTEP_OK;
  });
}

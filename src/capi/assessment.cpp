#include "assessment.hpp"

#include <cstring>

#include "border.hpp"
#include "ruleset.hpp"

using namespace carestep;
using namespace carestep::capi;

carestep_status carestep_date_of(int32_t year, int32_t month, int32_t day, carestep_date* out) {
  if (out == nullptr) return CARESTEP_ERR_ARGUMENT;
  auto const found = date(year, month, day);
  if (!found) return CARESTEP_ERR_NOT_FOUND;
  *out = found->days;
  return CARESTEP_OK;
}

carestep_status carestep_date_parse(char const* text, carestep_date* out) {
  if (text == nullptr || out == nullptr) return CARESTEP_ERR_ARGUMENT;
  auto const found = parse_date(text);
  if (!found) return CARESTEP_ERR_NOT_FOUND;
  *out = found->days;
  return CARESTEP_OK;
}

carestep_status carestep_date_format(carestep_date day, char text[11]) {
  if (text == nullptr || !is_day(day)) return CARESTEP_ERR_ARGUMENT;
  return guarded(nullptr, {}, [&]() -> carestep_status {
    std::memcpy(text, to_string(Date{day}).c_str(), 11);
    return CARESTEP_OK;
  });
}

carestep_status carestep_assessment_new(carestep_ruleset const* ruleset, carestep_date day, carestep_assessment** out,
                                        carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  if (out == nullptr) return wrong_argument(err, allocator, "`out` is NULL");
  if (!is_day(day)) return wrong_argument(err, allocator, "the day is outside the years 1 to 9999");
  return guarded(err, allocator, [&]() -> carestep_status {
    *out = make<carestep_assessment>(allocator, ruleset->rules, ruleset->rules.assessment(Date{day}), std::string());
    return CARESTEP_OK;
  });
}

carestep_status carestep_assessment_from_json(carestep_ruleset const* ruleset, char const* json, size_t size,
                                              carestep_assessment** out, carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  if ((json == nullptr && size != 0) || out == nullptr)
    return wrong_argument(err, allocator, "`json` or `out` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    auto read =
        assessment_from_json(ruleset->rules, json == nullptr ? std::string_view("") : std::string_view(json, size));
    if (!read) return fail_for_refusals(err, allocator, std::move(read.error().refusals));
    *out = make<carestep_assessment>(allocator, ruleset->rules, std::move(read->assessment), std::move(read->id));
    return CARESTEP_OK;
  });
}

carestep_status carestep_assessment_json(carestep_assessment const* assessment, char** text, size_t* size,
                                         carestep_error** err) {
  if (!is(assessment)) return wrong_argument(err, {}, "`assessment` is no such handle");
  Allocator const& allocator = assessment->head.allocator;
  if (text == nullptr) return wrong_argument(err, allocator, "`text` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    give_text(allocator, assessment_to_json(assessment->rules, assessment->assessment, assessment->id), text, size);
    return CARESTEP_OK;
  });
}

carestep_status carestep_assessment_copy(carestep_assessment const* assessment, carestep_assessment** out,
                                         carestep_error** err) {
  if (!is(assessment)) return wrong_argument(err, {}, "`assessment` is no such handle");
  Allocator const& allocator = assessment->head.allocator;
  if (out == nullptr) return wrong_argument(err, allocator, "`out` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    *out = make<carestep_assessment>(allocator, assessment->rules, assessment->assessment, assessment->id);
    return CARESTEP_OK;
  });
}

carestep_status carestep_assessment_free(carestep_assessment* assessment) {
  return free_handle(assessment);
}

carestep_status carestep_assessment_set_id(carestep_assessment* assessment, char const* json, carestep_error** err) {
  if (!is(assessment)) return wrong_argument(err, {}, "`assessment` is no such handle");
  return guarded(err, assessment->head.allocator, [&]() -> carestep_status {
    std::string id = json == nullptr ? "" : json;
    // The reader of assessments judges it, so that there is one way for an id to be right.
    auto const read = assessment_from_json(assessment->rules, R"({"assessment_date":"2000-01-01","id":)" + id + "}");
    if (!id.empty() && (!read || read->id != id))
      return fail_for_refusal(err, assessment->head.allocator,
                              {"E0602", "id", "expected a text in quotes or a number"});
    assessment->id = std::move(id);
    return CARESTEP_OK;
  });
}

char const* carestep_assessment_id(carestep_assessment const* assessment) {
  return is(assessment) ? assessment->id.c_str() : "";
}

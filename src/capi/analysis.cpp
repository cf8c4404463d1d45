#include <carestep/analysis.hpp>

#include "border.hpp"
#include "ruleset.hpp"

using namespace carestep;
using namespace carestep::capi;

namespace {

/// The options of a caller, looked at.
struct Limits {
  AnalysisLimits limits;
  bool wrong = false;

  explicit Limits(carestep_analysis_options const* given) {
    carestep_analysis_options known;
    wrong = !read_sized(given, known);
    if (known.budget != 0) limits.budget = known.budget;
    if (known.stop != nullptr) limits.stop = [stop = known.stop, user = known.stop_user] { return stop(user) != 0; };
  }
};

}  // namespace

carestep_status carestep_diff(carestep_ruleset const* older, carestep_ruleset const* newer,
                              carestep_analysis_options const* options, int32_t format, int32_t* verdict, char** text,
                              size_t* size, carestep_error** err) {
  if (!is(older) || !is(newer)) return wrong_argument(err, {}, "`older` or `newer` is no such handle");
  Allocator const& allocator = newer->head.allocator;
  bool const json = format == CARESTEP_FORMAT_JSON;
  if ((!json && format != CARESTEP_FORMAT_TEXT) || text == nullptr)
    return wrong_argument(err, allocator, "`format` is none of these, or `text` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    Limits asked(options);
    if (asked.wrong) return wrong_argument(err, allocator, "the options are larger than this library knows");
    DiffOptions how;
    how.limits = std::move(asked.limits);
    DiffReport const report = diff(older->rules, newer->rules, how);
    give_text(allocator, json ? report.json() : report.text(), text, size);
    if (verdict != nullptr) *verdict = static_cast<std::int32_t>(report.verdict);
    return CARESTEP_OK;
  });
}

carestep_status carestep_ruleset_cases(carestep_ruleset const* ruleset, carestep_analysis_options const* options,
                                       int32_t format, char** text, size_t* size, carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  bool const json = format == CARESTEP_FORMAT_JSON;
  if ((!json && format != CARESTEP_FORMAT_TEXT) || text == nullptr)
    return wrong_argument(err, allocator, "`format` is none of these, or `text` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    Limits const asked(options);
    if (asked.wrong) return wrong_argument(err, allocator, "the options are larger than this library knows");
    TestCases const cases = test_cases(ruleset->rules, asked.limits);
    give_text(allocator, json ? cases.ndjson(ruleset->rules) : cases.coverage_text(), text, size);
    return CARESTEP_OK;
  });
}

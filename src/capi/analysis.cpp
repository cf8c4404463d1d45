// Questions about every possible person: proofs, differences, cases.

#include <carestep/analysis.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "border.hpp"
#include "ruleset.hpp"

using namespace carestep;
using namespace carestep::capi;

namespace {

/// Limits as every options struct of this family has them.
template <class Options>
AnalysisLimits limits_of(Options const& known) {
  AnalysisLimits limits;
  if (known.budget != 0) limits.budget = known.budget;
  if (known.stop != nullptr) limits.stop = [stop = known.stop, user = known.stop_user] { return stop(user) != 0; };
  return limits;
}

/// The options of a caller, looked at.
struct Limits {
  AnalysisLimits limits;
  bool wrong = false;

  explicit Limits(carestep_analysis_options const* given) {
    carestep_analysis_options known;
    wrong = !read_sized(given, known);
    limits = limits_of(known);
  }
};

static_assert(CARESTEP_CHECK_GUARANTEE == 1U << static_cast<unsigned>(Check::guarantee));
static_assert(CARESTEP_CHECK_MONOTONE == 1U << static_cast<unsigned>(Check::monotone));
static_assert(CARESTEP_CHECK_STRANDED == 1U << (check_count - 1));

std::vector<Check> checks_of(std::uint32_t bits) {
  std::vector<Check> checks;
  for (unsigned check = 0; check < check_count; ++check)
    if ((bits >> check & 1U) != 0) checks.push_back(static_cast<Check>(check));
  return checks;
}

carestep_proof_tally tally_of(ProofReport const& report) {
  carestep_proof_tally tally = {};
  for (Proof const& proof : report.proofs) {
    switch (proof.verdict) {
      case Verdict::proved:
        ++tally.proved;
        break;
      case Verdict::refuted:
        ++(proof.waived ? tally.waived : tally.refuted);
        break;
      case Verdict::gave_up:
        ++tally.gave_up;
        break;
    }
  }
  return tally;
}

std::string rendered(ProofReport const& report, std::int32_t format) {
  switch (format) {
    case CARESTEP_FORMAT_JSON:
      return report.json();
    case CARESTEP_FORMAT_SARIF:
      return report.sarif();
    default:
      return report.text();
  }
}

}  // namespace

carestep_status carestep_prove(carestep_ruleset const* ruleset, carestep_prove_options const* options, int32_t format,
                               carestep_proof_tally* tally, char** text, size_t* size, carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  bool const known_format =
      format == CARESTEP_FORMAT_TEXT || format == CARESTEP_FORMAT_JSON || format == CARESTEP_FORMAT_SARIF;
  if (!known_format || text == nullptr)
    return wrong_argument(err, allocator, "`format` is none of these, or `text` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    carestep_prove_options known;
    if (!read_sized(options, known))
      return wrong_argument(err, allocator, "the options are larger than this library knows");
    if (known.checks >> check_count != 0) return wrong_argument(err, allocator, "`checks` has a bit that is no check");
    // Looked at first: a call that fails gives neither a tally nor a text.
    if (tally != nullptr && tally->struct_size < sizeof(tally->struct_size))
      return wrong_argument(err, allocator, "`tally` has no size");
    ProofReport const report = prove(ruleset->rules, {checks_of(known.checks), limits_of(known)});
    give_text(allocator, rendered(report, format), text, size);
    if (tally != nullptr) static_cast<void>(fill_sized(tally, tally_of(report)));
    return CARESTEP_OK;
  });
}

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

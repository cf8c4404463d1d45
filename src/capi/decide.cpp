#include <carestep/ruleset.hpp>

#include "assessment.hpp"
#include "border.hpp"
#include "decision.hpp"
#include "ruleset.hpp"

using namespace carestep;
using namespace carestep::capi;

namespace {

/// A decision that refuses what could not be read.
Decision refused(std::vector<Refusal> refusals) {
  Decision decision;
  decision.status = DecisionStatus::refused;
  decision.refusals = std::move(refusals);
  return decision;
}

std::string decided_json(Ruleset const& rules, std::string_view json, DecideOptions const& options) {
  auto read = assessment_from_json(rules, json);
  if (!read) return decision_to_json(rules, refused(std::move(read.error().refusals)), read.error().id, options.brief);
  return decision_to_json(rules, rules.decide(read->assessment, options), read->id, options.brief);
}

/// Makes a decision one of an assessment of this ruleset. Out of line: it is as good as always one already.
[[gnu::noinline]] void adopt(carestep_ruleset const& ruleset, carestep_assessment const& assessment,
                             carestep_decision& decision) {
  decision.id = assessment.id;
  // Counting a copy of the ruleset for every decision would make threads wait for each other.
  if (decision.identity == ruleset.identity) return;
  decision.rules = ruleset.rules;
  decision.identity = ruleset.identity;
}

}  // namespace

carestep_status carestep_decision_new(carestep_ruleset const* ruleset, carestep_decision** out, carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  if (out == nullptr) return wrong_argument(err, allocator, "`out` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    *out = make<carestep_decision>(allocator, ruleset->rules, ruleset->identity, refused({}), std::string());
    return CARESTEP_OK;
  });
}

carestep_status carestep_decision_free(carestep_decision* decision) {
  return free_handle(decision);
}

carestep_status carestep_decide(carestep_ruleset const* ruleset, carestep_assessment const* assessment,
                                carestep_decide_options const* options, carestep_decision* decision,
                                carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  if (!is(assessment)) return wrong_argument(err, allocator, "`assessment` is no such handle");
  if (!is(decision)) return wrong_argument(err, allocator, "`decision` is no such handle");
  return guarded(err, allocator, [&]() -> carestep_status {
    Deciding const asked(options);
    if (asked.wrong) return wrong_argument(err, allocator, "the options are larger than this library knows");
    if (asked.stop()) return fail(err, allocator, CARESTEP_ERR_CANCELLED, "cancelled");
    if (!decision->id.empty() || !assessment->id.empty() || decision->identity != ruleset->identity)
      adopt(*ruleset, *assessment, *decision);
    ruleset->rules.decide(assessment->assessment, decision->decision, asked.options);
    return CARESTEP_OK;
  });
}

carestep_status carestep_decide_json(carestep_ruleset const* ruleset, char const* json, size_t json_size,
                                     carestep_decide_options const* options, char** text, size_t* size,
                                     carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  if ((json == nullptr && json_size != 0) || text == nullptr)
    return wrong_argument(err, allocator, "`json` or `text` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    Deciding const asked(options);
    if (asked.wrong) return wrong_argument(err, allocator, "the options are larger than this library knows");
    if (asked.stop()) return fail(err, allocator, CARESTEP_ERR_CANCELLED, "cancelled");
    std::string_view const given = json == nullptr ? std::string_view("") : std::string_view(json, json_size);
    give_text(allocator, decided_json(ruleset->rules, given, asked.options), text, size);
    return CARESTEP_OK;
  });
}

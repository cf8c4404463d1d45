// What is said in documents: explanations, the ruleset for review, its graph, the outcome of its examples.

#include <carestep/explanation.hpp>
#include <carestep/ruleset.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assessment.hpp"
#include "border.hpp"
#include "decision.hpp"
#include "ruleset.hpp"

using namespace carestep;
using namespace carestep::capi;

struct carestep_explanation {
  static constexpr Tag tag = Tag::explanation;
  Head head;
  Explanation explanation;
  carestep_decision decision;
};

namespace {

std::optional<DocumentFormat> document_format(std::int32_t format) {
  switch (format) {
    case CARESTEP_FORMAT_TEXT:
      return DocumentFormat::text;
    case CARESTEP_FORMAT_JSON:
      return DocumentFormat::json;
    case CARESTEP_FORMAT_MARKDOWN:
      return DocumentFormat::markdown;
    case CARESTEP_FORMAT_HTML:
      return DocumentFormat::html;
    default:
      return std::nullopt;
  }
}

std::optional<GraphFormat> graph_format(std::int32_t format) {
  switch (format) {
    case CARESTEP_FORMAT_DOT:
      return GraphFormat::dot;
    case CARESTEP_FORMAT_MERMAID:
      return GraphFormat::mermaid;
    case CARESTEP_FORMAT_SVG:
      return GraphFormat::svg;
    default:
      return std::nullopt;
  }
}

std::string rendered(carestep_explanation const& given, DocumentFormat format) {
  switch (format) {
    case DocumentFormat::text:
      return given.explanation.text();
    case DocumentFormat::markdown:
      return given.explanation.markdown();
    case DocumentFormat::html:
      return given.explanation.html();
    case DocumentFormat::json:
      break;
  }
  return explained_decision_to_json(given.decision.rules, given.explanation, given.decision.id);
}

/// One of a list; null where there is no list, or no such item.
template <class T>
T const* item(std::vector<T> const* list, std::size_t index) {
  return list == nullptr || index >= list->size() ? nullptr : &(*list)[index];
}

char const* text_at(std::vector<std::string> const* list, std::size_t index) {
  std::string const* const text = item(list, index);
  return text == nullptr ? "" : text->c_str();
}

std::vector<ShownRule> const* shown_rules(carestep_explanation const* given, std::int32_t shown) {
  if (!is(given)) return nullptr;
  switch (shown) {
    case CARESTEP_SHOWN_ACTIVE:
      return &given->explanation.active;
    case CARESTEP_SHOWN_OPEN:
      return &given->explanation.open;
    case CARESTEP_SHOWN_CRITERIA:
      return &given->explanation.criteria;
    case CARESTEP_SHOWN_MOVES:
      return &given->explanation.moves;
    default:
      return nullptr;
  }
}
static_assert(CARESTEP_TRUTH_NO == static_cast<int>(Truth::no) && CARESTEP_TRUTH_YES == static_cast<int>(Truth::yes) &&
              CARESTEP_TRUTH_OPEN == static_cast<int>(Truth::open));

ShownExclusion const* excluded_level(carestep_explanation const* given, std::size_t index) {
  return is(given) ? item(&given->explanation.why_not_lower, index) : nullptr;
}

std::vector<std::string> const* reasons_of(ShownExclusion const* excluded, std::int32_t by) {
  if (excluded == nullptr) return nullptr;
  switch (by) {
    case CARESTEP_EXCLUDED_BY_RULE:
      return &excluded->rules;
    case CARESTEP_EXCLUDED_BY_CRITERION:
      return &excluded->criteria;
    case CARESTEP_PERHAPS_BY_RULE:
      return &excluded->open_rules;
    case CARESTEP_PERHAPS_BY_CRITERION:
      return &excluded->open_criteria;
    default:
      return nullptr;
  }
}

}  // namespace

carestep_status carestep_explain(carestep_ruleset const* ruleset, carestep_assessment const* assessment,
                                 carestep_decide_options const* options, carestep_explanation** out,
                                 carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  if (!is(assessment)) return wrong_argument(err, allocator, "`assessment` is no such handle");
  if (out == nullptr) return wrong_argument(err, allocator, "`out` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    Deciding const asked(options);
    if (asked.wrong) return wrong_argument(err, allocator, "the options are larger than this library knows");
    if (asked.stop()) return fail(err, allocator, CARESTEP_ERR_CANCELLED, "cancelled");
    Explanation explanation = ruleset->rules.explain(assessment->assessment, asked.options);
    explanation.id = assessment->id;
    carestep_decision decision{
        {Tag::decision, allocator}, ruleset->rules, ruleset->identity, explanation.decision, assessment->id};
    *out = make<carestep_explanation>(allocator, std::move(explanation), std::move(decision));
    return CARESTEP_OK;
  });
}

carestep_status carestep_explanation_free(carestep_explanation* explanation) {
  return free_handle(explanation);
}

char const* carestep_explanation_summary(carestep_explanation const* explanation) {
  return is(explanation) ? explanation->explanation.summary.c_str() : "";
}

char const* carestep_explanation_certainty(carestep_explanation const* explanation) {
  return is(explanation) ? explanation->explanation.certainty.c_str() : "";
}

carestep_decision const* carestep_explanation_decision(carestep_explanation const* explanation) {
  return is(explanation) ? &explanation->decision : nullptr;
}

carestep_status carestep_explanation_render(carestep_explanation const* explanation, int32_t format, char** text,
                                            size_t* size, carestep_error** err) {
  if (!is(explanation)) return wrong_argument(err, {}, "`explanation` is no such handle");
  Allocator const& allocator = explanation->head.allocator;
  auto const as = document_format(format);
  if (!as || text == nullptr) return wrong_argument(err, allocator, "`format` is none of these, or `text` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    give_text(allocator, rendered(*explanation, *as), text, size);
    return CARESTEP_OK;
  });
}

size_t carestep_explanation_rule_count(carestep_explanation const* explanation, int32_t shown) {
  std::vector<ShownRule> const* const rules = shown_rules(explanation, shown);
  return rules == nullptr ? 0 : rules->size();
}

carestep_status carestep_explanation_rule(carestep_explanation const* explanation, int32_t shown, size_t index,
                                          carestep_shown_rule* out) {
  ShownRule const* const rule = item(shown_rules(explanation, shown), index);
  if (rule == nullptr) return CARESTEP_ERR_ARGUMENT;
  carestep_shown_rule filled = {};
  filled.name = rule->name.c_str();
  filled.label = rule->label.c_str();
  filled.because = rule->because.c_str();
  filled.file = rule->file.c_str();
  filled.line = rule->line;
  filled.action_count = static_cast<std::uint32_t>(rule->actions.size());
  filled.state = static_cast<std::int32_t>(rule->state);
  filled.binding = rule->binding ? 1 : 0;
  return fill_sized(out, filled) ? CARESTEP_OK : CARESTEP_ERR_ARGUMENT;
}

char const* carestep_explanation_action(carestep_explanation const* explanation, int32_t shown, size_t index,
                                        size_t action) {
  ShownRule const* const rule = item(shown_rules(explanation, shown), index);
  return rule == nullptr ? "" : text_at(&rule->actions, action);
}

size_t carestep_explanation_excluded_count(carestep_explanation const* explanation) {
  return is(explanation) ? explanation->explanation.why_not_lower.size() : 0;
}

char const* carestep_explanation_excluded_level(carestep_explanation const* explanation, size_t index) {
  ShownExclusion const* const excluded = excluded_level(explanation, index);
  return excluded == nullptr ? "" : excluded->level.c_str();
}

size_t carestep_explanation_reason_count(carestep_explanation const* explanation, size_t index, int32_t by) {
  std::vector<std::string> const* const reasons = reasons_of(excluded_level(explanation, index), by);
  return reasons == nullptr ? 0 : reasons->size();
}

char const* carestep_explanation_reason(carestep_explanation const* explanation, size_t index, int32_t by,
                                        size_t reason) {
  return text_at(reasons_of(excluded_level(explanation, index), by), reason);
}

size_t carestep_explanation_question_count(carestep_explanation const* explanation) {
  return is(explanation) ? explanation->explanation.unknown_that_matters.size() : 0;
}

char const* carestep_explanation_question(carestep_explanation const* explanation, size_t index) {
  return is(explanation) ? text_at(&explanation->explanation.unknown_that_matters, index) : "";
}

carestep_status carestep_ruleset_describe(carestep_ruleset const* ruleset, int32_t format, char** text, size_t* size,
                                          carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  auto const as = document_format(format);
  if (!as || text == nullptr) return wrong_argument(err, allocator, "`format` is none of these, or `text` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    give_text(allocator, ruleset->rules.describe(*as), text, size);
    return CARESTEP_OK;
  });
}

carestep_status carestep_ruleset_test(carestep_ruleset const* ruleset, int32_t format, int32_t* passed, char** text,
                                      size_t* size, carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  bool const json = format == CARESTEP_FORMAT_JSON;
  if ((!json && format != CARESTEP_FORMAT_TEXT) || text == nullptr)
    return wrong_argument(err, allocator, "`format` is none of these, or `text` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    TestReport const report = ruleset->rules.test();
    give_text(allocator, json ? report.json() : report.text(), text, size);
    if (passed != nullptr) *passed = report.passed() ? 1 : 0;
    return CARESTEP_OK;
  });
}

carestep_status carestep_ruleset_graph(carestep_ruleset const* ruleset, int32_t format,
                                       carestep_assessment const* assessment, carestep_decide_options const* options,
                                       char** text, size_t* size, carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  auto const as = graph_format(format);
  if (!as || text == nullptr) return wrong_argument(err, allocator, "`format` is none of these, or `text` is NULL");
  if (assessment != nullptr && !is(assessment)) return wrong_argument(err, allocator, "`assessment` is no such handle");
  return guarded(err, allocator, [&]() -> carestep_status {
    Deciding const asked(options);
    if (asked.wrong) return wrong_argument(err, allocator, "the options are larger than this library knows");
    if (asked.stop()) return fail(err, allocator, CARESTEP_ERR_CANCELLED, "cancelled");
    Assessment const* const marked = assessment == nullptr ? nullptr : &assessment->assessment;
    give_text(allocator, ruleset->rules.graph(*as, marked, asked.options), text, size);
    return CARESTEP_OK;
  });
}

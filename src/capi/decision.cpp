#include "decision.hpp"

#include "border.hpp"
#include "error.hpp"
#include "ruleset.hpp"

using namespace carestep;
using namespace carestep::capi;

namespace {

std::int32_t level_number(LevelId level) {
  return level.index;
}

std::int32_t number_of(LevelId level) {
  return level.index;
}
std::int32_t number_of(Question question) {
  return static_cast<std::int32_t>(question.input.index) | (question.previous ? CARESTEP_PREVIOUS : 0);
}
template <class Id>
std::int32_t number_of(Id id) {
  return static_cast<std::int32_t>(id.index);
}

/// Calls `numbers` or `texts` with the list that the caller means; 0 for none.
template <class Numbers, class Texts>
std::size_t with_list(Decision const& decision, std::int32_t list, Numbers const& numbers, Texts const& texts) {
  switch (list) {
    case CARESTEP_LIST_PLAN:
      return decision.plan ? numbers(*decision.plan, CARESTEP_KIND_LEVEL) : 0;
    case CARESTEP_LIST_ASK:
      return numbers(decision.ask, CARESTEP_KIND_INPUT);
    case CARESTEP_LIST_ACTIVE:
      return numbers(decision.active, CARESTEP_KIND_RULE);
    case CARESTEP_LIST_OPEN:
      return numbers(decision.open, CARESTEP_KIND_RULE);
    case CARESTEP_LIST_SUGGEST:
      return numbers(decision.suggest, CARESTEP_KIND_SERVICE);
    case CARESTEP_LIST_ASSUMED:
      return numbers(decision.assumed, CARESTEP_KIND_INPUT);
    case CARESTEP_LIST_STALE:
      return numbers(decision.stale, CARESTEP_KIND_INPUT);
    case CARESTEP_LIST_BROKEN_GUARANTEES:
      return numbers(decision.broken_guarantees, CARESTEP_KIND_GUARANTEE);
    case CARESTEP_LIST_OPEN_GUARANTEES:
      return numbers(decision.open_guarantees, CARESTEP_KIND_GUARANTEE);
    case CARESTEP_LIST_LACKING:
      return numbers(decision.lacking, CARESTEP_KIND_SERVICE);
    case CARESTEP_LIST_ALERTS:
      return texts(decision.alerts);
    case CARESTEP_LIST_OPEN_ALERTS:
      return texts(decision.open_alerts);
    case CARESTEP_LIST_NOTES:
      return texts(decision.notes);
    case CARESTEP_LIST_CONFLICT:
      return texts(decision.conflict);
    default:
      return 0;
  }
}

constexpr auto no_texts = [](std::vector<std::string_view> const&) -> std::size_t { return 0; };

}  // namespace

carestep_status carestep_decision_get(carestep_decision const* decision, carestep_outcome* out) {
  if (!is(decision)) return CARESTEP_ERR_ARGUMENT;
  Decision const& of = decision->decision;
  bool const filled = fill_sized_by(out, [&](carestep_outcome& outcome) {
    outcome.status = static_cast<std::int32_t>(of.status);
    outcome.move = static_cast<std::int32_t>(of.move);
    outcome.next = level_number(of.next);
    outcome.indicated = level_number(of.indicated);
    outcome.marks = of.marks.bits;
    outcome.possible_next_none = of.possible_next.none ? 1 : 0;
    outcome.possible_next = of.possible_next.bits;
    outcome.possible_indicated = of.possible_indicated.bits;
    outcome.possible_indicated_none = of.possible_indicated.none ? 1 : 0;
    outcome.placement = of.placement ? level_number(*of.placement) : CARESTEP_LEVEL_UNTOLD;
    outcome.admissible = of.admissible.bits;
    outcome.reassess_on = of.reassess_on ? of.reassess_on->days : CARESTEP_NO_DATE;
    outcome.plan_known = of.plan ? 1 : 0;
  });
  return filled ? CARESTEP_OK : CARESTEP_ERR_ARGUMENT;
}

size_t carestep_decision_count(carestep_decision const* decision, int32_t list) {
  if (!is(decision)) return 0;
  if (list == CARESTEP_LIST_REFUSALS) return decision->decision.refusals.size();
  auto const size = [](auto const& items, auto...) { return items.size(); };
  return with_list(decision->decision, list, size, size);
}

carestep_status carestep_decision_item(carestep_decision const* decision, int32_t list, size_t index, int32_t* out) {
  if (!is(decision) || out == nullptr) return CARESTEP_ERR_ARGUMENT;
  auto const give = [&](auto const& items, std::int32_t) -> std::size_t {
    if (index >= items.size()) return 0;
    *out = number_of(items[index]);
    return 1;
  };
  return with_list(decision->decision, list, give, no_texts) == 1 ? CARESTEP_OK : CARESTEP_ERR_ARGUMENT;
}

char const* carestep_decision_text(carestep_decision const* decision, int32_t list, size_t index) {
  char const* text = "";
  if (!is(decision)) return text;
  auto const name = [&](auto const& items, std::int32_t kind) -> std::size_t {
    if (index >= items.size()) return 0;
    std::int32_t const plain =
        kind == CARESTEP_KIND_INPUT ? number_of(items[index]) & ~CARESTEP_PREVIOUS : number_of(items[index]);
    text = text_of(name_of(decision->rules, kind, plain));
    return 1;
  };
  auto const words = [&](std::vector<std::string_view> const& items) -> std::size_t {
    if (index < items.size()) text = text_of(items[index]);
    return 1;
  };
  with_list(decision->decision, list, name, words);
  return text;
}

carestep_status carestep_decision_refusal(carestep_decision const* decision, size_t index, carestep_refusal* out) {
  if (!is(decision)) return CARESTEP_ERR_ARGUMENT;
  return give_refusal(decision->decision.refusals, index, out);
}

carestep_status carestep_decision_json(carestep_decision const* decision, int32_t brief, char** text, size_t* size,
                                       carestep_error** err) {
  if (!is(decision)) return wrong_argument(err, {}, "`decision` is no such handle");
  Allocator const& allocator = decision->head.allocator;
  if (text == nullptr) return wrong_argument(err, allocator, "`text` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    give_text(allocator, decision_to_json(decision->rules, decision->decision, decision->id, brief != 0), text, size);
    return CARESTEP_OK;
  });
}

char const* carestep_move_name(int32_t move) {
  if (move < CARESTEP_MOVE_ADMIT || move > CARESTEP_MOVE_NONE) return "";
  return text_of(to_string(static_cast<Move>(move)));
}

char const* carestep_mark_name(uint32_t mark) {
  for (int i = 0; i < mark_count; ++i)
    if (mark == std::uint32_t{1} << i) return text_of(to_string(static_cast<Mark>(i)));
  return "";
}

char const* carestep_decision_status_name(int32_t status) {
  if (status < CARESTEP_DETERMINED || status > CARESTEP_REFUSED) return "";
  return text_of(to_string(static_cast<DecisionStatus>(status)));
}

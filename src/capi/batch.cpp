#include "batch.hpp"

#include <algorithm>

#include "assessment.hpp"
#include "border.hpp"
#include "ruleset.hpp"

using namespace carestep;
using namespace carestep::capi;

struct carestep_batch_builder {
  static constexpr Tag tag = Tag::batch_builder;
  Head head;
  Ruleset rules;
  BatchBuilder builder;
};

namespace {

/// Between two of them, the caller may stop.
constexpr std::size_t stretch = 16 * BatchOptions::part;

template <class T>
std::span<T> list(T* first, std::size_t size) {
  return first == nullptr ? std::span<T>() : std::span<T>(first, size);
}

BatchDecisions lists_of(carestep_batch_decisions const& into, carestep_batch const& batch) {
  std::size_t const size = batch.batch.size();
  return {.status = list(into.status, size),
          .move = list(into.move, size),
          .next = list(into.next, size),
          .indicated = list(into.indicated, size),
          .marks = list(into.marks, size),
          .active = list(into.active, batch.rules.rule_count() * BatchDecisions::active_words(size))};
}

Stretches stretches_of(carestep_batch_options const& given) {
  Stretches asked;
  asked.options.allow_out_of_force = given.allow_out_of_force != 0;
  if (given.budget != 0) asked.options.budget = given.budget;
  asked.options.first = given.first;
  if (given.count != 0) asked.options.count = given.count;
  asked.stop = given.stop;
  asked.user = given.stop_user;
  return asked;
}

void add(BatchTally& sum, BatchTally const& part) {
  sum.records += part.records;
  sum.undetermined += part.undetermined;
  sum.refused += part.refused;
  sum.settled_singly += part.settled_singly;
}

}  // namespace

namespace carestep::capi {

bool decide(carestep_batch const& batch, Stretches const& asked, BatchDecisions const& into, BatchTally& tally) {
  BatchOptions options = asked.options;
  std::size_t const rest = batch.batch.size() - options.first;
  std::size_t const end = options.first + std::min(asked.options.count, rest);
  for (std::size_t first = options.first; first < end; first += options.count) {
    if (asked.stop != nullptr && asked.stop(asked.user) != 0) return false;
    options.first = first;
    options.count = asked.stop == nullptr ? end - first : std::min(stretch, end - first);
    add(tally, batch.rules.decide(batch.batch, into, options));
  }
  return true;
}

}  // namespace carestep::capi

carestep_status carestep_batch_new(carestep_ruleset const* ruleset, size_t size, carestep_date day,
                                   carestep_batch** out, carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  if (out == nullptr) return wrong_argument(err, allocator, "`out` is NULL");
  if (!is_day(day)) return wrong_argument(err, allocator, "the day is outside the years 1 to 9999");
  return guarded(err, allocator, [&]() -> carestep_status {
    *out = make<carestep_batch>(allocator, ruleset->rules, ruleset->rules.batch(size, Date{day}), false, nullptr);
    return CARESTEP_OK;
  });
}

carestep_status carestep_batch_free(carestep_batch* batch) {
  return free_handle(batch);
}

size_t carestep_batch_size(carestep_batch const* batch) {
  return is(batch) ? batch->batch.size() : 0;
}

carestep_status carestep_batch_set(carestep_batch* batch, int32_t input, carestep_column const* column,
                                   carestep_error** err) {
  if (!is(batch)) return wrong_argument(err, {}, "`batch` is no such handle");
  Allocator const& allocator = batch->head.allocator;
  if (batch->packed) return wrong_argument(err, allocator, "a packed or collected batch takes no columns");
  auto const ref = input_of(batch->rules, input);
  if (!ref) return wrong_argument(err, allocator, "the ruleset has no such input");
  carestep_column given;
  bool const known = column != nullptr && read_sized(column, given) && given.kind >= CARESTEP_COLUMN_VALUES &&
                     given.kind <= CARESTEP_COLUMN_MEMBERS && given.type >= CARESTEP_BITS && given.type <= CARESTEP_I32;
  if (!known || (given.data == nullptr && given.size != 0))
    return wrong_argument(err, allocator, "the column has no data, or a kind or type that is none");
  return guarded(err, allocator, [&]() -> carestep_status {
    Column taken;
    taken.kind = static_cast<Column::Kind>(given.kind);
    taken.type = static_cast<Column::Type>(given.type);
    taken.data = given.data;
    taken.size = given.size;
    taken.known = given.known;
    taken.decimals = given.decimals;
    auto refusal = ref->previous ? batch->batch.set_previous(ref->id, taken) : batch->batch.set(ref->id, taken);
    return refusal ? fail_for_refusal(err, allocator, std::move(*refusal)) : CARESTEP_OK;
  });
}

carestep_status carestep_batch_no_previous(carestep_batch* batch) {
  if (!is(batch) || batch->packed) return CARESTEP_ERR_ARGUMENT;
  return guarded(nullptr, {}, [&]() -> carestep_status {
    batch->batch.no_previous();
    return CARESTEP_OK;
  });
}

carestep_status carestep_batch_pack(carestep_batch const* batch, carestep_batch** out, carestep_error** err) {
  if (!is(batch)) return wrong_argument(err, {}, "`batch` is no such handle");
  Allocator const& allocator = batch->head.allocator;
  if (out == nullptr) return wrong_argument(err, allocator, "`out` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    *out = make<carestep_batch>(allocator, batch->rules, batch->batch.packed(), true, batch->columns);
    return CARESTEP_OK;
  });
}

carestep_status carestep_batch_decide(carestep_batch const* batch, carestep_batch_options const* options,
                                      carestep_batch_decisions const* into, carestep_batch_tally* tally,
                                      carestep_error** err) {
  if (!is(batch)) return wrong_argument(err, {}, "`batch` is no such handle");
  Allocator const& allocator = batch->head.allocator;
  carestep_batch_options asked;
  carestep_batch_decisions lists;
  if (!read_sized(options, asked) || into == nullptr || !read_sized(into, lists))
    return wrong_argument(err, allocator, "a struct is missing, has no size, or is larger than this library knows");
  if (asked.first > batch->batch.size() || asked.first % BatchOptions::part != 0)
    return wrong_argument(err, allocator, "`first` is behind the last record, or no multiple of 4,096");
  return guarded(err, allocator, [&]() -> carestep_status {
    BatchTally sum;
    bool const whole = decide(*batch, stretches_of(asked), lists_of(lists, *batch), sum);
    carestep_batch_tally const told{0, sum.records, sum.undetermined, sum.refused, sum.settled_singly};
    if (tally != nullptr && !fill_sized(tally, told)) return wrong_argument(err, allocator, "`tally` has no size");
    return whole ? CARESTEP_OK : fail(err, allocator, CARESTEP_ERR_CANCELLED, "cancelled");
  });
}

carestep_status carestep_batch_builder_new(carestep_ruleset const* ruleset, carestep_batch_builder** out,
                                           carestep_error** err) {
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  if (out == nullptr) return wrong_argument(err, allocator, "`out` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    *out = make<carestep_batch_builder>(allocator, ruleset->rules, ruleset->rules.batch_builder());
    return CARESTEP_OK;
  });
}

carestep_status carestep_batch_builder_add(carestep_batch_builder* builder, carestep_assessment const* assessment,
                                           carestep_error** err) {
  if (!is(builder)) return wrong_argument(err, {}, "`builder` is no such handle");
  Allocator const& allocator = builder->head.allocator;
  if (!is(assessment)) return wrong_argument(err, allocator, "`assessment` is no such handle");
  return guarded(err, allocator, [&]() -> carestep_status {
    auto refusal = builder->builder.add(assessment->assessment);
    return refusal ? fail_for_refusal(err, allocator, std::move(*refusal)) : CARESTEP_OK;
  });
}

carestep_status carestep_batch_builder_finish(carestep_batch_builder* builder, carestep_batch** out,
                                              carestep_error** err) {
  if (!is(builder)) return wrong_argument(err, {}, "`builder` is no such handle");
  Allocator const& allocator = builder->head.allocator;
  if (out == nullptr) return wrong_argument(err, allocator, "`out` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    *out = make<carestep_batch>(allocator, builder->rules, builder->builder.finish(), true, nullptr);
    return CARESTEP_OK;
  });
}

carestep_status carestep_batch_builder_free(carestep_batch_builder* builder) {
  return free_handle(builder);
}

#include "arrow.hpp"

#include <cerrno>

#include "batch.hpp"
#include "border.hpp"
#include "ruleset.hpp"

using namespace carestep;
using namespace carestep::capi;

namespace {

/// The options of a caller, looked at.
struct Asked {
  carestep_arrow_options options;
  bool wrong = false;

  explicit Asked(carestep_arrow_options const* given) : wrong(!read_sized(given, options)) {}

  [[nodiscard]] Stretches stretches() const {
    Stretches asked;
    asked.options.allow_out_of_force = options.allow_out_of_force != 0;
    if (options.budget != 0) asked.options.budget = options.budget;
    asked.stop = options.stop;
    asked.user = options.stop_user;
    return asked;
  }
};

bool is_table(ArrowSchema const& schema, ArrowArray const& columns) {
  return is_whole(schema, columns) && std::string_view(schema.format) == "+s";
}

/// A batch out of a struct array, or why not.
carestep_status import(Ruleset const& rules, Allocator const& allocator, Date day, ArrowSchema const& schema,
                       Taken<ArrowArray> columns, carestep_batch** out, carestep_error** err) {
  if (!is_table(schema, columns.get()))
    return wrong_argument(err, allocator, "the columns are no struct array, or not that of the schema");
  auto const memory = std::make_shared<Memory>(std::move(columns));
  Batch batch = rules.batch(static_cast<std::size_t>(memory->columns().length), day);
  if (auto refusal = set_columns(rules, schema, *memory, batch))
    return fail_for_refusal(err, allocator, std::move(*refusal));
  *out = make<carestep_batch>(allocator, rules, std::move(batch), false, memory);
  return CARESTEP_OK;
}

/// The decisions of a batch; nothing when the caller wants to stop.
std::optional<Taken<ArrowArray>> decisions_of(carestep_batch const& batch, Asked const& asked) {
  auto lists = lists_for(batch.rules, batch.batch.size(), asked.options.active != 0);
  BatchTally tally;
  if (!decide(batch, asked.stretches(), places_in(*lists), tally)) return std::nullopt;
  return array_of_decisions(batch.rules, std::move(lists), tally.refused);
}

// ---- streams --------------------------------------------------------------------------------------------------------

class Stream {
 public:
  Stream(Ruleset rules, Date day, Asked const& asked, Taken<ArrowArrayStream> from)
      : rules_(std::move(rules)), day_(day), asked_(asked), from_(std::move(from)) {}

  int get_schema(ArrowSchema* out) {
    schema_of_decisions(rules_, asked_.options.active != 0).give(out);
    return 0;
  }

  int get_next(ArrowArray* out) {
    if (int const failed = read_schema(); failed != 0) return failed;
    ArrowArray next = {};
    if (int const failed = from_.get().get_next(&from_.get(), &next); failed != 0) return from_failed(failed);
    if (next.release == nullptr) {
      *out = {};
      return 0;
    }
    return decide_next(Taken<ArrowArray>(&next), out);
  }

  [[nodiscard]] char const* last_error() const { return error_.empty() ? nullptr : error_.c_str(); }
  void fail(char const* why) noexcept {
    try {
      error_ = why;
    } catch (...) {
      error_.clear();
    }
  }

 private:
  int read_schema() {
    if (schema_.there()) return 0;
    ArrowSchema schema = {};
    if (int const failed = from_.get().get_schema(&from_.get(), &schema); failed != 0) return from_failed(failed);
    schema_ = Taken<ArrowSchema>(&schema);
    return schema_.there() ? 0 : (fail("the assessments have no schema"), EINVAL);
  }

  int from_failed(int with) {
    char const* const why = from_.get().get_last_error == nullptr ? nullptr : from_.get().get_last_error(&from_.get());
    fail(why == nullptr ? "the assessments could not be read" : why);
    return with;
  }

  int decide_next(Taken<ArrowArray> columns, ArrowArray* out) {
    carestep_batch* batch = nullptr;
    carestep_error* error = nullptr;
    carestep_status const status = import(rules_, {}, day_, schema_.get(), std::move(columns), &batch, &error);
    if (status != CARESTEP_OK) {
      fail(carestep_error_message(error));
      carestep_error_free(error);
      return status == CARESTEP_ERR_NO_MEMORY ? ENOMEM : EINVAL;
    }
    struct Freed {
      carestep_batch* batch;
      ~Freed() { carestep_batch_free(batch); }
    } const freed{batch};
    if (asked_.options.no_previous != 0) batch->batch.no_previous();
    auto decisions = decisions_of(*batch, asked_);
    if (!decisions) return fail("cancelled"), ECANCELED;
    decisions->give(out);
    return 0;
  }

  Ruleset rules_;
  Date day_;
  Asked asked_;
  Taken<ArrowArrayStream> from_;
  Taken<ArrowSchema> schema_;
  std::string error_;
};

/// Runs a member of the stream; no exception gets out of it.
template <class Body>
int in_stream(ArrowArrayStream* stream, Body const& body) noexcept {
  auto* const state = static_cast<Stream*>(stream->private_data);
  try {
    return body(*state);
  } catch (std::bad_alloc const&) {
    state->fail("no memory");  // short enough to need none
    return ENOMEM;
  } catch (...) {
    state->fail("a defect");
    return EINVAL;
  }
}

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  return in_stream(stream, [&](Stream& state) { return state.get_schema(out); });
}
int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
  return in_stream(stream, [&](Stream& state) { return state.get_next(out); });
}
char const* stream_error(ArrowArrayStream* stream) {
  return static_cast<Stream*>(stream->private_data)->last_error();
}
void stream_release(ArrowArrayStream* stream) {
  delete static_cast<Stream*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

carestep_status carestep_batch_from_arrow(carestep_ruleset const* ruleset, carestep_date day, ArrowSchema* schema,
                                          ArrowArray* columns, carestep_batch** out, carestep_error** err) {
  Taken<ArrowSchema> const described(schema);
  Taken<ArrowArray> given(columns);
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  if (!described.there() || !given.there() || out == nullptr)
    return wrong_argument(err, allocator, "`schema`, `columns` or `out` is NULL, or was released");
  if (!is_day(day)) return wrong_argument(err, allocator, "the day is outside the years 1 to 9999");
  return guarded(err, allocator, [&]() -> carestep_status {
    return import(ruleset->rules, allocator, Date{day}, described.get(), std::move(given), out, err);
  });
}

carestep_status carestep_batch_decide_arrow(carestep_batch const* batch, carestep_arrow_options const* options,
                                            ArrowSchema* schema, ArrowArray* decisions, carestep_error** err) {
  if (!is(batch)) return wrong_argument(err, {}, "`batch` is no such handle");
  Allocator const& allocator = batch->head.allocator;
  if (schema == nullptr || decisions == nullptr)
    return wrong_argument(err, allocator, "`schema` or `decisions` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    Asked const asked(options);
    if (asked.wrong) return wrong_argument(err, allocator, "the options are larger than this library knows");
    Taken<ArrowSchema> described = schema_of_decisions(batch->rules, asked.options.active != 0);
    auto decided = decisions_of(*batch, asked);
    if (!decided) return fail(err, allocator, CARESTEP_ERR_CANCELLED, "cancelled");
    described.give(schema);
    decided->give(decisions);
    return CARESTEP_OK;
  });
}

carestep_status carestep_decide_arrow_stream(carestep_ruleset const* ruleset, carestep_date day,
                                             ArrowArrayStream* assessments, carestep_arrow_options const* options,
                                             ArrowArrayStream* decisions, carestep_error** err) {
  Taken<ArrowArrayStream> given(assessments);
  if (!is(ruleset)) return wrong_argument(err, {}, "`ruleset` is no such handle");
  Allocator const& allocator = ruleset->head.allocator;
  if (!given.there() || decisions == nullptr)
    return wrong_argument(err, allocator, "`assessments` or `decisions` is NULL, or was released");
  if (!is_day(day)) return wrong_argument(err, allocator, "the day is outside the years 1 to 9999");
  return guarded(err, allocator, [&]() -> carestep_status {
    Asked const asked(options);
    if (asked.wrong) return wrong_argument(err, allocator, "the options are larger than this library knows");
    auto state = std::make_unique<Stream>(ruleset->rules, Date{day}, asked, std::move(given));
    *decisions = {stream_schema, stream_next, stream_error, stream_release, state.release()};
    return CARESTEP_OK;
  });
}

#include "error.hpp"

#include <memory>

#include "border.hpp"

using namespace carestep;
using namespace carestep::capi;

/// INVARIANT: trivial to destroy, so that the error for the end of memory can be there from the start and never go.
struct carestep_error {
  static constexpr Tag tag = Tag::error;
  Head head;
  carestep_status status = CARESTEP_OK;
  char const* message = "";
  ErrorDetails* details = nullptr;
};

namespace carestep::capi {
namespace {

constinit carestep_error const no_memory{{Tag::error, {}}, CARESTEP_ERR_NO_MEMORY, "out of memory", nullptr};

carestep_status give(carestep_error** err, Allocator const& allocator, carestep_status status,
                     std::unique_ptr<ErrorDetails> details) {
  carestep_error* const made = make<carestep_error>(allocator, status, details->message.c_str(), details.get());
  details.release();
  *err = made;
  return status;
}

template <class Fill>
carestep_status fail_with(carestep_error** err, Allocator const& allocator, carestep_status status,
                          Fill const& fill) noexcept {
  if (err == nullptr) return status;
  try {
    auto details = std::make_unique<ErrorDetails>();
    details->diagnostics.head = {Tag::diagnostics, allocator};
    fill(*details);
    return give(err, allocator, status, std::move(details));
  } catch (...) {  // only for want of memory: what went wrong comes first
    return fail_for_memory(err);
  }
}

std::string lines_of(std::vector<Refusal> const& refusals) {
  std::string text;
  for (Refusal const& refusal : refusals) {
    if (!text.empty()) text += '\n';
    text += refusal.code + ' ' + refusal.path + (refusal.path.empty() ? "" : ": ") + refusal.message;
  }
  return text;
}

}  // namespace

carestep_status fail(carestep_error** err, Allocator const& allocator, carestep_status status,
                     char const* message) noexcept {
  return fail_with(err, allocator, status, [&](ErrorDetails& details) { details.message = message; });
}

carestep_status fail_for_memory(carestep_error** err) noexcept {
  // Freeing it does nothing; nothing else could change it.
  if (err != nullptr) *err = const_cast<carestep_error*>(&no_memory);
  return CARESTEP_ERR_NO_MEMORY;
}

carestep_status fail_for_diagnostics(carestep_error** err, Allocator const& allocator, carestep_status status,
                                     Diagnostics diagnostics) noexcept {
  return fail_with(err, allocator, status, [&](ErrorDetails& details) {
    details.message = diagnostics_text(diagnostics);
    details.diagnostics.list = std::move(diagnostics);
  });
}

carestep_status fail_for_refusals(carestep_error** err, Allocator const& allocator,
                                  std::vector<Refusal> refusals) noexcept {
  return fail_with(err, allocator, CARESTEP_ERR_REFUSED, [&](ErrorDetails& details) {
    details.message = lines_of(refusals);
    details.refusals = std::move(refusals);
  });
}

carestep_status fail_for_refusal(carestep_error** err, Allocator const& allocator, Refusal refusal) noexcept {
  return fail_with(err, allocator, CARESTEP_ERR_REFUSED, [&](ErrorDetails& details) {
    details.refusals.push_back(std::move(refusal));
    details.message = lines_of(details.refusals);
  });
}

carestep_status give_refusal(std::vector<Refusal> const& refusals, std::size_t index, carestep_refusal* out) noexcept {
  if (index >= refusals.size()) return CARESTEP_ERR_ARGUMENT;
  Refusal const& refusal = refusals[index];
  bool const filled = fill_sized(out, {.struct_size = 0,
                                       .code = refusal.code.c_str(),
                                       .path = refusal.path.c_str(),
                                       .message = refusal.message.c_str()});
  return filled ? CARESTEP_OK : CARESTEP_ERR_ARGUMENT;
}

}  // namespace carestep::capi

char const* carestep_status_name(carestep_status status) {
  switch (status) {
    case CARESTEP_OK:
      return "ok";
    case CARESTEP_ERR_ARGUMENT:
      return "argument";
    case CARESTEP_ERR_NO_MEMORY:
      return "no_memory";
    case CARESTEP_ERR_IO:
      return "io";
    case CARESTEP_ERR_DIAGNOSTICS:
      return "diagnostics";
    case CARESTEP_ERR_REFUSED:
      return "refused";
    case CARESTEP_ERR_NOT_FOUND:
      return "not_found";
    case CARESTEP_ERR_CANCELLED:
      return "cancelled";
    case CARESTEP_ERR_INTERNAL:
      return "internal";
    default:
      return "unknown";
  }
}

carestep_status carestep_error_status(carestep_error const* error) {
  return is(error) ? error->status : CARESTEP_ERR_ARGUMENT;
}

char const* carestep_error_message(carestep_error const* error) {
  return is(error) ? error->message : "";
}

carestep_diagnostics const* carestep_error_diagnostics(carestep_error const* error) {
  if (!is(error) || error->details == nullptr || error->details->diagnostics.list.empty()) return nullptr;
  return &error->details->diagnostics;
}

size_t carestep_error_refusal_count(carestep_error const* error) {
  return is(error) && error->details != nullptr ? error->details->refusals.size() : 0;
}

carestep_status carestep_error_refusal(carestep_error const* error, size_t index, carestep_refusal* out) {
  if (index >= carestep_error_refusal_count(error)) return CARESTEP_ERR_ARGUMENT;
  return give_refusal(error->details->refusals, index, out);
}

carestep_status carestep_error_free(carestep_error* error) {
  if (error == &no_memory) return CARESTEP_OK;
  if (is(error)) delete error->details;
  return free_handle(error);
}

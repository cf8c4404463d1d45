#pragma once

#include <carestep/assessment.hpp>
#include <carestep/carestep.h>
#include <carestep/diagnostic.hpp>

#include <string>
#include <vector>

#include "memory.hpp"

struct carestep_diagnostics {
  static constexpr carestep::capi::Tag tag = carestep::capi::Tag::diagnostics;
  carestep::capi::Head head;
  carestep::Diagnostics list;
};

namespace carestep::capi {

/// What there is to say about a failure.
struct ErrorDetails {
  std::string message;
  carestep_diagnostics diagnostics;
  std::vector<Refusal> refusals;
};

/// Each makes an error, where the caller wants one, and returns the status. Where there is no memory for it, the error
/// is the one that says so.
carestep_status fail(carestep_error** err, Allocator const& allocator, carestep_status status,
                     char const* message) noexcept;
carestep_status fail_for_memory(carestep_error** err) noexcept;
carestep_status fail_for_diagnostics(carestep_error** err, Allocator const& allocator, carestep_status status,
                                     Diagnostics diagnostics) noexcept;
carestep_status fail_for_refusals(carestep_error** err, Allocator const& allocator,
                                  std::vector<Refusal> refusals) noexcept;
carestep_status fail_for_refusal(carestep_error** err, Allocator const& allocator, Refusal refusal) noexcept;

carestep_status give_refusal(std::vector<Refusal> const& refusals, std::size_t index, carestep_refusal* out) noexcept;

}  // namespace carestep::capi

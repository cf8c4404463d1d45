#pragma once

// What every function of the C interface goes through: no exception gets out, whatever failed is a status and an error.

#include <carestep/carestep.h>

#include <exception>
#include <new>
#include <optional>
#include <string_view>

#include "error.hpp"
#include "memory.hpp"

namespace carestep::capi {

/// Runs the body of a function of the interface: a callable that returns its status.
template <class Body>
carestep_status guarded(carestep_error** err, Allocator const& allocator, Body const& body) noexcept {
  try {
    return body();
  } catch (std::bad_alloc const&) {
    return fail_for_memory(err);
  } catch (...) {
    return fail(err, allocator, CARESTEP_ERR_INTERNAL, "a defect of the library");
  }
}

inline carestep_status wrong_argument(carestep_error** err, Allocator const& allocator, char const* what) noexcept {
  return fail(err, allocator, CARESTEP_ERR_ARGUMENT, what);
}

/// A text of the library as the interface gives it out. Texts behind the public interface have a zero byte behind them.
inline char const* text_of(std::string_view text) noexcept {
  return text.data() == nullptr ? "" : text.data();
}

/// Whether a number is a day of the years 1 to 9999.
constexpr bool is_day(carestep_date day) noexcept {
  return day >= -719'162 && day <= 2'932'896;
}

}  // namespace carestep::capi

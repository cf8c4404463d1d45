#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "program/program.hpp"

namespace carestep::eval {

inline constexpr std::int64_t unknown_code = -1;

/// What is sure of an operation's value: it lies within [low, high]. A condition is 0 or 1: `low` is *must*, `high` is
/// *may* (Kleene's three-valued logic).
struct Bounds {
  std::int64_t low = 0;
  std::int64_t high = 0;

  [[nodiscard]] bool known() const { return low == high; }
  friend constexpr bool operator==(Bounds, Bounds) = default;
};

/// Evaluates operations, kids before parents, where every code that they read is known. Conditions are 0 or 1.
/// `CodeType`: that of a record or of an assessment.
template <class CodeType>
void evaluate_known(program::Program const& program, CodeType const* codes, std::int64_t* values,
                    std::span<program::Slot const> slots);

/// Likewise where codes may be unknown.
void evaluate_bounds(program::Program const& program, std::int64_t const* codes, Bounds* bounds, std::size_t first,
                     std::size_t last);

}  // namespace carestep::eval

#pragma once

#include <cstdint>

namespace carestep {

/// A stretch of source text: bytes [begin, end) of the file with that number in the load order.
struct Span {
  std::uint32_t file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend constexpr bool operator==(Span, Span) = default;
};

/// The smallest span over both; they lie in one file.
constexpr Span cover(Span a, Span b) {
  return {a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

}  // namespace carestep

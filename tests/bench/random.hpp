#pragma once

// Random numbers for the benchmarks: SplitMix64 in counter mode, so that every record can be made alone, in any order,
// and is the same on every machine.

#include <cstdint>

namespace bench {

constexpr std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

/// The draws of one stream; `at(n)` is the n-th.
struct Draws {
  std::uint64_t seed = 0;

  [[nodiscard]] constexpr std::uint64_t at(std::uint64_t n) const { return mix(seed + (n + 1) * 0x9E3779B97F4A7C15U); }
  /// Uniform below `bound`, which is at most 2^32.
  [[nodiscard]] constexpr std::uint32_t below(std::uint64_t n, std::uint32_t bound) const {
    return static_cast<std::uint32_t>(((at(n) >> 32U) * bound) >> 32U);
  }
};

/// Draws one after the other, for generators that need no record apart from the others.
class Sequence {
 public:
  explicit Sequence(std::uint64_t seed) : draws_{seed} {}
  std::uint32_t below(std::uint32_t bound) { return draws_.below(next_++, bound); }
  /// `low` to `high`, both included.
  int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1))); }
  bool percent(std::uint32_t share) { return below(100) < share; }

 private:
  Draws draws_;
  std::uint64_t next_ = 0;
};

}  // namespace bench

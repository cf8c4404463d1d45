#pragma once

// Whole numbers as wires, one a bit: base + unit * (the bits as an unsigned number).

#include <cstdint>
#include <span>
#include <vector>

#include "batch/circuit.hpp"

namespace carestep::batch {

struct Number {
  std::int64_t base = 0;
  std::vector<Wire> bits;  // least significant first
};

/// Numbers of one unit: every base is a multiple of it.
class Arithmetic {
 public:
  Arithmetic(Circuit& circuit, std::int64_t unit) : c_(circuit), unit_(unit) {}

  Number add(Number const& a, Number const& b);
  /// A variable's code times `step`; `most`: its last code.
  Number scaled(std::vector<Wire> const& code, std::int64_t most, std::int64_t value, std::int64_t step);
  Number choose(Wire condition, Number a, Number b);
  Wire at_least(Number const& number, std::int64_t bound);
  Number lowest(Number a, Number b);
  Number highest(Number a, Number b);

 private:
  std::vector<Wire> sum(std::vector<Wire> a, std::vector<Wire> b);
  std::vector<Wire> times(std::vector<Wire> const& bits, std::int64_t factor);
  /// Gives both the lower base and as many bits.
  void align(Number& a, Number& b);
  /// `a < b`, aligned.
  Wire below(Number const& a, Number const& b);

  Circuit& c_;
  std::int64_t unit_;
};

/// The bits of a constant.
std::vector<Wire> bits_of(std::uint64_t value);
/// Whether the unsigned number is at least the bound. `most`: what it never exceeds.
Wire at_least(Circuit& circuit, std::vector<Wire> const& bits, std::uint64_t bound,
              std::uint64_t most = ~std::uint64_t{0});
/// Whether the unsigned number, which is less than `size` (64 at the most), is one of a set: bit i for i.
Wire one_of(Circuit& circuit, std::span<Wire const> bits, std::uint64_t set, std::uint64_t size);

}  // namespace carestep::batch

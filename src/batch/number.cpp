#include "batch/number.hpp"

#include <algorithm>
#include <bit>

namespace carestep::batch {

std::vector<Wire> bits_of(std::uint64_t value) {
  std::vector<Wire> bits;
  for (; value != 0; value >>= 1U) bits.push_back(wire((value & 1U) != 0));
  return bits;
}

Wire at_least(Circuit& circuit, std::vector<Wire> const& bits, std::uint64_t bound, std::uint64_t most) {
  if (static_cast<std::size_t>(std::bit_width(bound)) > bits.size()) return wire(bound == 0);
  Wire result = high;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    std::uint64_t const above = (bound >> i | 1U) << i;  // what a number has at least that is greater from this bit on
    if ((bound >> i & 1U) != 0)
      result = circuit.both(bits[i], result);
    else if (above <= most)
      result = circuit.either(bits[i], result);
  }
  return result;
}

Wire one_of(Circuit& circuit, std::span<Wire const> bits, std::uint64_t set, std::uint64_t size) {
  auto const first = [](std::uint64_t count) {
    return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
  };
  if ((set & first(size)) == 0) return low;
  if ((~set & first(size)) == 0) return high;
  std::span<Wire const> const rest = bits.first(bits.size() - 1);
  std::uint64_t const half = std::uint64_t{1} << rest.size();
  bool const same = size <= half || ((set ^ set >> half) & first(size - half)) == 0;
  Wire const lower = one_of(circuit, rest, set, std::min(size, half));
  return same ? lower : circuit.choose(bits.back(), one_of(circuit, rest, set >> half, size - half), lower);
}

std::vector<Wire> Arithmetic::sum(std::vector<Wire> a, std::vector<Wire> b) {
  if (a.size() < b.size()) std::swap(a, b);
  b.resize(a.size(), low);
  Wire carry = low;
  for (std::size_t i = 0; i < a.size(); ++i) {
    Wire const half = c_.differ(a[i], b[i]);
    Wire const next = c_.either(c_.both(a[i], b[i]), c_.both(half, carry));
    a[i] = c_.differ(half, carry);
    carry = next;
  }
  a.push_back(carry);
  while (!a.empty() && a.back() == low) a.pop_back();
  return a;
}

std::vector<Wire> Arithmetic::times(std::vector<Wire> const& bits, std::int64_t factor) {
  std::vector<Wire> result;
  for (int shift = 0; factor >> shift != 0; ++shift) {
    if ((factor >> shift & 1) == 0) continue;
    std::vector<Wire> shifted(static_cast<std::size_t>(shift), low);
    shifted.insert(shifted.end(), bits.begin(), bits.end());
    result = sum(std::move(result), std::move(shifted));
  }
  return result;
}

Number Arithmetic::add(Number const& a, Number const& b) {
  return {a.base + b.base, sum(a.bits, b.bits)};
}

Number Arithmetic::scaled(std::vector<Wire> const& code, std::int64_t most, std::int64_t value, std::int64_t step) {
  if (step >= 0) return {value, times(code, step / unit_)};
  // most - code = most + ~code + 1, in as many bits as the code has, the carry left aside.
  std::vector<Wire> reversed;
  for (Wire const bit : code) reversed.push_back(~bit);
  reversed = sum(std::move(reversed), bits_of(static_cast<std::uint64_t>(most) + 1));
  reversed.resize(code.size(), low);
  return {value + step * most, times(reversed, -step / unit_)};
}

void Arithmetic::align(Number& a, Number& b) {
  Number& upper = a.base > b.base ? a : b;
  Number const& lower = a.base > b.base ? b : a;
  upper.bits = sum(upper.bits, bits_of(static_cast<std::uint64_t>((upper.base - lower.base) / unit_)));
  upper.base = lower.base;
  std::size_t const width = std::max(a.bits.size(), b.bits.size());
  a.bits.resize(width, low);
  b.bits.resize(width, low);
}

Number Arithmetic::choose(Wire condition, Number a, Number b) {
  align(a, b);
  for (std::size_t i = 0; i < a.bits.size(); ++i) a.bits[i] = c_.choose(condition, a.bits[i], b.bits[i]);
  return a;
}

Wire Arithmetic::at_least(Number const& number, std::int64_t bound) {
  std::int64_t const over = bound - number.base;
  if (over <= 0) return high;
  return batch::at_least(c_, number.bits, static_cast<std::uint64_t>((over + unit_ - 1) / unit_));
}

Wire Arithmetic::below(Number const& a, Number const& b) {
  Wire result = low;
  for (std::size_t i = 0; i < a.bits.size(); ++i)
    result = c_.choose(c_.differ(a.bits[i], b.bits[i]), b.bits[i], result);
  return result;
}

Number Arithmetic::lowest(Number a, Number b) {
  align(a, b);
  return choose(below(a, b), a, b);
}

Number Arithmetic::highest(Number a, Number b) {
  align(a, b);
  return choose(below(a, b), b, a);
}

}  // namespace carestep::batch

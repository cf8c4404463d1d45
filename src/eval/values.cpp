#include "eval/values.hpp"

#include <algorithm>

namespace carestep::eval {
namespace {

using program::Op;
using program::OpKind;
using program::Program;
using program::Slot;

bool in_ranges(Program const& program, Op const& op, std::int64_t code) {
  for (std::uint32_t i = op.first; i < op.first + op.count; ++i)
    if (code >= program.ranges[i].low && code <= program.ranges[i].high) return true;
  return false;
}

bool atom(Program const& program, Op const& op, std::int64_t code) {
  switch (op.kind) {
    case OpKind::member:
      return ((static_cast<std::uint64_t>(op.value) >> code) & 1U) != 0;
    case OpKind::range:
      return op.value <= code && code <= op.step;
    default:
      return in_ranges(program, op, code);
  }
}

template <class CodeType>
std::int64_t known_value(Program const& program, Op const& op, CodeType const* codes, std::int64_t const* values) {
  Slot const* kids = program.kids.data() + op.first;
  auto const kid = [&](std::uint32_t i) { return values[kids[i]]; };
  switch (op.kind) {
    case OpKind::constant:
    case OpKind::number:
      return op.value;
    case OpKind::member:
    case OpKind::range:
    case OpKind::ranges:
      return atom(program, op, codes[op.var]) ? 1 : 0;
    case OpKind::reading:
      return op.value + op.step * codes[op.var];
    case OpKind::at_least:
      return kid(0) >= op.value ? 1 : 0;
    case OpKind::negation:
      return 1 - kid(0);
    case OpKind::all:
      for (std::uint32_t i = 0; i < op.count; ++i)
        if (kid(i) == 0) return 0;
      return 1;
    case OpKind::any:
      for (std::uint32_t i = 0; i < op.count; ++i)
        if (kid(i) != 0) return 1;
      return 0;
    case OpKind::count: {
      std::int64_t sum = 0;
      for (std::uint32_t i = 0; i < op.count; ++i) sum += kid(i);
      return sum >= op.value ? 1 : 0;
    }
    case OpKind::sum: {
      std::int64_t sum = op.value;
      for (std::uint32_t i = 0; i < op.count; ++i) sum += kid(i);
      return sum;
    }
    case OpKind::choose:
      for (std::uint32_t i = 0; i + 1 < op.count; i += 2)
        if (kid(i) != 0) return kid(i + 1);
      return kid(op.count - 1);
    case OpKind::lowest: {
      std::int64_t least = kid(0);
      for (std::uint32_t i = 1; i < op.count; ++i) least = std::min(least, kid(i));
      return least;
    }
    case OpKind::highest: {
      std::int64_t most = kid(0);
      for (std::uint32_t i = 1; i < op.count; ++i) most = std::max(most, kid(i));
      return most;
    }
  }
  return 0;
}

/// Both ends of `combine` over the kids, from `start`.
template <class Combine>
Bounds fold(Op const& op, Slot const* kids, Bounds const* bounds, Bounds start, Combine combine) {
  for (std::uint32_t i = 0; i < op.count; ++i)
    start = {combine(start.low, bounds[kids[i]].low), combine(start.high, bounds[kids[i]].high)};
  return start;
}

Bounds choose(Op const& op, Slot const* kids, Bounds const* bounds) {
  Bounds result{INT64_MAX, INT64_MIN};
  auto const may_be = [&](Bounds value) {
    result = {std::min(result.low, value.low), std::max(result.high, value.high)};
  };
  for (std::uint32_t i = 0; i + 1 < op.count; i += 2) {
    Bounds const condition = bounds[kids[i]];
    if (condition.high != 0) may_be(bounds[kids[i + 1]]);
    if (condition.low != 0) return result;
  }
  may_be(bounds[kids[op.count - 1]]);
  return result;
}

Bounds reading(Program const& program, Op const& op, std::int64_t const* codes) {
  if (codes[op.var] != unknown_code) {
    std::int64_t const value = op.value + op.step * codes[op.var];
    return {value, value};
  }
  std::int64_t const end = op.value + op.step * (program.model->variables[op.var].size - 1);
  return {std::min(op.value, end), std::max(op.value, end)};
}

Bounds bounds_of(Program const& program, Op const& op, std::int64_t const* codes, Bounds const* bounds) {
  Slot const* kids = program.kids.data() + op.first;
  auto const truth = [](bool must, bool may) { return Bounds{must ? 1 : 0, may ? 1 : 0}; };
  switch (op.kind) {
    case OpKind::constant:
    case OpKind::number:
      return {op.value, op.value};
    case OpKind::member:
    case OpKind::range:
    case OpKind::ranges: {
      if (codes[op.var] == unknown_code) return {0, 1};
      bool const holds = atom(program, op, codes[op.var]);
      return truth(holds, holds);
    }
    case OpKind::reading:
      return reading(program, op, codes);
    case OpKind::at_least:
      return truth(bounds[kids[0]].low >= op.value, bounds[kids[0]].high >= op.value);
    case OpKind::negation:
      return {1 - bounds[kids[0]].high, 1 - bounds[kids[0]].low};
    case OpKind::all:
      return fold(op, kids, bounds, {1, 1}, [](auto a, auto b) { return std::min(a, b); });
    case OpKind::any:
      return fold(op, kids, bounds, {0, 0}, [](auto a, auto b) { return std::max(a, b); });
    case OpKind::count: {
      Bounds const sum = fold(op, kids, bounds, {0, 0}, [](auto a, auto b) { return a + b; });
      return truth(sum.low >= op.value, sum.high >= op.value);
    }
    case OpKind::sum:
      return fold(op, kids, bounds, {op.value, op.value}, [](auto a, auto b) { return a + b; });
    case OpKind::choose:
      return choose(op, kids, bounds);
    case OpKind::lowest:
      return fold(op, kids, bounds, {INT64_MAX, INT64_MAX}, [](auto a, auto b) { return std::min(a, b); });
    case OpKind::highest:
      return fold(op, kids, bounds, {INT64_MIN, INT64_MIN}, [](auto a, auto b) { return std::max(a, b); });
  }
  return {};
}

}  // namespace

template <class CodeType>
void evaluate_known(Program const& program, CodeType const* codes, std::int64_t* values, std::span<Slot const> slots) {
  for (Slot const slot : slots) values[slot] = known_value(program, program.ops[slot], codes, values);
}
template void evaluate_known(Program const&, std::int64_t const*, std::int64_t*, std::span<Slot const>);
template void evaluate_known(Program const&, program::AnswerCode const*, std::int64_t*, std::span<Slot const>);

void evaluate_bounds(Program const& program, std::int64_t const* codes, Bounds* bounds, std::size_t first,
                     std::size_t last) {
  for (std::size_t slot = first; slot < last; ++slot)
    bounds[slot] = bounds_of(program, program.ops[slot], codes, bounds);
}

}  // namespace carestep::eval

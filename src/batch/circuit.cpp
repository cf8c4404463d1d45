#include "batch/circuit.hpp"

#include <utility>

namespace carestep::batch {

Wire Circuit::intern(Gate gate) {
  auto& known = known_[static_cast<std::size_t>(gate.kind) - 1];
  std::uint64_t const key = (std::uint64_t{gate.a.bits} << 32U) | gate.b.bits;
  auto const [it, fresh] = known.try_emplace(key, static_cast<std::uint32_t>(gates_.size()));
  if (fresh) gates_.push_back(gate);
  return {it->second << 1U};
}

Wire Circuit::input(std::uint32_t number) {
  return intern({Kind::input, {number}, {}});
}

bool Circuit::simplify(Wire a, Wire b, Wire& result) {
  Gate const gate = gates_[b.gate()];
  if (gate.kind != Kind::both) return false;
  if (!b.negated()) {
    if (gate.a == a || gate.b == a) return result = b, true;
    if (gate.a == ~a || gate.b == ~a) return result = low, true;
    return false;
  }
  if (gate.a == ~a || gate.b == ~a) return result = a, true;
  if (gate.a == a) return result = both(a, ~gate.b), true;
  if (gate.b == a) return result = both(a, ~gate.a), true;
  return false;
}

bool Circuit::share(Wire a, Wire b, Wire& result) {
  Gate const one = gates_[a.gate()];
  Gate const two = gates_[b.gate()];
  if (!a.negated() || !b.negated() || one.kind != Kind::both || two.kind != Kind::both) return false;
  for (auto const& [x, p] : {std::pair(one.a, one.b), std::pair(one.b, one.a)})
    for (auto const& [y, q] : {std::pair(two.a, two.b), std::pair(two.b, two.a)})
      if (x == y) return result = ~both(x, either(p, q)), true;
  return false;
}

Wire Circuit::both(Wire a, Wire b) {
  if (a > b) std::swap(a, b);
  if (a == low || a == ~b) return low;
  if (a == high || a == b) return b;
  Wire simpler;
  if (simplify(a, b, simpler) || simplify(b, a, simpler) || share(a, b, simpler)) return simpler;
  return intern({Kind::both, a, b});
}

Wire Circuit::differ(Wire a, Wire b) {
  bool const negated = a.negated() != b.negated();
  a = {a.bits & ~1U};
  b = {b.bits & ~1U};
  if (a > b) std::swap(a, b);
  Wire result;
  if (a == b)
    result = low;
  else if (a == low)
    result = b;
  else
    result = intern({Kind::differ, a, b});
  return negated ? ~result : result;
}

Wire Circuit::choose(Wire condition, Wire a, Wire b) {
  if (a == b) return a;
  if (a == ~b) return differ(condition, b);
  return either(both(condition, a), both(~condition, b));
}

}  // namespace carestep::batch

#include "diagram/diagram.hpp"

#include <algorithm>

namespace carestep::diagram {
namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 29U);
}

}  // namespace

Ref Diagram::node(Position at, std::span<Edge const> given) {
  std::vector<Edge> joined;
  joined.reserve(given.size());
  for (Edge const& edge : given) {
    if (!joined.empty() && joined.back().to == edge.to)
      joined.back().high = edge.high;
    else
      joined.push_back(edge);
  }
  if (joined.size() == 1) return joined[0].to;
  step(joined.size() / 8);

  std::uint64_t hash = at;
  for (Edge const& edge : joined) hash = mix(mix(hash, static_cast<std::uint64_t>(edge.high)), edge.to.bits);
  auto const [begin, end] = known_.equal_range(hash);
  for (auto it = begin; it != end; ++it) {
    Ref const ref{it->second};
    std::span<Edge const> const there = edges(ref);
    if (position(ref) == at && std::equal(there.begin(), there.end(), joined.begin(), joined.end())) return ref;
  }
  auto const number = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({at, static_cast<std::uint32_t>(edges_.size()), static_cast<std::uint32_t>(joined.size())});
  edges_.insert(edges_.end(), joined.begin(), joined.end());
  known_.emplace(hash, number);
  return {number};
}

Ref Diagram::negation(Ref a) {
  return map(a, [](std::uint32_t value) { return 1 - value; });
}

Ref Diagram::both(Ref a, Ref b) {
  if (b < a) std::swap(a, b);
  return apply_with(
      a, b,
      [](Ref x, Ref y) -> Ref {
        if (x == no || y == no) return no;
        if (x == yes || x == y) return y;
        if (y == yes) return x;
        return unknown;
      },
      both_);
}

Ref Diagram::either(Ref a, Ref b) {
  if (b < a) std::swap(a, b);
  return apply_with(
      a, b,
      [](Ref x, Ref y) -> Ref {
        if (x == yes || y == yes) return yes;
        if (x == no || x == y) return y;
        if (y == no) return x;
        return unknown;
      },
      either_);
}

Ref Diagram::choose(Ref condition, Ref a, Ref b) {
  // Two passes: mark the leaves of `a` where the condition holds, then fill the others from `b`.
  constexpr std::uint32_t hole = 0x3FFF'FFFFU;
  Ref const marked =
      apply(condition, a, [](std::uint32_t holds, std::uint32_t value) { return holds != 0 ? value : hole; });
  return apply(marked, b, [](std::uint32_t value, std::uint32_t other) { return value == hole ? other : value; });
}

}  // namespace carestep::diagram

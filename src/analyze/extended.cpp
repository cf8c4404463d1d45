#include "analyze/extended.hpp"

#include <algorithm>

namespace carestep::analyze {

using diagram::Diagram;
using diagram::Edge;
using diagram::Position;
using diagram::Ref;

namespace {

std::vector<std::int64_t> sizes_of(Diagram const& from, std::vector<Openness> const& openness) {
  std::vector<std::int64_t> sizes;
  for (Position at = 0; at < openness.size(); ++at)
    sizes.push_back(from.size(at) + (openness[at] == Openness::either ? 1 : 0));
  return sizes;
}

}  // namespace

Extended::Extended(Diagram const& from, Ref function, std::vector<Openness> openness, std::uint64_t budget)
    : from_(from), openness_(std::move(openness)), diagram_(sizes_of(from, openness_), budget) {
  function_ = extend(function);
}

Ref Extended::extend(Ref ref) {
  if (ref.is_leaf()) return ref;
  if (auto const it = extended_.find(ref.bits); it != extended_.end()) return it->second;
  Position const at = from_.position(ref);
  auto const there = from_.edges(ref);
  std::vector<Edge> edges(there.begin(), there.end());
  for (Edge& edge : edges) edge.to = extend(edge.to);
  Ref result;
  if (openness_[at] == Openness::told) {
    result = diagram_.node(at, edges);
  } else {
    Ref all = Ref::leaf(nothing);
    for (Edge const& edge : edges) all = agreed(all, edge.to);
    if (openness_[at] == Openness::either) edges.push_back({from_.size(at), all});
    result = openness_[at] == Openness::either ? diagram_.node(at, edges) : all;
  }
  extended_.emplace(ref.bits, result);
  return result;
}

/// The value that both have, where one of them is possible.
Ref Extended::agreed(Ref a, Ref b) {
  if (a == b || a == Ref::leaf(mixed) || b == Ref::leaf(nothing)) return a;
  if (b == Ref::leaf(mixed) || a == Ref::leaf(nothing)) return b;
  if (a.is_leaf() && b.is_leaf()) return Ref::leaf(mixed);
  if (b < a) std::swap(a, b);
  std::uint64_t const both = std::uint64_t{a.bits} << 32U | b.bits;
  if (auto const it = agreed_.find(both); it != agreed_.end()) return it->second;
  diagram_.step();
  Position const at = std::min(diagram_.position(a), diagram_.position(b));
  std::int64_t const last = diagram_.size(at) - 1;
  std::vector<Edge> edges;
  for (std::size_t i = 0, j = 0; edges.empty() || edges.back().high < last;) {
    // Read afresh each time: agreeing adds nodes and moves edges.
    Edge const in_a = diagram_.position(a) == at ? diagram_.edges(a)[i] : Edge{last, a};
    Edge const in_b = diagram_.position(b) == at ? diagram_.edges(b)[j] : Edge{last, b};
    std::int64_t const high = std::min(in_a.high, in_b.high);
    edges.push_back({high, agreed(in_a.to, in_b.to)});
    if (in_a.high == high) ++i;
    if (in_b.high == high) ++j;
  }
  Ref const result = diagram_.node(at, edges);
  agreed_.emplace(both, result);
  return result;
}

}  // namespace carestep::analyze

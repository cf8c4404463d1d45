#include "analyze/count.hpp"

namespace carestep::analyze {

using diagram::Diagram;
using diagram::Edge;
using diagram::Position;
using diagram::Ref;

Counter::Counter(Diagram const& diagram, std::vector<bool> const& counted) : diagram_(diagram) {
  behind_.resize(counted.size() + 1);
  behind_.back() = 1;
  for (std::size_t at = counted.size(); at-- > 0;)
    behind_[at] = counted[at] ? Count(behind_[at + 1] * diagram.size(static_cast<Position>(at))) : behind_[at + 1];
}

/// Combinations of the variables from `from` on that lie in the region.
Count Counter::below(Ref ref, Position from) {
  if (ref.is_leaf()) return ref.value() == 0 ? Count(0) : behind_[from];
  Position const at = diagram_.position(ref);
  if (at == from) return here(ref, at);
  return behind_[from] / behind_[at] * here(ref, at);
}

Count const& Counter::here(Ref ref, Position at) {
  if (auto const it = done_.find(ref.bits); it != done_.end()) return it->second;
  Count total = 0;
  std::int64_t low = 0;
  for (Edge const& edge : diagram_.edges(ref)) {
    if (edge.to != diagram::no) total += below(edge.to, at + 1) * (edge.high - low + 1);
    low = edge.high + 1;
  }
  return done_.emplace(ref.bits, std::move(total)).first->second;
}

Count count(Diagram const& diagram, Ref region, std::vector<bool> const& counted) {
  return Counter(diagram, counted).of(region);
}

}  // namespace carestep::analyze

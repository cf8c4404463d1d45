#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace carestep::graph {

/// Things that depend on each other, put in an order in which each comes after all that it needs.
struct Order {
  std::vector<std::size_t> sorted;  // empty when there is a cycle
  std::vector<std::size_t> cycle;   // the members of a short cycle, each needing the next, the last the first
};

/// Orders the things 0 to n - 1, where an edge (a, b) says that a needs b. The same edges give the same order.
///
/// The cycle is a shortest one, unless there are so many that looking at all of them would take long.
///
/// Cost     n + edges.
Order dependency_order(std::size_t n, std::vector<std::pair<std::size_t, std::size_t>> const& edges);

}  // namespace carestep::graph

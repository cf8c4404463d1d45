#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace carestep::graph {

/// Things that depend on each other, put in an order in which each comes after all that it needs.
struct Order {
  std::vector<std::size_t> sorted;  // empty when there is a cycle
  std::vector<std::size_t> cycle;   // the members of a shortest cycle, each needing the next, the last the first
};

/// Orders the things 0 to n - 1, where an edge (a, b) says that a needs b. The same edges give the same order.
///
/// Cost     n + edges; with a cycle, (members of cycles) x (edges between them).
Order dependency_order(std::size_t n, std::vector<std::pair<std::size_t, std::size_t>> const& edges);

}  // namespace carestep::graph

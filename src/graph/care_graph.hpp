#pragma once

// The levels of care and the moves between them as a directed graph.

#include <boost/graph/adjacency_list.hpp>
#include <optional>
#include <vector>

#include "ir/model.hpp"

namespace carestep::graph {

/// One arrow of the graph: a pair of levels of one step line.
struct StepEdge {
  bool up = false;
  std::optional<ir::Index> line;  // in Model::steps; none where a ruleset without step lines lets everybody move
};

/// Boost.Graph holds one vertex a level, numbered as in Model::levels.
using LevelGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, StepEdge>;

/// The graph of a model: every pair of every step line; every pair at all where the ruleset has no step line.
LevelGraph level_graph(ir::Model const& model);

enum class Way : std::uint8_t { up, down };

/// The levels that a series of moves in one direction joins to `from`, conditions left aside; `from` is not one of
/// them.
///
/// Shape    every level on the way lies in `through`.
/// Cost     linear in the moves.
ir::LevelMask reachable(LevelGraph const& graph, ir::Index from, Way way, ir::LevelMask through);

}  // namespace carestep::graph

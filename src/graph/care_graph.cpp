#include "graph/care_graph.hpp"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <functional>

namespace carestep::graph {
namespace {

void add_free_moves(LevelGraph& graph, ir::Index levels) {
  for (ir::Index from = 0; from < levels; ++from) {
    for (ir::Index to = 0; to < levels; ++to) {
      if (from != to) boost::add_edge(from, to, StepEdge{to > from, std::nullopt}, graph);
    }
  }
}

struct MaskVisitor : boost::default_bfs_visitor {
  ir::LevelMask* seen;
  template <class Graph>
  void discover_vertex(std::size_t level, Graph const&) const {
    *seen |= ir::LevelMask{1} << level;
  }
};

}  // namespace

LevelGraph level_graph(ir::Model const& model) {
  auto const levels = static_cast<ir::Index>(model.levels.size());
  LevelGraph graph(levels);
  if (model.steps.empty()) add_free_moves(graph, levels);
  for (ir::Index line = 0; line < model.steps.size(); ++line) {
    for (auto const& [from, to] : model.steps[line].moves) {
      boost::add_edge(from, to, StepEdge{model.steps[line].up, line}, graph);
    }
  }
  return graph;
}

ir::LevelMask reachable(LevelGraph const& graph, ir::Index from, Way way, ir::LevelMask through) {
  using Edge = LevelGraph::edge_descriptor;
  std::function<bool(Edge const&)> const keeps = [&](Edge const& edge) {
    bool const lands_inside = ((through >> boost::target(edge, graph)) & 1U) != 0;
    return lands_inside && graph[edge].up == (way == Way::up);
  };
  ir::LevelMask seen = 0;
  MaskVisitor visitor;
  visitor.seen = &seen;
  boost::breadth_first_search(boost::filtered_graph<LevelGraph, std::function<bool(Edge const&)>>(graph, keeps), from,
                              boost::visitor(visitor));
  return seen & ~(ir::LevelMask{1} << from);
}

}  // namespace carestep::graph

#include "graph/order.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <iterator>
#include <unordered_map>

namespace carestep::graph {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

constexpr std::size_t no_limit = static_cast<std::size_t>(-1);
constexpr std::size_t most_steps = 200'000;  // after which a short cycle is as good as a shortest one

struct Step {
  std::size_t from = 0;
  std::size_t distance = 0;
};

/// The members of a shortest way from `start` back to itself; empty when there is none shorter than `limit`. Counts in
/// `looked_at` how many steps it took.
std::vector<std::size_t> shortest_loop(Graph const& graph, std::size_t start, std::size_t limit,
                                       std::size_t& looked_at) {
  std::unordered_map<std::size_t, Step> steps{{start, {start, 0}}};
  std::vector<std::size_t> queue{start};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    std::size_t const from = queue[next];
    std::size_t const distance = steps[from].distance + 1;
    if (distance >= limit) return {};
    for (auto [edge, end] = boost::out_edges(from, graph); edge != end; ++edge) {
      ++looked_at;
      std::size_t const to = boost::target(*edge, graph);
      if (to == start) {
        std::vector<std::size_t> loop{from};
        while (loop.back() != start) loop.push_back(steps[loop.back()].from);
        std::reverse(loop.begin(), loop.end());
        return loop;
      }
      if (steps.try_emplace(to, Step{from, distance}).second) queue.push_back(to);
    }
  }
  return {};
}

std::vector<std::size_t> shortest_cycle(Graph const& graph) {
  std::vector<std::size_t> component(boost::num_vertices(graph));
  std::size_t const components = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::size_t> size(components, 0);
  for (std::size_t const c : component) ++size[c];
  std::vector<std::size_t> best;
  std::size_t looked_at = 0;
  for (std::size_t start = 0; start < component.size(); ++start) {
    bool const alone = size[component[start]] == 1 && !boost::edge(start, start, graph).second;
    if (alone) continue;
    auto loop = shortest_loop(graph, start, best.empty() ? no_limit : best.size(), looked_at);
    if (!loop.empty()) best = std::move(loop);
    if (!best.empty() && looked_at > most_steps) break;
  }
  return best;
}

}  // namespace

Order dependency_order(std::size_t n, std::vector<std::pair<std::size_t, std::size_t>> const& edges) {
  Graph const graph(edges.begin(), edges.end(), n);
  Order order;
  try {
    boost::topological_sort(graph, std::back_inserter(order.sorted));
  } catch (boost::not_a_dag const&) {
    order.sorted.clear();
    order.cycle = shortest_cycle(graph);
  }
  return order;
}

}  // namespace carestep::graph

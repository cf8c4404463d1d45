#include "graph/order.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>

using namespace carestep::graph;
using Edges = std::vector<std::pair<std::size_t, std::size_t>>;
using Members = std::vector<std::size_t>;

TEST_CASE("each comes after what it needs") {
  Order const order = dependency_order(4, {{0, 2}, {2, 1}, {3, 0}});
  CHECK(order.sorted == Members{1, 2, 0, 3});
  CHECK(order.cycle.empty());
  CHECK(dependency_order(3, {}).sorted == Members{0, 1, 2});
}

TEST_CASE("a cycle is shown by its shortest one, in order") {
  CHECK(dependency_order(1, {{0, 0}}).cycle == Members{0});
  CHECK(dependency_order(3, {{0, 1}, {1, 0}}).cycle == Members{0, 1});
  CHECK(dependency_order(6, {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {3, 4}, {4, 5}, {5, 3}}).cycle == Members{3, 4, 5});
  CHECK(dependency_order(2, {{0, 1}, {1, 0}}).sorted.empty());
}

TEST_CASE("random graphs: either an order that keeps every edge, or a real cycle") {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    std::size_t const n = 1 + random() % 8;
    Edges edges;
    for (std::size_t i = random() % 12; i > 0; --i) edges.emplace_back(random() % n, random() % n);
    Order const order = dependency_order(n, edges);
    auto const has = [&](std::size_t a, std::size_t b) {
      return std::find(edges.begin(), edges.end(), std::pair(a, b)) != edges.end();
    };
    REQUIRE(order.sorted.empty() != order.cycle.empty());
    auto const place = [&](std::size_t a) { return std::find(order.sorted.begin(), order.sorted.end(), a); };
    if (order.cycle.empty())
      for (auto const& [a, b] : edges) CHECK(place(b) < place(a));
    for (std::size_t i = 0; i < order.cycle.size(); ++i)
      CHECK(has(order.cycle[i], order.cycle[(i + 1) % order.cycle.size()]));
  }
}

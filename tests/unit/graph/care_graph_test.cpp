#include "graph/care_graph.hpp"

#include <doctest/doctest.h>

#include "unit/graph/sample_models.hpp"

using namespace carestep;
using graph::Way;

namespace {
constexpr ir::LevelMask everywhere = ~ir::LevelMask{0};
}

TEST_CASE("step-down lines join levels over several moves") {
  ir::Model const model = sample::riverbend();
  graph::LevelGraph const levels = graph::level_graph(model);
  CHECK(graph::reachable(levels, 4, Way::down, everywhere) == 0b01111);
  CHECK(graph::reachable(levels, 1, Way::down, everywhere) == 0b00001);
  CHECK(graph::reachable(levels, 0, Way::down, everywhere) == 0);
  CHECK(graph::reachable(levels, 0, Way::up, everywhere) == 0b11110);
}

TEST_CASE("a pathway keeps to the levels it may pass through") {
  ir::Model const model = sample::riverbend();
  graph::LevelGraph const levels = graph::level_graph(model);
  CHECK(graph::reachable(levels, 3, Way::down, 0b00011) == 0);
  CHECK(graph::reachable(levels, 4, Way::down, 0b01001) == 0b01000);
}

TEST_CASE("without step lines anybody moves anywhere") {
  ir::Model const model = sample::levels_only({{"a", ""}, {"b", ""}, {"c", ""}});
  graph::LevelGraph const levels = graph::level_graph(model);
  CHECK(boost::num_edges(levels) == 6);
  CHECK(graph::reachable(levels, 2, Way::down, everywhere) == 0b011);
  CHECK(graph::reachable(levels, 0, Way::up, everywhere) == 0b110);
}

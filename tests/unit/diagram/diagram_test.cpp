#include "diagram/diagram.hpp"

#include <array>
#include <doctest/doctest.h>
#include <random>

using namespace carestep::diagram;

namespace {

std::uint32_t value_at(Diagram const& d, Ref ref, std::array<std::int64_t, 4> const& codes) {
  while (!ref.is_leaf()) {
    std::int64_t const code = codes[d.position(ref)];
    for (Edge const& edge : d.edges(ref))
      if (code <= edge.high) {
        ref = edge.to;
        break;
      }
  }
  return ref.value();
}

/// Calls `visit` with every assignment of four variables.
template <class Visit>
void every(std::array<std::int64_t, 4> const& sizes, Visit visit) {
  for (std::int64_t a = 0; a < sizes[0]; ++a)
    for (std::int64_t b = 0; b < sizes[1]; ++b)
      for (std::int64_t c = 0; c < sizes[2]; ++c)
        for (std::int64_t e = 0; e < sizes[3]; ++e) visit(std::array{a, b, c, e});
}

Ref random_function(Diagram& d, std::mt19937& random, Position at, std::uint32_t leaves) {
  if (at == 4) return Ref::leaf(static_cast<std::uint32_t>(random() % leaves));
  if (random() % 4 == 0) return random_function(d, random, at + 1, leaves);
  std::vector<Edge> edges;
  for (std::int64_t code = 0; code < d.size(at); ++code)
    if (random() % 2 == 0 || code == d.size(at) - 1)
      edges.push_back({code, random_function(d, random, at + 1, leaves)});
  return d.node(at, edges);
}

}  // namespace

TEST_CASE("operations agree with every assignment") {
  std::array<std::int64_t, 4> const sizes{3, 2, 4, 5};
  for (unsigned seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    Diagram d({sizes.begin(), sizes.end()}, 1'000'000);
    Ref const a = random_function(d, random, 0, 2);
    Ref const b = random_function(d, random, 0, 2);
    Ref const n = random_function(d, random, 0, 7);
    Ref const m = random_function(d, random, 0, 7);
    Ref const both = d.both(a, b);
    Ref const either = d.either(a, b);
    Ref const neither = d.both(d.negation(a), d.negation(b));
    Ref const chosen = d.choose(a, n, m);
    Ref const sum = d.apply(n, m, [](std::uint32_t x, std::uint32_t y) { return x + y; });
    every(sizes, [&](auto const& codes) {
      bool const x = value_at(d, a, codes) != 0;
      bool const y = value_at(d, b, codes) != 0;
      REQUIRE((value_at(d, both, codes) != 0) == (x && y));
      REQUIRE((value_at(d, either, codes) != 0) == (x || y));
      REQUIRE((value_at(d, neither, codes) != 0) == (!x && !y));
      REQUIRE(value_at(d, chosen, codes) == value_at(d, x ? n : m, codes));
      REQUIRE(value_at(d, sum, codes) == value_at(d, n, codes) + value_at(d, m, codes));
    });
    CHECK(d.negation(neither) == either);  // one function, one reference
  }
}

TEST_CASE("a node whose codes all lead to one place is that place") {
  Diagram d({10}, 100);
  std::array const edges{Edge{3, yes}, Edge{9, yes}};
  CHECK(d.node(0, edges) == yes);
}

TEST_CASE("too many steps are refused") {
  Diagram d(std::vector<std::int64_t>(4, 5), 10);
  std::mt19937 random(3);
  auto const work = [&] {
    Ref all = yes;
    for (int i = 0; i < 50; ++i)
      all = d.either(d.both(all, random_function(d, random, 0, 2)), random_function(d, random, 0, 2));
  };
  CHECK_THROWS_AS(work(), OverBudget);
}

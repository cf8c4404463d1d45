#pragma once

// The combination of answers in a region that is nearest to a person: it differs in the fewest answers, and in those by
// the fewest values.

#include <cstdint>
#include <optional>
#include <vector>

#include "diagram/diagram.hpp"

namespace carestep::analyze {

/// What it costs to leave a variable's own code, by position.
struct Terrain {
  static constexpr std::int64_t no_code = -1;

  /// The answer that this variable belongs to. The variables of one answer are neighbours: it counts once.
  std::uint32_t answer = 0;
  /// The code that costs nothing; `no_code`: every code costs nothing.
  std::int64_t own = no_code;
  /// Other codes lie within [low, high].
  std::int64_t low = 0;
  std::int64_t high = 0;
  /// Other codes cost their distance from here; where `by_values` is false, one.
  std::int64_t origin = 0;
  bool by_values = true;
};

struct Distance {
  std::uint32_t answers = 0;  // that differ
  std::uint64_t values = 0;   // by so many, all together
  friend auto operator<=>(Distance const&, Distance const&) = default;
};

struct Way {
  Distance distance;
  std::vector<std::int64_t> codes;     // by position; `no_code` where the region does not ask
  std::vector<std::uint32_t> answers;  // those that differ, ascending
};

/// The nearest combination whose leaf is `wanted` or more; nothing where there is none. Answers in `kept` (ascending)
/// do not differ. Of combinations that are equally near, one is found that is the same on every machine.
///
/// Errors   diagram::OverBudget; each node of the region looked at is a step.
std::optional<Way> nearest(diagram::Diagram& diagram, diagram::Ref region, std::uint32_t wanted,
                           std::vector<Terrain> const& terrain, std::vector<std::uint32_t> const& kept);

}  // namespace carestep::analyze

#pragma once

// Boundaries: where a comparison with a number, a scale, a duration or a date turns, and the value on either side.

#include <optional>
#include <string>
#include <vector>

#include "analyze/space.hpp"
#include "eval/decide.hpp"

namespace carestep::analyze {

/// One value of something that is compared: a variable has a code, or a number (a sum, a score, a grade) a value.
struct Point {
  bool number = false;
  std::uint32_t of = 0;  // the variable, or the number's operation
  std::int64_t at = 0;

  [[nodiscard]] bool holds(eval::Evaluation const& evaluation) const;
  diagram::Ref region(Space& space) const;
  friend auto operator<=>(Point const&, Point const&) = default;
};

/// The last value before a comparison turns, and the first behind it.
struct Boundary {
  Point below;
  Point above;
  friend auto operator<=>(Boundary const&, Boundary const&) = default;
};

/// Where the comparisons that a clause makes turn. The values of a number are those that somebody in `counted` has;
/// what it reads by way of a fact or a grade turns there.
std::vector<Boundary> boundaries_of(Space& space, diagram::Ref counted, ir::Clause const& clause);

/// `phq9 9 | 10`
std::string boundary_words(program::Program const& program, ir::Clause const& clause, Boundary const& boundary);

}  // namespace carestep::analyze

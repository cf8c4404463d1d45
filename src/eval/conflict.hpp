#pragma once

#include <cstdint>
#include <vector>

#include "program/program.hpp"

namespace carestep::eval {

/// A smallest set of these rules that no level satisfies together; of several smallest sets the first in the order of
/// declaration. Empty when some level satisfies all of them. Where there are too many combinations to look at, the set
/// is one from which no rule can be taken away.
///
/// `rules`: indices in the order of declaration.
std::vector<std::uint32_t> smallest_conflict(program::Program const& program, std::vector<std::uint32_t> const& rules);

}  // namespace carestep::eval

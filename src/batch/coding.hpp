#pragma once

// How the codes of each variable stand in planes, by what conditions tell apart.

#include <vector>

#include "batch/planes.hpp"

namespace carestep::batch {

/// The bits of a number that is at most so much.
std::uint32_t width_of(std::int64_t most);
/// The codes of an atom as ranges.
std::vector<ir::CodeRange> ranges_of(program::Program const& program, program::Op const& op);
std::vector<Coding> find_codings(program::Program const& program);

}  // namespace carestep::batch

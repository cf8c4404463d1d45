#pragma once

#include <cstdint>
#include <vector>

namespace carestep::analyze {

/// A smallest set that has a member of each of these sets; of several, the first in the order of their members.
///
/// Shape    members of a set ascend; no set is empty.
/// Errors   diagram::OverBudget; each choice of a member is a step of `budget`, which counts down.
std::vector<std::uint32_t> smallest_hitting_set(std::vector<std::vector<std::uint32_t>> const& sets,
                                                std::uint64_t& budget);

}  // namespace carestep::analyze

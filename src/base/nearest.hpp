#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace carestep {

/// How many letters must be put in, left out, changed or swapped with their neighbour to turn one word into the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that `word` was most likely meant to be: the first of the nearest ones.
///
/// Returns  nothing when even the nearest differs in more than a third of the letters (one letter of a short word).
std::optional<std::string_view> nearest(std::string_view word, std::vector<std::string_view> const& candidates);

}  // namespace carestep

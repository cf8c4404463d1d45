#pragma once

#include <carestep/assessment.hpp>

#include <array>
#include <string_view>

namespace carestep::data {

/// Why an answer is not known, in the order of `Unknown`.
inline constexpr std::array<std::string_view, 3> unknown_words{"not_asked", "refused", "unable"};

constexpr std::string_view word(Unknown reason) {
  return unknown_words[static_cast<std::size_t>(reason)];
}

}  // namespace carestep::data

#pragma once

#include <carestep/assessment.hpp>

#include <array>
#include <string_view>

namespace carestep::data {

/// The keys of an assessment, and those of an answer that is an object.
inline constexpr std::array<std::string_view, 7> top_keys{
    "id", "assessment_date", "current_level", "days_in_level", "answers", "previous", "unavailable"};
inline constexpr std::array<std::string_view, 5> part_keys{"value", "on", "unknown", "includes", "excludes"};

/// Why an answer is not known, in the order of `Unknown`.
inline constexpr std::array<std::string_view, 3> unknown_words{"not_asked", "refused", "unable"};

constexpr std::string_view word(Unknown reason) {
  return unknown_words[static_cast<std::size_t>(reason)];
}

}  // namespace carestep::data

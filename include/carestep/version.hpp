#pragma once

#include <string_view>

namespace carestep {

/// The version of this engine, `MAJOR.MINOR.PATCH`. Every decision carries it.
std::string_view engine_version() noexcept;

/// The edition of the rule language that this engine reads (`language 1`).
inline constexpr int language_edition = 1;

}  // namespace carestep

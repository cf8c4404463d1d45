#pragma once

#include <carestep/carestep.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace carestep::cli {

/// The answer that a typed line stands for, in the type of its input; nothing, when it cannot be one. Values may be
/// named or given by their number in the list; `today` is what `N days ago` counts from.
///
/// Shape    the answer may hold a view of `input`'s values or of `typed`.
std::optional<Answer> read_reply(InputInfo const& input, std::string_view typed, Date today);

/// What may be typed: the numbered values, the range, the form of a date.
std::string choices(InputInfo const& input);

}  // namespace carestep::cli

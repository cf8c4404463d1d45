#pragma once

// What the diagrams of `analyze` know about one person, in words.

#include <carestep/explanation.hpp>

#include "explain/seen.hpp"

namespace carestep::explain {

/// `levels`: what the reason fixes, in words.
ShownReason shown_reason(Seen const& seen, std::vector<std::string> levels, std::uint64_t budget);

}  // namespace carestep::explain

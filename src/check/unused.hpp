#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// Warns of names that nothing uses. Examples do not count.
void warn_unused(Context& ctx);

}  // namespace carestep::checking

#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// Guarantees, impossible combinations and waivers.
void check_guarantees(Context& ctx);

}  // namespace carestep::checking

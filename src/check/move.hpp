#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// Criteria, step lines and discharge lines. Criteria of table rows are there already.
void check_moves(Context& ctx);

}  // namespace carestep::checking

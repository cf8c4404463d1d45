#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// Facts, grades, scores, named criteria and lists, each lowered after everything that it uses.
void check_definitions(Context& ctx);

}  // namespace carestep::checking

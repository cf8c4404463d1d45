#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// Examples: what is given, as codes; the names in what is expected.
void check_examples(Context& ctx);

}  // namespace carestep::checking

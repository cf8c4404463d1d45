#pragma once

#include <carestep/ruleset.hpp>

#include "explain/seen.hpp"

namespace carestep::explain {

/// Adds the answers that are enough, and what would change the decision. `out` has the decision in words already.
void add_reasons(Seen const& seen, ExplainOptions const& options, Explanation& out);

}  // namespace carestep::explain

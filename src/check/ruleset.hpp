#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// The `ruleset` block without its `applies`, which is a condition; `readable` says that parsing went well, so that
/// what is missing is missing.
void check_ruleset(Context& ctx, bool readable);

/// `applies when COND`
void check_applies(Context& ctx);

/// Sources, services, the `levels` line and the details of levels.
void check_levels(Context& ctx, bool readable);

}  // namespace carestep::checking

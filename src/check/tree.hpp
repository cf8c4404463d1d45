#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// Adds the rules of a tree: one for each leaf with actions.
void add_tree(Context& ctx, ast::TreeDecl const& decl);

}  // namespace carestep::checking

#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// Adds a table with its rules and criteria.
void add_table(Context& ctx, ast::TableDecl const& decl);

}  // namespace carestep::checking

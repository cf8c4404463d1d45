#pragma once

#include <string>

#include "ast/ast.hpp"

namespace carestep::ast {

// The tree as an s-expression, for tests and for looking at it: `(compare phq9 (>= 15))`. Places are left out.

std::string print(Expr const& expr);
std::string print(Decl const& decl);

}  // namespace carestep::ast

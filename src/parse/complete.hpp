#pragma once

#include "ast/ast.hpp"
#include "diag/sink.hpp"

namespace carestep::parse {

/// Reports the clauses that a declaration cannot do without.
///
/// Returns  whether it has them all. One that has not is no declaration yet: what reads the tree relies on them.
bool complete(ast::Decl const& decl, Sink& sink);

}  // namespace carestep::parse

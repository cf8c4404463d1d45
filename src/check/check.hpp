#pragma once

#include <optional>

#include "ast/ast.hpp"
#include "diag/sink.hpp"
#include "ir/model.hpp"

namespace carestep {

/// Resolves, types and lowers a ruleset.
///
/// Shape    `bundle` must outlive the model (Example::expect points into it).
/// Returns  the model; nothing when there were errors.
/// Errors   reports every independent error; warnings do not stop it.
/// Cost     linear in the size of the files but for definitions used many times over, which are bounded (E0418).
std::optional<ir::Model> check(ast::Bundle const& bundle, Sink& sink);

}  // namespace carestep

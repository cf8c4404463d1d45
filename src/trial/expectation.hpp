#pragma once

#include <carestep/ruleset.hpp>

#include <optional>

#include "ast/ast.hpp"
#include "ir/model.hpp"

namespace carestep::trial {

/// What an example expected and got instead; nothing when the decision meets the expectation.
///
/// `current`: the level that the example's person is at, for `discharge from`.
std::optional<ExampleDifference> difference(ir::Model const& model, ast::Expectation const& expectation,
                                            Decision const& decision, LevelId current, Date assessment_date);

}  // namespace carestep::trial

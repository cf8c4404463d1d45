#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// Rules, tables and trees in the order of declaration, then who overrides whom.
void check_rules(Context& ctx);

/// Fills in what the actions of a rule, row or leaf do.
void take_actions(Context& ctx, std::vector<ast::Action> const& actions, ir::Rule& rule);

/// An action that narrows, as a mask of levels; reports one that no level meets.
std::optional<ir::Narrowing> narrowing(Context& ctx, ast::LevelAction const& action, Span at);
std::optional<ir::Narrowing> narrowing(Context& ctx, ast::NeedsAction const& action, Span at);

}  // namespace carestep::checking

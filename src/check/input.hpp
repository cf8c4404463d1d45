#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// The built-in inputs and the declared ones, with their variables; then what `if unknown assume` fills in.
void check_inputs(Context& ctx);

/// Lists of values, of an input or a grade: at least two (a set: one), none twice, none a reserved word.
void check_values(Context& ctx, std::vector<ast::Word> const& values, std::size_t least, Span at);

/// The direction as declared, where it fits the type; `undeclared` otherwise.
ir::Worse direction_of(Context& ctx, std::optional<ast::DirectionClause> const& clause, TypeKind type);

}  // namespace carestep::checking

#pragma once

#include "check/context.hpp"

namespace carestep::checking {

/// A value in `given` or `assume` as the codes of the input's variables; reports what does not fit. A date is counted
/// back from `today`; without one, only `never` and `N days ago` are dates.
std::optional<ir::ValueCodes> answer_codes(Context& ctx, ir::Index input, ast::GivenValue const& value,
                                           std::optional<Date> today);

}  // namespace carestep::checking

#pragma once

// The algebra of numbers: sums, multiples and comparisons as nodes, simplified so that a comparison that is about one
// input with constants is an atom.

#include <cstdint>
#include <vector>

#include "check/context.hpp"

namespace carestep::checking {

/// Closed intervals of positions (see Grid), anything from `lowest_position` to `highest_position`.
using Intervals = std::vector<ir::CodeRange>;
inline constexpr std::int64_t highest_position = std::int64_t{1} << 62;
inline constexpr std::int64_t lowest_position = -highest_position;

/// The positions that a comparison with the constant at `position` accepts.
Intervals accepted(ast::Relation op, std::int64_t position);

/// Indices k with `base + step * k` in the intervals, within [0, size).
ir::CodeSet codes_in(Intervals const& intervals, std::int64_t base, std::int64_t step, std::int64_t size);

/// `number >= bound`
ir::NodeId at_least(Context& ctx, ir::NodeId number, std::int64_t bound);

/// The number, which has at most `places` digits behind the point, lies in one of the intervals.
ir::NodeId lies_in(Context& ctx, ir::NodeId number, int places, Intervals const& intervals);

/// A constant as a value.
Value constant(std::int64_t scaled, Unit unit, Span at, std::string words);

/// Sum, multiple, lowest and highest of values that are numbers of one unit; reports what does not fit the number
/// range.
Value sum_of(Context& ctx, std::vector<std::pair<bool, Value>> const& terms, Span at);  // bool: minus
Value multiple_of(Context& ctx, ast::Number const& factor, Value const& value, Span at);
Value extreme_of(Context& ctx, bool highest, std::vector<Value> const& parts, Span at);

/// The number of digits behind the point.
int places_of(std::int64_t scaled);

/// Brings values that meet in a sum or comparison to one unit, converting durations; reports units that never meet.
bool unify_units(Context& ctx, std::vector<Value*> const& values, Span at);

}  // namespace carestep::checking

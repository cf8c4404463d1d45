#pragma once

// The judgement of tests against declared values and ranges: a literal must be a value that the subject can take, and a
// test must be able to come out both ways. Only what has a grid is judged (see Value::judged).

#include <string>

#include "check/context.hpp"
#include "check/number.hpp"

namespace carestep::checking {

/// A position of the subject in words: `moderate`, `12`, `0.5`, `72 hours`.
std::string position_words(Value const& subject, std::int64_t position);

/// The values of the subject in words: `0 to 27`, `none, mild, moderate, severe`.
std::string grid_words(Value const& subject);

/// A literal number that the subject can take; reports one out of range or off the step. `op` is the relation that it
/// is compared by, so that the value suggested makes a test that can come out both ways.
bool number_in_grid(Context& ctx, Value const& subject, std::int64_t position, Span at, ast::Relation op);

/// Reports a test (`what`, as written) by one relation that is always or never true, with the nearest position that is
/// neither.
bool can_differ(Context& ctx, Value const& subject, ast::Relation op, std::int64_t position, Span at,
                std::string_view what);

/// What helps with a test that decides nothing.
inline constexpr std::string_view leave_it_out = "leave it out, or test something else";

/// The same for a test that accepts any set of positions. `when_always` helps with one that accepts them all.
bool can_differ(Context& ctx, Value const& subject, Intervals const& intervals, Span at, std::string_view what,
                std::string_view when_always = leave_it_out);

/// The same for a comparison of two judged numbers.
bool can_differ(Context& ctx, Value const& left, ast::Relation op, Value const& right, Span at, std::string_view what);

/// Reports a test that is always, or never, true.
void report_always(Context& ctx, Span at, std::string_view what, std::string_view why,
                   std::string_view help = leave_it_out);
void report_never(Context& ctx, Span at, std::string_view what, std::string_view why);

}  // namespace carestep::checking

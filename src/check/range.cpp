#include "check/range.hpp"

#include <algorithm>
#include <numeric>

namespace carestep::checking {
namespace {

__extension__ using Wide = __int128;

/// The position of the subject's grid nearest to any position.
std::int64_t nearest_index(Grid const& grid, std::int64_t position) {
  Wide const offset = Wide{position} - grid.low;
  Wide const index = (offset * 2 + grid.step) / (Wide{grid.step} * 2);
  return static_cast<std::int64_t>(std::clamp<Wide>(offset < 0 ? 0 : index, 0, grid.size - 1));
}

/// The nearest position whose test by this relation can come out both ways.
std::int64_t deciding_position(Grid const& grid, ast::Relation op, std::int64_t position) {
  std::int64_t const last = grid.size - 1;
  std::int64_t index = nearest_index(grid, position);
  bool const not_first = op == ast::Relation::at_least || op == ast::Relation::below;
  bool const not_last = op == ast::Relation::at_most || op == ast::Relation::above;
  if (not_first) index = std::max<std::int64_t>(index, std::min<std::int64_t>(1, last));
  if (not_last) index = std::min(index, std::max<std::int64_t>(0, last - 1));
  return grid.low + index * grid.step;
}

enum class Outcome : std::uint8_t { both, always, never };

Outcome outcome(Grid const& grid, Intervals const& intervals) {
  ir::CodeSet const codes = codes_in(intervals, grid.low, grid.step, grid.size);
  if (codes.empty()) return Outcome::never;
  bool const all = codes.size() == 1 && codes[0].low == 0 && codes[0].high == grid.size - 1;
  return all ? Outcome::always : Outcome::both;
}

std::string relation_words(ast::Relation op) {
  switch (op) {
    case ast::Relation::equal:
      return "=";
    case ast::Relation::not_equal:
      return "!=";
    case ast::Relation::at_least:
      return ">=";
    case ast::Relation::at_most:
      return "<=";
    case ast::Relation::above:
      return ">";
    case ast::Relation::below:
      return "<";
  }
  return {};
}

std::string subject_is(Value const& subject) {
  return fmt::format("`{}` is {}", subject.words, grid_words(subject));
}

/// Whether two grids have a value in common.
bool meet(Grid const& a, Grid const& b) {
  Wide const step = std::lcm(a.step, b.step);
  // Declared numbers lie on multiples of their steps, so what they share are the multiples of both.
  Wide const low = std::max(a.low, b.low);
  Wide const high = std::min(a.high(), b.high());
  Wide const first = low >= 0 ? (low + step - 1) / step * step : -(-low / step * step);
  return first <= high;
}

}  // namespace

std::string position_words(Value const& subject, std::int64_t position) {
  if (subject.type != TypeKind::number) return (*subject.values)[static_cast<std::size_t>(position)];
  std::string number = to_string(Decimal{position});
  if (subject.unit.kind != Unit::Kind::time) return number;
  bool const single = position == Decimal::one;
  switch (subject.unit.time) {
    case ast::TimeUnit::hour:
      return number + (single ? " hour" : " hours");
    case ast::TimeUnit::day:
      return number + (single ? " day" : " days");
    case ast::TimeUnit::week:
      return number + (single ? " week" : " weeks");
  }
  return number;
}

std::string grid_words(Value const& subject) {
  Grid const& grid = subject.grid;
  if (subject.type == TypeKind::number) {
    std::string text = position_words(subject, grid.low) + " to " + position_words(subject, grid.high());
    if (grid.step != Decimal::one) text += " in steps of " + to_string(Decimal{grid.step});
    return text;
  }
  std::string text =
      fmt::format("one of {}",
                  fmt::join(subject.values->begin(),
                            subject.values->begin() + std::min<std::ptrdiff_t>(12, std::ssize(*subject.values)), ", "));
  return subject.values->size() > 12 ? text + ", …" : text;
}

bool number_in_grid(Context& ctx, Value const& subject, std::int64_t position, Span at, ast::Relation op) {
  Grid const& grid = subject.grid;
  bool const outside = position < grid.low || position > grid.high();
  bool const off_step = (Wide{position} - grid.low) % grid.step != 0;
  if (!outside && !off_step) return true;
  std::string const nearest = position_words(subject, grid.low + nearest_index(grid, position) * grid.step);
  std::string const deciding = position_words(subject, deciding_position(grid, op, position));
  std::string const literal = ctx.words(at);
  auto entry = outside ? ctx.sink.report(Code::value_out_of_range, at, "`{}` is out of the range of `{}`, which is {}",
                                         literal, subject.words, grid_words(subject))
                       : ctx.sink.report(Code::value_off_step, at, "`{}` is not a value of `{}`, which is {}", literal,
                                         subject.words, grid_words(subject));
  entry.replace_with(deciding);
  if (nearest == deciding)
    entry.help("the nearest value is `{}`", nearest);
  else
    entry.help("the nearest value is `{}`; the nearest test that can come out both ways is `{} {}`", nearest,
               relation_words(op), deciding);
  return false;
}

void report_always(Context& ctx, Span at, std::string_view what, std::string_view why, std::string_view help) {
  ctx.sink.report(Code::always_true, at, "`{}` is always true: {}", what, why).help("{}", help);
}

void report_never(Context& ctx, Span at, std::string_view what, std::string_view why) {
  ctx.sink.report(Code::never_true, at, "`{}` is never true: {}", what, why).help("{}", leave_it_out);
}

bool can_differ(Context& ctx, Value const& subject, ast::Relation op, std::int64_t position, Span at,
                std::string_view what) {
  if (!subject.judged()) return true;
  Outcome const result = outcome(subject.grid, accepted(op, position));
  if (result == Outcome::both) return true;
  Code const code = result == Outcome::always ? Code::always_true : Code::never_true;
  auto entry = ctx.sink.report(code, at, "`{}` is {} true: {}", what, result == Outcome::always ? "always" : "never",
                               subject_is(subject));
  std::string const nearest = position_words(subject, deciding_position(subject.grid, op, position));
  if (subject.grid.size > 1)
    entry.help("the nearest value that can come out both ways is `{}`", nearest).replace_with(nearest);
  return false;
}

bool can_differ(Context& ctx, Value const& subject, Intervals const& intervals, Span at, std::string_view what,
                std::string_view when_always) {
  if (!subject.judged()) return true;
  Outcome const result = outcome(subject.grid, intervals);
  if (result == Outcome::always) report_always(ctx, at, what, subject_is(subject), when_always);
  if (result == Outcome::never) report_never(ctx, at, what, subject_is(subject));
  return result == Outcome::both;
}

bool can_differ(Context& ctx, Value const& left, ast::Relation op, Value const& right, Span at, std::string_view what) {
  if (!left.judged() || !right.judged() || left.type != TypeKind::number) return true;
  Grid const& a = left.grid;
  Grid const& b = right.grid;
  bool const apart = a.high() < b.low || b.high() < a.low || !meet(a, b);
  bool always = false;
  bool never = false;
  switch (op) {
    case ast::Relation::equal:
      never = apart;
      break;
    case ast::Relation::not_equal:
      always = apart;
      break;
    case ast::Relation::at_least:
      always = a.low >= b.high(), never = a.high() < b.low;
      break;
    case ast::Relation::at_most:
      always = a.high() <= b.low, never = a.low > b.high();
      break;
    case ast::Relation::above:
      always = a.low > b.high(), never = a.high() <= b.low;
      break;
    case ast::Relation::below:
      always = a.high() < b.low, never = a.low >= b.high();
      break;
  }
  std::string const why = fmt::format("{}, and {}", subject_is(left), subject_is(right));
  if (always) report_always(ctx, at, what, why);
  if (never) report_never(ctx, at, what, why);
  return !always && !never;
}

}  // namespace carestep::checking

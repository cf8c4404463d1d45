#pragma once

// What an expression stands for where it is a side of a comparison or part of a sum.

#include <carestep/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ast/ast.hpp"
#include "ir/model.hpp"

namespace carestep::checking {

enum class TypeKind : std::uint8_t { invalid, yes_no, scale, choice, level, set, number, date };

/// What a number is counted in.
struct Unit {
  enum class Kind : std::uint8_t {
    none,
    named,         // `of years`: for people to read
    time,          // hours, days or weeks: literals are durations
    counted_days,  // `days since X`, `days_in_level`: bare numbers and durations of whole days
    duration,      // a constant written as a duration, in hours until it meets a number of a time unit
  };
  Kind kind = Kind::none;
  std::string name;                          // named
  ast::TimeUnit time = ast::TimeUnit::hour;  // time

  friend bool operator==(Unit const&, Unit const&) = default;
};

/// The values that a subject takes by its declaration: low, low + step, …, `size` of them. Positions of scales, choices
/// and levels count from 0; positions of numbers are scaled decimals.
struct Grid {
  std::int64_t low = 0;
  std::int64_t step = 1;
  std::int64_t size = 0;

  [[nodiscard]] std::int64_t high() const { return low + step * (size - 1); }
};

/// Which name a value reads, so that a comparison with itself is seen.
struct Identity {
  enum class Kind : std::uint8_t { none, input, previous, days_since, days_since_previous, definition };
  Kind kind = Kind::none;
  ir::Index index = 0;

  friend bool operator==(Identity, Identity) = default;
};

struct Value {
  TypeKind type = TypeKind::invalid;
  Span at;
  std::string words;  // as written
  Identity identity;

  std::vector<std::string> const* values = nullptr;  // scale, choice, level; the members of a set
  ir::Worse worse = ir::Worse::undeclared;
  std::optional<ir::VarId> var;    // scale, choice, level, date; the first member of a set
  std::optional<ir::Index> grade;  // a scale that is a grade: its definition
  ir::NodeId node = 0;             // yes/no: a condition; number: a number
  bool or_never = false;           // date

  /// The declared values of what is judged: inputs, `previous`, `count of`, `days since`. Size 0 for everything else.
  Grid grid;

  // numbers only
  std::int64_t low = 0;
  std::int64_t high = 0;
  int places = 0;  // digits behind the point that its values may have
  Unit unit;
  bool constant = false;

  [[nodiscard]] bool valid() const { return type != TypeKind::invalid; }
  [[nodiscard]] bool judged() const { return grid.size > 0; }
};

/// `a number`, `a scale`
std::string_view type_words(TypeKind type);

/// Hours in one hour, day, week.
constexpr std::int64_t hours_in(ast::TimeUnit unit) {
  switch (unit) {
    case ast::TimeUnit::hour:
      return 1;
    case ast::TimeUnit::day:
      return 24;
    case ast::TimeUnit::week:
      return 168;
  }
  return 1;
}

}  // namespace carestep::checking

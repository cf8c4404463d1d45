#pragma once

// What the reference evaluator makes of a syntax tree: every name found, every condition a plain function of one
// completion. The order of every list is the order of declaration.

#include <carestep/value.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ast/ast.hpp"

namespace carestep::reference {

__extension__ typedef __int128 Wide;

/// The number 1. Sixteen digits behind the point hold a coefficient (eight) times a value (eight) exactly.
inline constexpr Wide one = 10'000'000'000'000'000;
/// A day, in hours: every amount of time is held in hours, so that `3 days` and `72 hours` are one value.
inline constexpr Wide day = 24 * one;
/// Farthest back that a date may lie, and the most days that `days_in_level` may count.
inline constexpr std::int64_t farthest_day = 36500;
/// `never` is longer ago than anything.
inline constexpr Wide never = 40000 * day;

/// One completion: a value for every slot. yes/no is 1/0; a value of a scale or choice, and a level, its place in
/// Type::values; a set one bit a member; a number times `one`; a date the time since it.
using Case = std::vector<Wide>;
using Condition = std::function<bool(Case const&)>;
using Quantity = std::function<Wide(Case const&)>;

enum class Kind : std::uint8_t { yes_no, scale, choice, set, number, date, level };
enum class Worse : std::uint8_t { undeclared, higher, lower };

struct Type {
  Kind kind = Kind::yes_no;
  std::vector<std::string> values;  // {no, yes} for yes/no; {none, level, level, …} for levels
  Wide hours = 0;                   // of a number that counts time: hours in one of its unit
  Worse worse = Worse::undeclared;
};

/// An input, or the `previous` of one.
struct Slot {
  std::string name;  // `previous phq9` for the previous of phq9
  Type type;
  Wide low = 0;  // the values are low, low + step, …
  Wide step = 1;
  std::int64_t count = 0;  // so many
  bool or_never = false;   // and `never`

  bool read = false;         // by anything in the ruleset
  bool every_value = false;  // in a sum, or compared with another name
  std::set<Wide> cuts;       // the constants that it is compared with

  std::optional<Wide> assumed;    // `if unknown assume`
  std::optional<Wide> valid_for;  // hours
};

/// Values of one slot that no comparison of the ruleset can tell apart.
struct Cell {
  Wide first = 0;
  Wide last = 0;
  std::int64_t values = 1;  // how many
};

using LevelSet = std::uint64_t;

struct Action {
  enum class Kind : std::uint8_t { at_least, at_most, only, exclude, needs, suggest, alert, note, reassess };
  Kind kind = Kind::at_least;
  LevelSet admits = 0;                // of the first five, which narrow
  std::vector<std::string> services;  // needs, suggest
  std::string text;                   // alert, note
  std::int64_t days = 0;              // reassess
};

struct Rule {
  std::string name;
  std::string declared_as;  // the rule, table or tree that it belongs to
  Condition holds;          // its `when`, and not its `unless`; overrides left aside
  std::vector<Action> actions;
  std::vector<std::string> overrides;
  bool conditional = true;  // something is written that it depends on
};

struct Criterion {
  bool admit = true;  // or continue
  std::size_t level = 0;
  Condition holds;
  bool conditional = true;
  std::string name;  // of `as` or of the row, else `admit LEVEL`
};

struct Table {
  std::string name;
  bool first = false;
  std::vector<Condition> rows;     // all cells match, earlier rows left aside
  std::vector<std::size_t> rules;  // the rows that are rules
};

struct Line {
  bool up = false;
  LevelSet from = 0;
  LevelSet to = 0;
  Condition open;
  bool conditional = true;
};

struct DischargeLine {
  LevelSet from = 0;
  Condition holds;
  bool conditional = true;
};

struct Guarantee {
  enum class Promise : std::uint8_t { level, level_or_nowhere, no_conflict, eligible };
  std::string name;
  Condition whenever;
  Promise promise = Promise::level;
  LevelSet levels = 0;
};

struct Impossible {
  std::string name;
  Condition holds;
};

struct Level {
  std::string name;
  std::set<std::string> offers;
  std::optional<std::int64_t> reassess_days;
};

/// A whole ruleset, resolved.
struct Rules {
  bool draft = false;
  Condition applies;
  std::vector<Level> levels;
  std::vector<std::string> services;
  std::vector<Slot> slots;  // current_level, days_in_level, the inputs, then `previous` of each input in the same order
  std::size_t inputs = 0;   // without the two that are built in
  std::vector<Rule> rules;
  std::vector<std::vector<std::size_t>> overridden_by;  // for each rule
  std::vector<Table> tables;
  std::vector<Criterion> criteria;
  std::vector<Line> lines;
  std::vector<DischargeLine> discharges;
  std::vector<Guarantee> guarantees;
  std::vector<Impossible> impossibles;

  static constexpr std::size_t current_level = 0;
  static constexpr std::size_t days_in_level = 1;
  static constexpr std::size_t first_input = 2;
  std::size_t first_previous() const { return first_input + inputs; }
};

inline LevelSet all_levels(Rules const& rules) {
  return ~LevelSet{0} >> (64 - rules.levels.size());
}

/// Reads a syntax tree (reader.cpp: sections 3 and 4; reader_rules.cpp: the declarations of sections 5, 6 and 9).
Rules read_rules(ast::Bundle const& bundle);

/// The cells that the constants of the ruleset cut out of a slot's values (cells.cpp).
std::vector<Cell> cells_of(Slot const& slot);

enum class Move : std::uint8_t { admit, step_up, stay, step_down, discharge, none };

/// The decision for one completion: sections 5, 6 and 9 (outcome.cpp). Levels are counted from 1; 0 is `none`.
struct Outcome {
  bool not_applicable = false;
  bool conflict = false;
  bool not_eligible = false;
  bool by_default = false;
  bool held = false;
  bool off_pathway = false;
  Move move = Move::none;
  std::size_t next = 0;
  std::size_t indicated = 0;
  LevelSet admissible = 0;
  std::vector<std::size_t> plan;
  std::size_t placement = 0;
  std::vector<bool> active;  // for each rule
  std::vector<bool> broken;  // for each guarantee
  std::optional<std::int64_t> reassess_days;
  std::vector<std::string> failing_criteria;
};

/// Decides one completion. `unavailable` are the levels that the caller says have no place.
Outcome decide_completion(Rules const& rules, Case const& completion, LevelSet unavailable);

/// Levels that the rules of `chosen` admit together.
LevelSet admitted_by(Rules const& rules, std::vector<bool> const& chosen);

}  // namespace carestep::reference

#pragma once

// A checked ruleset: every name resolved, every condition a node, every action a mask over the levels.

#include <carestep/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ast/ast.hpp"
#include "base/span.hpp"
#include "ir/nodes.hpp"

namespace carestep::ir {

/// Bit i stands for the i-th level of the `levels` line, least intensive first.
using LevelMask = std::uint64_t;
/// Index into the list of the same name in Model.
using Index = std::uint32_t;

// ---- variables: what an assessment fills --------------------------------------------------------------------------

/// The two built-in variables. Code of current_level: 0 is `none`, i + 1 the i-th level.
inline constexpr VarId current_level_var = 0;
inline constexpr VarId days_in_level_var = 1;
/// Dates are days before the assessment date, 0 to 36500; the code behind them is `never`.
inline constexpr std::int64_t most_days = 36500;
inline constexpr std::int64_t never_code = most_days + 1;

struct Variable {
  Index input = 0;           // the two built-in inputs are inputs 0 and 1
  bool previous = false;     // `previous X`
  std::int32_t member = -1;  // of a set: one yes/no variable a member
  std::int64_t size = 2;     // codes 0 to size - 1
};

enum class InputKind : std::uint8_t { level, yes_no, scale, choice, set, number, date };
enum class Worse : std::uint8_t { undeclared, higher, lower };  // yes, more: higher; no: lower

struct Code {
  std::string system;
  std::string value;
};
struct Citation {
  Index source = 0;
  std::string where;  // may be empty
};
struct Reasons {
  std::string because;
  std::vector<Citation> cites;
};

/// A value as codes, one a variable of the input (a set has one a member).
using ValueCodes = std::vector<std::int64_t>;

struct Input {
  std::string name;
  std::string label;
  InputKind kind = InputKind::yes_no;
  std::vector<std::string> values;  // scale, choice, set members; levels with `none` in front for current_level
  Decimal low;                      // number: the value of code 0
  Decimal high;
  Decimal step;
  std::string unit;        // may be empty
  bool time_unit = false;  // unit is hours, days or weeks: literals are durations
  bool or_never = false;
  Worse worse = Worse::undeclared;
  std::optional<std::int64_t> valid_for_hours;
  std::optional<ValueCodes> assume;
  std::string ask;
  std::string help;
  std::vector<Code> codes;
  std::vector<Citation> cites;
  VarId first_var = 0;           // `width` variables from here: the present answer
  VarId first_previous_var = 0;  // likewise: the previous one; 0 for the built-in inputs, which have none
  std::uint32_t width = 1;
  Span at;
};

// ---- what explanations show ---------------------------------------------------------------------------------------

enum class ClauseKind : std::uint8_t { test, negation, all, any, none, at_least, at_most, exactly };

/// A condition as its author wrote it, clause by clause, beside the node that decides it.
struct Clause {
  ClauseKind kind = ClauseKind::test;
  std::int64_t n = 0;  // at_least, at_most, exactly
  std::string words;   // the author's text, white space and comments collapsed
  std::string label;   // the text behind a list item
  NodeId node = 0;
  std::vector<Clause> parts;       // not for a test
  std::vector<VarId> reads;        // a test: the first variable of each input (or previous input) it reads directly
  std::vector<Index> definitions;  // a test: the facts, grades and scores it reads directly
};

/// A fact, grade, score, or a criterion named with `as`.
enum class DefinitionKind : std::uint8_t { fact, grade, score };
struct DefinitionCase {
  Clause when;        // for otherwise: node true, no words
  std::string value;  // a grade's value, or the words of a score's number
};
struct Definition {
  DefinitionKind kind = DefinitionKind::fact;
  std::string name;
  std::string label;
  std::vector<std::string> values;    // grade: its scale
  Worse worse = Worse::undeclared;    // grade, score
  std::vector<DefinitionCase> cases;  // fact: one; score with a formula: one whose `when` is true
  NodeId node = 0;  // fact: a condition; grade: a number (the index of its value, scaled); score: a number
  Reasons reasons;
  Span at;
};

// ---- levels and services ------------------------------------------------------------------------------------------

struct Source {
  std::string name;
  std::string citation;
  std::string url;
};
struct Service {
  std::string name;
  std::string label;
};
struct Level {
  std::string name;
  std::string label;
  std::string about;
  std::vector<Index> offers;  // services, in the order of their declarations
  std::vector<Code> codes;
  std::optional<std::int32_t> reassess_days;
  Span at;
};

// ---- rules ----------------------------------------------------------------------------------------------------------

enum class ActionKind : std::uint8_t { at_least, at_most, only, exclude, needs };

/// An action that narrows the admissible levels.
struct Narrowing {
  ActionKind kind = ActionKind::at_least;
  LevelMask admits = 0;         // never empty
  std::vector<Index> levels;    // as written
  std::vector<Index> services;  // needs, as written
};

enum class RuleOrigin : std::uint8_t { rule, row, leaf };

struct Rule {
  std::string name;  // `r`, `table.2`, `tree.node.yes`
  std::string label;
  RuleOrigin origin = RuleOrigin::rule;
  Clause when;        // node true where left out; a row: all of its cells; a leaf: the path in words
  Clause unless;      // node false where left out
  NodeId holds = 0;   // when, and not unless (and no earlier row of a `first` table)
  NodeId active = 0;  // holds, and no active rule overrides it
  std::vector<Index> overridden_by;
  std::vector<Narrowing> narrows;
  std::vector<Index> suggests;
  std::vector<std::string> alerts;
  std::vector<std::string> notes;
  std::optional<std::int32_t> reassess_days;  // the shortest, where several are written
  Reasons reasons;
  Span at;
};

enum class CriterionKind : std::uint8_t { admit, stay };
struct Criterion {
  CriterionKind kind = CriterionKind::admit;
  Index level = 0;
  std::string name;  // of `as`, or of the table row (`table.3`); may be empty
  Clause when;
  NodeId node = 0;
  Reasons reasons;
  Span at;
};

/// A `step` line, resolved to pairs of levels.
struct StepLine {
  bool up = false;
  std::vector<std::pair<Index, Index>> moves;  // from, to
  std::string words;                           // `step down php -> iop`
  Clause when;                                 // node true where left out
  Reasons reasons;
  Span at;
};
struct DischargeLine {
  LevelMask from = 0;
  std::string words;
  Clause when;
  Reasons reasons;
  Span at;
};

struct Impossible {
  std::string name;
  std::string label;
  Clause when;
  std::string because;
  Span at;
};

enum class PromiseKind : std::uint8_t { levels, at_most, exclude, no_conflict, eligible };
struct Guarantee {
  std::string name;
  std::string label;
  Clause whenever;
  /// levels: at least, only, needs (a decision without a next level breaks it); at_most, exclude: (it keeps them).
  PromiseKind promise = PromiseKind::levels;
  LevelMask admits = 0;
  std::string words;  // `needs withdrawal_management`
  Reasons reasons;
  Span at;
};

struct Waiver {
  std::string check;
  std::string subject;
  std::string because;
  Span at;
};

// ---- examples -------------------------------------------------------------------------------------------------------

struct GivenAnswer {
  Index input = 0;
  bool previous = false;
  /// Codes, for a date: the day itself where `day` is there (relative to the assessment date otherwise).
  ValueCodes codes;
  std::optional<Date> day;
  std::optional<Date> on;
};
struct Example {
  std::string name;
  Date assessment_date;
  std::vector<GivenAnswer> given;
  bool previous_none = false;
  LevelMask unavailable = 0;
  std::vector<ast::Expectation> const* expect = nullptr;  // in the ast that the ruleset keeps; names checked
  Span at;
};

// ---- the whole ------------------------------------------------------------------------------------------------------

struct Attribute {
  std::string name;
  std::string value;
};

/// A table as its author laid it out, for `describe`.
struct Table {
  std::string name;
  std::string label;
  bool first = false;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // cells in words, the `then` cell last
  std::vector<NodeId> row_nodes;               // all cells of the row match (earlier rows not considered)
  Reasons reasons;
  Span at;
};

struct Model {
  std::string name;
  std::string title;
  std::string version;
  ast::Status status = ast::Status::active;
  std::optional<Date> effective;
  std::optional<Date> expires;
  std::string about;
  std::vector<Attribute> attributes;
  Clause applies;  // node true where left out

  Nodes nodes;
  std::vector<Variable> variables;
  std::vector<Input> inputs;  // current_level, days_in_level, then as declared
  std::vector<Definition> definitions;
  std::vector<Source> sources;
  std::vector<Service> services;
  std::vector<Level> levels;
  std::vector<Rule> rules;  // in the order of declaration: rows from the top, leaves by node, yes before no
  std::vector<Table> tables;
  std::vector<Criterion> criteria;
  std::vector<StepLine> steps;
  std::vector<DischargeLine> discharges;
  std::vector<Impossible> impossibles;
  std::vector<Guarantee> guarantees;
  std::vector<Waiver> waivers;
  std::vector<Example> examples;
};

}  // namespace carestep::ir

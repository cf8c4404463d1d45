#pragma once

// The syntax tree of one rule file: what the author wrote, in the order they wrote it, with the place of every part.
// Nothing is resolved: a word may be an input, a fact or a value; `check` finds out.

#include <carestep/value.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/span.hpp"

namespace carestep::ast {

/// A word: a declared name, a keyword in the place of a value, or a value.
struct Word {
  std::string text;
  Span at;
};

/// A quoted text, escapes and line breaks resolved.
struct Text {
  std::string value;
  Span at;
};

struct Number {
  Decimal value;
  Span at;
};

enum class TimeUnit : std::uint8_t { hour, day, week };

/// `7 days`. The amount as written.
struct Duration {
  Decimal amount;
  TimeUnit unit = TimeUnit::day;
  Span at;
};

struct DateLiteral {
  Date value;
  Span at;
};

// ---- expressions: conditions and numbers share one grammar; `check` types them ---------------------------------------

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

/// A bare word: input, fact, grade, score, or a value (`severe`, `yes`, `none`, `never`).
struct NameRef {
  Word name;
};
/// `previous phq9`
struct Previous {
  Word name;
};
/// `days since last_use`, `days since previous last_use`
struct DaysSince {
  bool previous = false;
  Word name;
};

/// One entry of a list, with the text behind it that labels it for explanations.
struct Item {
  ExprPtr value;
  std::optional<Text> label;
};

/// What stands behind `of`: a list in parentheses, bullets, or the name of a declared list.
struct ItemList {
  bool bulleted = false;
  std::vector<Item> items;   // empty when `name` is there
  std::optional<Word> name;  // `of scores`
  Span at;
};

/// `count of (c1, c2)`, `count of conditions`, `count of previous conditions`
struct CountOf {
  std::optional<Word> set;  // a set input, or the name of a list: `check` knows which
  bool previous = false;    // `count of previous SET`
  ItemList items;           // used when `set` is not there
};

/// `lowest of (…)`, `highest of (…)`
struct Extreme {
  bool highest = false;
  ItemList items;
};

struct Sum {
  struct Term {
    bool minus = false;
    ExprPtr value;
  };
  std::vector<Term> terms;  // at least two
};

/// `2 * x`
struct Scaled {
  Number factor;
  ExprPtr value;
};

/// Parentheses that the author wrote around an expression.
struct Group {
  ExprPtr inner;
};

struct Not {
  ExprPtr inner;
};
struct And {
  std::vector<ExprPtr> parts;  // at least two, in order; a nested Or without Group is the mixing error
  std::vector<Span> operators;
};
struct Or {
  std::vector<ExprPtr> parts;
  std::vector<Span> operators;
};

enum class Relation : std::uint8_t { equal, not_equal, at_least, at_most, above, below };

/// `= != >= <= > <` (symbol) or `is at least …` and so on (words).
struct RelationTest {
  Relation op = Relation::equal;
  bool symbol = false;
  ExprPtr right;
};
/// `is v`, `is not v`: v a word, a number, a duration or another name.
struct IsTest {
  bool negated = false;
  ExprPtr right;
};
/// `is one of (v, w)`, `is not one of (v, w)`
struct OneOfTest {
  bool negated = false;
  std::vector<ExprPtr> values;
};
/// `is between v and w`
struct BetweenTest {
  ExprPtr low;
  ExprPtr high;
};
/// `is v or worse`, `is v or better`
struct OrWorseTest {
  ExprPtr value;
  bool better = false;
};
/// `is empty`, `is not empty`
struct EmptyTest {
  bool negated = false;
};
enum class IncludesKind : std::uint8_t { one, any, all };
/// `includes v`, `includes any of (…)`, `includes all of (…)`
struct IncludesTest {
  IncludesKind kind = IncludesKind::one;
  std::vector<Word> values;
};
/// `within 7 days`
struct WithinTest {
  Duration span;
};
/// `more than 30 days ago`
struct MoreThanAgoTest {
  Duration span;
};

struct Test {
  Span at;
  std::variant<RelationTest, IsTest, OneOfTest, BetweenTest, OrWorseTest, EmptyTest, IncludesTest, WithinTest,
               MoreThanAgoTest>
      kind;
};

/// A subject and one comparison: `phq9 >= 15`, `home_environment is unsafe or worse`. The subject may be a literal
/// when the test is a symbol: `15 <= phq9`.
struct Compare {
  ExprPtr subject;
  Test test;
};

enum class Quantifier : std::uint8_t { all, any, none, at_least, at_most, exactly };

/// `at least 2 of (…)`; with `test`, that comparison is made of each item: `any of (d4, d5) >= 3`.
struct Quantified {
  Quantifier kind = Quantifier::all;
  std::optional<Number> n;  // for at_least, at_most, exactly
  ItemList items;
  std::optional<Test> test;
};

struct Expr {
  Span at;
  std::variant<NameRef, Previous, DaysSince, Number, Duration, DateLiteral, CountOf, Extreme, Sum, Scaled, Group, Not,
               And, Or, Compare, Quantified>
      node;
};

// ---- clauses that several declarations share ----------------------------------------------------------------------

/// `code loinc "44261-6"`
struct CodeClause {
  Word system;
  Text value;
  Span at;
};
/// `cites NAME "where in it"`
struct Cite {
  Word source;
  std::optional<Text> where;
  Span at;
};

enum class Direction : std::uint8_t { higher, lower, yes, no, more };
/// `higher is worse`
struct DirectionClause {
  Direction worse = Direction::higher;
  Span at;
};

/// `because "…"` and `cites …`, wherever a declaration takes them.
struct Reasons {
  std::optional<Text> because;
  std::vector<Cite> cites;
};

/// A declaration's name and label.
struct Heading {
  Word name;
  std::optional<Text> label;
};

// ---- actions ------------------------------------------------------------------------------------------------------

enum class LevelActionKind : std::uint8_t { at_least, at_most, only, exclude };  // exclude is written `not`
struct LevelAction {
  LevelActionKind kind = LevelActionKind::at_least;
  std::vector<Word> levels;  // one for at_least and at_most
};
struct NeedsAction {
  std::vector<Word> services;
};
struct SuggestAction {
  std::vector<Word> services;
};
struct AlertAction {
  Text text;
};
struct NoteAction {
  Text text;
};
struct ReassessAction {
  Duration within;
};
struct Action {
  Span at;
  std::variant<LevelAction, NeedsAction, SuggestAction, AlertAction, NoteAction, ReassessAction> kind;
};

// ---- declarations -------------------------------------------------------------------------------------------------

enum class Status : std::uint8_t { draft, active, retired };

/// A source attribute of section 10: `developer "…"`.
struct Attribute {
  Word name;
  Text value;
};

struct RulesetDecl {
  Heading heading;  // the label is the title
  std::optional<Number> language;
  std::optional<Text> version;
  std::optional<std::pair<Status, Span>> status;
  std::optional<DateLiteral> effective;
  std::optional<DateLiteral> expires;
  ExprPtr applies;  // null when left out
  std::optional<Text> about;
  std::vector<Attribute> attributes;
};

struct UseDecl {
  Text path;
};

struct SourceDecl {
  Heading heading;
  std::optional<Text> url;
};

struct LevelsDecl {
  std::vector<Word> names;
};

struct ServiceDecl {
  Heading heading;
};

struct LevelDecl {
  Heading heading;
  std::vector<Word> offers;
  std::vector<CodeClause> codes;
  std::optional<Duration> reassess;
  std::optional<Text> about;
};

struct YesNoType {};
struct ScaleType {
  std::vector<Word> values;
};
struct ChoiceType {
  std::vector<Word> values;
};
struct SetType {
  std::vector<Word> values;
};
struct NumberType {
  Number low;
  Number high;
  std::optional<Number> step;
  std::optional<Text> unit;  // a name or a text: `of years`, `of "mg/L"`, `of hours`
  bool unit_quoted = false;
};
struct DateType {
  bool or_never = false;
};
struct InputType {
  Span at;
  std::variant<YesNoType, ScaleType, ChoiceType, SetType, NumberType, DateType> kind;
};

/// `if unknown assume VALUE`: a value as in an example's `given`.
struct GivenValue;

/// `none`, `(a, b)`
struct SetLiteral {
  std::vector<Word> members;
};
/// `45 days ago`
struct DaysAgo {
  Duration ago;
};
/// A value in `given` or `assume`: a word (yes, no, none, never, a value), a number, a duration, a date, `N days ago`, a set.
struct GivenValue {
  Span at;
  std::variant<Word, Number, Duration, DateLiteral, DaysAgo, SetLiteral> kind;
};

struct InputDecl {
  Heading heading;
  InputType type;
  std::optional<Text> ask;
  std::optional<Text> help;
  std::vector<CodeClause> codes;
  std::optional<DirectionClause> direction;
  std::optional<Duration> valid_for;
  std::optional<GivenValue> assume;
  std::vector<Cite> cites;
};

struct ListDecl {
  Word name;
  std::vector<Word> members;
};

struct ImpossibleDecl {
  Heading heading;
  ExprPtr when;
  std::optional<Text> because;
};

struct FactDecl {
  Heading heading;
  ExprPtr when;
  Reasons reasons;
};

struct GradeCase {
  Word value;
  ExprPtr when;  // null for otherwise
  Span at;
};
struct GradeDecl {
  Heading heading;
  std::vector<Word> values;
  std::vector<GradeCase> cases;
  std::optional<DirectionClause> direction;
};

struct ScoreCase {
  ExprPtr value;
  ExprPtr when;  // null for otherwise
  Span at;
};
struct ScoreDecl {
  Heading heading;
  ExprPtr formula;               // `= NUM`; null when there are cases
  std::vector<ScoreCase> cases;  // empty when there is a formula
  std::optional<DirectionClause> direction;
};

struct RuleDecl {
  Heading heading;
  ExprPtr when;    // null: always
  ExprPtr unless;  // null: never
  std::vector<Action> actions;
  std::vector<Word> overrides;
  Reasons reasons;
};

// A table cell.
struct AnyCell {};  // `-`
/// `v`, `v or w`, `yes`, `no`, `3`
struct ValuesCell {
  std::vector<ExprPtr> values;  // NameRef, Number or Duration
};
struct RangeCell {  // `a to b`
  ExprPtr low;
  ExprPtr high;
};
enum class CellBound : std::uint8_t { more, less, worse, better };
struct BoundCell {  // `a or more`
  ExprPtr value;
  CellBound bound = CellBound::more;
};
struct RelationCell {  // `< a`
  Relation op = Relation::below;
  ExprPtr value;
};
struct Cell {
  Span at;
  std::variant<AnyCell, ValuesCell, RangeCell, BoundCell, RelationCell> kind;
};
/// What a column compares: NameRef, Previous, or CountOf.
struct Column {
  ExprPtr subject;
  Span at;
};
enum class CriterionKind : std::uint8_t { admit, stay };  // `stay` is written `continue`
struct CriterionCell {
  CriterionKind kind = CriterionKind::admit;
  Word level;
};
struct Row {
  Span at;
  std::vector<Cell> cells;
  std::variant<std::vector<Action>, CriterionCell> then;  // no actions for `-`
};
struct TableDecl {
  Heading heading;
  bool first = false;
  std::vector<Column> columns;
  std::vector<Row> rows;
  Span header_at;
  Reasons reasons;
};

/// Where an arrow of a tree leads: a node, actions, or nothing (`-`, an empty list of actions).
struct Target {
  Span at;
  std::variant<Word, std::vector<Action>> to;
};
struct TreeNode {
  Heading heading;
  ExprPtr condition;
  Target yes;
  Target no;
  Span at;
};
struct TreeDecl {
  Heading heading;
  std::vector<TreeNode> nodes;
  Reasons reasons;
};

/// `admit LEVEL when COND` and `continue LEVEL when COND`.
struct CriterionDecl {
  CriterionKind kind = CriterionKind::admit;
  Word level;
  std::optional<Word> as_name;
  ExprPtr when;
  Reasons reasons;
};

/// `any` or a list of levels.
struct LevelList {
  bool any = false;
  std::vector<Word> levels;
  Span at;
};
struct StepDecl {
  bool up = false;
  LevelList from;
  LevelList to;
  ExprPtr when;  // null: always open
  Reasons reasons;
};
struct DischargeDecl {
  LevelList from;
  ExprPtr when;  // null: always
  Reasons reasons;
};

struct NoConflictPromise {};
struct EligiblePromise {};
struct Promise {
  Span at;
  std::variant<LevelAction, NeedsAction, NoConflictPromise, EligiblePromise> kind;
};
struct GuaranteeDecl {
  Heading heading;
  ExprPtr whenever;
  Promise promise;
  Reasons reasons;
};

struct WaiveDecl {
  Word check;
  Word subject;
  Text because;
};

struct Given {
  enum class Subject : std::uint8_t { input, previous, previous_none, assessment_date, unavailable };
  Subject subject = Subject::input;
  Word name;                      // the input (also current_level, days_in_level); the keyword for the other subjects
  std::optional<GivenValue> value;  // input, previous, assessment_date (a DateLiteral)
  std::optional<DateLiteral> on;
  std::vector<Word> levels;       // unavailable
  Span at;
};

struct ExpectMove {
  enum class Kind : std::uint8_t { admit, step_up, step_down, stay, discharge, no_move };
  Kind kind = Kind::stay;
  std::optional<Word> level;  // not for no_move
};
struct ExpectPlaced {
  std::optional<Word> level;  // nowhere when not there
};
struct ExpectIndicated {
  std::optional<Word> level;  // none when not there
};
struct ExpectUndetermined {
  std::optional<std::pair<Word, Word>> between;
};
/// conflict, no conflict, not_eligible, not_applicable, by_default, held, off_pathway
struct ExpectMark {
  enum class Kind : std::uint8_t { conflict, no_conflict, not_eligible, not_applicable, by_default, held, off_pathway };
  Kind kind = Kind::conflict;
};
struct ExpectAsk {
  bool negated = false;
  bool previous = false;
  Word input;
};
struct ExpectRule {
  bool negated = false;
  std::string name;  // `r`, `table.2`, `tree.node.yes`
  Span at;
};
struct ExpectSuggest {
  Word service;
};
struct ExpectAlert {
  Text text;
};
struct ExpectReassess {
  Duration within;
};
struct Expectation {
  Span at;
  std::variant<ExpectMove, ExpectPlaced, ExpectIndicated, ExpectUndetermined, ExpectMark, ExpectAsk, ExpectRule,
               ExpectSuggest, ExpectAlert, ExpectReassess>
      kind;
};
struct ExampleDecl {
  Text name;
  std::vector<Given> given;
  std::vector<Expectation> expect;
};

struct Decl {
  Span at;
  std::variant<RulesetDecl, UseDecl, SourceDecl, LevelsDecl, ServiceDecl, LevelDecl, InputDecl, ListDecl,
               ImpossibleDecl, FactDecl, GradeDecl, ScoreDecl, RuleDecl, TableDecl, TreeDecl, CriterionDecl, StepDecl,
               DischargeDecl, GuaranteeDecl, WaiveDecl, ExampleDecl>
      kind;
};

/// A comment as written, from its `#` to the end of the line (without the line break).
struct Comment {
  Span at;
  bool own_line = false;  // nothing but blanks before it on its line
};

/// One parsed file. Declarations with a syntax error are left out; the parser has reported them.
struct File {
  std::uint32_t index = 0;  // in the source map
  std::vector<Decl> decls;
  std::vector<Comment> comments;
};

/// A whole ruleset as written: the main file first, the others in the order of use. Indexed as in the source map.
struct Bundle {
  std::vector<File> files;
};

}  // namespace carestep::ast

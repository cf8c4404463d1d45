// Decision tables. A row is one line that starts and ends with `|`; a broken row is reported and left out, the others
// are read.

#include <utility>
#include <variant>
#include <vector>

#include "parse/reasons.hpp"

namespace carestep::parse {

struct Header {
  std::vector<ast::Column> columns;
  Span at;
};

inline constexpr x3::rule<struct CellValueId, ast::ExprPtr> cell_value{"a value"};
inline constexpr x3::rule<struct CellId, ast::Cell> cell{"a cell: `-`, a value, or a comparison"};
inline constexpr x3::rule<struct ColumnId, ast::Column> column{"the name of what the column compares"};
inline constexpr x3::rule<struct CriterionCellId, ast::CriterionCell> criterion_cell{"`admit` or `continue`"};
inline constexpr x3::rule<struct RowId, ast::Row> row{"a row"};
inline constexpr x3::rule<struct ColumnSubjectId, ast::ExprPtr> column_subject{"the name of what the column compares"};
inline constexpr x3::rule<struct HeaderId, Header> header{"a header row"};

namespace {

Iterator line_end(Iterator at) {
  do ++at;
  while (!at->first_on_line);
  return at;
}

bool begins_row(Iterator at) {
  return at->is_symbol("|") && at->first_on_line;
}

/// The `|` before the last cell of the row that begins at `at`.
///
/// Returns  the row's end when the line is no row: it does not end with `|`, or has one `|` only.
Iterator last_cell(Iterator at) {
  Iterator const end = line_end(at);
  Iterator bar = end - 1;
  if (bar == at || !bar->is_symbol("|")) return end;
  do --bar;
  while (!bar->is_symbol("|"));
  return bar;
}

bool on_one_line(Iterator at) {
  Iterator const end = line_end(at);
  return std::all_of(at, end, [](Token const& token) { return token.source.find('\n') == std::string_view::npos; });
}

/// Reads one row: a mistake in it is reported, and the rest of the line passed over.
template <class Subject>
struct RowLine : x3::unary_parser<Subject, RowLine<Subject>> {
  using x3::unary_parser<Subject, RowLine<Subject>>::unary_parser;
  static bool const is_pass_through_unary = true;

  template <class C, class R, class A>
  bool parse(Iterator& first, Iterator const& last, C const& context, R& rcontext, A& attribute) const {
    if (!begins_row(first)) return false;
    Iterator const end = line_end(first);
    State& state = state_of(context);
    state.then_cell = last_cell(first);
    if (state.then_cell == end || !on_one_line(first)) {
      if ((end - 1)->kind != TokenKind::bad)
        state.sink()
            .report(Code::table_row_broken, span_of(first, end), "a table row starts and ends with `|` on one line")
            .help("close the row with `|`");
    } else {
      parse_row(state, first, last, context, rcontext, attribute);
    }
    first = end;
    return true;
  }

 private:
  template <class C, class R, class A>
  void parse_row(State& state, Iterator first, Iterator const& last, C const& context, R& rcontext,
                 A& attribute) const {
    try {
      this->subject.parse(first, last, context, rcontext, attribute);
    } catch (x3::expectation_failure<Iterator> const& failure) {
      state.report_expected(failure.where(), failure.which());
    }
  }
};
template <class P>
constexpr auto row_line(P const& p) {
  return RowLine<Parser<P>>(x3::as_parser(p));
}

/// Whether a cell before the last one begins here.
struct MoreCells : TokenParser<MoreCells> {
  template <class C, class R, class A>
  bool parse(Iterator& first, Iterator const&, C const& context, R&, A&) const {
    return first - 1 != state_of(context).then_cell;
  }
};
constexpr MoreCells more_cells{};

template <class Node>
constexpr auto node() {
  return [](auto& ctx) {
    auto expr = std::make_unique<ast::Expr>();
    expr->node = Node{std::move(x3::_attr(ctx))};
    x3::_val(ctx) = std::move(expr);
  };
}
constexpr auto first_value = [](auto& ctx) {
  ast::ValuesCell cell_values;
  cell_values.values.push_back(std::move(x3::_attr(ctx)));
  x3::_val(ctx).kind = std::move(cell_values);
};
constexpr auto next_value = [](auto& ctx) {
  std::get<ast::ValuesCell>(x3::_val(ctx).kind).values.push_back(std::move(x3::_attr(ctx)));
};
template <class C>
ast::ExprPtr only_value(C& ctx) {
  return std::move(std::get<ast::ValuesCell>(x3::_val(ctx).kind).values.front());
}
constexpr auto range_to = [](auto& ctx) {
  ast::ExprPtr low = only_value(ctx);
  x3::_val(ctx).kind = ast::RangeCell{std::move(low), std::move(x3::_attr(ctx))};
};
template <ast::CellBound which>
constexpr auto bound = [](auto& ctx) {
  ast::ExprPtr limit = only_value(ctx);
  x3::_val(ctx).kind = ast::BoundCell{std::move(limit), which};
};
constexpr auto relation_op = [](auto& ctx) { x3::_val(ctx).kind = ast::RelationCell{x3::_attr(ctx), nullptr}; };
constexpr auto relation_value = [](auto& ctx) {
  std::get<ast::RelationCell>(x3::_val(ctx).kind).value = std::move(x3::_attr(ctx));
};
/// Cells know `<`, `<=`, `>` and `>=` only.
bool orders(Iterator at) {
  return RelationSymbol::fits(at) && !at->is_symbol("=") && !at->is_symbol("!=");
}

constexpr auto table_name = [](auto& ctx) { x3::_val(ctx).heading.name = std::move(x3::_attr(ctx)); };
constexpr auto table_label = [](auto& ctx) { x3::_val(ctx).heading.label = std::move(x3::_attr(ctx)); };
constexpr auto row_then = [](auto& ctx) { x3::_val(ctx).then = std::move(x3::_attr(ctx)); };
constexpr auto take_header = [](auto& ctx) {
  x3::_val(ctx).columns = std::move(x3::_attr(ctx).columns);
  x3::_val(ctx).header_at = x3::_attr(ctx).at;
};

// ---- grammar --------------------------------------------------------------------------------------------------------

auto const cell_value_def =
    spanned(duration[node<ast::Duration>()] | number[node<ast::Number>()] | value_word[node<ast::NameRef>()]);

auto const cell_def =
    spanned((cell_value[first_value] >>
             -((kw("to") > cell_value[range_to]) | (kw("or", "more") >> x3::eps[bound<ast::CellBound::more>]) |
               (kw("or", "less") >> x3::eps[bound<ast::CellBound::less>]) |
               (kw("or", "worse") >> x3::eps[bound<ast::CellBound::worse>]) |
               (kw("or", "better") >> x3::eps[bound<ast::CellBound::better>]) | +(kw("or") > cell_value[next_value]))) |
            (sym("-") >> x3::eps[kind(ast::AnyCell{})]) |
            (Ahead(orders) >> relation_symbol[relation_op] > cell_value[relation_value]));

auto const column_subject_def = spanned((kw("previous") > name("the name of an input")[node<ast::Previous>()]) |
                                        count_of[take] | name("a name")[node<ast::NameRef>()]);

auto const column_def = spanned(column_subject[put(&ast::Column::subject)]);

auto const header_def =
    spanned(sym("|") > *(more_cells >> (column[add(&Header::columns)] > sym("|"))) > kw("then") > sym("|"));

auto const criterion_cell_def = (kw("admit") >> x3::eps[set(&ast::CriterionCell::kind, ast::CriterionKind::admit)] |
                                 kw("continue") >> x3::eps[set(&ast::CriterionCell::kind, ast::CriterionKind::stay)]) >
                                name("a level")[put(&ast::CriterionCell::level)];

auto const row_def = spanned(
    sym("|") > *(more_cells >> (cell[add(&ast::Row::cells)] > sym("|"))) >
    named("`-`, an action, `admit` or `continue`", actions[row_then] | criterion_cell[row_then] | sym("-")) > sym("|"));

auto const first_match = clause("first") >> x3::eps[set(&ast::TableDecl::first, true)];

auto const table_decl_def = kw("table") > declared_name[table_name] >> -first_match >> -text[table_label] >>
                            -first_match >> *reasons() >> -row_line(header[take_header]) >>
                            *(row_line(row[add(&ast::TableDecl::rows)]) | reasons());

}  // namespace

BOOST_SPIRIT_DEFINE(cell_value, cell, column_subject, column, header, criterion_cell, row, table_decl)
CARESTEP_INSTANTIATE(table_decl)

}  // namespace carestep::parse

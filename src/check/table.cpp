#include "check/table.hpp"

#include <utility>

#include "check/expr.hpp"
#include "check/number.hpp"
#include "check/range.hpp"
#include "check/rule.hpp"

namespace carestep::checking {
namespace {

using ast::Relation;

/// One cell under its column, as a condition.
class CellReader {
 public:
  CellReader(Context& ctx, Value const& column, Span at) : ctx_(ctx), column_(column), at_(at), words_(ctx.words(at)) {}

  ir::NodeId operator()(ast::AnyCell const&) { return ctx_.model.nodes.truth(true); }

  ir::NodeId operator()(ast::ValuesCell const& cell) {
    switch (column_.type) {
      case TypeKind::yes_no:
        return yes_or_no(cell);
      case TypeKind::set:
        return includes(cell);
      case TypeKind::scale:
      case TypeKind::choice:
      case TypeKind::level:
      case TypeKind::number:
        return one_of(cell);
      case TypeKind::date:
      case TypeKind::invalid:
        break;
    }
    return none();
  }

  ir::NodeId operator()(ast::RangeCell const& cell) {
    if (!ordered()) return misfit();
    auto const low = literal_position(ctx_, column_, *cell.low, Relation::equal);
    auto const high = literal_position(ctx_, column_, *cell.high, Relation::equal);
    if (!low || !high) return none();
    if (*low <= *high) return judged({{*low, *high}});
    ctx_.sink.report(Code::never_true, at_, "`{}` is never true: the first value lies above the second", words_)
        .help("write the lower value first");
    return none();
  }

  ir::NodeId operator()(ast::BoundCell const& cell) {
    bool const amount = cell.bound == ast::CellBound::more || cell.bound == ast::CellBound::less;
    if (!ordered() || (amount && column_.type != TypeKind::number)) return misfit();
    std::optional<Relation> op = cell.bound == ast::CellBound::more ? Relation::at_least : Relation::at_most;
    if (!amount) op = toward(ctx_, column_, cell.bound == ast::CellBound::better, at_);
    return op ? compared(*op, *cell.value) : none();
  }

  ir::NodeId operator()(ast::RelationCell const& cell) { return ordered() ? compared(cell.op, *cell.value) : misfit(); }

 private:
  bool ordered() const {
    return column_.type == TypeKind::scale || column_.type == TypeKind::level || column_.type == TypeKind::number;
  }

  ir::NodeId none() { return ctx_.model.nodes.truth(false); }

  ir::NodeId misfit() {
    ctx_.sink
        .report(Code::test_does_not_fit, at_, "`{}` does not fit the column `{}`, which is {}", words_, column_.words,
                type_words(column_.type))
        .help("a cell is a value, values joined by `or`, `a to b`, `a or more`, `< a` and so on, as its column allows");
    return none();
  }

  ir::NodeId judged(Intervals const& positions) {
    return can_differ(ctx_, column_, positions, at_, words_, any_answer) ? lies(ctx_, column_, positions) : none();
  }

  ir::NodeId compared(Relation op, ast::Expr const& literal) {
    auto const position = literal_position(ctx_, column_, literal, op);
    return position ? judged(accepted(op, *position)) : none();
  }

  ir::NodeId one_of(ast::ValuesCell const& cell) {
    Intervals positions;
    bool good = true;
    for (ast::ExprPtr const& literal : cell.values) {
      auto const position = literal_position(ctx_, column_, *literal, Relation::equal);
      good = good && position.has_value();
      if (position) positions.push_back({*position, *position});
    }
    return good ? judged(positions) : none();
  }

  static ast::Word const* word(ast::Expr const& literal) {
    auto const* name = std::get_if<ast::NameRef>(&literal.node);
    return name == nullptr ? nullptr : &name->name;
  }

  ir::NodeId yes_or_no(ast::ValuesCell const& cell) {
    bool yes = false;
    bool no = false;
    for (ast::ExprPtr const& literal : cell.values) {
      ast::Word const* const name = word(*literal);
      if (name == nullptr || (name->text != "yes" && name->text != "no")) return misfit();
      (name->text == "yes" ? yes : no) = true;
    }
    if (yes && no) report_always(ctx_, at_, words_, "every answer is yes or no", any_answer);
    return yes ? column_.node : ctx_.model.nodes.negation(column_.node);
  }

  ir::NodeId includes(ast::ValuesCell const& cell) {
    std::vector<ir::NodeId> members;
    for (ast::ExprPtr const& literal : cell.values) {
      ast::Word const* const name = word(*literal);
      if (name == nullptr) return misfit();
      auto const position = value_position(ctx_, column_, *name);
      if (position)
        members.push_back(ctx_.model.nodes.atom(*column_.var + static_cast<ir::VarId>(*position), {{1, 1}}, 2));
    }
    return ctx_.model.nodes.any(std::move(members));
  }

  static constexpr std::string_view any_answer = "a cell that does not matter is written `-`";

  Context& ctx_;
  Value const& column_;
  Span at_;
  std::string words_;
};

std::string_view plural(std::size_t count) {
  return count == 1 ? "" : "s";
}

struct ColumnInfo {
  Value value;
  Reads reads;
};

ColumnInfo column_of(Context& ctx, ast::Column const& column) {
  ColumnInfo info;
  Reads* const outer = std::exchange(ctx.reads, &info.reads);
  bool const counts_list = [&] {
    auto const* count = std::get_if<ast::CountOf>(&column.subject->node);
    return count != nullptr && !count->set;
  }();
  if (counts_list)
    ctx.sink.report(Code::column_not_allowed, column.at, "a column cannot count conditions")
        .help("give the count a name with `score`");
  else
    info.value = value_of(ctx, *column.subject);
  ctx.reads = outer;
  if (info.value.type == TypeKind::date) {
    ctx.sink
        .report(Code::column_not_allowed, column.at, "`{}` is a date, which is no column of a table",
                ctx.words(column.at))
        .help("make a `fact` of what the date must be, and use the fact as a column");
    info.value = {};
  }
  return info;
}

/// Reads the rows of a table from the top.
class TableReader {
 public:
  TableReader(Context& ctx, ast::TableDecl const& decl, std::size_t table)
      : ctx_(ctx), decl_(decl), table_(table), reasons_(reasons_of(ctx, decl.reasons)) {
    for (ast::Column const& column : decl.columns) columns_.push_back(column_of(ctx, column));
  }

  void read() {
    ctx_.model.tables[table_].reasons = reasons_;
    for (ast::Row const& row : decl_.rows) {
      ++number_;
      read_row(row);
    }
  }

 private:
  void read_row(ast::Row const& row) {
    ir::Clause when = cells(row);
    ir::NodeId node = when.node;
    if (decl_.first) {
      node = ctx_.model.nodes.all({node, ctx_.model.nodes.negation(earlier_)});
      earlier_ = ctx_.model.nodes.any({earlier_, when.node});
    }
    lay_out(row, when.node);
    if (auto const* criterion = std::get_if<ast::CriterionCell>(&row.then))
      add_criterion(row, *criterion, std::move(when), node);
    else
      add_rule(row, std::get<std::vector<ast::Action>>(row.then), std::move(when), node);
  }

  std::string row_name() const { return fmt::format("{}.{}", decl_.heading.name.text, number_); }

  /// All cells of a row; each that says something is a part.
  ir::Clause cells(ast::Row const& row) {
    ir::Clause all;
    all.kind = ir::ClauseKind::all;
    all.node = ctx_.model.nodes.truth(true);
    if (row.cells.size() != columns_.size()) {
      ctx_.sink
          .report(Code::cells_missing, row.at, "the header names {} column{} before `then`, this row has {} cell{}",
                  columns_.size(), plural(columns_.size()), row.cells.size(), plural(row.cells.size()))
          .help("a cell that does not matter is written `-`")
          .related(decl_.header_at, "the header");
      return all;
    }
    std::vector<ir::NodeId> nodes;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (std::holds_alternative<ast::AnyCell>(row.cells[i].kind) || !columns_[i].value.valid()) continue;
      all.parts.push_back(cell(row.cells[i], columns_[i]));
      all.words += (all.words.empty() ? "" : ", ") + all.parts.back().words;
      nodes.push_back(all.parts.back().node);
    }
    all.node = ctx_.model.nodes.all(std::move(nodes));
    return all;
  }

  ir::Clause cell(ast::Cell const& cell, ColumnInfo const& column) {
    ir::Clause clause;
    clause.node = std::visit(CellReader(ctx_, column.value, cell.at), cell.kind);
    clause.words = column.value.words + ": " + ctx_.words(cell.at);
    clause.reads = column.reads.vars;
    clause.definitions = column.reads.definitions;
    return clause;
  }

  void lay_out(ast::Row const& row, ir::NodeId node) {
    ir::Table& table = ctx_.model.tables[table_];
    std::vector<std::string>& words = table.rows.emplace_back();
    for (ast::Cell const& cell : row.cells) words.push_back(ctx_.words(cell.at));
    words.push_back(then_words(row));
    table.row_nodes.push_back(node);
  }

  std::string then_words(ast::Row const& row) const {
    if (auto const* criterion = std::get_if<ast::CriterionCell>(&row.then))
      return (criterion->kind == ast::CriterionKind::admit ? "admit " : "continue ") + criterion->level.text;
    auto const& actions = std::get<std::vector<ast::Action>>(row.then);
    std::string words;
    for (ast::Action const& action : actions) words += (words.empty() ? "" : " and ") + ctx_.words(action.at);
    return words.empty() ? "-" : words;
  }

  void add_criterion(ast::Row const& row, ast::CriterionCell const& cell, ir::Clause when, ir::NodeId node) {
    auto const level = level_index(ctx_, cell.level);
    if (!level) return;
    ir::Criterion criterion;
    criterion.kind = cell.kind == ast::CriterionKind::admit ? ir::CriterionKind::admit : ir::CriterionKind::stay;
    criterion.level = *level;
    criterion.name = row_name();
    criterion.when = std::move(when);
    criterion.node = node;
    criterion.reasons = reasons_;
    criterion.at = row.at;
    ctx_.model.criteria.push_back(std::move(criterion));
  }

  void add_rule(ast::Row const& row, std::vector<ast::Action> const& actions, ir::Clause when, ir::NodeId node) {
    ir::Rule rule;
    rule.name = row_name();
    rule.label = text_of(decl_.heading.label);
    rule.origin = ir::RuleOrigin::row;
    rule.when = std::move(when);
    rule.unless.node = ctx_.model.nodes.truth(false);
    rule.holds = node;
    take_actions(ctx_, actions, rule);
    rule.reasons = reasons_;
    rule.at = row.at;
    ctx_.model.rules.push_back(std::move(rule));
  }

  Context& ctx_;
  ast::TableDecl const& decl_;
  std::size_t table_;
  ir::Reasons reasons_;
  std::vector<ColumnInfo> columns_;
  std::size_t number_ = 0;
  ir::NodeId earlier_ = 0;  // some earlier row's cells match
};

}  // namespace

void add_table(Context& ctx, ast::TableDecl const& decl) {
  ir::Table& table = ctx.model.tables.emplace_back();
  table.name = decl.heading.name.text;
  table.label = text_of(decl.heading.label);
  table.first = decl.first;
  table.at = decl.heading.name.at;
  for (ast::Column const& column : decl.columns) table.columns.push_back(ctx.words(column.at));
  TableReader(ctx, decl, ctx.model.tables.size() - 1).read();
}

}  // namespace carestep::checking

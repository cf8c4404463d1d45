#include <algorithm>
#include <fmt/format.h>

#include "format/families.hpp"

namespace carestep::format {
namespace {

using Cells = std::vector<std::string>;

struct CellText {
  Writer const& w;

  std::string operator()(ast::AnyCell) const { return "-"; }
  std::string operator()(ast::ValuesCell const& cell) const {
    std::string text;
    for (ast::ExprPtr const& value : cell.values) text += (text.empty() ? "" : " or ") + flat(w, *value);
    return text;
  }
  std::string operator()(ast::RangeCell const& cell) const {
    return fmt::format("{} to {}", flat(w, *cell.low), flat(w, *cell.high));
  }
  std::string operator()(ast::BoundCell const& cell) const {
    return fmt::format("{} or {}", flat(w, *cell.value), spell(cell.bound));
  }
  std::string operator()(ast::RelationCell const& cell) const {
    return fmt::format("{} {}", symbol(cell.op), flat(w, *cell.value));
  }

 private:
  static std::string_view spell(ast::CellBound bound) {
    switch (bound) {
      case ast::CellBound::more:
        return "more";
      case ast::CellBound::less:
        return "less";
      case ast::CellBound::worse:
        return "worse";
      case ast::CellBound::better:
        return "better";
    }
    return "";
  }
};

struct ThenText {
  Writer const& w;

  std::string operator()(ast::CriterionCell const& cell) const {
    return fmt::format("{} {}", cell.kind == ast::CriterionKind::admit ? "admit" : "continue", cell.level.text);
  }
  std::string operator()(std::vector<ast::Action> const& actions) const {
    if (actions.empty()) return "-";
    Writer line = w.fresh();
    write_inline(line, actions);
    return line.flat();
  }
};

Cells header(Writer const& w, ast::TableDecl const& table) {
  Cells cells;
  for (ast::Column const& column : table.columns) cells.push_back(flat(w, *column.subject));
  cells.emplace_back("then");
  return cells;
}

Cells texts(Writer const& w, ast::Row const& row) {
  Cells cells;
  for (ast::Cell const& cell : row.cells) cells.push_back(std::visit(CellText{w}, cell.kind));
  cells.push_back(std::visit(ThenText{w}, row.then));
  return cells;
}

void widen(std::vector<int>& widths, Cells const& cells) {
  widths.resize(std::max(widths.size(), cells.size()));
  for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], width(cells[i]));
}

void write_row(Writer& w, std::uint32_t segment, Cells const& cells, std::vector<int> const& widths) {
  w.line(segment, clause_indent);
  w.put("|");
  for (std::size_t i = 0; i < cells.size(); ++i) w.put(fmt::format(" {} |", padded(cells[i], widths[i])));
}

}  // namespace

void write(Writer& w, ast::TableDecl const& table) {
  w.put("table " + table.heading.name.text);
  if (table.first) w.put(" first");
  if (table.heading.label) w.put(" " + quote(*table.heading.label));

  Cells const head = header(w, table);
  std::vector<Cells> rows;
  std::vector<int> widths;
  widen(widths, head);
  for (ast::Row const& row : table.rows) {
    rows.push_back(texts(w, row));
    widen(widths, rows.back());
  }
  write_row(w, table.header_at.begin, head, widths);
  for (std::size_t i = 0; i < rows.size(); ++i) write_row(w, table.rows[i].at.begin, rows[i], widths);
  write(w, table.reasons);
}

}  // namespace carestep::format

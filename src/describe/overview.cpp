// What the rules come to, worked out over every possible assessment.

#include <algorithm>
#include <map>

#include "describe/sections.hpp"

namespace carestep::describe {
namespace {

using analyze::Combination;
using analyze::MoveWays;
using analyze::Stand;
using analyze::WaysToLevel;
using document::code;
using document::Document;
using document::Line;
using document::plain;

constexpr std::size_t most_columns = 9;  // of a matrix that still can be read

std::string level_name(ir::Model const& model, std::int8_t level) {
  return level < 0 ? "none" : model.levels[static_cast<std::size_t>(level)].name;
}

Line stand_heading(ir::Model const& model, WaysToLevel const& ways) {
  switch (ways.stand) {
    case Stand::conflict:
      return {plain("Conflict: the rules admit no level together")};
    case Stand::not_eligible:
      return {plain("Not eligible: the criteria exclude every level that the rules admit")};
    case Stand::by_default:
      return {plain("By default: nothing asks for anything")};
    case Stand::level:
      break;
  }
  ir::Level const& level = model.levels[static_cast<std::size_t>(ways.level)];
  return heading(level.name, level.label);
}

Line clauses_line(Combination const& combination) {
  if (combination.clauses.empty()) return {plain("in every other case")};
  Line line;
  for (analyze::ClauseTruth const& clause : combination.clauses) {
    std::string const lead = line.empty() ? "" : " and ";
    line.push_back(plain(lead + (clause.holds ? "" : "not ")));
    line.push_back(code(clause.words));
  }
  return line;
}

Line rules_line(ir::Model const& model, Combination const& combination) {
  Line line;
  for (ir::Index const rule : combination.rules) {
    if (!line.empty()) line.push_back(plain(combination.one_of ? " or " : ", "));
    line.push_back(code(model.rules[rule].name));
  }
  return line;
}

// ---- what happens ---------------------------------------------------------------------------------------------------

/// The column of a matrix that somebody stands in.
std::string column_of(ir::Model const& model, MoveWays const& ways) {
  if (ways.conflict) return "conflict";
  if (ways.by_default) return "by default";
  return level_name(model, ways.indicated);
}

std::vector<std::string> columns_of(ir::Model const& model, std::vector<MoveWays> const& all) {
  std::vector<std::string> order;
  for (ir::Level const& level : model.levels) order.push_back(level.name);
  order.insert(order.end(), {"none", "by default", "conflict"});
  std::erase_if(order, [&](std::string const& column) {
    return std::none_of(all.begin(), all.end(), [&](MoveWays const& ways) { return column_of(model, ways) == column; });
  });
  return order;
}

void add_words(std::string& cell, std::string const& words) {
  if (cell.find(words) == std::string::npos) cell += (cell.empty() ? "" : " or ") + words;
}

document::Table matrix(ir::Model const& model, std::vector<MoveWays> const& all,
                       std::vector<std::string> const& columns) {
  document::Table table{{"Now at"}, {}};
  for (std::string const& column : columns) table.columns.push_back(column);
  for (std::size_t level = 0; level <= model.levels.size(); ++level) {
    auto const current = static_cast<std::int8_t>(static_cast<int>(level) - 1);
    std::map<std::string, std::string> cells;
    for (MoveWays const& ways : all)
      if (ways.current == current)
        for (std::size_t move = 0; move < ways.moves.size(); ++move)
          add_words(cells[column_of(model, ways)], move_words(model, ways, move));
    if (cells.empty()) continue;
    std::vector<Line> row{{code(level_name(model, current))}};
    for (std::string const& column : columns) row.push_back({plain(cells[column])});
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// One row for each pair, where there are many levels.
document::Table pairs(ir::Model const& model, std::vector<MoveWays> const& all) {
  document::Table table{{"Now at", "Indicated", "What can happen"}, {}};
  for (MoveWays const& ways : all) {
    std::string cell;
    for (std::size_t move = 0; move < ways.moves.size(); ++move) add_words(cell, move_words(model, ways, move));
    table.rows.push_back({{code(level_name(model, ways.current))}, {code(column_of(model, ways))}, {plain(cell)}});
  }
  return table;
}

}  // namespace

std::string move_words(ir::Model const& model, MoveWays const& ways, std::size_t move) {
  auto const& [kind, next] = ways.moves[move];
  switch (kind) {
    case Move::admit:
      return "admit to " + level_name(model, next);
    case Move::step_up:
      return "step up to " + level_name(model, next);
    case Move::stay:
      return !ways.conflict && !ways.by_default && ways.indicated >= 0 && ways.indicated < ways.current ? "stay (held)"
                                                                                                        : "stay";
    case Move::step_down:
      return "step down to " + level_name(model, next);
    case Move::discharge:
      return "discharge";
    case Move::none:
      break;
  }
  return "no move";
}

Proof const* proof_of(Subject const& subject, ir::Guarantee const& guarantee) {
  auto const& all = subject.worked.guarantees;
  auto const found = std::find_if(all.begin(), all.end(), [&](Proof const& p) { return p.name == guarantee.name; });
  return found == all.end() ? nullptr : &*found;
}

void add_ways_to_levels(Subject const& subject, Document& out) {
  out.section("What leads to which level");
  if (!subject.worked.levels) {
    out.paragraph({plain("To work this out for these rules takes longer than this document may.")});
    return;
  }
  out.paragraph(
      {plain("Worked out from the rules and criteria over every possible assessment. Read from the top: the first line "
             "that fits gives the indicated level. The clauses of a line are enough together, whatever else is "
             "answered, and none of them can be left out.")});
  for (WaysToLevel const& ways : *subject.worked.levels) {
    out.part(stand_heading(subject.model, ways));
    document::Table table{{"When", "Rules"}, {}};
    for (Combination const& combination : ways.combinations)
      table.rows.push_back({clauses_line(combination), rules_line(subject.model, combination)});
    out.table(std::move(table));
    if (!ways.complete)
      out.paragraph({plain("This list was cut: more combinations lead here. Somebody whom no line fits may still "
                           "belong here.")},
                    document::Tone::warning);
  }
}

void add_move_ways(Subject const& subject, Document& out) {
  out.part({plain("What happens to whom")});
  if (!subject.worked.moves) {
    out.paragraph({plain("To work this out for these rules takes longer than this document may.")});
    return;
  }
  out.paragraph(
      {plain("By the level where somebody is now, down the side, and the level that is indicated. Where several moves "
             "are named, the lines that are open decide. Held: a less intensive level is indicated, and no line that "
             "leads there is open.")});
  std::vector<std::string> const columns = columns_of(subject.model, *subject.worked.moves);
  out.table(columns.size() <= most_columns ? matrix(subject.model, *subject.worked.moves, columns)
                                           : pairs(subject.model, *subject.worked.moves));
}

}  // namespace carestep::describe

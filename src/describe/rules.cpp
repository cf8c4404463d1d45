#include <map>
#include <set>

#include "describe/sections.hpp"
#include "ir/words.hpp"

namespace carestep::describe {
namespace {

using document::code;
using document::Document;
using document::Item;
using document::Line;
using document::Mark;
using document::plain;
using document::strong;

Line action_line(ir::Model const& model, ir::Rule const& rule) {
  std::string words;
  for (std::string const& action : ir::action_words(model, rule)) words += (words.empty() ? "" : ", and ") + action;
  return {strong(words), plain(".")};
}

/// When, unless, and then: one sentence where the conditions are short.
void add_sentence(ir::Model const& model, ir::Rule const& rule, Document& out) {
  Line const then = action_line(model, rule);
  bool const always = left_out(model, rule.when);
  if (left_out(model, rule.unless)) {
    if (!always) return add_condition("When", rule.when, then, out);
    Line line{plain("Always: ")};
    line.insert(line.end(), then.begin(), then.end());
    return out.paragraph(std::move(line));
  }
  if (always) return add_condition("Always, unless", rule.unless, then, out);
  if (short_enough(rule.when) && short_enough(rule.unless)) {
    Line line{plain("When "), code(ir::words(rule.when)), plain(" unless "), code(ir::words(rule.unless)), plain(": ")};
    line.insert(line.end(), then.begin(), then.end());
    return out.paragraph(std::move(line));
  }
  add_condition("When", rule.when, {}, out);
  add_condition("unless", rule.unless, then, out);
}

void add_rule(Subject const& subject, ir::Rule const& rule, Document& out) {
  ir::Model const& model = subject.model;
  out.part(heading(rule.name, rule.label));
  add_sentence(model, rule, out);
  if (!rule.overridden_by.empty()) {
    Line line{plain("Not when one of these is active, which override it: ")};
    for (std::size_t i = 0; i < rule.overridden_by.size(); ++i) {
      if (i > 0) line.push_back(plain(", "));
      line.push_back(code(model.rules[rule.overridden_by[i]].name));
    }
    out.paragraph(std::move(line));
  }
  add_reasons(subject, rule.reasons, rule.at, out);
}

void add_table(Subject const& subject, ir::Table const& table, Document& out) {
  out.part(heading(table.name, table.label));
  out.paragraph({plain(table.first ? "Only the first row that matches counts." : "Every row that matches counts."),
                 plain(" A row is named by the table and its place ("), code(table.name + ".1"), plain(")."),
                 plain(" A dash stands for any answer, in the last column for no action.")});
  document::Table shown{{"Row"}, {}};
  shown.columns.insert(shown.columns.end(), table.columns.begin(), table.columns.end());
  bool const names_then = !table.rows.empty() && table.rows.front().size() == table.columns.size() + 1;
  if (names_then) shown.columns.emplace_back("then");
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    std::vector<Line> row{{plain(std::to_string(i + 1))}};
    for (std::string const& cell : table.rows[i]) row.push_back({plain(cell)});
    shown.rows.push_back(std::move(row));
  }
  out.table(std::move(shown));
  add_reasons(subject, table.reasons, table.at, out);
}

/// A flowchart as nested questions. A node that several paths reach is written where the first comes to it, and named
/// elsewhere; deep chains go on in a list of their own.
class TreeWriter {
 public:
  TreeWriter(Subject const& subject, ast::TreeDecl const& tree) : subject_(subject) {
    for (ast::TreeNode const& node : tree.nodes) nodes_.emplace(node.heading.name.text, &node);
  }

  std::vector<Item> write(ast::TreeNode const& start) {
    waiting_.push_back(&start);
    std::vector<Item> out;
    for (std::size_t next = 0; next < waiting_.size(); ++next) {
      if (written_.count(waiting_[next]) == 0) out.push_back(node(*waiting_[next], 0));
    }
    return out;
  }

 private:
  static constexpr int deepest = 8;

  Item node(ast::TreeNode const& node, int depth) {
    written_.insert(&node);
    Item out;
    out.line = {code(node.heading.name.text), plain(": ")};
    if (node.heading.label) out.line.push_back(plain(node.heading.label->value + " — "));
    if (node.condition) out.line.push_back(code(subject_.sources.words(node.condition->at)));
    out.parts = {target("yes: ", node.yes, depth), target("no: ", node.no, depth)};
    return out;
  }

  Item target(std::string_view answer, ast::Target const& target, int depth) {
    Item out;
    out.line = {strong(answer)};
    auto const* word = std::get_if<ast::Word>(&target.to);
    if (word == nullptr) {
      bool const nothing = std::get<std::vector<ast::Action>>(target.to).empty();
      out.line.push_back(nothing ? plain("no action") : strong(subject_.sources.words(target.at)));
      return out;
    }
    auto const found = nodes_.find(word->text);
    if (found == nodes_.end()) return out;
    if (depth >= deepest || written_.count(found->second) != 0) {
      out.line.push_back(plain("go to "));
      out.line.push_back(code(word->text));
      waiting_.push_back(found->second);
      return out;
    }
    Item inner = node(*found->second, depth + 1);
    out.line.insert(out.line.end(), inner.line.begin(), inner.line.end());
    out.parts = std::move(inner.parts);
    return out;
  }

  Subject const& subject_;
  std::map<std::string, ast::TreeNode const*> nodes_;
  std::set<ast::TreeNode const*> written_;
  std::vector<ast::TreeNode const*> waiting_;
};

std::map<std::string, ir::Index> sources_by_name(ir::Model const& model) {
  std::map<std::string, ir::Index> out;
  for (ir::Index i = 0; i < model.sources.size(); ++i) out.emplace(model.sources[i].name, i);
  return out;
}

void add_tree(Subject const& subject, ast::TreeDecl const& tree, Span at, Document& out) {
  out.part(heading(tree.heading.name.text, tree.heading.label ? tree.heading.label->value : std::string()));
  if (!tree.nodes.empty()) out.list(TreeWriter(subject, tree).write(tree.nodes.front()));
  ir::Reasons reasons;
  if (tree.reasons.because) reasons.because = tree.reasons.because->value;
  auto const known = sources_by_name(subject.model);
  for (ast::Cite const& cite : tree.reasons.cites) {
    auto const found = known.find(cite.source.text);
    if (found != known.end()) reasons.cites.push_back({found->second, cite.where ? cite.where->value : std::string()});
  }
  add_reasons(subject, reasons, at, out);
}

}  // namespace

void add_rules(Subject const& subject, Document& out) {
  bool any = false;
  for (ir::Rule const& rule : subject.model.rules) {
    if (rule.origin != ir::RuleOrigin::rule) continue;
    if (!any) {
      out.section("Rules");
      out.paragraph({plain("Every rule whose condition holds counts; their order does not.")});
    }
    any = true;
    add_rule(subject, rule, out);
  }
}

void add_tables(Subject const& subject, Document& out) {
  if (subject.model.tables.empty()) return;
  out.section("Tables");
  for (ir::Table const& table : subject.model.tables) add_table(subject, table, out);
}

void add_trees(Subject const& subject, Document& out) {
  bool any = false;
  each<ast::TreeDecl>(subject.bundle, [&](ast::TreeDecl const& tree, Span at) {
    if (!any) out.section("Flowcharts");
    any = true;
    add_tree(subject, tree, at, out);
  });
}

}  // namespace carestep::describe

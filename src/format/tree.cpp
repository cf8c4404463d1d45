#include "format/families.hpp"

namespace carestep::format {
namespace {

constexpr int arrow_indent = 4;

struct TargetWriter {
  Writer& w;

  void operator()(ast::Word const& node) const { w.put(node.text); }
  void operator()(std::vector<ast::Action> const& actions) const {
    if (actions.empty()) return w.put("-");
    write_inline(w, actions);
  }
};

void write_arrow(Writer& w, std::string_view answer, ast::Target const& target) {
  w.line(w.find_back(answer, target.at.begin), arrow_indent);
  w.put(padded(std::string(answer), 3) + " -> ");
  std::visit(TargetWriter{w}, target.to);
}

void write_node(Writer& w, ast::TreeNode const& node) {
  w.line(node.heading.name.at.begin, clause_indent);
  w.open(Breaking::all, Indent::line, arrow_indent);
  write(w, node.heading);
  w.put(":");
  write_space_before(w, *node.condition);
  write(w, *node.condition);
  w.close();
  write_arrow(w, "yes", node.yes);
  write_arrow(w, "no", node.no);
}

}  // namespace

void write(Writer& w, ast::TreeDecl const& tree) {
  w.put("tree ");
  write(w, tree.heading);
  // A list in a node stands deeper than the arrows below it.
  w.set_bullet_indent(arrow_indent + 2);
  for (ast::TreeNode const& node : tree.nodes) write_node(w, node);
  write(w, tree.reasons);
}

}  // namespace carestep::format

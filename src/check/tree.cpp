#include "check/tree.hpp"

#include <algorithm>
#include <map>

#include "check/expr.hpp"
#include "check/rule.hpp"
#include "graph/order.hpp"

namespace carestep::checking {
namespace {

struct Node {
  ast::TreeNode const* decl = nullptr;
  ir::Clause condition;
  ir::NodeId reached = 0;        // some path of answers from the start leads here
  std::vector<ir::Clause> path;  // the answers on the way here, where there is one short way
  std::size_t ways_in = 0;
};

class TreeReader {
 public:
  TreeReader(Context& ctx, ast::TreeDecl const& decl)
      : ctx_(ctx), decl_(decl), reasons_(reasons_of(ctx, decl.reasons)) {}

  void read() {
    name_nodes();
    bool const linked = link();
    for (Node& node : nodes_) node.condition = condition(ctx_, *node.decl->condition);
    if (!linked || !in_order()) return;
    spread();
    report_unreached();
    for (Node const& node : nodes_) {
      add_leaf(node, true);
      add_leaf(node, false);
    }
  }

 private:
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
  static constexpr std::size_t longest_path = 64;  // what is longer is not shown answer by answer

  void name_nodes() {
    for (ast::TreeNode const& node : decl_.nodes) {
      ast::Word const& name = node.heading.name;
      auto const [it, fresh] = places_.emplace(name.text, nodes_.size());
      if (!fresh)
        ctx_.sink
            .report(Code::name_declared_twice, name.at, "the node `{}` stands twice in `{}`", name.text,
                    decl_.heading.name.text)
            .help("choose another name for one of them")
            .related(nodes_[it->second].decl->heading.name.at, "first here");
      nodes_.push_back({.decl = &node, .condition = {}, .reached = 0, .path = {}, .ways_in = 0});
    }
  }

  /// The node that an answer leads to; `nowhere` for actions.
  std::size_t target(std::size_t from, bool yes) const { return (yes ? yes_ : no_)[from]; }

  bool link() {
    bool good = true;
    for (Node const& node : nodes_) {
      yes_.push_back(find(node.decl->yes, good));
      no_.push_back(find(node.decl->no, good));
    }
    return good;
  }

  std::size_t find(ast::Target const& target, bool& good) {
    auto const* name = std::get_if<ast::Word>(&target.to);
    if (name == nullptr) return nowhere;
    if (auto const it = places_.find(name->text); it != places_.end()) return it->second;
    std::vector<std::string_view> names;
    for (auto const& [known, place] : places_) names.push_back(known);
    suggest(
        ctx_,
        ctx_.sink.report(Code::unknown_name, name->at, "`{}` has no node `{}`", decl_.heading.name.text, name->text),
        name->text, names);
    good = false;
    return nowhere;
  }

  bool in_order() {
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      for (bool const yes : {true, false})
        if (target(i, yes) != nowhere) edges.emplace_back(i, target(i, yes));
    graph::Order order = graph::dependency_order(nodes_.size(), edges);
    order_ = std::move(order.sorted);
    std::reverse(order_.begin(), order_.end());  // from the start on
    if (order.cycle.empty()) return true;
    std::rotate(order.cycle.begin(), std::min_element(order.cycle.begin(), order.cycle.end()), order.cycle.end());
    std::vector<std::string> names;
    for (std::size_t const node : order.cycle) names.push_back(nodes_[node].decl->heading.name.text);
    ctx_.sink
        .report(Code::tree_loop, nodes_[order.cycle.front()].decl->heading.name.at, "the paths of `{}` loop: `{}`",
                decl_.heading.name.text, circle_words(names))
        .help("paths may join, but never come back");
    return false;
  }

  ir::Clause answer(Node const& node, bool yes) {
    if (yes) return node.condition;
    ir::Clause no;
    no.kind = ir::ClauseKind::negation;
    bool const compound = node.condition.kind != ir::ClauseKind::test;
    no.words = compound ? "not (" + node.condition.words + ")" : "not " + node.condition.words;
    no.node = ctx_.model.nodes.negation(node.condition.node);
    no.parts.push_back(node.condition);
    return no;
  }

  /// Carries what reaches each node on to the next ones.
  void spread() {
    if (nodes_.empty()) return;
    nodes_.front().reached = ctx_.model.nodes.truth(true);
    nodes_.front().ways_in = 1;
    for (std::size_t const from : order_) {
      if (nodes_[from].ways_in == 0) continue;
      for (bool const yes : {true, false})
        if (target(from, yes) != nowhere) arrive(nodes_[from], yes, nodes_[target(from, yes)]);
    }
  }

  void arrive(Node const& from, bool yes, Node& to) {
    ir::Clause const last = answer(from, yes);
    ir::NodeId const here = ctx_.model.nodes.all({from.reached, last.node});
    to.reached = ctx_.model.nodes.any({to.reached, here});
    if (++to.ways_in == 1 && from.path.size() < longest_path) {
      to.path = from.path;
      to.path.push_back(last);
    } else {
      to.path.assign(1, joined(to));
    }
  }

  /// Where paths join or grow long, the explanation starts at the node.
  ir::Clause joined(Node const& node) const {
    ir::Clause clause;
    clause.words = "the answers lead to " + node.decl->heading.name.text;
    clause.node = node.reached;
    return clause;
  }

  void report_unreached() {
    for (Node const& node : nodes_)
      if (node.ways_in == 0)
        ctx_.sink
            .report(Code::tree_node_unreached, node.decl->heading.name.at, "no path of `{}` leads to the node `{}`",
                    decl_.heading.name.text, node.decl->heading.name.text)
            .help("the first node is the start: lead there, or leave the node out");
  }

  void add_leaf(Node const& node, bool yes) {
    ast::Target const& target = yes ? node.decl->yes : node.decl->no;
    auto const* actions = std::get_if<std::vector<ast::Action>>(&target.to);
    if (actions == nullptr || actions->empty()) return;
    ir::Rule rule;
    rule.name = fmt::format("{}.{}.{}", decl_.heading.name.text, node.decl->heading.name.text, yes ? "yes" : "no");
    rule.label = text_of(node.decl->heading.label ? node.decl->heading.label : decl_.heading.label);
    rule.origin = ir::RuleOrigin::leaf;
    rule.when = leaf_clause(node, yes);
    rule.unless.node = ctx_.model.nodes.truth(false);
    rule.holds = rule.when.node;
    take_actions(ctx_, *actions, rule);
    rule.reasons = reasons_;
    rule.at = target.at;
    ctx_.model.rules.push_back(std::move(rule));
  }

  ir::Clause leaf_clause(Node const& node, bool yes) {
    ir::Clause clause;
    clause.kind = ir::ClauseKind::all;
    clause.parts = node.path;
    clause.parts.push_back(answer(node, yes));
    clause.node = ctx_.model.nodes.all({node.reached, clause.parts.back().node});
    for (ir::Clause const& part : clause.parts) clause.words += (clause.words.empty() ? "" : ", then ") + part.words;
    return clause;
  }

  Context& ctx_;
  ast::TreeDecl const& decl_;
  ir::Reasons reasons_;
  std::vector<Node> nodes_;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<std::size_t> yes_;
  std::vector<std::size_t> no_;
  std::vector<std::size_t> order_;
};

}  // namespace

void add_tree(Context& ctx, ast::TreeDecl const& decl) {
  TreeReader(ctx, decl).read();
}

}  // namespace carestep::checking

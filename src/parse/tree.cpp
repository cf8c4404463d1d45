// Flowcharts: `NODE "label": CONDITION yes -> TARGET no -> TARGET`.

#include "parse/reasons.hpp"

namespace carestep::parse {

inline constexpr x3::rule<struct TargetId, ast::Target> target{"a node, an action or `-`"};
inline constexpr x3::rule<struct NodeId, ast::TreeNode> tree_node{"a node such as `NODE: …`"};

namespace {

bool begins_node(Iterator at) {
  if (at->kind != TokenKind::word) return false;
  ++at;
  return at->is_symbol(":") || (at->kind == TokenKind::text && (at + 1)->is_symbol(":"));
}

constexpr auto to = [](auto& ctx) { x3::_val(ctx).to = std::move(x3::_attr(ctx)); };
constexpr auto to_nothing = [](auto& ctx) { x3::_val(ctx).to = std::vector<ast::Action>{}; };

// ---- grammar --------------------------------------------------------------------------------------------------------

auto const target_def = spanned(actions[to] | (sym("-") >> x3::eps[to_nothing]) | name("a node")[to]);

auto const tree_node_def = spanned(
    Ahead(begins_node) >> heading[put(&ast::TreeNode::heading)] > sym(":") > condition[put(&ast::TreeNode::condition)] >
    kw("yes") > sym("->") > target[put(&ast::TreeNode::yes)] > kw("no") > sym("->") > target[put(&ast::TreeNode::no)]);

auto const tree_decl_def = kw("tree") > heading[put(&ast::TreeDecl::heading)] >>
                           *(tree_node[add(&ast::TreeDecl::nodes)] | reasons());

}  // namespace

BOOST_SPIRIT_DEFINE(target, tree_node, tree_decl)
CARESTEP_INSTANTIATE(tree_decl)

}  // namespace carestep::parse

#include "ir/print.hpp"

#include <carestep/value.hpp>

#include <fmt/format.h>

namespace carestep::ir {
namespace {

std::string variable_name(Model const& model, VarId var) {
  Variable const& variable = model.variables[var];
  Input const& input = model.inputs[variable.input];
  std::string name = (variable.previous ? "previous " : "") + input.name;
  if (variable.member >= 0) name += "." + input.values[static_cast<std::size_t>(variable.member)];
  return name;
}

std::string code_text(Model const& model, VarId var, std::int64_t code) {
  Input const& input = model.inputs[model.variables[var].input];
  switch (input.kind) {
    case InputKind::level:
    case InputKind::scale:
    case InputKind::choice:
      return input.values[static_cast<std::size_t>(code)];
    case InputKind::yes_no:
    case InputKind::set:
      return code == 1 ? "yes" : "no";
    case InputKind::number:
      return to_string(Decimal{input.low.scaled + input.step.scaled * code});
    case InputKind::date:
      return code == never_code ? "never" : std::to_string(code);
  }
  return {};
}

std::string print_atom(Model const& model, Node const& node) {
  std::string text = "(in " + variable_name(model, node.var);
  for (CodeRange const& range : node.codes) {
    text += " " + code_text(model, node.var, range.low);
    if (range.high != range.low) text += ".." + code_text(model, node.var, range.high);
  }
  return text + ")";
}

std::string print_reading(Model const& model, Node const& node) {
  std::string text = variable_name(model, node.var);
  if (node.step != Decimal::one) text = fmt::format("(* {} {})", to_string(Decimal{node.step}), text);
  if (node.value != 0) text = fmt::format("(+ {} {})", to_string(Decimal{node.value}), text);
  return text;
}

std::string print_list(Model const& model, std::string head, Node const& node) {
  for (NodeId const kid : node.kids) head += " " + print(model, kid);
  return "(" + head + ")";
}

}  // namespace

std::string print(Model const& model, NodeId id) {
  Node const& node = model.nodes[id];
  switch (node.kind) {
    case NodeKind::constant:
      return node.value == 1 ? "true" : "false";
    case NodeKind::atom:
      return print_atom(model, node);
    case NodeKind::at_least:
      return fmt::format("(>= {} {})", print(model, node.kids[0]), to_string(Decimal{node.value}));
    case NodeKind::negation:
      return print_list(model, "not", node);
    case NodeKind::all:
      return print_list(model, "all", node);
    case NodeKind::any:
      return print_list(model, "any", node);
    case NodeKind::count:
      return print_list(model, fmt::format("atleast {}", node.value), node);
    case NodeKind::number:
      return to_string(Decimal{node.value});
    case NodeKind::reading:
      return print_reading(model, node);
    case NodeKind::sum:
      return print_list(model, node.value == 0 ? "+" : "+ " + to_string(Decimal{node.value}), node);
    case NodeKind::choose:
      return print_list(model, "choose", node);
    case NodeKind::lowest:
      return print_list(model, "lowest", node);
    case NodeKind::highest:
      return print_list(model, "highest", node);
  }
  return {};
}

}  // namespace carestep::ir

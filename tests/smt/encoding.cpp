#include "smt/encoding.hpp"

#include <fmt/format.h>

namespace carestep::smt {

namespace {

bool admits(ir::LevelMask mask, std::size_t level) {
  return (mask >> level & 1U) != 0;
}

}  // namespace

Person::Person(z3::context& z3, program::Program const& program, bool with_previous, std::string const& name)
    : z3_(z3), program_(program), known_(program.model->nodes.size()) {
  ir::Model const& model = *program.model;
  for (ir::VarId var = 0; var < model.variables.size(); ++var) {
    ir::Variable const& variable = model.variables[var];
    ir::Input const& input = model.inputs[variable.input];
    // Without a previous assessment, the previous answer is the present one.
    if (variable.previous && !with_previous)
      variables_.push_back(variables_[input.first_var + (var - input.first_previous_var)]);
    else
      variables_.push_back(z3.int_const(fmt::format("{}{}", name, var).c_str()));
  }
}

z3::expr Person::holds(ir::NodeId node) {
  if (!known_[node]) known_[node] = build(program_.model->nodes[node]);
  return *known_[node];
}

z3::expr Person::number(ir::NodeId node) {
  if (!known_[node]) known_[node] = build_number(program_.model->nodes[node]);
  return *known_[node];
}

z3::expr Person::build(ir::Node const& node) {
  z3::expr_vector parts(z3_);
  switch (node.kind) {
    case ir::NodeKind::constant:
      return z3_.bool_val(node.value != 0);
    case ir::NodeKind::atom:
      for (ir::CodeRange const& range : node.codes)
        parts.push_back(variable(node.var) >= z3_.int_val(range.low) && variable(node.var) <= z3_.int_val(range.high));
      return z3::mk_or(parts);
    case ir::NodeKind::at_least:
      return number(node.kids[0]) >= z3_.int_val(node.value);
    case ir::NodeKind::negation:
      return !holds(node.kids[0]);
    case ir::NodeKind::all:
      for (ir::NodeId const kid : node.kids) parts.push_back(holds(kid));
      return z3::mk_and(parts);
    case ir::NodeKind::any:
      for (ir::NodeId const kid : node.kids) parts.push_back(holds(kid));
      return z3::mk_or(parts);
    case ir::NodeKind::count: {
      z3::expr sum = z3_.int_val(0);
      for (ir::NodeId const kid : node.kids) sum = sum + z3::ite(holds(kid), z3_.int_val(1), z3_.int_val(0));
      return sum >= z3_.int_val(node.value);
    }
    default:
      return z3_.bool_val(false);  // numbers are no conditions
  }
}

z3::expr Person::build_number(ir::Node const& node) {
  switch (node.kind) {
    case ir::NodeKind::number:
      return z3_.int_val(node.value);
    case ir::NodeKind::reading:
      return z3_.int_val(node.value) + z3_.int_val(node.step) * variable(node.var);
    case ir::NodeKind::sum: {
      z3::expr sum = z3_.int_val(node.value);
      for (ir::NodeId const kid : node.kids) sum = sum + number(kid);
      return sum;
    }
    case ir::NodeKind::choose: {
      z3::expr chosen = number(node.kids.back());
      for (std::size_t i = node.kids.size() - 1; i >= 2; i -= 2)
        chosen = z3::ite(holds(node.kids[i - 2]), number(node.kids[i - 1]), chosen);
      return chosen;
    }
    case ir::NodeKind::lowest:
    case ir::NodeKind::highest: {
      z3::expr best = number(node.kids[0]);
      for (ir::NodeId const kid : node.kids) {
        z3::expr const other = number(kid);
        best = z3::ite(node.kind == ir::NodeKind::lowest ? other < best : other > best, other, best);
      }
      return best;
    }
    default:
      return z3_.int_val(0);  // conditions are no numbers
  }
}

z3::expr Person::counted() {
  ir::Model const& model = *program_.model;
  z3::expr_vector all(z3_);
  for (ir::VarId var = 0; var < variables_.size(); ++var)
    all.push_back(variable(var) >= 0 && variable(var) < z3_.int_val(model.variables[var].size));
  for (ir::Impossible const& impossible : model.impossibles) all.push_back(!holds(impossible.when.node));
  // Nobody outside care has days in a level.
  all.push_back(!(variable(ir::current_level_var) == 0 && variable(ir::days_in_level_var) > 0));
  all.push_back(holds(model.applies.node));
  return z3::mk_and(all);
}

z3::expr Person::excluded(std::size_t level, std::optional<std::size_t> left_aside, bool hard) {
  z3::expr_vector by(z3_);
  for (std::size_t i = 0; i < program_.rules.size(); ++i) {
    ir::LevelMask const mask = hard ? program_.rules[i].admits_hard : program_.rules[i].admits;
    if (i != left_aside && program_.rules[i].narrows && !admits(mask, level)) by.push_back(active(i));
  }
  return z3::mk_or(by);
}

z3::expr Person::conflict() {
  z3::expr_vector all(z3_);
  for (std::size_t level = 0; level < program_.level_count(); ++level) all.push_back(excluded(level));
  return z3::mk_and(all);
}

z3::expr Person::at(int level) const {
  return variable(ir::current_level_var) == z3_.int_val(level + 1);
}

bool Person::has_criteria(std::size_t level, bool admit) const {
  return admits(admit ? program_.with_admit : program_.with_continue, level);
}

z3::expr Person::criteria_met(std::size_t level) {
  auto const met = [&](bool admit) {
    if (!has_criteria(level, admit)) return z3_.bool_val(true);
    z3::expr_vector some(z3_);
    for (ir::Criterion const& criterion : program_.model->criteria)
      if (criterion.level == level && (criterion.kind == ir::CriterionKind::admit) == admit)
        some.push_back(holds(criterion.node));
    return z3::mk_or(some);
  };
  return z3::ite(at(static_cast<int>(level)), met(false), met(true));
}

z3::expr Person::admissible(std::size_t level) {
  return !excluded(level) && criteria_met(level);
}

z3::expr Person::not_eligible() {
  z3::expr_vector none(z3_);
  for (std::size_t level = 0; level < program_.level_count(); ++level) none.push_back(!admissible(level));
  return !conflict() && z3::mk_and(none);
}

z3::expr Person::least(std::size_t level) {
  z3::expr_vector all(z3_);
  all.push_back(admissible(level));
  for (std::size_t lower = 0; lower < level; ++lower) all.push_back(!admissible(lower));
  return z3::mk_and(all);
}

z3::expr Person::without_demand(std::size_t level) {
  z3::expr_vector narrowing(z3_);
  for (std::size_t i = 0; i < program_.rules.size(); ++i)
    if (program_.rules[i].narrows) narrowing.push_back(active(i));
  z3::expr const has = z3::ite(at(static_cast<int>(level)), z3_.bool_val(has_criteria(level, false)),
                               z3_.bool_val(has_criteria(level, true)));
  return !z3::mk_or(narrowing) && !has;
}

z3::expr Person::by_default() {
  z3::expr_vector some(z3_);
  for (std::size_t level = 0; level < program_.level_count(); ++level)
    some.push_back(least(level) && without_demand(level));
  return z3::mk_or(some);
}

z3::expr Person::indicated(std::size_t level) {
  z3::expr const stays = by_default() && !at(-1);
  return !conflict() && ((least(level) && !stays) || (at(static_cast<int>(level)) && stays));
}

z3::expr Person::safe_level() {
  z3::expr safe = z3_.int_val(0);
  for (std::size_t i = 0; i < program_.rules.size(); ++i) {
    z3::expr const own = z3_.int_val(program_.rules[i].safe + 1);
    safe = z3::ite(active(i) && own > safe, own, safe);
  }
  for (std::size_t level = program_.level_count(); level-- > 0;)
    safe = z3::ite(!excluded(level, {}, true), z3_.int_val(static_cast<int>(level) + 1), safe);
  return safe;
}

z3::expr Person::rank() {
  z3::expr rank = z3_.int_val(0);
  for (std::size_t level = 0; level < program_.level_count(); ++level)
    rank = z3::ite(indicated(level), z3_.int_val(static_cast<int>(level) + 1), rank);
  return z3::ite(conflict(), safe_level(), rank);
}

}  // namespace carestep::smt

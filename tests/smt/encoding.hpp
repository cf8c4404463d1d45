#pragma once

// A ruleset's conditions and placements as formulas for Z3: a second way to decide the checks of section 9, which
// shares nothing with the decision diagrams but the core language.

#include <optional>
#include <string>
#include <vector>
#include <z3++.h>

#include "program/program.hpp"

namespace carestep::smt {

/// One person: an unknown for each variable of the model.
class Person {
 public:
  /// `name` keeps the unknowns of several persons apart.
  Person(z3::context& z3, program::Program const& program, bool with_previous, std::string const& name);

  [[nodiscard]] z3::expr variable(ir::VarId var) const { return variables_[var]; }
  /// A condition of the core language.
  z3::expr holds(ir::NodeId node);
  /// The values that the variables may have, nothing impossible, and the ruleset applies.
  z3::expr counted();

  z3::expr active(std::size_t rule) { return holds(program_.model->rules[rule].active); }
  /// Whether some active rule, this one left aside, excludes the level; `hard`: by another action than `at most`.
  z3::expr excluded(std::size_t level, std::optional<std::size_t> left_aside = {}, bool hard = false);

  z3::expr conflict();
  z3::expr not_eligible();
  z3::expr by_default();
  /// The level is indicated, and not as a safe level.
  z3::expr indicated(std::size_t level);
  /// The indicated level as a number from 1, the safe level in a conflict; 0 when not eligible.
  z3::expr rank();

 private:
  z3::expr number(ir::NodeId node);
  z3::expr build(ir::Node const& node);
  z3::expr build_number(ir::Node const& node);
  z3::expr any(z3::expr_vector const& parts) { return z3::mk_or(parts); }
  z3::expr at(int level) const;
  bool has_criteria(std::size_t level, bool admit) const;
  z3::expr criteria_met(std::size_t level);
  z3::expr admissible(std::size_t level);
  /// The least intensive admissible level, before a placement by default.
  z3::expr least(std::size_t level);
  z3::expr without_demand(std::size_t level);
  z3::expr safe_level();

  z3::context& z3_;
  program::Program const& program_;
  std::vector<z3::expr> variables_;
  std::vector<std::optional<z3::expr>> known_;  // by node
};

}  // namespace carestep::smt

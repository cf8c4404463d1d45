#pragma once

// All complete assessments of one program, as the variables of one decision diagram.
//
// There are two kinds of complete assessments: with a previous assessment, whose answers are variables of their own,
// and without one, where `previous X` is X. A Space holds one kind; what reads no `previous` is the same in both.

#include <carestep/decision.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include "diagram/diagram.hpp"
#include "eval/record.hpp"
#include "eval/residual.hpp"
#include "eval/values.hpp"
#include "program/program.hpp"

namespace carestep::analyze {

/// Inputs, present and previous, ascending and without repetition: what a question reads.
using Questions = std::vector<Question>;

/// The variables of the model in an order that keeps together what conditions read together, `current_level` first.
std::vector<ir::VarId> variable_order(program::Program const& program);

/// The variables that these operations read, directly or through others, ascending.
std::vector<ir::VarId> variables_read(program::Program const& program, std::vector<program::Slot> const& slots);

/// The inputs of these variables.
Questions inputs_of(ir::Model const& model, std::vector<ir::VarId> const& variables);

Questions united(Questions const& a, Questions const& b);
bool reads_previous(Questions const& questions);

class Space {
 public:
  /// `order`: as `variable_order` gives it, or any order of these variables with `current_level` first.
  Space(program::Program const& program, bool with_previous, std::vector<ir::VarId> const& order);
  /// The complete assessments that agree with what a record holds already: only what is unknown there is a variable.
  Space(program::Program const& program, eval::Record const& known, std::vector<ir::VarId> const& order);
  Space(Space const&) = delete;
  Space& operator=(Space const&) = delete;

  [[nodiscard]] program::Program const& program() const { return program_; }
  [[nodiscard]] bool with_previous() const { return with_previous_; }
  [[nodiscard]] diagram::Diagram& diagram() { return residual_.diagram(); }
  [[nodiscard]] diagram::Diagram const& diagram() const { return residual_.diagram(); }

  /// The variable that a position of the diagrams asks.
  [[nodiscard]] std::vector<ir::VarId> const& variables() const { return residual_.variables(); }
  /// The place of a variable; a previous one stands where the present one does if there was no previous assessment.
  [[nodiscard]] diagram::Position position(ir::VarId var) const { return *residual_.position(var); }
  /// The code of a variable that is known from the start, in a space of what agrees with a record.
  [[nodiscard]] std::optional<std::int64_t> known(ir::VarId var) const {
    if (record_.codes[var] == eval::unknown_code) return std::nullopt;
    return record_.codes[var];
  }

  /// A condition as a function of the assessment, whether that is possible or not.
  diagram::Ref condition(program::Slot slot) { return residual_.condition(slot); }
  /// Likewise, that a number is at least `bound`.
  diagram::Ref at_least(program::Slot number, std::int64_t bound) { return residual_.at_least(number, bound); }
  /// Whether a region holds the assessment of these codes, one a variable of the model.
  [[nodiscard]] bool contains(diagram::Ref region, std::vector<std::int64_t> const& codes) const;
  /// The assessments that are not impossible.
  diagram::Ref possible();
  /// Likewise, and to whom the ruleset applies: the assessments that every check of section 9 is about.
  diagram::Ref counted();

  /// `a` and not `b`
  diagram::Ref without(diagram::Ref a, diagram::Ref b) { return diagram().both(a, diagram().negation(b)); }

  /// Whether the codes of these inputs can be completed to an assessment of the region: the region with every other
  /// variable forgotten.
  diagram::Ref projected(diagram::Ref region, Questions const& onto);

  /// The assessments of people at this level; -1 outside care.
  diagram::Ref at_level(std::int8_t current) { return with_codes(0, current + 1, current + 1); }
  /// The assessments whose variable at this position has one of the codes `low` to `high`.
  diagram::Ref with_codes(diagram::Position at, std::int64_t low, std::int64_t high);

  /// What a function is where the variable at this position has this code; it reads that variable no more.
  diagram::Ref restricted(diagram::Ref ref, diagram::Position at, std::int64_t code);

  /// The last codes of the stretches of a variable that none of these functions tells apart, ascending.
  [[nodiscard]] std::vector<std::int64_t> stretches(diagram::Position at, std::vector<diagram::Ref> const& refs) const;

  /// A function of another space of the same ruleset; it reads no variable that this space has not.
  diagram::Ref transferred(Space const& from, diagram::Ref ref);

  /// Which positions these inputs fill.
  [[nodiscard]] std::vector<bool> positions_of(Questions const& questions) const;

 private:
  Space(program::Program const& program, bool with_previous, eval::Record known, std::vector<ir::VarId> const& order);

  program::Program const& program_;
  bool with_previous_;
  eval::Record record_;
  std::vector<eval::Bounds> bounds_;
  eval::Residual residual_;
  bool known_ = false;  // what is possible is known
  diagram::Ref possible_;
  diagram::Ref counted_;
};

}  // namespace carestep::analyze

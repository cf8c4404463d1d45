#pragma once

// The residual program: what the known answers leave open, as decision diagrams over the unknown variables.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "diagram/diagram.hpp"
#include "eval/record.hpp"
#include "eval/values.hpp"
#include "program/program.hpp"

namespace carestep::eval {

class Residual {
 public:
  /// `bounds`: of every operation that decisions read, for this record.
  Residual(program::Program const& program, Record const& record, std::vector<Bounds> const& bounds,
           std::uint64_t budget);
  /// Likewise with the unknown variables in an order of the caller's, and for as many operations as there are bounds.
  Residual(program::Program const& program, Record const& record, std::vector<Bounds> const& bounds,
           std::vector<ir::VarId> order, std::uint64_t budget);

  [[nodiscard]] diagram::Diagram& diagram() { return diagram_; }
  [[nodiscard]] diagram::Diagram const& diagram() const { return diagram_; }
  /// The unknown variables in the diagrams' order.
  [[nodiscard]] std::vector<ir::VarId> const& variables() const { return variables_; }
  [[nodiscard]] Bounds bounds(program::Slot slot) const { return bounds_[slot]; }

  /// A condition as a function of the unknown variables.
  diagram::Ref condition(program::Slot slot);
  /// Likewise, that a number is at least `bound`.
  diagram::Ref at_least(program::Slot number, std::int64_t bound);
  /// The code of an unknown variable itself: each code leads to the leaf of that number.
  diagram::Ref code_of(ir::VarId var);
  [[nodiscard]] std::optional<diagram::Position> position(ir::VarId var) const;

 private:
  /// A sum that is compared: the readings of unknown variables by position, and everything else as one number diagram.
  struct Reading {
    diagram::Position at = 0;
    std::int64_t base = 0;
    std::int64_t step = 0;
  };
  struct Comparison;

  diagram::Ref build(program::Slot slot);
  diagram::Ref atom(program::Op const& op);
  diagram::Ref counted(program::Op const& op);
  diagram::Ref chosen_at_least(program::Op const& op, std::int64_t bound);
  diagram::Ref compare(Comparison& comparison, std::size_t next, diagram::Ref rest, std::int64_t need);
  void collect(program::Slot number, Comparison& comparison);
  diagram::Ref add(diagram::Ref a, diagram::Ref b);

  /// Numbers as diagrams: a leaf is an index into `numbers_`.
  diagram::Ref number(program::Slot slot);
  diagram::Ref build_number(program::Slot slot);
  diagram::Ref constant(std::int64_t value);
  std::uint32_t number_leaf(std::int64_t value);

  [[nodiscard]] std::span<program::Slot const> kids(program::Op const& op) const {
    return {program_.kids.data() + op.first, op.count};
  }

  program::Program const& program_;
  Record const& record_;
  std::vector<Bounds> const& bounds_;
  std::vector<ir::VarId> variables_;
  std::vector<diagram::Position> position_of_;  // per variable; leaf_position where it is known or not read
  diagram::Diagram diagram_;
  std::vector<std::optional<diagram::Ref>> conditions_;
  std::vector<std::optional<diagram::Ref>> number_diagrams_;
  std::vector<std::int64_t> numbers_;
  std::unordered_map<std::int64_t, std::uint32_t> number_leaves_;
};

}  // namespace carestep::eval

#include "explain/criteria.hpp"

#include "eval/settlement.hpp"

namespace carestep::explain {
namespace {

bool asked_about(ir::Criterion const& criterion, ir::Index level, ir::CriterionKind kind) {
  return criterion.level == level && criterion.kind == kind;
}

/// What is sure of each line by itself.
Truth roughly(Seen const& seen, ir::Index level, ir::CriterionKind kind) {
  Truth holds = Truth::no;
  for (ir::Criterion const& criterion : seen.model().criteria) {
    if (!asked_about(criterion, level, kind)) continue;
    Truth const line = seen.truth(criterion.node);
    if (line == Truth::yes) return Truth::yes;
    if (line == Truth::open) holds = Truth::open;
  }
  return holds;
}

Truth exactly(analyze::Person const& person, ir::Index level, ir::CriterionKind kind, std::uint64_t budget) {
  program::Program const& program = person.program();
  eval::Record const record = person.record_of(person.everything());
  std::vector<eval::Bounds> bounds(program.ops.size());
  eval::evaluate_bounds(program, record.codes.data(), bounds.data(), 0, program.ops.size());
  eval::Settlement settlement(program, record, bounds, budget);
  auto& diagram = settlement.residual().diagram();
  auto fails = settlement.possible();
  for (program::CriterionTest const& line : program.criteria)
    if (line.level == level && line.admit == (kind == ir::CriterionKind::admit))
      fails = diagram.both(fails, diagram.negation(settlement.residual().condition(line.holds)));
  if (fails == diagram::no) return Truth::yes;
  return fails == settlement.possible() ? Truth::no : Truth::open;
}

}  // namespace

bool concerns(Seen const& seen, ir::Criterion const& criterion) {
  auto const current = seen.current_level();
  if (!current) return true;
  bool const here = static_cast<int>(criterion.level) == *current;
  return here == (criterion.kind == ir::CriterionKind::stay);
}

Truth some_line_holds(Seen const& seen, ir::Index level, ir::CriterionKind kind, std::uint64_t budget) {
  Truth const sure = roughly(seen, level, kind);
  if (sure != Truth::open || budget == 0) return sure;
  try {
    return exactly(analyze::Person(seen.assessment(), seen.decision()), level, kind, budget);
  } catch (diagram::OverBudget const&) {
    return sure;
  }
}

}  // namespace carestep::explain

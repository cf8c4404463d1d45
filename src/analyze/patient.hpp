#pragma once

// From a region of assessments to one patient: the smallest, as an assessment, in words, and as an `example` block.
//
// Each input has a mildest answer (its best value where a direction is declared, else its first value; never, or a year
// ago, for a date; not in care). The smallest patient differs from the mildest in the fewest answers, and in those by
// the fewest values; among equals the one whose first differing answer is milder.

#include <carestep/assessment.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyze/space.hpp"

namespace carestep::analyze {

struct Patient {
  bool with_previous = false;
  std::vector<std::int64_t> codes;  // one a variable of the model; -1 where the space has no such variable
  std::uint32_t differs = 0;        // answers that are not the mildest
  std::uint64_t distance = 0;       // by so many values

  friend bool smaller(Patient const& a, Patient const& b) {
    return std::pair(a.differs, a.distance) < std::pair(b.differs, b.distance);
  }
};

std::int64_t mildest_code(ir::Model const& model, ir::VarId var);

/// Where to start looking for another code than this: the code itself, but a year ago for never, which is next to no
/// day.
std::int64_t next_to(ir::Model const& model, ir::VarId var, std::int64_t code);

/// The smallest patient of a region; nothing when it is empty.
std::optional<Patient> smallest(Space const& space, diagram::Ref region);

/// The day of an assessment that is made up: the first on which the ruleset is in force, else 2026-01-01.
Date example_date(ir::Model const& model);

/// The answers of these inputs; the others stay unknown. `program` lives as long as the assessment.
Assessment assessment_of(std::shared_ptr<program::Program const> const& program, Patient const& patient,
                         Questions const& told);

/// Every input that some decision reads.
Questions decision_inputs(program::Program const& program);

/// What has to be told for these inputs: without a previous assessment, the present answer stands for the previous one.
Questions to_tell(Questions const& inputs, bool with_previous);

/// `withdrawal_risk severe, home_environment unsafe`: the answers of an assessment that are not the mildest; empty
/// where all are.
std::string patient_words(Assessment const& assessment);

/// An `example` block in the canonical layout. `expectations`: what stands behind `expect`, without `and`.
std::string example_block(std::string const& name, Assessment const& assessment,
                          std::vector<std::string> const& expectations);

}  // namespace carestep::analyze

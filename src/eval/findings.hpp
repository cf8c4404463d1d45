#pragma once

#include <carestep/ruleset.hpp>

#include <vector>

#include "eval/outcome.hpp"
#include "eval/record.hpp"
#include "eval/settlement.hpp"

namespace carestep::eval {

/// What is possible for one record: the distinct outcomes of its completions, and how far each rule and guarantee
/// holds.
struct Findings {
  std::vector<Outcome> outcomes;  // distinct, at least one
  std::vector<Extent> rules;
  std::vector<Extent> guarantees;  // broken
  std::vector<Question> ask;
  std::vector<InputId> assumed;
  bool approximate = false;
};

/// Where everything that decisions read is known: one completion. `values`: of the decision operations.
void find_known(program::Program const& program, Record const& record, std::int64_t const* values, Findings& findings);

/// A superset of what is possible, found without settling how open conditions hang together.
void find_roughly(program::Program const& program, Record const& record, std::vector<Bounds> const& bounds,
                  Findings& findings);

/// Section 7: the decision that the findings come to.
void report(program::Program const& program, Record const& record, Findings const& findings,
            DecideOptions const& options, Decision& decision);

}  // namespace carestep::eval

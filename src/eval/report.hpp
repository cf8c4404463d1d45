#pragma once

#include <carestep/ruleset.hpp>

#include "eval/findings.hpp"
#include "program/program.hpp"

namespace carestep::eval {

/// Section 7: the decision that the findings come to.
void report(program::Program const& program, Record const& record, Findings const& findings,
            DecideOptions const& options, Decision& decision);

/// The decision of the one completion that there is. `decision` is clear but for its active rules and broken guarantees.
void report_one(program::Program const& program, Outcome const& outcome, Date day, Decision& decision);

/// What the active and open rules suggest, alert of and note, each once, in the order of declaration.
void advise(program::Program const& program, Decision& decision);

}  // namespace carestep::eval

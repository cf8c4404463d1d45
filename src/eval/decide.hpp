#pragma once

#include <carestep/ruleset.hpp>

#include "eval/values.hpp"
#include "program/program.hpp"

namespace carestep::eval {

/// Decides one assessment over all completions of what is not known. `decision` is written anew; its lists keep their
/// memory.
void decide(program::Program const& program, Assessment const& assessment, DecideOptions const& options,
            Decision& decision);

BriefDecision brief(program::Program const& program, Assessment const& assessment, DecideOptions const& options);

/// A decision and what its conditions came to, from the same record.
struct Evaluation {
  Decision decision;
  std::vector<std::int64_t> codes;  // as the rules saw them: stale answers gone, assumptions made
  std::vector<Bounds> bounds;       // of every operation of the program
};
Evaluation evaluate(program::Program const& program, Assessment const& assessment, DecideOptions const& options);

}  // namespace carestep::eval

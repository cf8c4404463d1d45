#pragma once

// From one evaluation to everything that a decision can say for itself.

#include <carestep/ruleset.hpp>

#include <string>

#include "base/source.hpp"
#include "eval/decide.hpp"
#include "graph/picture.hpp"
#include "program/program.hpp"

namespace carestep::explain {

/// The decision of `evaluation` in words, with every rule, criterion and line that had a part in it.
///
/// Cost     linear in the size of what is shown, and the steps of `options.budget` for reasons and changes.
Explanation build(program::Program const& program, SourceMap const& sources, std::string const& sha256,
                  Assessment const& assessment, eval::Evaluation const& evaluation, ExplainOptions const& options);

/// What the pictures of the graph show of a decision.
graph::Marks marks(program::Program const& program, Assessment const& assessment, eval::Evaluation const& evaluation);

}  // namespace carestep::explain

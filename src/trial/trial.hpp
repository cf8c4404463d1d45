#pragma once

#include <carestep/ruleset.hpp>

#include <memory>

#include "base/source.hpp"
#include "program/program.hpp"

namespace carestep::trial {

/// Runs the `example` blocks of a ruleset and counts what they cover.
TestReport run_examples(std::shared_ptr<program::Program const> const& program, SourceMap const& sources);

}  // namespace carestep::trial

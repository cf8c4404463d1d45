#pragma once

#include <carestep/ruleset.hpp>

#include <memory>
#include <mutex>

#include "ast/ast.hpp"
#include "base/source.hpp"
#include "batch/planes.hpp"
#include "program/program.hpp"

namespace carestep {

/// Everything that a loaded ruleset keeps.
struct Ruleset::State {
  SourceMap sources;
  ast::Bundle bundle;
  std::shared_ptr<ir::Model const> model;
  std::shared_ptr<program::Program const> program;
  std::string sha256;
  Diagnostics warnings;
  mutable std::once_flag programs_made;
  mutable std::unique_ptr<batch::Programs const> programs;  // null until somebody makes a batch
};

/// The inside of a Ruleset, for the library's own stages.
struct RulesetAccess {
  static Ruleset make(std::shared_ptr<Ruleset::State const> state) { return Ruleset(std::move(state)); }
  static Ruleset::State const& state(Ruleset const& rules) { return *rules.state_; }
};

}  // namespace carestep

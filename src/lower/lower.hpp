#pragma once

#include <memory>

#include "ir/model.hpp"
#include "program/program.hpp"

namespace carestep {

/// Compiles a checked ruleset. What decisions read comes first in the program; what only explanations show comes after.
std::shared_ptr<program::Program const> lower(ir::Model model);

}  // namespace carestep

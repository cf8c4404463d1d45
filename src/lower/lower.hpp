#pragma once

#include <cstdint>
#include <memory>

#include "ir/model.hpp"
#include "program/program.hpp"

namespace carestep {

/// Compiles a checked ruleset. What decisions read comes first in the program; what only explanations show comes after.
/// `mark`: the first bits of the rules' digest.
std::shared_ptr<program::Program const> lower(ir::Model model, std::uint32_t mark = 0);

}  // namespace carestep

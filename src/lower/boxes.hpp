#pragma once

#include "program/program.hpp"

namespace carestep {

/// Fills `program.boxes` from the conditions that the program's decisions read, and what follows from those that always
/// hold. Where the rows would take more memory than they are worth, every condition is left to its operation.
void lower_boxes(program::Program& program);

}  // namespace carestep

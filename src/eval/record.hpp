#pragma once

#include <carestep/assessment.hpp>

#include <cstdint>
#include <vector>

#include "program/program.hpp"

namespace carestep::eval {

/// One assessment made ready for evaluation: stale answers forgotten, what follows from the rest filled in, assumptions
/// not yet made.
struct Record {
  std::vector<std::int64_t> codes;  // one a variable; unknown_code where not known
  /// Which variable stands for each: without a previous assessment, `previous X` is X.
  std::vector<ir::VarId> stands_for;
  std::vector<InputId> stale;
  ir::LevelMask unavailable = 0;
  Date date;
};

/// Fills `record` (its vectors keep their memory from call to call).
void prepare(program::Program const& program, Assessment const& assessment, Record& record);

/// Whether nothing of the input is known.
bool wholly_unknown(program::Program const& program, Record const& record, InputId input);

/// Fills in the assumed value of an input, and of `previous` where that is the same.
void assume(program::Program const& program, Record& record, InputId input);

/// Whether every variable that decisions read is known.
bool complete(program::Program const& program, Record const& record);

}  // namespace carestep::eval

#pragma once

#include <string>

#include "explain/seen.hpp"

namespace carestep::explain {

/// The decision in one sentence: `Step down from residential to php; indicated level is outpatient.`
std::string summary(Seen const& seen);

/// How sure it is: determined, undetermined between which levels, approximate.
std::string certainty(Seen const& seen);

/// A level's name, `none` for no level.
std::string level_name(ir::Model const& model, LevelId level);

}  // namespace carestep::explain

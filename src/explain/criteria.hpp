#pragma once

#include <cstdint>

#include "analyze/person.hpp"
#include "explain/seen.hpp"
#include "ir/model.hpp"

namespace carestep::explain {

/// Whether the criterion speaks of this person: admission where they are not, continued stay where they are. Both where
/// it is not known where they are.
bool concerns(Seen const& seen, ir::Criterion const& criterion);

/// Whether one of a level's lines of a kind holds: yes or no in every completion, else open.
///
/// `budget`   steps; out of them, what is sure of each line by itself is all that is said.
Truth some_line_holds(Seen const& seen, ir::Index level, ir::CriterionKind kind, std::uint64_t budget);

}  // namespace carestep::explain

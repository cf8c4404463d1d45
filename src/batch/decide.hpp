#pragma once

#include "batch/columns.hpp"

namespace carestep::batch {

/// Decides a batch part by part; what the planes leave open is decided alone.
BatchTally decide(Batch::State const& state, BatchDecisions const& into, BatchOptions const& options);

/// The same batch as packed planes.
std::shared_ptr<Packed const> pack(Batch::State const& state);

}  // namespace carestep::batch

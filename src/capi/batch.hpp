#pragma once

#include <carestep/batch.hpp>

#include <cstddef>
#include <memory>

#include "memory.hpp"

struct carestep_batch {
  static constexpr carestep::capi::Tag tag = carestep::capi::Tag::batch;
  carestep::capi::Head head;
  carestep::Ruleset rules;
  carestep::Batch batch;
  bool packed = false;                  // nothing more can be said of it
  std::shared_ptr<void const> columns;  // that the batch stands in, where they are not the caller's
};

namespace carestep::capi {

/// What to decide of a batch, and whom to ask before each stretch.
struct Stretches {
  BatchOptions options;
  carestep_stop stop = nullptr;
  void* user = nullptr;
};

/// Decides stretch by stretch; false when the caller wants to stop.
bool decide(carestep_batch const& batch, Stretches const& asked, BatchDecisions const& into, BatchTally& tally);

}  // namespace carestep::capi

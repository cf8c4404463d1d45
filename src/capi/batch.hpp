#pragma once

#include <carestep/batch.hpp>

#include <cstddef>

#include "memory.hpp"

struct carestep_batch {
  static constexpr carestep::capi::Tag tag = carestep::capi::Tag::batch;
  carestep::capi::Head head;
  carestep::Ruleset rules;
  carestep::Batch batch;
};

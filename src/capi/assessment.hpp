#pragma once

#include <carestep/assessment.hpp>
#include <carestep/ruleset.hpp>

#include <string>

#include "memory.hpp"

struct carestep_assessment {
  static constexpr carestep::capi::Tag tag = carestep::capi::Tag::assessment;
  carestep::capi::Head head;
  carestep::Ruleset rules;
  carestep::Assessment assessment;
  std::string id;  // JSON, or empty
};

#pragma once

#include <carestep/decision.hpp>
#include <carestep/ruleset.hpp>

#include <string>

#include "memory.hpp"

struct carestep_decision {
  static constexpr carestep::capi::Tag tag = carestep::capi::Tag::decision;
  carestep::capi::Head head;
  carestep::Ruleset rules;  // of which the decision's texts are views
  void const* identity;     // of its ruleset
  carestep::Decision decision;
  std::string id;  // of its assessment, JSON
};

namespace carestep::capi {

/// The options of a caller, looked at. `stop` says whether the caller wants to stop.
struct Deciding {
  DecideOptions options;
  carestep_stop stop_with = nullptr;
  void* user = nullptr;
  bool wrong = false;

  explicit Deciding(carestep_decide_options const* given) noexcept {
    if (given == nullptr) return;
    carestep_decide_options room;
    carestep_decide_options const* const known = read_sized_at(given, room);
    wrong = known == nullptr;
    if (wrong) return;
    if (known->budget != 0) options.budget = known->budget;
    options.allow_out_of_force = known->allow_out_of_force != 0;
    options.brief = known->brief != 0;
    stop_with = known->stop;
    user = known->stop_user;
  }
  [[nodiscard]] bool stop() const noexcept { return stop_with != nullptr && stop_with(user) != 0; }
};

}  // namespace carestep::capi

#pragma once

#include <carestep/decision.hpp>

#include <string>
#include <string_view>

#include "ir/model.hpp"

namespace carestep::data {

/// Which rules decided; every decision names them.
struct RulesetIdentity {
  std::string_view name;
  std::string_view version;
  std::string_view status;
  std::string_view sha256;
};

struct DecisionForm {
  std::string_view id;           // JSON as it came; left out where empty
  bool brief = false;            // of a decision; a refusal is always whole
  std::string_view explanation;  // JSON; left out where empty
};

/// The decision as one line of JSON, keys in the order of docs/data.md, without a line break.
std::string write_decision(ir::Model const& model, RulesetIdentity const& ruleset, Decision const& decision,
                           DecisionForm const& form);
/// Likewise, at the end of `out`.
void append_decision(std::string& out, ir::Model const& model, RulesetIdentity const& ruleset, Decision const& decision,
                     DecisionForm const& form);

}  // namespace carestep::data

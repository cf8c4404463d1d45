#include <carestep/ruleset.hpp>

#include "api/ruleset_state.hpp"
#include "data/read_assessment.hpp"
#include "data/write_assessment.hpp"
#include "data/write_decision.hpp"

namespace carestep {
namespace {

std::string written(Ruleset const& rules, Decision const& decision, data::DecisionForm const& form) {
  data::RulesetIdentity const ruleset{rules.name(), rules.version(), rules.status(), rules.sha256()};
  return data::write_decision(*RulesetAccess::state(rules).model, ruleset, decision, form);
}

}  // namespace

Result<ReadAssessment, RefusedAssessment> assessment_from_json(Ruleset const& rules, std::string_view json) {
  return data::read_assessment(RulesetAccess::state(rules).program, json);
}

std::string assessment_to_json(Ruleset const&, Assessment const& assessment, std::string_view id) {
  return data::write_assessment(assessment, id);
}

std::string decision_to_json(Ruleset const& rules, Decision const& decision, std::string_view id, bool brief) {
  return written(rules, decision, {id, brief, {}});
}

std::string explained_decision_to_json(Ruleset const& rules, Explanation const& explanation, std::string_view id) {
  bool const refused = explanation.decision.status == DecisionStatus::refused;
  std::string const reasons = refused ? std::string() : explanation.json();
  return written(rules, explanation.decision, {id, false, reasons});
}

}  // namespace carestep

#include <carestep/stream.hpp>

#include <algorithm>
#include <cstring>
#include <optional>

#include "api/ruleset_state.hpp"
#include "data/brief_decisions.hpp"
#include "data/read_assessment.hpp"
#include "data/regular_reader.hpp"
#include "data/write_decision.hpp"

namespace carestep {

// ---- reading
// ----------------------------------------------------------------------------------------------------------

static_assert(AssessmentReader::padding >= data::raw::reach);

struct AssessmentReader::State {
  explicit State(Ruleset const& given) : rules(given), regular(RulesetAccess::state(rules).program) {}

  Ruleset rules;
  data::RegularReader regular;
  data::ThoroughReader thorough;
  std::string copy;
  std::optional<ReadAssessment> unusual;  // what only the thorough reader could read
  RefusedAssessment refused;
};

AssessmentReader::AssessmentReader(Ruleset const& rules) : state_(std::make_unique<State>(rules)) {}
AssessmentReader::AssessmentReader(AssessmentReader&&) noexcept = default;
AssessmentReader& AssessmentReader::operator=(AssessmentReader&&) noexcept = default;
AssessmentReader::~AssessmentReader() = default;

bool AssessmentReader::read(std::string_view json) {
  std::string& copy = state_->copy;
  copy.assign(json);
  copy.append(padding, '\0');
  return read_in_place({copy.data(), json.size()});
}

bool AssessmentReader::read_in_place(std::string_view json) {
  State& state = *state_;
  state.unusual.reset();
  if (state.regular.read(json)) return true;
  auto read = state.thorough.read(RulesetAccess::state(state.rules).program, json);
  if (read) {
    state.unusual = *std::move(read);
  } else {
    state.refused = std::move(read.error());
  }
  return state.unusual.has_value();
}

Assessment const& AssessmentReader::assessment() const noexcept {
  return state_->unusual ? state_->unusual->assessment : state_->regular.assessment();
}

std::string_view AssessmentReader::id() const noexcept {
  return state_->unusual ? std::string_view(state_->unusual->id) : state_->regular.id();
}

RefusedAssessment const& AssessmentReader::refused() const noexcept {
  return state_->refused;
}

// ---- writing
// ----------------------------------------------------------------------------------------------------------

struct DecisionWriter::State {
  State(Ruleset const& given, bool in_brief)
      : rules(given), brief(in_brief), briefs(*RulesetAccess::state(rules).model) {}

  Ruleset rules;
  bool brief;
  data::BriefDecisions briefs;
};

DecisionWriter::DecisionWriter(Ruleset const& rules, bool brief) : state_(std::make_unique<State>(rules, brief)) {}
DecisionWriter::DecisionWriter(DecisionWriter&&) noexcept = default;
DecisionWriter& DecisionWriter::operator=(DecisionWriter&&) noexcept = default;
DecisionWriter::~DecisionWriter() = default;

void DecisionWriter::append(std::string& out, Decision const& decision, std::string_view id) {
  if (state_->brief && decision.status != DecisionStatus::refused) {
    state_->briefs.append(out, decision, id);
    return;
  }
  Ruleset const& rules = state_->rules;
  data::RulesetIdentity const ruleset{rules.name(), rules.version(), rules.status(), rules.sha256()};
  data::append_decision(out, *RulesetAccess::state(rules).model, ruleset, decision, {id, state_->brief, {}});
}

}  // namespace carestep

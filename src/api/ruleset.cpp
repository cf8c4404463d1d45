#include <carestep/ruleset.hpp>

#include <algorithm>

#include "api/ruleset_state.hpp"
#include "eval/decide.hpp"
#include "program/assessment_access.hpp"
#include "trial/trial.hpp"

namespace carestep {

std::string_view Ruleset::name() const noexcept { return state_->model->name; }
std::string_view Ruleset::title() const noexcept { return state_->model->title; }
std::string_view Ruleset::version() const noexcept { return state_->model->version; }

std::string_view Ruleset::status() const noexcept {
  switch (state_->model->status) {
    case ast::Status::draft: return "draft";
    case ast::Status::active: return "active";
    case ast::Status::retired: break;
  }
  return "retired";
}

std::string_view Ruleset::sha256() const noexcept { return state_->sha256; }
Diagnostics const& Ruleset::warnings() const noexcept { return state_->warnings; }

std::size_t Ruleset::level_count() const noexcept { return state_->model->levels.size(); }

LevelInfo Ruleset::level(LevelId id) const noexcept {
  if (id == no_level) return {"none", ""};
  ir::Level const& level = state_->model->levels[static_cast<std::size_t>(id.index)];
  return {level.name, level.label};
}

std::optional<LevelId> Ruleset::level(std::string_view name) const noexcept {
  auto const found = state_->program->level_by_name.find(name);
  if (found == state_->program->level_by_name.end()) return std::nullopt;
  return LevelId{static_cast<std::int8_t>(found->second)};
}

std::size_t Ruleset::input_count() const noexcept { return state_->model->inputs.size(); }

InputInfo Ruleset::input(InputId id) const noexcept {
  ir::Input const& input = state_->model->inputs[id.index];
  std::string_view const question = !input.ask.empty() ? input.ask : !input.label.empty() ? input.label : input.name;
  return {.name = input.name,
          .label = input.label,
          .question = question,
          .help = input.help,
          .type = static_cast<InputType>(input.kind),
          .values = input.values,
          .low = input.low,
          .high = input.high,
          .step = input.step,
          .unit = input.unit,
          .or_never = input.or_never};
}

std::optional<InputId> Ruleset::input(std::string_view name) const noexcept {
  auto const found = state_->program->input_by_name.find(name);
  if (found == state_->program->input_by_name.end()) return std::nullopt;
  return InputId{found->second};
}

std::optional<ValueId> Ruleset::value(InputId id, std::string_view name) const noexcept {
  if (id.index >= state_->model->inputs.size()) return std::nullopt;
  ir::Input const& input = state_->model->inputs[id.index];
  if (input.kind == ir::InputKind::set) return std::nullopt;
  auto const found = std::find(input.values.begin(), input.values.end(), name);
  if (found == input.values.end()) return std::nullopt;
  return ValueId{state_->program->mark, id, static_cast<std::uint32_t>(found - input.values.begin())};
}

std::size_t Ruleset::rule_count() const noexcept { return state_->model->rules.size(); }

RuleInfo Ruleset::rule(RuleId id) const noexcept {
  ir::Rule const& rule = state_->model->rules[id.index];
  return {rule.name, rule.label, rule.reasons.because};
}

std::size_t Ruleset::service_count() const noexcept { return state_->model->services.size(); }

ServiceInfo Ruleset::service(ServiceId id) const noexcept {
  ir::Service const& service = state_->model->services[id.index];
  return {service.name, service.label};
}

std::size_t Ruleset::guarantee_count() const noexcept { return state_->model->guarantees.size(); }

GuaranteeInfo Ruleset::guarantee(GuaranteeId id) const noexcept {
  ir::Guarantee const& guarantee = state_->model->guarantees[id.index];
  return {guarantee.name, guarantee.label};
}

Assessment Ruleset::assessment(Date day) const { return AssessmentAccess::make(state_->program, day); }

Decision Ruleset::decide(Assessment const& assessment, DecideOptions const& options) const {
  Decision decision;
  eval::decide(*state_->program, assessment, options, decision);
  return decision;
}

void Ruleset::decide(Assessment const& assessment, Decision& into, DecideOptions const& options) const {
  eval::decide(*state_->program, assessment, options, into);
}

BriefDecision Ruleset::decide_brief(Assessment const& assessment, DecideOptions const& options) const {
  return eval::brief(*state_->program, assessment, options);
}

TestReport Ruleset::test() const { return trial::run_examples(state_->program, state_->sources); }

}  // namespace carestep

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "program/assessment_access.hpp"
#include "program/program.hpp"

namespace carestep::test {

inline ir::Input input(std::string name, ir::InputKind kind, std::vector<std::string> values = {}) {
  ir::Input made;
  made.name = std::move(name);
  made.kind = kind;
  made.values = std::move(values);
  return made;
}

inline ir::Input number(std::string name, std::string_view low, std::string_view high, std::string_view step) {
  ir::Input made = input(std::move(name), ir::InputKind::number);
  made.low = *parse_decimal(low);
  made.high = *parse_decimal(high);
  made.step = *parse_decimal(step);
  return made;
}

inline std::int64_t size_of(ir::Input const& input) {
  switch (input.kind) {
    case ir::InputKind::number:
      return (input.high.scaled - input.low.scaled) / input.step.scaled + 1;
    case ir::InputKind::date:
      return ir::most_days + 1 + (input.or_never ? 1 : 0);
    case ir::InputKind::yes_no:
    case ir::InputKind::set:
      return 2;
    default:
      return static_cast<std::int64_t>(input.values.size());
  }
}

/// Gives an input its variables, now and in the previous assessment.
inline void add_input(ir::Model& model, ir::Input input) {
  auto const index = static_cast<ir::Index>(model.inputs.size());
  bool const built_in = index <= ir::days_in_level_var;
  bool const set = input.kind == ir::InputKind::set;
  if (set) input.width = static_cast<std::uint32_t>(input.values.size());
  for (bool const previous : {false, true}) {
    if (previous && built_in) break;
    (previous ? input.first_previous_var : input.first_var) = static_cast<ir::VarId>(model.variables.size());
    for (std::uint32_t member = 0; member < input.width; ++member)
      model.variables.push_back({index, previous, set ? static_cast<std::int32_t>(member) : -1, size_of(input)});
  }
  model.inputs.push_back(std::move(input));
}

/// One input of each kind, and a rule, a service and a guarantee to name.
inline ir::Model sample_model() {
  ir::Model model;
  model.name = "sample";
  for (char const* name : {"outpatient", "iop", "php"})
    model.levels.push_back(
        {.name = name, .label = {}, .about = {}, .offers = {}, .codes = {}, .reassess_days = {}, .at = {}});
  add_input(model, input("current_level", ir::InputKind::level, {"none", "outpatient", "iop", "php"}));
  add_input(model, number("days_in_level", "0", "36500", "1"));
  add_input(model, input("sober_housing", ir::InputKind::yes_no));
  add_input(model, input("withdrawal_risk", ir::InputKind::scale, {"none", "mild", "severe"}));
  add_input(model, input("substance", ir::InputKind::choice, {"alcohol", "opioid"}));
  add_input(model, input("conditions", ir::InputKind::set, {"ptsd", "bipolar", "psychosis"}));
  add_input(model, number("phq9", "0", "27", "1"));
  add_input(model, number("attendance", "0", "1", "0.01"));
  add_input(model, number("drift", "-10", "10", "0.5"));
  add_input(model, number("amount", "0", "10000000000", "5"));
  ir::Input last_use = input("last_use", ir::InputKind::date);
  last_use.or_never = true;
  add_input(model, std::move(last_use));
  add_input(model, input("birthday", ir::InputKind::date));
  model.services.resize(2);
  model.services[0].name = "family_therapy";
  model.services[1].name = "overnight";
  model.rules.resize(2);
  model.rules[0].name = "unsafe_home";
  model.rules[1].name = "floor.2";
  model.guarantees.resize(1);
  model.guarantees[0].name = "never_alone";
  return model;
}

/// What the data stage reads of a program: the model and its names.
inline std::shared_ptr<program::Program const> program_of(ir::Model model) {
  auto program = std::make_shared<program::Program>();
  program->model = std::make_shared<ir::Model const>(std::move(model));
  program->forms = program::input_forms(*program->model);
  std::uint32_t index = 0;
  for (ir::Input const& each : program->model->inputs) program->input_by_name.emplace(each.name, index++);
  index = 0;
  for (ir::Level const& each : program->model->levels) program->level_by_name.emplace(each.name, index++);
  return program;
}

inline std::shared_ptr<program::Program const> const& sample_program() {
  static auto const program = program_of(sample_model());
  return program;
}

}  // namespace carestep::test

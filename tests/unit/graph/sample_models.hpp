#pragma once

// Small models made by hand, for the stages that only read a model.

#include <string>
#include <utility>
#include <vector>

#include "ir/model.hpp"

namespace carestep::sample {

/// A condition in words, decided by a fresh yes/no variable, so that each is a node of its own.
inline ir::Clause test(ir::Model& model, std::string words) {
  ir::Clause clause;
  clause.words = std::move(words);
  ir::Input input;
  input.name = "q" + std::to_string(model.variables.size());
  input.first_var = static_cast<ir::VarId>(model.variables.size());
  ir::Variable variable;
  variable.input = static_cast<ir::Index>(model.inputs.size());
  clause.reads = {input.first_var};
  clause.node = model.nodes.atom(input.first_var, {{1, 1}}, 2);
  model.variables.push_back(variable);
  model.inputs.push_back(std::move(input));
  return clause;
}

inline ir::Clause always(ir::Model& model) {
  ir::Clause clause;
  clause.node = model.nodes.truth(true);
  return clause;
}

inline ir::Clause never(ir::Model& model) {
  ir::Clause clause;
  clause.node = model.nodes.truth(false);
  return clause;
}

inline ir::StepLine step(ir::Model& model, bool up, std::vector<std::pair<ir::Index, ir::Index>> moves,
                         std::string words, std::string when = {}) {
  ir::StepLine line;
  line.up = up;
  line.moves = std::move(moves);
  line.words = std::move(words);
  line.when = when.empty() ? always(model) : test(model, std::move(when));
  return line;
}

inline std::vector<std::pair<ir::Index, ir::Index>> every_pair(ir::Index levels, bool up) {
  std::vector<std::pair<ir::Index, ir::Index>> out;
  for (ir::Index from = 0; from < levels; ++from) {
    for (ir::Index to = 0; to < levels; ++to) {
      if (up ? to > from : to < from) out.emplace_back(from, to);
    }
  }
  return out;
}

inline void add_built_in_inputs(ir::Model& model) {
  ir::Input level;
  level.name = "current_level";
  level.kind = ir::InputKind::level;
  level.values = {"none"};
  for (ir::Level const& each : model.levels) level.values.push_back(each.name);
  ir::Input days;
  days.name = "days_in_level";
  days.kind = ir::InputKind::number;
  days.high = Decimal::from_int(36500);
  days.step = Decimal::from_int(1);
  days.first_var = 1;
  model.inputs = {level, days};
  ir::Variable level_variable;
  level_variable.size = static_cast<std::int64_t>(model.levels.size()) + 1;
  ir::Variable days_variable;
  days_variable.input = 1;
  days_variable.size = 36501;
  model.variables = {level_variable, days_variable};
}

inline ir::Model levels_only(std::vector<std::pair<std::string, std::string>> const& levels) {
  ir::Model model;
  model.name = "sample";
  for (auto const& [name, label] : levels) {
    ir::Level level;
    level.name = name;
    level.label = label;
    model.levels.push_back(level);
  }
  add_built_in_inputs(model);
  model.applies = always(model);
  return model;
}

inline ir::Model riverbend() {
  ir::Model model = levels_only({{"outpatient", "Outpatient or aftercare"},
                                 {"iop", "Intensive outpatient program"},
                                 {"php", "Partial hospitalization program"},
                                 {"residential", "Inpatient or residential treatment"},
                                 {"detox", "Detox and medical stabilization"}});
  model.name = "riverbend";
  model.title = "Riverbend step-down pathway";
  model.version = "1.2.0";
  model.effective = date(2026, 1, 1);
  model.expires = date(2027, 12, 31);
  model.steps.push_back(step(model, true, every_pair(5, true), "step up any -> any"));
  model.steps.push_back(step(model, false, {{4, 3}, {4, 2}}, "step down detox -> residential, php"));
  model.steps.push_back(step(model, false, {{3, 2}}, "step down residential -> php", "days_in_level >= 14"));
  model.steps.back().reasons.because = "Fourteen days lets skills settle before the house does not hold them.";
  model.steps.push_back(step(model, false, {{2, 1}}, "step down php -> iop"));
  model.steps.push_back(step(model, false, {{1, 0}}, "step down iop -> outpatient",
                             "attendance >= 0.8 and last_use more than 30 days ago"));
  ir::DischargeLine discharge;
  discharge.from = 1;
  discharge.words = "discharge outpatient";
  discharge.when = test(model, "days_in_level >= 180 and relapse_risk is low and mood is mild");
  model.discharges.push_back(discharge);
  return model;
}

/// Neighbours only, named l1 to ln.
inline ir::Model ladder(ir::Index levels) {
  std::vector<std::pair<std::string, std::string>> names;
  for (ir::Index i = 0; i < levels; ++i) {
    names.emplace_back("l" + std::to_string(i + 1), "Level of care number " + std::to_string(i + 1));
  }
  ir::Model model = levels_only(names);
  for (ir::Index i = 0; i + 1 < levels; ++i) {
    model.steps.push_back(step(model, true, {{i, i + 1}}, "step up " + names[i].first + " -> " + names[i + 1].first));
    model.steps.push_back(
        step(model, false, {{i + 1, i}}, "step down " + names[i + 1].first + " -> " + names[i].first));
  }
  return model;
}

}  // namespace carestep::sample

#include "explain/seen.hpp"

#include <algorithm>

#include "ir/words.hpp"
#include "program/assessment_access.hpp"

namespace carestep::explain {
namespace {

std::string_view reason_words(std::uint8_t reason) {
  switch (reason) {
    case 1 + static_cast<std::uint8_t>(Unknown::not_asked):
      return "not known (not asked)";
    case 1 + static_cast<std::uint8_t>(Unknown::refused):
      return "not known (refused)";
    case 1 + static_cast<std::uint8_t>(Unknown::unable):
      return "not known (unable to answer)";
    default:
      return "not known";
  }
}

bool has(std::vector<InputId> const& inputs, ir::Index input) {
  return std::find(inputs.begin(), inputs.end(), InputId{input}) != inputs.end();
}

Truth of(eval::Bounds bounds) {
  if (!bounds.known()) return Truth::open;
  return bounds.low != 0 ? Truth::yes : Truth::no;
}

}  // namespace

std::optional<eval::Bounds> Seen::bounds(ir::NodeId node) const {
  program::Slot const slot = program_.slot_of_node[node];
  if (slot == program::Program::no_slot) return std::nullopt;
  return evaluation_.bounds[slot];
}

Truth Seen::truth(ir::NodeId node) const {
  if (model_.nodes.is_true(node)) return Truth::yes;
  if (model_.nodes.is_false(node)) return Truth::no;
  auto const found = bounds(node);
  return found ? of(*found) : Truth::open;
}

std::optional<int> Seen::current_level() const {
  std::int64_t const code = evaluation_.codes[ir::current_level_var];
  if (code < 0) return std::nullopt;
  return static_cast<int>(code) - 1;
}

bool Seen::was_assumed(ir::Index input) const {
  return has(decision().assumed, input);
}
bool Seen::went_stale(ir::Index input) const {
  return has(decision().stale, input);
}

ShownAnswer Seen::answer(ir::Index index, bool previous) const {
  ir::Input const& input = model_.inputs[index];
  ShownAnswer out{previous ? "previous " + input.name : input.name, input.label, {}};
  ir::VarId const first = previous ? input.first_previous_var : input.first_var;
  std::int64_t const* codes = evaluation_.codes.data() + first;
  bool const unknown = std::all_of(codes, codes + input.width, [](std::int64_t code) { return code < 0; });
  if (unknown) {
    std::size_t const record = index + (previous ? model_.inputs.size() : 0);
    out.value = reason_words(AssessmentAccess::reason(assessment_, record));
  } else {
    out.value = ir::value_words(input, codes, assessment_.date());
  }
  if (previous) {
    if (AssessmentAccess::previous(assessment_) == Assessment::Previous::none) out.value += " (no previous assessment)";
    return out;
  }
  if (was_assumed(index)) out.value = "assumed " + out.value;
  if (went_stale(index)) out.value += was_assumed(index) ? " (the answer is too old)" : ": the answer is too old";
  return out;
}

std::vector<ShownAnswer> Seen::answers() const {
  std::vector<ShownAnswer> out;
  for (bool const previous : {false, true}) {
    for (ir::Index i = 0; i < model_.inputs.size(); ++i) {
      if (previous && model_.inputs[i].first_previous_var == 0) continue;
      ShownAnswer shown = answer(i, previous);
      bool const silent = shown.value == "not known" || (!previous && was_assumed(i) && !went_stale(i));
      if (!silent) out.push_back(std::move(shown));
    }
    if (AssessmentAccess::previous(assessment_) != Assessment::Previous::given) break;
  }
  return out;
}

std::vector<ShownAnswer> Seen::assumed() const {
  std::vector<ShownAnswer> out;
  for (InputId const input : decision().assumed) out.push_back(answer(input.index, false));
  return out;
}

std::vector<ShownClause> Seen::clause(ir::Clause const& clause) const {
  if (clause.words.empty() && clause.parts.empty()) return {};
  Told told;
  return {shown(clause, told)};
}

ShownClause Seen::shown(ir::Clause const& clause, Told& told) const {
  ShownClause out{ir::head_words(clause), clause.label, truth(clause.node), {}, {}};
  for (ir::VarId const var : clause.reads) {
    ir::Variable const& variable = model_.variables[var];
    out.answers.push_back(answer(variable.input, variable.previous));
  }
  for (ir::Index const index : clause.definitions) {
    out.answers.push_back(defined(index));
    add_definition(index, told, out);
  }
  for (ir::Clause const& part : clause.parts) out.parts.push_back(shown(part, told));
  return out;
}

/// Where each case of a definition stands, unless it was told already.
void Seen::add_definition(ir::Index index, Told& told, ShownClause& out) const {
  if (!told.insert(index).second) return;
  ir::Definition const& definition = model_.definitions[index];
  for (ir::DefinitionCase const& each : definition.cases) {
    bool const conditional = !(each.when.words.empty() && each.when.parts.empty());
    if (!conditional && (definition.kind == ir::DefinitionKind::fact || definition.cases.size() > 1)) continue;
    ShownClause shown = this->shown(each.when, told);
    if (definition.kind == ir::DefinitionKind::fact) {
      shown.label = definition.name;
    } else {
      shown.label = definition.name + " = " + each.value;
    }
    if (!conditional) {
      shown.text = shown.label;
      shown.label.clear();
    }
    out.parts.push_back(std::move(shown));
  }
}

ShownAnswer Seen::defined(ir::Index index) const {
  ir::Definition const& definition = model_.definitions[index];
  ShownAnswer out{definition.name, definition.label, "not known"};
  auto const value = bounds(definition.node);
  if (!value) return out;
  if (definition.kind == ir::DefinitionKind::fact) {
    if (value->known()) out.value = value->low != 0 ? "yes" : "no";
    return out;
  }
  auto const words = [&](std::int64_t scaled) {
    if (definition.kind == ir::DefinitionKind::score) return to_string(Decimal{scaled});
    return definition.values[static_cast<std::size_t>(scaled / Decimal::one)];
  };
  out.value = value->known() ? words(value->low) : "between " + words(value->low) + " and " + words(value->high);
  return out;
}

}  // namespace carestep::explain

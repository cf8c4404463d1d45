#include "lower/lower.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

#include "lower/boxes.hpp"

namespace carestep {
namespace {

using program::Op;
using program::OpKind;
using program::Program;
using program::Slot;

OpKind plain_kind(ir::NodeKind kind) {
  switch (kind) {
    case ir::NodeKind::constant:
      return OpKind::constant;
    case ir::NodeKind::atom:
      return OpKind::ranges;
    case ir::NodeKind::at_least:
      return OpKind::at_least;
    case ir::NodeKind::negation:
      return OpKind::negation;
    case ir::NodeKind::all:
      return OpKind::all;
    case ir::NodeKind::any:
      return OpKind::any;
    case ir::NodeKind::count:
      return OpKind::count;
    case ir::NodeKind::number:
      return OpKind::number;
    case ir::NodeKind::reading:
      return OpKind::reading;
    case ir::NodeKind::sum:
      return OpKind::sum;
    case ir::NodeKind::choose:
      return OpKind::choose;
    case ir::NodeKind::lowest:
      return OpKind::lowest;
    case ir::NodeKind::highest:
      return OpKind::highest;
  }
  return OpKind::constant;
}

/// Lays the nodes out in slots: first those that decisions reach, then the rest that explanations show.
class Layout {
 public:
  Layout(ir::Model const& model, Program& out) : model_(model), out_(out) {
    out_.slot_of_node.assign(model.nodes.size(), Program::no_slot);
  }

  void need(ir::NodeId node) { pending_.push_back(node); }

  void need(ir::Clause const& clause) {
    need(clause.node);
    for (ir::Clause const& part : clause.parts) need(part);
  }

  /// Emits everything asked for since the last call, in the order of the nodes, which is kids first.
  void emit() {
    std::vector<bool> wanted(model_.nodes.size(), false);
    while (!pending_.empty()) {
      ir::NodeId const node = pending_.back();
      pending_.pop_back();
      if (wanted[node] || out_.slot_of_node[node] != Program::no_slot) continue;
      wanted[node] = true;
      for (ir::NodeId const kid : model_.nodes[node].kids) pending_.push_back(kid);
    }
    for (ir::NodeId node = 0; node < wanted.size(); ++node)
      if (wanted[node]) emit(node);
  }

  [[nodiscard]] Slot slot(ir::NodeId node) const { return out_.slot_of_node[node]; }

 private:
  void emit(ir::NodeId id) {
    ir::Node const& node = model_.nodes[id];
    Op op{.kind = plain_kind(node.kind), .var = node.var, .value = node.value, .step = node.step};
    if (node.kind == ir::NodeKind::atom) {
      atom(node, op);
    } else {
      op.first = static_cast<std::uint32_t>(out_.kids.size());
      op.count = static_cast<std::uint32_t>(node.kids.size());
      for (ir::NodeId const kid : node.kids) out_.kids.push_back(slot(kid));
    }
    out_.slot_of_node[id] = static_cast<Slot>(out_.ops.size());
    out_.ops.push_back(op);
  }

  void atom(ir::Node const& node, Op& op) {
    if (model_.variables[node.var].size <= 64) {
      op.kind = OpKind::member;
      std::uint64_t mask = 0;
      for (ir::CodeRange const& range : node.codes)
        for (std::int64_t code = range.low; code <= range.high; ++code) mask |= std::uint64_t{1} << code;
      op.value = std::bit_cast<std::int64_t>(mask);
    } else if (node.codes.size() == 1) {
      op.kind = OpKind::range;
      op.value = node.codes[0].low;
      op.step = node.codes[0].high;
    } else {
      op.first = static_cast<std::uint32_t>(out_.ranges.size());
      op.count = static_cast<std::uint32_t>(node.codes.size());
      out_.ranges.insert(out_.ranges.end(), node.codes.begin(), node.codes.end());
    }
  }

  ir::Model const& model_;
  Program& out_;
  std::vector<ir::NodeId> pending_;
};

/// Nobody outside care has days in a level.
ir::NodeId built_in_impossible(ir::Model& model) {
  ir::NodeId const outside =
      model.nodes.atom(ir::current_level_var, {{0, 0}}, model.variables[ir::current_level_var].size);
  ir::NodeId const days = model.nodes.atom(ir::days_in_level_var, {{1, ir::most_days}}, ir::most_days + 1);
  return model.nodes.all({outside, days});
}

program::RuleEffect effect_of(ir::Rule const& rule, ir::LevelMask all_levels) {
  program::RuleEffect effect{.admits = all_levels, .admits_hard = all_levels};
  effect.advises = !rule.suggests.empty() || !rule.alerts.empty() || !rule.notes.empty();
  for (ir::Narrowing const& narrowing : rule.narrows) {
    effect.narrows = true;
    effect.admits &= narrowing.admits;
    if (narrowing.kind == ir::ActionKind::at_most) continue;
    effect.admits_hard &= narrowing.admits;
    effect.safe = std::max(effect.safe, static_cast<std::int8_t>(std::countr_zero(narrowing.admits)));
  }
  effect.reassess_days = rule.reassess_days.value_or(-1);
  return effect;
}

void level_tables(Program& out) {
  ir::Model const& model = *out.model;
  std::size_t const count = model.levels.size();
  out.all_levels = count == 64 ? ~ir::LevelMask{0} : (ir::LevelMask{1} << count) - 1;
  for (ir::Level const& level : model.levels) {
    out.reassess_days.push_back(level.reassess_days.value_or(-1));
    out.level_by_name.emplace(level.name, static_cast<std::uint32_t>(out.level_by_name.size()));
  }
  for (ir::Input const& input : model.inputs)
    out.input_by_name.emplace(input.name, static_cast<std::uint32_t>(out.input_by_name.size()));
}

void need_decisions(ir::Model const& model, ir::NodeId built_in, Layout& layout) {
  layout.need(model.applies.node);
  for (ir::Impossible const& impossible : model.impossibles) layout.need(impossible.when.node);
  layout.need(built_in);
  for (ir::Rule const& rule : model.rules) layout.need(rule.active);
  for (ir::Criterion const& criterion : model.criteria) layout.need(criterion.node);
  for (ir::StepLine const& line : model.steps) layout.need(line.when.node);
  for (ir::DischargeLine const& line : model.discharges) layout.need(line.when.node);
  for (ir::Guarantee const& guarantee : model.guarantees) layout.need(guarantee.whenever.node);
}

void need_explanations(ir::Model const& model, Layout& layout) {
  layout.need(model.applies);
  for (ir::Impossible const& impossible : model.impossibles) layout.need(impossible.when);
  for (ir::Rule const& rule : model.rules) {
    layout.need(rule.when);
    layout.need(rule.unless);
    layout.need(rule.holds);
  }
  for (ir::Criterion const& criterion : model.criteria) layout.need(criterion.when);
  for (ir::StepLine const& line : model.steps) layout.need(line.when);
  for (ir::DischargeLine const& line : model.discharges) layout.need(line.when);
  for (ir::Guarantee const& guarantee : model.guarantees) layout.need(guarantee.whenever);
  for (ir::Definition const& definition : model.definitions) {
    layout.need(definition.node);
    for (ir::DefinitionCase const& one : definition.cases) layout.need(one.when);
  }
  for (ir::Table const& table : model.tables)
    for (ir::NodeId const row : table.row_nodes) layout.need(row);
}

void bind_steps(Layout const& layout, Program& out) {
  ir::Model const& model = *out.model;
  std::size_t const levels = model.levels.size();
  for (std::uint32_t line = 0; line < model.steps.size(); ++line)
    for (auto const& [from, to] : model.steps[line].moves)
      out.steps.push_back({layout.slot(model.steps[line].when.node), static_cast<std::uint8_t>(from),
                           static_cast<std::uint8_t>(to), line});
  std::stable_sort(out.steps.begin(), out.steps.end(), [](auto const& a, auto const& b) { return a.from < b.from; });
  out.steps_begin.assign(levels + 1, 0);
  for (program::StepMove const& step : out.steps) ++out.steps_begin[step.from + 1U];
  std::partial_sum(out.steps_begin.begin(), out.steps_begin.end(), out.steps_begin.begin());

  out.free_moves = model.steps.empty();
  out.down_from.assign(levels, 0);
  for (std::size_t level = 0; out.free_moves && level < levels; ++level)
    out.down_from[level] = (ir::LevelMask{1} << level) - 1;
  for (program::StepMove const& step : out.steps)
    if (step.to < step.from) out.down_from[step.from] |= ir::LevelMask{1} << step.to;
}

void bind_variables(Program& out) {
  std::vector<bool> read(out.model->variables.size(), false);
  for (std::size_t slot = 0; slot < out.decision_ops; ++slot) {
    OpKind const kind = out.ops[slot].kind;
    if (kind == OpKind::member || kind == OpKind::range || kind == OpKind::ranges || kind == OpKind::reading)
      read[out.ops[slot].var] = true;
  }
  read[ir::current_level_var] = true;  // every decision starts from it
  for (std::uint32_t var = 0; var < read.size(); ++var)
    if (read[var]) out.decision_vars.push_back(var);
}

void bind_decisions(ir::NodeId built_in, Layout const& layout, Program& out) {
  ir::Model const& model = *out.model;
  out.applies = layout.slot(model.applies.node);
  for (ir::Impossible const& impossible : model.impossibles)
    out.impossible.push_back(layout.slot(impossible.when.node));
  out.impossible.push_back(layout.slot(built_in));
  for (ir::Rule const& rule : model.rules) {
    out.rules.push_back(effect_of(rule, out.all_levels));
    out.rules.back().active = layout.slot(rule.active);
  }
  for (ir::Criterion const& criterion : model.criteria) {
    bool const admit = criterion.kind == ir::CriterionKind::admit;
    out.criteria.push_back({layout.slot(criterion.node), static_cast<std::uint8_t>(criterion.level), admit});
    (admit ? out.with_admit : out.with_continue) |= ir::LevelMask{1} << criterion.level;
  }
  bind_steps(layout, out);
  for (ir::DischargeLine const& line : model.discharges)
    out.discharges.push_back({layout.slot(line.when.node), line.from});
  for (ir::Guarantee const& guarantee : model.guarantees)
    out.guarantees.push_back({layout.slot(guarantee.whenever.node), guarantee.promise, guarantee.admits});
}

/// What decides quickly whether an assessment can be read as it stands.
void bind_shortcuts(Program& out) {
  ir::Model const& model = *out.model;
  for (std::uint32_t i = 0; i < model.inputs.size(); ++i) {
    if (model.inputs[i].valid_for_hours) out.dated_inputs.push_back(i);
    if (model.inputs[i].assume) out.assumable_inputs.push_back(i);
  }
  out.reads_previous = std::any_of(out.decision_vars.begin(), out.decision_vars.end(),
                                   [&](std::uint32_t var) { return model.variables[var].previous; });
  if (model.status == ast::Status::draft) out.always_marks.insert(Mark::draft);
  bool const retired = model.status == ast::Status::retired;
  out.first_day = model.effective ? model.effective->days : std::numeric_limits<std::int32_t>::min();
  out.last_day = retired          ? std::numeric_limits<std::int32_t>::min()
                 : model.expires ? model.expires->days
                                 : std::numeric_limits<std::int32_t>::max();
  for (ir::Level const& level : model.levels) {
    out.admit_names.push_back("admit " + level.name);
    out.continue_names.push_back("continue " + level.name);
  }
}

}  // namespace

std::shared_ptr<program::Program const> lower(ir::Model model, std::uint32_t mark) {
  ir::NodeId const built_in = built_in_impossible(model);
  auto out = std::make_shared<Program>();
  out->model = std::make_shared<ir::Model const>(std::move(model));
  out->forms = program::input_forms(*out->model);
  out->mark = mark;
  level_tables(*out);
  Layout layout(*out->model, *out);
  need_decisions(*out->model, built_in, layout);
  layout.emit();
  out->decision_ops = out->ops.size();
  need_explanations(*out->model, layout);
  layout.emit();
  bind_variables(*out);
  bind_decisions(built_in, layout, *out);
  bind_shortcuts(*out);
  lower_boxes(*out);
  return out;
}

}  // namespace carestep

// The residual diagrams and both scalar evaluators against one another, on random conditions and records.

#include "eval/residual.hpp"

#include <doctest/doctest.h>
#include <numeric>
#include <random>

#include "lower/lower.hpp"

using namespace carestep;

namespace {

constexpr std::int64_t scale = 100'000'000;

/// A model with a few small variables and rules whose conditions are random.
class RandomModel {
 public:
  explicit RandomModel(unsigned seed) : random_(seed) {
    ir::Model& m = model;
    m.levels.resize(2);
    m.levels[0].name = "low";
    m.levels[1].name = "high";
    input("current_level", 3);
    input("days_in_level", ir::most_days + 1);
    for (int i = 0; i < 4; ++i) input("x" + std::to_string(i), 2 + pick(6));
    m.applies.node = m.nodes.truth(true);
    for (int i = 0; i < 6; ++i) {
      ir::Rule rule;
      rule.active = rule.holds = rule.when.node = condition(4);
      rule.unless.node = m.nodes.truth(false);
      m.rules.push_back(rule);
    }
  }

  ir::Model model;

 private:
  void input(std::string name, std::int64_t size) {
    ir::Input in;
    in.name = std::move(name);
    in.first_var = static_cast<ir::VarId>(model.variables.size());
    model.variables.push_back({static_cast<ir::Index>(model.inputs.size()), false, -1, size});
    model.inputs.push_back(std::move(in));
  }

  std::int64_t pick(std::int64_t below) { return static_cast<std::int64_t>(random_() % static_cast<unsigned>(below)); }
  ir::VarId variable() { return static_cast<ir::VarId>(2 + pick(4)); }

  std::vector<ir::NodeId> several(int depth, bool numbers) {
    std::vector<ir::NodeId> parts(static_cast<std::size_t>(2 + pick(3)));
    for (ir::NodeId& part : parts) part = numbers ? number(depth - 1) : condition(depth - 1);
    return parts;
  }

  ir::NodeId condition(int depth) {
    ir::Nodes& n = model.nodes;
    ir::VarId const var = variable();
    std::int64_t const size = model.variables[var].size;
    switch (depth == 0 ? 0 : pick(7)) {
      case 1:
        return n.negation(condition(depth - 1));
      case 2:
        return n.all(several(depth, false));
      case 3:
        return n.any(several(depth, false));
      case 4:
        return n.count(1 + pick(3), several(depth, false));
      case 5:
      case 6:
        return n.at_least(number(depth - 1), pick(20) * scale);
      default:
        return n.atom(var, {{pick(size), pick(size)}, {pick(size), pick(size)}}, size);
    }
  }

  ir::NodeId number(int depth) {
    ir::Nodes& n = model.nodes;
    switch (depth <= 0 ? pick(2) : pick(6)) {
      case 0:
        return n.number(pick(10) * scale);
      case 1:
        return n.reading(variable(), pick(5) * scale, (pick(5) - 2) * scale);
      case 2:
        return n.sum(pick(3) * scale, several(depth, true));
      case 3:
        return n.choose({{condition(depth - 1), number(depth - 1)}, {condition(depth - 1), number(depth - 1)}},
                        number(depth - 1));
      case 4:
        return n.lowest(several(depth, true));
      default:
        return n.highest(several(depth, true));
    }
  }

  std::mt19937 random_;
};

bool at(diagram::Diagram const& d, diagram::Ref ref, std::vector<ir::VarId> const& variables,
        std::vector<std::int64_t> const& codes) {
  while (!ref.is_leaf()) {
    std::int64_t const code = codes[variables[d.position(ref)]];
    for (diagram::Edge const& edge : d.edges(ref))
      if (code <= edge.high) {
        ref = edge.to;
        break;
      }
  }
  return ref == diagram::yes;
}

template <class Visit>
void completions(program::Program const& program, std::vector<std::int64_t>& codes,
                 std::vector<ir::VarId> const& unknown, std::size_t i, Visit& visit) {
  if (i == unknown.size()) {
    visit();
    return;
  }
  for (std::int64_t code = 0; code < program.model->variables[unknown[i]].size; ++code) {
    codes[unknown[i]] = code;
    completions(program, codes, unknown, i + 1, visit);
  }
  codes[unknown[i]] = eval::unknown_code;
}

}  // namespace

TEST_CASE("residual diagrams say what every completion says, and bounds enclose it") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    auto const program = lower(RandomModel(seed).model);
    std::mt19937 random(seed);
    eval::Record record;
    record.codes = {1, 0, 0, 0, 0, 0};
    record.stands_for = {0, 1, 2, 3, 4, 5};
    if (random() % 4 == 0) record.stands_for[5] = 4;  // as `previous X` of somebody without a previous assessment
    if (program->model->variables[4].size != program->model->variables[5].size) record.stands_for[5] = 5;
    std::vector<ir::VarId> unknown;
    for (ir::VarId var = 2; var < 6; ++var) {
      record.codes[var] =
          static_cast<std::int64_t>(random() % static_cast<unsigned>(program->model->variables[var].size));
      if (random() % 3 != 0 && record.stands_for[var] == var) unknown.push_back(var);
    }
    for (ir::VarId const var : unknown) record.codes[var] = eval::unknown_code;
    record.codes[5] = record.stands_for[5] == 4 ? record.codes[4] : record.codes[5];

    std::vector<eval::Bounds> bounds(program->ops.size());
    eval::evaluate_bounds(*program, record.codes.data(), bounds.data(), 0, program->decision_ops);
    eval::Residual residual(*program, record, bounds, 10'000'000);
    std::vector<diagram::Ref> conditions;
    for (program::RuleEffect const& rule : program->rules) conditions.push_back(residual.condition(rule.active));

    std::vector<std::int64_t> codes = record.codes;
    std::vector<std::int64_t> values(program->ops.size());
    std::vector<program::Slot> slots(program->decision_ops);
    std::iota(slots.begin(), slots.end(), 0U);
    auto compare = [&] {
      if (record.stands_for[5] == 4) codes[5] = codes[4];
      eval::evaluate_known(*program, codes.data(), values.data(), slots);
      for (std::size_t slot = 0; slot < program->decision_ops; ++slot) {
        REQUIRE(bounds[slot].low <= values[slot]);
        REQUIRE(values[slot] <= bounds[slot].high);
      }
      for (std::size_t i = 0; i < conditions.size(); ++i)
        REQUIRE(at(residual.diagram(), conditions[i], residual.variables(), codes) ==
                (values[program->rules[i].active] != 0));
    };
    completions(*program, codes, unknown, 0, compare);
  }
}

#include "analyze/boundaries.hpp"

#include <algorithm>
#include <numeric>

#include "ir/words.hpp"

namespace carestep::analyze {
namespace {

using diagram::no;
using diagram::Ref;
using program::Op;
using program::OpKind;
using program::Program;

/// What a number can be, whatever is answered: `base` and whole multiples of `step` more or less.
struct Grid {
  std::int64_t base = 0;
  std::int64_t step = 0;  // 0: `base` alone

  [[nodiscard]] Grid joined(Grid const& other) const {
    return {base, std::gcd(std::gcd(step, other.step), base - other.base)};
  }
  /// The first value of the grid from `bound` on.
  [[nodiscard]] std::int64_t from(std::int64_t bound) const {
    if (step == 0) return base;
    std::int64_t const over = (bound - base) % step;
    return bound + (over == 0 ? 0 : over > 0 ? step - over : -over);
  }
};

class Grids {
 public:
  explicit Grids(Program const& program) : program_(program) {}

  Grid of(program::Slot slot) {
    if (auto const it = known_.find(slot); it != known_.end()) return it->second;
    Grid const grid = build(program_.ops[slot]);
    known_.emplace(slot, grid);
    return grid;
  }

 private:
  Grid build(Op const& op) {
    switch (op.kind) {
      case OpKind::number:
        return {op.value, 0};
      case OpKind::reading:
        return {op.value, std::abs(op.step)};
      case OpKind::sum: {
        Grid grid{op.value, 0};
        for (std::uint32_t i = 0; i < op.count; ++i) {
          Grid const part = of(program_.kids[op.first + i]);
          grid = {grid.base + part.base, std::gcd(grid.step, part.step)};
        }
        return grid;
      }
      case OpKind::choose:
      case OpKind::lowest:
      case OpKind::highest: {
        Grid grid = of(program_.kids[op.first + op.count - 1]);
        for (std::uint32_t i = 0; i < op.count; ++i)
          if (op.kind != OpKind::choose || i % 2 == 1) grid = grid.joined(of(program_.kids[op.first + i]));
        return grid;
      }
      default:
        return {};  // conditions are no numbers
    }
  }

  Program const& program_;
  std::unordered_map<program::Slot, Grid> known_;
};

class Collector {
 public:
  Collector(Space& space, Ref counted) : space_(space), counted_(counted), grids_(space.program()) {}

  void collect(program::Slot slot) {
    Op const& op = space_.program().ops[slot];
    switch (op.kind) {
      case OpKind::member:
        return mask(op);
      case OpKind::range:
        return range(op.var, op.value, op.step);
      case OpKind::ranges:
        for (std::uint32_t i = op.first; i < op.first + op.count; ++i)
          range(op.var, space_.program().ranges[i].low, space_.program().ranges[i].high);
        return;
      case OpKind::at_least:
        return number(space_.program().kids[op.first], op.value);
      case OpKind::negation:
      case OpKind::all:
      case OpKind::any:
      case OpKind::count:
        for (std::uint32_t i = op.first; i < op.first + op.count; ++i) collect(space_.program().kids[i]);
        return;
      default:
        return;
    }
  }

  std::vector<Boundary> take() {
    std::sort(boundaries_.begin(), boundaries_.end());
    boundaries_.erase(std::unique(boundaries_.begin(), boundaries_.end()), boundaries_.end());
    return std::move(boundaries_);
  }

 private:
  void mask(Op const& op) {
    auto const codes = static_cast<std::uint64_t>(op.value);
    for (std::int64_t code = 1; code < space_.program().model->variables[op.var].size; ++code)
      if (((codes >> code) & 1U) != ((codes >> (code - 1)) & 1U)) cut(op.var, code);
  }

  void range(ir::VarId var, std::int64_t low, std::int64_t high) {
    cut(var, low);
    cut(var, high + 1);
  }

  /// Between `code` and the one before.
  void cut(ir::VarId var, std::int64_t code) {
    ir::Variable const& variable = space_.program().model->variables[var];
    ir::InputKind const kind = space_.program().model->inputs[variable.input].kind;
    bool const ordered = kind == ir::InputKind::number || kind == ir::InputKind::scale ||
                         kind == ir::InputKind::level || kind == ir::InputKind::date;
    bool const never = kind == ir::InputKind::date && code == ir::never_code;  // not next to any day
    if (ordered && !never && code > 0 && code < variable.size)
      boundaries_.push_back({{false, var, code - 1}, {false, var, code}});
  }

  void number(program::Slot slot, std::int64_t bound) {
    Ref const reached = space_.at_least(slot, bound);
    Ref const above = space_.diagram().both(counted_, reached);
    Ref const below = space_.without(counted_, reached);
    if (above == no || below == no) return;
    Grid const grid = grids_.of(slot);
    std::int64_t const first = grid.from(bound);
    auto const up_to = [&](std::int64_t steps) {
      return space_.without(above, space_.at_least(slot, first + (steps + 1) * grid.step)) != no;
    };
    auto const down_to = [&](std::int64_t steps) {
      return space_.diagram().both(below, space_.at_least(slot, first - (steps + 1) * grid.step)) != no;
    };
    boundaries_.push_back(
        {{true, slot, first - (fewest(down_to) + 1) * grid.step}, {true, slot, first + fewest(up_to) * grid.step}});
  }

  /// The fewest steps for which it holds; it holds for some number, and for every larger one.
  template <class Holds>
  static std::int64_t fewest(Holds holds) {
    std::int64_t high = 0;
    while (!holds(high)) high = 2 * high + 1;
    std::int64_t low = high / 2;
    while (low < high) {
      std::int64_t const middle = low + (high - low) / 2;
      if (holds(middle))
        high = middle;
      else
        low = middle + 1;
    }
    return high;
  }

  Space& space_;
  Ref counted_;
  Grids grids_;
  std::vector<Boundary> boundaries_;
};

/// Facts and grades turn where their own clauses do.
bool reads_conditions(ir::Model const& model, ir::Clause const& clause) {
  return std::any_of(clause.definitions.begin(), clause.definitions.end(), [&](ir::Index definition) {
    return model.definitions[definition].kind != ir::DefinitionKind::score;
  });
}

std::string value_of(Program const& program, Point const& point) {
  if (!point.number) {
    ir::Model const& model = *program.model;
    return ir::value_words(model.inputs[model.variables[point.of].input], &point.at, std::nullopt);
  }
  return to_string(Decimal{point.at});
}

}  // namespace

bool Point::holds(eval::Evaluation const& evaluation) const {
  return (number ? evaluation.bounds[of].low : evaluation.codes[of]) == at;
}

Ref Point::region(Space& space) const {
  if (number) return space.without(space.at_least(of, at), space.at_least(of, at + 1));
  diagram::Position const position = space.position(of);
  std::vector<diagram::Edge> edges;
  if (at > 0) edges.push_back({at - 1, no});
  edges.push_back({at, diagram::yes});
  if (at < space.diagram().size(position) - 1) edges.push_back({space.diagram().size(position) - 1, no});
  return space.diagram().node(position, edges);
}

std::vector<Boundary> boundaries_of(Space& space, Ref counted, ir::Clause const& clause) {
  if (reads_conditions(*space.program().model, clause)) return {};
  Collector collector(space, counted);
  collector.collect(space.program().slot_of_node[clause.node]);
  return collector.take();
}

std::string boundary_words(Program const& program, ir::Clause const& clause, Boundary const& boundary) {
  ir::Model const& model = *program.model;
  std::string name = clause.words;
  if (!boundary.below.number) {
    ir::Variable const& variable = model.variables[boundary.below.of];
    name = (variable.previous ? "previous " : "") + model.inputs[variable.input].name;
  }
  return name + ": " + value_of(program, boundary.below) + " | " + value_of(program, boundary.above);
}

}  // namespace carestep::analyze

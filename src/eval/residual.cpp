#include "eval/residual.hpp"

#include <algorithm>
#include <map>

namespace carestep::eval {

using diagram::Edge;
using diagram::leaf_position;
using diagram::no;
using diagram::Position;
using diagram::Ref;
using diagram::yes;
using program::Op;
using program::OpKind;
using program::Program;
using program::Slot;

namespace {

std::vector<ir::VarId> unknown_variables(Program const& program, Record const& record) {
  std::vector<ir::VarId> unknown;
  for (std::uint32_t const var : program.decision_vars)
    if (record.codes[var] == unknown_code) unknown.push_back(record.stands_for[var]);
  std::sort(unknown.begin(), unknown.end());
  unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
  return unknown;
}

std::vector<std::int64_t> sizes_of(Program const& program, std::vector<ir::VarId> const& variables) {
  std::vector<std::int64_t> sizes;
  for (ir::VarId const var : variables) sizes.push_back(program.model->variables[var].size);
  return sizes;
}

}  // namespace

Residual::Residual(Program const& program, Record const& record, std::vector<Bounds> const& bounds,
                   std::uint64_t budget)
    : Residual(program, record, bounds, unknown_variables(program, record), budget) {}

Residual::Residual(Program const& program, Record const& record, std::vector<Bounds> const& bounds,
                   std::vector<ir::VarId> order, std::uint64_t budget)
    : program_(program),
      record_(record),
      bounds_(bounds),
      variables_(std::move(order)),
      position_of_(record.codes.size(), leaf_position),
      diagram_(sizes_of(program, variables_), budget),
      conditions_(bounds.size()),
      number_diagrams_(bounds.size()) {
  for (Position at = 0; at < variables_.size(); ++at) position_of_[variables_[at]] = at;
}

std::optional<Position> Residual::position(ir::VarId var) const {
  Position const at = position_of_[record_.stands_for[var]];
  if (at == leaf_position) return std::nullopt;
  return at;
}

Ref Residual::condition(Slot slot) {
  if (bounds_[slot].known()) return bounds_[slot].low != 0 ? yes : no;
  if (!conditions_[slot]) conditions_[slot] = build(slot);
  return *conditions_[slot];
}

Ref Residual::build(Slot slot) {
  Op const& op = program_.ops[slot];
  switch (op.kind) {
    case OpKind::member:
    case OpKind::range:
    case OpKind::ranges:
      return atom(op);
    case OpKind::at_least:
      return at_least(kids(op)[0], op.value);
    case OpKind::negation:
      return diagram_.negation(condition(kids(op)[0]));
    case OpKind::all: {
      Ref result = yes;
      for (Slot const kid : kids(op)) result = diagram_.both(result, condition(kid));
      return result;
    }
    case OpKind::any: {
      Ref result = no;
      for (Slot const kid : kids(op)) result = diagram_.either(result, condition(kid));
      return result;
    }
    case OpKind::count:
      return counted(op);
    case OpKind::constant:
    case OpKind::number:
    case OpKind::reading:
    case OpKind::sum:
    case OpKind::choose:
    case OpKind::lowest:
    case OpKind::highest:
      break;  // constants are known, numbers are no conditions
  }
  return no;
}

Ref Residual::atom(Op const& op) {
  Position const at = *position(op.var);
  std::int64_t const last = diagram_.size(at) - 1;
  std::vector<Edge> edges;
  auto const stretch = [&](std::int64_t low, std::int64_t high) {
    if (low > 0) edges.push_back({low - 1, no});
    edges.push_back({high, yes});
  };
  switch (op.kind) {
    case OpKind::member:
      for (std::int64_t code = 0; code <= last; ++code)
        edges.push_back({code, ((static_cast<std::uint64_t>(op.value) >> code) & 1U) != 0 ? yes : no});
      break;
    case OpKind::range:
      stretch(op.value, op.step);
      break;
    default:
      for (std::uint32_t i = op.first; i < op.first + op.count; ++i)
        stretch(program_.ranges[i].low, program_.ranges[i].high);
  }
  if (edges.back().high < last) edges.push_back({last, no});
  return diagram_.node(at, edges);
}

Ref Residual::counted(Op const& op) {
  // Leaves count the parts that hold, as far as that can matter.
  auto const enough = static_cast<std::uint32_t>(op.value);
  Ref sum = Ref::leaf(0);
  for (Slot const kid : kids(op))
    sum = diagram_.apply(sum, condition(kid),
                         [&](std::uint32_t n, std::uint32_t holds) { return std::min(n + holds, enough); });
  return diagram_.map(sum, [&](std::uint32_t n) { return n == enough ? 1U : 0U; });
}

Ref Residual::code_of(ir::VarId var) {
  Position const at = *position(var);
  std::vector<Edge> edges;
  for (std::int64_t code = 0; code < diagram_.size(at); ++code)
    edges.push_back({code, Ref::leaf(static_cast<std::uint32_t>(code))});
  return diagram_.node(at, edges);
}

// ---- numbers --------------------------------------------------------------------------------------------------------

std::uint32_t Residual::number_leaf(std::int64_t value) {
  auto const [it, added] = number_leaves_.try_emplace(value, static_cast<std::uint32_t>(numbers_.size()));
  if (added) numbers_.push_back(value);
  return it->second;
}

Ref Residual::constant(std::int64_t value) {
  return Ref::leaf(number_leaf(value));
}

Ref Residual::add(Ref a, Ref b) {
  return diagram_.apply(a, b, [&](std::uint32_t x, std::uint32_t y) { return number_leaf(numbers_[x] + numbers_[y]); });
}

Ref Residual::number(Slot slot) {
  if (bounds_[slot].known()) return constant(bounds_[slot].low);
  if (!number_diagrams_[slot]) number_diagrams_[slot] = build_number(slot);
  return *number_diagrams_[slot];
}

Ref Residual::build_number(Slot slot) {
  Op const& op = program_.ops[slot];
  std::span<Slot const> const parts = kids(op);
  switch (op.kind) {
    case OpKind::reading: {
      Position const at = *position(op.var);
      diagram_.step(static_cast<std::uint64_t>(diagram_.size(at)));
      std::vector<Edge> edges;
      for (std::int64_t code = 0; code < diagram_.size(at); ++code)
        edges.push_back({code, constant(op.value + op.step * code)});
      return diagram_.node(at, edges);
    }
    case OpKind::sum: {
      Ref result = constant(op.value);
      for (Slot const part : parts) result = add(result, number(part));
      return result;
    }
    case OpKind::choose: {
      Ref result = number(parts.back());
      for (std::size_t i = parts.size() - 1; i >= 2; i -= 2)
        result = diagram_.choose(condition(parts[i - 2]), number(parts[i - 1]), result);
      return result;
    }
    case OpKind::lowest:
    case OpKind::highest: {
      bool const highest = op.kind == OpKind::highest;
      Ref result = number(parts[0]);
      for (Slot const part : parts.subspan(1))
        result = diagram_.apply(result, number(part), [&](std::uint32_t x, std::uint32_t y) {
          return (numbers_[x] < numbers_[y]) == highest ? y : x;
        });
      return result;
    }
    default:
      return no;  // number constants are known; conditions are no numbers
  }
}

// ---- comparing numbers without spelling out every value
// --------------------------------------------------------------

struct Residual::Comparison {
  std::map<Position, Reading> merged;
  std::vector<Reading> readings;      // by position
  std::vector<Bounds> readings_from;  // what readings i, i + 1, … can add up to
  Ref rest;                           // everything else
  std::unordered_map<std::uint32_t, Bounds> rest_bounds;
  std::map<std::tuple<std::size_t, Ref, std::int64_t>, Ref> done;
};

Ref Residual::at_least(Slot slot, std::int64_t bound) {
  if (bounds_[slot].low >= bound) return yes;
  if (bounds_[slot].high < bound) return no;
  Op const& op = program_.ops[slot];
  switch (op.kind) {
    case OpKind::choose:
      return chosen_at_least(op, bound);
    case OpKind::lowest: {
      Ref result = yes;
      for (Slot const kid : kids(op)) result = diagram_.both(result, at_least(kid, bound));
      return result;
    }
    case OpKind::highest: {
      Ref result = no;
      for (Slot const kid : kids(op)) result = diagram_.either(result, at_least(kid, bound));
      return result;
    }
    default:
      break;
  }
  Comparison comparison;
  comparison.rest = constant(0);
  collect(slot, comparison);
  for (auto const& [at, reading] : comparison.merged)
    if (reading.step != 0)
      comparison.readings.push_back(reading);
    else
      comparison.rest = add(comparison.rest, constant(reading.base));
  comparison.readings_from.assign(comparison.readings.size() + 1, Bounds{});
  for (std::size_t i = comparison.readings.size(); i-- > 0;) {
    Reading const& reading = comparison.readings[i];
    std::int64_t const end = reading.base + reading.step * (diagram_.size(reading.at) - 1);
    Bounds const after = comparison.readings_from[i + 1];
    comparison.readings_from[i] = {after.low + std::min(reading.base, end), after.high + std::max(reading.base, end)};
  }
  return compare(comparison, 0, comparison.rest, bound);
}

Ref Residual::chosen_at_least(Op const& op, std::int64_t bound) {
  std::span<Slot const> const parts = kids(op);
  Ref result = at_least(parts.back(), bound);
  for (std::size_t i = parts.size() - 1; i >= 2; i -= 2) {
    Ref const condition_ref = condition(parts[i - 2]);
    Ref const here = diagram_.both(condition_ref, at_least(parts[i - 1], bound));
    result = diagram_.either(here, diagram_.both(diagram_.negation(condition_ref), result));
  }
  return result;
}

void Residual::collect(Slot slot, Comparison& comparison) {
  Op const& op = program_.ops[slot];
  if (bounds_[slot].known()) {
    comparison.rest = add(comparison.rest, constant(bounds_[slot].low));
  } else if (op.kind == OpKind::sum) {
    comparison.rest = add(comparison.rest, constant(op.value));
    for (Slot const kid : kids(op)) collect(kid, comparison);
  } else if (op.kind == OpKind::reading) {
    Position const at = *position(op.var);
    Reading& reading = comparison.merged[at];
    reading = {at, reading.base + op.value, reading.step + op.step};
  } else {
    comparison.rest = add(comparison.rest, number(slot));
  }
}

/// Whether readings `next`, `next + 1`, … and `rest` add up to at least `need`.
Ref Residual::compare(Comparison& c, std::size_t next, Ref rest, std::int64_t need) {
  auto const bounds_of_rest = [&](auto& self, Ref ref) -> Bounds {
    if (ref.is_leaf()) return {numbers_[ref.value()], numbers_[ref.value()]};
    if (auto const it = c.rest_bounds.find(ref.bits); it != c.rest_bounds.end()) return it->second;
    Bounds all{INT64_MAX, INT64_MIN};
    for (Edge const& edge : diagram_.edges(ref)) {
      Bounds const one = self(self, edge.to);
      all = {std::min(all.low, one.low), std::max(all.high, one.high)};
    }
    c.rest_bounds.emplace(ref.bits, all);
    return all;
  };
  Bounds const total = bounds_of_rest(bounds_of_rest, rest);
  Bounds const readings = c.readings_from[next];
  if (total.low + readings.low >= need) return yes;
  if (total.high + readings.high < need) return no;
  auto const key = std::tuple(next, rest, need);
  if (auto const it = c.done.find(key); it != c.done.end()) return it->second;
  diagram_.step();

  Position const rest_at = diagram_.position(rest);
  Position const reading_at = next < c.readings.size() ? c.readings[next].at : leaf_position;
  Position const at = std::min(rest_at, reading_at);
  std::vector<Edge> edges;
  std::size_t i = 0;
  for (std::int64_t low = 0; low < diagram_.size(at);) {
    Edge const edge = rest_at == at ? diagram_.edges(rest)[i++] : Edge{diagram_.size(at) - 1, rest};
    if (reading_at != at) {
      edges.push_back({edge.high, compare(c, next, edge.to, need)});
    } else {
      Reading const& reading = c.readings[next];
      Bounds const below = bounds_of_rest(bounds_of_rest, edge.to);
      Bounds const after = c.readings_from[next + 1];
      diagram_.step(static_cast<std::uint64_t>(edge.high - low) / 16);
      for (std::int64_t code = low; code <= edge.high; ++code) {
        std::int64_t const left = need - (reading.base + reading.step * code);
        if (below.low + after.low >= left) {
          edges.push_back({code, yes});
        } else if (below.high + after.high < left) {
          edges.push_back({code, no});
        } else {
          edges.push_back({code, compare(c, next + 1, edge.to, left)});
        }
      }
    }
    low = edge.high + 1;
  }
  Ref const result = diagram_.node(at, edges);
  c.done.emplace(key, result);
  return result;
}

}  // namespace carestep::eval

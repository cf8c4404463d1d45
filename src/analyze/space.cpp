#include "analyze/space.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_set>

#include "eval/decide.hpp"
#include "program/assessment_access.hpp"

namespace carestep::analyze {

using diagram::Edge;
using diagram::leaf_position;
using diagram::no;
using diagram::Position;
using diagram::Ref;
using diagram::yes;
using program::Program;

namespace {

eval::Record empty_record(Program const& program, bool with_previous) {
  // Borrowed for the length of this call: the record keeps codes only.
  std::shared_ptr<Program const> const borrowed(std::shared_ptr<void>(), &program);
  Assessment assessment = AssessmentAccess::make(borrowed, Date{});
  AssessmentAccess::previous(assessment) = with_previous ? Assessment::Previous::given : Assessment::Previous::none;
  eval::Record record;
  eval::prepare(program, assessment, record);
  return record;
}

std::vector<eval::Bounds> bounds_of(Program const& program, eval::Record const& record) {
  std::vector<eval::Bounds> bounds(program.ops.size());
  eval::evaluate_bounds(program, record.codes.data(), bounds.data(), 0, program.ops.size());
  return bounds;
}

std::vector<ir::VarId> standing_for_themselves(std::vector<ir::VarId> const& order, eval::Record const& record) {
  std::vector<ir::VarId> own;
  std::copy_if(order.begin(), order.end(), std::back_inserter(own),
               [&](ir::VarId var) { return record.stands_for[var] == var && record.codes[var] == eval::unknown_code; });
  return own;
}

bool stand_for_themselves(eval::Record const& record) {
  for (ir::VarId var = 0; var < record.stands_for.size(); ++var)
    if (record.stands_for[var] != var) return false;
  return true;
}

class Projection {
 public:
  Projection(diagram::Diagram& diagram, std::vector<bool> kept) : diagram_(diagram), kept_(std::move(kept)) {}

  Ref of(Ref ref) {
    if (ref.is_leaf()) return ref;
    if (auto const it = done_.find(ref.bits); it != done_.end()) return it->second;
    diagram_.step();
    Position const at = diagram_.position(ref);
    auto const there = diagram_.edges(ref);
    std::vector<Edge> edges(there.begin(), there.end());
    Ref result = no;
    if (kept_[at]) {
      for (Edge& edge : edges) edge.to = of(edge.to);
      result = diagram_.node(at, edges);
    } else {
      for (Edge const& edge : edges) result = diagram_.either(result, of(edge.to));
    }
    done_.emplace(ref.bits, result);
    return result;
  }

 private:
  diagram::Diagram& diagram_;
  std::vector<bool> kept_;
  std::unordered_map<std::uint32_t, Ref> done_;
};

class Restriction {
 public:
  Restriction(diagram::Diagram& diagram, Position at, std::int64_t code) : diagram_(diagram), at_(at), code_(code) {}

  Ref of(Ref ref) {
    Position const at = diagram_.position(ref);
    if (at > at_) return ref;
    if (at == at_) return chosen(ref);
    if (auto const it = done_.find(ref.bits); it != done_.end()) return it->second;
    diagram_.step();
    auto const there = diagram_.edges(ref);
    std::vector<Edge> edges(there.begin(), there.end());
    for (Edge& edge : edges) edge.to = of(edge.to);
    Ref const result = diagram_.node(at, edges);
    done_.emplace(ref.bits, result);
    return result;
  }

 private:
  [[nodiscard]] Ref chosen(Ref ref) const {
    auto const edges = diagram_.edges(ref);
    return std::find_if(edges.begin(), edges.end(), [&](Edge const& edge) { return edge.high >= code_; })->to;
  }

  diagram::Diagram& diagram_;
  Position at_;
  std::int64_t code_;
  std::unordered_map<std::uint32_t, Ref> done_;
};

}  // namespace

std::vector<ir::VarId> variables_read(Program const& program, std::vector<program::Slot> const& slots) {
  std::vector<bool> seen(program.ops.size(), false);
  std::vector<bool> read(program.model->variables.size(), false);
  std::vector<program::Slot> pending = slots;
  while (!pending.empty()) {
    program::Slot const slot = pending.back();
    pending.pop_back();
    if (seen[slot]) continue;
    seen[slot] = true;
    program::Op const& op = program.ops[slot];
    switch (op.kind) {
      case program::OpKind::member:
      case program::OpKind::range:
      case program::OpKind::ranges:
      case program::OpKind::reading:
        read[op.var] = true;
        break;
      default:
        for (std::uint32_t i = op.first; i < op.first + op.count; ++i) pending.push_back(program.kids[i]);
    }
  }
  std::vector<ir::VarId> variables;
  for (ir::VarId var = 0; var < read.size(); ++var)
    if (read[var]) variables.push_back(var);
  return variables;
}

Questions inputs_of(ir::Model const& model, std::vector<ir::VarId> const& variables) {
  Questions inputs;
  for (ir::VarId const var : variables) {
    ir::Variable const& variable = model.variables[var];
    inputs.push_back({{variable.input}, variable.previous});
  }
  std::sort(inputs.begin(), inputs.end());
  inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
  return inputs;
}

Questions united(Questions const& a, Questions const& b) {
  Questions all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

bool reads_previous(Questions const& questions) {
  return std::any_of(questions.begin(), questions.end(), [](Question const& q) { return q.previous; });
}

Space::Space(Program const& program, bool with_previous, std::vector<ir::VarId> const& order)
    : Space(program, with_previous, empty_record(program, with_previous), order) {}

Space::Space(Program const& program, eval::Record const& known, std::vector<ir::VarId> const& order)
    : Space(program, stand_for_themselves(known), known, order) {}

Space::Space(Program const& program, bool with_previous, eval::Record known, std::vector<ir::VarId> const& order)
    : program_(program),
      with_previous_(with_previous),
      record_(std::move(known)),
      bounds_(bounds_of(program, record_)),
      residual_(program, record_, bounds_, standing_for_themselves(order, record_), 0) {}

bool Space::contains(Ref region, std::vector<std::int64_t> const& codes) const {
  while (!region.is_leaf()) {
    std::int64_t const code = codes[variables()[diagram().position(region)]];
    auto const edges = diagram().edges(region);
    region = std::find_if(edges.begin(), edges.end(), [&](Edge const& edge) { return edge.high >= code; })->to;
  }
  return region != no;
}

Ref Space::possible() {
  counted();
  return possible_;
}

Ref Space::counted() {
  if (known_) return counted_;
  diagram::Diagram& d = diagram();
  Ref possible = yes;
  for (program::Slot const slot : program_.impossible) possible = without(possible, condition(slot));
  counted_ = d.both(possible, condition(program_.applies));
  possible_ = possible;
  known_ = true;
  return counted_;
}

std::vector<bool> Space::positions_of(Questions const& questions) const {
  std::vector<bool> filled(variables().size(), false);
  for (Question const& question : questions) {
    ir::Input const& input = program_.model->inputs[question.input.index];
    ir::VarId const first = question.previous ? input.first_previous_var : input.first_var;
    for (ir::VarId var = first; var < first + input.width; ++var) filled[position(var)] = true;
  }
  return filled;
}

Ref Space::with_codes(Position at, std::int64_t low, std::int64_t high) {
  std::vector<Edge> edges;
  if (low > 0) edges.push_back({low - 1, no});
  edges.push_back({high, yes});
  if (high + 1 < diagram().size(at)) edges.push_back({diagram().size(at) - 1, no});
  return diagram().node(at, edges);
}

Ref Space::restricted(Ref ref, Position at, std::int64_t code) {
  return Restriction(diagram(), at, code).of(ref);
}

std::vector<std::int64_t> Space::stretches(Position at, std::vector<Ref> const& refs) const {
  std::set<std::int64_t> ends{diagram().size(at) - 1};
  std::unordered_set<std::uint32_t> seen;
  std::vector<Ref> pending = refs;
  while (!pending.empty()) {
    Ref const ref = pending.back();
    pending.pop_back();
    if (diagram().position(ref) > at || !seen.insert(ref.bits).second) continue;
    for (Edge const& edge : diagram().edges(ref))
      if (diagram().position(ref) == at)
        ends.insert(edge.high);
      else
        pending.push_back(edge.to);
  }
  return {ends.begin(), ends.end()};
}

Ref Space::transferred(Space const& from, Ref ref) {
  std::unordered_map<std::uint32_t, Ref> done;
  auto const move = [&](auto& self, Ref one) -> Ref {
    if (one.is_leaf()) return one;
    if (auto const it = done.find(one.bits); it != done.end()) return it->second;
    diagram().step();
    std::vector<Edge> edges;
    for (Edge const& edge : from.diagram().edges(one)) edges.push_back({edge.high, self(self, edge.to)});
    Ref const result = diagram().node(position(from.variables()[from.diagram().position(one)]), edges);
    done.emplace(one.bits, result);
    return result;
  };
  return move(move, ref);
}

Ref Space::projected(Ref region, Questions const& onto) {
  return Projection(diagram(), positions_of(onto)).of(region);
}

}  // namespace carestep::analyze

#include <algorithm>

#include "batch/circuit.hpp"
#include "batch/planes.hpp"

namespace carestep::batch {
namespace {

constexpr std::uint32_t nowhere = ~std::uint32_t{0};

/// Gates to steps: a conjunction takes in the conjunctions that only it reads, and memory is used again as soon as it
/// is free, so that the planes at work stay in the nearest cache.
class Scheduler {
 public:
  Scheduler(Circuit const& circuit, std::vector<Wire> const& outputs, std::size_t inputs)
      : gates_(circuit.gates()), outputs_(outputs), inputs_(inputs), readers_(gates_.size(), 0) {}

  Schedule run() {
    count_readers();
    fuse();
    order();
    find_last_uses();
    for (std::size_t i = 0; i < operations_.size(); ++i) emit(i);
    for (Wire const wire : outputs_) schedule_.outputs.push_back(output(wire));
    std::sort(schedule_.used.begin(), schedule_.used.end());
    schedule_.used.erase(std::unique(schedule_.used.begin(), schedule_.used.end()), schedule_.used.end());
    schedule_.planes = inputs_ + memory_;
    return std::move(schedule_);
  }

 private:
  struct Operation {
    std::uint32_t gate = 0;
    bool differ = false;
    /// A conjunction, and up to two whose negations stand beside it.
    std::array<std::vector<Wire>, 3> parts;

    [[nodiscard]] bool fits() const { return has_shape(size(0), size(1), size(2)); }
    [[nodiscard]] unsigned size(std::size_t part) const { return static_cast<unsigned>(parts[part].size()); }
    template <class Do>
    void each(Do with) const {
      for (std::vector<Wire> const& part : parts)
        for (Wire const wire : part) with(wire);
    }
  };

  void count_readers() {
    std::vector<std::uint32_t> pending;
    std::vector<bool> seen(gates_.size(), false);
    auto const read = [&](Wire wire) {
      ++readers_[wire.gate()];
      if (!seen[wire.gate()]) pending.push_back(wire.gate());
      seen[wire.gate()] = true;
    };
    for (Wire const wire : outputs_) {
      read(wire);
      ++readers_[wire.gate()];  // an output is never taken into another gate
    }
    while (!pending.empty()) {
      Circuit::Gate const gate = gates_[pending.back()];
      pending.pop_back();
      if (gate.kind != Circuit::Kind::both && gate.kind != Circuit::Kind::differ) continue;
      read(gate.a);
      read(gate.b);
    }
  }

  void fuse() {
    taken_in_.assign(gates_.size(), false);
    for (std::size_t g = gates_.size(); g-- > 0;) {
      if (readers_[g] == 0 || taken_in_[g]) continue;
      Circuit::Gate const gate = gates_[g];
      if (gate.kind != Circuit::Kind::both && gate.kind != Circuit::Kind::differ) continue;
      Operation operation{static_cast<std::uint32_t>(g), gate.kind == Circuit::Kind::differ, {}};
      operation.parts[0] = {gate.a, gate.b};
      if (!operation.differ) {
        take_in(operation, 0);
        take_in_negated(operation);
      }
      operations_.push_back(std::move(operation));
    }
  }

  /// Each right before the first that reads it, so that few planes are at work at a time.
  void order() {
    std::vector<std::uint32_t> made_by(gates_.size(), nowhere);
    for (std::uint32_t i = 0; i < operations_.size(); ++i) made_by[operations_[i].gate] = i;
    std::vector<Operation> ordered;
    std::vector<std::uint32_t> pending;
    auto const need = [&](Wire wire) {
      if (made_by[wire.gate()] != nowhere) pending.push_back(wire.gate());
    };
    for (Wire const wire : outputs_) {
      need(wire);
      while (!pending.empty()) {
        std::uint32_t const gate = pending.back();
        std::size_t const waiting = pending.size();
        if (made_by[gate] != nowhere) operations_[made_by[gate]].each(need);
        if (pending.size() > waiting) continue;
        pending.pop_back();
        if (made_by[gate] == nowhere) continue;
        ordered.push_back(std::move(operations_[made_by[gate]]));
        made_by[gate] = nowhere;
      }
    }
    operations_ = std::move(ordered);
  }

  /// Whether nothing else reads the conjunction.
  [[nodiscard]] bool may_take_in(Wire wire) const {
    return gates_[wire.gate()].kind == Circuit::Kind::both && readers_[wire.gate()] == 1;
  }

  /// Conjunctions within a conjunction.
  void take_in(Operation& operation, std::size_t part) {
    std::vector<Wire>& wires = operation.parts[part];
    for (std::size_t i = 0; i < wires.size();) {
      Wire const wire = wires[i];
      Operation tried = operation;
      tried.parts[part][i] = gates_[wire.gate()].a;
      tried.parts[part].push_back(gates_[wire.gate()].b);
      if (wire.negated() || !may_take_in(wire) || !tried.fits()) {
        ++i;
        continue;
      }
      taken_in_[wire.gate()] = true;
      operation = std::move(tried);
    }
  }

  /// Conjunctions of which the negation is read.
  void take_in_negated(Operation& operation) {
    for (std::size_t part = 1; part < operation.parts.size(); ++part)
      for (std::size_t i = 0; i < operation.parts[0].size() && operation.parts[part].empty(); ++i) {
        Wire const wire = operation.parts[0][i];
        Operation tried = operation;
        tried.parts[0].erase(tried.parts[0].begin() + static_cast<std::ptrdiff_t>(i));
        tried.parts[part] = {gates_[wire.gate()].a, gates_[wire.gate()].b};
        if (!wire.negated() || !may_take_in(wire) || !tried.fits()) continue;
        taken_in_[wire.gate()] = true;
        operation = std::move(tried);
        take_in(operation, part);
      }
  }

  void find_last_uses() {
    last_use_.assign(gates_.size(), 0);
    for (std::size_t i = 0; i < operations_.size(); ++i)
      operations_[i].each([&](Wire wire) { last_use_[wire.gate()] = i; });
    for (Wire const wire : outputs_) last_use_[wire.gate()] = operations_.size();
    place_.assign(gates_.size(), nowhere);
  }

  std::uint32_t plane_of(Wire wire) {
    Circuit::Gate const gate = gates_[wire.gate()];
    if (gate.kind != Circuit::Kind::input) return place_[wire.gate()];
    schedule_.used.push_back(gate.a.bits);
    return gate.a.bits;
  }

  std::uint32_t memory() {
    if (free_.empty()) return static_cast<std::uint32_t>(inputs_ + memory_++);
    std::uint32_t const plane = free_.back();
    free_.pop_back();
    return plane;
  }

  void emit(std::size_t i) {
    Operation& operation = operations_[i];
    Shape shape;
    shape.difference = operation.differ;
    std::array<Shape::Conjunction*, 3> const counts = {&shape.all, &shape.not_one, &shape.not_other};
    for (std::size_t part = 0; part < counts.size(); ++part) {
      std::vector<Wire>& wires = operation.parts[part];
      auto const negated = std::stable_partition(wires.begin(), wires.end(), [](Wire wire) { return !wire.negated(); });
      *counts[part] = {static_cast<std::uint8_t>(negated - wires.begin()),
                       static_cast<std::uint8_t>(wires.end() - negated)};
    }
    if (shape.not_other > shape.not_one) {
      std::swap(shape.not_one, shape.not_other);
      std::swap(operation.parts[1], operation.parts[2]);
    }
    Step step;
    step.shape = static_cast<std::uint32_t>(std::find(shapes.begin(), shapes.end(), shape) - shapes.begin());
    std::size_t count = 0;
    operation.each([&](Wire wire) { step.from[count++] = plane_of(wire); });
    operation.each([&](Wire wire) {
      std::uint32_t& place = place_[wire.gate()];
      if (last_use_[wire.gate()] != i || place == nowhere) return;
      free_.push_back(place);
      place = nowhere;
    });
    step.to = place_[operation.gate] = memory();
    schedule_.steps.push_back(step);
  }

  Output output(Wire wire) {
    if (gates_[wire.gate()].kind == Circuit::Kind::constant) return {true, wire == high, 0};
    return {false, wire.negated(), plane_of(wire)};
  }

  std::vector<Circuit::Gate> const& gates_;
  std::vector<Wire> const& outputs_;
  std::size_t inputs_;
  std::vector<std::uint32_t> readers_;
  std::vector<bool> taken_in_;
  std::vector<Operation> operations_;
  std::vector<std::size_t> last_use_;
  std::vector<std::uint32_t> place_;
  std::vector<std::uint32_t> free_;
  std::uint32_t memory_ = 0;
  Schedule schedule_;
};

}  // namespace

Schedule schedule(Circuit const& circuit, std::vector<Wire> const& outputs, std::size_t inputs) {
  return Scheduler(circuit, outputs, inputs).run();
}

}  // namespace carestep::batch

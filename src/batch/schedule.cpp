#include <algorithm>

#include "batch/circuit.hpp"
#include "batch/planes.hpp"

namespace carestep::batch {
namespace {

constexpr std::uint32_t nowhere = ~std::uint32_t{0};

/// Gates to steps: a conjunction takes in the conjunctions that only it reads, as they are or negated, and memory is
/// used again as soon as it is free, so that the planes at work stay in the nearest cache.
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
    /// A conjunction, and those whose negations stand beside it; or the two that differ.
    std::vector<std::vector<Wire>> parts;

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
      Operation operation{static_cast<std::uint32_t>(g), gate.kind == Circuit::Kind::differ, {{gate.a, gate.b}}};
      if (!operation.differ) {
        take_in(operation.parts[0]);
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
  void take_in(std::vector<Wire>& wires) {
    for (std::size_t i = 0; i < wires.size();) {
      Circuit::Gate const gate = gates_[wires[i].gate()];
      if (wires[i].negated() || !may_take_in(wires[i])) {
        ++i;
        continue;
      }
      taken_in_[wires[i].gate()] = true;
      wires[i] = gate.a;
      wires.push_back(gate.b);
    }
  }

  /// Conjunctions of which the negation is read.
  void take_in_negated(Operation& operation) {
    std::vector<Wire> rest;
    for (Wire const wire : operation.parts[0]) {
      if (!wire.negated() || !may_take_in(wire)) {
        rest.push_back(wire);
        continue;
      }
      taken_in_[wire.gate()] = true;
      Circuit::Gate const gate = gates_[wire.gate()];
      operation.parts.push_back({gate.a, gate.b});
      take_in(operation.parts.back());
    }
    operation.parts[0] = std::move(rest);
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
    std::vector<std::uint32_t>& code = schedule_.steps.code;
    std::size_t const to = code.size();
    code.push_back(nowhere);
    code.push_back(operation.differ ? 0 : static_cast<std::uint32_t>(operation.parts.size()));
    for (std::vector<Wire>& wires : operation.parts) {
      auto const negated = std::stable_partition(wires.begin(), wires.end(), [](Wire wire) { return !wire.negated(); });
      if (!operation.differ) {
        code.push_back(static_cast<std::uint32_t>(negated - wires.begin()));
        code.push_back(static_cast<std::uint32_t>(wires.end() - negated));
      }
      for (Wire const wire : wires) code.push_back(plane_of(wire));
    }
    operation.each([&](Wire wire) {
      std::uint32_t& place = place_[wire.gate()];
      if (last_use_[wire.gate()] != i || place == nowhere) return;
      free_.push_back(place);
      place = nowhere;
    });
    code[to] = place_[operation.gate] = memory();
    ++schedule_.steps.count;
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

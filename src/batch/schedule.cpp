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
    std::vector<Wire> from;
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
    std::vector<bool> taken_in(gates_.size(), false);
    for (std::size_t g = gates_.size(); g-- > 0;) {
      if (readers_[g] == 0 || taken_in[g]) continue;
      Circuit::Gate const gate = gates_[g];
      if (gate.kind == Circuit::Kind::differ)
        operations_.push_back({static_cast<std::uint32_t>(g), true, {gate.a, gate.b}});
      if (gate.kind != Circuit::Kind::both) continue;
      Operation operation{static_cast<std::uint32_t>(g), false, {gate.a, gate.b}};
      for (std::size_t i = 0; i < operation.from.size() && operation.from.size() < Step::most;) {
        Wire const wire = operation.from[i];
        Circuit::Gate const inner = gates_[wire.gate()];
        if (wire.negated() || inner.kind != Circuit::Kind::both || readers_[wire.gate()] != 1) {
          ++i;
          continue;
        }
        taken_in[wire.gate()] = true;
        operation.from[i] = inner.a;
        operation.from.push_back(inner.b);
      }
      operations_.push_back(std::move(operation));
    }
    std::reverse(operations_.begin(), operations_.end());
  }

  void find_last_uses() {
    last_use_.assign(gates_.size(), 0);
    for (std::size_t i = 0; i < operations_.size(); ++i)
      for (Wire const wire : operations_[i].from) last_use_[wire.gate()] = i;
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
    std::stable_partition(operation.from.begin(), operation.from.end(), [](Wire wire) { return !wire.negated(); });
    Step step;
    for (std::size_t k = 0; k < operation.from.size(); ++k) {
      step.from[k] = plane_of(operation.from[k]);
      ++(operation.from[k].negated() ? step.negated : step.plain);
    }
    if (operation.differ) step.negated = difference;
    for (Wire const wire : operation.from) {
      std::uint32_t& place = place_[wire.gate()];
      if (last_use_[wire.gate()] == i && place != nowhere) {
        free_.push_back(place);
        place = nowhere;
      }
    }
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

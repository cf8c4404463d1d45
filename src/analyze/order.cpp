// The order of the variables decides how large the diagrams become. Conditions that read the same few inputs should
// find them close together: inputs are drawn, again and again, to the middle of what is read with them (the FORCE
// heuristic of Aloul, Markov and Sakallah), and the arrangement with the shortest conditions wins.

#include <algorithm>
#include <numeric>

#include "analyze/space.hpp"

namespace carestep::analyze {
namespace {

using program::Program;

/// An arrangement of the inputs, present and previous; `edges` are the sets of inputs that are read together.
class Arrangement {
 public:
  Arrangement(std::vector<std::vector<std::uint32_t>> edges, std::size_t inputs)
      : edges_(std::move(edges)), place_(inputs), order_(inputs) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::iota(place_.begin(), place_.end(), 0U);
  }

  std::vector<std::uint32_t> best() {
    std::vector<std::uint32_t> best = order_;
    std::uint64_t shortest = length();
    for (int round = 0; round < rounds; ++round) {
      draw_together();
      if (std::uint64_t const now = length(); now < shortest) {
        shortest = now;
        best = order_;
      }
    }
    return best;
  }

 private:
  static constexpr int rounds = 50;

  /// How far the conditions reach, all together.
  [[nodiscard]] std::uint64_t length() const {
    std::uint64_t total = 0;
    for (auto const& edge : edges_) {
      auto const [low, high] = std::minmax_element(
          edge.begin(), edge.end(), [&](std::uint32_t a, std::uint32_t b) { return place_[a] < place_[b]; });
      total += place_[*high] - place_[*low];
    }
    return total;
  }

  void draw_together() {
    // Whole numbers: sums of places and how many, compared by cross-multiplication.
    std::vector<std::uint64_t> sum(order_.size(), 0);
    std::vector<std::uint64_t> number(order_.size(), 0);
    for (auto const& edge : edges_) {
      std::uint64_t middle = 0;
      for (std::uint32_t const input : edge) middle += place_[input];
      middle = middle * precision / edge.size();
      for (std::uint32_t const input : edge) {
        sum[input] += middle;
        ++number[input];
      }
    }
    auto const wanted = [&](std::uint32_t input) {
      return number[input] == 0 ? std::uint64_t{place_[input]} * precision : sum[input] / number[input];
    };
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return wanted(a) < wanted(b); });
    for (std::uint32_t i = 0; i < order_.size(); ++i) place_[order_[i]] = i;
  }

  static constexpr std::uint64_t precision = 1024;

  std::vector<std::vector<std::uint32_t>> edges_;
  std::vector<std::uint32_t> place_;
  std::vector<std::uint32_t> order_;
};

/// Every condition that decisions read.
std::vector<program::Slot> conditions(Program const& program) {
  std::vector<program::Slot> slots = program.impossible;
  slots.push_back(program.applies);
  for (auto const& rule : program.rules) slots.push_back(rule.active);
  for (auto const& criterion : program.criteria) slots.push_back(criterion.holds);
  for (auto const& step : program.steps) slots.push_back(step.open);
  for (auto const& line : program.discharges) slots.push_back(line.open);
  return slots;
}

}  // namespace

std::vector<ir::VarId> variable_order(Program const& program) {
  ir::Model const& model = *program.model;
  // Input i stands at 2 i, its previous answer at 2 i + 1: they start as neighbours, and stay so where they are
  // compared.
  auto const place_of = [](Question const& q) { return 2 * q.input.index + (q.previous ? 1U : 0U); };
  std::vector<std::vector<std::uint32_t>> edges;
  for (program::Slot const slot : conditions(program)) {
    std::vector<std::uint32_t> edge;
    for (Question const& question : inputs_of(model, variables_read(program, {slot})))
      if (question.input.index != ir::current_level_var) edge.push_back(place_of(question));
    if (edge.size() > 1) edges.push_back(std::move(edge));
  }
  std::vector<ir::VarId> order{ir::current_level_var};
  for (std::uint32_t const place : Arrangement(std::move(edges), 2 * model.inputs.size()).best()) {
    ir::Input const& input = model.inputs[place / 2];
    bool const previous = place % 2 == 1;
    if (place / 2 == ir::current_level_var || (previous && input.first_previous_var == 0)) continue;
    ir::VarId const first = previous ? input.first_previous_var : input.first_var;
    for (ir::VarId var = first; var < first + input.width; ++var) order.push_back(var);
  }
  return order;
}

}  // namespace carestep::analyze

#pragma once

// How the answers to one input become codes: what setters and readers ask for every answer, close together.

#include <bit>
#include <cstdint>
#include <vector>

#include "ir/model.hpp"

namespace carestep::program {

/// From a number to its code, which is what lies above the lowest number divided by the step. The division is exact or
/// the number is not allowed, so it is a multiplication by the inverse of the step's odd part and a rotation by its
/// power of two.
struct NumberSteps {
  std::uint64_t low = 0;
  std::uint64_t inverse = 0;
  int twos = 0;

  static NumberSteps of(ir::Input const& input) {
    auto const step = static_cast<std::uint64_t>(input.step.scaled);
    int const twos = std::countr_zero(step);
    return {static_cast<std::uint64_t>(input.low.scaled), inverse_of(step >> static_cast<unsigned>(twos)), twos};
  }

  /// The code of a decimal scaled by 10^8; beyond the highest code where the number is out of range or off its step.
  [[nodiscard]] std::uint64_t code(std::uint64_t scaled) const { return std::rotr((scaled - low) * inverse, twos); }

 private:
  /// Of an odd number, modulo 2^64: each step doubles the bits that are right, and three are to begin with.
  static std::uint64_t inverse_of(std::uint64_t odd) {
    std::uint64_t inverse = odd;
    for (int i = 0; i < 5; ++i) inverse *= 2 - odd * inverse;
    return inverse;
  }
};

struct InputForm {
  ir::InputKind kind = ir::InputKind::yes_no;
  bool or_never = false;
  std::uint32_t width = 1;
  ir::VarId first_var = 0;
  ir::VarId first_previous_var = 0;  // 0 for the built-in inputs, which have none
  std::uint64_t most = 0;            // the highest code
  NumberSteps number;
};

inline InputForm form_of(ir::Input const& input, std::int64_t size) {
  return {.kind = input.kind,
          .or_never = input.or_never,
          .width = input.width,
          .first_var = input.first_var,
          .first_previous_var = input.first_previous_var,
          .most = static_cast<std::uint64_t>(size - 1),
          .number = input.kind == ir::InputKind::number ? NumberSteps::of(input) : NumberSteps{}};
}

/// As Model::inputs.
inline std::vector<InputForm> input_forms(ir::Model const& model) {
  std::vector<InputForm> forms;
  for (ir::Input const& input : model.inputs) forms.push_back(form_of(input, model.variables[input.first_var].size));
  return forms;
}

}  // namespace carestep::program

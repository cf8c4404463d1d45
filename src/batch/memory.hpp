#pragma once

#include <vector>

#include "batch/columns.hpp"

namespace carestep::batch {

/// Planes of one block at work, and where each plane of a schedule stands.
class Memory {
 public:
  void place(std::size_t planes) {
    words_.resize(planes * block_words);
    places_.resize(planes);
    for (std::size_t i = 0; i < planes; ++i) places_[i] = words_.data() + i * block_words;
  }
  /// An input that stands elsewhere: steps never write to inputs.
  void stand(std::size_t input, std::uint64_t const* plane) { places_[input] = const_cast<std::uint64_t*>(plane); }
  [[nodiscard]] std::uint64_t const* plane(std::size_t i) const { return places_[i]; }
  [[nodiscard]] std::uint64_t* const* places() const { return places_.data(); }

  /// A word of an output that is not constant.
  [[nodiscard]] std::uint64_t word(Output const& output, std::size_t word) const {
    if (output.constant) return output.negated ? ~std::uint64_t{0} : 0;
    return output.negated ? ~places_[output.plane][word] : places_[output.plane][word];
  }
  /// Adds an output as a digit of a number.
  void add_digit(Output const& output, unsigned value, Digits& digits) const {
    if (output.negated) digits.base = static_cast<std::uint16_t>(digits.base + value);
    if (!output.constant)
      digits.add(places_[output.plane], static_cast<std::uint16_t>(output.negated ? 0 - value : value));
  }

 private:
  PlaneWords words_;
  std::vector<std::uint64_t*> places_;
};

}  // namespace carestep::batch

#pragma once

// The loops over records, compiled for every instruction set that the machine may have and chosen at run time; the same
// bits out of each. Only kernels.cpp sees the SIMD library.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "batch/planes.hpp"

namespace carestep::batch {

/// What the values of a column are in memory.
enum class Raw : std::uint8_t { bits, u8, i8, u16, i16, u32, i32 };

constexpr std::size_t bytes_of(Raw raw) {
  switch (raw) {
    case Raw::bits:
      return 0;
    case Raw::u8:
    case Raw::i8:
      return 1;
    case Raw::u16:
    case Raw::i16:
      return 2;
    case Raw::u32:
    case Raw::i32:
      break;
  }
  return 4;
}

/// One pass over a column makes up to so many planes.
inline constexpr std::size_t most_tests = 4;

/// Which records of a block have a value of at least each bound. `values`: of a whole block; each plane: block_words
/// words. Whether no value is above `high`.
bool find_at_least(Raw raw, void const* values, std::span<std::int64_t const> bounds, std::uint64_t* const* planes,
                   std::int64_t high);
/// Bits of value - offset, likewise.
bool find_bits(Raw raw, void const* values, std::int64_t offset, std::span<unsigned const> bits,
               std::uint64_t* const* planes, std::int64_t high);
/// Whether every value lies within the bounds.
bool all_within(Raw raw, void const* values, std::int64_t low, std::int64_t high);

/// Takes the steps on one block. `planes`: where each plane of the schedule stands.
void take_steps(std::span<Step const> steps, std::uint64_t* const* planes);

/// One byte a record: the number whose bits are the planes, less `less`.
void to_bytes(std::span<std::uint64_t const* const> planes, std::uint8_t less, std::uint8_t* bytes);

/// The instruction set that is used here: `AVX3`, `AVX2`, …
std::string_view instruction_set();

}  // namespace carestep::batch

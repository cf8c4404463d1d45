#pragma once

// The loops over records, compiled for every instruction set that the machine may have and chosen at run time; the same
// bits out of each. Only kernels.cpp sees the SIMD library.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

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
inline constexpr std::size_t most_tests = 6;

/// The values that a column may have.
struct Bounds {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// Which records of a block have a value of at least each number. `values`: of a whole block; each plane: block_words
/// words. Whether every value lies within the bounds.
bool find_at_least(Raw raw, void const* values, std::span<std::int64_t const> numbers, std::uint64_t* const* planes,
                   Bounds within);
/// Bits of value - offset, likewise.
bool find_bits(Raw raw, void const* values, std::int64_t offset, std::span<unsigned const> bits,
               std::uint64_t* const* planes, Bounds within);
/// Whether every value lies within the bounds.
bool all_within(Raw raw, void const* values, Bounds within);

/// Takes the steps on one block. `planes`: where each plane of the schedule stands.
void take_steps(std::span<Step const> steps, std::uint64_t* const* planes);

/// A number a record: `base`, and the value of each plane where that holds.
struct Digits {
  static constexpr std::size_t most = 16;
  std::array<std::uint64_t const*, most> planes{};
  std::array<std::uint16_t, most> values{};
  std::size_t count = 0;
  std::uint16_t base = 0;

  void add(std::uint64_t const* plane, std::uint16_t value) {
    planes[count] = plane;
    values[count++] = value;
  }
};
/// The numbers of a block, a byte or two bytes each.
void to_numbers(Digits const& digits, std::uint8_t* numbers);
void to_numbers(Digits const& digits, std::uint16_t* numbers);

/// What the completions of one record have in common: the least and the greatest rank, and the marks that all have
/// whose rank is the greatest, its last `flag_bits` bits left aside. Where the mark `impossible` stands, there is no
/// completion; where there is none at all, the least is above the greatest. May look at 63 more behind the last.
struct Common {
  std::uint16_t least = 0xFFFF;
  std::uint16_t most = 0;
  std::uint16_t marks = 0xFFFF;
};
Common common_of(std::span<std::uint16_t const> ranks, std::uint16_t const* marks, unsigned flag_bits,
                 std::uint16_t impossible);

/// The instruction set that is used here: `AVX3`, `AVX2`, …
std::string_view instruction_set();
/// Those that this machine has.
std::vector<std::string_view> instruction_sets();
/// For tests: uses this one from now on; none: the best.
void use_instruction_set(std::string_view name);

}  // namespace carestep::batch

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

/// The values that a column may have.
struct Bounds {
  std::int64_t low = 0;
  std::int64_t high = 0;

  [[nodiscard]] constexpr bool hold(Bounds other) const { return low <= other.low && other.high <= high; }
};
/// Those that its type holds.
constexpr Bounds bounds_of(Raw raw) {
  bool const has_sign = raw == Raw::i8 || raw == Raw::i16 || raw == Raw::i32;
  std::int64_t const values = std::int64_t{1} << 8 * bytes_of(raw);
  return has_sign ? Bounds{-values / 2, values / 2 - 1} : Bounds{0, values - 1};
}

/// One pass makes up to so many planes.
inline constexpr std::size_t most_tests = 6;

/// A pass over one block of a column, made ready once for all blocks: which records have a value of at least each
/// number, or bits of value - offset, which the type must hold.
class Pass {
 public:
  static Pass at_least(Raw raw, std::span<std::int64_t const> numbers, Bounds bounds);
  static Pass bits(Raw raw, std::int64_t offset, std::span<unsigned const> bits, Bounds bounds);

  void const* values = nullptr;                     // of a whole block
  std::array<std::uint64_t*, most_tests> planes{};  // block_words words each
  void const* ahead = nullptr;                      // half as many values that come nearer meanwhile; null: none
  bool within = true;                               // found: whether every value lies within the bounds

  // What follows is for the kernels.
  Raw raw = Raw::u8;
  bool tests_bits = false;
  std::uint8_t count = 0;
  std::uint8_t full = 0;                              // one bit a plane: every value of the type is at least so much
  std::array<std::uint32_t, most_tests> constants{};  // of the column's type, as are these
  std::uint32_t offset = 0;
  std::uint32_t low = 0;
  std::uint32_t high = 0;

 private:
  Pass(Raw type, std::size_t tests, Bounds bounds);
};

/// Takes the passes. Whether every value lies within the bounds of its pass.
bool find(std::span<Pass> passes);

/// Memory that is used next.
struct Ahead {
  static constexpr std::size_t line = 64;  // bytes
  char const* at = nullptr;
  std::size_t lines = 0;
};
/// Takes the steps on one block. `planes`: where each plane of the schedule stands. Meanwhile `ahead` comes nearer, to
/// the second cache: beside this block, the next one does not fit the first.
void take_steps(Steps const& steps, std::uint64_t* const* planes, std::span<Ahead const> ahead = {});

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

/// The completions of records, one record's after the other's. Afterwards, at each stands what it has in common with
/// the next ones of its record, `reach` in all.
struct InCommon {
  static constexpr std::size_t reach = 16;
  static constexpr std::size_t slack = 64;  // of each list, behind the last: there stands no record
  std::uint16_t const* record = nullptr;    // of each completion
  std::uint16_t const* rank = nullptr;
  std::uint16_t const* marks = nullptr;
  unsigned flag_bits = 0;        // the last bits of a rank, left aside where marks are compared
  std::uint16_t impossible = 0;  // a mark: there is no such completion
  std::size_t count = 0;

  std::uint16_t* least = nullptr;   // rank; above the greatest where none is possible
  std::uint16_t* most = nullptr;    // rank
  std::uint16_t* shared = nullptr;  // the marks that all have whose rank is the greatest
};
void find_common(InCommon const& completions);

/// The instruction set that is used here: `AVX3`, `AVX2`, …
std::string_view instruction_set();
/// Those that this machine has.
std::vector<std::string_view> instruction_sets();
/// For tests: uses this one from now on; none: the best.
void use_instruction_set(std::string_view name);

}  // namespace carestep::batch

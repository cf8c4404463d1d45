#pragma once

// Looks at the bytes of a text eight at a time. Whoever uses this may read `raw::reach` bytes behind the text.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace carestep::data::raw {

/// How far behind a place these functions look.
inline constexpr std::size_t reach = 32;

/// Eight bytes, the first one lowest.
inline std::uint64_t load(char const* at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

inline constexpr std::uint64_t every_byte(std::uint8_t byte) noexcept {
  return 0x0101010101010101U * byte;
}

/// Covers the first `count` of eight bytes.
inline constexpr std::uint64_t first_bytes(std::size_t count) noexcept {
  return count >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * count)) - 1;
}

/// The number of the lowest byte whose highest bit is set; 8 for none.
inline unsigned lowest_marked(std::uint64_t marks) noexcept {
  return static_cast<unsigned>(std::countr_zero(marks & every_byte(0x80))) / 8;
}

/// Digits at a place: how many of the first eight bytes, and what they are.
struct Digits {
  std::uint64_t values;  // of the bytes, 0 to 9 where they are digits
  unsigned count;
};

inline Digits digits(char const* at) noexcept {
  std::uint64_t const values = load(at) ^ every_byte('0');
  // A byte of 10 and more gets its highest bit here or has it; what is carried reaches only the bytes behind it.
  return {values, lowest_marked((values + every_byte(0x76)) | values)};
}

/// The number that eight decimal digits form, the first one highest.
inline std::uint64_t eight_digits(std::uint64_t values) noexcept {
  values = values * 10 + (values >> 8U);
  std::uint64_t const pairs = 0x000000FF000000FFU;
  return ((values & pairs) * 0x000F424000000064U + ((values >> 16U) & pairs) * 0x0000271000000001U) >> 32U;
}

/// The number that one to eight digits form.
inline std::uint64_t whole(Digits digits) noexcept {
  return eight_digits(digits.values << (64 - 8 * digits.count));
}

/// What one to eight digits stand for behind a decimal point, in units of 1/100,000,000.
inline std::uint64_t fraction(Digits digits) noexcept {
  return eight_digits(digits.values & first_bytes(digits.count));
}

/// How many of the first eight bytes stand for themselves inside a JSON string and are ASCII.
inline unsigned plain(char const* at) noexcept {
  std::uint64_t const word = load(at);
  auto const has = [](std::uint64_t bytes, std::uint8_t byte) {
    std::uint64_t const zero = bytes ^ every_byte(byte);
    return (zero - every_byte(1)) & ~zero;
  };
  std::uint64_t const control = (word - every_byte(0x20)) & ~word;
  return lowest_marked(word | control | has(word, '"') | has(word, '\\'));
}

}  // namespace carestep::data::raw

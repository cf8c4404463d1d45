#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace carestep::parse {

struct Utf8Char {
  char32_t value = 0;
  std::size_t bytes = 0;
};

/// Reads the character that begins at `offset`, which lies inside `text`.
///
/// Returns  nothing where there is no well-formed character: overlong forms, surrogates and cut-off sequences are none.
inline std::optional<Utf8Char> decode_utf8(std::string_view text, std::size_t offset) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  unsigned char const lead = byte(0);
  if (lead < 0x80) return Utf8Char{lead, 1};
  std::size_t const bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - offset < bytes) return std::nullopt;
  char32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return std::nullopt;
    value = (value << 6) | (byte(i) & 0x3FU);
  }
  bool const overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  bool const surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return std::nullopt;
  return Utf8Char{value, bytes};
}

}  // namespace carestep::parse

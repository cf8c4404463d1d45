#include "base/json.hpp"

#include <array>
#include <cstdint>

namespace carestep {
namespace {

/// The bytes of the UTF-8 sequence that `text` starts with; 0 when there is none.
std::size_t sequence_length(std::string_view text) {
  auto const byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  struct Lead {
    std::uint8_t low, high;            // of the first byte
    std::uint8_t next_low, next_high;  // of the second: this keeps out overlong forms, surrogates, and the too large
    std::uint8_t length;
  };
  static constexpr std::array leads{
      Lead{0xC2, 0xDF, 0x80, 0xBF, 2}, Lead{0xE0, 0xE0, 0xA0, 0xBF, 3}, Lead{0xE1, 0xEC, 0x80, 0xBF, 3},
      Lead{0xED, 0xED, 0x80, 0x9F, 3}, Lead{0xEE, 0xEF, 0x80, 0xBF, 3}, Lead{0xF0, 0xF0, 0x90, 0xBF, 4},
      Lead{0xF1, 0xF3, 0x80, 0xBF, 4}, Lead{0xF4, 0xF4, 0x80, 0x8F, 4},
  };
  if (byte(0) < 0x80) return 1;
  for (Lead const& lead : leads) {
    if (byte(0) < lead.low || byte(0) > lead.high) continue;
    if (text.size() < lead.length || byte(1) < lead.next_low || byte(1) > lead.next_high) return 0;
    for (std::size_t i = 2; i < lead.length; ++i)
      if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
    return lead.length;
  }
  return 0;
}

/// ASCII that stands for itself inside a JSON string.
bool plain(char c) {
  auto const byte = static_cast<std::uint8_t>(c);
  return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  static constexpr std::string_view digits = "0123456789abcdef";
  auto const code = static_cast<std::uint8_t>(c);
  out += "\\u00";
  out += digits[code >> 4U];
  out += digits[code & 0xFU];
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t run = i;
    while (run < text.size() && plain(text[run])) ++run;
    out += text.substr(i, run - i);
    i = run;
    if (i == text.size()) break;
    if (static_cast<std::uint8_t>(text[i]) < 0x80) {
      append_escape(out, text[i++]);
      continue;
    }
    std::size_t const length = sequence_length(text.substr(i));
    out += length == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(i, length);
    i += length == 0 ? 1 : length;
  }
  out += '"';
}

void JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(*out_, name);
  *out_ += ':';
  first_ = true;  // no comma between a key and its value
}

void JsonWriter::text(std::string_view value) {
  separate();
  append_json_string(*out_, value);
}

void JsonWriter::raw(std::string_view json) {
  separate();
  *out_ += json;
}

void JsonWriter::open(char bracket) {
  separate();
  *out_ += bracket;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  *out_ += bracket;
  first_ = false;
}

void JsonWriter::separate() {
  if (!first_) *out_ += ',';
  first_ = false;
}

}  // namespace carestep

#include "base/encode.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace carestep::encode {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

bool line_break_or_tab(char32_t c) {
  return c == '\n' || c == '\r' || c == '\t';
}

/// C0, DEL, C1, and the non-characters that XML refuses.
bool unprintable(char32_t c) {
  return (c < 0x20 && !line_break_or_tab(c)) || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF;
}

/// Calls `put(code point, its bytes)` for each code point; broken bytes and control characters come as U+FFFD.
template <class Put>
void each(std::string_view text, Put put) {
  for (std::size_t at = 0; at < text.size();) {
    CodePoint const c = code_point(text, at);
    bool const broken = unprintable(c.value) || c.value == replacement;
    put(broken ? replacement : c.value, broken ? std::string_view("\xEF\xBF\xBD") : text.substr(at, c.size));
    at += c.size;
  }
}

/// The text on one line: line breaks and tabs read as spaces.
std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  each(text, [&](char32_t c, std::string_view bytes) {
    if (line_break_or_tab(c)) {
      out += ' ';
    } else {
      out += bytes;
    }
  });
  return out;
}

bool digit(char c) {
  return c >= '0' && c <= '9';
}

/// Whether a backslash must stand before text[at] so that Markdown shows it as it is.
bool markdown_special(std::string_view text, std::size_t at) {
  char const c = text[at];
  if (std::string_view("\\`*_[]<>&|~#$@!").find(c) != std::string_view::npos) return true;
  if (c == ':') return text.substr(at).starts_with("://");
  if (c == '.' && at >= 3 && (text.substr(at - 3, 3) == "www" || text.substr(at - 3, 3) == "WWW")) return true;
  if (at == 0) return c == '-' || c == '+' || c == '=' || c == ':';
  bool const numbered =
      (c == '.' || c == ')') && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), digit);
  return numbered;
}

}  // namespace

CodePoint code_point(std::string_view text, std::size_t at) noexcept {
  auto const lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  std::size_t const size = lead >= 0xF0 && lead < 0xF8 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return {replacement, 1};
  char32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if (!continuation(text, at + i)) return {replacement, 1};
    value = (value << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  bool const overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  bool const surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return {replacement, 1};
  return {value, size};
}

std::size_t length(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += code_point(text, at).size) ++count;
  return count;
}

std::string xml(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  each(text, [&](char32_t c, std::string_view bytes) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += bytes;
    }
  });
  return out;
}

std::string markdown(std::string_view text) {
  std::string const line = one_line(text);
  std::string out;
  out.reserve(line.size() + line.size() / 8);
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (markdown_special(line, at)) out += '\\';
    out += line[at];
  }
  return out;
}

std::string markdown_code(std::string_view text, bool in_table) {
  std::string const line = one_line(text);
  std::size_t longest = 0;
  std::size_t run = 0;
  for (char c : line) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  std::string const fence(longest + 1, '`');
  bool const pad = line.empty() || line.front() == '`' || line.back() == '`';
  std::string body;
  for (char c : line) {
    if (c == '|' && in_table) body += '\\';
    body += c;
  }
  return fence + (pad ? " " : "") + body + (pad ? " " : "") + fence;
}

std::string markdown_destination(std::string_view url) {
  std::string out;
  for (char c : one_line(url)) {
    switch (c) {
      case ' ':
        out += "%20";
        break;
      case '<':
        out += "%3C";
        break;
      case '>':
        out += "%3E";
        break;
      case '\\':
        out += "%5C";
        break;
      case '|':
        out += "%7C";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string plain(std::string_view text) {
  return one_line(text);
}

std::string json(std::string_view text) {
  std::string out = "\"";
  out.reserve(text.size() + 2);
  for (std::size_t at = 0; at < text.size();) {
    CodePoint const c = code_point(text, at);
    switch (c.value) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case replacement:
        out += "\xEF\xBF\xBD";
        break;
      default:
        if (c.value < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c.value));
        } else {
          out += text.substr(at, c.size);
        }
    }
    at += c.size;
  }
  return out + '"';
}

bool linkable(std::string_view url) noexcept {
  return url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:");
}

}  // namespace carestep::encode

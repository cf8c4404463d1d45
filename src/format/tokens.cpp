#include "format/tokens.hpp"

#include <algorithm>

namespace carestep::format {
namespace {

/// It may begin a file, and means nothing there.
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t text_end(std::string_view source, std::size_t quote) {
  std::size_t i = quote + 1;
  while (i < source.size() && source[i] != '"') i += source[i] == '\\' ? 2 : 1;
  return std::min(i + 1, source.size());
}

std::size_t token_end(std::string_view source, std::size_t begin) {
  if (source[begin] == '"') return text_end(source, begin);
  std::size_t i = begin + 1;
  if (is_word(source[begin]))
    while (i < source.size() && is_word(source[i])) ++i;
  return i;
}

}  // namespace

Tokens::Tokens(std::string_view source) : source_(source) {
  std::size_t i = source.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (i < source.size()) {
    if (is_blank(source[i])) {
      ++i;
    } else if (source[i] == '#') {
      i = std::min(source.find('\n', i), source.size());
    } else {
      std::size_t const end = token_end(source, i);
      tokens_.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end)});
      i = end;
    }
  }
}

std::size_t Tokens::count_before(std::uint32_t offset) const {
  auto const after =
      std::lower_bound(tokens_.begin(), tokens_.end(), offset, [](Token t, std::uint32_t at) { return t.begin < at; });
  return static_cast<std::size_t>(after - tokens_.begin());
}

std::uint32_t Tokens::find_back(std::string_view word, std::uint32_t offset) const {
  for (std::size_t i = count_before(offset + 1); i-- > 0;) {
    Token const t = tokens_[i];
    if (source_.substr(t.begin, t.end - t.begin) == word) return t.begin;
  }
  return offset;
}

}  // namespace carestep::format

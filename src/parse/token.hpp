#pragma once

#include <carestep/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"

namespace carestep::parse {

enum class TokenKind : std::uint8_t {
  word,
  number,
  date,
  text,
  symbol,
  bullet,  // a `-` that is the first thing on its line
  bad,     // something the lexer has reported
  end,     // the last token of every file
};

struct Token {
  TokenKind kind = TokenKind::end;
  bool first_on_line = false;
  bool keyword = false;   // words only
  bool reserved = false;  // words only: cannot be a value
  Span at;
  std::string_view source;  // as written
  std::string value;        // texts: escapes and line breaks resolved
  Decimal number;
  Date date;

  [[nodiscard]] bool is_word(std::string_view word) const { return kind == TokenKind::word && source == word; }
  [[nodiscard]] bool is_symbol(std::string_view symbol) const { return kind == TokenKind::symbol && source == symbol; }
};

using Tokens = std::vector<Token>;

}  // namespace carestep::parse

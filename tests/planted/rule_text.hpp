#pragma once

// Rule files as text to plant defects in.

#include <string>
#include <vector>

#include "parse/token.hpp"

namespace carestep::planted {

/// A stretch of text: bytes [begin, end).
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A rule file and all that it uses as one text, without `example`, `guarantee` and `waive`: what they name may be
/// planted away, and no decision reads them.
std::string decision_text(std::string const& file);
std::string decision_text_of(std::string text);

/// A text in pieces. Views into `text`, which stays where it is.
struct Pieces {
  explicit Pieces(std::string const& text);

  struct Declaration {
    Stretch at;
    std::string word;  // `rule`, `step`
    std::size_t first_token = 0;
    std::size_t end_token = 0;
  };
  struct Token {
    parse::TokenKind kind = parse::TokenKind::end;
    Stretch at;
    std::string_view words;
    bool first_on_line = false;
  };
  std::string const& text;
  std::vector<Token> tokens;
  std::vector<Declaration> declarations;
};

}  // namespace carestep::planted

#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "ast/print.hpp"
#include "base/source.hpp"
#include "diag/sink.hpp"
#include "format/format.hpp"
#include "parse/lexer.hpp"
#include "parse/parse.hpp"

namespace carestep::format_test {

/// A token by its meaning: not by how its number, text or unit of time happens to be written.
inline std::string spell(parse::Token const& token) {
  static constexpr std::array<std::string_view, 3> units = {"hours", "days", "weeks"};
  switch (token.kind) {
    case parse::TokenKind::number:
      return to_string(token.number);
    case parse::TokenKind::text:
      return '"' + token.value + '"';
    case parse::TokenKind::bullet:
      return "bullet";
    case parse::TokenKind::word:
      if (std::find(units.begin(), units.end(), token.source) != units.end())
        return std::string(token.source.substr(0, token.source.size() - 1));
      break;
    case parse::TokenKind::symbol:
      if (token.source == "|" && token.first_on_line) return "row";
      break;
    case parse::TokenKind::date:
    case parse::TokenKind::bad:
    case parse::TokenKind::end:
      break;
  }
  return std::string(token.source);
}

/// A source text, parsed.
struct Parsed {
  SourceMap sources;
  Diagnostics diagnostics;
  ast::File file;

  [[nodiscard]] bool failed() const { return has_errors(diagnostics); }
  [[nodiscard]] std::string formatted() const { return format_file(file, sources); }
  [[nodiscard]] std::string trees() const {
    std::string all;
    for (ast::Decl const& decl : file.decls) all += ast::print(decl) + '\n';
    return all;
  }
  /// The tokens as the parser sees them.
  [[nodiscard]] std::vector<std::string> tokens() const {
    Sink ignored(sources);
    std::vector<std::string> all;
    for (parse::Token const& token : parse::lex(sources, 0, ignored).tokens) all.push_back(spell(token));
    return all;
  }
  [[nodiscard]] std::string problem() const {
    if (diagnostics.empty()) return "";
    Diagnostic const& first = diagnostics.front();
    return std::to_string(first.place.line) + ": " + first.message;
  }
  /// The comments in their order, without blanks behind them, their tabs as blanks.
  [[nodiscard]] std::vector<std::string> comments() const {
    std::vector<std::string> texts;
    for (ast::Comment const& comment : file.comments) {
      std::string text(sources.text(comment.at));
      text.erase(text.find_last_not_of(" \t\r") + 1);
      std::replace(text.begin(), text.end(), '\t', ' ');
      texts.push_back(text);
    }
    return texts;
  }
};

inline Parsed read(std::string text) {
  Parsed parsed;
  std::uint32_t const file = parsed.sources.add("test.care", std::move(text));
  Sink sink(parsed.sources);
  parsed.file = parse_file(parsed.sources, file, sink);
  parsed.diagnostics = sink.take();
  return parsed;
}

}  // namespace carestep::format_test

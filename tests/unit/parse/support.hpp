#pragma once

#include <fmt/format.h>
#include <string>
#include <vector>

#include "ast/print.hpp"
#include "parse/parse.hpp"

namespace carestep::parse_test {

/// One file from memory, parsed.
struct Parsed {
  SourceMap sources;
  ast::File file;
  Diagnostics diagnostics;

  explicit Parsed(std::string text) {
    Sink sink(sources);
    file = parse_file(sources, sources.add("t.care", std::move(text)), sink);
    diagnostics = sink.take();
  }

  /// The declarations as s-expressions, one a line.
  [[nodiscard]] std::string decls() const {
    std::string text;
    for (ast::Decl const& decl : file.decls) text += (text.empty() ? "" : "\n") + ast::print(decl);
    return text;
  }

  /// `E0101 2:8-2:12 message`, one a line.
  [[nodiscard]] std::string errors() const {
    std::string text;
    for (Diagnostic const& d : diagnostics)
      text += fmt::format("{}{} {}:{}-{}:{} {}", text.empty() ? "" : "\n", d.code, d.place.line, d.place.column,
                          d.place.end_line, d.place.end_column, d.message);
    return text;
  }

  [[nodiscard]] std::string_view source(Span at) const { return sources.text(at); }
};

/// The s-expressions of a text without errors; otherwise the errors.
inline std::string read(std::string text) {
  Parsed const parsed(std::move(text));
  return parsed.diagnostics.empty() ? parsed.decls() : parsed.errors();
}

/// The condition of a fact, as an s-expression.
inline std::string read_condition(std::string const& condition) {
  std::string const text = read("fact f when " + condition);
  std::string const before = "(fact f (when ";
  return text.starts_with(before) ? text.substr(before.size(), text.size() - before.size() - 2) : text;
}

}  // namespace carestep::parse_test

#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "ast/print.hpp"
#include "base/source.hpp"
#include "diag/sink.hpp"
#include "format/format.hpp"
#include "parse/parse.hpp"

namespace carestep::format_test {

/// A source text, parsed.
struct Parsed {
  SourceMap sources;
  Diagnostics diagnostics;
  ast::File file;

  [[nodiscard]] bool failed() const { return has_errors(diagnostics); }
  [[nodiscard]] std::string formatted() const { return format_file(file, sources); }
  [[nodiscard]] std::string tree() const { return ast::print(file); }
  [[nodiscard]] std::string problem() const {
    if (diagnostics.empty()) return "";
    Diagnostic const& first = diagnostics.front();
    return std::to_string(first.place.line) + ": " + first.message;
  }
  /// The comments in their order, without blanks behind them.
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

inline Parsed parse(std::string text) {
  Parsed parsed;
  std::uint32_t const file = parsed.sources.add("test.care", std::move(text));
  Sink sink(parsed.sources);
  parsed.file = parse_file(parsed.sources, file, sink);
  parsed.diagnostics = sink.take();
  return parsed;
}

}  // namespace carestep::format_test

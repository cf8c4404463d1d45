#include "planted/rule_text.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "diag/sink.hpp"
#include "parse/lexer.hpp"

namespace carestep::planted {
namespace {

std::string read(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The text with each `use "file"` line replaced by that file, once.
std::string with_files(std::filesystem::path const& path, std::set<std::filesystem::path>& seen) {
  if (!seen.insert(path.lexically_normal()).second) return {};
  std::string out;
  std::string const text = read(path);
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t const end = std::min(text.find('\n', begin), text.size());
    std::string const line = text.substr(begin, end - begin);
    if (line.starts_with("use \"")) {
      out += with_files(path.parent_path() / line.substr(5, line.find('"', 5) - 5), seen);
    } else {
      out += line + "\n";
    }
    begin = end + 1;
  }
  return out;
}

constexpr std::array<std::string_view, 21> beginnings{
    "ruleset",    "source",   "levels", "service",   "level",     "input", "list",
    "impossible", "fact",     "grade",  "score",     "rule",      "table", "tree",
    "admit",      "continue", "step",   "discharge", "guarantee", "waive", "example"};

}  // namespace

Pieces::Pieces(std::string const& whole) : text(whole) {
  SourceMap sources;
  std::uint32_t const file = sources.add("planted.care", text);
  Sink sink(sources);
  for (parse::Token const& token : parse::lex(sources, file, sink).tokens) {
    Stretch const at{token.at.begin, token.at.end};
    std::string_view const words = std::string_view(text).substr(at.begin, at.end - at.begin);
    tokens.push_back({token.kind, at, words, token.first_on_line});
    bool const at_margin = at.begin == 0 || text[at.begin - 1] == '\n';
    bool const begins = at_margin && std::find(beginnings.begin(), beginnings.end(), words) != beginnings.end();
    if (!begins && token.kind != parse::TokenKind::end) continue;
    if (!declarations.empty()) {
      declarations.back().at.end = at.begin;
      declarations.back().end_token = tokens.size() - 1;
    }
    if (begins) declarations.push_back({{at.begin, text.size()}, std::string(words), tokens.size() - 1, tokens.size()});
  }
}

std::string decision_text_of(std::string text) {
  Pieces const pieces(text);
  std::string out;
  for (Pieces::Declaration const& one : pieces.declarations)
    if (one.word != "example" && one.word != "guarantee" && one.word != "waive")
      out += text.substr(one.at.begin, one.at.end - one.at.begin);
  return out;
}

std::string decision_text(std::string const& file) {
  std::set<std::filesystem::path> seen;
  return decision_text_of(with_files(file, seen));
}

}  // namespace carestep::planted

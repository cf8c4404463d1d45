#include "parse/text.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "ast/ast.hpp"
#include "parse/keywords.hpp"
#include "support.hpp"

using namespace carestep;
using carestep::parse_test::Parsed;

namespace {

std::string citation(std::string const& text) {
  Parsed const parsed("source s \"" + text + "\"");
  if (!parsed.diagnostics.empty()) return parsed.errors();
  return std::get<ast::SourceDecl>(parsed.file.decls.at(0).kind).heading.label->value;
}

}  // namespace

TEST_CASE("texts: escapes and line breaks") {
  CHECK(citation("a \\\"b\\\" \\\\ c") == "a \"b\" \\ c");
  CHECK(citation("one\n     two") == "one two");
  CHECK(citation("one  \r\n\t two\nthree") == "one two three");
  CHECK(citation("# no comment") == "# no comment");
  CHECK(citation("Grün, naïve, 日本") == "Grün, naïve, 日本");
}

TEST_CASE("texts: what no rule file may hold") {
  struct Row {
    std::string source;
    char const* error;
  };
  Row const rows[] = {
      {"service s \"a\x01z\"", "E0004 1:13-1:14 control character U+0001"},
      {"service s \r", "E0004 1:11-1:12 control character U+000D"},
      {"service s # \u202E", "E0005 1:13-1:14 invisible character U+202E"},
      {"service\u200B s", "E0005 1:8-1:9 invisible character U+200B"},
      {"service s\uFEFF", "E0005 1:10-1:11 invisible character U+FEFF"},
      {"service s \"\x80\"", "E0003 1:12-1:12 the file is not UTF-8 text from here on"},
      {"service s \"\xC0\xAF\"", "E0003 1:12-1:12 the file is not UTF-8 text from here on"},
      {"service s \"\xED\xA0\x80\"", "E0003 1:12-1:12 the file is not UTF-8 text from here on"},
      {"service s \"\xF4\x90\x80\x80\"", "E0003 1:12-1:12 the file is not UTF-8 text from here on"},
      {"service s \"\xE2\x82", "E0003 1:12-1:12 the file is not UTF-8 text from here on"},
  };
  for (Row const& row : rows) {
    INFO(row.source);
    CHECK(Parsed(row.source).errors() == std::string(row.error));
  }
}

TEST_CASE("texts: what a rule file may hold") {
  CHECK(Parsed("\uFEFFservice s\r\n\tservice t\r\n").decls() == "(service s)\n(service t)");
  CHECK(Parsed("").errors().empty());
  CHECK(Parsed("# only a comment").file.comments.size() == 1);
}

TEST_CASE("texts: at most 1 MiB") {
  std::string text = "service s\n";
  text.resize(parse::max_file_bytes, ' ');
  CHECK(Parsed(text).errors().empty());
  text += ' ';
  CHECK(Parsed(text).errors() == "E0002 1:1-1:1 the file is larger than 1 MiB");
}

TEST_CASE("keywords: attribute words are keywords in the ruleset block only") {
  for (std::string_view const word : parse::attribute_words) {
    CHECK_FALSE(parse::is_keyword(word));
    CHECK(Parsed("service " + std::string(word)).errors().empty());
  }
  for (std::string_view const word : parse::reserved_values) CHECK(parse::is_keyword(word));
  for (std::string_view const word : parse::declaration_words) CHECK(parse::is_keyword(word));
}

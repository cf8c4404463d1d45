#include "document/document.hpp"

#include <doctest/doctest.h>

#include "unit/graph/well_formed.hpp"

using namespace carestep::document;
using carestep::sample::count_of;
using carestep::sample::hostile_texts;
using carestep::sample::WellFormed;

namespace {

/// One block of every kind, each holding `text` wherever a text may stand.
Document with(std::string const& text) {
  Document out;
  out.title = text;
  out.section(text);
  out.part({plain(text), strong(text), emphasis(text), code(text), link(text, text)});
  out.paragraph({link(text, "https://example.org/?a=\"<b>&c=|d")}, Tone::warning);
  out.list({{{plain(text)}, Mark::yes, {{{code(text)}, Mark::open, {}}}}});
  out.facts({{{text, {plain(text)}}}});
  out.table({{text, "second"}, {{{code(text)}, {plain(text)}}}});
  out.blocks.emplace_back(Signatures{{text}});
  return out;
}

}  // namespace

TEST_CASE("a page stays well-formed whatever its texts hold") {
  for (std::string const& text : hostile_texts()) {
    std::string const page = render_html(with(text));
    CAPTURE(text);
    CHECK(WellFormed::problem(page) == "");
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("<img") == std::string::npos);
    CHECK(page.find("href=\"javascript") == std::string::npos);
  }
}

TEST_CASE("a page loads nothing") {
  std::string const page = render_html(with("text"));
  CHECK(page.find("default-src 'none'") != std::string::npos);
  CHECK(count_of(page, "src=") == 0);
  CHECK(count_of(page, "<link") == 0);
}

TEST_CASE("Markdown keeps a table row one row") {
  Document out;
  out.title = "T";
  out.table({{"a|b"}, {{{code("x | y\nz")}}}});
  CHECK(render_markdown(out) == "# T\n\n| a\\|b |\n| --- |\n| `x \\| y z` |\n");
}

TEST_CASE("Markdown of each block") {
  Document out;
  out.title = "Title";
  out.section("Part *one*");
  out.paragraph({plain("See "), carestep::document::link("it", "https://example.org"), plain(" or "), carestep::document::link("that", "javascript:x")});
  out.list({{{plain("all of:")}, Mark::no, {{{code("phq9 >= 10")}, Mark::yes, {}}}}});
  out.facts({{{"Version", {plain("1")}}}});
  CHECK(render_markdown(out) ==
        "# Title\n\n## Part \\*one\\*\n\nSee [it](<https://example.org>) or that (javascript:x)\n\n"
        "- **no** · all of:\n  - **yes** · `phq9 >= 10`\n\n<!-- -->\n\n- **Version:** 1\n");
}

TEST_CASE("Markdown emphasis holds no blank at its ends") {
  Document out;
  out.title = "T";
  out.paragraph({strong("Because: "), plain("x"), emphasis(" y")});
  CHECK(render_markdown(out) == "# T\n\n**Because:** x *y*\n");
}

TEST_CASE("text of each block") {
  Document out;
  out.title = "Title";
  out.section("Part");
  out.paragraph({plain("Not for use")}, Tone::warning);
  out.list({{{plain("all of:")}, Mark::open, {{{code("phq9 >= 10")}, Mark::yes, {}}}}});
  out.facts({{{"Version", {plain("1")}}, {"Name", {plain("x")}}}});
  out.table({{"a", "longer"}, {{{plain("1")}, {plain("2")}}}});
  CHECK(render_text(out) ==
        "Title\n=====\n\n\nPart\n----\n\n!! Not for use\n\n  - [open] all of:\n    - [yes]  phq9 >= 10\n\n"
        "Version  1\nName     x\n\na | longer\n--+-------\n1 | 2\n");
}

TEST_CASE("plain text keeps to its width") {
  Document out;
  out.title = "T";
  std::string words;
  for (int i = 0; i < 100; ++i) words += "word ";
  out.paragraph({plain(words)});
  out.table({{"a", "b"}, {{{plain(words)}, {plain(words)}}}});
  std::string const text = render_text(out);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = text.find('\n', at);
    CHECK(end - at <= 100);
    at = end + 1;
  }
}

TEST_CASE("plain text lets no control sequence through") {
  Document out;
  out.title = "\x1b[31mred\x07";
  CHECK(render_text(out).find('\x1b') == std::string::npos);
}

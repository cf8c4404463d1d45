#pragma once

// A document as its parts, before it is text, Markdown or a page. Every text in it is plain: the renderers encode.

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace carestep::document {

enum class Style { plain, strong, emphasis, code, link };

/// A stretch of text in one style.
struct Run {
  std::string text;
  Style style = Style::plain;
  std::string url;  // link; shown as plain text where it is no web or mail address
};
/// Runs one after the other, with nothing between them.
using Line = std::vector<Run>;

inline Run plain(std::string_view text) {
  return {std::string(text), Style::plain, {}};
}
inline Run strong(std::string_view text) {
  return {std::string(text), Style::strong, {}};
}
inline Run emphasis(std::string_view text) {
  return {std::string(text), Style::emphasis, {}};
}
inline Run code(std::string_view text) {
  return {std::string(text), Style::code, {}};
}
inline Run link(std::string_view text, std::string_view url) {
  return {std::string(text), Style::link, std::string(url)};
}

struct Heading {
  int depth = 2;  // 2: a section, 3: a part of one
  Line line;
};

enum class Tone { normal, quiet, lead, good, warning };
struct Paragraph {
  Line line;
  Tone tone = Tone::normal;
};

/// What is true of an item, shown in front of it.
enum class Mark { none, yes, no, open };
struct Item {
  Line line;
  Mark mark = Mark::none;
  std::vector<Item> parts;
};
struct List {
  std::vector<Item> items;
};

/// Names and what they stand for.
struct Facts {
  std::vector<std::pair<std::string, Line>> rows;
};

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Line>> rows;
};

/// A picture of our own making; where a format cannot show it, its words stand for it.
struct Picture {
  std::string svg;
  std::string words;
};

/// Lines to sign on.
struct Signatures {
  std::vector<std::string> roles;
};

using Block = std::variant<Heading, Paragraph, List, Facts, Table, Picture, Signatures>;

struct Document {
  std::string title;
  std::vector<Block> blocks;

  void section(std::string_view words) { blocks.emplace_back(Heading{2, {plain(words)}}); }
  void part(Line line) { blocks.emplace_back(Heading{3, std::move(line)}); }
  void paragraph(Line line, Tone tone = Tone::normal) { blocks.emplace_back(Paragraph{std::move(line), tone}); }
  /// Leaves out what has no content.
  void list(std::vector<Item> items) {
    if (!items.empty()) blocks.emplace_back(List{std::move(items)});
  }
  void facts(Facts facts) {
    if (!facts.rows.empty()) blocks.emplace_back(std::move(facts));
  }
  void table(Table table) {
    if (!table.rows.empty()) blocks.emplace_back(std::move(table));
  }
};

/// Plain text, at most 100 columns wide where words allow it.
std::string render_text(Document const& document);
/// CommonMark with tables.
std::string render_markdown(Document const& document);
/// A self-contained page: no scripts, nothing loaded, prints well.
std::string render_html(Document const& document);

}  // namespace carestep::document

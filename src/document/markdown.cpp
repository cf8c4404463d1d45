#include "base/encode.hpp"
#include "document/document.hpp"

namespace carestep::document {
namespace {

/// Marks around words; blanks at their ends stay outside, where CommonMark wants them.
std::string marked(std::string_view mark, std::string const& words) {
  std::size_t const first = words.find_first_not_of(' ');
  if (first == std::string::npos) return words;
  std::size_t const end = words.find_last_not_of(' ') + 1;
  return words.substr(0, first) + std::string(mark) + words.substr(first, end - first) + std::string(mark) +
         words.substr(end);
}

std::string run_text(Run const& run, bool in_table) {
  std::string const words = encode::markdown(run.text);
  if (run.text.empty()) return {};
  switch (run.style) {
    case Style::plain:
      return words;
    case Style::strong:
      return marked("**", words);
    case Style::emphasis:
      return marked("*", words);
    case Style::code:
      return encode::markdown_code(run.text, in_table);
    case Style::link:
      if (!encode::linkable(run.url)) return words + (run.url.empty() ? "" : " (" + encode::markdown(run.url) + ")");
      return "[" + words + "](<" + encode::markdown_destination(run.url) + ">)";
  }
  return words;
}

std::string markdown_of(Line const& line, bool in_table = false) {
  std::string out;
  for (Run const& run : line) out += run_text(run, in_table);
  return out;
}

std::string_view mark_in_bold(Mark mark) {
  switch (mark) {
    case Mark::none:
      return "";
    case Mark::yes:
      return "**yes** · ";
    case Mark::no:
      return "**no** · ";
    case Mark::open:
      return "**open** · ";
  }
  return "";
}

class MarkdownRenderer {
 public:
  std::string render(Document const& document) {
    out_ = "# " + encode::markdown(document.title) + "\n";
    for (Block const& block : document.blocks) {
      separate_lists(block);
      std::visit([this](auto const& b) { this->block(b); }, block);
    }
    return std::move(out_);
  }

 private:
  void block(Heading const& heading) {
    out_ += "\n" + std::string(static_cast<std::size_t>(heading.depth), '#') + " " + markdown_of(heading.line) + "\n";
  }

  void block(Paragraph const& paragraph) {
    out_ += "\n" + std::string(paragraph.tone == Tone::warning ? "> " : "") + markdown_of(paragraph.line) + "\n";
  }

  void items(std::vector<Item> const& all, std::string const& indent) {
    for (Item const& item : all) {
      out_ += indent + "- " + std::string(mark_in_bold(item.mark)) + markdown_of(item.line) + "\n";
      items(item.parts, indent + "  ");
    }
  }
  void block(List const& list) {
    out_ += "\n";
    items(list.items, "");
  }

  void block(Facts const& facts) {
    out_ += "\n";
    for (auto const& [name, line] : facts.rows)
      out_ += "- **" + encode::markdown(name) + ":** " + markdown_of(line) + "\n";
  }

  /// Two lists behind one another would read as one.
  void separate_lists(Block const& block) {
    bool const list = std::holds_alternative<List>(block) || std::holds_alternative<Facts>(block);
    if (list && after_list_) out_ += "\n<!-- -->\n";
    after_list_ = list;
  }

  void block(Table const& table) {
    out_ += "\n|";
    for (std::string const& column : table.columns) out_ += " " + encode::markdown(column) + " |";
    out_ += "\n|";
    for (std::size_t i = 0; i < table.columns.size(); ++i) out_ += " --- |";
    out_ += "\n";
    for (auto const& row : table.rows) {
      out_ += "|";
      for (Line const& cell : row) out_ += " " + markdown_of(cell, true) + " |";
      out_ += "\n";
    }
  }

  void block(Picture const& picture) {
    if (!picture.words.empty()) out_ += "\n" + encode::markdown(picture.words) + "\n";
  }

  void block(Signatures const& signatures) {
    out_ += "\n| Role | Name | Signature | Date |\n| --- | --- | --- | --- |\n";
    for (std::string const& role : signatures.roles) out_ += "| " + encode::markdown(role) + " | | | |\n";
  }

  std::string out_;
  bool after_list_ = false;
};

}  // namespace

std::string render_markdown(Document const& document) {
  return MarkdownRenderer().render(document);
}

}  // namespace carestep::document

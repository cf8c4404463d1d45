#include <algorithm>

#include "base/encode.hpp"
#include "document/document.hpp"

namespace carestep::document {
namespace {

constexpr std::size_t page_width = 100;

std::string flat(Line const& line) {
  std::string out;
  for (Run const& run : line) {
    out += encode::plain(run.text);
    if (run.style == Style::link && !run.url.empty() && run.url != run.text) out += " <" + encode::plain(run.url) + ">";
  }
  return out;
}

/// Breaks at spaces; longer words keep their length.
std::vector<std::string> wrapped(std::string const& words, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t const end = std::min(words.find(' ', at), words.size());
    std::string const word = words.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (!line.empty() && encode::length(line) + 1 + encode::length(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  if (!line.empty() || lines.empty()) lines.push_back(line);
  return lines;
}

std::string_view mark_in_brackets(Mark mark) {
  switch (mark) {
    case Mark::none:
      return "";
    case Mark::yes:
      return "[yes]  ";
    case Mark::no:
      return "[no]   ";
    case Mark::open:
      return "[open] ";
  }
  return "";
}

class TextRenderer {
 public:
  std::string render(Document const& document) {
    std::string const title = encode::plain(document.title);
    put(title, "");
    out_ += std::string(std::min(page_width, encode::length(title)), '=') + "\n";
    for (Block const& block : document.blocks) {
      std::visit([this](auto const& b) { this->block(b); }, block);
    }
    return std::move(out_);
  }

 private:
  /// Writes words with `first` in front of the first line and as many blanks in front of the others.
  void put(std::string const& words, std::string const& first) {
    std::string lead = first;
    std::size_t const indent = encode::length(first);
    for (std::string const& line : wrapped(words, page_width > indent + 20 ? page_width - indent : 20)) {
      out_ += lead + line + "\n";
      lead.assign(indent, ' ');
    }
  }

  void block(Heading const& heading) {
    std::string const words = flat(heading.line);
    out_ += heading.depth == 2 ? "\n\n" : "\n";
    put(words, "");
    if (heading.depth == 2) out_ += std::string(std::min(page_width, encode::length(words)), '-') + "\n";
  }

  void block(Paragraph const& paragraph) {
    out_ += "\n";
    put(flat(paragraph.line), paragraph.tone == Tone::warning ? "!! " : "");
  }

  void items(std::vector<Item> const& all, std::string const& indent) {
    for (Item const& item : all) {
      put(flat(item.line), indent + "- " + std::string(mark_in_brackets(item.mark)));
      items(item.parts, indent + "  ");
    }
  }
  void block(List const& list) {
    out_ += "\n";
    items(list.items, "  ");
  }

  void block(Facts const& facts) {
    std::size_t width = 0;
    for (auto const& [name, line] : facts.rows) width = std::max(width, encode::length(encode::plain(name)));
    width = std::min<std::size_t>(width, 30);
    out_ += "\n";
    for (auto const& [name, line] : facts.rows) put(flat(line), padded(encode::plain(name), width) + "  ");
  }

  static std::string padded(std::string text, std::size_t width) {
    std::size_t const has = encode::length(text);
    if (has < width) text.append(width - has, ' ');
    return text;
  }

  using Cells = std::vector<std::vector<std::string>>;

  /// Natural widths, the widest columns cut down until the table fits.
  static std::vector<std::size_t> widths(Cells const& cells) {
    std::vector<std::size_t> out(cells.front().size(), 1);
    for (auto const& row : cells) {
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::max(out[i], encode::length(row[i]));
    }
    auto const total = [&] {
      std::size_t sum = 3 * (out.size() - 1);
      for (std::size_t width : out) sum += width;
      return sum;
    };
    while (total() > page_width) {
      auto const widest = std::max_element(out.begin(), out.end());
      if (*widest <= 12) break;
      --*widest;
    }
    return out;
  }

  void row(std::vector<std::string> const& cells, std::vector<std::size_t> const& widths) {
    std::vector<std::vector<std::string>> columns;
    std::size_t height = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      columns.push_back(wrapped(cells[i], widths[i]));
      height = std::max(height, columns.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::string text;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        text += (i == 0 ? "" : " | ") + padded(line < columns[i].size() ? columns[i][line] : "", widths[i]);
      }
      text.erase(text.find_last_not_of(' ') + 1);
      out_ += text + "\n";
    }
  }

  void block(Table const& table) {
    Cells cells{{}};
    for (std::string const& column : table.columns) cells.front().push_back(encode::plain(column));
    for (auto const& line : table.rows) {
      cells.emplace_back();
      for (Line const& cell : line) cells.back().push_back(flat(cell));
    }
    auto const columns = widths(cells);
    out_ += "\n";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      row(cells[i], columns);
      if (i == 0) rule(columns);
    }
  }

  void rule(std::vector<std::size_t> const& widths) {
    std::string text;
    for (std::size_t i = 0; i < widths.size(); ++i) text += (i == 0 ? "" : "-+-") + std::string(widths[i], '-');
    out_ += text + "\n";
  }

  void block(Picture const& picture) {
    if (picture.words.empty()) return;
    out_ += "\n";
    put(encode::plain(picture.words), "");
  }

  void block(Signatures const& signatures) {
    for (std::string const& role : signatures.roles) {
      out_ += "\n" + encode::plain(role) +
              "\n\n  Name ______________________  Signature ______________________  Date ____________\n";
    }
  }

  std::string out_;
};

}  // namespace

std::string render_text(Document const& document) {
  return TextRenderer().render(document);
}

}  // namespace carestep::document

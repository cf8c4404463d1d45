#include "format/writer.hpp"

#include <fmt/format.h>

namespace carestep::format {
namespace {

std::string_view spell(ast::Direction worse) {
  switch (worse) {
    case ast::Direction::higher:
      return "higher is worse";
    case ast::Direction::lower:
      return "lower is worse";
    case ast::Direction::yes:
      return "yes is worse";
    case ast::Direction::no:
      return "no is worse";
    case ast::Direction::more:
      return "more is worse";
  }
  return "";
}

std::string_view spell(ast::TimeUnit unit) {
  switch (unit) {
    case ast::TimeUnit::hour:
      return "hour";
    case ast::TimeUnit::day:
      return "day";
    case ast::TimeUnit::week:
      return "week";
  }
  return "";
}

struct GivenValueWriter {
  Writer& w;

  void operator()(ast::Word const& word) const { w.put(word.text); }
  void operator()(ast::Number const& number) const { w.put(to_string(number.value)); }
  void operator()(ast::Duration const& duration) const { w.put(format::spell(duration)); }
  void operator()(ast::DateLiteral const& date) const { w.put(to_string(date.value)); }
  void operator()(ast::DaysAgo const& ago) const { w.put(format::spell(ago.ago) + " ago"); }
  void operator()(ast::SetLiteral const& set) const {
    if (set.members.empty()) return w.put("none");
    w.put("(");
    write_words(w, set.members);
    w.put(")");
  }
};

}  // namespace

void Writer::put(std::string_view text) {
  if (!items_.empty())
    if (auto* last = std::get_if<Piece>(&items_.back())) {
      last->text += text;
      return;
    }
  items_.emplace_back(Piece{std::string(text)});
}

void Writer::clause(std::string_view keyword, std::uint32_t value) {
  // Several keywords of one clause, as in `valid for`, begin at the first.
  line(find_back(keyword.substr(0, keyword.find(' ')), value), clause_indent);
  put(keyword);
  put(" ");
}

void Writer::line(std::uint32_t segment, int indent) {
  items_.emplace_back(Line{indent, segment});
}

void Writer::space(std::uint32_t segment, std::string_view flat) {
  items_.emplace_back(Space{std::string(flat), segment});
}

void Writer::open(Breaking breaking, Indent from, int by) {
  items_.emplace_back(Open{breaking, from, by});
}

void Writer::close() {
  items_.emplace_back(Close{});
}

std::uint32_t Writer::find_back(std::string_view word, std::uint32_t offset) const {
  return tokens_->find_back(word, offset);
}

std::string Writer::flat() const {
  std::string text;
  for (Item const& item : items_) {
    if (auto const* piece = std::get_if<Piece>(&item)) text += piece->text;
    if (auto const* space = std::get_if<Space>(&item)) text += space->flat;
  }
  return text;
}

std::string quote(ast::Text const& text) {
  std::string quoted = "\"";
  for (char c : text.value) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted += '"';
}

std::string spell(ast::Duration const& duration) {
  bool const one = duration.amount == Decimal::from_int(1);
  return fmt::format("{} {}{}", to_string(duration.amount), spell(duration.unit), one ? "" : "s");
}

void write(Writer& w, ast::Heading const& heading) {
  w.put(heading.name.text);
  if (heading.label) w.put(" " + quote(*heading.label));
}

void write_words(Writer& w, std::vector<ast::Word> const& words, std::string_view separator) {
  w.open(Breaking::fill);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) {
      w.put(separator);
      w.space(words[i].at.begin);
    }
    w.put(words[i].text);
  }
  w.close();
}

void write(Writer& w, ast::GivenValue const& value) {
  std::visit(GivenValueWriter{w}, value.kind);
}

void write_text_clause(Writer& w, std::string_view keyword, std::optional<ast::Text> const& text) {
  if (!text) return;
  w.clause(keyword, text->at.begin);
  w.put(quote(*text));
}

void write(Writer& w, ast::CodeClause const& code) {
  w.put(fmt::format("code {} {}", code.system.text, quote(code.value)));
}

void write(Writer& w, ast::Cite const& cite) {
  w.put("cites " + cite.source.text);
  if (cite.where) w.put(" " + quote(*cite.where));
}

void write_cites(Writer& w, std::vector<ast::Cite> const& cites) {
  for (ast::Cite const& cite : cites) {
    w.line(w.find_back("cites", cite.source.at.begin), clause_indent);
    write(w, cite);
  }
}

void write(Writer& w, ast::Reasons const& reasons) {
  write_text_clause(w, "because", reasons.because);
  write_cites(w, reasons.cites);
}

void write(Writer& w, std::optional<ast::DirectionClause> const& direction) {
  if (!direction) return;
  w.line(direction->at.begin, clause_indent);
  w.put(spell(direction->worse));
}

}  // namespace carestep::format

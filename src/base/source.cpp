#include "base/source.hpp"

#include <algorithm>

namespace carestep {
namespace {

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

SourceFile::SourceFile(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i)
    if (text_[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
}

std::uint32_t SourceFile::line_of(std::uint32_t offset) const {
  auto const next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::uint32_t>(next - line_starts_.begin());
}

std::string_view SourceFile::line(std::uint32_t number) const {
  std::size_t const begin = line_starts_[number - 1];
  std::size_t end = number < line_starts_.size() ? line_starts_[number] - 1 : text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return text().substr(begin, end - begin);
}

std::uint32_t SourceMap::add(std::string name, std::string text) {
  files_.push_back(std::make_shared<SourceFile const>(std::move(name), std::move(text)));
  return static_cast<std::uint32_t>(files_.size() - 1);
}

std::string_view SourceMap::text(Span at) const { return file(at.file).text().substr(at.begin, at.end - at.begin); }

std::string SourceMap::words(Span at) const {
  std::string words;
  bool quoted = false;
  bool comment = false;
  bool escaped = false;
  for (char const c : text(at)) {
    if (comment && c != '\n') continue;
    comment = false;
    bool const blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (blank && !words.empty() && words.back() != ' ') words += ' ';
    if (blank) continue;
    if (!quoted && c == '#') {
      comment = true;
      continue;
    }
    if (c == '"' && !escaped) quoted = !quoted;
    escaped = quoted && c == '\\' && !escaped;
    words += c;
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

Place SourceMap::place(Span at) const {
  SourceFile const& source = file(at.file);
  auto const column = [&](std::uint32_t line, std::uint32_t offset) {
    std::string_view const all = source.line(line);
    std::size_t const start = static_cast<std::size_t>(all.data() - source.text().data());
    return code_points(source.text().substr(start, offset - start)) + 1;
  };
  Place place;
  place.file = source.name();
  place.line = source.line_of(at.begin);
  place.column = column(place.line, at.begin);
  place.end_line = source.line_of(at.end);
  place.end_column = column(place.end_line, at.end);
  place.source_line = std::string(source.line(place.line));
  return place;
}

}  // namespace carestep

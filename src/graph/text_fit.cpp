#include "graph/text_fit.hpp"

#include "base/encode.hpp"

namespace carestep::graph {
namespace {

/// Thousandths of the font size.
int advance(char32_t c, Face face) {
  if (face == Face::mono) return c < 0x1100 ? 610 : 1100;
  if (c >= 0x1100) return 1050;
  if (c < 0x80 && std::string_view("iljI.,:;'|!()[] ").find(static_cast<char>(c)) != std::string_view::npos) return 370;
  if (c == 't' || c == 'f' || c == 'r' || c == '-' || c == '/') return 420;
  if (c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '@' || c == '%') return 980;
  if (c >= 'A' && c <= 'Z') return 740;
  return 625;
}

bool break_after(char32_t c) {
  return c == '_' || c == '-' || c == '/' || c == '.';
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = text.find(' ', at);
    if (end != at) out.push_back(text.substr(at, end - at));
    at = end == std::string_view::npos ? text.size() : end + 1;
  }
  return out;
}

class Wrapper {
 public:
  Wrapper(int width, int size, Face face) : width_(width), size_(size), face_(face) {}

  void word(std::string_view word) {
    std::string const joined = line_.empty() ? std::string(word) : line_ + " " + std::string(word);
    if (text_width(joined, size_, face_) <= width_) {
      line_ = joined;
      return;
    }
    flush();
    broken(word);
  }

  std::vector<std::string> lines() {
    flush();
    if (lines_.empty()) lines_.emplace_back();
    return std::move(lines_);
  }

 private:
  void flush() {
    if (!line_.empty()) lines_.push_back(std::move(line_));
    line_.clear();
  }

  /// A word on a line of its own, in several lines where it is too long for one.
  void broken(std::string_view word) {
    std::size_t last_good = 0;  // in line_: behind a character where a break reads well
    for (std::size_t at = 0; at < word.size();) {
      encode::CodePoint const c = encode::code_point(word, at);
      std::string const longer = line_ + std::string(word.substr(at, c.size));
      if (!line_.empty() && text_width(longer, size_, face_) > width_) {
        std::string const rest = last_good > 0 ? line_.substr(last_good) : std::string();
        if (last_good > 0) line_.resize(last_good);
        flush();
        line_ = rest;
        last_good = 0;
      }
      line_ += word.substr(at, c.size);
      if (break_after(c.value)) last_good = line_.size();
      at += c.size;
    }
  }

  int width_;
  int size_;
  Face face_;
  std::string line_;
  std::vector<std::string> lines_;
};

void drop_last(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.pop_back();
  if (!text.empty()) text.pop_back();
}

}  // namespace

int text_width(std::string_view text, int size, Face face) {
  long thousandths = 0;
  for (std::size_t at = 0; at < text.size();) {
    encode::CodePoint const c = encode::code_point(text, at);
    thousandths += advance(c.value, face);
    at += c.size;
  }
  if (face == Face::bold) thousandths = thousandths * 11 / 10;
  return static_cast<int>((thousandths * size + 999) / 1000);
}

std::vector<std::string> wrapped(std::string_view text, int width, int size, Face face, std::size_t most_lines) {
  Wrapper wrapper(width, size, face);
  std::string const clean = encode::plain(text);
  for (std::string_view word : split_words(clean)) wrapper.word(word);
  std::vector<std::string> lines = wrapper.lines();
  if (lines.size() <= most_lines) return lines;
  lines.resize(most_lines);
  std::string& last = lines.back();
  while (!last.empty() && text_width(last + "…", size, face) > width) drop_last(last);
  last += "…";
  return lines;
}

}  // namespace carestep::graph

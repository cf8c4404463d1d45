#include "assessment_blocks.hpp"

#include <algorithm>

#include "io.hpp"

namespace carestep::cli {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// How a text that starts with a bracket stands at its end.
enum class Brackets : std::uint8_t { none, open, closed };

Brackets brackets(std::string_view text) {
  if (text.empty() || (text.front() != '{' && text.front() != '[')) return Brackets::none;
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return Brackets::closed;
    }
  }
  return Brackets::open;
}

std::size_t lines_of(Block const& block) {
  if (block.holds != Block::Holds::lines) return 1;
  std::string_view const text = block.text();
  auto const breaks = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return breaks + (text.empty() || text.back() == '\n' ? 0 : 1);
}

bool has_line_break(std::string_view text) {
  return text.find('\n') != std::string_view::npos;
}

}  // namespace

/// Reads once, behind what the block has.
void AssessmentBlocks::read_more(Block& block) {
  std::size_t const wanted = block.end + Block::behind + 1;
  if (block.room.size() < wanted) block.room.resize(std::max(size_ + Block::behind, 2 * wanted));
  std::size_t const free = block.room.size() - Block::behind - block.end;
  std::size_t const count = input_->read(block.room.data() + block.end, free);
  block.end += count;
  bytes_read_ += count;
  at_end_ = count == 0;
}

/// Until there is a whole line, and then as long as there is room and the input does not pause.
void AssessmentBlocks::fill(Block& block) {
  bool whole_line = has_line_break(block.text());
  while (!at_end_ && !(whole_line && (block.end >= size_ || !input_->ready()))) {
    if (!whole_line && block.text().size() > longest) return;
    std::size_t const before = block.end;
    read_more(block);
    whole_line = whole_line || has_line_break(std::string_view(block.room).substr(before, block.end - before));
  }
}

void AssessmentBlocks::pass_over_byte_order_mark(Block& block) {
  if (block.text().starts_with(byte_order_mark)) block.begin += byte_order_mark.size();
}

/// The first or second line that is not blank, read as far as needed; nothing when there is none.
std::optional<std::string_view> AssessmentBlocks::written_line(Block& block, std::size_t which) {
  for (;;) {
    std::string_view const text = block.text();
    std::size_t seen = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t const end = std::min(text.find('\n', begin), text.size());
      if (end == text.size() && !at_end_) break;  // more of this line may come
      std::string_view const line = trimmed(text.substr(begin, end - begin));
      if (!line.empty() && seen++ == which) return line;
      begin = end + 1;
    }
    if (at_end_ || text.size() > longest) return std::nullopt;
    read_more(block);
  }
}

/// The first line opens a bracket that it does not close. Where the second is an object by itself, the first is rather
/// one torn line of many, unless it ends where a value has to follow.
bool AssessmentBlocks::one_value_spans_lines(Block& block) {
  std::optional<std::string_view> const first = written_line(block, 0);
  if (!first || brackets(*first) != Brackets::open) return false;
  bool const value_follows = first->ends_with(':');
  std::optional<std::string_view> const second = written_line(block, 1);
  return second && (value_follows || brackets(*second) != Brackets::closed);
}

void AssessmentBlocks::take_everything(Block& block) {
  block.holds = Block::Holds::one_value;
  while (!at_end_) {
    if (block.text().size() > longest) {  // what is left is read only to be passed over
      block.holds = Block::Holds::long_line;
      block.end = block.begin;
    }
    read_more(block);
  }
  if (block.text().size() > longest) block.holds = Block::Holds::long_line;
}

/// Of a line that is too long only its place is given out.
void AssessmentBlocks::skip_long_line(Block& block) {
  block.holds = Block::Holds::long_line;
  while (!at_end_ && !has_line_break(block.text())) {
    block.end = block.begin;
    read_more(block);
  }
  std::size_t const line_break = block.text().find('\n');
  if (line_break != std::string_view::npos) rest_ = block.text().substr(line_break + 1);
  block.end = block.begin;
}

/// Keeps what stands behind the last line break for the next block.
void AssessmentBlocks::cut(Block& block) {
  std::size_t const line_break = block.text().rfind('\n');
  if (at_end_ || line_break == std::string_view::npos) return;
  rest_ = block.text().substr(line_break + 1);
  block.end = block.begin + line_break + 1;
}

void AssessmentBlocks::begin(Block& block) {
  if (block.room.size() > 4 * size_) block.room = {};  // it had a long line
  block.room.resize(std::max({block.room.size(), size_ + Block::behind, rest_.size() + Block::behind}));
  rest_.copy(block.room.data(), rest_.size());
  block.holds = Block::Holds::lines;
  block.begin = 0;
  block.end = rest_.size();
  block.first_line = lines_before_ + 1;
  rest_.clear();
}

bool AssessmentBlocks::next(Block& block) {
  begin(block);
  fill(block);
  if (!started_) {
    started_ = true;
    pass_over_byte_order_mark(block);
    if (one_value_spans_lines(block)) take_everything(block);
  }
  if (block.holds == Block::Holds::lines) {
    if (!at_end_ && !has_line_break(block.text())) fill(block);
    if (!at_end_ && !has_line_break(block.text())) {
      skip_long_line(block);
    } else {
      cut(block);
    }
  }
  block.room[block.end] = '\0';
  block.bytes_read = bytes_read_ - rest_.size();
  if (numbered_) lines_before_ += lines_of(block);
  return block.holds != Block::Holds::lines || !block.text().empty();
}

}  // namespace carestep::cli

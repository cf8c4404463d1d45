#include "assessment_blocks.hpp"

#include <carestep/csv.hpp>

#include <algorithm>
#include <utility>

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

/// Whether a line names the columns of assessments.
bool is_header(std::string_view line) {
  return !line.starts_with('{') && !line.starts_with('[') && line.find("assessment_date") != std::string_view::npos;
}

std::string_view first_line(Block const& block) {
  std::string_view const text = block.text();
  return text.substr(0, text.find('\n'));
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

/// How much of the block is whole lines, or whole rows. What is read last may go without its line break.
std::size_t AssessmentBlocks::whole_lines(Block const& block) const {
  std::string_view const text = block.text();
  if (at_end_) return text.size();
  if (!csv() || text.find('"') == std::string_view::npos) return text.rfind('\n') + 1;  // npos + 1 is 0
  std::size_t whole = 0;
  for (std::size_t row = 0; (row = csv_row_size(text.substr(whole), separator_)) != std::string_view::npos;)
    whole += row;
  return whole;
}

/// Until there is a whole line, and then as long as there is room and the input does not pause.
void AssessmentBlocks::fill(Block& block) {
  for (;;) {
    while (!at_end_ && block.end < size_ && (!has_line_break(block.text()) || input_->ready())) read_more(block);
    if (at_end_ || whole_lines(block) > 0 || block.text().size() > longest) return;
    read_more(block);
  }
}

/// Reads what stands before the first assessment: a byte-order mark, and the header of CSV.
void AssessmentBlocks::begin() {
  Block block;
  start(block);
  fill(block);
  if (block.text().starts_with(byte_order_mark)) block.begin += byte_order_mark.size();
  if (format_ == InputFormat::told) format_ = is_header(first_line(block)) ? InputFormat::csv : InputFormat::ndjson;
  if (csv()) {
    separator_ = csv_separator(first_line(block));
    fill(block);  // up to a whole row
    std::size_t const size = std::min(csv_row_size(block.text(), separator_), block.text().size());
    header_ = block.text().substr(0, size);
    header_lines_ =
        std::max<std::size_t>(1, static_cast<std::size_t>(std::count(header_.begin(), header_.end(), '\n')));
    block.begin += size;
    numbered_ = true;
    lines_before_ = header_lines_;
  }
  rest_ = block.text();
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
  std::size_t const whole = whole_lines(block);
  rest_ = block.text().substr(whole);
  block.end = block.begin + whole;
}

void AssessmentBlocks::start(Block& block) {
  if (block.room.size() > 4 * size_) block.room = {};  // it had a long line
  block.room.resize(std::max({block.room.size(), size_ + Block::behind, rest_.size() + Block::behind}));
  rest_.copy(block.room.data(), rest_.size());
  block.holds = Block::Holds::lines;
  block.begin = 0;
  block.end = rest_.size();
  block.first_line = lines_before_ + 1;
  block.lines_passed = std::exchange(header_lines_, 0);
  rest_.clear();
}

bool AssessmentBlocks::next(Block& block) {
  start(block);
  fill(block);
  bool const first = !std::exchange(started_, true);
  if (first && !csv() && one_value_spans_lines(block)) {
    take_everything(block);
  } else if (whole_lines(block) > 0 || at_end_) {
    cut(block);
  } else {
    skip_long_line(block);
  }
  block.room[block.end] = '\0';
  block.bytes_read = bytes_read_ - rest_.size();
  if (numbered_) lines_before_ += lines_of(block);
  return block.holds != Block::Holds::lines || !block.text().empty();
}

}  // namespace carestep::cli

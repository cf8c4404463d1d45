#include "assessment_lines.hpp"

#include <algorithm>

#include "io.hpp"

namespace carestep::cli {
namespace {

constexpr std::size_t read_size = std::size_t{64} << 10U;
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

}  // namespace

void AssessmentLines::fill() {
  std::size_t const before = pending_.size();
  pending_.resize(before + read_size);
  std::size_t const count = input_->read(pending_.data() + before, read_size);
  pending_.resize(before + count);
  bytes_read_ += count;
  at_end_ = count == 0;
  std::size_t const line_break = std::string_view(pending_).substr(before).rfind('\n');
  if (line_break != std::string_view::npos) whole_lines_ = before + line_break + 1;
  if (at_end_) whole_lines_ = pending_.size();
}

/// The first or second line that is not blank, read as far as needed; nothing when there is none.
std::optional<std::string_view> AssessmentLines::written_line(std::size_t which) {
  for (;; fill()) {
    std::size_t seen = 0;
    for (std::size_t begin = 0; begin < whole_lines_;) {
      std::size_t const end = std::min(pending_.find('\n', begin), whole_lines_);
      std::string_view const line = trimmed(std::string_view(pending_).substr(begin, end - begin));
      if (!line.empty() && seen++ == which) return line;
      begin = end + 1;
    }
    if (at_end_ || pending_.size() > longest) return std::nullopt;
  }
}

/// The first line opens a bracket that it does not close. Where the second is an object by itself, the first is rather
/// one torn line of many, unless it ends where a value has to follow.
bool AssessmentLines::one_value_spans_lines() {
  std::optional<std::string_view> const first = written_line(0);
  if (pending_.starts_with(byte_order_mark)) {
    pending_.erase(0, byte_order_mark.size());
    whole_lines_ -= std::min(whole_lines_, byte_order_mark.size());
    return one_value_spans_lines();
  }
  if (!first || brackets(*first) != Brackets::open) return false;
  bool const value_follows = first->ends_with(':');
  std::optional<std::string_view> const second = written_line(1);
  return second && (value_follows || brackets(*second) != Brackets::closed);
}

Batch AssessmentLines::cut(std::size_t bytes) {
  Batch batch;
  batch.text = pending_.substr(0, bytes);
  pending_.erase(0, bytes);
  whole_lines_ = 0;
  batch.bytes_read = bytes_read_ - pending_.size();
  for (std::size_t begin = 0; begin < batch.text.size();) {
    std::size_t const end = std::min(batch.text.find('\n', begin), batch.text.size());
    std::string_view const line = trimmed(std::string_view(batch.text).substr(begin, end - begin));
    ++lines_before_;
    if (!line.empty()) {
      auto const at = static_cast<std::size_t>(line.data() - batch.text.data());
      batch.lines.push_back({lines_before_, at, line.size(), line.size() > longest});
    }
    begin = end + 1;
  }
  return batch;
}

Batch AssessmentLines::everything() {
  while (!at_end_ && pending_.size() <= longest) fill();
  Batch batch;
  batch.text = std::move(pending_);
  pending_.clear();
  while (!at_end_) {  // too long: what is left is read only to be passed over
    fill();
    pending_.clear();
  }
  whole_lines_ = 0;
  batch.bytes_read = bytes_read_;
  batch.lines.push_back({1, 0, batch.text.size(), batch.text.size() > longest});
  return batch;
}

Batch AssessmentLines::skip_long_line() {
  while (whole_lines_ == 0 && !at_end_) {
    pending_.clear();
    fill();
  }
  std::size_t const line_break = pending_.find('\n');
  pending_.erase(0, line_break == std::string::npos ? pending_.size() : line_break + 1);
  std::size_t const last_break = pending_.rfind('\n');
  whole_lines_ = at_end_ ? pending_.size() : last_break == std::string::npos ? 0 : last_break + 1;
  Batch batch;
  batch.bytes_read = bytes_read_ - pending_.size();
  batch.lines.push_back({++lines_before_, 0, 0, true});
  return batch;
}

std::optional<Batch> AssessmentLines::next() {
  if (!started_) {
    started_ = true;
    if (one_value_spans_lines()) return everything();
  }
  while (whole_lines_ == 0 && !at_end_) {
    if (pending_.size() > longest) return skip_long_line();
    fill();
  }
  if (pending_.empty()) return std::nullopt;
  return cut(whole_lines_);
}

}  // namespace carestep::cli

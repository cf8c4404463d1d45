#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io.hpp"

namespace carestep::cli {

/// One assessment of the input: a stretch of its batch's text.
struct Line {
  std::size_t number = 0;  // of the input, from 1
  std::size_t begin = 0;
  std::size_t length = 0;
  bool too_long = false;  // its text is left out
};

/// Some assessments in the order of the input. Blank lines are none.
struct Batch {
  std::string text;
  std::vector<Line> lines;
  std::uint64_t bytes_read = 0;  // of the input, this batch included

  [[nodiscard]] std::string_view line(Line const& line) const {
    return std::string_view(text).substr(line.begin, line.length);
  }
};

/// Cuts a stream into assessments: one a line, or a single JSON value that spans the lines of the whole input. Never
/// holds more than one batch and the longest line that is allowed.
class AssessmentLines {
 public:
  static constexpr std::size_t longest = std::size_t{16} << 20U;

  explicit AssessmentLines(Input& input) : input_(&input) {}

  /// The assessments that one read gave, or those up to the end of the line that it began.
  std::optional<Batch> next();
  /// Whether `next` would give something (or the end) without waiting.
  [[nodiscard]] bool ready() const { return at_end_ || whole_lines_ > 0 || input_->ready(); }

 private:
  void fill();
  bool one_value_spans_lines();
  std::optional<std::string_view> written_line(std::size_t which);
  Batch cut(std::size_t bytes);
  Batch everything();
  Batch skip_long_line();

  Input* input_;
  std::string pending_;           // read, but not given out
  std::size_t whole_lines_ = 0;   // how many bytes of `pending_` are whole lines
  std::size_t lines_before_ = 0;  // how many lines were given out
  std::uint64_t bytes_read_ = 0;
  bool started_ = false;
  bool at_end_ = false;
};

}  // namespace carestep::cli

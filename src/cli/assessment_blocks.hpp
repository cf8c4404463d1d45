#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "commands.hpp"
#include "io.hpp"

namespace carestep::cli {

/// Some assessments in the order of the input: whole lines of it. Its memory serves one block after the other.
struct Block {
  enum class Holds : std::uint8_t {
    lines,      // an assessment each; blank ones are none
    one_value,  // one assessment that spans lines
    long_line,  // none of its text: it was too long
  };
  Holds holds = Holds::lines;
  std::string room;  // the text, and more
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t first_line = 1;    // of the input, where that is counted
  std::size_t lines_passed = 0;  // of the input before `begin`: not for this block to answer
  std::uint64_t bytes_read = 0;  // of the input, this block included

  /// Whoever reads it may look at `behind` bytes after it, of which the first is a line break or a zero.
  [[nodiscard]] std::string_view text() const { return std::string_view(room).substr(begin, end - begin); }
  static constexpr std::size_t behind = 64;
};

/// Cuts a stream into blocks of assessments: one a line, or a single JSON value that spans the lines of the whole
/// input, or rows of CSV. Never holds more than one block and the longest line that is allowed.
class AssessmentBlocks {
 public:
  static constexpr std::size_t longest = std::size_t{16} << 20U;

  /// `size` is about how many bytes a block has when the input does not pause; lines are counted for CSV, and where
  /// `numbered` says so.
  AssessmentBlocks(Input& input, InputFormat format, std::size_t size, bool numbered)
      : input_(&input), format_(format), size_(size), numbered_(numbered) {}

  /// Whether the input is CSV; known from `begin` on.
  [[nodiscard]] bool csv() const { return format_ == InputFormat::csv; }
  /// The first row of CSV.
  [[nodiscard]] std::string const& header() const { return header_; }
  [[nodiscard]] char separator() const { return separator_; }
  /// Reads as much as it takes to know what the input is written in. Comes before `next`.
  void begin();

  /// The next block; what has arrived when the input pauses, up to the end of the line that it began.
  bool next(Block& block);
  /// Whether the next call would say that there is none.
  [[nodiscard]] bool exhausted() const { return at_end_ && rest_.empty(); }
  /// Ends a `next` that waits for the input. Another thread may call this.
  void stop() { input_->interrupt(); }

 private:
  void start(Block& block);
  void take_header();
  [[nodiscard]] std::size_t whole_lines(Block const& block) const;
  void read_more(Block& block);
  void fill(Block& block);
  bool one_value_spans_lines(Block& block);
  std::optional<std::string_view> written_line(Block& block, std::size_t which);
  void take_everything(Block& block);
  void skip_long_line(Block& block);
  void cut(Block& block);

  Input* input_;
  InputFormat format_;
  std::size_t size_;
  bool numbered_;
  std::string rest_;              // read, but not given out
  std::size_t lines_before_ = 0;  // how many lines were given out
  std::uint64_t bytes_read_ = 0;
  std::string header_;
  char separator_ = ',';
  std::size_t header_lines_ = 0;
  bool started_ = false;
  bool at_end_ = false;
};

}  // namespace carestep::cli

#pragma once

// All reading and writing of the command goes through here: interrupted calls are repeated, every write and close is
// checked, and what fails is a SystemError that names the file and never what was in it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carestep::cli {

/// Makes a broken pipe an error of the write instead of a signal, and fills the places of closed standard streams, so
/// that no file opened later takes one of them.
void prepare_streams();

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd, bool owned) : fd_(fd), owned_(owned) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_), owned_(other.owned_) { other.owned_ = false; }
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor();

  [[nodiscard]] int get() const { return fd_; }
  /// Closes now. Returns whether it went well.
  bool close();

 private:
  int fd_;
  bool owned_;
};

/// A file, or standard input for `-`.
class Input {
 public:
  explicit Input(std::string const& path);

  /// Up to `size` bytes; 0 at the end.
  std::size_t read(char* to, std::size_t size);
  /// Makes a read that waits, and each one after it, find the end. Another thread may call this.
  void interrupt();
  /// Whether a read would give something (or the end) without waiting.
  [[nodiscard]] bool ready() const;
  /// Of a regular file.
  [[nodiscard]] std::optional<std::uint64_t> size() const;
  [[nodiscard]] std::string const& name() const { return name_; }
  [[nodiscard]] int descriptor() const { return fd_.get(); }

 private:
  std::string name_;
  Descriptor fd_;
  /// A pipe that wakes a read that waits; a regular file never does.
  struct Alarm {
    Descriptor heard;
    Descriptor rung;
  };
  std::optional<Alarm> alarm_;
};

/// The whole text of a file or of standard input.
std::string read_all(std::string const& path);

/// Standard output, or a file.
class Output {
 public:
  /// Standard output.
  Output();
  /// The file, emptied; or, for `keep` bytes, cut to them and continued.
  explicit Output(std::string const& path, std::uint64_t keep = 0);

  /// Adds whole lines, at once.
  void write(std::string_view lines);
  /// Makes sure that a file is on the disk.
  void finish();

 private:
  [[noreturn]] void fail(int error, std::string_view written);

  std::string name_;
  Descriptor fd_;
  bool file_ = false;
  std::uint64_t length_ = 0;  // INVARIANT: of a file, up to the end of a line
};

/// Writes a text to standard output.
void print(std::string_view text);

/// Puts `text` in the place of the file in one step: a reader sees the old file or the new one.
void replace_file(std::string const& path, std::string_view text);

/// A message to standard error; that it cannot be written is not an error.
void say(std::string_view text);

/// Whether two paths name one file.
bool same_file(std::string const& a, std::string const& b);

/// Fails when the file cannot be read; leaves standard input alone.
void require_readable(std::string const& path);

bool is_terminal(int fd);
/// Whether to write colours to this descriptor: a terminal, and `NO_COLOR` is not set.
bool colours(int fd);

/// Without the blanks and line breaks at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace carestep::cli

#include "io.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "exit_status.hpp"

namespace carestep::cli {
namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 18U;

std::string reason(int error) {
  return std::generic_category().message(error);
}

[[noreturn]] void fail_reading(std::string const& name, int error) {
  throw SystemError(fmt::format("cannot read `{}`: {}", name, reason(error)));
}

[[noreturn]] void fail_writing(std::string const& name, int error) {
  throw SystemError(fmt::format("cannot write `{}`: {}", name, reason(error)));
}

/// Repeats a call that a signal interrupted.
template <class Call>
auto retry(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

Descriptor open_to_read(std::string const& path) {
  if (path == "-") return Descriptor(STDIN_FILENO, false);
  int const fd = retry([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); });
  if (fd < 0) fail_reading(path, errno);
  return Descriptor(fd, true);
}

Descriptor open_to_write(std::string const& path, int flags, mode_t mode) {
  int const fd = retry([&] { return ::open(path.c_str(), flags | O_WRONLY | O_CREAT | O_CLOEXEC, mode); });
  if (fd < 0) fail_writing(path, errno);
  return Descriptor(fd, true);
}

/// Writes all of `text`, or returns the error. `written` counts the bytes that got through.
int write_fully(int fd, std::string_view text, std::size_t& written) {
  written = 0;
  while (written < text.size()) {
    ssize_t const count = retry([&] { return ::write(fd, text.data() + written, text.size() - written); });
    if (count < 0) return errno;
    written += static_cast<std::size_t>(count);
  }
  return 0;
}

/// Pipes and terminals cannot be synchronised; that is no failure.
bool synchronise(int fd) {
  return retry([&] { return ::fsync(fd); }) == 0 || errno == EINVAL || errno == EROFS;
}

}  // namespace

void prepare_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (::fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    // Opened the wrong way round: using it still fails, as on a closed one.
    int const placeholder = ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (placeholder != fd) throw SystemError("the standard streams are closed");
  }
}

Descriptor::~Descriptor() {
  if (owned_) ::close(fd_);
}

bool Descriptor::close() {
  bool const wanted = owned_;
  owned_ = false;
  return !wanted || ::close(fd_) == 0 || errno == EINTR;
}

Input::Input(std::string const& path) : name_(path == "-" ? "standard input" : path), fd_(open_to_read(path)) {
  std::array<int, 2> ends{};
  if (!size() && ::pipe(ends.data()) == 0)
    alarm_.emplace(Alarm{Descriptor(ends[0], true), Descriptor(ends[1], true)});
}

void Input::interrupt() {
  if (!alarm_) return;
  std::size_t written = 0;
  (void)write_fully(alarm_->rung.get(), "!", written);  // a full pipe rings as well
}

std::size_t Input::read(char* to, std::size_t size) {
  if (alarm_) {
    std::array<pollfd, 2> waiting{{{fd_.get(), POLLIN, 0}, {alarm_->heard.get(), POLLIN, 0}}};
    (void)retry([&] { return ::poll(waiting.data(), waiting.size(), -1); });
    if (waiting[1].revents != 0) return 0;
  }
  ssize_t const count = retry([&] { return ::read(fd_.get(), to, size); });
  if (count < 0) fail_reading(name_, errno);
  return static_cast<std::size_t>(count);
}

bool Input::ready() const {
  pollfd waiting{fd_.get(), POLLIN, 0};
  return retry([&] { return ::poll(&waiting, 1, 0); }) != 0;
}

std::optional<std::uint64_t> Input::size() const {
  struct stat status {};
  if (::fstat(fd_.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size);
}

std::string read_all(std::string const& path) {
  Input input(path);
  std::string text;
  std::size_t length = 0;
  for (;;) {
    text.resize(length + buffer_size);
    std::size_t const count = input.read(text.data() + length, buffer_size);
    length += count;
    if (count == 0) break;
  }
  text.resize(length);
  return text;
}

Output::Output() : name_("standard output"), fd_(STDOUT_FILENO, false) {}

Output::Output(std::string const& path, std::uint64_t keep)
    : name_(path), fd_(open_to_write(path, 0, 0666)), file_(true), length_(keep) {
  auto const end = static_cast<off_t>(keep);
  struct stat status {};
  bool const regular = ::fstat(fd_.get(), &status) == 0 && S_ISREG(status.st_mode);
  if (!regular) return;
  if (retry([&] { return ::ftruncate(fd_.get(), end); }) != 0 || ::lseek(fd_.get(), end, SEEK_SET) < 0)
    fail_writing(name_, errno);
}

void Output::write(std::string_view lines) {
  std::size_t written = 0;
  int const error = write_fully(fd_.get(), lines, written);
  if (error != 0) fail(error, lines.substr(0, written));
  length_ += lines.size();
}

/// Cuts a file behind its last whole line first, so that what is there is good as far as it goes.
void Output::fail(int error, std::string_view written) {
  std::size_t const line_break = written.rfind('\n');
  std::uint64_t const whole = length_ + (line_break == std::string_view::npos ? 0 : line_break + 1);
  // What is left behind is an incomplete answer either way; the message about `error` is what counts.
  if (file_ && ::ftruncate(fd_.get(), static_cast<off_t>(whole)) != 0) errno = 0;
  fail_writing(name_, error);
}

void Output::finish() {
  if (file_ && !synchronise(fd_.get())) fail_writing(name_, errno);
  if (!fd_.close()) fail_writing(name_, errno);
}

void print(std::string_view text) {
  Output output;
  output.write(text);
  output.finish();
}

void replace_file(std::string const& path, std::string_view text) {
  // Through a symbolic link the file behind it is replaced, not the link.
  std::error_code ignored;
  std::filesystem::path const target = std::filesystem::weakly_canonical(path, ignored);
  struct stat status {};
  bool const existed = ::stat(target.c_str(), &status) == 0;
  std::string const beside = fmt::format("{}.{}.new", target.string(), ::getpid());
  try {
    Descriptor fd = open_to_write(beside, O_EXCL, 0666);
    if (existed && ::fchmod(fd.get(), status.st_mode & 07777U) != 0) fail_writing(path, errno);
    std::size_t written = 0;
    if (int const error = write_fully(fd.get(), text, written); error != 0) fail_writing(path, error);
    if (!synchronise(fd.get()) || !fd.close() || ::rename(beside.c_str(), target.c_str()) != 0)
      fail_writing(path, errno);
  } catch (SystemError const&) {
    ::unlink(beside.c_str());
    throw;
  }
}

void say(std::string_view text) {
  std::size_t written = 0;
  (void)write_fully(STDERR_FILENO, text, written);
}

bool same_file(std::string const& a, std::string const& b) {
  struct stat first {};
  struct stat second {};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 && S_ISREG(first.st_mode) &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

void require_readable(std::string const& path) {
  if (path == "-") return;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || ::access(path.c_str(), R_OK) != 0) fail_reading(path, errno);
  if (S_ISDIR(status.st_mode)) fail_reading(path, EISDIR);
}

bool is_terminal(int fd) {
  return ::isatty(fd) == 1;
}

bool colours(int fd) {
  char const* const no_color = std::getenv("NO_COLOR");
  char const* const term = std::getenv("TERM");
  bool const dumb = term != nullptr && std::strcmp(term, "dumb") == 0;
  return is_terminal(fd) && !dumb && (no_color == nullptr || *no_color == '\0');
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  std::size_t const begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace carestep::cli

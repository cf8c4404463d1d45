#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "parse/load.hpp"
#include "parse/text.hpp"

namespace carestep {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(char const* path) {
    // O_NONBLOCK: opening a pipe that nobody writes to must not wait.
    do number_ = ::open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    while (number_ < 0 && errno == EINTR);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_ = -1;
};

/// Reads to the end of the file, or one byte more than a rule file may have. The file tells its size beforehand.
std::optional<std::string> read_all(int descriptor, std::size_t expected) {
  std::size_t const most = parse::max_file_bytes + 1 + 3;  // three bytes for a byte-order mark
  std::string text(std::min(expected, most), '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    ssize_t const count = ::read(descriptor, text.data() + size, text.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  text.resize(size);
  return text;
}

bool same_state(struct stat const& a, struct stat const& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec &&
         a.st_ctim.tv_sec == b.st_ctim.tv_sec && a.st_ctim.tv_nsec == b.st_ctim.tv_nsec;
}

std::optional<std::string> read_regular(char const* path) {
  Descriptor const file(path);
  struct stat before = {};
  if (file.number() < 0 || ::fstat(file.number(), &before) != 0 || !S_ISREG(before.st_mode)) return std::nullopt;
  std::optional<std::string> text = read_all(file.number(), static_cast<std::size_t>(before.st_size));
  struct stat after = {};
  // A file that was written to meanwhile may be half old and half new.
  if (::fstat(file.number(), &after) != 0 || !same_state(before, after)) return std::nullopt;
  return text;
}

bool lies_below(fs::path const& path, fs::path const& folder) {
  fs::path const relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != ".." && relative != ".";
}

}  // namespace

Loader file_loader(std::string const& root) {
  return [root](std::string const& path) -> std::optional<std::string> {
    if (path.find('\0') != std::string::npos) return std::nullopt;
    std::error_code error;
    fs::path const folder = fs::canonical(root.empty() ? "." : root, error);
    if (error) return std::nullopt;
    fs::path const file = fs::canonical(path, error);
    if (error || !lies_below(file, folder)) return std::nullopt;
    return read_regular(file.c_str());
  };
}

}  // namespace carestep

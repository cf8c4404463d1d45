#include "progress.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <unistd.h>

#include "io.hpp"

namespace carestep::cli {

Progress::Progress(std::optional<std::uint64_t> total, bool answers_on_terminal)
    : total_(total), wanted_(!answers_on_terminal && is_terminal(STDERR_FILENO)) {}

Progress::~Progress() {
  if (shown_) say("\r\x1b[K");
}

void Progress::show(std::uint64_t bytes, std::uint64_t decided) {
  if (!wanted_) return;
  auto const now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  if (!total_ || *total_ == 0) return say(fmt::format("\r{} decided", decided));
  constexpr std::uint64_t width = 30;
  std::uint64_t const done = std::min(bytes, *total_);
  std::string const bar(done * width / *total_, '#');
  say(fmt::format("\r[{:<{}}] {:3}%  {} decided", bar, width, done * 100 / *total_, decided));
}

}  // namespace carestep::cli

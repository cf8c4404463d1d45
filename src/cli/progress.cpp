#include "progress.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <unistd.h>

#include "io.hpp"

namespace carestep::cli {
namespace {

std::string rate_text(std::uint64_t decided, double seconds) {
  if (seconds < 0.5) return {};
  double const rate = static_cast<double>(decided) / seconds;
  return rate < 10'000 ? fmt::format(", {:.0f}/s", rate) : fmt::format(", {:.0f} thousand/s", rate / 1000);
}

/// How long the rest of the input takes at the rate so far; nothing while that is a guess.
std::string left_text(double seconds, std::uint64_t done, std::uint64_t rest) {
  if (seconds < 1 || done == 0) return {};
  auto const left = static_cast<std::uint64_t>(seconds * static_cast<double>(rest) / static_cast<double>(done) + 0.5);
  if (left < 60) return fmt::format(", {} s left", left);
  if (left < 3600) return fmt::format(", {}:{:02} min left", left / 60, left % 60);
  return fmt::format(", {}:{:02} h left", left / 3600, left / 60 % 60);
}

}  // namespace

Progress::Progress(std::optional<std::uint64_t> total, std::uint64_t kept, bool answers_on_terminal)
    : total_(total), kept_(kept), wanted_(!answers_on_terminal && is_terminal(STDERR_FILENO)) {}

Progress::~Progress() {
  if (shown_) say("\r\x1b[K");
}

void Progress::show(std::uint64_t bytes, std::uint64_t decided) {
  if (!wanted_) return;
  auto const now = Clock::now();
  if (!begun_ && decided > kept_) begun_ = Begun{now, bytes, decided};
  if (!begun_ || now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  double const seconds = std::chrono::duration<double>(now - begun_->at).count();
  std::string const so_far = fmt::format("{} decided{}", decided, rate_text(decided - begun_->decided, seconds));
  if (!total_ || *total_ == 0) return say(fmt::format("\r\x1b[K{}", so_far));
  constexpr std::uint64_t width = 30;
  std::uint64_t const done = std::min(bytes, *total_);
  std::string const bar(done * width / *total_, '#');
  say(fmt::format("\r\x1b[K[{:<{}}] {:3}%  {}{}", bar, width, done * 100 / *total_, so_far,
                  left_text(seconds, done - std::min(done, begun_->bytes), *total_ - done)));
}

}  // namespace carestep::cli

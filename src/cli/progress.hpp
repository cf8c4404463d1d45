#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace carestep::cli {

/// A line on standard error that says how far a batch is, how fast it goes and how long it will take; only where
/// standard error is a terminal.
class Progress {
 public:
  /// `total` bytes of input, where that is known; `kept` assessments that an earlier run decided. Silent when the
  /// answers themselves go to the terminal.
  Progress(std::optional<std::uint64_t> total, std::uint64_t kept, bool answers_on_terminal);
  ~Progress();

  /// `bytes` of the input and `decided` assessments so far.
  void show(std::uint64_t bytes, std::uint64_t decided);

 private:
  using Clock = std::chrono::steady_clock;

  std::optional<std::uint64_t> total_;
  std::uint64_t kept_;
  /// When the first answer came; what was passed over before says nothing about the time.
  struct Begun {
    Clock::time_point at;
    std::uint64_t bytes = 0;
    std::uint64_t decided = 0;
  };
  std::optional<Begun> begun_;
  bool shown_ = false;
  bool wanted_;
  Clock::time_point next_{};
};

}  // namespace carestep::cli

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace carestep::cli {

/// A line on standard error that says how far a batch is; only where standard error is a terminal.
class Progress {
 public:
  /// `total` bytes of input, where that is known. Silent when the answers themselves go to the terminal.
  Progress(std::optional<std::uint64_t> total, bool answers_on_terminal);
  ~Progress();

  void show(std::uint64_t bytes, std::uint64_t decided);

 private:
  std::optional<std::uint64_t> total_;
  bool shown_ = false;
  bool wanted_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace carestep::cli

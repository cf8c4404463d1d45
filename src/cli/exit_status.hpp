#pragma once

#include <stdexcept>

namespace carestep::cli {

/// What the command's exit status says (docs/cli.md).
enum ExitStatus : int {
  done_and_good = 0,
  bad_news = 1,
  called_wrongly = 2,
  system_failed = 3,
  gave_up = 4,
};

/// The command was called wrongly.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A file or the system failed.
struct SystemError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace carestep::cli

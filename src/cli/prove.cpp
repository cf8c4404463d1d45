#include <carestep/analysis.hpp>

#include <chrono>
#include <fmt/format.h>

#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"
#include "load.hpp"

namespace carestep::cli {
namespace {

using Clock = std::chrono::steady_clock;

ProveOptions options_of(ProveCommand const& command, Clock::time_point start) {
  ProveOptions options;
  options.only = command.only;
  if (command.seconds > 0)
    options.limits.stop = [start, seconds = std::chrono::duration<double>(command.seconds)] {
      return Clock::now() - start >= seconds;
    };
  return options;
}

std::string rendered(ProofReport const& report, DiagnosticFormat format) {
  switch (format) {
    case DiagnosticFormat::json:
      return report.json() + "\n";
    case DiagnosticFormat::sarif:
      return report.sarif() + "\n";
    case DiagnosticFormat::text:
      break;
  }
  return report.text();
}

}  // namespace

int run_prove(ProveCommand const& command) {
  Output out;
  auto const start = Clock::now();
  bool bad = false;
  bool open = false;
  for (std::string const& file : command.files) {
    std::optional<Ruleset> const rules = load_rules({file, command.root});
    if (!rules) {
      bad = true;
      continue;
    }
    ProofReport const report = prove(*rules, options_of(command, start));
    bad = report.refuted() || bad;
    open = report.gave_up() || open;
    out.write(rendered(report, command.format));
  }
  out.finish();
  return bad ? bad_news : open ? gave_up : done_and_good;
}

}  // namespace carestep::cli

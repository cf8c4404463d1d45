#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"
#include "load.hpp"

namespace carestep::cli {

int run_cases(CasesCommand const& command) {
  bool const examples = command.format == CasesFormat::examples;
  if (examples && command.decisions)
    throw UsageError("--decisions goes with --format ndjson; example blocks expect them");
  std::optional<Ruleset> const rules = load_rules(command.rules);
  if (!rules) return bad_news;
  TestCases const found = test_cases(*rules, command.limits);
  print(examples ? found.examples() : found.ndjson(*rules, command.decisions));
  say(found.coverage_text());
  return found.given_up.empty() ? done_and_good : gave_up;
}

}  // namespace carestep::cli

#include <fmt/format.h>
#include <unistd.h>

#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"
#include "load.hpp"

namespace carestep::cli {
namespace {

struct Checked {
  Diagnostics diagnostics;
  std::string good;  // a line for each file without errors
};

void check_file(RulesSource const& source, Checked& checked) {
  Result<Ruleset> const rules = read_rules(source);
  Diagnostics const& found = rules ? rules->warnings() : rules.error();
  checked.diagnostics.insert(checked.diagnostics.end(), found.begin(), found.end());
  if (!rules) return;
  checked.good += fmt::format("{}: {} {}, no errors\n", source.file == "-" ? "<stdin>" : source.file, rules->name(),
                              rules->version());
}

std::string count(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

/// `2 errors, 1 warning`; empty when there is nothing.
std::string totals(Diagnostics const& diagnostics) {
  std::size_t errors = 0;
  for (Diagnostic const& diagnostic : diagnostics)
    if (diagnostic.severity == Severity::error) ++errors;
  std::size_t const warnings = diagnostics.size() - errors;
  if (errors == 0 && warnings == 0) return {};
  if (warnings == 0) return count(errors, "error") + "\n";
  if (errors == 0) return count(warnings, "warning") + "\n";
  return count(errors, "error") + ", " + count(warnings, "warning") + "\n";
}

std::string rendered(Checked const& checked, DiagnosticFormat format) {
  switch (format) {
    case DiagnosticFormat::json:
      return diagnostics_json(checked.diagnostics) + "\n";
    case DiagnosticFormat::sarif:
      return diagnostics_sarif(checked.diagnostics) + "\n";
    case DiagnosticFormat::text:
      break;
  }
  std::string text = diagnostics_text(checked.diagnostics, colours(STDOUT_FILENO));
  if (!text.empty()) text += "\n";
  return text + checked.good + totals(checked.diagnostics);
}

}  // namespace

int run_check(CheckOptions const& options) {
  Checked checked;
  bool unreadable = false;
  for (std::string const& file : options.files) try {
      check_file({file, options.root}, checked);
    } catch (SystemError const& error) {  // the other files are checked all the same
      say(fmt::format("carestep: {}\n", error.what()));
      unreadable = true;
    }
  print(rendered(checked, options.format));
  if (unreadable) return system_failed;
  bool const bad = has_errors(checked.diagnostics) || (options.strict && !checked.diagnostics.empty());
  return bad ? bad_news : done_and_good;
}

}  // namespace carestep::cli

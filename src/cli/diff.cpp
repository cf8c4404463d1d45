#include <carestep/analysis.hpp>

#include <fmt/format.h>

#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"
#include "load.hpp"

namespace carestep::cli {
namespace {

/// `OLD=NEW`, each a name of its version.
template <class Known>
Renamed renamed(std::string const& text, std::string_view what, Ruleset const& older, Ruleset const& newer,
                Known known) {
  std::size_t const at = text.find('=');
  if (at == std::string::npos) throw UsageError(fmt::format("{} wants OLD=NEW", what));
  Renamed names{text.substr(0, at), text.substr(at + 1)};
  if (!known(older, names.older)) throw UsageError(fmt::format("{}: the old version has no `{}`", what, names.older));
  if (!known(newer, names.newer)) throw UsageError(fmt::format("{}: the new version has no `{}`", what, names.newer));
  return names;
}

DiffOptions options_of(DiffCommand const& command, Ruleset const& older, Ruleset const& newer) {
  DiffOptions options;
  options.limits.budget = command.budget;
  for (std::string const& text : command.renamed_inputs)
    options.inputs.push_back(
        renamed(text, "--renamed-input", older, newer,
                [](Ruleset const& r, std::string const& name) { return r.input(name).has_value(); }));
  for (std::string const& text : command.renamed_levels)
    options.levels.push_back(
        renamed(text, "--renamed-level", older, newer,
                [](Ruleset const& r, std::string const& name) { return r.level(name).has_value(); }));
  return options;
}

int status_of(DiffVerdict verdict) {
  switch (verdict) {
    case DiffVerdict::same:
      return done_and_good;
    case DiffVerdict::different:
      return bad_news;
    case DiffVerdict::gave_up:
      break;
  }
  return gave_up;
}

}  // namespace

int run_diff(DiffCommand const& command) {
  if (command.older == "-" && command.newer == "-") throw UsageError("only one of OLD and NEW can be standard input");
  std::optional<Ruleset> const older = load_rules({command.older, command.root});
  std::optional<Ruleset> const newer = load_rules({command.newer, command.root});
  if (!older || !newer) return bad_news;
  DiffReport const report = diff(*older, *newer, options_of(command, *older, *newer));
  print(command.format == ListFormat::json ? report.json() + "\n" : report.text());
  return status_of(report.verdict);
}

}  // namespace carestep::cli

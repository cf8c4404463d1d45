#include "load.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

#include "exit_status.hpp"
#include "io.hpp"

namespace carestep::cli {
namespace {

namespace fs = std::filesystem;

/// For rules from standard input: gives the files of `use` below `root`, and none outside it.
FileLoader below(fs::path const& root) {
  return [root = fs::weakly_canonical(root)](std::string const& path) -> std::optional<std::string> {
    fs::path const file = fs::weakly_canonical(root / path);
    fs::path const within = file.lexically_relative(root);
    if (within.empty() || *within.begin() == ".." || !fs::is_regular_file(file)) return std::nullopt;
    return read_all(file.string());
  };
}

}  // namespace

Result<Ruleset> read_rules(RulesSource const& source) {
  if (source.file == "-") return load_text(read_all("-"), "<stdin>", below(source.root.empty() ? "." : source.root));
  require_readable(source.file);
  return load(source.file, {source.root});
}

std::optional<Ruleset> load_rules(RulesSource const& source) {
  Result<Ruleset> rules = read_rules(source);
  if (rules) return *std::move(rules);
  say(diagnostics_text(rules.error(), colours(STDERR_FILENO)));
  return std::nullopt;
}

std::string shown_id(std::string_view json) {
  bool const quoted = json.size() >= 2 && json.front() == '"';
  return std::string(quoted ? json.substr(1, json.size() - 2) : json);
}

std::string refusals_text(std::vector<Refusal> const& refusals) {
  std::string text;
  for (Refusal const& refusal : refusals)
    text += fmt::format("{} {}{}{}\n", refusal.code, refusal.path, refusal.path.empty() ? "" : ": ", refusal.message);
  return text;
}

std::optional<ReadAssessment> load_assessment(Ruleset const& rules, std::string const& path) {
  auto read = assessment_from_json(rules, read_all(path));
  if (read) return *std::move(read);
  say(refusals_text(read.error().refusals));
  return std::nullopt;
}

}  // namespace carestep::cli

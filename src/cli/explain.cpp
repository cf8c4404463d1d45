#include <fmt/format.h>

#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"
#include "load.hpp"

namespace carestep::cli {
namespace {

std::string rendered(Ruleset const& rules, Explanation const& explanation, std::string const& id, ReportFormat format) {
  switch (format) {
    case ReportFormat::text:
      return explanation.text();
    case ReportFormat::markdown:
      return explanation.markdown();
    case ReportFormat::html:
      return explanation.html();
    case ReportFormat::json:
      break;
  }
  return explained_decision_to_json(rules, explanation, id) + "\n";
}

std::optional<LevelId> level_asked_for(Ruleset const& rules, std::string const& name) {
  if (name.empty()) return std::nullopt;
  std::optional<LevelId> const level = rules.level(name);
  if (!level) throw UsageError(fmt::format("--level: the ruleset has no level `{}`", name));
  return level;
}

}  // namespace

int run_explain(ExplainCommand const& command) {
  std::optional<Ruleset> const rules = load_rules(command.rules);
  if (!rules) return bad_news;
  std::optional<ReadAssessment> const person = load_assessment(*rules, command.file);
  if (!person) return bad_news;
  Explanation explanation = rules->explain(
      person->assessment, ExplainOptions{.decide = command.options, .level = level_asked_for(*rules, command.level)});
  if (explanation.decision.status == DecisionStatus::refused) {
    say(refusals_text(explanation.decision.refusals));
    return bad_news;
  }
  explanation.id = shown_id(person->id);
  print(rendered(*rules, explanation, person->id, command.format));
  return done_and_good;
}

}  // namespace carestep::cli

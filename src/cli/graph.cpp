#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"
#include "load.hpp"

namespace carestep::cli {

int run_graph(GraphCommand const& command) {
  std::optional<Ruleset> const rules = load_rules(command.rules);
  if (!rules) return bad_news;
  std::optional<ReadAssessment> person;
  if (!command.assessment.empty()) {
    person = load_assessment(*rules, command.assessment);
    if (!person) return bad_news;
  }
  print(rules->graph(command.format, person ? &person->assessment : nullptr, command.options));
  return done_and_good;
}

}  // namespace carestep::cli

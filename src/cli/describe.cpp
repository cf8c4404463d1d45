#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"
#include "load.hpp"

namespace carestep::cli {

int run_describe(DescribeCommand const& command) {
  std::optional<Ruleset> const rules = load_rules(command.rules);
  if (!rules) return bad_news;
  std::string document = rules->describe(command.format);
  if (!document.ends_with('\n')) document += '\n';
  print(document);
  return done_and_good;
}

}  // namespace carestep::cli

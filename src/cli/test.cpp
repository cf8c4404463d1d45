#include <fmt/format.h>

#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"
#include "load.hpp"

namespace carestep::cli {

int run_test(TestCommand const& command) {
  Output out;
  bool good = true;
  for (std::string const& file : command.files) {
    std::optional<Ruleset> const rules = load_rules({file, command.root});
    if (!rules) {
      good = false;
      continue;
    }
    TestReport const report = rules->test();
    good = report.passed() && good;
    bool const json = command.format == ListFormat::json;
    if (!json && command.files.size() > 1) out.write(fmt::format("{}\n", file));
    out.write(json ? report.json() + "\n" : report.text());
  }
  out.finish();
  return good ? done_and_good : bad_news;
}

}  // namespace carestep::cli

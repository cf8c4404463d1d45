#include <carestep/ruleset.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "base/json_writer.hpp"

namespace carestep {

bool TestReport::passed() const noexcept {
  return std::all_of(examples.begin(), examples.end(), [](ExampleResult const& e) { return e.passed(); });
}

std::string TestReport::text() const {
  std::string out;
  auto const put = [&]<class... Args>(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out), form, std::forward<Args>(args)...);
  };
  std::size_t failed = 0;
  for (ExampleResult const& example : examples) {
    put("{} {}\n", example.passed() ? "pass" : "FAIL", example.name);
    if (!example.passed()) ++failed;
    if (!example.passed()) put("     {}:{}\n", example.place.file, example.place.line);
    for (ExampleDifference const& difference : example.differences)
      put("     expected {}\n     got      {}\n", difference.expected, difference.got);
  }
  put("\n{} examples: {} passed, {} failed\n", examples.size(), examples.size() - failed, failed);
  put("{} of {} rules made active\n", rules - rules_never_active.size(), rules);
  for (std::string const& rule : rules_never_active) put("  no example makes `{}` active\n", rule);
  put("{} of {} clauses shown both true and false\n", clauses_both_ways, clauses);
  for (std::string const& clause : clauses_one_way) put("  {}\n", clause);
  return out;
}

std::string TestReport::json() const {
  JsonWriter out;
  out.object().array("examples");
  for (ExampleResult const& example : examples) {
    out.object().text("name", example.name).truth("passed", example.passed()).array("differences");
    for (ExampleDifference const& difference : example.differences)
      out.object().text("expected", difference.expected).text("got", difference.got).close();
    out.close().close();
  }
  out.close().object("coverage");
  out.object("rules").number("active", static_cast<std::int64_t>(rules - rules_never_active.size()));
  out.number("of", static_cast<std::int64_t>(rules)).texts("never", rules_never_active).close();
  out.object("clauses").number("both", static_cast<std::int64_t>(clauses_both_ways));
  out.number("of", static_cast<std::int64_t>(clauses)).close();
  return out.close().close().take();
}

}  // namespace carestep

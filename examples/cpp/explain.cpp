// Reads one assessment from JSON, and says for the chart why the rules decide as they do.

#include <carestep/carestep.hpp>

#include <fstream>
#include <iostream>
#include <sstream>

namespace {

std::string read(char const* path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

int main() {
  carestep::Result<carestep::Ruleset> const rules = carestep::load("examples/riverbend.care");
  if (!rules) {
    std::cerr << carestep::diagnostics_text(rules.error());
    return 1;
  }
  auto const person = carestep::assessment_from_json(*rules, read("examples/assessments/riverbend.json"));
  if (!person) {
    for (carestep::Refusal const& refusal : person.error().refusals)
      std::cerr << refusal.code << ' ' << refusal.path << ": " << refusal.message << '\n';
    return 1;
  }

  carestep::Explanation const why = rules->explain(person->assessment);
  std::cout << why.summary << "\n\n";
  for (carestep::ShownRule const& rule : why.active) {
    std::cout << (rule.binding ? "* " : "  ") << rule.name;
    for (std::string const& action : rule.actions) std::cout << ", " << action;
    std::cout << '\n';
  }
  for (carestep::ShownExclusion const& exclusion : why.why_not_lower) {
    std::cout << "not " << exclusion.level << ':';
    for (std::string const& name : exclusion.rules) std::cout << ' ' << name;
    for (std::string const& name : exclusion.criteria) std::cout << ' ' << name;
    for (std::string const& name : exclusion.open_rules) std::cout << " perhaps " << name;
    std::cout << '\n';
  }
  for (std::string const& question : why.unknown_that_matters) std::cout << "still to ask: " << question << '\n';
  return 0;
}

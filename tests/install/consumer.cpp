#include <carestep/carestep.hpp>
#include <iostream>

int main() {
  auto const rules = carestep::load_text(R"(
ruleset smallest "The smallest pathway"
  language 1
  version "1"
  status active
levels outpatient < residential
rule everyone then at least outpatient
)");
  if (!rules) {
    std::cerr << carestep::diagnostics_text(rules.error());
    return 1;
  }
  carestep::Assessment person = rules->assessment(*carestep::date(2026, 5, 14));
  if (person.set("current_level", "none")) return 1;
  std::cout << rules->level(rules->decide(person).next).name << '\n';
}

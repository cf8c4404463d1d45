// Reads a rule file, places one person on its levels and prints the decision.

#include <carestep/carestep.hpp>

#include <iostream>

int main() {
  carestep::Result<carestep::Ruleset> const loaded = carestep::load("examples/riverbend.care");
  if (!loaded) {
    std::cerr << carestep::diagnostics_text(loaded.error());
    return 1;
  }
  carestep::Ruleset const& rules = *loaded;

  carestep::Assessment person = rules.assessment(*carestep::date(2026, 5, 14));
  auto const answer = [&](std::string_view input, carestep::Answer const& value) {
    if (auto const refusal = person.set(input, value)) std::cerr << refusal->path << ": " << refusal->message << '\n';
  };
  answer("current_level", "residential");
  answer("days_in_level", 30);
  answer("age", 34);
  answer("withdrawal_risk", "none");
  answer("home_environment", "supportive");
  answer("phq9", 6);
  answer("relapse_risk", "low");
  answer("attendance", *carestep::parse_decimal("0.95"));
  answer("conditions", std::vector<std::string>{"ptsd"});
  answer("last_use", *carestep::date(2026, 3, 30));
  person.no_previous();

  carestep::Decision const decision = rules.decide(person);
  std::cout << "status:    " << to_string(decision.status) << '\n'
            << "move:      " << to_string(decision.move) << '\n'
            << "next:      " << rules.level(decision.next).label << '\n'
            << "indicated: " << rules.level(decision.indicated).label << '\n';
  for (carestep::RuleId const rule : decision.active)
    std::cout << "active:    " << rules.rule(rule).name << ": " << rules.rule(rule).because << '\n';
  return 0;
}

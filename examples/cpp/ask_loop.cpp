// Asks only what matters: each answer goes in, and the decision says which question is the most useful next.
// The answers come from a list here; in an application they come from a person.

#include <carestep/carestep.hpp>

#include <iostream>
#include <map>

int main() {
  carestep::Result<carestep::Ruleset> const rules = carestep::load("examples/riverbend.care");
  if (!rules) {
    std::cerr << carestep::diagnostics_text(rules.error());
    return 1;
  }
  std::map<std::string_view, carestep::Answer> const answers{
      {"current_level", "none"},
      {"age", 34},
      {"withdrawal_risk", "none"},
      {"home_environment", "unsafe"},
      {"sober_housing", false},
      {"phq9", 6},
      {"relapse_risk", "moderate"},
      {"attendance", *carestep::parse_decimal("0.9")},
      {"conditions", std::vector<std::string>{}},
      {"last_use", *carestep::date(2026, 5, 10)},
  };

  carestep::Assessment person = rules->assessment(*carestep::date(2026, 5, 14));
  carestep::Decision decision = rules->decide(person);
  while (decision.status == carestep::DecisionStatus::undetermined && !decision.ask.empty()) {
    carestep::Question const question = decision.ask.front();
    carestep::InputInfo const input = rules->input(question.input);
    std::cout << "asked: " << (question.previous ? "previous " : "") << input.name << '\n';
    if (question.previous) {
      person.no_previous();
    } else if (auto const refusal = person.set(question.input, answers.at(input.name))) {
      std::cerr << refusal->path << ": " << refusal->message << '\n';
      return 1;
    }
    decision = rules->decide(person);
  }
  std::cout << to_string(decision.status) << ": " << to_string(decision.move) << " to "
            << rules->level(decision.next).name << '\n';
  return 0;
}

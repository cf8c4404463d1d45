// How many questions an interview takes until the decision is determined, by the order in which they are asked.
//
//   carestep_interview_bench RULES [CASELOAD] [--patients N] [--seed S]
//
// Everybody is interviewed from nothing known but the day, in four ways: by carestep's order; in the order of
// declaration and at random, of the questions that still matter; and in the order of declaration, whether they matter
// or not, as on paper. CASELOAD is NDJSON; besides, N random people are drawn from the answers' domains, each answer as
// likely as any other. What somebody cannot answer is passed over.

#include <carestep/carestep.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "program/assessment_access.hpp"
#include "random.hpp"

using namespace carestep;

namespace {

enum class Order : std::uint8_t { expected, declared, random, paper };
constexpr std::array<std::pair<Order, std::string_view>, 4> orders{
    {{Order::expected, "carestep's order"},
     {Order::declared, "declaration, of those that matter"},
     {Order::random, "random, of those that matter"},
     {Order::paper, "declaration, all of them"}}};

// ---- people
// -----------------------------------------------------------------------------------------------------------

/// A date or a number of days that rules could tell apart, and not one of a century.
constexpr std::uint32_t most_days = 400;

std::uint32_t choices(ir::Input const& input, ir::Variable const& variable) {
  bool const days = input.kind == ir::InputKind::date || variable.input == ir::days_in_level_var;
  return days ? most_days : static_cast<std::uint32_t>(variable.size);
}

/// Somebody with an answer to everything, or nobody when these answers cannot go together.
std::optional<Assessment> draw(Ruleset const& rules, Date day, bench::Sequence& random) {
  Assessment person = rules.assessment(day);
  ir::Model const& model = *AssessmentAccess::program(person)->model;
  auto const codes = AssessmentAccess::codes(person);
  for (std::size_t var = 0; var < codes.size(); ++var) {
    ir::Variable const& variable = model.variables[var];
    codes[var] = static_cast<AssessmentAccess::Code>(random.below(choices(model.inputs[variable.input], variable)));
  }
  if (codes[ir::current_level_var] == 0) codes[ir::days_in_level_var] = 0;
  if (random.percent(50)) {
    person.has_previous();
  } else {
    person.no_previous();
    for (std::size_t var = 0; var < codes.size(); ++var)
      if (model.variables[var].previous) codes[var] = AssessmentAccess::unknown;
  }
  if (rules.decide_brief(person).status != DecisionStatus::determined) return std::nullopt;
  return person;
}

std::vector<Assessment> drawn(Ruleset const& rules, std::size_t count, std::uint64_t seed) {
  std::vector<Assessment> people;
  bench::Sequence random(seed);
  while (people.size() < count)
    if (auto person = draw(rules, *date(2026, 5, 14), random)) people.push_back(*std::move(person));
  return people;
}

std::vector<Assessment> caseload(Ruleset const& rules, std::string const& file) {
  std::vector<Assessment> people;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    auto const read = assessment_from_json(rules, line);
    if (read && rules.decide_brief(read->assessment).status != DecisionStatus::refused)
      people.push_back(read->assessment);
  }
  return people;
}

// ---- interviews
// -------------------------------------------------------------------------------------------------------

class Interview {
 public:
  Interview(Ruleset const& rules, Assessment const& person)
      : rules_(rules),
        model_(*AssessmentAccess::program(person)->model),
        person_(person),
        told_(rules.assessment(person.date())) {}

  /// How many questions were put until the decision was determined, or nothing was left to ask.
  std::size_t questions(Order order, bench::Sequence& random) {
    std::size_t put = 0;
    for (;;) {
      Decision const decision = rules_.decide(told_);
      if (decision.status != DecisionStatus::undetermined) return put;
      std::vector<Question> const open = left_to_ask(order, decision);
      if (open.empty()) return put;
      Question const next =
          order == Order::random ? open[random.below(static_cast<std::uint32_t>(open.size()))] : open.front();
      answer(next);
      asked_.push_back(next);
      ++put;
    }
  }

 private:
  [[nodiscard]] std::vector<Question> left_to_ask(Order order, Decision const& decision) const {
    std::vector<Question> questions = order == Order::paper ? every_question() : decision.ask;
    std::erase_if(questions, [&](Question const& question) {
      return std::find(asked_.begin(), asked_.end(), question) != asked_.end();
    });
    auto const declared = [](Question const& a, Question const& b) {
      return std::pair(a.previous, a.input) < std::pair(b.previous, b.input);
    };
    if (order != Order::expected) std::sort(questions.begin(), questions.end(), declared);
    return questions;
  }

  [[nodiscard]] std::vector<Question> every_question() const {
    std::vector<Question> questions;
    std::vector<bool> read(2 * model_.inputs.size(), false);
    for (std::uint32_t const var : AssessmentAccess::program(person_)->decision_vars) {
      ir::Variable const& variable = model_.variables[var];
      std::size_t const place = variable.input + (variable.previous ? model_.inputs.size() : 0);
      if (!read[place]) questions.push_back({{variable.input}, variable.previous});
      read[place] = true;
    }
    return questions;
  }

  void answer(Question const& question) {
    if (question.previous && AssessmentAccess::previous(person_) == Assessment::Previous::none)
      return told_.no_previous();
    ir::Input const& input = model_.inputs[question.input.index];
    ir::VarId const first = question.previous ? input.first_previous_var : input.first_var;
    auto const from = AssessmentAccess::codes(person_);
    std::copy_n(from.begin() + first, input.width, AssessmentAccess::codes(told_).begin() + first);
    if (question.previous) told_.has_previous();
  }

  Ruleset const& rules_;
  ir::Model const& model_;
  Assessment const& person_;
  Assessment told_;
  std::vector<Question> asked_;
};

void report(std::string_view name, Ruleset const& rules, std::vector<Assessment> const& people, std::uint64_t seed) {
  if (people.empty()) return;
  fmt::print("{}, {} people\n", name, people.size());
  for (auto const& [order, words] : orders) {
    bench::Sequence random(seed);
    std::vector<std::size_t> counts;
    for (Assessment const& person : people) counts.push_back(Interview(rules, person).questions(order, random));
    std::sort(counts.begin(), counts.end());
    std::size_t const sum = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
    fmt::print("  {:<36} {:>6.2f} questions on average, median {}, most {}\n", words,
               static_cast<double>(sum) / static_cast<double>(counts.size()), counts[counts.size() / 2], counts.back());
  }
}

struct Arguments {
  std::string rules;
  std::string caseload;
  std::uint64_t patients = 200;
  std::uint64_t seed = 1;
};

std::optional<Arguments> arguments(std::vector<std::string_view> const& given) {
  Arguments result;
  std::vector<std::string> files;
  for (std::size_t i = 0; i < given.size(); ++i) {
    std::uint64_t* const number = given[i] == "--patients" ? &result.patients
                                  : given[i] == "--seed"   ? &result.seed
                                                           : nullptr;
    if (number == nullptr) {
      files.emplace_back(given[i]);
      continue;
    }
    if (++i == given.size()) return std::nullopt;
    std::string_view const text = given[i];
    if (std::from_chars(text.data(), text.data() + text.size(), *number).ec != std::errc{}) return std::nullopt;
  }
  if (files.empty() || files.size() > 2) return std::nullopt;
  result.rules = files[0];
  if (files.size() == 2) result.caseload = files[1];
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  auto const given = arguments({argv + 1, argv + argc});
  if (!given) {
    fmt::print(stderr, "carestep_interview_bench RULES [CASELOAD] [--patients N] [--seed S]\n");
    return 2;
  }
  auto const rules = load(given->rules);
  if (!rules.ok()) {
    fmt::print(stderr, "{}", diagnostics_text(rules.error()));
    return 1;
  }
  if (!given->caseload.empty()) report("the caseload", *rules, caseload(*rules, given->caseload), given->seed);
  report(fmt::format("random people, seed {}", given->seed), *rules, drawn(*rules, given->patients, given->seed),
         given->seed);
  return 0;
}

#include "growth_rules.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>

#include "engine.hpp"

namespace bench {

using carestep::Answer;
using carestep::Assessment;
using carestep::Decimal;

GrowthRules::GrowthRules(GrowthSize size, std::uint64_t seed)
    : size_(size), seed_(seed), draws_(mix(seed)), definitions_(std::max(1, size.rules / 20)) {
  files_["rules.care"] =
      "ruleset growth \"Generated for measuring\"\n  language 1\n  status active\n  effective 2024-01-01\n\n"
      "levels outpatient < iop < php < residential < detox\n";
  declare_inputs();
  declare_definitions();
  declare_rules();
}

std::size_t GrowthRules::bytes() const {
  std::size_t sum = 0;
  for (auto const& [name, text] : files_) sum += text.size();
  return sum;
}

carestep::Ruleset GrowthRules::load() const {
  auto const part = [&](std::string const& path) -> std::optional<std::string> {
    auto const found = files_.find(path.substr(path.rfind('/') + 1));
    return found == files_.end() ? std::nullopt : std::optional(found->second);
  };
  auto rules = carestep::load_text(files_.at("rules.care"), "rules.care", part);
  if (!rules) give_up("a generated ruleset has errors: " + rules.error().front().message);
  return *rules;
}

void GrowthRules::declare_inputs() {
  std::string& text = files_["rules.care"];
  for (int i = 0; i < size_.inputs; ++i) {
    kinds_.push_back(Kind{static_cast<std::uint8_t>(draws_.below(5))});
    text += fmt::format("\ninput {} \"Question {}\"\n", input_name(i), i);
    switch (kinds_.back()) {
      case Kind::scale:
        text += "  scale none < mild < moderate < severe\n  higher is worse\n";
        break;
      case Kind::points:
        text += "  number 0 to 27\n  higher is worse\n";
        break;
      case Kind::percent:
        text += "  number 0 to 100\n  higher is worse\n";
        break;
      case Kind::share:
        text += "  number 0 to 1 step 0.01\n  lower is worse\n";
        break;
      case Kind::yes_no:
        text += "  yes/no\n  yes is worse\n";
        break;
    }
  }
}

std::string GrowthRules::clause(int input) {
  std::string const name = input_name(input);
  switch (kinds_[static_cast<std::size_t>(input)]) {
    case Kind::scale:
      return name + (draws_.percent(70) ? " is moderate or worse" : " is severe");
    case Kind::points:
      return fmt::format("{} >= {}", name, draws_.between(12, 24));
    case Kind::percent:
      return fmt::format("{} >= {}", name, draws_.between(45, 90));
    case Kind::share:
      return fmt::format("{} < 0.{}", name, draws_.between(10, 45));
    case Kind::yes_no:
      break;
  }
  return name;
}

std::vector<std::string> GrowthRules::clauses(int centre, int count) {
  constexpr int reach = 4;
  int const first = std::clamp(centre - reach, 0, std::max(0, size_.inputs - 2 * reach));
  std::vector<int> near;
  for (int input = first; input < std::min(size_.inputs, first + 2 * reach); ++input) near.push_back(input);
  std::vector<std::string> chosen;
  while (static_cast<int>(chosen.size()) < count) {
    std::size_t const at = draws_.below(static_cast<std::uint32_t>(near.size()));
    chosen.push_back(clause(near[at]));
    near.erase(near.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return chosen;
}

void GrowthRules::declare_definitions() {
  std::string& text = files_["rules.care"];
  for (int i = 0; i < definitions_; ++i) {
    int const centre = static_cast<int>(static_cast<std::int64_t>(i) * size_.inputs / definitions_);
    std::vector<std::string> const c = clauses(centre, 6);
    text += fmt::format("\nfact f{} \"Finding {}\"\n  when {} and {}\n", i, i, c[0], c[1]);
    text += fmt::format("\nscore s{} \"Points {}\"\n  = 2 * count of ({}, {}) + count of ({}, {})\n", i, i, c[2], c[3],
                        c[4], c[5]);
  }
}

std::string GrowthRules::condition(int rule) {
  int const centre = static_cast<int>(static_cast<std::int64_t>(rule) * size_.inputs / size_.rules);
  int const definition = static_cast<int>(static_cast<std::int64_t>(rule) * definitions_ / size_.rules);
  std::vector<std::string> const c = clauses(centre, 4);
  switch (draws_.below(6)) {
    case 0:
      return fmt::format("{} and {}", c[0], c[1]);
    case 1:
      return fmt::format("{} and {} and {}", c[0], c[1], c[2]);
    case 2:
      return fmt::format("{} and ({} or {})", c[0], c[1], c[2]);
    case 3:
      return fmt::format("at least 3 of ({}, {}, {}, {})", c[0], c[1], c[2], c[3]);
    case 4:
      return fmt::format("f{} and {}", definition, c[0]);
    default:
      return fmt::format("s{} >= {} and {}", definition, draws_.between(3, 5), c[1]);
  }
}

void GrowthRules::declare_rule(std::string& text, int rule) {
  constexpr std::array levels = {"iop", "iop", "iop",         "iop",         "php",
                                 "php", "php", "residential", "residential", "detox"};
  text += fmt::format("\nrule r{} \"Rule {}\"\n  when {}\n  then at least {}\n  because \"Reason {}.\"\n", rule, rule,
                      condition(rule), levels[draws_.below(levels.size())], rule);
}

void GrowthRules::declare_rules() {
  constexpr int a_file = 1'000;
  files_["rules.care"] += "\nrule everyone\n  then at least outpatient\n";
  for (int first = 0; first < size_.rules; first += a_file) {
    std::string const name = fmt::format("part{}.care", first / a_file);
    files_["rules.care"] += fmt::format("\nuse \"{}\"\n", name);
    for (int i = first; i < std::min(size_.rules, first + a_file); ++i) declare_rule(files_[name], i);
  }
}

Answer GrowthRules::answer(Kind kind, bool worse, Sequence& draws) const {
  switch (kind) {
    case Kind::scale:
      return worse ? "severe" : draws.percent(50) ? "none" : "mild";
    case Kind::points:
      return worse ? draws.between(24, 27) : draws.between(0, 11);
    case Kind::percent:
      return worse ? draws.between(90, 100) : draws.between(0, 44);
    case Kind::share:
      return Decimal{(worse ? draws.between(0, 9) : draws.between(50, 100)) * (Decimal::one / 100)};
    case Kind::yes_no:
      break;
  }
  return worse;
}

Assessment GrowthRules::person(carestep::Ruleset const& rules, std::uint64_t index) const {
  Sequence draws(mix(seed_ + 0x9E37U * (index + 1)));
  // Most conditions hold when two or three findings are worse: few findings in a large ruleset, many in a small one.
  auto const share = static_cast<std::uint32_t>(std::clamp(100 * std::pow(8.0 / size_.rules, 0.4), 2.0, 40.0));
  Assessment person = rules.assessment(*carestep::date(2026, 5, 14));
  constexpr std::array levels = {"outpatient", "iop", "php", "residential", "detox"};
  auto const set = [&](std::string const& input, Answer const& value) {
    if (person.set(input, value)) give_up("a generated answer is refused");
  };
  set("current_level", levels[draws.below(levels.size())]);
  set("days_in_level", draws.between(0, 60));
  for (int i = 0; i < size_.inputs; ++i)
    set(input_name(i), answer(kinds_[static_cast<std::size_t>(i)], draws.percent(share), draws));
  return person;
}

}  // namespace bench

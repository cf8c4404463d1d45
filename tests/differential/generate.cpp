#include <fmt/format.h>

#include "differential/author.hpp"

namespace carestep::differential {

std::uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15U;
  auto z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

std::string joined(Words const& words, char const* between) {
  return fmt::format("{}", fmt::join(words, between));
}

std::string in_order(std::initializer_list<std::string> parts) {
  std::string result;
  for (auto const& part : parts) result += part;
  return result;
}

std::string days_text(std::int64_t days, Random& random) {
  if (days % 7 == 0 && days > 0 && random.percent(30)) {
    return days == 7 ? "1 week" : fmt::format("{} weeks", days / 7);
  }
  if (days > 0 && days < 10 && random.percent(20)) return fmt::format("{} hours", days * 24);
  return days == 1 ? "1 day" : fmt::format("{} days", days);
}

std::vector<std::string> Author::declarations() {
  levels_and_services();
  inputs();
  definitions();
  auto const start = ruleset_block();
  rules();
  moves();
  if (chance(45)) guarantees();
  if (chance(35)) impossibles();
  random_.shuffle(texts_);
  texts_.insert(texts_.begin(), start);
  return texts_;
}

std::string Author::ruleset_block() {
  auto text = std::string("ruleset made \"Made up\"\n  language 1\n  version \"1\"\n");
  text += chance(15) ? "  status draft\n" : "  status active\n";
  if (chance(30)) text += "  effective 2020-01-01\n";
  if (chance(30)) text += "  expires 2040-12-31\n";
  if (chance(12)) text += "  applies when " + clause(1) + "\n";
  return text;
}

std::vector<std::string> random_declarations(Random& random, bool small) {
  return Author(random, small).declarations();
}

}  // namespace carestep::differential

#pragma once

// Rulesets of any size, made from a seed: rules read inputs that stand near one another, as the rules of one subject
// do, through two to four clauses, lists, scores and facts. About as many rules are active for a person in a large
// ruleset as in a small one.

#include <carestep/carestep.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "random.hpp"

namespace bench {

struct GrowthSize {
  int rules = 10;
  int inputs = 10;
};

class GrowthRules {
 public:
  GrowthRules(GrowthSize size, std::uint64_t seed);

  /// The main file, `rules.care`, and what it uses: a part for each thousand rules.
  [[nodiscard]] std::map<std::string, std::string> const& files() const { return files_; }
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] carestep::Ruleset load() const;
  [[nodiscard]] static std::string input_name(int input) { return "x" + std::to_string(input); }
  /// A person of these rules; everything is answered.
  [[nodiscard]] carestep::Assessment person(carestep::Ruleset const& rules, std::uint64_t index) const;

 private:
  enum class Kind : std::uint8_t { scale, points, percent, share, yes_no };

  void declare_inputs();
  void declare_definitions();
  void declare_rules();
  void declare_rule(std::string& text, int rule);
  [[nodiscard]] std::string clause(int input);
  /// `count` clauses over inputs near `centre`, no input twice.
  [[nodiscard]] std::vector<std::string> clauses(int centre, int count);
  [[nodiscard]] std::string condition(int rule);
  [[nodiscard]] carestep::Answer answer(Kind kind, bool worse, Sequence& draws) const;

  GrowthSize size_;
  std::uint64_t seed_;
  Sequence draws_;
  std::vector<Kind> kinds_;
  int definitions_ = 0;  // so many facts, and as many scores
  std::map<std::string, std::string> files_;
};

}  // namespace bench

#pragma once

// The common workload through the C++ interface: sud-continuum.care, the handles of its inputs, and answers made once.

#include <carestep/carestep.hpp>

#include <array>
#include <string>
#include <vector>

#include "baseline/if_else.hpp"

namespace bench {

/// Loads a rule file of tests/bench; ends the program when it has errors.
carestep::Ruleset load_rules(std::string const& name);

/// Ends the program with a message; for a benchmark that cannot go on.
[[noreturn]] void give_up(std::string const& message);

class Engine {
 public:
  explicit Engine(carestep::Ruleset rules);

  [[nodiscard]] carestep::Ruleset const& rules() const { return rules_; }
  [[nodiscard]] carestep::InputId input(std::size_t input) const { return ids_[input]; }

  [[nodiscard]] carestep::Assessment assessment(std::uint64_t index, Record const& record,
                                                UnknownMask unknown = 0) const;
  /// Answers everything of the record in an assessment that may hold another record's answers.
  void answer_all(carestep::Assessment& assessment, Record const& record) const;
  /// Likewise by the handles of values, and numbers as they are.
  void set_all(carestep::Assessment& assessment, Record const& record) const;

 private:
  carestep::Ruleset rules_;
  std::array<carestep::InputId, input_count> ids_{};
  carestep::InputId days_in_level_{};
  std::array<std::vector<carestep::Answer>, input_count> answers_;  // by code; but for the two wide numbers
  std::array<std::vector<carestep::ValueId>, input_count> values_;  // of scales
  [[nodiscard]] carestep::Answer made(std::size_t input, Record const& record) const;
};

/// What the hand-written code says of a determined decision. Ends the program at any other.
HandDecision brief_of(carestep::BriefDecision const& decision);

inline carestep::DecideOptions brief_options() {
  carestep::DecideOptions options;
  options.brief = true;
  return options;
}

}  // namespace bench

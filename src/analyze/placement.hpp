#pragma once

// What the rules, criteria and lines come to, as functions of all complete assessments: sections 5 and 6 of the
// language over decision diagrams. Nothing here looks at `impossible` and `applies`; ask for `Space::counted` beside
// it.

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "analyze/space.hpp"
#include "eval/outcome.hpp"

namespace carestep::analyze {

using eval::LevelMask;

/// Gives each different value a number, which is then a leaf.
template <class Value, class Key>
class Numbered {
 public:
  std::uint32_t operator()(Value const& value) {
    auto const [it, added] = numbers_.try_emplace(Key{}(value), static_cast<std::uint32_t>(values_.size()));
    if (added) values_.push_back(value);
    return it->second;
  }
  Value const& operator[](std::uint32_t number) const { return values_[number]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }

 private:
  std::vector<Value> values_;
  std::map<decltype(Key{}(std::declval<Value const&>())), std::uint32_t> numbers_;
};

/// What the active rules say about the levels, whoever it is about.
struct Claims {
  LevelMask admits = 0;
  LevelMask hard = 0;  // `at most` left aside
  std::int8_t safe = eval::no_level_index;
  bool narrows = false;
};

// What counts of each kind of leaf.
struct ClaimsKey {
  auto operator()(Claims const& c) const { return std::tuple(c.admits, c.hard, c.safe, c.narrows); }
};
struct StandingKey {
  auto operator()(eval::Standing const& s) const {
    return std::tuple(s.admits, s.hard, s.fails, s.up, s.down, s.safe, s.narrows, s.discharge_open);
  }
};
struct IndicationKey {
  auto operator()(eval::Outcome const& o) const {
    return std::tuple(o.admissible, o.indicated, o.conflict, o.not_eligible, o.by_default);
  }
};
struct DecisionKey {
  auto operator()(eval::Outcome const& o) const { return std::pair(eval::class_of(o), o.by_default); }
};

/// What many questions share has a budget of its own, and what did not fit into it once is not tried again.
struct SharedBudget {
  std::uint64_t steps = 0;
  bool claims_failed = false;
  bool indicated_failed = false;
  bool decisions_failed = false;
};

class Placement {
 public:
  /// Without a `budget` everything counts against that of the diagram.
  explicit Placement(Space& space, SharedBudget* budget = nullptr) : space_(space), budget_(budget) {}

  /// Leaves are numbers of `claims()[…]`.
  diagram::Ref claims();
  [[nodiscard]] Claims const& claims_of(std::uint32_t leaf) const { return claims_[leaf]; }

  /// Everything but the move: leaves are numbers of outcomes of which `indicated`, `admissible`, `conflict`,
  /// `not_eligible` and `by_default` count.
  diagram::Ref indicated();
  [[nodiscard]] eval::Outcome const& indication_of(std::uint32_t leaf) const { return indications_[leaf]; }

  /// The whole decision, to whom the ruleset applies: leaves are numbers of outcomes of which `class_of` and
  /// `by_default` count.
  diagram::Ref decisions();
  [[nodiscard]] eval::Outcome const& decision_of(std::uint32_t leaf) const { return decisions_[leaf]; }

  /// The assessments whose indication, or decision, is such: `holds(Outcome const&) -> bool`.
  template <class Holds>
  diagram::Ref where_indicated(Holds holds) {
    return space_.diagram().map(indicated(), [&](std::uint32_t leaf) { return holds(indications_[leaf]) ? 1U : 0U; });
  }
  template <class Holds>
  diagram::Ref where_decided(Holds holds) {
    return space_.diagram().map(decisions(), [&](std::uint32_t leaf) { return holds(decisions_[leaf]) ? 1U : 0U; });
  }

 private:
  using Standings = Numbered<eval::Standing, StandingKey>;

  template <class Build>
  diagram::Ref shared(std::optional<diagram::Ref>& known, bool SharedBudget::*failed, Build build);
  diagram::Ref build_claims();
  diagram::Ref build_indicated();
  diagram::Ref build_decisions();
  diagram::Ref claims_of_rule(program::RuleEffect const& rule);
  diagram::Ref merged(std::vector<diagram::Ref> parts);
  diagram::Ref standings_at(std::int8_t current, Standings& standings);
  diagram::Ref with_criteria(diagram::Ref standings, std::int8_t current, Standings& known);
  diagram::Ref with_lines(diagram::Ref standings, std::int8_t current, Standings& known);
  /// The function for somebody at this level; `current_level` is the first variable.
  diagram::Ref at_level(diagram::Ref ref, std::int8_t current);
  /// For each current level its own function.
  template <class Build>
  diagram::Ref by_current_level(Build build);

  Space& space_;
  SharedBudget* budget_;
  Numbered<Claims, ClaimsKey> claims_;
  Numbered<eval::Outcome, IndicationKey> indications_;
  Numbered<eval::Outcome, DecisionKey> decisions_;
  std::optional<diagram::Ref> claims_ref_;
  std::optional<diagram::Ref> indicated_ref_;
  std::optional<diagram::Ref> decisions_ref_;
};

}  // namespace carestep::analyze

#pragma once

// Exact settlement: the decisions of all completions of one record, as a diagram over what is unknown.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "eval/outcome.hpp"
#include "eval/record.hpp"
#include "eval/residual.hpp"

namespace carestep::eval {

/// Whether something holds in no, some or every completion.
enum class Extent : std::uint8_t { never, sometimes, always };

class Settlement {
 public:
  /// Throws diagram::OverBudget when it takes more steps than the budget, as do the members.
  Settlement(program::Program const& program, Record const& record, std::vector<Bounds> const& bounds,
             std::uint64_t budget);

  /// The condition that a completion is not impossible.
  [[nodiscard]] diagram::Ref possible() const { return possible_; }
  [[nodiscard]] Residual& residual() { return residual_; }

  /// Completions to outcomes: a leaf is an index into `outcomes()`, or `impossible_leaf`.
  diagram::Ref decisions();
  [[nodiscard]] std::vector<Outcome> const& outcomes() const { return outcomes_; }
  static constexpr std::uint32_t impossible_leaf = 0x2FFF'FFFFU;

  /// Whether a condition that counts only where the ruleset applies (a rule's `active`, say) holds.
  Extent extent(program::Slot slot);
  Extent broken(program::GuaranteeTest const& guarantee);

  /// Where the ruleset applies and this condition holds, over possible completions.
  diagram::Ref where(program::Slot slot);

 private:
  struct StandingHash {
    std::size_t operator()(Standing const& s) const noexcept;
  };

  std::uint32_t standing_leaf(Standing const& standing);
  template <class Change>
  diagram::Ref fold(diagram::Ref standings, diagram::Ref condition, Change change);
  diagram::Ref start();
  diagram::Ref fold_rules(diagram::Ref standings);
  diagram::Ref fold_criteria(diagram::Ref standings);
  diagram::Ref fold_moves(diagram::Ref standings);
  diagram::Ref build_decisions();

  program::Program const& program_;
  Record const& record_;
  Residual residual_;
  diagram::Ref possible_;
  diagram::Ref applies_;
  std::vector<Standing> standings_;
  std::unordered_map<Standing, std::uint32_t, StandingHash> standing_leaves_;
  std::vector<Outcome> outcomes_;
  bool built_ = false;
  diagram::Ref decisions_;
};

}  // namespace carestep::eval

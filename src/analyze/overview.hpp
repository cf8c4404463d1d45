#pragma once

// What the rules come to, as tables for those who review them: which clauses, together, lead to which level, and what
// then happens to somebody who is at a level now.

#include <carestep/decision.hpp>

#include <optional>
#include <string>
#include <vector>

#include "analyze/analysis.hpp"

namespace carestep::analyze {

/// A clause of a rule or criterion, or that somebody is at a level that has criteria; and how it comes out.
struct ClauseTruth {
  std::string words;
  bool holds = true;
  program::Slot slot = program::Program::no_slot;
  std::int8_t at_level = eval::no_level_index;  // instead of a slot
};

/// Clauses that together lead to a level, whatever else is answered; none can be left out.
struct Combination {
  std::vector<ClauseTruth> clauses;  // in the order of declaration, those that hold first
  /// The narrowing rules that are active for everybody who comes to stand so by it; where no single one is,
  /// `one_of`: the rules of which one is.
  std::vector<ir::Index> rules;
  bool one_of = false;
};

enum class Stand : std::uint8_t { conflict, not_eligible, by_default, level };

/// How somebody comes to stand so, where nothing before it in the list applies.
struct WaysToLevel {
  Stand stand = Stand::level;
  std::int8_t level = eval::no_level_index;
  std::vector<Combination> combinations;
  bool complete = true;  // else there are more combinations than are listed
};

/// What can happen to somebody at `current` for whom `indicated` is indicated.
struct MoveWays {
  std::int8_t current = eval::no_level_index;
  std::int8_t indicated = eval::no_level_index;
  bool conflict = false;
  bool by_default = false;
  std::vector<std::pair<Move, std::int8_t>> moves;  // in the order of Move, each with the next level
};

/// From what comes first to what comes last: conflict, not eligible, by default, then the levels, the most intensive
/// first. Every person to whom the rules apply stands where the first combination that fits says, unless some list is
/// not complete.
///
/// `steps`: how many the combinations of one level may take; after that, its list is not complete.
///
/// Errors  diagram::OverBudget where the levels themselves take more than the analysis allows
std::vector<WaysToLevel> ways_to_levels(Analysis& analysis, std::uint64_t steps);

/// By current level (none first), then by indicated level (none first).
///
/// Errors  diagram::OverBudget
std::vector<MoveWays> move_ways(Analysis& analysis);

}  // namespace carestep::analyze

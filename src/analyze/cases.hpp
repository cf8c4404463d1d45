#pragma once

// Test assessments: a small set that makes every rule active, shows every clause of every condition deciding it both
// ways, and stands on both sides of every boundary.

#include <functional>
#include <string>
#include <vector>

#include "analyze/case_search.hpp"

namespace carestep::analyze {

enum class GoalKind : std::uint8_t {
  active,    // a rule is active
  shown,     // a clause comes out one way
  decides,   // two assessments differ in a clause, and its condition in them, because of it
  boundary,  // likewise, with the values next to each other where a comparison turns
};

/// How far a goal is met.
enum class Reach : std::uint8_t {
  not_met,  // nobody shows it
  values,   // of a boundary: the values are there, but not where the clause decides
  masked,   // the clause decides; other clauses differ too, but do not matter
  met,      // every other clause is the same in both
  gave_up,  // over the budget, or not confirmed by the evaluator
};

struct Goal {
  GoalKind kind = GoalKind::active;
  std::size_t site = 0;    // of `active`: the rule
  std::size_t clause = 0;  // in the site
  bool truth = true;       // of `shown`
  Boundary boundary{};
  Reach reach = Reach::not_met;
};

/// A goal that a case is there for, and the case that it is compared with, if that takes two.
struct Purpose {
  std::size_t goal = 0;
  std::size_t partner = no_partner;
  static constexpr std::size_t no_partner = ~std::size_t{0};
};

struct Case {
  Member member;
  std::vector<Purpose> purposes;
};

struct Cases {
  std::vector<Site> sites;
  std::vector<Goal> goals;
  std::vector<Case> cases;
};

/// `stop`, where there is one, is asked before each goal; once it says yes, the goals that are left are given up.
///
/// Cost  each goal may take as many steps as the analysis allows; one that takes more is given up.
Cases find_cases(Analysis& analysis, std::function<bool()> const& stop = {});

/// What a goal shows: `unsafe_home is active`, `early_signs: warning_signs is not empty decides`.
std::string goal_words(program::Program const& program, Cases const& cases, Goal const& goal);

/// An `example` block that expects what was decided, and that the rules which the case is there for are active or not.
std::string case_example(program::Program const& program, Cases const& cases, std::size_t index);

}  // namespace carestep::analyze

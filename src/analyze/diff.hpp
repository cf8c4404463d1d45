#pragma once

// `diff`: which complete assessments two versions of a ruleset decide differently.

#include <carestep/analysis.hpp>

#include <optional>
#include <string>
#include <vector>

#include "analyze/condition.hpp"

namespace carestep::analyze {

/// Assessments that change in the same way: each changed assessment is of one kind.
struct ChangeKind {
  Aspect aspect = Aspect::next_level;
  std::string from;
  std::string to;
  friend auto operator<=>(ChangeKind const&, ChangeKind const&) = default;
};

/// Nothing when the versions say the same.
std::optional<ChangeKind> change_between(Match const& match, Ruling const& older, Ruling const& newer);

/// An assessment as one version reads it, and its decision about it.
struct Witness {
  std::optional<Assessment> assessment;  // nothing: it has an answer that is no value of this version
  std::optional<eval::Evaluation> evaluation;
  Ruling ruling;
};

struct Change {
  ChangeKind kind;
  Count count = 0;
  PerSide<Witness> example;
  Condition condition;
};

struct Difference {
  Count changed = 0;
  Count of = 0;
  Condition condition;               // of all changes together
  std::vector<Change> changes;       // the most frequent first
  std::vector<std::string> counted;  // the inputs that make up a profile
};

/// Throws diagram::OverBudget when counting takes more than the limits allow; NotConfirmed when an evaluator does not
/// decide an example as promised. `conditions`: whether to put the changes into words.
Difference difference(Match const& match, AnalysisLimits const& limits, bool conditions);

/// `step up to php, indicated php`; `refused`.
std::string decision_words(ir::Model const& model, Decision const& decision);

}  // namespace carestep::analyze

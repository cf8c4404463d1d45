#pragma once

// Section 8, what would change it: the smallest sets of answers whose change leads to a step down, a step up or a given
// level.
//
// - The current level, dates and previous answers stay as they are, known or not; `days_in_level` can only grow.
// - An answer that is not known may be given one; what stays unknown may then be anything: the decision that the
// changes
//   lead to is determined. What was assumed stays assumed, unless it is among the changes.
// - Fewer answers come first, then fewer values: a scale or number counts the values between, a set its members that
//   differ, anything else one. An unknown answer counts from its worst value where less care is asked for, from its
//   mildest where more is.

#include <cstdint>
#include <optional>
#include <vector>

#include "analyze/person.hpp"

namespace carestep::analyze {

struct Aim {
  enum class Kind : std::uint8_t {
    step_down,
    step_up,
    lower,   // admission to a less intensive level than the decision's
    higher,  // likewise, a more intensive one
    level,   // this next level
  };
  Kind kind = Kind::step_down;
  LevelId level = no_level;  // of Kind::level
};

/// A step down and a step up; a lower and a higher level for somebody who is at none, or nobody knows at which.
std::vector<Aim> usual_aims(Person const& person);

/// Another answer.
struct OtherAnswer {
  InputId input;
  std::vector<std::int64_t> codes;  // one a variable of the input; eval::unknown_code for members that stay unknown
  /// Scales and numbers: every code from `low` to `high` leads to the same decision, the other changes made.
  std::int64_t low = 0;
  std::int64_t high = 0;
};

struct Alternative {
  std::vector<OtherAnswer> changes;  // in the order of declaration
  BriefDecision decision;            // the evaluator's, these changes made
};

struct Changes {
  enum class Verdict : std::uint8_t {
    already,  // it is the decision without any change
    found,
    none,  // proved: no change of answers leads there
    gave_up,
  };
  Aim goal;
  Verdict verdict = Verdict::gave_up;
  std::vector<Alternative> alternatives;  // the nearest first; no set of answers contains another one's
  bool more = false;                      // there may be further sets of answers
};

/// So many alternatives are named.
inline constexpr std::size_t most_alternatives = 5;

/// `decision`: the evaluator's, of this person. `budget`: steps for each goal.
std::vector<Changes> what_would_change(Person const& person, Decision const& decision, std::vector<Aim> const& goals,
                                       std::uint64_t budget);

}  // namespace carestep::analyze

#pragma once

// Section 8, why: a smallest set of answers that, whatever the others were, still gives this indicated level.
//
// Where the decision is not determined, the set keeps the indicated level within those that are possible now.

#include <cstdint>

#include "analyze/person.hpp"

namespace carestep::analyze {

enum class Proof : std::uint8_t {
  smallest,     // no smaller set is enough
  irreducible,  // none of these answers can be left out; whether other answers would make a smaller set is not settled
  sufficient,   // these answers are enough, and perhaps too many
  gave_up,      // not settled at all
};

struct Reason {
  Proof proof = Proof::gave_up;
  Pieces pieces;  // of Person::known()
};

/// Of several smallest sets, one that is the same on every machine.
///
/// `decision`: the evaluator's, of this person.
/// `budget`    steps, for all of it; the evaluator's confirmation takes its own part of as many.
Reason sufficient_reason(Person const& person, Decision const& decision, std::uint64_t budget);

}  // namespace carestep::analyze

#pragma once

// Defects as they happen to authors: a comparison flipped, a bound shifted, a clause dropped, values or levels mixed
// up, a rule lost.

#include <optional>
#include <string>
#include <vector>

#include "differential/generate.hpp"
#include "planted/rule_text.hpp"

namespace carestep::planted {

struct Mutant {
  std::string text;
  std::string what;  // the defect, in words
};

/// A text with one defect; nothing when there is no place for the kind that was drawn. It may be no valid ruleset.
std::optional<Mutant> mutated(Pieces const& pieces, differential::Random& random);

/// One text for each declaration that decides something, and for each row of a table, without it.
std::vector<Mutant> without_each(Pieces const& pieces);

}  // namespace carestep::planted

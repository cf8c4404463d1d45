#pragma once

#include <carestep/carestep.hpp>

#include <string>
#include <string_view>

namespace carestep::cli {

/// `step down to php (Partial hospitalization program)`
std::string move_in_words(Ruleset const& rules, Decision const& decision);

/// The names of the levels in a set, least intensive first: `none, iop, php`.
std::string names(Ruleset const& rules, LevelSet const& levels);

/// `phq9 (PHQ-9 total)`, `previous phq9 (…)`
std::string name_and_label(Ruleset const& rules, Question const& question);

/// One decision for people: what, why, and what is not known. `who` heads it.
std::string decision_text(Ruleset const& rules, Explanation const& explanation, std::string_view who);

/// Its first line only.
std::string brief_text(Ruleset const& rules, Decision const& decision, std::string_view who);

/// A refused assessment for people.
std::string refusal_text(std::vector<Refusal> const& refusals, std::string_view who);

}  // namespace carestep::cli

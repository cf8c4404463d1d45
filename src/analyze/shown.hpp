#pragma once

// How findings are told: counts, patients and decisions in words.

#include <carestep/analysis.hpp>

#include <string>
#include <vector>

#include "analyze/analysis.hpp"

namespace carestep::analyze {

/// A level's name, or `none`.
std::string shown_level(ir::Model const& model, LevelId level);

/// `step up to php`, `discharge from iop`: as an `example` block writes it.
std::string shown_move(ir::Model const& model, Decision const& decision, LevelId current);

/// `8,231`
std::string grouped(std::string digits);

/// `52.7 %`; `under 0.1 %` and `over 99.9 %` where rounding would say none or all. Empty of nobody.
std::string share_of(Count const& count, Count const& of);

carestep::Tally tally_of(Count const& count, Count const& of);

/// `8,231 of 15,625 profiles (52.7 %)`
std::string tally_words(carestep::Tally const& tally, std::string_view what = "profile");

/// What an `example` block expects of a replayed decision: `step up to php`, `indicated php`, `conflict`.
std::vector<std::string> expectations(Replay const& replay);

/// The patient with everything but the JSON, which the data stage writes.
ShownPatient shown(Replay const& replay);

}  // namespace carestep::analyze

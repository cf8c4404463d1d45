#pragma once

// Section 9 of language.md by trying every complete assessment: slow, obvious, and the judge of `prove`.

#include <carestep/analysis.hpp>

#include <cstdint>
#include <string>

#include "differential/reference.hpp"

namespace carestep::reference {

/// How many complete assessments there are to try, values that no comparison tells apart taken together.
std::uint64_t assessments_to_try(Ruleset const& ruleset);

/// What a report says wrongly, the first thing; empty when all of it is true.
///
/// The inputs that make up a profile are taken from the report, and have to be enough: profiles that are alike in them
/// must be alike in what is asked.
std::string wrong(Ruleset const& ruleset, ProofReport const& report);

}  // namespace carestep::reference

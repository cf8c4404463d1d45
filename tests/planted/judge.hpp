#pragma once

// Whether `diff` told the truth about two versions: its examples before both evaluators and before the reference
// evaluator; what it found against many assessments, random and at the bounds of the rules; the conditions in words,
// made rules again, against the same; and, where there are few enough, its counts against counting.

#include <carestep/analysis.hpp>

#include <cstdint>
#include <string>

#include "differential/generate.hpp"

namespace carestep::planted {

struct Counts {
  std::uint64_t different = 0;
  std::uint64_t same = 0;
  std::uint64_t gave_up = 0;
  std::uint64_t witnesses = 0;   // confirmed by the evaluators
  std::uint64_t referenced = 0;  // confirmed by the reference evaluator as well
  std::uint64_t samples = 0;     // assessments decided by both versions
  std::uint64_t samples_that_differ = 0;
  std::uint64_t conditions = 0;  // put to the samples
  std::uint64_t counted = 0;     // pairs whose every assessment was counted
  std::uint64_t cells = 0;       // groups of assessments that were decided for that
};

struct Options {
  std::uint64_t samples = 200;
  std::uint64_t most_cells = 4000;
  bool conditions = true;
  std::uint64_t most_completions = 5000;  // of an example, for the reference evaluator
};

/// What is wrong with what `diff` says of these versions; empty when nothing is.
std::string judged(Ruleset const& older, Ruleset const& newer, std::string const& newer_text,
                   differential::Random& random, Options const& options, Counts& counts);

}  // namespace carestep::planted

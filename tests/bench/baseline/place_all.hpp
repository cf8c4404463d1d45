#pragma once

// The one-record forms over many records, compiled in a file of their own with the options of the hand-written code.

#include <span>

#include "baseline/if_else.hpp"
#include "baseline/rule_bitmaps.hpp"

namespace bench {

void place_all_if_else(std::span<Record const> records, Placement* out);
void decide_all_if_else(std::span<Record const> records, HandDecision* out);
void place_all_bitmaps(RuleBitmaps const& bitmaps, std::span<Record const> records, Placement* out);

}  // namespace bench

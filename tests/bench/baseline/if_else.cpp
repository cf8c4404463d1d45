#include "baseline/if_else.hpp"

#include "baseline/place_all.hpp"

namespace bench {

void place_all_if_else(std::span<Record const> records, Placement* out) {
  for (std::size_t i = 0; i < records.size(); ++i) out[i] = place(records[i]);
}

void decide_all_if_else(std::span<Record const> records, HandDecision* out) {
  for (std::size_t i = 0; i < records.size(); ++i) out[i] = decide(records[i]);
}

}  // namespace bench

#include "analyze/prove.hpp"

namespace carestep::analyze {
namespace {

/// Counts the profiles for whom the level is indicated; as a safe level it does not count.
Finding ask_level(Prover& prover, std::int8_t level) {
  Region const region{prover.analysis().indication_reads(), [&](World& world) {
                        return world.placement.where_indicated([&](eval::Outcome const& o) {
                          return !o.conflict && !o.not_eligible && o.indicated == level;
                        });
                      }};
  Found const found = prover.analysis().tally(region);
  Finding finding = counted(found, region.reads);
  if (found.count == 0) {
    finding.verdict = Verdict::refuted;
    finding.sentence = "the level is never indicated: {}";
  }
  return finding;
}

}  // namespace

void prove_level(Prover& prover) {
  for (std::size_t i = 0; i < prover.model().levels.size(); ++i) {
    ir::Level const& level = prover.model().levels[i];
    prover.examine({Check::level, level.name, level.label, level.at},
                   [&] { return ask_level(prover, static_cast<std::int8_t>(i)); });
  }
}

}  // namespace carestep::analyze

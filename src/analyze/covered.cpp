#include "analyze/prove.hpp"

namespace carestep::analyze {

void prove_covered(Prover& prover) {
  prover.examine(prover.about_ruleset(Check::covered), [&] {
    Region const region{prover.analysis().indication_reads(), [](World& world) {
                          return world.placement.where_indicated([](eval::Outcome const& o) { return o.by_default; });
                        }};
    return prover.nobody_in(
        region, "no rule asks for any level, and the placement is by default, for {}",
        [](eval::Evaluation const& evaluation) { return evaluation.decision.marks.contains(Mark::by_default); });
  });
}

}  // namespace carestep::analyze

#include "analyze/prove.hpp"

namespace carestep::analyze {

void prove_eligible(Prover& prover) {
  prover.examine(prover.about_ruleset(Check::eligible), [&] {
    Region const region{prover.analysis().eligibility_reads(), [](World& world) {
                          return world.placement.where_indicated([](eval::Outcome const& o) { return o.not_eligible; });
                        }};
    Finding finding = prover.nobody_in(
        region, "no level that the rules admit has its criteria met, for {}",
        [](eval::Evaluation const& evaluation) { return evaluation.decision.marks.contains(Mark::not_eligible); });
    if (finding.example) {
      auto const& criteria = finding.example->evaluation.decision.conflict;
      finding.details.push_back({"criteria", {criteria.begin(), criteria.end()}});
    }
    return finding;
  });
}

}  // namespace carestep::analyze

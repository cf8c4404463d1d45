#include <algorithm>

#include "analyze/prove.hpp"

namespace carestep::analyze {
namespace {

/// The rules of a smallest set that cannot be met together.
std::vector<ir::Index> conflicting_rules(ir::Model const& model, Decision const& decision) {
  std::vector<ir::Index> rules;
  for (ir::Index i = 0; i < model.rules.size(); ++i)
    if (std::count(decision.conflict.begin(), decision.conflict.end(), model.rules[i].name) > 0) rules.push_back(i);
  return rules;
}

}  // namespace

void prove_conflict(Prover& prover) {
  prover.examine(prover.about_ruleset(Check::conflict), [&] {
    Region const region{prover.analysis().rule_reads(), [](World& world) {
                          return world.placement.where_indicated([](eval::Outcome const& o) { return o.conflict; });
                        }};
    Finding finding = prover.nobody_in(
        region, "active rules cannot be met together for {}",
        [](eval::Evaluation const& evaluation) { return evaluation.decision.marks.contains(Mark::conflict); });
    if (finding.example)
      prover.concern(finding, "rules", conflicting_rules(prover.model(), finding.example->evaluation.decision));
    return finding;
  });
}

}  // namespace carestep::analyze

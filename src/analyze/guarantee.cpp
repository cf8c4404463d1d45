#include <algorithm>
#include <fmt/format.h>

#include "analyze/prove.hpp"
#include "eval/move.hpp"

namespace carestep::analyze {
namespace {

/// What a promise is about, besides to whom it is made.
Questions promise_reads(Analysis& analysis, ir::PromiseKind promise) {
  switch (promise) {
    case ir::PromiseKind::no_conflict:
      return analysis.rule_reads();
    case ir::PromiseKind::eligible:
      return analysis.eligibility_reads();
    case ir::PromiseKind::levels:
    case ir::PromiseKind::at_most:
    case ir::PromiseKind::exclude:
      break;
  }
  return analysis.decision_reads();
}

/// Where the promise is broken, whoever it is made to.
diagram::Ref promise_broken(World& world, program::GuaranteeTest const& test) {
  auto const breaks = [&](eval::Outcome const& o) { return eval::breaks(o, test, 0); };
  bool const about_move = test.promise != ir::PromiseKind::no_conflict && test.promise != ir::PromiseKind::eligible;
  return about_move ? world.placement.where_decided(breaks) : world.placement.where_indicated(breaks);
}

Finding ask_guarantee(Prover& prover, std::uint32_t index) {
  ir::Guarantee const& guarantee = prover.model().guarantees[index];
  program::GuaranteeTest const& test = prover.program().guarantees[index];
  Analysis& analysis = prover.analysis();
  Region const region{
      united(promise_reads(analysis, test.promise), analysis.reads({test.whenever})), [&](World& world) {
        return world.space.diagram().both(world.space.condition(test.whenever), promise_broken(world, test));
      }};
  return prover.nobody_in(region, fmt::format("the promise `{}` is broken for {{}}", guarantee.words),
                          [&](eval::Evaluation const& evaluation) {
                            auto const& found = evaluation.decision.broken_guarantees;
                            return std::find(found.begin(), found.end(), GuaranteeId{index}) != found.end();
                          });
}

}  // namespace

void prove_guarantee(Prover& prover) {
  for (std::uint32_t i = 0; i < prover.model().guarantees.size(); ++i) {
    ir::Guarantee const& guarantee = prover.model().guarantees[i];
    prover.examine({Check::guarantee, guarantee.name, guarantee.label, guarantee.at},
                   [&] { return ask_guarantee(prover, i); });
  }
}

}  // namespace carestep::analyze

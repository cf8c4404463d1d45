#include <fmt/format.h>

#include "analyze/prove.hpp"
#include "program/assessment_access.hpp"

namespace carestep::analyze {
namespace {

using eval::bit;
using eval::LevelMask;

/// Whether step-down lines, their conditions left aside, lead from one level to the other through these.
bool joined_down(program::Program const& program, int from, int to, LevelMask through) {
  if (program.free_moves) return true;
  LevelMask reached = bit(from);
  for (int level = from; level > to; --level)  // lines only lead down: whatever leads here is done
    if ((reached & bit(level)) != 0) reached |= program.down_from[static_cast<std::size_t>(level)] & through;
  return (reached & bit(to)) != 0;
}

/// People at `current` who would step down and have no way.
bool is_stranded(program::Program const& program, int current, int indicated, LevelMask admissible) {
  return indicated != eval::no_level_index && indicated < current &&
         !joined_down(program, current, indicated, admissible);
}

diagram::Ref stranded_people(World& world, std::int8_t current) {
  auto const& program = world.space.program();
  return world.space.diagram().both(world.space.at_level(current),
                                    world.placement.where_indicated([&](eval::Outcome const& o) {
                                      return is_stranded(program, current, o.indicated, o.admissible);
                                    }));
}

Finding ask_stranded(Prover& prover, std::int8_t level) {
  Analysis& analysis = prover.analysis();
  Region const region{analyze::united(analysis.indication_reads(), Questions{{{ir::current_level_var}, false}}),
                      [&](World& world) { return stranded_people(world, level); }};
  return prover.nobody_in(
      region, "somebody here should step down, and no step-down lines lead there through levels that fit them, for {}",
      [&](eval::Evaluation const& evaluation) {
        Decision const& decision = evaluation.decision;
        return evaluation.codes[ir::current_level_var] == level + 1 &&
               is_stranded(prover.program(), level, decision.indicated.index, decision.admissible.bits);
      });
}

}  // namespace

void prove_stranded(Prover& prover) {
  for (std::size_t i = 0; i < prover.model().levels.size(); ++i) {
    ir::Level const& level = prover.model().levels[i];
    prover.examine({Check::stranded, level.name, level.label, level.at},
                   [&] { return ask_stranded(prover, static_cast<std::int8_t>(i)); });
  }
}

}  // namespace carestep::analyze

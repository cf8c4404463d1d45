#include <algorithm>
#include <fmt/format.h>

#include "analyze/prove.hpp"
#include "analyze/shown.hpp"

namespace carestep::analyze {
namespace {

std::vector<program::Slot> row_slots(program::Program const& program, ir::Table const& table) {
  std::vector<program::Slot> rows;
  for (ir::NodeId const node : table.row_nodes) rows.push_back(program.slot_of_node[node]);
  return rows;
}

diagram::Ref unmatched_by(Space& space, std::vector<program::Slot> const& rows) {
  diagram::Ref matched = diagram::no;
  for (program::Slot const row : rows) matched = space.diagram().either(matched, space.condition(row));
  return space.diagram().negation(matched);
}

Finding ask_gap(Prover& prover, ir::Table const& table) {
  std::vector<program::Slot> const rows = row_slots(prover.program(), table);
  Region const region{prover.analysis().reads(rows), [&](World& world) { return unmatched_by(world.space, rows); }};
  Finding finding = prover.nobody_in(region, "no row matches, for {}", [&](eval::Evaluation const& evaluation) {
    return std::none_of(rows.begin(), rows.end(), [&](program::Slot row) { return evaluation.bounds[row].high != 0; });
  });
  if (table.first || finding.verdict != Verdict::refuted) return finding;
  // A plain table may leave out the cases for which it asks for nothing: reported, not failed.
  finding.verdict = Verdict::proved;
  finding.details = {{"unmatched", {finding.count.str()}}, {"unmatched_patient", {shown(*finding.example).words}}};
  finding.sentence = fmt::format("no row matches, for {}", tally_words(tally_of(finding.count, finding.of)));
  finding.count = 0;
  finding.example.reset();
  return finding;
}

}  // namespace

void prove_gap(Prover& prover) {
  for (ir::Table const& table : prover.model().tables)
    prover.examine({Check::gap, table.name, table.label, table.at}, [&] { return ask_gap(prover, table); });
}

}  // namespace carestep::analyze

#include <algorithm>
#include <fmt/format.h>

#include "analyze/prove.hpp"
#include "diag/code.hpp"

namespace carestep::analyze {
namespace {

std::string name_of_level(ir::Model const& model, std::size_t level) {
  return model.levels[level].name;
}

/// Whether some line with these words, or criterion of this name, is about the level.
bool line_is_about(ir::Model const& model, carestep::Proof const& proof, std::string const& level) {
  for (ir::StepLine const& line : model.steps)
    if (line.words == proof.name && std::any_of(line.moves.begin(), line.moves.end(), [&](auto const& move) {
          return name_of_level(model, move.first) == level || name_of_level(model, move.second) == level;
        }))
      return true;
  for (ir::DischargeLine const& line : model.discharges)
    for (std::size_t i = 0; i < model.levels.size(); ++i)
      if (line.words == proof.name && (line.from & eval::bit(static_cast<int>(i))) != 0 &&
          name_of_level(model, i) == level)
        return true;
  return std::any_of(model.criteria.begin(), model.criteria.end(), [&](ir::Criterion const& criterion) {
    return name_of_level(model, criterion.level) == level &&
           (proof.name == criterion.name || proof.name == proof.label);
  });
}

bool waiver_covers(ir::Model const& model, ir::Waiver const& waiver, carestep::Proof const& proof) {
  if (waiver.check != to_string(proof.check)) return false;
  if (proof.name == waiver.subject) return true;
  switch (proof.check) {
    case Check::dead:
      if (line_is_about(model, proof, waiver.subject)) return true;
      [[fallthrough]];
    case Check::redundant:  // a table or tree covers all its rows and leaves
      return proof.name.starts_with(waiver.subject + ".");
    default:
      return false;
  }
}

Diagnostic waives_nothing(SourceMap const& sources, ir::Waiver const& waiver) {
  return {.code = std::string(code_text(Code::waiver_waives_nothing)),
          .severity = Severity::warning,
          .message = fmt::format("`waive {} of {}` waives nothing: the check holds", waiver.check, waiver.subject),
          .place = sources.place(waiver.at),
          .help = "delete the waiver, so that it cannot hide a finding to come",
          .replacement = {},
          .related = {}};
}

}  // namespace

void apply_waivers(ir::Model const& model, SourceMap const& sources, ProofReport& report) {
  for (ir::Waiver const& waiver : model.waivers) {
    bool examined = false;
    bool used = false;
    for (carestep::Proof& proof : report.proofs) {
      if (!waiver_covers(model, waiver, proof)) continue;
      examined = true;
      used = used || proof.verdict != Verdict::proved;
      if (proof.verdict != Verdict::refuted) continue;
      proof.waived = true;
      proof.waived_because = waiver.because;
    }
    if (examined && !used) report.diagnostics.push_back(waives_nothing(sources, waiver));
  }
}

}  // namespace carestep::analyze

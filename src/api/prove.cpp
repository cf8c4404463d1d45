#include "analyze/prove.hpp"

#include <carestep/analysis.hpp>

#include "api/ruleset_state.hpp"
#include "data/write_assessment.hpp"

namespace carestep {
namespace {

/// The place of the ruleset's name.
Span ruleset_name_at(ast::Bundle const& bundle) {
  for (ast::File const& file : bundle.files)
    for (ast::Decl const& decl : file.decls)
      if (auto const* ruleset = std::get_if<ast::RulesetDecl>(&decl.kind)) return ruleset->heading.name.at;
  return {};
}

void write_patient(std::optional<ShownPatient>& patient) {
  if (patient) patient->json = data::write_assessment(patient->assessment, {});
}

}  // namespace

ProofReport prove(Ruleset const& rules, ProveOptions const& options) {
  Ruleset::State const& state = RulesetAccess::state(rules);
  analyze::Analysis analysis(state.program, options.limits);
  ProofReport report = analyze::prove(analysis, state.sources, ruleset_name_at(state.bundle), options.only);
  report.ruleset_name = rules.name();
  report.ruleset_version = rules.version();
  report.ruleset_status = rules.status();
  report.ruleset_sha256 = rules.sha256();
  for (Proof& proof : report.proofs) {
    write_patient(proof.example);
    write_patient(proof.neighbour);
  }
  return report;
}

}  // namespace carestep

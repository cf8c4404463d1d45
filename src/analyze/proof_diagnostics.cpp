#include <fmt/format.h>

#include "analyze/prove.hpp"
#include "analyze/shown.hpp"
#include "diag/code.hpp"

namespace carestep::analyze {
namespace {

Code proof_code(Check check) {
  switch (check) {
    case Check::guarantee:
      return Code::guarantee_broken;
    case Check::conflict:
      return Code::rules_conflict;
    case Check::eligible:
      return Code::somebody_not_eligible;
    case Check::covered:
      return Code::somebody_by_default;
    case Check::dead:
      return Code::dead;
    case Check::redundant:
      return Code::redundant_rule;
    case Check::level:
      return Code::level_never_indicated;
    case Check::gap:
      return Code::table_gap;
    case Check::overlap:
      return Code::rows_overlap;
    case Check::monotone:
      return Code::not_monotone;
    case Check::stranded:
      break;
  }
  return Code::stranded;
}

/// What the author may do about it.
std::string proof_advice(Proof const& proof) {
  switch (proof.check) {
    case Check::guarantee:
      return "mend the rules, or promise less";
    case Check::conflict:
      return "let one rule override the other, or narrow when they apply";
    case Check::eligible:
      return "widen the criteria of a level that the rules admit";
    case Check::covered:
      return "say what everybody gets with a rule without `when`: `rule everyone then at least …`";
    case Check::dead:
      return "delete it, or mend its condition";
    case Check::redundant:
      return proof.related.empty() ? "delete it, or say what it is there for with a `waive`"
                                   : "delete it, or mend its condition: the rules below say as much";
    case Check::level:
      return "nobody is placed there: a rule may be missing";
    case Check::gap:
      return proof.verdict == Verdict::refuted ? "add a last row of `-` cells that says what holds otherwise"
                                               : "a plain table may leave cases out; is this one meant to?";
    case Check::overlap:
      return "make the cells exclude each other, or make it a `first` table";
    case Check::monotone:
      return "look at rules that say `at most`, `only`, `not` or `unless`, and at `overrides`";
    case Check::stranded:
      break;
  }
  return "add a `step down` line";
}

std::string patient_sentence(Proof const& proof) {
  if (!proof.example) return {};
  std::string const who = proof.example->words.empty() ? "nothing out of the ordinary" : proof.example->words;
  std::string text = fmt::format("; smallest patient: {} ({})", who, proof.example->decision);
  if (proof.neighbour) {
    std::string const worse = proof.neighbour->words.empty() ? "nothing out of the ordinary" : proof.neighbour->words;
    text += fmt::format("; worse, and placed lower: {} ({})", worse, proof.neighbour->decision);
  }
  return text;
}

Diagnostic proof_diagnostic(Proof const& proof, Code code, Severity severity) {
  return {.code = std::string(code_text(code)),
          .severity = severity,
          .message =
              fmt::format("{} `{}`: {}{}", to_string(proof.check), proof.name, proof.finding, patient_sentence(proof)),
          .place = proof.place,
          .help = code == Code::proof_given_up ? "allow more time, or ask for this check alone" : proof_advice(proof),
          .replacement = {},
          .related = proof.related};
}

}  // namespace

void diagnose(ProofReport& report) {
  Diagnostics found;
  for (Proof const& proof : report.proofs) {
    if (proof.verdict == Verdict::gave_up) {
      found.push_back(proof_diagnostic(proof, Code::proof_given_up, Severity::warning));
    } else if (proof.verdict == Verdict::refuted && !proof.waived) {
      found.push_back(proof_diagnostic(proof, proof_code(proof.check), Severity::error));
    } else if (proof.check == Check::gap && proof.verdict == Verdict::proved && !proof.finding.empty()) {
      found.push_back(proof_diagnostic(proof, Code::plain_table_gap, Severity::warning));
    }
  }
  report.diagnostics.insert(report.diagnostics.begin(), found.begin(), found.end());
}

}  // namespace carestep::analyze

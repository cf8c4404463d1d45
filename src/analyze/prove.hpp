#pragma once

// Section 9 of the language: what every check shares. Each check has a file of its own.

#include <carestep/analysis.hpp>

#include <functional>
#include <string>
#include <vector>

#include "analyze/analysis.hpp"
#include "base/source.hpp"

namespace carestep::analyze {

/// One thing to check.
struct Subject {
  Check check = Check::guarantee;
  std::string name;
  std::string label;
  Span at;
};

/// What a check found out about its subject, before it is told.
struct Finding {
  Verdict verdict = Verdict::proved;
  Count count = 0;
  Count of = 0;
  Questions reads;                  // what makes up a profile
  std::string sentence;             // with `{}` where `8,231 of 15,625 profiles (52.7 %)` is to stand
  std::optional<Replay> example;    // the smallest patient
  std::optional<Replay> neighbour;  // `monotone`
  std::vector<ProofDetail> details;
  std::vector<ir::Index> rules;  // the rules concerned
};

/// A finding that starts from a count.
inline Finding counted(Found const& found, Questions const& reads) {
  Finding finding;
  finding.count = found.count;
  finding.of = found.of;
  finding.reads = reads;
  return finding;
}

/// Runs the checks and collects what they find.
class Prover {
 public:
  /// `ruleset`: the place of the ruleset's name. What is given lives as long as the Prover.
  Prover(Analysis& analysis, SourceMap const& sources, Span ruleset, ProofReport& report)
      : analysis_(analysis), sources_(sources), ruleset_(ruleset), report_(report) {}

  [[nodiscard]] Analysis& analysis() const { return analysis_; }
  [[nodiscard]] ir::Model const& model() const { return analysis_.model(); }
  [[nodiscard]] program::Program const& program() const { return analysis_.program(); }
  [[nodiscard]] Subject about_ruleset(Check check) const { return {check, model().name, model().title, ruleset_}; }

  /// Puts one question, within its budget: `ask` finds the answer, or throws diagram::OverBudget.
  void examine(Subject const& subject, std::function<Finding()> const& ask);

  /// The commonest question: refuted where the region holds anybody. `shows`: whether a decision shows it.
  Finding nobody_in(Region const& region, std::string sentence, Confirm const& shows);

  /// Names the rules concerned.
  void concern(Finding& finding, std::string const& detail, std::vector<ir::Index> rules) const;

  void not_examined(std::string input) { report_.not_examined.push_back(std::move(input)); }

 private:
  void tell(Proof& proof, Finding const& finding);

  Analysis& analysis_;
  SourceMap const& sources_;
  Span ruleset_;
  ProofReport& report_;
};

// The checks, each in the file of its name.
void prove_guarantee(Prover& prover);
void prove_conflict(Prover& prover);
void prove_eligible(Prover& prover);
void prove_covered(Prover& prover);
void prove_dead(Prover& prover);
void prove_redundant(Prover& prover);
void prove_level(Prover& prover);
void prove_gap(Prover& prover);
void prove_overlap(Prover& prover);
void prove_monotone(Prover& prover);
void prove_stranded(Prover& prover);

/// Marks the findings that are waived; says which waivers waive nothing (waiver.cpp).
void apply_waivers(ir::Model const& model, SourceMap const& sources, ProofReport& report);

/// Every finding as a diagnostic (proof_diagnostics.cpp).
void diagnose(ProofReport& report);

/// Everything but what names the ruleset. `ruleset`: the place of its name.
ProofReport prove(Analysis& analysis, SourceMap const& sources, Span ruleset, std::vector<Check> const& only);

}  // namespace carestep::analyze

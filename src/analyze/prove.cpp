#include "analyze/prove.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "analyze/shown.hpp"

namespace carestep::analyze {
namespace {

using RunCheck = void (*)(Prover&);
constexpr std::array<RunCheck, check_count> all_checks{prove_guarantee, prove_conflict,  prove_eligible, prove_covered,
                                                       prove_dead,      prove_redundant, prove_level,    prove_gap,
                                                       prove_overlap,   prove_monotone,  prove_stranded};

std::string profile_input(ir::Model const& model, Question const& question) {
  return (question.previous ? "previous " : "") + model.inputs[question.input.index].name;
}

std::string with_tally(std::string sentence, Proof const& proof) {
  std::size_t const at = sentence.find("{}");
  if (at == std::string::npos) return sentence;
  return sentence.replace(at, 2, tally_words(proof.tally, proof.check == Check::monotone ? "pair" : "profile"));
}

}  // namespace

void Prover::concern(Finding& finding, std::string const& detail, std::vector<ir::Index> rules) const {
  ProofDetail& names = finding.details.emplace_back(ProofDetail{detail, {}});
  for (ir::Index const rule : rules) names.values.push_back(model().rules[rule].name);
  finding.rules = std::move(rules);
}

void Prover::tell(Proof& proof, Finding const& finding) {
  proof.verdict = finding.verdict;
  proof.tally = tally_of(finding.count, finding.of);
  for (Question const& question : finding.reads) proof.inputs.push_back(profile_input(model(), question));
  proof.finding = with_tally(finding.sentence, proof);
  proof.details = finding.details;
  for (ir::Index const rule : finding.rules)
    proof.related.push_back({fmt::format("`{}`", model().rules[rule].name), sources_.place(model().rules[rule].at)});
  if (finding.example) {
    proof.example = shown(*finding.example);
    proof.example_block = example_block(fmt::format("{} {}", to_string(proof.check), proof.name),
                                        finding.example->assessment, expectations(*finding.example));
  }
  if (finding.neighbour) proof.neighbour = shown(*finding.neighbour);
}

void Prover::examine(Subject const& subject, std::function<Finding()> const& ask) {
  Proof proof;
  proof.check = subject.check;
  proof.name = subject.name;
  proof.label = subject.label;
  proof.place = sources_.place(subject.at);
  try {
    if (analysis_.stopped()) throw diagram::OverBudget{};
    analysis_.renew();
    tell(proof, ask());
  } catch (diagram::OverBudget const&) {
    analysis_.forget();
    proof.verdict = Verdict::gave_up;
    proof.finding = "not settled within the budget";
  } catch (NotConfirmed const&) {
    proof.verdict = Verdict::gave_up;
    proof.finding = "the evaluator does not confirm what was found, which is a defect of carestep: please report it";
  }
  report_.proofs.push_back(std::move(proof));
}

Finding Prover::nobody_in(Region const& region, std::string sentence, Confirm const& shows) {
  Found const found = analysis_.tally(region);
  Finding finding = counted(found, region.reads);
  if (found.count == 0) return finding;
  finding.verdict = Verdict::refuted;
  finding.sentence = std::move(sentence);
  finding.example = replay(analysis_, *found.smallest, region.reads, shows);
  return finding;
}

ProofReport prove(Analysis& analysis, SourceMap const& sources, Span ruleset, std::vector<Check> const& only) {
  ProofReport report;
  Prover prover(analysis, sources, ruleset, report);
  for (std::size_t i = 0; i < all_checks.size(); ++i)
    if (only.empty() || std::find(only.begin(), only.end(), static_cast<Check>(i)) != only.end()) all_checks[i](prover);
  apply_waivers(analysis.model(), sources, report);
  diagnose(report);
  return report;
}

}  // namespace carestep::analyze

#include <carestep/analysis.hpp>

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>

#include "base/encode.hpp"

namespace carestep {
namespace {

constexpr std::array<std::string_view, check_count> check_names{"guarantee", "conflict",  "eligible", "covered",
                                                                "dead",      "redundant", "level",    "gap",
                                                                "overlap",   "monotone",  "stranded"};
constexpr std::array<std::string_view, 3> verdict_names{"proved", "refuted", "gave_up"};

/// What stands behind a finding: the profile's inputs, and the patient to save.
void append_proof_example(std::string& out, Proof const& proof) {
  if (proof.example_block.empty()) return;
  fmt::format_to(std::back_inserter(out), "\n  counted: the answers to {}\n",
                 proof.inputs.empty() ? "nothing" : fmt::format("{}", fmt::join(proof.inputs, ", ")));
  out += "  the patient as an example, to be put into the rule file:\n\n";
  std::string_view block = proof.example_block;
  while (!block.empty()) {
    std::size_t const end = block.find('\n');
    fmt::format_to(std::back_inserter(out), "    {}\n", block.substr(0, end));
    block = end == std::string_view::npos ? "" : block.substr(end + 1);
  }
}

void append_waived_proofs(std::string& out, std::vector<Proof> const& proofs) {
  for (Proof const& proof : proofs) {
    if (!proof.waived) continue;
    fmt::format_to(std::back_inserter(out), "waived: {} {}: {}\n  because {}\n", to_string(proof.check), proof.name,
                   encode::plain(proof.finding), encode::plain(proof.waived_because));
  }
}

struct ProofNumbers {
  std::size_t proved = 0;
  std::size_t waived = 0;
  std::size_t refuted = 0;
  std::size_t gave_up = 0;

  void add(Proof const& proof) {
    if (proof.verdict == Verdict::proved)
      ++proved;
    else if (proof.verdict == Verdict::gave_up)
      ++gave_up;
    else
      ++(proof.waived ? waived : refuted);
  }
  [[nodiscard]] std::string words() const {
    std::string text;
    auto const add = [&](std::size_t number, std::string_view what) {
      if (number > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", number, what);
    };
    add(refuted, "refuted");
    add(gave_up, "gave up");
    add(waived, "waived");
    add(proved, "proved");
    return text;
  }
};

void append_proof_summary(std::string& out, ProofReport const& report) {
  std::array<ProofNumbers, check_count> numbers{};
  ProofNumbers all;
  for (Proof const& proof : report.proofs) {
    numbers[static_cast<std::size_t>(proof.check)].add(proof);
    all.add(proof);
  }
  fmt::format_to(std::back_inserter(out), "{}{}{}: {}\n", report.ruleset_name,
                 report.ruleset_version.empty() ? "" : " ", report.ruleset_version,
                 report.proofs.empty() ? "nothing to prove" : all.words());
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (std::string const words = numbers[i].words(); !words.empty())
      fmt::format_to(std::back_inserter(out), "  {:<10} {}\n", check_names[i], words);
  bool const monotone = std::any_of(report.proofs.begin(), report.proofs.end(),
                                    [](Proof const& proof) { return proof.check == Check::monotone; });
  if (monotone && !report.not_examined.empty())
    fmt::format_to(std::back_inserter(out), "  not examined by monotone, for want of a direction: {}\n",
                   fmt::join(report.not_examined, ", "));
}

}  // namespace

std::string_view to_string(Check check) noexcept {
  return check_names[static_cast<std::size_t>(check)];
}
std::string_view to_string(Verdict verdict) noexcept {
  return verdict_names[static_cast<std::size_t>(verdict)];
}

bool ProofReport::refuted() const noexcept {
  return std::any_of(proofs.begin(), proofs.end(),
                     [](Proof const& proof) { return proof.verdict == Verdict::refuted && !proof.waived; });
}
bool ProofReport::gave_up() const noexcept {
  return std::any_of(proofs.begin(), proofs.end(),
                     [](Proof const& proof) { return proof.verdict == Verdict::gave_up; });
}

std::string ProofReport::text() const {
  std::string out;
  // INVARIANT: the findings come first among the diagnostics, in the order of the proofs.
  std::size_t next = 0;
  auto const append_diagnostic = [&] { out += diagnostics_text({diagnostics[next++]}); };
  for (Proof const& proof : proofs) {
    bool const told = proof.verdict == Verdict::gave_up || (proof.verdict == Verdict::refuted && !proof.waived) ||
                      (proof.verdict == Verdict::proved && !proof.finding.empty());
    if (!told) continue;
    append_diagnostic();
    append_proof_example(out, proof);
    out += '\n';
  }
  while (next < diagnostics.size()) {
    append_diagnostic();
    out += '\n';
  }
  append_waived_proofs(out, proofs);
  append_proof_summary(out, *this);
  return out;
}

std::string ProofReport::sarif() const {
  return diagnostics_sarif(diagnostics);
}

}  // namespace carestep

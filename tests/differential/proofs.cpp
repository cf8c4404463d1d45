// carestep_proofs: what `prove` says against trying every complete assessment, on random small rulesets.
//
//   carestep_proofs --rulesets 200 --seed 1
//
// Ruleset number i has the seed `seed + i`; a difference is printed with its rules and makes the exit status 1. Each
// example that `prove` shows is put into the rule file, where it has to pass.

#include <carestep/analysis.hpp>

#include <charconv>
#include <cstdio>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "api/ruleset_state.hpp"
#include "differential/brute_force.hpp"
#include "differential/generate.hpp"

namespace {

using namespace carestep;

struct Options {
  std::uint64_t rulesets = 200;
  std::uint64_t seed = 1;
  std::uint64_t most = 20'000;  // complete assessments to try
};

std::optional<Options> read_options(int argc, char** argv) {
  Options options;
  std::map<std::string_view, std::uint64_t*> const names{
      {"--rulesets", &options.rulesets}, {"--seed", &options.seed}, {"--most", &options.most}};
  for (int i = 1; i + 1 < argc; i += 2) {
    auto const name = names.find(argv[i]);
    std::string_view const value = argv[i + 1];
    if (name == names.end()) return std::nullopt;
    if (std::from_chars(value.data(), value.data() + value.size(), *name->second).ec != std::errc{})
      return std::nullopt;
  }
  return argc % 2 == 1 ? std::optional(options) : std::nullopt;
}

std::string text_of(std::uint64_t seed) {
  differential::Random random(seed);
  std::string text;
  for (auto const& declaration : differential::random_declarations(random, true)) text += declaration + "\n";
  return text;
}

/// Which of the examples does not pass; empty when all do.
std::string failing_example(std::string text, ProofReport const& report) {
  for (Proof const& proof : report.proofs) text += proof.example_block;
  auto const rules = load_text(text);
  if (!rules) return diagnostics_text(rules.error());
  TestReport const tested = rules->test();
  return tested.passed() ? "" : tested.text();
}

struct Totals {
  std::uint64_t judged = 0;
  std::uint64_t too_large = 0;
  std::map<std::string, std::uint64_t> verdicts;
};

/// What is wrong about one ruleset; empty when nothing is.
std::string judge(std::uint64_t seed, Options const& options, Totals& totals) {
  std::string const text = text_of(seed);
  auto const rules = load_text(text);
  if (!rules) return "a random ruleset has errors:\n" + diagnostics_text(rules.error());
  reference::Ruleset const reference(RulesetAccess::state(*rules).bundle);
  if (assessments_to_try(reference) > options.most) {
    ++totals.too_large;
    return {};
  }
  ++totals.judged;
  ProofReport const report = prove(*rules);
  for (Proof const& proof : report.proofs)
    ++totals.verdicts[fmt::format("{} {}", to_string(proof.check), to_string(proof.verdict))];
  std::string wrong = reference::wrong(reference, report);
  if (wrong.empty()) wrong = failing_example(text, report);
  return wrong.empty() ? "" : wrong + "\n" + text;
}

}  // namespace

int main(int argc, char** argv) {
  auto const options = read_options(argc, argv);
  if (!options) {
    fmt::print(stderr, "usage: carestep_proofs [--rulesets N] [--seed N] [--most ASSESSMENTS]\n");
    return 2;
  }
  Totals totals;
  // Rulesets that are too large to be tried are passed over.
  for (std::uint64_t seed = options->seed; totals.judged < options->rulesets; ++seed) {
    std::string const wrong = judge(seed, *options, totals);
    if (wrong.empty()) continue;
    fmt::print("seed {}: {}\n", seed, wrong);
    return 1;
  }
  fmt::print("seed {}: {} rulesets, {} passed over as too large\n", options->seed, totals.judged, totals.too_large);
  for (auto const& [what, number] : totals.verdicts) fmt::print("  {:<20} {}\n", what, number);
  return 0;
}

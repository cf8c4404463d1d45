// carestep_noticed: defects planted in rulesets; do the examples that `cases` wrote for the sound version notice them?
//
//   carestep_noticed --mutants 200 --seed 1 [--list 1]
//
// So many defects that change a decision are planted in each shipped ruleset, one at a time: the cases of the defective
// version show somebody whom the two decide differently. The share that some example notices is printed; where it is
// less than `enough`, the exit status is 1. A defect without which the file cannot be read any more (a rule that an
// example names is gone) is noticed.

#include <carestep/carestep.hpp>

#include <cstdlib>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <tuple>

#include "planted/mutate.hpp"

namespace {

using namespace carestep;
using namespace carestep::planted;

constexpr double enough = 0.85;  // the cases show clauses and boundaries, not every value and every order of values

constexpr char const* shipped[] = {"rules/massachusetts-sud/rules.care", "rules/instruments/demo.care",
                                   "examples/riverbend.care", "tests/bench/second.care",
                                   "tests/bench/sud-continuum.care"};

struct Noticed {
  std::size_t different = 0;
  std::size_t noticed = 0;
};

Ruleset loaded(std::string const& text) {
  auto rules = load_text(text);
  if (!rules) throw std::runtime_error(diagnostics_text(rules.error(), false));
  return *std::move(rules);
}

bool notices(std::string const& mutant, std::string const& examples) {
  auto const rules = load_text(mutant + "\n" + examples);
  return !rules || !rules->test().passed();
}

bool differ(Ruleset const& sound, Ruleset const& defective) {
  for (TestCase const& one : test_cases(defective).cases) {
    auto const same = assessment_from_json(sound, assessment_to_json(defective, one.assessment));
    if (!same) continue;  // impossible in the sound version
    BriefDecision const decision = sound.decide_brief(same->assessment, {.allow_out_of_force = true});
    if (std::tuple(decision.move, decision.next, decision.indicated, decision.marks.bits) !=
        std::tuple(one.decision.move, one.decision.next, one.decision.indicated, one.decision.marks.bits))
      return true;
  }
  return false;
}

Noticed try_ruleset(std::string const& file, std::size_t mutants, std::uint64_t seed, bool list) {
  std::string const text = decision_text(std::string(CARESTEP_SOURCE_DIR) + "/" + file);
  Ruleset const sound = loaded(text);
  Pieces const pieces(text);
  std::string const examples = test_cases(sound).examples();
  if (notices(text, examples)) throw std::runtime_error(file + ": the examples do not pass");
  Noticed tally;
  differential::Random random(seed);
  for (std::size_t tries = 0; tries < 50 * mutants && tally.different < mutants; ++tries) {
    auto const mutant = mutated(pieces, random);
    auto const rules = mutant ? load_text(mutant->text) : Result<Ruleset>(Diagnostics{});
    if (!rules || !differ(sound, *rules)) continue;
    ++tally.different;
    bool const noticed = notices(mutant->text, examples);
    if (noticed) ++tally.noticed;
    if (list && !noticed) fmt::print("{}: not noticed: {}\n", file, mutant->what);
  }
  return tally;
}

std::uint64_t option(int argc, char** argv, std::string const& name, std::uint64_t otherwise) {
  for (int i = 1; i + 1 < argc; i += 2)
    if (argv[i] == name) return std::strtoull(argv[i + 1], nullptr, 10);
  return otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  auto const mutants = static_cast<std::size_t>(option(argc, argv, "--mutants", 40));
  std::uint64_t const seed = option(argc, argv, "--seed", 1);
  Noticed all;
  try {
    for (char const* const file : shipped) {
      Noticed const tally = try_ruleset(file, mutants, seed, option(argc, argv, "--list", 0) != 0);
      fmt::print("{}: {} of {} defects noticed\n", file, tally.noticed, tally.different);
      all.different += tally.different;
      all.noticed += tally.noticed;
    }
  } catch (std::exception const& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  fmt::print("seed {}: {} of {} defects noticed\n", seed, all.noticed, all.different);
  bool const good =
      all.different > 0 && static_cast<double>(all.noticed) >= enough * static_cast<double>(all.different);
  return good ? 0 : 1;
}

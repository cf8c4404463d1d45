// carestep_planted: defects planted in rulesets, each of which `diff` has to find, or prove to change nothing.
//
//   carestep_planted --mutants 40 --rulesets 10 --samples 100 --seed 1 [--each 1]
//
// The rulesets are the shipped ones and as many random ones. `--mutants` defects are planted in them in turn; one that
// is no valid ruleset is drawn again. `--each 1` also takes every rule, row, step line and criterion of the shipped
// rulesets away in turn; `--list 1` names every defect and what `diff` says of it. Whatever `diff` says wrongly is
// printed with the seed, and the exit status is 1.

#include <carestep/ruleset.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "planted/judge.hpp"
#include "planted/mutate.hpp"

namespace {

using namespace carestep;
using namespace carestep::planted;
using differential::Random;

struct Arguments {
  std::uint64_t mutants = 40;
  std::uint64_t rulesets = 10;  // random ones
  std::uint64_t samples = 100;
  std::uint64_t seed = 1;
  std::uint64_t cells = 4000;
  std::uint64_t each = 0;
  std::uint64_t list = 0;
  std::uint64_t conditions = 1;
};

constexpr char const* shipped[] = {"rules/massachusetts-sud/rules.care", "rules/instruments/demo.care",
                                   "tests/rulesets/riverbend.care", "tests/bench/second.care",
                                   "tests/bench/sud-continuum.care"};

/// A ruleset to plant defects in.
struct Ground {
  std::string name;
  std::string text;
  Ruleset rules;
  std::unique_ptr<Pieces> pieces;
};

std::unique_ptr<Ground> ground(std::string name, std::string text) {
  auto rules = load_text(text);
  if (!rules) throw std::runtime_error(name + ": " + diagnostics_text(rules.error(), false));
  auto result = std::make_unique<Ground>(Ground{std::move(name), std::move(text), *rules, nullptr});
  result->pieces = std::make_unique<Pieces>(result->text);
  return result;
}

class Run {
 public:
  explicit Run(Arguments const& arguments) : arguments_(arguments) {
    options_.samples = arguments.samples;
    options_.most_cells = arguments.cells;
    options_.conditions = arguments.conditions != 0;
    for (char const* const file : shipped)
      grounds_.push_back(ground(file, decision_text(fmt::format("{}/{}", CARESTEP_SOURCE_DIR, file))));
    for (std::uint64_t i = 0; i < arguments.rulesets; ++i) {
      Random random(arguments.seed + i);
      std::string text;
      for (std::string const& declaration : differential::random_declarations(random)) text += declaration;
      grounds_.push_back(ground(fmt::format("random ruleset {}", arguments.seed + i), decision_text_of(text)));
    }
  }

  int all() {
    auto const started = std::chrono::steady_clock::now();
    for (auto const& one : grounds_) try_itself(*one);
    for (std::uint64_t i = 0; i < arguments_.mutants; ++i)
      plant(*grounds_[i % grounds_.size()], arguments_.seed * 1'000'003 + i);
    if (arguments_.each != 0)
      for (std::size_t i = 0; i < std::size(shipped); ++i) take_each_away(*grounds_[i]);
    // A run in which the judges had nothing to judge shows nothing.
    if (counts_.referenced == 0 || counts_.samples_that_differ == 0 || counts_.counted == 0) {
      ++wrong_;
      fmt::print("too little was tried: no example, no sample that differs, or nothing counted out\n");
    }
    std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - started;
    fmt::print(
        "seed {}: {} rulesets, {} defects ({} more were no valid ruleset): {} different, {} same, {} gave up; {} "
        "examples confirmed, "
        "{} by the reference evaluator too; {} assessments sampled, {} of them differ; {} conditions put to them; {} "
        "pairs counted out in {} "
        "cells; {} "
        "wrong; {:.1f} s\n",
        arguments_.seed, grounds_.size(), planted_, invalid_, counts_.different, counts_.same, counts_.gave_up,
        counts_.witnesses, counts_.referenced, counts_.samples, counts_.samples_that_differ, counts_.conditions,
        counts_.counted, counts_.cells, wrong_, seconds.count());
    return wrong_ == 0 ? 0 : 1;
  }

 private:
  void try_itself(Ground const& ground) {
    Random random(arguments_.seed);
    std::uint64_t const before = counts_.same;
    std::string const wrong = judged(ground.rules, ground.rules, ground.text, random, options_, counts_);
    if (!wrong.empty()) complain(ground, "nothing", wrong);
    if (counts_.same == before) complain(ground, "nothing", "differs from itself");
  }

  void plant(Ground const& ground, std::uint64_t seed) {
    Random random(seed);
    for (int i = 0; i < 200; ++i) {
      auto const mutant = mutated(*ground.pieces, random);
      if (!mutant || mutant->text == ground.text) continue;
      if (!try_mutant(ground, *mutant, random)) continue;
      ++planted_;
      return;
    }
    complain(ground, "nothing", fmt::format("no defect found to plant with seed {}", seed));
  }

  void take_each_away(Ground const& ground) {
    Random random(arguments_.seed);
    for (Mutant const& mutant : without_each(*ground.pieces)) {
      if (try_mutant(ground, mutant, random)) {
        ++planted_;
      } else if (arguments_.list != 0) {
        fmt::print("{}: {}: no valid ruleset\n", ground.name, mutant.what);
      }
    }
  }

  bool try_mutant(Ground const& ground, Mutant const& mutant, Random& random) {
    auto const rules = load_text(mutant.text);
    if (!rules) {
      ++invalid_;
      return false;
    }
    std::uint64_t const same = counts_.same;
    std::string const wrong = judged(ground.rules, *rules, mutant.text, random, options_, counts_);
    if (!wrong.empty()) complain(ground, mutant.what, wrong);
    if (arguments_.list != 0)
      fmt::print("{}: {}: {}\n", ground.name, mutant.what, counts_.same != same ? "same" : "different");
    return true;
  }

  void complain(Ground const& ground, std::string const& what, std::string const& wrong) {
    ++wrong_;
    fmt::print("{}: {}\n  {}\n", ground.name, what, wrong);
    std::fflush(stdout);
  }

  Arguments arguments_;
  planted::Options options_;
  std::vector<std::unique_ptr<Ground>> grounds_;
  planted::Counts counts_;
  std::uint64_t planted_ = 0;
  std::uint64_t invalid_ = 0;
  std::uint64_t wrong_ = 0;
};

bool read(std::vector<std::string> const& given, Arguments& arguments) {
  std::vector<std::pair<std::string, std::uint64_t*>> const known{
      {"--mutants", &arguments.mutants}, {"--rulesets", &arguments.rulesets},    {"--samples", &arguments.samples},
      {"--seed", &arguments.seed},       {"--cells", &arguments.cells},          {"--each", &arguments.each},
      {"--list", &arguments.list},       {"--conditions", &arguments.conditions}};
  for (std::size_t i = 0; i < given.size(); i += 2) {
    auto const option = std::find_if(known.begin(), known.end(), [&](auto const& k) { return k.first == given[i]; });
    if (option == known.end() || i + 1 == given.size()) return false;
    std::string const& value = given[i + 1];
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), *option->second);
    if (error != std::errc{} || end != value.data() + value.size()) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  if (!read({argv + 1, argv + argc}, arguments)) {
    fmt::print(stderr,
               "usage: carestep_planted [--mutants N] [--rulesets N] [--samples N] [--cells N] [--seed N] [--each 1] "
               "[--list 1]\n");
    return 2;
  }
  try {
    return Run(arguments).all();
  } catch (std::exception const& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}

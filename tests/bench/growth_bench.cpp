// What loading and deciding cost as rulesets grow, and exact settlement as answers go missing. Prints Markdown tables.
//
//   carestep_growth_bench [--quick] [--seed N]
//   carestep_growth_bench --write FOLDER RULES INPUTS [--seed N]     writes the generated files into a folder

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <string_view>

#include "engine.hpp"
#include "growth_rules.hpp"
#include "harness.hpp"

namespace {

using namespace bench;
using carestep::Assessment;
using carestep::Decision;
using carestep::DecisionStatus;
using carestep::Mark;
using carestep::Ruleset;

struct Options {
  bool quick = false;
  std::uint64_t seed = 1;
  std::string folder;  // to write to, instead of measuring
  GrowthSize size;
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    std::string_view const word = argv[i];
    if (word == "--quick") {
      options.quick = true;
    } else if (word == "--seed" && i + 1 < argc) {
      options.seed = std::strtoull(argv[++i], nullptr, 10);
    } else if (word == "--write" && i + 3 < argc) {
      options.folder = argv[i + 1];
      options.size = {std::atoi(argv[i + 2]), std::atoi(argv[i + 3])};
      i += 3;
    } else {
      std::fprintf(stderr, "usage: %s [--quick] [--seed N] [--write FOLDER RULES INPUTS]\n", argv[0]);
      std::exit(2);
    }
  }
  return options;
}

/// Nanoseconds of one call: the median of `repeats`.
template <class Work>
double time_of(int repeats, Work work) {
  std::vector<double> times;
  for (int i = 0; i < repeats; ++i) {
    auto const start = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count());
  }
  return median(times);
}

/// Growth between two measurements: 1 is linear.
std::string exponent(double before, double after, double factor) {
  return before > 0 ? fmt::format("{:.2f}", std::log(after / before) / std::log(factor)) : "";
}

// ---- size
// -------------------------------------------------------------------------------------------------------------

struct Costs {
  double load = 0;
  double brief = 0;
  double full = 0;
  double active = 0;  // rules, on average
};

Costs costs_of(GrowthRules const& generated, GrowthSize size) {
  Costs costs;
  costs.load = time_of(size.rules >= 10'000  ? 3
                       : size.rules >= 1'000 ? 5
                                             : 15,
                       [&] {
                         Ruleset const rules = generated.load();
                         keep(&rules);
                       });
  Ruleset const rules = generated.load();
  std::vector<Assessment> people;
  for (std::uint64_t i = 0; i < 200; ++i) people.push_back(generated.person(rules, i));
  auto const a_person = [&](carestep::DecideOptions const& options) {
    int const passes = std::max(1, 20'000 / size.rules);
    return time_of(5,
                   [&] {
                     for (int pass = 0; pass < passes; ++pass)
                       for (Assessment const& person : people) {
                         Decision const decision = rules.decide(person, options);
                         keep(&decision);
                       }
                   }) /
           static_cast<double>(people.size()) / passes;
  };
  costs.brief = a_person(brief_options());
  costs.full = a_person({});
  for (Assessment const& person : people)
    costs.active += static_cast<double>(rules.decide(person).active.size()) / static_cast<double>(people.size());
  return costs;
}

void measure_sizes(Options const& options) {
  fmt::print("### Rulesets of growing size, seed {}\n\n", options.seed);
  fmt::print("| inputs | rules | text | load | growth | brief | growth | full | growth | active rules |\n");
  fmt::print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
  for (int const inputs : {10, 50, 200}) {
    Costs before;
    for (int const rules : {10, 100, 1'000, 10'000}) {
      if (options.quick && rules == 10'000) continue;
      GrowthSize const size{rules, inputs};
      GrowthRules const generated(size, options.seed);
      Costs const costs = costs_of(generated, size);
      fmt::print("| {} | {} | {} KiB | {} | {} | {} | {} | {} | {} | {:.1f} |\n", inputs, rules,
                 generated.bytes() / 1024, shown_time(costs.load), exponent(before.load, costs.load, 10),
                 shown_time(costs.brief), exponent(before.brief, costs.brief, 10), shown_time(costs.full),
                 exponent(before.full, costs.full, 10), costs.active);
      std::fflush(stdout);
      before = costs;
    }
  }
  fmt::print("\n`growth` is the exponent against ten times as many rules: 1 is linear.\n\n");
}

// ---- unknown answers
// --------------------------------------------------------------------------------------------------

/// Takes `count` answers away: of inputs that stand side by side, which the same rules read, or of any.
void forget(Assessment& person, Ruleset const& rules, GrowthSize size, int count, bool neighbours, Sequence& draws) {
  int const first = draws.between(0, std::max(0, size.inputs - count));
  for (int i = 0; i < std::min(count, size.inputs); ++i) {
    int const input = neighbours ? first + i : draws.between(0, size.inputs - 1);
    person.clear(*rules.input(GrowthRules::input_name(input)));
  }
}

void measure_unknown(Options const& options, GrowthSize size, bool neighbours) {
  GrowthRules const generated(size, options.seed);
  Ruleset const rules = generated.load();
  fmt::print("### Unknown answers, {} rules over {} inputs, {}\n\n", size.rules, size.inputs,
             neighbours ? "side by side" : "anywhere");
  fmt::print("| unknown | brief, median | slowest | full, median | slowest | undetermined | approximate |\n");
  fmt::print("|--:|--:|--:|--:|--:|--:|--:|\n");
  int const people = options.quick ? 20 : 60;
  for (int const unknown : {1, 2, 3, 4, 6, 8, 10, 12}) {
    Sequence draws(mix(options.seed + static_cast<std::uint64_t>(unknown)));
    std::vector<double> brief;
    std::vector<double> full;
    int undetermined = 0;
    int approximate = 0;
    for (int i = 0; i < people; ++i) {
      Assessment person = generated.person(rules, static_cast<std::uint64_t>(i));
      forget(person, rules, size, unknown, neighbours, draws);
      Decision decision;
      brief.push_back(time_of(1, [&] { decision = rules.decide(person, brief_options()); }));
      full.push_back(time_of(1, [&] { decision = rules.decide(person); }));
      if (decision.status == DecisionStatus::undetermined) ++undetermined;
      if (decision.marks.contains(Mark::approximate)) ++approximate;
    }
    fmt::print("| {} | {} | {} | {} | {} | {} % | {} % |\n", unknown, shown_time(median(brief)),
               shown_time(*std::max_element(brief.begin(), brief.end())), shown_time(median(full)),
               shown_time(*std::max_element(full.begin(), full.end())), 100 * undetermined / people,
               100 * approximate / people);
    std::fflush(stdout);
  }
  fmt::print("\n");
}

}  // namespace

int main(int argc, char** argv) {
  Options const options = read_options(argc, argv);
  if (!options.folder.empty()) {
    GrowthRules const generated(options.size, options.seed);
    for (auto const& [name, text] : generated.files())
      if (!(std::ofstream(options.folder + "/" + name, std::ios::binary) << text)) give_up("cannot write " + name);
    return 0;
  }
  measure_sizes(options);
  measure_unknown(options, {100, 50}, true);
  measure_unknown(options, {1'000, 50}, true);
  measure_unknown(options, {1'000, 200}, false);
  if (!options.quick) measure_unknown(options, {10'000, 200}, true);
  return 0;
}

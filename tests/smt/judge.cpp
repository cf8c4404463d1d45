// carestep_smt: the verdicts of `prove` against those of Z3.
//
//   carestep_smt --rulesets 100 --seed 1       random small rulesets; ruleset i has the seed `seed + i`
//   carestep_smt --rules FILE                  one rule file, with the time that each took for each check
//
// Asked of both: conflict, eligible, covered, dead (of rules), redundant, level, gap, monotone; not
// guarantees, overlap or stranded. Z3 counts nothing; the counts are judged by differential/brute_force.

#include <carestep/analysis.hpp>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <fmt/format.h>
#include <map>
#include <string>
#include <string_view>

#include "api/ruleset_state.hpp"
#include "differential/generate.hpp"
#include "ir/words.hpp"
#include "smt/encoding.hpp"

namespace {

using namespace carestep;
using smt::Person;
using Clock = std::chrono::steady_clock;

double seconds(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Z3 as the judge of one ruleset.
class Judge {
 public:
  explicit Judge(program::Program const& program) : program_(program), model_(*program.model) {}

  /// Whether there is somebody of whom `holds(Person&)` is true.
  template <class Holds>
  bool somebody(Holds holds) {
    for (bool const with_previous : worlds()) {
      z3::context z3;
      Person person(z3, program_, with_previous, "a");
      z3::solver solver(z3);
      solver.add(person.counted());
      solver.add(holds(person));
      if (solver.check() == z3::sat) return true;
    }
    return false;
  }

  /// Whether one step in the worse direction of the input lowers anybody.
  bool somebody_lowered(ir::Index input) {
    ir::Input const& moved = model_.inputs[input];
    for (ir::VarId var = moved.first_var; var < moved.first_var + moved.width; ++var)
      for (bool const with_previous : worlds())
        if (lowered(var, moved.worse == ir::Worse::higher, with_previous)) return true;
    return false;
  }

  [[nodiscard]] ir::Model const& model() const { return model_; }
  [[nodiscard]] program::Program const& program() const { return program_; }

 private:
  [[nodiscard]] std::vector<bool> worlds() const {
    // Whether previous answers are read at all: then there are people with and without a previous assessment.
    return program_.reads_previous ? std::vector{false, true} : std::vector{false};
  }

  bool lowered(ir::VarId var, bool higher_is_worse, bool with_previous) {
    z3::context z3;
    Person better(z3, program_, with_previous, "a");
    Person worse(z3, program_, with_previous, "b");
    z3::solver solver(z3);
    solver.add(better.counted());
    solver.add(worse.counted());
    for (ir::VarId other = 0; other < model_.variables.size(); ++other) {
      // `previous X` of somebody without a previous assessment moves along.
      ir::Variable const& variable = model_.variables[other];
      if (variable.previous && !with_previous) continue;
      if (other != var) solver.add(better.variable(other) == worse.variable(other));
    }
    solver.add(worse.variable(var) == better.variable(var) + (higher_is_worse ? 1 : -1));
    solver.add(worse.rank() < better.rank());
    return solver.check() == z3::sat;
  }

  program::Program const& program_;
  ir::Model const& model_;
};

bool narrows(program::RuleEffect const& rule, std::size_t level) {
  return (rule.admits >> level & 1U) == 0;
}

bool written(ir::Clause const& clause) {
  return !clause.parts.empty() || !ir::words(clause).empty();
}

/// The verdict that Z3 comes to; nothing for what it is not asked.
std::optional<Verdict> verdict(Judge& judge, Proof const& proof) {
  auto const refuted_if = [](bool somebody) { return somebody ? Verdict::refuted : Verdict::proved; };
  auto const& model = judge.model();
  auto const named = [&](auto const& things) {
    for (std::size_t i = 0; i < things.size(); ++i)
      if (things[i].name == proof.name) return std::optional(i);
    return std::optional<std::size_t>();
  };
  switch (proof.check) {
    case Check::conflict:
      return refuted_if(judge.somebody([](Person& p) { return p.conflict(); }));
    case Check::eligible:
      return refuted_if(judge.somebody([](Person& p) { return p.not_eligible(); }));
    case Check::covered:
      return refuted_if(judge.somebody([](Person& p) { return p.by_default(); }));
    case Check::dead: {
      auto const rule = named(model.rules);
      if (!rule) return std::nullopt;
      if (!judge.somebody([&](Person& p) { return p.active(*rule); })) return Verdict::refuted;
      bool const conditional = written(model.rules[*rule].when) || written(model.rules[*rule].unless);
      return refuted_if(conditional && !judge.somebody([&](Person& p) { return !p.active(*rule); }));
    }
    case Check::redundant: {
      auto const rule = named(model.rules);
      bool const needed = judge.somebody([&](Person& p) {
        z3::expr some = p.holds(0);  // false
        for (std::size_t level = 0; level < judge.program().level_count(); ++level)
          if (narrows(judge.program().rules[*rule], level)) some = some || !p.excluded(level, rule);
        return p.active(*rule) && some;
      });
      return refuted_if(!needed && judge.somebody([&](Person& p) { return p.active(*rule); }));
    }
    case Check::level:
      return refuted_if(!judge.somebody([&](Person& p) { return p.indicated(*named(model.levels)); }));
    case Check::gap: {
      ir::Table const& table = model.tables[*named(model.tables)];
      if (!table.first) return Verdict::proved;
      return refuted_if(judge.somebody([&](Person& p) {
        z3::expr none = p.holds(1);  // true
        for (ir::NodeId const row : table.row_nodes) none = none && !p.holds(row);
        return none;
      }));
    }
    case Check::monotone:
      return refuted_if(judge.somebody_lowered(static_cast<ir::Index>(*named(model.inputs))));
    case Check::guarantee:
    case Check::overlap:
    case Check::stranded:
      break;
  }
  return std::nullopt;
}

struct Totals {
  std::uint64_t verdicts = 0;
  std::map<Check, double> z3_seconds;
};

/// What the two disagree about; empty when nothing.
std::string difference(Ruleset const& rules, ProofReport const& report, Totals& totals) {
  Judge judge(*RulesetAccess::state(rules).program);
  for (Proof const& proof : report.proofs) {
    auto const start = Clock::now();
    std::optional<Verdict> const other = verdict(judge, proof);
    if (!other) continue;
    totals.z3_seconds[proof.check] += seconds(start);
    ++totals.verdicts;
    if (*other != proof.verdict)
      return fmt::format("{} {}: {}, Z3 says {}\n", to_string(proof.check), proof.name, to_string(proof.verdict),
                         to_string(*other));
  }
  return {};
}

int judge_random(std::uint64_t rulesets, std::uint64_t seed) {
  Totals totals;
  for (std::uint64_t i = 0; i < rulesets; ++i) {
    differential::Random random(seed + i);
    std::string text;
    for (auto const& declaration : differential::random_declarations(random, true)) text += declaration + "\n";
    auto const rules = load_text(text);
    std::string const wrong = rules ? difference(*rules, prove(*rules), totals) : diagnostics_text(rules.error());
    if (wrong.empty()) continue;
    fmt::print("seed {}: {}{}\n", seed + i, wrong, text);
    return 1;
  }
  fmt::print("seed {}: {} rulesets, {} verdicts, all as Z3 has them\n", seed, rulesets, totals.verdicts);
  return 0;
}

int judge_file(std::string const& file) {
  auto const rules = load(file);
  if (!rules) {
    fmt::print("{}", diagnostics_text(rules.error()));
    return 3;
  }
  Totals totals;
  std::string const wrong = difference(*rules, prove(*rules), totals);
  fmt::print("{}| check | diagrams, s | Z3, s |\n|---|---|---|\n", wrong);
  for (auto const& [check, z3] : totals.z3_seconds) {
    auto const start = Clock::now();
    ProofReport const alone = prove(*rules, {{check}, {}});
    fmt::print("| `{}` ({}) | {:.3f} | {:.3f} |\n", to_string(check), alone.proofs.size(), seconds(start), z3);
  }
  return wrong.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t rulesets = 100;
  std::uint64_t seed = 1;
  for (int i = 1; i + 1 < argc; i += 2) {
    std::string_view const name = argv[i];
    std::string_view const value = argv[i + 1];
    if (name == "--rules") return judge_file(std::string(value));
    std::uint64_t& number = name == "--seed" ? seed : rulesets;
    std::from_chars(value.data(), value.data() + value.size(), number);
  }
  return judge_random(rulesets, seed);
}

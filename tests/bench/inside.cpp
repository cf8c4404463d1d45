// What loading and deciding cost through the C++ interface. Run it from the root of the project:
//   build/release/bin/carestep_bench

#include <carestep/carestep.hpp>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <string>

namespace {

using namespace carestep;

constexpr char const* massachusetts = "rules/massachusetts-sud/rules.care";

/// `count` rules over 50 inputs, each with a condition of three clauses.
std::string many_rules(int count) {
  std::string text = "ruleset generated\nlevels a < b < c < d < e\n";
  for (int i = 0; i < 50; ++i) text += fmt::format("input x{} number 0 to 100  higher is worse\n", i);
  for (int i = 0; i < count; ++i)
    text += fmt::format(
        "rule r{} \"Rule {}\"\n  when x{} >= {} and (x{} < {} or x{} is between {} and {})\n  then at least {}\n  "
        "because \"Reason {}.\"\n",
        i, i, i % 50, 1 + i % 99, (i * 7 + 1) % 50, 1 + (i * 3) % 99, (i * 11 + 2) % 50, 1 + i % 40, 50 + i % 50,
        static_cast<char>('a' + i % 5), i);
  return text;
}

Ruleset loaded() {
  auto rules = load(massachusetts);
  if (!rules) std::abort();
  return *rules;
}

/// Everything answered; `unknown` of the answers that most rules read are taken away again.
Assessment person(Ruleset const& rules, int unknown) {
  Assessment a = rules.assessment(*date(2026, 5, 14));
  a.no_previous();
  for (std::uint32_t i = 0; i < rules.input_count(); ++i) {
    InputInfo const input = rules.input({i});
    std::optional<Refusal> refusal;
    switch (input.type) {
      case InputType::level:
        refusal = a.set({i}, "iop");
        break;
      case InputType::yes_no:
        refusal = a.set({i}, true);
        break;
      case InputType::scale:
      case InputType::choice:
        refusal = a.set({i}, input.values[input.values.size() / 2]);
        break;
      case InputType::set:
        refusal = a.set({i}, std::vector<std::string>{input.values[0]});
        break;
      case InputType::number:
        refusal = a.set({i}, input.high);
        break;
      case InputType::date:
        refusal = a.set({i}, *date(2026, 5, 1));
        break;
    }
    if (refusal) std::abort();
  }
  for (char const* name : {"phq9", "home_environment", "relapse_risk", "withdrawal_risk", "support"})
    if (auto const id = rules.input(name); id && unknown-- > 0) a.clear(*id);
  for (std::uint32_t i = 4; i < rules.input_count() && unknown > 0; ++i)
    if (a.known({i})) {
      a.clear({i});
      --unknown;
    }
  return a;
}

void load_massachusetts(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(load(massachusetts));
}

void load_generated(benchmark::State& state) {
  std::string const text = many_rules(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(load_text(text));
  state.SetComplexityN(state.range(0));
}

void decide_with_unknown(benchmark::State& state) {
  Ruleset const rules = loaded();
  Assessment const a = person(rules, static_cast<int>(state.range(0)));
  Decision const decision = rules.decide(a);
  if (decision.status == DecisionStatus::refused || decision.marks.contains(Mark::approximate))
    state.SkipWithError("not decided exactly");
  for (auto _ : state) benchmark::DoNotOptimize(rules.decide(a));
}

void decide_again(benchmark::State& state) {
  Ruleset const rules = loaded();
  Assessment const a = person(rules, static_cast<int>(state.range(0)));
  Decision decision;
  for (auto _ : state) {
    rules.decide(a, decision);
    benchmark::DoNotOptimize(decision);
  }
}

void decide_brief(benchmark::State& state) {
  Ruleset const rules = loaded();
  Assessment const a = person(rules, static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(rules.decide_brief(a));
}

BENCHMARK(decide_again)->Arg(0)->Arg(1);
BENCHMARK(decide_brief)->Arg(0)->Arg(1)->Arg(2)->Arg(3);
BENCHMARK(load_massachusetts)->Unit(benchmark::kMillisecond);
BENCHMARK(load_generated)
    ->RangeMultiplier(10)
    ->Range(10, 10'000)
    ->Unit(benchmark::kMillisecond)
    ->Complexity(benchmark::oNLogN);
BENCHMARK(decide_with_unknown)->Arg(0)->Arg(1)->Arg(3)->Arg(5)->Arg(8)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();

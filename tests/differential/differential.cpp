// carestep_differential: the engine against the reference evaluator, on random rulesets and random assessments.
//
//   carestep_differential --rulesets 200 --assessments 50 --seed 1 --jobs 2
//
// Ruleset number i has the seed `seed + i`, so that a difference is repeated with `--rulesets 1 --seed THAT`. The first
// difference is made as small as dropping lines and answers can make it, and printed; the exit status is then 1.

#include <carestep/ruleset.hpp>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fmt/format.h>
#include <functional>
#include <mutex>
#include <optional>
#include <simdjson.h>
#include <stdexcept>
#include <thread>

#include "api/ruleset_state.hpp"
#include "differential/generate.hpp"
#include "differential/reference.hpp"

namespace {

using namespace carestep;
using differential::Random;

// ---- a decision as fields of JSON text ----------------------------------------------------------------------------

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string quoted(std::string const& text) {
  return "\"" + text + "\"";
}

std::string list(std::vector<std::string> const& texts) {
  std::string result;
  for (auto const& text : texts) result += (result.empty() ? "" : ",") + quoted(text);
  return "[" + result + "]";
}

template <class T, class Write>
std::string or_null(std::optional<T> const& value, Write write) {
  return value ? write(*value) : "null";
}

std::string flat(std::vector<std::vector<std::string>> const& tiers) {
  std::vector<std::string> all;
  for (auto const& tier : tiers) all.insert(all.end(), tier.begin(), tier.end());
  return list(all);
}

/// In the order of data.md, `id` left out.
Fields fields_of(reference::Decision const& d) {
  if (d.refused_by) return {{"status", quoted("refused")}};
  return {{"status", quoted(d.status)},
          {"move", quoted(d.move)},
          {"next_level", quoted(d.next_level)},
          {"indicated_level", quoted(d.indicated_level)},
          {"admissible", list(d.admissible)},
          {"plan", or_null(d.plan, list)},
          {"marks", list(d.marks)},
          {"possible_next", list(d.possible_next)},
          {"possible_indicated", list(d.possible_indicated)},
          {"ask", flat(d.ask)},
          {"active", list(d.active)},
          {"open", list(d.open)},
          {"suggest", list(d.suggest)},
          {"alerts", list(d.alerts)},
          {"open_alerts", list(d.open_alerts)},
          {"notes", list(d.notes)},
          {"reassess_on", or_null(d.reassess_on, quoted)},
          {"assumed", list(d.assumed)},
          {"stale", list(d.stale)},
          {"conflict", list(d.conflict)},
          {"broken_guarantees", list(d.broken_guarantees)},
          {"open_guarantees", list(d.open_guarantees)},
          {"placement", or_null(d.placement, quoted)},
          {"lacking", list(d.lacking)}};
}

// ---- the engine ---------------------------------------------------------------------------------------------------

std::string engine_json(Ruleset const& rules, std::string const& assessment) {
  auto const read = assessment_from_json(rules, assessment);
  if (!read) {
    Decision refused;
    refused.status = DecisionStatus::refused;
    refused.refusals = read.error().refusals;
    return decision_to_json(rules, refused, read.error().id);
  }
  return decision_to_json(rules, rules.decide(read->assessment), read->id);
}

/// The brief decision, whose refusals have no reasons.
std::string brief_json(Ruleset const& rules, std::string const& assessment) {
  auto const read = assessment_from_json(rules, assessment);
  Decision decision;
  decision.status = DecisionStatus::refused;
  if (read) static_cast<BriefDecision&>(decision) = rules.decide_brief(read->assessment);
  if (decision.status == DecisionStatus::refused) return R"({"status":"refused"})";
  return decision_to_json(rules, decision, read->id, true);
}

Fields fields_of(std::string const& json) {
  simdjson::dom::parser parser;
  simdjson::dom::object const object = parser.parse(simdjson::padded_string(json)).get_object();
  Fields fields;
  for (auto const field : object) fields.emplace_back(std::string(field.key), simdjson::minify(field.value));
  return fields;
}

// ---- comparing ----------------------------------------------------------------------------------------------------

struct Difference {
  std::string field;
  std::string engine;
  std::string reference;
};

struct Counts {
  std::atomic<std::uint64_t> rulesets{0};
  std::atomic<std::uint64_t> decisions{0};
  std::atomic<std::uint64_t> determined{0};
  std::atomic<std::uint64_t> undetermined{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> approximate{0};
  std::atomic<std::uint64_t> completions{0};
};

std::optional<std::string> value_of(Fields const& fields, std::string const& name) {
  for (auto const& [field, value] : fields) {
    if (field == name) return value;
  }
  return std::nullopt;
}

std::optional<Difference> first_difference(std::string const& engine_json, reference::Decision const& expected) {
  auto const got = fields_of(engine_json);
  for (auto const& [field, value] : fields_of(expected)) {
    auto const theirs = value_of(got, field).value_or("(missing)");
    if (theirs != value) return Difference{field, theirs, value};
  }
  if (expected.refused_by) {
    auto const errors = value_of(got, "errors").value_or("(missing)");
    if (errors.find(*expected.refused_by) == std::string::npos)
      return Difference{"errors", errors, *expected.refused_by};
  }
  return std::nullopt;
}

/// What the brief decision says otherwise than the whole one.
std::optional<Difference> brief_difference(std::string const& brief, std::string const& whole) {
  auto const expected = fields_of(whole);
  for (auto const& [field, value] : fields_of(brief)) {
    auto const theirs = value_of(expected, field).value_or("(missing)");
    if (theirs != value) return Difference{"brief " + field, value, theirs};
  }
  return std::nullopt;
}

bool is_approximate(std::string const& engine_json) {
  return engine_json.find("\"approximate\"") != std::string::npos;
}

/// One ruleset as both sides see it.
class Pair {
 public:
  /// Nothing when the engine refuses the text; `complaints` then says why.
  static std::optional<Pair> load(std::vector<std::string> const& declarations, std::string* complaints) {
    std::string text;
    for (auto const& declaration : declarations) text += declaration;
    auto const loaded = load_text(text);
    if (!loaded) {
      if (complaints == nullptr) return std::nullopt;
      for (auto const& d : loaded.error()) {
        *complaints += fmt::format("{}:{}: {} {}\n", d.place.line, d.place.column, d.code, d.message);
      }
      return std::nullopt;
    }
    return Pair(*loaded);
  }

  std::optional<Difference> compare(reference::Assessment const& assessment, Counts* counts) const {
    auto const json = differential::to_json(assessment, reference_);
    auto const engine = engine_json(engine_, json);
    if (is_approximate(engine)) {
      if (counts != nullptr) ++counts->approximate;
      return std::nullopt;
    }
    auto const expected = reference_.decide(assessment);
    if (counts != nullptr) count(*counts, expected, assessment);
    if (auto const difference = first_difference(engine, expected)) return difference;
    return brief_difference(brief_json(engine_, json), engine);
  }

  reference::Ruleset const& reference() const { return reference_; }

 private:
  explicit Pair(Ruleset const& engine) : engine_(engine), reference_(RulesetAccess::state(engine).bundle) {}

  void count(Counts& counts, reference::Decision const& decision, reference::Assessment const& assessment) const {
    ++counts.decisions;
    counts.completions += reference_.completions(assessment);
    if (decision.status == "determined") ++counts.determined;
    if (decision.status == "undetermined") ++counts.undetermined;
    if (decision.status == "refused") ++counts.refused;
  }

  Ruleset engine_;
  reference::Ruleset reference_;
};

// ---- making a difference small ------------------------------------------------------------------------------------

struct Finding {
  std::vector<std::string> declarations;
  reference::Assessment assessment;
  Difference difference;
};

class Shrinking {
 public:
  explicit Shrinking(Finding finding) : best_(std::move(finding)) {}

  Finding smallest() {
    auto smaller = true;
    while (smaller) smaller = drop_declarations() || drop_lines() || drop_answers();
    return best_;
  }

 private:
  bool still_differs(std::vector<std::string> const& declarations, reference::Assessment const& assessment) {
    try {
      auto const pair = Pair::load(declarations, nullptr);
      if (!pair || pair->reference().completions(assessment) > 20'000) return false;
      auto const difference = pair->compare(assessment, nullptr);
      if (!difference || difference->field != best_.difference.field) return false;
      best_ = {declarations, assessment, *difference};
      return true;
    } catch (std::exception const&) {
      return false;  // the answers do not fit the smaller ruleset
    }
  }

  bool drop_declarations() {
    for (auto i = best_.declarations.size(); i-- > 1;) {
      auto fewer = best_.declarations;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (still_differs(fewer, best_.assessment)) return true;
    }
    return false;
  }

  bool drop_lines() {
    for (std::size_t i = 0; i < best_.declarations.size(); ++i) {
      auto const& text = best_.declarations[i];
      for (auto start = text.find('\n') + 1; start < text.size(); start = text.find('\n', start) + 1) {
        auto fewer = best_.declarations;
        fewer[i].erase(start, text.find('\n', start) + 1 - start);
        if (still_differs(fewer, best_.assessment)) return true;
      }
    }
    return false;
  }

  bool drop_answers() {
    auto const drop_from = [&](auto member) {
      for (auto const& [name, answer] : best_.assessment.*member) {
        auto fewer = best_.assessment;
        (fewer.*member).erase(name);
        if (still_differs(best_.declarations, fewer)) return true;
      }
      return false;
    };
    if (drop_from(&reference::Assessment::answers) || drop_from(&reference::Assessment::previous_answers)) return true;
    if (best_.assessment.unavailable.empty()) return false;
    auto all_open = best_.assessment;
    all_open.unavailable.clear();
    return still_differs(best_.declarations, all_open);
  }

  Finding best_;
};

// ---- the run ------------------------------------------------------------------------------------------------------

struct Options {
  std::uint64_t rulesets = 200;
  std::uint64_t assessments = 50;
  std::uint64_t seed = 1;
  std::uint64_t jobs = 1;
  std::uint64_t findings = 1;  // stop after so many
};

class Run {
 public:
  explicit Run(Options const& options) : options_(options) {}

  int all() {
    auto const started = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (std::uint64_t job = 0; job < options_.jobs; ++job) threads.emplace_back([this] { work(); });
    for (auto& thread : threads) thread.join();
    std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - started;
    fmt::print(
        "seeds {} to {}: {} rulesets, {} decisions ({} determined, {} undetermined, {} refused), {} completions; "
        "{} approximate; {} differences; {:.1f} s\n",
        options_.seed, options_.seed + options_.rulesets - 1, counts_.rulesets.load(), counts_.decisions.load(),
        counts_.determined.load(), counts_.undetermined.load(), counts_.refused.load(), counts_.completions.load(),
        counts_.approximate.load(), found_.load(), seconds.count());
    return found_ == 0 ? 0 : 1;
  }

 private:
  void work() {
    for (auto i = next_++; i < options_.rulesets && found_ < options_.findings; i = next_++) {
      auto const seed = options_.seed + i;
      try {
        one_ruleset(seed);
      } catch (std::exception const& e) {
        report(fmt::format("seed {}: {}\n", seed, e.what()));
      }
    }
  }

  void one_ruleset(std::uint64_t seed) {
    Random random(seed);
    auto const declarations = differential::random_declarations(random);
    std::string complaints;
    auto const pair = Pair::load(declarations, &complaints);
    if (!pair) {
      report(fmt::format("seed {}: the engine refuses the ruleset\n{}\n{}\n", seed, complaints, joined(declarations)));
      return;
    }
    ++counts_.rulesets;
    for (std::uint64_t i = 0; i < options_.assessments; ++i) {
      auto const assessment = differential::random_assessment(pair->reference(), random);
      auto const difference = pair->compare(assessment, &counts_);
      if (!difference) continue;
      auto const finding = Shrinking({declarations, assessment, *difference}).smallest();
      report(described(seed, i, finding));
      return;
    }
  }

  static std::string joined(std::vector<std::string> const& declarations) {
    std::string text;
    for (auto const& declaration : declarations) text += declaration;
    return text;
  }

  static std::string described(std::uint64_t seed, std::uint64_t assessment, Finding const& finding) {
    auto const pair = Pair::load(finding.declarations, nullptr);
    return fmt::format("seed {}, assessment {}: `{}` differs\n  engine    {}\n  reference {}\n\n{}\n{}\n\n", seed,
                       assessment, finding.difference.field, finding.difference.engine, finding.difference.reference,
                       joined(finding.declarations), differential::to_json(finding.assessment, pair->reference()));
  }

  void report(std::string const& text) {
    ++found_;
    std::lock_guard const lock(printing_);
    fmt::print("{}", text);
    std::fflush(stdout);
  }

  Options options_;
  Counts counts_;
  std::atomic<std::uint64_t> next_{0};
  std::atomic<std::uint64_t> found_{0};
  std::mutex printing_;
};

std::optional<Options> options_of(std::vector<std::string> const& arguments) {
  Options options;
  std::vector<std::pair<std::string, std::uint64_t*>> const known{{"--rulesets", &options.rulesets},
                                                                  {"--assessments", &options.assessments},
                                                                  {"--seed", &options.seed},
                                                                  {"--jobs", &options.jobs},
                                                                  {"--findings", &options.findings}};
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    auto const option =
        std::find_if(known.begin(), known.end(), [&](auto const& k) { return k.first == arguments[i]; });
    if (option == known.end() || i + 1 == arguments.size()) return std::nullopt;
    auto const& value = arguments[i + 1];
    auto const read = std::from_chars(value.data(), value.data() + value.size(), *option->second);
    if (read.ec != std::errc{} || read.ptr != value.data() + value.size()) return std::nullopt;
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  auto const options = options_of({argv + 1, argv + argc});
  if (!options) {
    fmt::print(stderr,
               "usage: carestep_differential [--rulesets N] [--assessments M] [--seed S] [--jobs J] [--findings F]\n");
    return 2;
  }
  return Run(*options).all();
}

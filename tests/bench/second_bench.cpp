// The engine beside the rules by hand on the second workload. Prints Markdown tables.
//
//   carestep_second_bench [--quick] [--rounds N] [--seconds S] [--table TEXT] [--only TEXT]

#include <fmt/format.h>
#include <memory>

#include "engine.hpp"
#include "engine_batch.hpp"
#include "harness.hpp"
#include "random.hpp"
#include "second.hpp"

namespace {

using namespace bench;
using carestep::Assessment;
using carestep::Decision;
using carestep::Ruleset;

constexpr std::size_t people_count = 100'000;
using People = std::shared_ptr<std::vector<Assessment>>;

std::vector<second::Person> const& people() {
  static std::vector<second::Person> const made = second::make_people(people_count);
  return made;
}

Row yardstick() {
  auto verdicts = std::make_shared<std::vector<second::Verdict>>(people_count);
  return {.name = "hand-written C++", .records = people_count, .pass = [verdicts] {
            second::decide_all(people(), verdicts->data());
            keep(verdicts->data());
          }};
}

second::Verdict verdict_of(carestep::BriefDecision const& decision) {
  return {decision.move, decision.next.index, decision.indicated.index, decision.marks};
}

/// Each answer is taken away with a chance of `per_cent`.
People prepared(Ruleset const& rules, std::size_t count, std::uint32_t per_cent = 0) {
  auto made = std::make_shared<std::vector<Assessment>>();
  Sequence draws(mix(per_cent));
  for (std::size_t i = 0; i < count; ++i) {
    made->push_back(second::assessment(rules, people()[i]));
    for (std::uint32_t input = 0; input < rules.input_count(); ++input)
      if (draws.percent(per_cent)) made->back().clear({input});
  }
  return made;
}

void require_agreement(Ruleset const& rules, std::vector<Assessment> const& prepared_people) {
  Decision full;
  for (std::size_t i = 0; i < prepared_people.size(); ++i) {
    carestep::BriefDecision const brief = rules.decide_brief(prepared_people[i]);
    rules.decide(prepared_people[i], full);
    second::Verdict const judged = second::decide(people()[i]);
    for (carestep::BriefDecision const& decision : {brief, static_cast<carestep::BriefDecision const&>(full)})
      if (!(verdict_of(decision) == judged)) give_up(fmt::format("person {} is decided otherwise by hand", i));
  }
}

Row brief_row(Ruleset const& rules, std::string name, People some) {
  std::size_t const count = some->size();
  return {.name = std::move(name), .records = count, .pass = [&rules, some = std::move(some)] {
            for (Assessment const& person : *some) {
              carestep::BriefDecision const decision = rules.decide_brief(person);
              keep(&decision);
            }
          }};
}

Row full_row(Ruleset const& rules, std::string name, People some) {
  std::size_t const count = some->size();
  auto decision = std::make_shared<Decision>();
  return {.name = std::move(name), .records = count, .pass = [&rules, some = std::move(some), decision] {
            for (Assessment const& person : *some) {
              rules.decide(person, *decision);
              keep(decision.get());
            }
          }};
}

void measure_columns(Ruleset const& rules, HarnessOptions const& options) {
  std::vector<second::Person> const many = second::make_people(std::size_t{1} << 20U);
  second::PeopleColumns const columns(rules, many);
  carestep::Batch const packed = columns.batch().packed();
  DecidedColumns decided(many.size());
  Table table("The second workload, 1 Mi records in columns, one core", yardstick());
  auto const add = [&](std::string name, carestep::Batch const& batch) {
    if (rules.decide(batch, decided.all(), {}).records != many.size()) give_up(name + ": not all were decided");
    for (std::size_t i = 0; i < people_count; ++i)
      if (!(verdict_of(decided[i]) == second::decide(many[i]))) give_up(fmt::format("{}: person {}", name, i));
    table.add({.name = std::move(name),
               .records = many.size(),
               .pass =
                   [&] {
                     carestep::BatchTally const tally = rules.decide(batch, decided.all(), {});
                     keep(&tally);
                   },
               .bytes = batch.bytes_per_record()});
  };
  add("carestep: columns", columns.batch());
  add("carestep: packed", packed);
  table.run(options);
}

}  // namespace

int main(int argc, char** argv) {
  HarnessOptions const options = harness_options(argc, argv);
  Ruleset const rules = load_rules("second.care");
  People const many = prepared(rules, people_count);
  require_agreement(rules, *many);
  auto const few = std::make_shared<std::vector<Assessment>>(many->begin(), many->begin() + 4'096);
  Table table("The second workload, one record after the other, one core", yardstick());
  table.add(brief_row(rules, "carestep: brief, 4,096 assessments prepared", few));
  table.add(brief_row(rules, "carestep: brief, 100,000 assessments prepared", many));
  table.add(full_row(rules, "carestep: full, with active rules, 4,096 prepared", few));
  table.add(full_row(rules, "carestep: full, with active rules, 100,000 prepared", many));
  table.add(brief_row(rules, "carestep: brief, 1 % of answers unknown", prepared(rules, 4'096, 1)));
  table.add(brief_row(rules, "carestep: brief, 10 % of answers unknown", prepared(rules, 512, 10)));
  table.add(full_row(rules, "carestep: full, 10 % of answers unknown", prepared(rules, 256, 10)));
  table.run(options);
  measure_columns(rules, options);
  return 0;
}

// The C interface beside the C++ one, on the common workload: what a call of decide costs through either. Prints a
// Markdown table.
//
//   carestep_capi_bench [--quick] [--rounds N] [--seconds S] [--table TEXT] [--only TEXT]

#include <carestep/carestep.h>

#include <memory>

#include "engine.hpp"
#include "harness.hpp"

namespace {

using namespace bench;

/// The same people for both interfaces: each reads the JSON that the other would.
struct People {
  Engine engine{load_rules("sud-continuum.care")};
  std::vector<carestep::Assessment> plain;
  carestep_ruleset* rules = nullptr;
  std::vector<carestep_assessment*> handles;
  carestep::Decision decision;
  carestep_decision* decided = nullptr;

  explicit People(std::size_t count) {
    std::string const path = std::string(CARESTEP_SOURCE_DIR) + "/tests/bench/sud-continuum.care";
    if (carestep_ruleset_load(path.c_str(), &rules, nullptr) != CARESTEP_OK) give_up("the rules do not load");
    if (carestep_decision_new(rules, &decided, nullptr) != CARESTEP_OK) give_up("no decision");
    std::vector<Record> const records = make_records(count);
    for (std::size_t i = 0; i < records.size(); ++i) {
      plain.push_back(engine.assessment(i, records[i]));
      std::string const json = carestep::assessment_to_json(engine.rules(), plain.back());
      handles.push_back(nullptr);
      if (carestep_assessment_from_json(rules, json.data(), json.size(), &handles.back(), nullptr) != CARESTEP_OK)
        give_up("an assessment is refused");
    }
  }
  People(People const&) = delete;
  People& operator=(People const&) = delete;
  ~People() {
    for (carestep_assessment* const one : handles) carestep_assessment_free(one);
    carestep_decision_free(decided);
    carestep_ruleset_free(rules);
  }
};

void check(People& people) {
  for (std::size_t i = 0; i < people.plain.size(); ++i) {
    people.engine.rules().decide(people.plain[i], people.decision);
    if (carestep_decide(people.rules, people.handles[i], nullptr, people.decided, nullptr) != CARESTEP_OK)
      give_up("deciding failed");
    carestep_outcome outcome = {};
    outcome.struct_size = sizeof(outcome);
    carestep_decision_get(people.decided, &outcome);
    if (outcome.next != people.decision.next.index || outcome.move != static_cast<std::int32_t>(people.decision.move))
      give_up("the interfaces disagree");
  }
}

Row in_cpp(std::shared_ptr<People> const& people, char const* name, bool brief) {
  carestep::DecideOptions options;
  options.brief = brief;
  return {.name = name, .records = people->plain.size(), .pass = [people, options] {
            for (carestep::Assessment const& one : people->plain) {
              people->engine.rules().decide(one, people->decision, options);
              keep(&people->decision);
            }
          }};
}

Row in_c(std::shared_ptr<People> const& people, char const* name, bool brief, bool read) {
  carestep_decide_options options = {};
  options.struct_size = sizeof(options);
  options.brief = brief ? 1 : 0;
  return {.name = name, .records = people->plain.size(), .pass = [people, options, read] {
            for (carestep_assessment const* const one : people->handles) {
              carestep_outcome outcome;
              outcome.struct_size = sizeof(outcome);
              carestep_decide(people->rules, one, &options, people->decided, nullptr);
              if (read) carestep_decision_get(people->decided, &outcome);
              keep(&outcome);
            }
          }};
}

}  // namespace

int main(int argc, char** argv) {
  HarnessOptions const options = harness_options(argc, argv);
  auto const people = std::make_shared<People>(options.quick ? 1'000 : 10'000);
  check(*people);
  Table whole("One decision, C beside C++", in_cpp(people, "`Ruleset::decide`", false));
  whole.add(in_c(people, "`carestep_decide`", false, false));
  whole.add(in_c(people, "`carestep_decide` and `carestep_decision_get`", false, true));
  whole.run(options);
  Table brief("One brief decision, C beside C++", in_cpp(people, "`Ruleset::decide`, brief", true));
  brief.add(in_c(people, "`carestep_decide`, brief", true, false));
  brief.add(in_c(people, "`carestep_decide` and `carestep_decision_get`, brief", true, true));
  brief.run(options);
}

// Nothing is allocated on the way of a decision once a few have been made, on either workload.

#include <carestep/carestep.h>

#include <atomic>
#include <cstdlib>
#include <doctest/doctest.h>
#include <new>

#include "engine.hpp"
#include "second.hpp"

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

using namespace bench;

namespace {

/// How often `pass` allocates the second time.
template <class Pass>
std::size_t second_time(Pass pass) {
  pass();
  std::size_t const before = allocations;
  pass();
  return allocations - before;
}

std::size_t when_deciding(carestep::Ruleset const& rules, std::vector<carestep::Assessment> const& people) {
  carestep::Decision decision;
  return second_time([&] {
    for (carestep::Assessment const& person : people) rules.decide(person, decision);
  });
}

std::size_t when_deciding_briefly(carestep::Ruleset const& rules, std::vector<carestep::Assessment> const& people) {
  return second_time([&] {
    for (carestep::Assessment const& person : people) static_cast<void>(rules.decide_brief(person));
  });
}

}  // namespace

TEST_CASE("the common workload is decided without an allocation") {
  Engine const engine(load_rules("sud-continuum.care"));
  std::vector<carestep::Assessment> people;
  for (std::size_t i = 0; i < 5'000; ++i) people.push_back(engine.assessment(i, make_record(i)));
  CHECK(when_deciding(engine.rules(), people) == 0);
  CHECK(when_deciding_briefly(engine.rules(), people) == 0);
}

TEST_CASE("the second workload is decided without an allocation") {
  carestep::Ruleset const rules = load_rules("second.care");
  std::vector<carestep::Assessment> people;
  for (second::Person const& person : second::make_people(5'000)) people.push_back(second::assessment(rules, person));
  CHECK(when_deciding(rules, people) == 0);
  CHECK(when_deciding_briefly(rules, people) == 0);
}

TEST_CASE("the common workload is decided through C without an allocation, briefly or not") {
  Engine const engine(load_rules("sud-continuum.care"));
  carestep_ruleset* rules = nullptr;
  REQUIRE(carestep_ruleset_load(CARESTEP_SOURCE_DIR "/tests/bench/sud-continuum.care", &rules, nullptr) == CARESTEP_OK);
  carestep_decision* decision = nullptr;
  REQUIRE(carestep_decision_new(rules, &decision, nullptr) == CARESTEP_OK);
  std::vector<carestep_assessment*> people;
  for (std::size_t i = 0; i < 1'000; ++i) {
    std::string const json = carestep::assessment_to_json(engine.rules(), engine.assessment(i, make_record(i)));
    people.push_back(nullptr);
    REQUIRE(carestep_assessment_from_json(rules, json.data(), json.size(), &people.back(), nullptr) == CARESTEP_OK);
  }
  carestep_decide_options options = {};
  options.struct_size = sizeof(options);
  for (std::int32_t const brief : {0, 1}) {
    options.brief = brief;
    std::size_t const before_all = allocations;
    std::size_t determined = 0;
    CHECK(second_time([&] {
            for (carestep_assessment const* const person : people) {
              carestep_outcome outcome = {};
              outcome.struct_size = sizeof(outcome);
              bool const decided = carestep_decide(rules, person, &options, decision, nullptr) == CARESTEP_OK &&
                                   carestep_decision_get(decision, &outcome) == CARESTEP_OK;
              if (decided && outcome.status == CARESTEP_DETERMINED) ++determined;
            }
          }) == 0);
    CHECK(determined == 2 * people.size());
    CHECK((brief != 0 || allocations > before_all));  // the library's allocations are counted
  }
  for (carestep_assessment* const person : people) carestep_assessment_free(person);
  carestep_decision_free(decision);
  carestep_ruleset_free(rules);
}

TEST_CASE("answers are set without an allocation") {
  Engine const engine(load_rules("sud-continuum.care"));
  std::vector<Record> const records = make_records(1'000);
  carestep::Assessment person = engine.assessment(0, records[0]);
  auto const set_all = [&](auto set) {
    return second_time([&] {
      for (Record const& record : records) set(record);
    });
  };
  CHECK(set_all([&](Record const& record) { engine.answer_all(person, record); }) == 0);
  CHECK(set_all([&](Record const& record) { engine.set_all(person, record); }) == 0);
}

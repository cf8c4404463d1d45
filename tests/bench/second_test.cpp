// The engine and the rules of second.care by hand decide alike, and every kind of decision occurs.

#include "second.hpp"

#include <doctest/doctest.h>
#include <map>

#include "engine.hpp"
#include "engine_batch.hpp"

using namespace bench;
using carestep::DecisionStatus;
using carestep::Mark;
using carestep::Move;

namespace {

second::Verdict verdict_of(carestep::BriefDecision const& decision) {
  return {decision.move, decision.next.index, decision.indicated.index, decision.marks};
}

carestep::Ruleset const& rules() {
  static carestep::Ruleset const loaded = load_rules("second.care");
  return loaded;
}

}  // namespace

TEST_CASE("the engine agrees with the second workload by hand") {
  std::map<Move, int> moves;
  std::map<Mark, int> marks;
  std::size_t wrong = 0;
  std::size_t first_wrong = 0;
  std::vector<second::Person> const people = second::make_people(20'000);
  for (std::size_t i = 0; i < people.size(); ++i) {
    second::Verdict const judged = second::decide(people[i]);
    ++moves[judged.move];
    for (int mark = 0; mark < carestep::mark_count; ++mark)
      if (judged.marks.contains(Mark(mark))) ++marks[Mark(mark)];
    carestep::BriefDecision const decision = rules().decide_brief(second::assessment(rules(), people[i]));
    if (decision.status == DecisionStatus::determined && verdict_of(decision) == judged) continue;
    if (wrong++ == 0) first_wrong = i;
  }
  CAPTURE(first_wrong);
  CHECK(wrong == 0);
  for (Move const move : {Move::admit, Move::step_up, Move::stay, Move::step_down, Move::discharge, Move::none})
    CHECK(moves[move] > 50);
  for (Mark const mark : {Mark::not_applicable, Mark::conflict, Mark::not_eligible, Mark::guarantee_broken, Mark::held,
                          Mark::off_pathway})
    CHECK(marks[mark] > 50);
}

TEST_CASE("full decisions are the brief ones") {
  std::vector<second::Person> const people = second::make_people(500, 2);
  for (second::Person const& person : people) {
    carestep::Assessment const a = second::assessment(rules(), person);
    CHECK(verdict_of(rules().decide(a)) == second::decide(person));
  }
}

TEST_CASE("a batch of the second workload is decided as by hand") {
  std::vector<second::Person> const people = second::make_people(5'000, 3);
  second::PeopleColumns const columns(rules(), people);
  DecidedColumns decided(people.size());
  for (carestep::Batch const& batch : {columns.batch(), columns.batch().packed()}) {
    CHECK(rules().decide(batch, decided.all(), {}).records == people.size());
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < people.size(); ++i)
      if (!(verdict_of(decided[i]) == second::decide(people[i]))) ++wrong;
    CHECK(wrong == 0);
  }
}

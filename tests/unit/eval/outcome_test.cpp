#include "eval/move.hpp"

#include <doctest/doctest.h>

using namespace carestep;
using namespace carestep::eval;

// Section 6 on five levels: outpatient 0, iop 1, php 2, residential 3, detox 4.
namespace {

struct Clinic {
  program::Program program;

  Clinic() {
    auto model = std::make_shared<ir::Model>();
    for (char const* name : {"outpatient", "iop", "php", "residential", "detox"})
      model->levels.push_back(
          {.name = name, .label = {}, .about = {}, .offers = {}, .codes = {}, .reassess_days = {}, .at = {}});
    program.model = model;
    program.all_levels = 0b11111;
    program.reassess_days = {-1, 7, 3, 7, 1};
    program.down_from = {0, 0b00001, 0b00010, 0b00100, 0b01100};
  }

  /// Someone at `current` whom the rules hold to `admits`; step lines are all open.
  Standing standing(int current, LevelMask admits) {
    Standing s = untouched(program, static_cast<std::int8_t>(current));
    s.admits = admits;
    s.hard = admits;
    s.narrows = true;
    if (current >= 0) {
      s.up = above(current) & program.all_levels;
      s.down = program.down_from[static_cast<std::size_t>(current)];
    }
    return s;
  }
};

Plan plan_of(std::initializer_list<int> levels) {
  Plan plan;
  for (int const level : levels) plan.push_back(static_cast<std::int8_t>(level));
  return plan;
}

constexpr LevelMask at_least(int level) {
  return above(level) | bit(level);
}

}  // namespace

TEST_CASE("somebody outside care is admitted to the least intensive admissible level") {
  Clinic clinic;
  Outcome const o = decide_move(clinic.program, clinic.standing(-1, at_least(2) & 0b11111), 0);
  CHECK(o.move == Move::admit);
  CHECK(o.next == 2);
  CHECK(o.indicated == 2);
  CHECK(o.plan == plan_of({2}));
  CHECK(o.reassess == 3);
}

TEST_CASE("stepping down follows the shortest pathway through admissible levels") {
  Clinic clinic;
  Outcome const o = decide_move(clinic.program, clinic.standing(3, 0b11111), 0);
  CHECK(o.move == Move::step_down);
  CHECK(o.next == 2);
  CHECK(o.indicated == 0);
  CHECK(o.plan == plan_of({2, 1, 0}));

  SUBCASE("of two shortest ones the lower first move is taken") {
    clinic.program.down_from = {0, 0b1, 0b1, 0b110, 0};
    CHECK(decide_move(clinic.program, clinic.standing(3, 0b11111), 0).plan == plan_of({1, 0}));
  }
  SUBCASE("a level that is not admissible is no way through") {
    Outcome const held = decide_move(clinic.program, clinic.standing(3, 0b11011), 0);
    CHECK(held.held);
    CHECK(held.move == Move::stay);
    CHECK(held.next == 3);
  }
  SUBCASE("without a pathway and with the current level excluded, off the pathway to the most intensive below") {
    Outcome const off = decide_move(clinic.program, clinic.standing(3, 0b10011), 0);
    CHECK(off.off_pathway);
    CHECK(off.move == Move::step_down);
    CHECK(off.next == 1);
    CHECK(off.plan == plan_of({1}));
  }
  SUBCASE("a closed first line holds") {
    Standing s = clinic.standing(3, 0b11111);
    s.down = 0;
    CHECK(decide_move(clinic.program, s, 0).held);
  }
}

TEST_CASE("safety does not wait for a drawing") {
  Clinic clinic;
  Standing s = clinic.standing(1, at_least(3) & 0b11111);
  s.up = bit(2);
  Outcome const o = decide_move(clinic.program, s, 0);
  CHECK(o.move == Move::step_up);
  CHECK(o.next == 3);
  CHECK(o.off_pathway);

  s.up = bit(4);
  Outcome const higher = decide_move(clinic.program, s, 0);
  CHECK(higher.next == 4);
  CHECK(higher.indicated == 3);
  CHECK(!higher.off_pathway);
}

TEST_CASE("a conflict leads to the safe level and never steps down") {
  Clinic clinic;
  Standing s = clinic.standing(4, 0);
  s.hard = at_least(2) & 0b11111;
  Outcome const o = decide_move(clinic.program, s, 0);
  CHECK(o.conflict);
  CHECK(o.indicated == 2);
  CHECK(o.admissible == bit(2));
  CHECK(o.move == Move::stay);
  CHECK(o.next == 4);

  s.hard = 0;
  s.safe = 3;
  CHECK(decide_move(clinic.program, s, 0).indicated == 3);
}

TEST_CASE("by default someone in care stays, and is marked") {
  Clinic clinic;
  Standing s = clinic.standing(2, 0b11111);
  s.narrows = false;
  Outcome const o = decide_move(clinic.program, s, 0);
  CHECK(o.by_default);
  CHECK(o.move == Move::stay);
  CHECK(o.indicated == 2);

  s.discharge_open = true;
  CHECK(decide_move(clinic.program, s, 0).move == Move::discharge);

  s.current = -1;
  Outcome const outside = decide_move(clinic.program, s, 0);
  CHECK(outside.by_default);
  CHECK(outside.move == Move::admit);
  CHECK(outside.next == 0);
}

TEST_CASE("a need that holds someone is never discharged by the calendar") {
  Clinic clinic;
  Standing s = clinic.standing(2, at_least(2) & 0b11111);
  s.discharge_open = true;
  CHECK(decide_move(clinic.program, s, 0).move == Move::stay);

  Standing free = clinic.standing(0, 0b11111);
  free.discharge_open = true;
  Outcome const o = decide_move(clinic.program, free, 0);
  CHECK(o.move == Move::discharge);
  CHECK(o.next == no_level_index);
  CHECK(o.plan.empty());
}

TEST_CASE("not eligible: the rules admit levels, the criteria none of them") {
  Clinic clinic;
  Standing s = clinic.standing(3, 0b11000);
  s.fails = 0b11000;
  Outcome const o = decide_move(clinic.program, s, 0);
  CHECK(o.not_eligible);
  CHECK(o.indicated == no_level_index);
  CHECK(o.move == Move::stay);
  CHECK(o.fails_admission == bit(4));
  CHECK(o.fails_stay == bit(3));

  s.current = -1;
  CHECK(decide_move(clinic.program, s, 0).move == Move::none);
}

TEST_CASE("placement looks up first, then down, and keeps the level one is at") {
  Clinic clinic;
  Standing const s = clinic.standing(3, 0b11111);  // next is php
  CHECK(decide_move(clinic.program, s, bit(2)).placement == 3);
  CHECK(decide_move(clinic.program, s, bit(2) | bit(3)).placement == 3);
  Standing const outside = clinic.standing(-1, 0b00110);
  CHECK(decide_move(clinic.program, outside, bit(1)).placement == 2);
  CHECK(decide_move(clinic.program, outside, bit(1) | bit(2)).placement == no_level_index);
}

TEST_CASE("nobody to whom the ruleset does not apply is placed") {
  Clinic clinic;
  Standing s;
  s.applies = false;
  Outcome const o = decide_move(clinic.program, s, 0);
  CHECK(o.not_applicable);
  CHECK(o.move == Move::none);
  CHECK(o.admissible == 0);
  CHECK(!breaks(o, {.whenever = 0, .promise = ir::PromiseKind::levels, .admits = 0b1}, 0));
}

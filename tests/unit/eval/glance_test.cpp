#include "eval/glance.hpp"

#include <carestep/carestep.hpp>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "eval/move.hpp"

using namespace carestep;
using program::below;
using program::LevelMask;

namespace {

constexpr int rule_count = 20;
constexpr int between = 10;  // the rule of this number is everybody's

int least_level(int rule) {
  return rule < 12 ? 0 : rule < 17 ? 1 : 2;
}

/// Rules that a high `strain` makes active one after the other, each in two ways, so that it may be found twice, but
/// for one that everybody has; every sixth says when to assess again.
std::string rules_text() {
  std::string text =
      "ruleset glance\nlevels low < middle < high\ninput strain number 0 to 30  higher is worse\n"
      "input burden number 0 to 30  higher is worse\n";
  for (int i = 0; i < rule_count; ++i) {
    text += fmt::format("rule r{} ", i);
    if (i != between) text += fmt::format("when strain > {} or burden > {} ", i, i);
    text +=
        fmt::format("then at least {}", std::array{"low", "middle", "high"}[static_cast<std::size_t>(least_level(i))]);
    text += i % 6 == 5 ? fmt::format(" and reassess in {} days\n", 40 - i) : "\n";
  }
  return text;
}

/// What the rules above say, without looking at how they are compiled.
void check(Decision const& decision, int strain, int burden, int level, Date day) {
  CAPTURE(strain);
  CAPTURE(burden);
  CAPTURE(level);
  std::vector<RuleId> active;
  int next = 0;
  std::optional<Date> reassess_on;
  for (int i = 0; i < rule_count; ++i) {
    if (i != between && strain <= i && burden <= i) continue;
    active.push_back({static_cast<std::uint32_t>(i)});
    next = std::max(next, least_level(i));
    if (i % 6 == 5) reassess_on = Date{day.days + 40 - i};
  }
  Move const move = level < 0       ? Move::admit
                    : next > level  ? Move::step_up
                    : next == level ? Move::stay
                                    : Move::step_down;
  CHECK(decision.status == DecisionStatus::determined);
  CHECK(decision.active == active);
  CHECK(decision.next.index == next);
  CHECK(decision.move == move);
  CHECK(decision.reassess_on == reassess_on);
  REQUIRE(decision.plan);
  CHECK(*decision.plan == (move == Move::stay ? std::vector<LevelId>{} : std::vector{decision.next}));
  CHECK(decision.placement == decision.next);
  CHECK(decision.ask.empty());
  CHECK(decision.refusals.empty());
}

}  // namespace

TEST_CASE("a glance gives every active rule once and in order, whatever the decision held before") {
  auto const rules = load_text(rules_text());
  REQUIRE(rules.ok());
  Date const day = *date(2026, 5, 14);
  Assessment person = rules->assessment(day);
  Assessment const unanswered = rules->assessment(day);
  Assessment const foreign = load_text(rules_text())->assessment(day);
  std::array<Assessment const*, 3> const others{&unanswered, &foreign, &person};
  Decision decision;
  std::size_t turn = 0;
  for (int strain = 0; strain <= 30; ++strain)
    for (int const burden : {0, 7, 15, 30})
      for (int level = -1; level < 3; ++level) {
        REQUIRE(!person.set("strain", Answer(strain)));
        REQUIRE(!person.set("burden", Answer(burden)));
        std::string const at =
            level < 0 ? "none" : std::string(rules->level(LevelId{static_cast<std::int8_t>(level)}).name);
        REQUIRE(!person.set("current_level", Answer(at)));
        rules->decide(person, decision);
        check(decision, strain, burden, level, day);
        rules->decide(*others[turn % others.size()], decision, {.brief = turn % 2 == 1});
        ++turn;
      }
}

TEST_CASE("decisions made in advance are those of section 6 where everybody moves anywhere") {
  for (int const levels : {1, 2, 5, 64}) {
    program::Program program;
    program.free_moves = true;
    program.all_levels = levels == 64 ? ~LevelMask{0} : below(levels);
    program.reassess_days.assign(static_cast<std::size_t>(levels), -1);
    program.down_from.assign(static_cast<std::size_t>(levels), 0);
    MarkSet draft;
    draft.insert(Mark::draft);
    program::ReadyDecisions const ready(static_cast<std::size_t>(levels), draft);
    for (int current = -1; current < levels; ++current)
      for (int least = 0; least < levels; ++least)
        for (bool const narrows : {false, true}) {
          CAPTURE(current);
          CAPTURE(least);
          CAPTURE(narrows);
          program::Standing standing = untouched(program, static_cast<std::int8_t>(current));
          standing.admits = program.all_levels & ~below(least);
          standing.narrows = narrows;
          eval::Outcome const expected = eval::decide_move(program, standing, 0);
          BriefDecision const& found =
              ready.find(static_cast<std::size_t>(current + 1), narrows, static_cast<std::size_t>(least));
          LevelSet const only{program::bit(expected.next), false};
          CHECK(found.status == DecisionStatus::determined);
          CHECK(found.move == expected.move);
          CHECK(found.next.index == expected.next);
          CHECK(found.indicated.index == expected.indicated);
          CHECK(found.marks.bits == (eval::marks_of(expected).bits | draft.bits));
          CHECK(found.possible_next == only);
          CHECK(found.possible_indicated == only);
        }
  }
}

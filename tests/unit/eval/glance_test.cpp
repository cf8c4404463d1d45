#include "eval/glance.hpp"

#include <carestep/carestep.hpp>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "eval/move.hpp"

using namespace carestep;
using program::below;
using program::LevelMask;

namespace {

/// Rules that a high `strain` makes active one after the other, as a high `burden` does, so that they are found twice;
/// but for one that everybody has. Every sixth says when to assess again.
struct Ladder {
  int rules;
  int between = 10;  // the rule of this number is everybody's

  [[nodiscard]] int least_level(int rule) const { return 5 * rule < 3 * rules ? 0 : 7 * rule < 6 * rules ? 1 : 2; }
  [[nodiscard]] int days(int rule) const { return rule % 6 == 5 ? 300 - rule : 0; }

  [[nodiscard]] std::string text() const {
    constexpr std::array levels{"low", "middle", "high"};
    std::string text = fmt::format(
        "ruleset ladder\nlevels low < middle < high\ninput strain number 0 to {0}  higher is worse\n"
        "input burden number 0 to {0}  higher is worse\n",
        rules);
    for (int i = 0; i < rules; ++i) {
      text += fmt::format("rule r{} ", i);
      if (i != between) text += fmt::format("when strain > {} or burden > {} ", i, i);
      text += fmt::format("then at least {}", levels.at(static_cast<std::size_t>(least_level(i))));
      text += days(i) != 0 ? fmt::format(" and reassess in {} days\n", days(i)) : "\n";
    }
    return text;
  }

  /// What the rules say, without looking at how they are compiled.
  void check(Decision const& decision, int strain, int burden, int level, Date day) const {
    CAPTURE(strain);
    CAPTURE(burden);
    CAPTURE(level);
    std::vector<RuleId> active;
    int next = 0;
    std::optional<Date> reassess_on;
    for (int i = 0; i < rules; ++i) {
      if (i != between && strain <= i && burden <= i) continue;
      active.push_back({static_cast<std::uint32_t>(i)});
      next = std::max(next, least_level(i));
      if (days(i) != 0) reassess_on = Date{day.days + days(i)};
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
};

}  // namespace

TEST_CASE("every active rule once and in order, whatever the decision held before and however many boxes there are") {
  // At a glance; two blocks of a word; a block of four words; two of them.
  for (int const rule_count : {20, 50, 80, 150}) {
    Ladder const ladder{rule_count};
    auto const rules = load_text(ladder.text());
    REQUIRE(rules.ok());
    Date const day = *date(2026, 5, 14);
    Assessment person = rules->assessment(day);
    Assessment const unanswered = rules->assessment(day);
    Assessment const foreign = load_text(ladder.text())->assessment(day);
    std::array<Assessment const*, 3> const others{&unanswered, &foreign, &person};
    Decision decision;
    std::size_t turn = 0;
    for (int strain = 0; strain <= rule_count; ++strain)
      for (int const burden : {0, 7, 15, rule_count}) {
        int const level = static_cast<int>(turn % 4) - 1;
        REQUIRE(!person.set("strain", Answer(strain)));
        REQUIRE(!person.set("burden", Answer(burden)));
        std::string const at =
            level < 0 ? "none" : std::string(rules->level(LevelId{static_cast<std::int8_t>(level)}).name);
        REQUIRE(!person.set("current_level", Answer(at)));
        rules->decide(person, decision);
        ladder.check(decision, strain, burden, level, day);
        rules->decide(*others[turn % others.size()], decision, {.brief = turn % 2 == 1});
        turn += turn % 5 == 4 ? 2 : 1;
      }
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

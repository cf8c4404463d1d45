// The tables of the document for review, judged by the evaluator on random rulesets and people: the first combination
// that fits says how somebody stands, and what happens to them is listed. CARESTEP_SEED sets the first seed.

#include "analyze/overview.hpp"

#include <carestep/ruleset.hpp>

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>

#include "api/ruleset_state.hpp"
#include "differential/generate.hpp"
#include "eval/decide.hpp"

using namespace carestep;

namespace {

constexpr std::uint64_t rulesets = 100;
constexpr int people = 60;

std::uint64_t first_seed() {
  char const* const set = std::getenv("CARESTEP_SEED");
  return set == nullptr ? 1 : std::strtoull(set, nullptr, 10);
}

bool fits(analyze::Combination const& combination, eval::Evaluation const& person) {
  return std::all_of(combination.clauses.begin(), combination.clauses.end(), [&](analyze::ClauseTruth const& clause) {
    bool const holds = clause.at_level != eval::no_level_index
                           ? person.codes[ir::current_level_var] == clause.at_level + 1
                           : person.bounds[clause.slot].low != 0;
    return holds == clause.holds;
  });
}

/// Whether the decision stands as the list says.
bool stands(analyze::WaysToLevel const& ways, Decision const& decision) {
  switch (ways.stand) {
    case analyze::Stand::conflict:
      return decision.marks.contains(Mark::conflict);
    case analyze::Stand::not_eligible:
      return decision.marks.contains(Mark::not_eligible);
    case analyze::Stand::by_default:
      return decision.marks.contains(Mark::by_default);
    case analyze::Stand::level:
      break;
  }
  return decision.indicated.index == ways.level;
}

void check_first_fit(std::vector<analyze::WaysToLevel> const& all, eval::Evaluation const& person) {
  for (analyze::WaysToLevel const& ways : all) {
    auto const found = std::find_if(ways.combinations.begin(), ways.combinations.end(),
                                    [&](auto const& combination) { return fits(combination, person); });
    if (found == ways.combinations.end()) continue;
    CHECK(stands(ways, person.decision));
    auto const& active = person.decision.active;
    auto const is_active = [&](ir::Index rule) {
      return std::binary_search(active.begin(), active.end(), RuleId{rule});
    };
    if (found->one_of)
      CHECK((found->rules.empty() || std::any_of(found->rules.begin(), found->rules.end(), is_active)));
    else
      CHECK(std::all_of(found->rules.begin(), found->rules.end(), is_active));
    return;
  }
  FAIL_CHECK("no combination fits");
}

void check_move(std::vector<analyze::MoveWays> const& all, eval::Evaluation const& person) {
  Decision const& d = person.decision;
  auto const found = std::find_if(all.begin(), all.end(), [&](analyze::MoveWays const& ways) {
    return ways.current + 1 == person.codes[ir::current_level_var] && ways.indicated == d.indicated.index &&
           ways.conflict == d.marks.contains(Mark::conflict) && ways.by_default == d.marks.contains(Mark::by_default);
  });
  REQUIRE(found != all.end());
  CHECK(std::find(found->moves.begin(), found->moves.end(), std::pair(d.move, d.next.index)) != found->moves.end());
}

}  // namespace

TEST_CASE("the tables of the review document agree with the evaluator") {
  std::size_t judged = 0;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + rulesets; ++seed) {
    CAPTURE(seed);
    differential::Random random(seed);
    std::string text;
    for (std::string const& declaration : differential::random_declarations(random)) text += declaration + "\n";
    auto const loaded = load_text(text);
    REQUIRE(loaded.ok());
    auto const& program = RulesetAccess::state(*loaded).program;
    analyze::Analysis analysis(program, 100'000'000);
    auto const levels = analyze::ways_to_levels(analysis, 10'000'000);
    auto const moves = analyze::move_ways(analysis);
    bool const complete = std::all_of(levels.begin(), levels.end(), [](auto const& ways) { return ways.complete; });
    reference::Ruleset const judge(RulesetAccess::state(*loaded).bundle);
    for (int i = 0; i < people; ++i) {
      auto const read =
          assessment_from_json(*loaded, differential::to_json(differential::random_assessment(judge, random), judge));
      if (!read) continue;
      auto const person = eval::evaluate(*program, read->assessment, {.allow_out_of_force = true});
      bool const known =
          person.decision.status == DecisionStatus::determined &&
          std::all_of(person.bounds.begin(), person.bounds.end(), [](eval::Bounds b) { return b.known(); });
      if (!known || person.decision.marks.contains(Mark::not_applicable)) continue;
      CAPTURE(assessment_to_json(*loaded, read->assessment));
      if (complete) check_first_fit(levels, person);
      check_move(moves, person);
      ++judged;
    }
  }
  CHECK(judged > rulesets);
}

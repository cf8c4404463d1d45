// Reasons and changes of random people under random rulesets, against brute force. CARESTEP_SEED sets the first seed,
// CARESTEP_RULESETS how many rulesets are tried.

#include <carestep/ruleset.hpp>

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "api/ruleset_state.hpp"
#include "differential/generate.hpp"
#include "eval/record.hpp"
#include "program/assessment_access.hpp"

using namespace carestep;

namespace {

constexpr int people = 3;

std::uint64_t from_environment(char const* name, std::uint64_t otherwise) {
  char const* const set = std::getenv(name);
  return set == nullptr ? otherwise : std::strtoull(set, nullptr, 10);
}

using Codes = std::vector<std::int64_t>;

program::AnswerCode code(std::int64_t value) {
  return static_cast<program::AnswerCode>(value);
}

/// Something that is known of a person, by its name in an explanation.
struct Piece {
  std::string name;
  std::vector<ir::VarId> variables;  // none for `previous`: that there was no previous assessment
};

/// Somebody, decided by brute force: under the same rules without assumptions, so that unknown is nothing but unknown.
class Somebody {
 public:
  Somebody(Ruleset const& rules, Ruleset const& bare, Assessment const& assessment, Decision const& decision)
      : bare_(bare), blank_(bare.assessment(assessment.date())) {
    eval::Record record;
    eval::prepare(*RulesetAccess::state(rules).program, assessment, record);
    for (InputId const input : decision.assumed) eval::assume(*RulesetAccess::state(rules).program, record, input);
    codes = record.codes;
    first_time = AssessmentAccess::previous(assessment) == Assessment::Previous::none;
    if (AssessmentAccess::previous(assessment) == Assessment::Previous::given) blank_.has_previous();
    for (bool const previous : {false, true}) {
      for (std::uint32_t i = 0; i < model().inputs.size(); ++i) add_piece(i, previous);
    }
    if (first_time) pieces.push_back({"previous", {}});
  }

  [[nodiscard]] ir::Model const& model() const { return *RulesetAccess::state(bare_).model; }
  [[nodiscard]] Ruleset const& bare() const { return bare_; }

  [[nodiscard]] std::size_t piece(std::string const& name) const {
    auto const found = std::find_if(pieces.begin(), pieces.end(), [&](Piece const& p) { return p.name == name; });
    REQUIRE(found != pieces.end());
    return static_cast<std::size_t>(found - pieces.begin());
  }

  /// Nothing but these pieces is known.
  [[nodiscard]] Assessment knowing(std::vector<std::size_t> const& chosen) const {
    Assessment some = blank_;
    for (std::size_t const each : chosen) {
      if (pieces[each].variables.empty()) some.no_previous();
      for (ir::VarId const var : pieces[each].variables) AssessmentAccess::codes(some)[var] = code(codes[var]);
    }
    return some;
  }

  /// All is as it is, but for these codes.
  [[nodiscard]] BriefDecision with(Codes const& changed) const {
    Assessment other = blank_;
    if (first_time) other.no_previous();
    auto const own = AssessmentAccess::codes(other);
    std::transform(changed.begin(), changed.end(), own.begin(), code);
    if (first_time)
      for (ir::Input const& input : model().inputs)
        if (input.first_previous_var != 0)
          std::fill_n(own.begin() + input.first_previous_var, input.width, AssessmentAccess::unknown);
    return bare_.decide_brief(other, {.allow_out_of_force = true});
  }

  Codes codes;  // as the rules saw them
  bool first_time = false;
  std::vector<Piece> pieces;

 private:
  void add_piece(std::uint32_t i, bool previous) {
    ir::Input const& input = model().inputs[i];
    ir::VarId const first = previous ? input.first_previous_var : input.first_var;
    if (previous && (first == 0 || first_time)) return;
    if (i == ir::days_in_level_var && codes[ir::current_level_var] == 0) return;
    Piece piece{previous ? "previous " + input.name : input.name, {}};
    for (ir::VarId var = first; var < first + input.width; ++var)
      if (codes[var] >= 0) piece.variables.push_back(var);
    if (!piece.variables.empty()) pieces.push_back(std::move(piece));
  }

  Ruleset bare_;
  Assessment blank_;
};

std::string without_assumptions(std::string const& declaration) {
  std::string text;
  for (std::size_t begin = 0; begin < declaration.size();) {
    std::size_t const end = std::min(declaration.find('\n', begin), declaration.size());
    std::string const line = declaration.substr(begin, end - begin);
    if (line.find("if unknown assume") == std::string::npos) text += line + "\n";
    begin = end + 1;
  }
  return text;
}

Ruleset loaded(std::string const& text) {
  auto rules = load_text(text);
  REQUIRE(rules.ok());
  return *rules;
}

/// Calls `check(rules, assessment, explanation, somebody, random)` for people whose decision was settled exactly.
template <class Check>
void for_people(Check check) {
  std::uint64_t const first = from_environment("CARESTEP_SEED", 1);
  for (std::uint64_t seed = first; seed < first + from_environment("CARESTEP_RULESETS", 100); ++seed) {
    CAPTURE(seed);
    differential::Random random(seed);
    std::string text;
    std::string bare_text;
    for (std::string const& declaration : differential::random_declarations(random)) {
      text += declaration + "\n";
      bare_text += without_assumptions(declaration) + "\n";
    }
    Ruleset const rules = loaded(text);
    Ruleset const bare = loaded(bare_text);
    reference::Ruleset const judge(RulesetAccess::state(rules).bundle);
    for (int i = 0; i < people; ++i) {
      auto const person = differential::random_assessment(judge, random);
      CAPTURE(differential::to_json(person, judge));
      auto const read = assessment_from_json(rules, differential::to_json(person, judge));
      if (!read) continue;
      Explanation const e = rules.explain(read->assessment, DecideOptions{.allow_out_of_force = true});
      if (e.decision.status == DecisionStatus::refused || e.decision.marks.contains(Mark::approximate)) continue;
      check(rules, read->assessment, e, Somebody(rules, bare, read->assessment, e.decision), random);
    }
  }
}

// ---- reasons
// ----------------------------------------------------------------------------------------------------------

bool within(LevelSet const& some, LevelSet const& all) {
  return (some.bits & ~all.bits) == 0 && (!some.none || all.none);
}

bool enough(Somebody const& somebody, std::vector<std::size_t> const& pieces, LevelSet const& levels) {
  BriefDecision const decision = somebody.bare().decide_brief(somebody.knowing(pieces), {.allow_out_of_force = true});
  REQUIRE(decision.status != DecisionStatus::refused);
  return within(decision.possible_indicated, levels);
}

/// Calls `visit` with sets of `size` of the first `count` numbers, a few hundred at most.
template <class Visit>
void some_subsets(std::size_t count, std::size_t size, differential::Random& random, Visit visit) {
  constexpr int most = 300;
  std::vector<bool> chosen(count, false);
  std::fill(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(size), true);
  auto const members = [&] {
    std::vector<std::size_t> set;
    for (std::size_t i = 0; i < count; ++i)
      if (chosen[i]) set.push_back(i);
    return set;
  };
  int visited = 0;
  do {
    visit(members());
  } while (++visited < most && std::prev_permutation(chosen.begin(), chosen.end()));
  if (visited < most) return;
  for (int i = 0; i < most; ++i) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    random.shuffle(order);
    order.resize(size);
    std::sort(order.begin(), order.end());
    visit(order);
  }
}

std::vector<std::size_t> pieces_of(ShownReason const& reason, Somebody const& somebody) {
  std::vector<std::size_t> pieces;
  for (ShownAnswer const& answer : reason.answers) pieces.push_back(somebody.piece(answer.input));
  return pieces;
}

TEST_CASE("a reason is enough, and no smaller set of answers is") {
  int smallest = 0;
  for_people([&](auto const&, auto const&, Explanation const& e, Somebody const& somebody, auto& random) {
    std::vector<std::size_t> const reason = pieces_of(e.reason, somebody);
    REQUIRE(e.reason.strength == ReasonStrength::smallest);
    ++smallest;
    LevelSet const levels = e.decision.possible_indicated;
    CHECK(enough(somebody, reason, levels));
    if (reason.empty()) return;
    // A set that holds an answer more is enough whenever a smaller one is: only one size has to be tried.
    some_subsets(somebody.pieces.size(), reason.size() - 1, random,
                 [&](std::vector<std::size_t> const& fewer) { CHECK_FALSE(enough(somebody, fewer, levels)); });
  });
  CHECK(smallest > 0);
}

TEST_CASE("no answer outside of a reason ever changes the indicated level") {
  for_people([](auto const&, auto const&, Explanation const& e, Somebody const& somebody, auto& random) {
    std::vector<std::size_t> const reason = pieces_of(e.reason, somebody);
    for (int i = 0; i < 20; ++i) {
      Assessment other = somebody.knowing(reason);
      auto const codes = AssessmentAccess::codes(other);
      bool const previous_free = AssessmentAccess::previous(other) != Assessment::Previous::none;
      if (previous_free) other.has_previous();
      for (ir::VarId var = 0; var < codes.size(); ++var) {
        ir::Variable const& variable = somebody.model().variables[var];
        if (codes[var] < 0 && (!variable.previous || previous_free))
          codes[var] = code(random.between(0, std::min<std::int64_t>(variable.size - 1, 40)));
      }
      if (codes[ir::current_level_var] == 0 && codes[ir::days_in_level_var] > 0) continue;  // no such person
      BriefDecision const decision = somebody.bare().decide_brief(other, {.allow_out_of_force = true});
      if (decision.status == DecisionStatus::refused) continue;  // these cannot go together
      CHECK(within(decision.possible_indicated, e.decision.possible_indicated));
    }
  });
}

// ---- why not lower ----------------------------------------------------------------------------------------------

ir::LevelMask admitted(ir::Model const& model, RuleId id) {
  ir::LevelMask mask = ~ir::LevelMask{0};
  for (ir::Narrowing const& action : model.rules[id.index].narrows) mask &= action.admits;
  return mask;
}

std::vector<std::string> excluding(ir::Model const& model, std::vector<RuleId> const& rules, std::size_t level) {
  std::vector<std::string> names;
  for (RuleId const id : rules)
    if ((admitted(model, id) >> level & 1U) == 0) names.push_back(model.rules[id.index].name);
  return names;
}

TEST_CASE("every less intensive level is excluded, by just the rules and criteria that exclude it") {
  for_people([](Ruleset const& rules, auto const&, Explanation const& e, Somebody const& somebody, auto&) {
    if (e.decision.marks.contains(Mark::not_applicable)) return;
    ir::Model const& model = somebody.model();
    bool const none = e.decision.indicated == no_level;
    std::size_t const below = none ? rules.level_count() : static_cast<std::size_t>(e.decision.indicated.index);
    REQUIRE(e.why_not_lower.size() == below);
    std::vector<std::string> failing;
    for (std::size_t level = 0; level < below; ++level) {
      ShownExclusion const& shown = e.why_not_lower[below - 1 - level];
      CHECK(shown.level == model.levels[level].name);
      CHECK(shown.rules == excluding(model, e.decision.active, level));
      CHECK(shown.open_rules == excluding(model, e.decision.open, level));
      std::size_t const named =
          shown.rules.size() + shown.criteria.size() + shown.open_rules.size() + shown.open_criteria.size();
      CHECK((named > 0 || e.decision.marks.contains(Mark::by_default)));
      // Where nothing is eligible, the evaluator names the failing criteria of the levels that rules admit.
      if (shown.rules.empty()) failing.insert(failing.end(), shown.criteria.begin(), shown.criteria.end());
    }
    if (!e.decision.marks.contains(Mark::not_eligible) || e.decision.status != DecisionStatus::determined) return;
    for (std::string_view const name : e.decision.conflict)
      CHECK(std::find(failing.begin(), failing.end(), name) != failing.end());
  });
}

// ---- changes
// ----------------------------------------------------------------------------------------------------------

std::vector<std::string> listed(std::string const& words) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin < words.size();) {
    std::size_t const end = std::min(words.find(", ", begin), words.size());
    names.push_back(words.substr(begin, end - begin));
    begin = end + 2;
  }
  return names;
}

Answer set_answer(InputInfo const& input, std::string const& words) {
  std::size_t const open = words.find("; not known: ");
  std::string const told = words.substr(0, open);
  PartlyKnown set;
  if (told != "none") set.includes = listed(told);
  std::vector<std::string> const unknown =
      open == std::string::npos ? std::vector<std::string>{} : listed(words.substr(open + 13));
  for (std::string const& member : input.values) {
    bool const somewhere = std::find(set.includes.begin(), set.includes.end(), member) != set.includes.end() ||
                           std::find(unknown.begin(), unknown.end(), member) != unknown.end();
    if (!somewhere) set.excludes.push_back(member);
  }
  return set;
}

/// Gives the answer that an explanation shows in words.
void tell(Ruleset const& rules, Assessment& assessment, std::string const& name, std::string const& words) {
  InputInfo const input = rules.input(*rules.input(name));
  std::optional<Refusal> refused;
  if (input.type == InputType::yes_no)
    refused = assessment.set(name, words == "yes");
  else if (input.type == InputType::number)
    refused = assessment.set(name, *parse_decimal(words));
  else if (input.type == InputType::set)
    refused = assessment.set(name, set_answer(input, words));
  else
    refused = assessment.set(name, words);
  REQUIRE(!refused);
  AssessmentAccess::forget_told(assessment, rules.input(name)->index);
}

bool reaches(ShownGoal const& goal, Ruleset const& rules, Decision const& now, BriefDecision const& then) {
  if (then.status != DecisionStatus::determined) return false;
  if (goal.goal == "step_down") return then.move == Move::step_down;
  if (goal.goal == "step_up") return then.move == Move::step_up;
  if (goal.goal == "lower_level") return then.move == Move::admit && then.next.index < now.next.index;
  if (goal.goal == "higher_level") return then.move == Move::admit && then.next.index > now.next.index;
  return rules.level(then.next).name == goal.level;
}

void check_alternative(Ruleset const& rules, Assessment const& assessment, Decision const& now, ShownGoal const& goal,
                       ShownAlternative const& alternative) {
  auto const changed = [&](std::size_t widened, std::string const& value) {
    Assessment other = assessment;
    for (std::size_t i = 0; i < alternative.changes.size(); ++i) {
      ShownChange const& change = alternative.changes[i];
      CHECK(change.from != change.to);
      tell(rules, other, change.input, i == widened ? value : change.to);
    }
    return rules.decide_brief(other, {.allow_out_of_force = true});
  };
  auto const check = [&](BriefDecision const& then) {
    CHECK(reaches(goal, rules, now, then));
    CHECK(to_string(then.move) == alternative.move);
    CHECK(rules.level(then.next).name == alternative.next_level);
    CHECK(rules.level(then.indicated).name == alternative.indicated_level);
  };
  check(changed(alternative.changes.size(), ""));
  for (std::size_t i = 0; i < alternative.changes.size(); ++i) {
    std::string const& words = alternative.changes[i].within;
    if (words.empty()) continue;
    check(changed(i, words.substr(0, words.find(" to "))));
    check(changed(i, words.substr(words.find(" to ") + 4)));
  }
}

/// The inputs whose answers can change, those of few values.
std::vector<std::uint32_t> changeable(Somebody const& somebody) {
  std::vector<std::uint32_t> inputs;
  for (std::uint32_t i = 0; i < somebody.model().inputs.size(); ++i) {
    ir::Input const& input = somebody.model().inputs[i];
    bool const stays = input.kind == ir::InputKind::level || input.kind == ir::InputKind::date;
    if (!stays && i != ir::days_in_level_var && somebody.model().variables[input.first_var].size <= 40)
      inputs.push_back(i);
  }
  return inputs;
}

/// Calls `visit(codes)` with every other set of whole answers to these inputs.
template <class Visit>
void every_answer(Somebody const& somebody, std::vector<std::uint32_t> const& inputs, Codes& codes, std::size_t next,
                  Visit& visit) {
  if (next == inputs.size()) return visit(codes);
  ir::Input const& input = somebody.model().inputs[inputs[next]];
  Codes const own(codes.begin() + input.first_var, codes.begin() + input.first_var + input.width);
  auto const fill = [&](auto const& self, std::uint32_t member) -> void {
    if (member == input.width) return every_answer(somebody, inputs, codes, next + 1, visit);
    ir::VarId const var = input.first_var + member;
    for (std::int64_t code = 0; code < somebody.model().variables[var].size; ++code) {
      codes[var] = code;
      self(self, member + 1);
    }
  };
  fill(fill, 0);
  std::copy(own.begin(), own.end(), codes.begin() + input.first_var);
}

std::uint64_t combinations(Somebody const& somebody, std::vector<std::uint32_t> const& inputs) {
  std::uint64_t product = 1;
  for (std::uint32_t const i : inputs) {
    ir::Input const& input = somebody.model().inputs[i];
    for (ir::VarId var = input.first_var; var < input.first_var + input.width; ++var)
      product *= static_cast<std::uint64_t>(somebody.model().variables[var].size);
  }
  return product;
}

/// Whether other answers to these inputs, and to no others, reach the goal; nothing where there are too many to try.
std::optional<bool> reached_by(Somebody const& somebody, std::vector<std::uint32_t> const& inputs,
                               std::function<bool(BriefDecision const&)> const& reached) {
  if (combinations(somebody, inputs) > 400) return std::nullopt;
  bool any = false;
  Codes codes = somebody.codes;
  auto visit = [&](Codes const& changed) { any = any || reached(somebody.with(changed)); };
  every_answer(somebody, inputs, codes, 0, visit);
  return any;
}

/// By how many values an alternative changes answers that are all known.
std::optional<std::uint64_t> values_between(Somebody const& somebody, Codes const& changed,
                                            std::vector<std::uint32_t> const& inputs) {
  std::uint64_t sum = 0;
  for (std::uint32_t const i : inputs) {
    ir::Input const& input = somebody.model().inputs[i];
    for (ir::VarId var = input.first_var; var < input.first_var + input.width; ++var) {
      if (somebody.codes[var] < 0) return std::nullopt;
      std::int64_t const apart = std::abs(changed[var] - somebody.codes[var]);
      sum += static_cast<std::uint64_t>(input.kind == ir::InputKind::choice ? std::min<std::int64_t>(apart, 1) : apart);
    }
  }
  return sum;
}

std::vector<std::uint32_t> inputs_of(Ruleset const& rules, ShownAlternative const& alternative) {
  std::vector<std::uint32_t> inputs;
  for (ShownChange const& change : alternative.changes) inputs.push_back(rules.input(change.input)->index);
  return inputs;
}

TEST_CASE("changes that are shown lead where they say") {
  int shown = 0;
  for_people([&](Ruleset const& rules, Assessment const& assessment, Explanation const& e, auto const&, auto&) {
    for (std::size_t level = 0; level < rules.level_count(); ++level) {
      LevelId const wanted{static_cast<std::int8_t>(level)};
      Explanation const asked =
          rules.explain(assessment, ExplainOptions{.decide = {.allow_out_of_force = true}, .level = wanted});
      REQUIRE(asked.changes.size() == 3);
      for (ShownGoal const& goal : asked.changes) {
        CHECK(goal.verdict != ChangeVerdict::not_settled);
        CHECK((goal.verdict == ChangeVerdict::found) == !goal.alternatives.empty());
        CHECK((goal.verdict == ChangeVerdict::already) ==
              reaches(goal, rules, e.decision, static_cast<BriefDecision const&>(e.decision)));
        for (ShownAlternative const& alternative : goal.alternatives) {
          check_alternative(rules, assessment, e.decision, goal, alternative);
          ++shown;
        }
      }
    }
  });
  CHECK(shown > 100);
}

TEST_CASE("no smaller set of changes leads there, nor a nearer one, and none is left out") {
  for_people([](Ruleset const& rules, auto const&, Explanation const& e, Somebody const& somebody, auto& random) {
    std::vector<std::uint32_t> const inputs = changeable(somebody);
    for (ShownGoal const& goal : e.changes) {
      if (goal.verdict == ChangeVerdict::already) continue;
      CAPTURE(goal.goal);
      auto const reached = [&](BriefDecision const& then) { return reaches(goal, rules, e.decision, then); };
      std::size_t const size = goal.alternatives.empty() ? 3 : goal.alternatives.front().changes.size();
      std::size_t const smaller = std::min(size - 1, inputs.size());
      some_subsets(inputs.size(), smaller, random, [&](std::vector<std::size_t> const& chosen) {
        std::vector<std::uint32_t> set;
        for (std::size_t const i : chosen) set.push_back(inputs[i]);
        CHECK_FALSE(reached_by(somebody, set, reached).value_or(false));
      });

      for (ShownAlternative const& alternative : goal.alternatives) {
        std::vector<std::uint32_t> const set = inputs_of(rules, alternative);
        if (combinations(somebody, set) > 400) continue;
        Assessment told = somebody.bare().assessment(Date{});
        for (ShownChange const& change : alternative.changes) tell(somebody.bare(), told, change.input, change.to);
        auto const to = AssessmentAccess::codes(std::as_const(told));
        std::optional<std::uint64_t> const apart = values_between(somebody, {to.begin(), to.end()}, set);
        Codes codes = somebody.codes;
        auto visit = [&](Codes const& changed) {
          auto const nearer = values_between(somebody, changed, set);
          if (apart && nearer && *nearer < *apart) CHECK_FALSE(reached(somebody.with(changed)));
        };
        every_answer(somebody, set, codes, 0, visit);
      }

      if (goal.more) continue;
      for (std::uint32_t const input : inputs) {
        bool const alone = std::any_of(goal.alternatives.begin(), goal.alternatives.end(), [&](auto const& each) {
          return inputs_of(rules, each) == std::vector<std::uint32_t>{input};
        });
        CHECK(reached_by(somebody, {input}, reached).value_or(alone) <= alone);
      }
    }
  });
}

}  // namespace

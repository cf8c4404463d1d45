// The judge is judged here: one small case for each sentence of sections 4 to 7 of the language that the reference
// evaluator gives a meaning to.

#include "differential/reference.hpp"

#include <carestep/ruleset.hpp>

#include <doctest/doctest.h>

#include "api/ruleset_state.hpp"

using namespace carestep;
using Texts = std::vector<std::string>;

namespace {

/// An assessment on 2026-05-14, written in one line.
struct Person : reference::Assessment {
  Person() { day = *date(2026, 5, 14); }
  explicit Person(std::string level, std::int64_t days = 10) : Person() {
    current_level = level;
    days_in_level = level == "none" ? 0 : days;
  }
  Person& said(std::string const& name, std::string const& word) {
    answers[name].kind = reference::Answer::Kind::word;
    answers[name].word = word;
    return *this;
  }
  Person& number(std::string const& name, std::string const& value) {
    answers[name].kind = reference::Answer::Kind::number;
    answers[name].number = *parse_decimal(value);
    return *this;
  }
  Person& ago(std::string const& name, std::int32_t days) {
    answers[name].kind = reference::Answer::Kind::date;
    answers[name].day = Date{day.days - days};
    return *this;
  }
  Person& never(std::string const& name) {
    answers[name].kind = reference::Answer::Kind::never;
    return *this;
  }
  Person& members(std::string const& name, Texts const& includes, Texts const& excludes) {
    answers[name].kind = reference::Answer::Kind::set;
    answers[name].includes = includes;
    answers[name].excludes = excludes;
    return *this;
  }
  Person& on(std::string const& name, std::int32_t days_ago) {
    answers[name].on = Date{day.days - days_ago};
    return *this;
  }
  Person& first_time() {
    previous = Previous::none;
    return *this;
  }
  Person& before(std::string const& name, std::string const& word) {
    previous = Previous::told;
    previous_answers[name].kind = reference::Answer::Kind::word;
    previous_answers[name].word = word;
    return *this;
  }
  Person& closed(Texts const& levels) {
    unavailable = levels;
    return *this;
  }
};

/// Three levels; what each case adds stands behind.
reference::Ruleset rules(std::string const& declarations) {
  auto const loaded = load_text(
      "ruleset small \"Small\"\n  language 1\n  version \"1\"\n  status active\n"
      "levels low < mid < high\nservice beds \"Beds\"\nservice talk \"Talk\"\n"
      "level mid offers talk\nlevel high offers beds, talk reassess every 3 days\n" +
      declarations);
  if (!loaded) FAIL(diagnostics_text(loaded.error()));
  return reference::Ruleset(RulesetAccess::state(*loaded).bundle);
}

reference::Decision decide(std::string const& declarations, Person const& person) {
  return rules(declarations).decide(person);
}

std::string const yes_no = "input a yes/no\ninput b yes/no\n";
std::string const everyone = "rule everyone then at least low\n";

/// Whether a condition over one input holds: then `mid` is asked for.
bool holds(std::string const& inputs, std::string const& condition, Person person) {
  person.current_level = "none";
  person.days_in_level = 0;
  auto const d = decide(inputs + everyone + "rule tried when " + condition + " then at least mid\n", person);
  REQUIRE(d.status == "determined");
  return d.indicated_level == "mid";
}

}  // namespace

// ---- section 4 ----------------------------------------------------------------------------------------------------

TEST_CASE("reference: comparisons of a scale") {
  std::string const scale = "input x scale nil < mild < grave higher is worse\n";
  auto const x = [](char const* value) { return Person().said("x", value); };
  CHECK(holds(scale, "x is mild", x("mild")));
  CHECK_FALSE(holds(scale, "x is not mild", x("mild")));
  CHECK(holds(scale, "x is one of (nil, mild)", x("mild")));
  CHECK(holds(scale, "x is between mild and grave", x("grave")));
  CHECK(holds(scale, "x is mild or worse", x("grave")));
  CHECK_FALSE(holds(scale, "x is mild or better", x("grave")));
  CHECK(holds(scale, "x > nil", x("mild")));
  CHECK_FALSE(holds(scale, "x is above mild", x("mild")));
}

TEST_CASE("reference: a lower value may be the worse one") {
  std::string const scale = "input x scale weak < strong lower is worse\n";
  CHECK(holds(scale, "x is weak or worse", Person().said("x", "weak")));
  CHECK_FALSE(holds(scale, "x is weak or worse", Person().said("x", "strong")));
}

TEST_CASE("reference: sets, and how many members they have") {
  std::string const set = "input s any of fever, pain, fear\n";
  auto const s = Person().members("s", {"fever", "pain"}, {"fear"});
  CHECK(holds(set, "s includes fever", s));
  CHECK(holds(set, "s includes any of (pain, fear)", s));
  CHECK_FALSE(holds(set, "s includes all of (pain, fear)", s));
  CHECK(holds(set, "s is not empty", s));
  CHECK(holds(set, "count of s = 2", s));
}

TEST_CASE("reference: durations are exact whatever their unit") {
  std::string const hours = "input sleep number 0 to 240 of hours\n";
  CHECK(holds(hours, "sleep >= 3 days", Person().number("sleep", "72")));
  CHECK_FALSE(holds(hours, "sleep > 72 hours", Person().number("sleep", "72")));
  CHECK(holds(hours, "sleep >= 1 week", Person().number("sleep", "168")));
}

TEST_CASE("reference: date relations, and never is longer ago than anything") {
  std::string const drink = "input last date or never\n";
  CHECK(holds(drink, "last within 7 days", Person().ago("last", 7)));
  CHECK_FALSE(holds(drink, "last within 7 days", Person().ago("last", 8)));
  CHECK_FALSE(holds(drink, "last more than 30 days ago", Person().ago("last", 30)));
  CHECK(holds(drink, "last more than 30 days ago", Person().never("last")));
  CHECK_FALSE(holds(drink, "last within 30 days", Person().never("last")));
  CHECK(holds(drink, "last is never", Person().never("last")));
  CHECK(holds("input last date\n", "days since last >= 2 weeks", Person().ago("last", 14)));
}

TEST_CASE("reference: sums are exact decimals") {
  std::string const numbers =
      "input x number 0 to 1 step 0.1\ninput y number 0 to 1 step 0.1\nscore total = x + 2 * y\n";
  CHECK(holds(numbers, "total = 0.5", Person().number("x", "0.1").number("y", "0.2")));
  CHECK(holds(numbers, "highest of (x, y) >= 0.2", Person().number("x", "0.1").number("y", "0.2")));
  CHECK(holds(numbers, "15 <= 3 * total or x > 0", Person().number("x", "0.1").number("y", "0")));
}

TEST_CASE("reference: quantifiers, with and without one comparison behind them") {
  std::string const d =
      "input d1 number 0 to 4\ninput d2 number 0 to 4\ninput d3 number 0 to 4\nlist ds = d1, d2, d3\n";
  auto const person = Person().number("d1", "3").number("d2", "1").number("d3", "4");
  CHECK(holds(d, "at least 2 of (d1, d2, d3) >= 3", person));
  CHECK_FALSE(holds(d, "all of ds >= 3", person));
  CHECK(holds(d, "exactly 1 of (d1 = 1, d2 = 1, d3 = 1)", person));
  CHECK(holds(d, "none of ds is 2", person));
  CHECK(holds(d, "at most 1 of\n - d1 < 2\n - d2 < 2\n", person));
}

TEST_CASE("reference: grades and scores take the first case that holds") {
  std::string const grade =
      "input x number 0 to 9\ngrade g mild < grave\n  grave when x >= 6\n  mild otherwise\n"
      "score s\n  5 when g is grave\n  x when x >= 3\n  0 otherwise\n";
  CHECK(holds(grade, "g is grave", Person().number("x", "6")));
  CHECK(holds(grade, "s = 5", Person().number("x", "9")));
  CHECK(holds(grade, "s = 3", Person().number("x", "3")));
}

TEST_CASE("reference: without a previous assessment, previous X is X") {
  std::string const scale = "input x scale nil < mild < grave\n";
  CHECK_FALSE(holds(scale, "x > previous x", Person().said("x", "grave").first_time()));
  CHECK(holds(scale, "x > previous x", Person().said("x", "grave").before("x", "mild")));
}

// ---- section 5 ----------------------------------------------------------------------------------------------------

TEST_CASE("reference: unless and overrides make a rule inactive") {
  auto const text = yes_no + everyone +
                    "rule strict when a unless b then at least high\n"
                    "rule gentle when a and b then at least mid overrides everyone\n";
  CHECK(decide(text, Person("none").said("a", "yes").said("b", "no")).active == Texts{"everyone", "strict"});
  CHECK(decide(text, Person("none").said("a", "yes").said("b", "yes")).active == Texts{"gentle"});
}

TEST_CASE("reference: needs leaves the levels that offer every service") {
  auto const d = decide("rule r then needs beds, talk\n", Person("none"));
  CHECK(d.admissible == Texts{"high"});
  CHECK(d.reassess_on == "2026-05-17");
}

TEST_CASE("reference: admit is asked of other levels, continue of the present one") {
  auto const text = yes_no + everyone + "rule r then at least mid\nadmit mid when a\ncontinue mid when b\n";
  CHECK(decide(text, Person("none").said("a", "no").said("b", "yes")).indicated_level == "high");
  CHECK(decide(text, Person("mid").said("a", "no").said("b", "yes")).indicated_level == "mid");
  CHECK(decide(text, Person("mid").said("a", "yes").said("b", "no")).indicated_level == "high");
}

TEST_CASE("reference: by default, someone in care stays and somebody else starts at the least level") {
  auto const text = yes_no + "rule r when a then at least mid\n";
  auto const d = decide(text, Person("high").said("a", "no"));
  CHECK(d.move == "stay");
  CHECK(d.indicated_level == "high");
  CHECK(d.marks == Texts{"by_default"});
  CHECK(decide(text, Person("none").said("a", "no")).next_level == "low");
}

TEST_CASE("reference: a conflict names a smallest set and is safe") {
  auto const text = everyone + "rule cap then at most low\nrule floor then at least mid\nrule roof then at most mid\n";
  auto const d = decide(text, Person("high"));
  CHECK(d.marks == Texts{"conflict"});
  CHECK(d.conflict == Texts{"cap", "floor"});
  CHECK(d.indicated_level == "mid");
  CHECK(d.admissible == Texts{"mid"});
  CHECK(d.move == "stay");  // "never steps anybody down"
}

TEST_CASE("reference: when even the asking rules disagree, the most intensive single answer is safe") {
  auto const d = decide("rule first_rule then only low\nrule other_rule then only mid\n", Person("none"));
  CHECK(d.indicated_level == "mid");
}

TEST_CASE("reference: not eligible names the criteria that fail") {
  auto const text = yes_no + "rule r then at least mid\nadmit mid when a\nadmit high when a\ncontinue mid when b\n";
  auto const d = decide(text, Person("mid").said("a", "no").said("b", "no"));
  CHECK(d.move == "stay");
  CHECK(d.indicated_level == "none");
  CHECK(d.admissible.empty());
  CHECK(d.conflict == Texts{"continue mid", "admit high"});
  CHECK(decide(text, Person("none").said("a", "no").said("b", "no")).move == "none");
}

TEST_CASE("reference: rows of a table are rules, in a first table only the first that matches") {
  std::string const rows =
      "  | x | then |\n  | 2 or more | at least mid |\n  | 1 to 3 | at least high |\n  | 0 | - |\n";
  auto const x = [](char const* value) { return Person("none").number("x", value); };
  auto const plain = "input x number 0 to 5\ntable t\n" + rows;
  auto const first = "input x number 0 to 5\ntable t first\n" + rows;
  CHECK(decide(plain, x("2")).active == Texts{"t.1", "t.2"});
  CHECK(decide(first, x("2")).active == Texts{"t.1"});
  CHECK(decide(plain, x("0")).active == Texts{"t.3"});
}

TEST_CASE("reference: a row may be a criterion, and a set's cell means includes") {
  std::string const text =
      "input s any of fever, pain\nrule r then at least mid\ntable t\n  | s | then |\n"
      "  | fever | admit mid |\n  | pain | at least high |\n";
  CHECK(decide(text, Person("none").members("s", {"fever"}, {"pain"})).indicated_level == "mid");
  CHECK(decide(text, Person("none").members("s", {}, {"pain", "fever"})).indicated_level == "high");
  CHECK(decide(text, Person("none").members("s", {"pain"}, {"fever"})).active == Texts{"r", "t.2"});
}

TEST_CASE("reference: the leaves of a tree are rules; paths may join") {
  auto const text =
      yes_no + "tree t\n  begin: a yes -> last no -> last\n  last: b yes -> at least high no -> at least mid\n";
  CHECK(decide(text, Person("none").said("a", "no").said("b", "yes")).active == Texts{"t.last.yes"});
  CHECK(decide(text, Person("none").said("a", "yes").said("b", "no")).active == Texts{"t.last.no"});
}

// ---- section 6 ----------------------------------------------------------------------------------------------------

TEST_CASE("reference: somebody to whom the ruleset does not apply gets no decision") {
  auto const loaded = load_text(
      "ruleset small \"Small\"\n  language 1\n  version \"1\"\n  status active\n"
      "  applies when a\nlevels low < mid\ninput a yes/no\nrule r then at least mid\n");
  REQUIRE(loaded.ok());
  reference::Ruleset const ruleset(RulesetAccess::state(*loaded).bundle);
  auto const d = ruleset.decide(Person("low").said("a", "no"));
  CHECK(d.move == "none");
  CHECK(d.marks == Texts{"not_applicable"});
  CHECK(d.active.empty());
}

TEST_CASE("reference: discharge asks that nothing holds the person where they are") {
  auto const text = yes_no + everyone + "rule r when a then not low\ndischarge low, mid when b\n";
  CHECK(decide(text, Person("low").said("a", "no").said("b", "yes")).move == "discharge");
  CHECK(decide(text, Person("low").said("a", "no").said("b", "no")).move == "stay");
  CHECK(decide(text, Person("mid").said("a", "yes").said("b", "yes")).move == "stay");  // t = c, but low is excluded
}

TEST_CASE("reference: without step lines everybody may move anywhere") {
  auto const text = yes_no + everyone + "rule r when a then at least high\n";
  CHECK(decide(text, Person("low").said("a", "yes")).plan == Texts{"high"});
  CHECK(decide(text, Person("high").said("a", "no")).plan == Texts{"low"});
}

TEST_CASE("reference: a step up goes where an open line leads, or off the pathway") {
  auto const text = yes_no + everyone + "rule r when a then at least mid\nstep up low -> high when b\n";
  auto const by_line = decide(text, Person("low").said("a", "yes").said("b", "yes"));
  CHECK(by_line.next_level == "high");
  CHECK(by_line.marks.empty());
  auto const without = decide(text, Person("low").said("a", "yes").said("b", "no"));
  CHECK(without.next_level == "mid");
  CHECK(without.marks == Texts{"off_pathway"});
}

TEST_CASE("reference: a step down takes a shortest pathway whose first line is open, or is held") {
  auto const text =
      yes_no + everyone + "step down high -> low when a\nstep down high -> mid when b\nstep down mid -> low\n";
  CHECK(decide(text, Person("high").said("a", "yes").said("b", "yes")).plan == Texts{"low"});
  CHECK(decide(text, Person("high").said("a", "no").said("b", "yes")).plan == Texts{"mid", "low"});
  auto const held = decide(text, Person("high").said("a", "no").said("b", "no"));
  CHECK(held.move == "stay");
  CHECK(held.marks == Texts{"held"});
}

TEST_CASE("reference: who may not stay steps down off the pathway to the most intensive level below") {
  auto const d = decide(everyone + "rule r then not high\nstep down mid -> low\n", Person("high"));
  CHECK(d.next_level == "mid");
  CHECK(d.plan == Texts{"mid"});
  CHECK(d.marks == Texts{"off_pathway"});
}

TEST_CASE("reference: placement is above in A, else below, else nowhere; the present level is always open") {
  CHECK(decide("rule r then at least mid\n", Person("none").closed({"mid"})).placement == "high");
  CHECK(decide("rule r then only low, mid\nadmit low when current_level is not none\n", Person("low").closed({"low"}))
            .placement == "low");
  auto const nowhere = decide("rule r then needs beds\n", Person("low").closed({"high"}));
  CHECK(nowhere.placement == std::nullopt);
  CHECK(nowhere.lacking.empty());
  auto const below = decide("rule r then not low\nrule s then only low, mid, high\nstep up low -> high\n",
                            Person("low").closed({"high"}));
  CHECK(below.next_level == "high");
  CHECK(below.placement == "mid");
  CHECK(below.lacking == Texts{"beds"});
}

TEST_CASE("reference: the shortest reassessment counts") {
  CHECK(decide("rule r then at least high and reassess in 2 days\n", Person("none")).reassess_on == "2026-05-16");
  CHECK(decide("rule r then at least high and reassess in 5 days\n", Person("none")).reassess_on == "2026-05-17");
  CHECK(decide("rule r then at least low\n", Person("none")).reassess_on == std::nullopt);
}

TEST_CASE("reference: a guarantee speaks about the next level, or the placement where levels are closed") {
  std::string const text = "rule r then at least mid\nguarantee g whenever current_level is none then only mid\n";
  CHECK(decide(text, Person("none")).broken_guarantees.empty());
  auto const d = decide(text, Person("none").closed({"mid"}));
  CHECK(d.broken_guarantees == Texts{"g"});
  CHECK(d.marks == Texts{"guarantee_broken"});
}

// ---- section 7 ----------------------------------------------------------------------------------------------------

TEST_CASE("reference: unknown is never no") {
  auto const text = yes_no + everyone + "rule r when a then at least high and alert \"Look\"\n";
  auto const d = decide(text, Person("none"));
  CHECK(d.status == "undetermined");
  CHECK(d.next_level == "high");  // "the one with the most intensive next level"
  CHECK(d.possible_next == Texts{"low", "high"});
  CHECK(d.ask == std::vector<Texts>{{"a"}, {}, {}});
  CHECK(d.open == Texts{"r"});
  CHECK(d.open_alerts == Texts{"Look"});
}

TEST_CASE("reference: all completions count together") {
  auto const text = yes_no + everyone + "rule r when a or not (a) then at least high\n";
  CHECK(decide(text, Person("none")).status == "determined");
}

TEST_CASE("reference: the most useful question comes first") {
  // a alone settles everything; b matters only when a is no, and then leaves two decisions on one side
  auto const text = yes_no + everyone + "rule r when a then at least high\nrule s when b then at least mid\n";
  CHECK(decide(text, Person("none")).ask == std::vector<Texts>{{"a", "b"}, {}, {}});
}

TEST_CASE("reference: an assumed input is asked after the others, advice last") {
  std::string const text = "input a yes/no if unknown assume no\ninput b yes/no\ninput c yes/no\n" + everyone +
                           "rule r when a or b then at least high\nrule s when c then alert \"Look\"\n";
  auto const d = decide(text, Person("none"));
  CHECK(d.assumed == Texts{"a"});
  CHECK(d.ask == std::vector<Texts>{{"b"}, {"a"}, {"c"}});
  CHECK(decide(text, Person("none").said("b", "no")).status == "determined");
}

TEST_CASE("reference: a stale answer is unknown") {
  auto const text = "input a yes/no valid for 14 days\n" + everyone + "rule r when a then at least high\n";
  CHECK(decide(text, Person("none").said("a", "no").on("a", 14)).status == "determined");
  auto const d = decide(text, Person("none").said("a", "no").on("a", 15));
  CHECK(d.status == "undetermined");
  CHECK(d.stale == Texts{"a"});
}

TEST_CASE("reference: impossible completions do not count, and an impossible assessment is refused") {
  auto const text = yes_no + everyone + "impossible i when a and b\nrule r when b then at least high\n";
  CHECK(decide(text, Person("none").said("a", "yes")).status == "determined");
  CHECK(decide(text, Person("none").said("a", "yes").said("b", "yes")).refused_by == "i");
}

TEST_CASE("reference: an assumed value never makes an assessment impossible") {
  std::string const text = "input a yes/no\ninput b yes/no if unknown assume yes\n" + everyone +
                           "impossible i when a and b\nrule r when b then at least high\n";
  auto const d = decide(text, Person("none").said("a", "yes"));
  CHECK(d.status == "determined");
  CHECK(d.assumed.empty());
  CHECK(d.next_level == "low");
}

TEST_CASE("reference: where impossibles leave no single deciding input, all that can differ are asked") {
  auto const text = yes_no + everyone +
                    "impossible i when a and not b\nimpossible j when b and not a\n"
                    "rule r when a and b then at least high\n";
  CHECK(decide(text, Person("none")).ask == std::vector<Texts>{{"a", "b"}, {}, {}});
}

TEST_CASE("reference: a set known in part has the subsets that agree") {
  std::string const text =
      "input s any of fever, pain, fear\n" + everyone + "rule r when count of s >= 2 then at least high\n";
  CHECK(decide(text, Person("none").members("s", {"fever", "pain"}, {})).status == "determined");
  CHECK(decide(text, Person("none").members("s", {"fever"}, {"pain"})).status == "undetermined");
}

TEST_CASE("reference: not in care means no days in the level") {
  auto const text = everyone + "rule r when days_in_level >= 5 and current_level is none then at least high\n";
  Person nobody_knows;
  nobody_knows.current_level = "none";
  CHECK(decide(text, nobody_knows).status == "determined");
}

TEST_CASE("reference: where previous X is X, both names cut its values") {
  std::string const text = "input x number 0 to 100\n" + everyone + "rule r when previous x >= 50 then at least high\n";
  CHECK(decide(text, Person("none").first_time()).ask == std::vector<Texts>{{"x"}, {}, {}});
}

TEST_CASE("reference: an unknown level may be any that its days allow") {
  Person somewhere;
  somewhere.days_in_level = 4;
  auto const d = decide(everyone + "rule r then only mid\n", somewhere);
  CHECK(d.possible_next == Texts{"mid"});
  CHECK(d.ask == std::vector<Texts>{{"current_level"}, {}, {}});
}

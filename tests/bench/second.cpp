#include "second.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "engine.hpp"
#include "random.hpp"

namespace bench::second {
namespace {

using carestep::Answer;
using carestep::Date;
using carestep::Decimal;
using carestep::Mark;
using carestep::Move;

// ---- people
// -----------------------------------------------------------------------------------------------------------

/// Answers that lean to the worse end by `burden`, 0 to 3.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : draws_(seed), burden_(draws_.between(0, 3)) {}

  Person make() {
    Person p;
    p.current_level = static_cast<std::int8_t>(draws_.between(-1, 4));
    p.days_in_level = p.current_level < 0 ? std::uint16_t{0} : wide(1, 150);
    p.age = byte(draws_.percent(3) ? draws_.between(6, 11) : draws_.between(12, 60));
    body(p);
    mind(p);
    surroundings(p);
    if (draws_.percent(60)) {
      p.has_previous = true;
      p.previous_phq9 = byte(std::clamp(p.phq9 + draws_.between(-8, 5), 0, 27));
      p.previous_weight_loss = byte(std::clamp(p.weight_loss + draws_.between(-6, 4), 0, 50));
    }
    return p;
  }

 private:
  void body(Person& p) {
    p.bmi = wide(burden_ == 3 ? 120 : burden_ == 2 ? 140 : 165, 320);
    p.weight_loss = byte(std::min(draws_.between(0, 8 + 7 * burden_), draws_.between(0, 30)));
    p.pulse = byte(draws_.between(burden_ == 3 ? 36 : 46, 110));
    p.potassium = byte(draws_.between(burden_ == 3 ? 26 : 32, 52));
    for (unsigned bit = 0; bit < 7; ++bit)
      if (draws_.percent(static_cast<std::uint32_t>(8 + 9 * burden_))) p.conditions = byte(p.conditions | 1 << bit);
    bool const disorder = (p.conditions & eating) != 0;
    p.purging_days = disorder && draws_.percent(60) ? byte(draws_.between(0, 28)) : std::uint8_t{0};
    p.meals_completed = byte(draws_.between(disorder ? 4 : 12, 20));
  }

  void mind(Person& p) {
    p.phq9 = byte(std::max(0, draws_.between(0, 13 + 4 * burden_) + draws_.between(-4, 2)));
    p.gad7 = byte(std::max(0, draws_.between(0, 12 + 3 * burden_) - 2));
    p.suicide_risk = byte(std::min(draws_.between(0, burden_), draws_.between(0, 3)));
    p.self_harm = draws_.percent(60) ? Person::never : wide(0, burden_ >= 2 ? 40 : 400);
    p.crisis_plan = draws_.percent(70);
    p.engagement = byte(std::min(draws_.between(0, 2), draws_.between(0, 1 + burden_)));
    p.progress = byte(draws_.between(0, 2));
    p.stable_days = wide(0, burden_ == 0 ? 300 : burden_ == 1 ? 120 : 30);
  }

  void surroundings(Person& p) {
    p.home = byte(std::min(draws_.between(0, 2), draws_.between(0, 2)));
    p.carer = draws_.percent(75);
    p.travel_minutes = byte(std::min(draws_.between(5, 240), draws_.between(5, 160)));
    p.school_days_missed = byte(std::min(draws_.between(0, 28), draws_.between(0, 8 + 7 * burden_)));
    p.last_review = wide(0, 40);
  }

  static std::uint8_t byte(int value) { return static_cast<std::uint8_t>(value); }
  std::uint16_t wide(int low, int high) { return static_cast<std::uint16_t>(draws_.between(low, high)); }

  Sequence draws_;
  int burden_;
};

// ---- findings
// ---------------------------------------------------------------------------------------------------------

enum : std::uint8_t { mild_mood, low_mood, severe_mood };
enum : std::uint8_t { steady, watched, unsteady };
enum : std::uint8_t { no_risk, low_risk, moderate_risk, high_risk };
enum : std::uint8_t { supportive, strained, unsafe };
enum : std::uint8_t { good, partial, poor };
enum : std::uint8_t { improving, unchanged, declining };

/// What several rules read.
struct Findings {
  std::uint8_t mood;
  std::uint8_t body;
  int burden;
};

std::uint8_t mood_of(Person const& p) {
  return p.phq9 >= 20 ? severe_mood : p.phq9 >= 10 ? low_mood : mild_mood;
}

std::uint8_t body_of(Person const& p) {
  if (p.bmi < 130 || p.pulse < 40 || p.potassium < 28) return unsteady;
  return p.bmi < 160 || p.pulse < 50 || p.potassium < 33 || p.weight_loss >= 15 ? watched : steady;
}

int burden_of(Person const& p, std::uint8_t mood) {
  return 3 * ((mood == severe_mood) + (p.suicide_risk == high_risk)) +
         2 * ((p.gad7 >= 15) + (p.home == unsafe) + (p.purging_days >= 14)) + (p.engagement == poor) +
         (p.school_days_missed >= 10) + (p.progress == declining);
}

Findings findings_of(Person const& p) {
  std::uint8_t const mood = mood_of(p);
  return {mood, body_of(p), burden_of(p, mood)};
}

bool within(std::uint16_t days_ago, unsigned days) {
  return days_ago != Person::never && days_ago <= days;
}

// ---- levels, as bits
// --------------------------------------------------------------------------------------------------

enum : std::int8_t { outpatient, iop, day_program, residential, inpatient };
using Levels = unsigned;
constexpr Levels all = 0b11111;

constexpr Levels bit(int level) {
  return 1U << static_cast<unsigned>(level);
}
constexpr Levels from(int level) {
  return all & ~(bit(level) - 1);
}
constexpr Levels up_to(int level) {
  return bit(level + 1) - 1;
}
constexpr std::int8_t least(Levels levels) {
  return static_cast<std::int8_t>(__builtin_ctz(levels));
}
constexpr std::int8_t most(Levels levels) {
  return static_cast<std::int8_t>(31 - __builtin_clz(levels));
}

/// What the active rules admit.
struct Admitted {
  Levels levels = all;
  Levels safe = all;                 // `at most` left aside
  std::int8_t highest = outpatient;  // of the levels that each action but `at most` gives alone

  void only(Levels asked) {
    levels &= asked;
    safe &= asked;
    highest = std::max(highest, least(asked));
  }
  void at_most(std::int8_t level) { levels &= up_to(level); }
};

void apply_signs(Person const& p, Findings const& f, Admitted& admitted) {
  int const signs = (p.gad7 >= 15) + (f.mood == severe_mood) + (p.engagement == poor) + (p.school_days_missed >= 10) +
                    (p.home >= strained) + within(p.self_harm, 30);
  if (signs >= 3) admitted.only(from(iop));
  if (signs >= 5) admitted.only(from(day_program));
  if (p.has_previous && (p.phq9 >= p.previous_phq9 + 5 || p.weight_loss >= p.previous_weight_loss + 5))
    admitted.only(from(iop));
  if (p.phq9 >= 15 && p.gad7 >= 15) admitted.only(from(iop));
}

void apply_limits(Person const& p, Findings const& f, Admitted& admitted) {
  if (p.suicide_risk == high_risk || within(p.self_harm, 3)) return;  // overrides both
  if (p.stable_days >= 180 && p.progress == improving && p.suicide_risk == no_risk) {
    admitted.at_most(outpatient);  // overrides the other
  } else if (p.stable_days >= 60 && f.mood == mild_mood && f.body == steady) {
    admitted.at_most(iop);
  }
}

void apply_tables(Person const& p, Findings const& f, Admitted& admitted) {
  if (f.burden >= 6 || (f.burden >= 3 && p.home >= strained)) admitted.only(from(day_program));
  if (f.burden >= 3 && f.burden <= 5 && p.home == supportive) admitted.only(from(iop));
  if (p.school_days_missed >= 20 || (p.school_days_missed >= 10 && p.engagement == poor)) admitted.only(from(iop));
}

Admitted apply_rules(Person const& p, Findings const& f) {
  Admitted admitted;
  bool const disorder = (p.conditions & eating) != 0;
  if (f.body == unsteady) admitted.only(bit(inpatient));
  if (f.body == watched && disorder) admitted.only(from(day_program));
  if (p.suicide_risk == high_risk && !(p.crisis_plan && p.carer && p.home == supportive))
    admitted.only(from(residential));
  if (p.suicide_risk >= moderate_risk && within(p.self_harm, 7)) admitted.only(from(day_program));
  apply_signs(p, f, admitted);
  if (p.purging_days >= 20 && !p.carer) admitted.only(from(residential));
  if ((p.conditions & (bipolar | psychosis)) != 0 && __builtin_popcount(p.conditions) >= 3)
    admitted.only(from(day_program));
  if (p.travel_minutes > 90) admitted.only(all & ~(bit(iop) | bit(day_program)));
  apply_limits(p, f, admitted);
  apply_tables(p, f, admitted);
  if (disorder && p.meals_completed < 10) admitted.only(from(day_program));
  return admitted;
}

/// The levels whose criteria fail.
Levels refused_by_criteria(Person const& p, Findings const& f) {
  Levels refused = 0;
  bool const stays = p.current_level == inpatient;
  if (stays ? !(f.body >= watched || p.suicide_risk >= moderate_risk)
            : !(f.body == unsteady || p.suicide_risk == high_risk))
    refused |= bit(inpatient);
  if (p.current_level != residential &&
      !(p.home == unsafe || !p.carer || p.suicide_risk >= moderate_risk || f.body >= watched || f.burden >= 6))
    refused |= bit(residential);
  return refused;
}

// ---- the move
// ---------------------------------------------------------------------------------------------------------

/// Where the first step of a pathway from `current` down to `target` leads, or -1 where it is not open or there is
/// none.
std::int8_t step_down(Person const& p, Findings const& f, int current, int target, Levels admissible) {
  switch (current) {
    case inpatient:
      if (!(f.body <= watched && p.suicide_risk <= moderate_risk)) return -1;
      if (target == residential) return residential;
      break;
    case residential:
      if (!(p.stable_days >= 7 && p.engagement <= partial)) return -1;
      break;
    case day_program:
      if (!(p.days_in_level >= 14 && p.meals_completed >= 16)) return -1;
      break;
    default:
      if (!(p.last_review <= 14 && p.phq9 <= 9)) return -1;
      break;
  }
  auto const first = static_cast<std::int8_t>(std::min(current - 1, int{day_program}));
  Levels const way = up_to(first) & from(target);  // every level between them
  return (admissible & way) == way ? first : std::int8_t{-1};
}

bool may_leave(Person const& p, Findings const& f, Admitted const& admitted) {
  Levels const here_and_below = up_to(p.current_level);
  return p.current_level == outpatient && (admitted.levels & here_and_below) == here_and_below &&
         p.days_in_level >= 90 && p.stable_days >= 60 && f.mood == mild_mood;
}

void move_down(Person const& p, Findings const& f, Levels admissible, Verdict& v) {
  std::int8_t const first = step_down(p, f, p.current_level, v.indicated, admissible);
  v.move = Move::step_down;
  v.next = first;
  if (first >= 0) return;
  if ((admissible & bit(p.current_level)) != 0) {
    v.move = Move::stay;
    v.next = p.current_level;
    v.marks.insert(Mark::held);
  } else {
    v.next = most(admissible & up_to(p.current_level));
    v.marks.insert(Mark::off_pathway);
  }
}

void move_eligible(Person const& p, Findings const& f, Admitted const& admitted, Levels admissible, Verdict& v) {
  std::int8_t const current = p.current_level;
  v.next = v.indicated;
  if (current == v.indicated && may_leave(p, f, admitted)) {
    v.move = Move::discharge;
    v.next = -1;
  } else if (current < 0) {
    v.move = Move::admit;
  } else if (v.indicated > current) {
    v.move = Move::step_up;
  } else if (v.indicated == current || admitted.levels == 0) {
    v.move = Move::stay;
    v.next = current;
  } else {
    move_down(p, f, admissible, v);
  }
}

void move_not_eligible(Person const& p, Findings const& f, Admitted const& admitted, Verdict& v) {
  v.marks.insert(Mark::not_eligible);
  if (may_leave(p, f, admitted)) {
    v.move = Move::discharge;
  } else if (p.current_level >= 0) {
    v.move = Move::stay;
    v.next = p.current_level;
  }
}

}  // namespace

Verdict decide(Person const& p) {
  Verdict v;
  if (p.age < 12) {
    v.marks.insert(Mark::not_applicable);
    return v;
  }
  Findings const f = findings_of(p);
  Admitted const admitted = apply_rules(p, f);
  Levels admissible = admitted.levels & ~refused_by_criteria(p, f);
  if (admitted.levels == 0) {
    v.marks.insert(Mark::conflict);
    v.indicated = admitted.safe != 0 ? least(admitted.safe) : admitted.highest;
    admissible = bit(v.indicated);
  } else if (admissible != 0) {
    v.indicated = least(admissible);
  }
  if (admissible != 0) {
    move_eligible(p, f, admitted, admissible, v);
  } else {
    move_not_eligible(p, f, admitted, v);
  }
  if ((f.body == unsteady && v.next != inpatient) || (p.suicide_risk >= moderate_risk && v.next < iop))
    v.marks.insert(Mark::guarantee_broken);
  return v;
}

void decide_all(std::span<Person const> people, Verdict* out) {
  for (std::size_t i = 0; i < people.size(); ++i) out[i] = decide(people[i]);
}

std::vector<Person> make_people(std::size_t count, std::uint64_t seed) {
  std::vector<Person> people;
  people.reserve(count);
  for (std::size_t i = 0; i < count; ++i) people.push_back(Maker(mix(seed) + i * 0x9E37'79B9U).make());
  return people;
}

// ---- through the interface
// --------------------------------------------------------------------------------------------

carestep::Assessment assessment(carestep::Ruleset const& rules, Person const& p) {
  constexpr std::array levels = {"none", "outpatient", "iop", "day_program", "residential", "inpatient"};
  constexpr std::array condition_names = {"depression", "anxiety", "ptsd",         "bipolar",
                                          "psychosis",  "eating",  "substance_use"};
  constexpr std::array risks = {"none", "low", "moderate", "high"};
  constexpr std::array homes = {"supportive", "strained", "unsafe"};
  constexpr std::array engagements = {"good", "partial", "poor"};
  constexpr std::array courses = {"improving", "unchanged", "declining"};
  Date const day = *carestep::date(2026, 5, 14);
  carestep::Assessment a = rules.assessment(day);
  auto const must = [](std::optional<carestep::Refusal> const& refusal) {
    if (refusal) give_up(refusal->path + ": " + refusal->message);
  };
  auto const set = [&](char const* input, Answer const& answer) { must(a.set(input, answer)); };
  auto const ago = [&](std::uint16_t days) { return Date{day.days - days}; };
  std::vector<std::string> conditions;
  for (std::size_t i = 0; i < condition_names.size(); ++i)
    if ((p.conditions >> i & 1U) != 0) conditions.emplace_back(condition_names[i]);
  set("current_level", levels[static_cast<std::size_t>(p.current_level + 1)]);
  set("days_in_level", p.days_in_level);
  set("age", p.age);
  set("bmi", Decimal{p.bmi * (Decimal::one / 10)});
  set("weight_loss", p.weight_loss);
  set("pulse", p.pulse);
  set("potassium", Decimal{p.potassium * (Decimal::one / 10)});
  set("phq9", p.phq9);
  set("gad7", p.gad7);
  set("suicide_risk", risks[p.suicide_risk]);
  set("self_harm", p.self_harm == Person::never ? Answer(carestep::Never{}) : Answer(ago(p.self_harm)));
  set("conditions", conditions);
  set("purging_days", p.purging_days);
  set("meals_completed", Decimal{p.meals_completed * (Decimal::one / 20)});
  set("home", homes[p.home]);
  set("carer", p.carer);
  set("crisis_plan", p.crisis_plan);
  set("travel_minutes", p.travel_minutes);
  set("school_days_missed", p.school_days_missed);
  set("engagement", engagements[p.engagement]);
  set("progress", courses[p.progress]);
  set("last_review", ago(p.last_review));
  set("stable_days", p.stable_days);
  a.no_previous();
  if (p.has_previous) {
    must(a.set_previous("phq9", p.previous_phq9));
    must(a.set_previous("weight_loss", p.previous_weight_loss));
  }
  return a;
}

template <class T, class Answer>
std::span<T const> PeopleColumns::column(std::span<Person const> people, Answer answer) {
  auto values = std::make_shared<std::vector<T>>(people.size());
  for (std::size_t i = 0; i < people.size(); ++i) (*values)[i] = static_cast<T>(answer(people[i]));
  memory_.push_back(values);
  return *values;
}

template <class Answer>
std::uint8_t const* PeopleColumns::bits(std::span<Person const> people, Answer answer) {
  auto bytes = std::make_shared<std::vector<std::uint8_t>>((people.size() + 7) / 8);
  for (std::size_t i = 0; i < people.size(); ++i)
    if (answer(people[i])) (*bytes)[i / 8] = static_cast<std::uint8_t>((*bytes)[i / 8] | 1U << (i % 8));
  memory_.push_back(bytes);
  return bytes->data();
}

PeopleColumns::PeopleColumns(carestep::Ruleset const& rules, std::span<Person const> people) {
  using carestep::Column;
  Date const day = *carestep::date(2026, 5, 14);
  batch_ = rules.batch(people.size(), day);
  auto const must = [](std::optional<carestep::Refusal> const& refusal) {
    if (refusal) give_up(refusal->path + ": " + refusal->message);
  };
  auto const set = [&](char const* input, Column const& values) { must(batch_->set(*rules.input(input), values)); };
  auto const scale = [&](char const* input, auto answer) {
    set(input, Column::values(column<std::uint8_t>(people, answer)));
  };
  auto const narrow = [&](char const* input, auto answer, int decimals = 0) {
    set(input, Column::numbers(column<std::uint8_t>(people, answer), decimals));
  };
  auto const wide = [&](char const* input, auto answer, int decimals = 0) {
    set(input, Column::numbers(column<std::uint16_t>(people, answer), decimals));
  };
  auto const yes_no = [&](char const* input, auto answer) {
    set(input, Column::yes_no(bits(people, answer), people.size()));
  };
  auto const date_of = [&](std::uint16_t ago) { return ago == Person::never ? Column::never : day.days - ago; };
  auto const dates = [&](char const* input, auto answer) {
    set(input, Column::days(column<std::int32_t>(people, answer)));
  };
  scale("current_level", [](Person const& p) { return p.current_level + 1; });
  wide("days_in_level", [](Person const& p) { return p.days_in_level; });
  narrow("age", [](Person const& p) { return p.age; });
  wide(
      "bmi", [](Person const& p) { return p.bmi; }, 1);
  narrow("weight_loss", [](Person const& p) { return p.weight_loss; });
  narrow("pulse", [](Person const& p) { return p.pulse; });
  narrow(
      "potassium", [](Person const& p) { return p.potassium; }, 1);
  narrow("phq9", [](Person const& p) { return p.phq9; });
  narrow("gad7", [](Person const& p) { return p.gad7; });
  scale("suicide_risk", [](Person const& p) { return p.suicide_risk; });
  dates("self_harm", [&](Person const& p) { return date_of(p.self_harm); });
  set("conditions", Column::members(column<std::uint8_t>(people, [](Person const& p) { return p.conditions; })));
  narrow("purging_days", [](Person const& p) { return p.purging_days; });
  narrow(
      "meals_completed", [](Person const& p) { return 5 * p.meals_completed; }, 2);
  scale("home", [](Person const& p) { return p.home; });
  yes_no("carer", [](Person const& p) { return p.carer; });
  yes_no("crisis_plan", [](Person const& p) { return p.crisis_plan; });
  narrow("travel_minutes", [](Person const& p) { return p.travel_minutes; });
  narrow("school_days_missed", [](Person const& p) { return p.school_days_missed; });
  scale("engagement", [](Person const& p) { return p.engagement; });
  scale("progress", [](Person const& p) { return p.progress; });
  dates("last_review", [&](Person const& p) { return date_of(p.last_review); });
  wide("stable_days", [](Person const& p) { return p.stable_days; });
  auto const previous = [&](char const* input, auto answer) {
    must(batch_->set_previous(*rules.input(input), Column::numbers(column<std::uint8_t>(people, answer))));
  };
  previous("phq9", [](Person const& p) { return p.has_previous ? p.previous_phq9 : p.phq9; });
  previous("weight_loss", [](Person const& p) { return p.has_previous ? p.previous_weight_loss : p.weight_loss; });
}

}  // namespace bench::second

#include "differential/generate.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <functional>
#include <set>

namespace carestep::differential {

std::uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15U;
  auto z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

namespace {

using Words = std::vector<std::string>;

std::string joined(Words const& words, char const* between = ", ") {
  return fmt::format("{}", fmt::join(words, between));
}

enum class Kind : std::uint8_t { yes_no, scale, choice, set, number, date, level };

/// What may be compared: an input, a fact, a grade, a score, or the `previous` of an input.
struct Subject {
  std::string name;
  Kind kind = Kind::yes_no;
  Words values;
  bool directed = false;  // `or worse` may be said of it
  bool lower_is_worse = false;
  bool derived = false;  // a fact, grade or score
  std::int64_t low = 0;  // a number's range, in steps; of a score, values worth comparing with
  std::int64_t high = 0;
  Decimal step = Decimal::from_int(1);
  std::int64_t unit_hours = 0;  // of a number that counts time
  std::string unit;
  bool or_never = false;
};

/// The parts in a row. Parts of a braced list are made from left to right with every compiler, which the operands of
/// `+` and the arguments of a call are not: what draws at random more than once stands in here.
std::string in_order(std::initializer_list<std::string> parts) {
  std::string result;
  for (auto const& part : parts) result += part;
  return result;
}

std::string days_text(std::int64_t days, Random& random) {
  if (days % 7 == 0 && days > 0 && random.percent(30)) {
    return days == 7 ? "1 week" : fmt::format("{} weeks", days / 7);
  }
  if (days > 0 && days < 10 && random.percent(20)) return fmt::format("{} hours", days * 24);
  return days == 1 ? "1 day" : fmt::format("{} days", days);
}

/// Writes one ruleset.
class Author {
 public:
  explicit Author(Random& random) : random_(random) {}
  std::vector<std::string> declarations();

 private:
  bool chance(unsigned percent) { return random_.percent(percent); }

  // declarations
  void levels_and_services();
  void level(std::string const& name, std::vector<std::string> const& offers);
  void inputs();
  void input(std::string const& name);
  std::string type_of(Subject& subject);
  std::string number_type(Subject& subject);
  std::string direction_of(Subject& subject);
  std::string assumption(Subject const& subject);
  void definitions();
  void lists();
  void fact();
  void grade();
  void score();
  void criterion();
  void rules();
  void rule(std::size_t number);
  void table(std::size_t number);
  void tree(std::size_t number);
  void moves();
  void step(bool up);
  std::string some_levels(std::size_t from, std::size_t to);
  std::string sometimes_when(unsigned percent);
  void guarantees();
  void impossibles();
  std::string ruleset_block();
  void add(std::string text) { texts_.push_back(std::move(text)); }

  // actions
  std::string actions();
  std::string narrowing_action();
  std::string advice(std::set<std::string>& used);
  Words offered_together();

  // conditions: `atom` binds as tightly as a comparison; `inner` may stand in any list; `clause` is a whole clause
  std::string atom();
  std::string inner(int depth);
  std::string clause(int depth = 2);
  std::string bullets();
  std::string comparison(Subject const& subject);
  std::string test(Subject const& subject, std::string const& text);
  std::string ordered_test(Subject const& subject, std::int64_t low, std::int64_t high,
                           std::function<std::string(std::int64_t)> const& value);
  std::string number_test(Subject const& subject);
  std::string set_test(Subject const& subject, std::string const& text);
  std::string date_test(Subject const& subject);
  std::string level_test();
  std::string count_test(Subject const& set, std::string const& text);
  std::string between_names();
  std::string with_list();
  std::string same_test_of_each();
  std::string text_of(Subject const& subject, std::int64_t steps);
  std::string quantifier(std::size_t parts);
  std::vector<Subject> of_kind(std::initializer_list<Kind> kinds, bool derived_too);

  // numbers
  std::string sum();
  std::string term();

  // tables
  std::string cell(Subject const& subject);
  std::string number_cell(Subject const& subject);
  std::string scale_cell(Subject const& subject);

  Random& random_;
  std::vector<std::string> texts_;
  Words levels_;
  Words services_;
  std::vector<Words> offers_;
  std::vector<Subject> inputs_;
  std::vector<Subject> derived_;
  std::vector<std::pair<std::string, std::vector<Subject>>> lists_;
  Words groups_;  // rules, tables and trees written so far
};

std::vector<std::string> Author::declarations() {
  levels_and_services();
  inputs();
  definitions();
  auto const start = ruleset_block();
  rules();
  moves();
  if (chance(45)) guarantees();
  if (chance(35)) impossibles();
  random_.shuffle(texts_);
  texts_.insert(texts_.begin(), start);
  return texts_;
}

std::string Author::ruleset_block() {
  auto text = std::string("ruleset made \"Made up\"\n  language 1\n  version \"1\"\n");
  text += chance(15) ? "  status draft\n" : "  status active\n";
  if (chance(30)) text += "  effective 2020-01-01\n";
  if (chance(30)) text += "  expires 2040-12-31\n";
  if (chance(12)) text += "  applies when " + clause(1) + "\n";
  return text;
}

// ---- levels, services, inputs -------------------------------------------------------------------------------------

void Author::levels_and_services() {
  Words const names{"home", "clinic", "halfday", "house", "ward", "acute"};
  levels_ = random_.some(names, 2, 6);
  services_ = random_.some(Words{"nursing", "therapy", "medication", "housing"}, 0, 4);
  add("levels " + joined(levels_, " < ") + "\n");
  for (auto const& service : services_) add(fmt::format("service {} \"{}\"\n", service, service));
  for (auto const& name : levels_) {
    offers_.push_back(random_.some(services_, 0, services_.size()));
    level(name, offers_.back());
  }
}

void Author::level(std::string const& name, Words const& offers) {
  if (offers.empty() && chance(50)) return;
  auto text = fmt::format("level {} \"The {}\"\n", name, name);
  if (!offers.empty()) text += "  offers " + joined(offers) + "\n";
  if (chance(50)) text += "  reassess every " + days_text(random_.between(1, 14), random_) + "\n";
  if (chance(10)) text += "  code hcpcs \"H0015\"\n";
  add(text);
}

void Author::inputs() {
  auto const count = random_.between(3, 7);
  for (std::int64_t i = 1; i <= count; ++i) input(fmt::format("x{}", i));
}

void Author::input(std::string const& name) {
  Subject subject;
  subject.name = name;
  auto text = fmt::format("input {} \"Question {}\"\n", name, name);
  text += "  " + type_of(subject) + "\n";
  text += direction_of(subject);
  if (chance(25)) text += fmt::format("  valid for {}\n", days_text(random_.between(1, 30), random_));
  if (chance(25)) text += assumption(subject);
  if (chance(10)) text += "  ask \"Tell me\"\n  help \"Look closely\"\n";
  add(text);
  inputs_.push_back(subject);
}

std::string Author::type_of(Subject& subject) {
  std::vector<Words> const scales{
      {"low", "high"}, {"slight", "marked", "extreme"}, {"nil", "mild", "moderate", "severe"}};
  switch (random_.below(11)) {
    case 0:
    case 1:
      return "yes/no";
    case 2:
    case 3:
    case 4:
      subject.kind = Kind::scale;
      subject.values = random_.pick(scales);
      return "scale " + joined(subject.values, " < ");
    case 5:
      subject.kind = Kind::choice;
      subject.values = random_.some(Words{"red", "green", "blue", "none"}, 2, 4);
      return "one of " + joined(subject.values);
    case 6:
      subject.kind = Kind::set;
      subject.values = random_.some(Words{"fever", "pain", "fear", "grief"}, 2, 4);
      return "any of " + joined(subject.values);
    case 7:
      subject.kind = Kind::date;
      subject.or_never = chance(60);
      return subject.or_never ? "date or never" : "date";
    default:
      return number_type(subject);
  }
}

std::string Author::number_type(Subject& subject) {
  subject.kind = Kind::number;
  Words const steps{"1", "1", "1", "0.5", "0.25", "0.1"};
  auto const step = random_.pick(steps);
  subject.step = *parse_decimal(step);
  subject.low = chance(20) ? random_.between(-3, 1) : 0;
  subject.high = subject.low + (chance(15) ? 100 : random_.between(2, 9));
  auto const bare = [&](std::int64_t steps_up) { return to_string(Decimal{subject.step.scaled * steps_up}); };
  auto text = fmt::format("number {} to {}", bare(subject.low), bare(subject.high));
  if (step != "1") text += " step " + step;
  if (step == "1" && subject.low >= 0 && chance(20)) {
    std::vector<std::pair<std::string, std::int64_t>> const units{{"hours", 1}, {"days", 24}, {"weeks", 168}};
    std::tie(subject.unit, subject.unit_hours) = random_.pick(units);
    text += " of " + subject.unit;
  } else if (chance(15)) {
    subject.unit = "points";
    text += chance(50) ? " of points" : " of \"points\"";
  }
  return text;
}

std::string Author::direction_of(Subject& subject) {
  if (chance(35)) return "";
  switch (subject.kind) {
    case Kind::yes_no:
      return chance(50) ? "  yes is worse\n" : "  no is worse\n";
    case Kind::set:
      return "  more is worse\n";
    case Kind::scale:
    case Kind::number:
      subject.directed = true;
      subject.lower_is_worse = chance(40);
      return subject.lower_is_worse ? "  lower is worse\n" : "  higher is worse\n";
    default:
      return "";
  }
}

std::string Author::assumption(Subject const& subject) {
  auto const value = [&]() -> std::string {
    switch (subject.kind) {
      case Kind::yes_no:
        return chance(50) ? "yes" : "no";
      case Kind::set: {
        auto const members = random_.some(subject.values, 0, subject.values.size());
        return members.empty() ? "none" : "(" + joined(members) + ")";
      }
      case Kind::date:
        if (subject.or_never && chance(50)) return "never";
        return fmt::format("{} days ago", random_.between(2, 90));
      case Kind::number:
        return text_of(subject, random_.between(subject.low, subject.high));
      default:
        return random_.pick(subject.values);
    }
  };
  return "  if unknown assume " + value() + "\n";
}

// ---- facts, grades, scores, lists, named criteria -----------------------------------------------------------------

void Author::definitions() {
  if (chance(40)) lists();
  auto const count = random_.between(0, 5);
  for (std::int64_t i = 0; i < count; ++i) {
    switch (random_.below(4)) {
      case 0:
        fact();
        break;
      case 1:
        grade();
        break;
      case 2:
        score();
        break;
      default:
        criterion();
        break;
    }
  }
  if (chance(30)) lists();
}

std::vector<Subject> Author::of_kind(std::initializer_list<Kind> kinds, bool derived_too) {
  std::vector<Subject> result;
  auto const take = [&](std::vector<Subject> const& from) {
    for (auto const& subject : from) {
      if (std::find(kinds.begin(), kinds.end(), subject.kind) != kinds.end()) result.push_back(subject);
    }
  };
  take(inputs_);
  if (derived_too) take(derived_);
  return result;
}

/// A list of subjects of one type: all yes/no, or scales with the same values, or bare numbers.
void Author::lists() {
  auto const all = of_kind({Kind::yes_no, Kind::scale, Kind::number}, true);
  if (all.empty()) return;
  auto const model = random_.pick(all);
  std::vector<Subject> members;
  for (auto const& subject : all) {
    if (subject.kind == model.kind && subject.values == model.values && subject.unit == model.unit) {
      members.push_back(subject);
    }
  }
  if (members.size() < 2) return;
  members = random_.some(members, 2, members.size());
  auto const name = fmt::format("group{}", lists_.size() + 1);
  Words names;
  for (auto const& member : members) names.push_back(member.name);
  add(fmt::format("list {} = {}\n", name, joined(names)));
  lists_.emplace_back(name, members);
}

void Author::fact() {
  Subject subject;
  subject.name = fmt::format("f{}", derived_.size() + 1);
  subject.derived = true;
  add(fmt::format("fact {}\n  when {}\n", subject.name, clause()));
  derived_.push_back(subject);
}

void Author::grade() {
  Subject subject;
  subject.name = fmt::format("g{}", derived_.size() + 1);
  subject.kind = Kind::scale;
  subject.derived = true;
  subject.directed = true;
  std::vector<Words> const scales{
      {"slight", "marked", "extreme"}, {"calm", "tense"}, {"nil", "mild", "moderate", "severe"}};
  subject.values = random_.pick(scales);
  auto text = fmt::format("grade {} {}\n", subject.name, joined(subject.values, " < "));
  auto cases = subject.values;
  random_.shuffle(cases);
  for (std::size_t i = 0; i + 1 < cases.size(); ++i) text += fmt::format("  {} when {}\n", cases[i], inner(1));
  text += fmt::format("  {} otherwise\n", cases.back());
  if (chance(30)) {
    subject.lower_is_worse = chance(50);
    text += subject.lower_is_worse ? "  lower is worse\n" : "  higher is worse\n";
  }
  add(text);
  derived_.push_back(subject);
}

void Author::score() {
  Subject subject;
  subject.name = fmt::format("s{}", derived_.size() + 1);
  subject.kind = Kind::number;
  subject.derived = true;
  subject.low = 0;
  subject.high = 8;
  std::string text;
  if (chance(60)) {
    text = fmt::format("score {}\n  = {}\n", subject.name, sum());
  } else {
    text = fmt::format("score {}\n", subject.name);
    auto const cases = random_.between(1, 3);
    for (std::int64_t i = 0; i < cases; ++i) {
      auto const number = chance(70) ? std::to_string(random_.between(0, 8)) : sum();
      text += fmt::format("  {} when {}\n", number, inner(1));
    }
    text += "  0 otherwise\n";
  }
  if (chance(40)) {
    subject.directed = true;
    subject.lower_is_worse = chance(30);
    text += subject.lower_is_worse ? "  lower is worse\n" : "  higher is worse\n";
  }
  add(text);
  derived_.push_back(subject);
}

/// `admit` and `continue`, sometimes with a name that later conditions use.
void Author::criterion() {
  auto const word = chance(60) ? "admit" : "continue";
  std::string as;
  std::string const condition = clause(1);
  if (chance(40)) {
    Subject subject;
    subject.name = fmt::format("c{}", derived_.size() + 1);
    subject.derived = true;
    derived_.push_back(subject);
    as = " as " + subject.name;
  }
  add(fmt::format("{} {}{}\n  when {}\n", word, random_.pick(levels_), as, condition));
}

// ---- numbers ------------------------------------------------------------------------------------------------------

std::string Author::sum() {
  auto text = term();
  auto const more = random_.between(0, 2);
  for (std::int64_t i = 0; i < more; ++i) text += in_order({chance(75) ? " + " : " - ", term()});
  return text;
}

std::string Author::term() {
  std::vector<Subject> bare;
  for (auto const& subject : of_kind({Kind::number}, true)) {
    if (subject.unit_hours == 0) bare.push_back(subject);
  }
  auto const sets = of_kind({Kind::set}, false);
  Words const factors{"2 * ", "3 * ", "0.5 * ", "1.25 * "};
  auto const factor = chance(40) ? random_.pick(factors) : "";
  switch (random_.below(5)) {
    case 0:
      if (bare.empty()) break;
      return factor + random_.pick(bare).name;
    case 1: {
      if (bare.size() < 2) break;
      Words names;
      for (auto const& subject : random_.some(bare, 2, std::min<std::size_t>(3, bare.size())))
        names.push_back(subject.name);
      return fmt::format("{}{} of ({})", factor, chance(50) ? "highest" : "lowest", joined(names));
    }
    case 2:
      if (sets.empty()) break;
      return fmt::format("{}count of {}", factor, random_.pick(sets).name);
    case 3:
      return std::to_string(random_.between(0, 4));
    default:
      break;
  }
  Words parts;
  auto const count = random_.between(1, 3);
  for (std::int64_t i = 0; i < count; ++i) parts.push_back(inner(0));
  return fmt::format("{}count of ({})", factor, joined(parts));
}

// ---- conditions ---------------------------------------------------------------------------------------------------

std::string Author::clause(int depth) {
  return chance(15) ? bullets() : inner(depth);
}

std::string Author::inner(int depth) {
  if (depth <= 0 || chance(45)) return atom();
  auto const part = [&] {
    auto const text = inner(depth - 1);
    return text.find(" and ") == std::string::npos && text.find(" or ") == std::string::npos ? text : "(" + text + ")";
  };
  switch (random_.below(4)) {
    case 0:
      return in_order({part(), " and ", part(), chance(25) ? " and " + part() : ""});
    case 1:
      return in_order({part(), " or ", part(), chance(25) ? " or " + part() : ""});
    case 2:
      return "not (" + inner(depth - 1) + ")";
    default: {
      Words parts;
      auto const count = random_.between(2, 4);
      for (std::int64_t i = 0; i < count; ++i) {
        parts.push_back(in_order({inner(depth - 1), chance(10) ? " \"(3)(A)\"" : ""}));
      }
      return fmt::format("{} of ({})", quantifier(parts.size()), joined(parts));
    }
  }
}

std::string Author::bullets() {
  auto const count = static_cast<std::size_t>(random_.between(2, 4));
  auto text = quantifier(count) + " of\n";
  for (std::size_t i = 0; i < count; ++i) {
    text += in_order({"    - ", inner(1), chance(15) ? " \"item\"" : "", "\n"});
  }
  text.pop_back();
  return text;
}

std::string Author::quantifier(std::size_t parts) {
  auto const n = static_cast<std::int64_t>(parts);
  switch (random_.below(6)) {
    case 0:
      return "all";
    case 1:
      return "any";
    case 2:
      return "none";
    case 3:
      return fmt::format("at most {}", random_.between(0, n - 1));
    case 4:
      return fmt::format("exactly {}", random_.between(0, n));
    default:
      return fmt::format("at least {}", random_.between(1, n));
  }
}

std::string Author::atom() {
  switch (random_.below(14)) {
    case 0:
      return level_test();
    case 1:
      return between_names();
    case 2:
      return with_list();
    case 3:
      return same_test_of_each();
    default:
      break;
  }
  auto const use_derived = !derived_.empty() && chance(30);
  return comparison(random_.pick(use_derived ? derived_ : inputs_));
}

std::string Author::comparison(Subject const& subject) {
  auto const previous = !subject.derived && chance(12);
  return test(subject, previous ? "previous " + subject.name : subject.name);
}

/// A comparison with constants that is neither always nor never true.
std::string Author::test(Subject const& written, std::string const& text) {
  auto subject = written;
  subject.name = text;
  switch (subject.kind) {
    case Kind::yes_no: {
      Words const forms{text, text, "not " + text, text + " is yes", text + " is no"};
      return random_.pick(forms);
    }
    case Kind::choice:
    case Kind::scale: {
      auto const some = random_.some(subject.values, 1, subject.values.size() - 1);
      if (chance(30)) return fmt::format("{} is {}one of ({})", text, chance(40) ? "not " : "", joined(some));
      if (subject.kind == Kind::choice || chance(25)) {
        return in_order({text, chance(35) ? " is not " : " is ", random_.pick(subject.values)});
      }
      auto const last = static_cast<std::int64_t>(subject.values.size()) - 1;
      return ordered_test(subject, 0, last,
                          [&](std::int64_t i) { return subject.values[static_cast<std::size_t>(i)]; });
    }
    case Kind::set:
      return chance(30) ? count_test(subject, text) : set_test(subject, text);
    case Kind::number:
      return number_test(subject);
    case Kind::date:
      return date_test(subject);
    case Kind::level:
      break;
  }
  return level_test();
}

/// An order comparison with a value between `low` and `high` that some values meet and some do not.
std::string Author::ordered_test(Subject const& subject, std::int64_t low, std::int64_t high,
                                 std::function<std::string(std::int64_t)> const& value) {
  auto const upper = [&] { return value(random_.between(low + 1, high)); };  // for >= and <
  auto const lower = [&] { return value(random_.between(low, high - 1)); };  // for > and <=
  auto const& name = subject.name;
  switch (random_.below(subject.directed ? 15 : 12)) {
    case 0:
      return name + " >= " + upper();
    case 1:
      return name + " < " + upper();
    case 2:
      return name + " > " + lower();
    case 3:
      return name + " <= " + lower();
    case 4:
      return name + " = " + upper();
    case 5:
      return name + " != " + lower();
    case 6:
      return upper() + " <= " + name;
    case 7:
      return name + " is at least " + upper();
    case 8:
      return name + " is below " + upper();
    case 9:
      return name + " is above " + lower();
    case 10:
      return name + " is at most " + lower();
    case 11: {
      if (high - low < 2) return name + " is at least " + upper();
      auto const first = random_.between(low, high - 1);
      auto const second = random_.between(first + 1, first == low ? high - 1 : high);
      return in_order({name, " is between ", value(first), " and ", value(second)});
    }
    case 12:
      return name + " is " + (subject.lower_is_worse ? upper() + " or better" : lower() + " or better");
    default:
      return name + " is " + (subject.lower_is_worse ? lower() + " or worse" : upper() + " or worse");
  }
}

/// A number in steps, as the author of rules writes it: bare, or a duration for an input that counts time.
std::string Author::text_of(Subject const& subject, std::int64_t steps) {
  if (subject.unit_hours == 0) return to_string(Decimal{subject.step.scaled * steps});
  auto const hours = steps * subject.unit_hours;
  if (hours % 168 == 0 && hours > 0 && chance(50)) return fmt::format("{} weeks", hours / 168);
  if (hours % 24 == 0 && chance(60)) return fmt::format("{} days", hours / 24);
  return fmt::format("{} hours", hours);
}

std::string Author::number_test(Subject const& subject) {
  auto const value = [&](std::int64_t steps) { return text_of(subject, steps); };
  if (!subject.derived && chance(12)) {
    auto const first = random_.between(subject.low, subject.high - 1);
    auto const words = chance(40) ? " is not one of (" : " is one of (";
    return in_order({subject.name, words, value(first), ", ", value(first + 1), ")"});
  }
  return ordered_test(subject, subject.low, subject.high, value);
}

std::string Author::set_test(Subject const& subject, std::string const& text) {
  switch (random_.below(5)) {
    case 0:
      return text + " is empty";
    case 1:
      return text + " is not empty";
    case 2:
      return fmt::format("{} includes any of ({})", text,
                         joined(random_.some(subject.values, 2, subject.values.size())));
    case 3:
      return fmt::format("{} includes all of ({})", text,
                         joined(random_.some(subject.values, 2, subject.values.size())));
    default:
      return fmt::format("{} includes {}", text, random_.pick(subject.values));
  }
}

std::string Author::count_test(Subject const& set, std::string const& text) {
  Subject count;
  count.name = "count of " + text;
  return ordered_test(count, 0, static_cast<std::int64_t>(set.values.size()),
                      [](std::int64_t n) { return std::to_string(n); });
}

std::string Author::date_test(Subject const& subject) {
  auto const& name = subject.name;
  auto const days = random_.between(1, 120);
  if (subject.or_never && chance(25)) return name + (chance(50) ? " is never" : " is not never");
  if (!subject.or_never && chance(30)) {
    Subject since;
    since.name = "days since " + name;
    auto const duration = chance(40);
    return ordered_test(since, days - 1, days + 1,
                        [&](std::int64_t n) { return duration ? fmt::format("{} days", n) : std::to_string(n); });
  }
  return name +
         (chance(50) ? " within " + days_text(days, random_) : " more than " + days_text(days, random_) + " ago");
}

std::string Author::level_test() {
  if (chance(40)) {
    Subject days;
    days.name = "days_in_level";
    auto const duration = chance(50);
    auto const middle = random_.between(2, 60);
    return ordered_test(days, middle - 1, middle + 1,
                        [&](std::int64_t n) { return duration ? fmt::format("{} days", n) : std::to_string(n); });
  }
  Words const words{"is", "is not", "is at least", "is below", ">=", "="};
  switch (random_.below(4)) {
    case 0:
      return chance(50) ? "current_level is none" : "current_level is not none";
    case 1:
      return fmt::format("current_level is one of ({})", joined(random_.some(levels_, 1, levels_.size() - 1)));
    case 2:
      return in_order(
          {"current_level is ", chance(50) ? "above " : "at most ", levels_[random_.below(levels_.size() - 1)]});
    default:
      return in_order({"current_level ", random_.pick(words), " ", random_.pick(levels_)});
  }
}

/// Two names of one type: `x > y`, `x >= previous x + 1`.
std::string Author::between_names() {
  auto const ordered = of_kind({Kind::scale, Kind::number, Kind::yes_no}, false);
  if (ordered.empty()) return level_test();
  auto const x = random_.pick(ordered);
  std::vector<Subject> same;
  for (auto const& other : ordered) {
    auto const overlap = std::max(x.low, other.low) < std::min(x.high, other.high) && x.step == other.step;
    if (other.kind == x.kind && other.values == x.values && other.unit == x.unit && other.name != x.name &&
        (x.kind != Kind::number || overlap)) {
      same.push_back(other);
    }
  }
  auto const other = same.empty() || chance(45) ? "previous " + x.name : random_.pick(same).name;
  if (x.kind == Kind::yes_no) return x.name + " is " + other;
  Words const symbols{">", "<", ">=", "<=", "is above", "is at least", "is below", "is at most"};
  auto const shifted = x.kind == Kind::number && chance(50);
  auto const by = shifted ? " + " + text_of(x, 1) : "";
  return fmt::format("{} {} {}{}", x.name, random_.pick(symbols), other, by);
}

std::string Author::with_list() {
  if (lists_.empty()) return level_test();
  auto const& [name, members] = random_.pick(lists_);
  auto const& model = members.front();
  if (model.kind == Kind::yes_no) {
    if (chance(40))
      return fmt::format("count of {} >= {}", name, random_.between(1, static_cast<std::int64_t>(members.size())));
    return fmt::format("{} of {}", quantifier(members.size()), name);
  }
  if (model.kind == Kind::number && chance(40)) {
    return in_order({chance(50) ? "highest" : "lowest", " of ", name, " >= ", text_of(model, model.high)});
  }
  if (model.kind == Kind::scale) {
    return in_order({quantifier(members.size()), " of ", name, " is ", random_.pick(model.values)});
  }
  auto low = model.low;
  auto high = model.high;
  auto step = model.step;
  for (auto const& member : members) {
    low = std::max(low, member.low);
    high = std::min(high, member.high);
    if (member.step != step) return level_test();
  }
  if (low >= high) return level_test();
  auto shared = model;
  shared.name = fmt::format("{} of {}", quantifier(members.size()), name);
  shared.directed = false;
  return shared.name + " >= " + text_of(shared, random_.between(low + 1, high));
}

/// `at least 2 of (x1, x2, x3) is marked`
std::string Author::same_test_of_each() {
  auto const scales = of_kind({Kind::scale}, true);
  if (scales.empty()) return level_test();
  auto const model = random_.pick(scales);
  Words names;
  for (auto const& subject : scales) {
    if (subject.values == model.values) names.push_back(subject.name);
  }
  if (!model.derived && chance(30)) names.push_back("previous " + model.name);
  if (names.size() < 2) return level_test();
  auto each = model;
  each.name = fmt::format("{} of ({})", quantifier(names.size()), joined(names));
  each.directed = false;
  auto const last = static_cast<std::int64_t>(model.values.size()) - 1;
  auto const value = [&](std::int64_t i) { return model.values[static_cast<std::size_t>(i)]; };
  switch (random_.below(3)) {
    case 0:
      return each.name + " is at least " + value(random_.between(1, last));
    case 1:
      return each.name + " is " + value(random_.between(0, last));
    default:
      return each.name + " < " + value(random_.between(1, last));
  }
}

// ---- actions ------------------------------------------------------------------------------------------------------

/// Services that some level offers together; nothing when no level offers any.
Words Author::offered_together() {
  auto const& offers = random_.pick(offers_);
  return offers.empty() ? Words{} : random_.some(offers, 1, std::min<std::size_t>(2, offers.size()));
}

std::string Author::narrowing_action() {
  switch (random_.below(10)) {
    case 0:
      return "at most " + random_.pick(levels_);
    case 1:
      return "only " + joined(random_.some(levels_, 1, levels_.size()));
    case 2:
      return "not " + joined(random_.some(levels_, 1, levels_.size() - 1));
    case 3:
    case 4:
      if (auto const services = offered_together(); !services.empty()) return "needs " + joined(services);
      break;
    default:
      break;
  }
  return "at least " + random_.pick(levels_);
}

std::string Author::advice(std::set<std::string>& used) {
  switch (random_.below(4)) {
    case 0:
      if (services_.empty() || !used.insert("suggest").second) return "";
      return "suggest " + joined(random_.some(services_, 1, std::min<std::size_t>(2, services_.size())));
    case 1:
      return used.insert("alert").second ? fmt::format("alert \"Alert {}\"", random_.below(5)) : "";
    case 2:
      return used.insert("note").second ? fmt::format("note \"Note {}\"", random_.below(4)) : "";
    default:
      return used.insert("reassess").second ? "reassess in " + days_text(random_.between(1, 21), random_) : "";
  }
}

std::string Author::actions() {
  Words written;
  std::set<std::string> used;
  if (chance(75)) written.push_back(narrowing_action());
  if (chance(6)) {
    auto const low = random_.below(levels_.size());
    auto const high = low + random_.below(levels_.size() - low);
    written = {"at least " + levels_[low], "at most " + levels_[high]};
  }
  while (written.empty() || chance(30)) {
    if (auto const more = advice(used); !more.empty()) written.push_back(more);
    if (used.size() == 4) break;
  }
  return joined(written, " and ");
}

// ---- rules, tables, trees -----------------------------------------------------------------------------------------

void Author::rules() {
  auto const count = random_.between(2, 7);
  for (std::int64_t i = 1; i <= count; ++i) rule(static_cast<std::size_t>(i));
  auto const tables = random_.between(0, 2);
  for (std::int64_t i = 1; i <= tables; ++i) table(static_cast<std::size_t>(i));
  if (chance(40)) tree(1);
  if (chance(40)) rule(static_cast<std::size_t>(count) + 1);
  auto const criteria = chance(50) ? random_.between(1, 3) : 0;
  for (std::int64_t i = 0; i < criteria; ++i) criterion();
}

void Author::rule(std::size_t number) {
  auto const name = fmt::format("r{}", number);
  auto text = fmt::format("rule {}{}\n", name, chance(30) ? " \"Rule\"" : "");
  if (chance(88)) text += "  when " + clause() + "\n";
  if (chance(18)) text += "  unless " + clause(1) + "\n";
  text += "  then " + actions() + "\n";
  if (!groups_.empty() && chance(18)) {
    text += "  overrides " + joined(random_.some(groups_, 1, std::min<std::size_t>(2, groups_.size()))) + "\n";
  }
  if (chance(20)) text += "  because \"It is so\"\n";
  add(text);
  groups_.push_back(name);
}

std::string Author::number_cell(Subject const& subject) {
  auto const upper = [&] { return text_of(subject, random_.between(subject.low + 1, subject.high)); };
  auto const lower = [&] { return text_of(subject, random_.between(subject.low, subject.high - 1)); };
  switch (random_.below(subject.directed ? 9 : 8)) {
    case 0:
      return upper();
    case 1:
      return in_order({text_of(subject, subject.low), " or ", upper()});
    case 2:
      return upper() + " or more";
    case 3:
      return lower() + " or less";
    case 4:
      return "< " + upper();
    case 5:
      return "<= " + lower();
    case 6:
      return "> " + lower();
    case 7: {
      auto const first = random_.between(subject.low, subject.high - 2);
      return in_order({text_of(subject, first), " to ", text_of(subject, first + 1)});
    }
    default:
      return subject.lower_is_worse ? lower() + " or worse" : upper() + " or worse";
  }
}

std::string Author::scale_cell(Subject const& subject) {
  auto const& values = subject.values;
  auto const last = values.size() - 1;
  auto const upper = values[1 + random_.below(last)];
  auto const lower = values[random_.below(last)];
  if (subject.kind == Kind::choice) return joined(random_.some(values, 1, last), " or ");
  switch (random_.below(subject.directed ? 6 : 4)) {
    case 0:
      return joined(random_.some(values, 1, last), " or ");
    case 1:
      return ">= " + upper;
    case 2:
      return "< " + upper;
    case 3:
      return last < 2 ? upper : values[0] + " to " + values[last - 1];
    case 4:
      return (subject.lower_is_worse ? lower : upper) + " or worse";
    default:
      return (subject.lower_is_worse ? upper : lower) + " or better";
  }
}

std::string Author::cell(Subject const& subject) {
  if (chance(30)) return "-";
  switch (subject.kind) {
    case Kind::yes_no:
      return chance(50) ? "yes" : "no";
    case Kind::set:
      return joined(random_.some(subject.values, 1, 2), " or ");
    case Kind::number:
      return number_cell(subject);
    default:
      return scale_cell(subject);
  }
}

void Author::table(std::size_t number) {
  auto pool = of_kind({Kind::yes_no, Kind::scale, Kind::choice, Kind::set, Kind::number}, true);
  Subject current;
  current.name = "current_level";
  current.kind = Kind::choice;
  current.values = levels_;
  if (levels_.size() > 2 && chance(30)) pool.push_back(current);
  if (pool.empty()) return;
  random_.shuffle(pool);
  auto columns = random_.some(pool, 1, std::min<std::size_t>(3, pool.size()));
  for (auto& column : columns) {
    if (column.kind == Kind::set && chance(50)) {
      column.name = "count of " + column.name;
      column.kind = Kind::number;
      column.high = static_cast<std::int64_t>(column.values.size());
      column.directed = false;
    } else if (!column.derived && column.name != "current_level" && chance(15)) {
      column.name = "previous " + column.name;
    }
  }
  auto const name = fmt::format("t{}", number);
  auto const first = chance(50);
  auto text = fmt::format("table {}{}\n  |", name, first ? " first" : "");
  for (auto const& column : columns) text += " " + column.name + " |";
  text += " then |\n";
  auto const rows = random_.between(2, 5);
  for (std::int64_t row = 0; row < rows; ++row) {
    text += "  |";
    auto anything = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      auto written = cell(columns[i]);
      while (written == "-" && anything && i + 1 == columns.size()) written = cell(columns[i]);
      anything = anything && written == "-";
      text += " " + written + " |";
    }
    if (chance(12)) {
      text += in_order({chance(60) ? " admit " : " continue ", random_.pick(levels_), " |\n"});
    } else {
      text += chance(12) ? " - |\n" : " " + actions() + " |\n";
    }
  }
  if (first && chance(30)) {
    text += "  |";
    for (std::size_t i = 0; i < columns.size(); ++i) text += " - |";
    text += " " + actions() + " |\n";
  }
  add(text);
  groups_.push_back(name);
}

void Author::tree(std::size_t number) {
  auto const name = fmt::format("tree{}", number);
  auto const nodes = static_cast<std::size_t>(random_.between(2, 4));
  std::vector<std::array<std::string, 2>> targets(nodes);
  for (std::size_t node = 1; node < nodes; ++node) {  // every node is reached from an earlier one
    std::vector<std::string*> free;
    for (std::size_t from = 0; from < node; ++from) {
      for (auto& target : targets[from]) {
        if (target.empty()) free.push_back(&target);
      }
    }
    *random_.pick(free) = fmt::format("n{}", node + 1);
  }
  auto text = fmt::format("tree {}\n", name);
  for (std::size_t node = 0; node < nodes; ++node) {
    for (std::size_t branch = 0; branch < 2; ++branch) {
      auto& target = targets[node][branch];
      if (!target.empty()) continue;
      auto const join = fmt::format("n{}", node + 2 + random_.below(2));
      auto const joins = node + 2 < nodes && chance(35) && targets[node][1 - branch] != join;
      target = joins ? join : (chance(15) ? "-" : actions());
    }
    text += in_order({fmt::format("  n{}", node + 1), chance(30) ? " \"Well?\": " : ": ", inner(1)});
    text += fmt::format("\n    yes -> {}\n    no -> {}\n", targets[node][0], targets[node][1]);
  }
  add(text);
  groups_.push_back(name);
}

// ---- moves, promises, impossibles ---------------------------------------------------------------------------------

/// Between one and three of the levels `from` to `to`, counted from 0.
std::string Author::some_levels(std::size_t from, std::size_t to) {
  auto const begin = levels_.begin();
  Words const range(begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(to) + 1);
  return joined(random_.some(range, 1, std::min<std::size_t>(3, range.size())));
}

std::string Author::sometimes_when(unsigned percent) {
  return chance(percent) ? "\n  when " + clause(1) + "\n" : "\n";
}

void Author::step(bool up) {
  auto const last = levels_.size() - 1;
  auto const split = random_.below(last);
  auto const* word = up ? "step up " : "step down ";
  if (chance(20)) {
    add(in_order({word, "any -> any", sometimes_when(50)}));
  } else if (up) {
    add(in_order({word, some_levels(0, split), " -> ", some_levels(split + 1, last), sometimes_when(50)}));
  } else {
    add(in_order({word, some_levels(split + 1, last), " -> ", some_levels(0, split), sometimes_when(50)}));
  }
}

void Author::moves() {
  if (chance(70)) {
    auto const ups = random_.between(0, 3);
    for (std::int64_t i = 0; i < ups; ++i) step(true);
    auto const downs = random_.between(0, 4);
    for (std::int64_t i = 0; i < downs; ++i) step(false);
  }
  if (chance(60)) {
    add(in_order({"discharge ", chance(30) ? "any" : some_levels(0, levels_.size() - 1), sometimes_when(80)}));
  }
}

void Author::guarantees() {
  auto const count = random_.between(1, 3);
  for (std::int64_t i = 1; i <= count; ++i) {
    auto const promise = [&]() -> std::string {
      if (chance(15)) return "no conflict";
      if (chance(15)) return "eligible";
      return narrowing_action();
    };
    add(in_order({fmt::format("guarantee p{}\n  whenever ", i), clause(1), "\n  then ", promise(), "\n"}));
  }
}

void Author::impossibles() {
  auto const count = random_.between(1, 2);
  for (std::int64_t i = 1; i <= count; ++i) {
    auto const some_comparison = [&] { return comparison(random_.pick(inputs_)); };
    add(in_order({fmt::format("impossible i{}\n  when ", i), some_comparison(), " and ", some_comparison(), "\n"}));
  }
}

}  // namespace

std::vector<std::string> random_declarations(Random& random) {
  return Author(random).declarations();
}

}  // namespace carestep::differential

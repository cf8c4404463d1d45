#include <algorithm>
#include <fmt/format.h>

#include "differential/author.hpp"

namespace carestep::differential {

// ---- numbers ------------------------------------------------------------------------------------------------------

std::string Author::sum() {
  auto text = term();
  auto const more = random_.between(0, 2);
  for (std::int64_t i = 0; i < more; ++i) text += in_order({chance(75) ? " + " : " - ", term()});
  return text;
}

std::string Author::term() {
  std::vector<Subject> bare;
  for (auto const& subject : of_kind({SubjectKind::number}, true)) {
    if (subject.unit_hours == 0) bare.push_back(subject);
  }
  auto const sets = of_kind({SubjectKind::set}, false);
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
    case SubjectKind::yes_no: {
      Words const forms{text, text, "not " + text, text + " is yes", text + " is no"};
      return random_.pick(forms);
    }
    case SubjectKind::choice:
    case SubjectKind::scale: {
      auto const some = random_.some(subject.values, 1, subject.values.size() - 1);
      if (chance(30)) return fmt::format("{} is {}one of ({})", text, chance(40) ? "not " : "", joined(some));
      if (subject.kind == SubjectKind::choice || chance(25)) {
        return in_order({text, chance(35) ? " is not " : " is ", random_.pick(subject.values)});
      }
      auto const last = static_cast<std::int64_t>(subject.values.size()) - 1;
      return ordered_test(subject, 0, last,
                          [&](std::int64_t i) { return subject.values[static_cast<std::size_t>(i)]; });
    }
    case SubjectKind::set:
      return chance(30) ? count_test(subject, text) : set_test(subject, text);
    case SubjectKind::number:
      return number_test(subject);
    case SubjectKind::date:
      return date_test(subject);
    case SubjectKind::level:
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
  switch (random_.below(subject.directed ? 17 : 14)) {
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
      return name + " is " + upper();
    case 13:
      return name + " is not " + lower();
    case 14:
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
    case 1: {
      auto levels = random_.some(levels_, 1, levels_.size() - 1);
      if (chance(25)) levels.push_back("none");
      return fmt::format("current_level is one of ({})", joined(levels));
    }
    case 2:
      return in_order(
          {"current_level is ", chance(50) ? "above " : "at most ", levels_[random_.below(levels_.size() - 1)]});
    default:
      return in_order({"current_level ", random_.pick(words), " ", random_.pick(levels_)});
  }
}

/// Two names of one type: `x > y`, `x >= previous x + 1`.
std::string Author::between_names() {
  auto const ordered = of_kind({SubjectKind::scale, SubjectKind::number, SubjectKind::yes_no}, true);
  if (ordered.empty()) return level_test();
  auto const x = random_.pick(ordered);
  std::vector<Subject> same;
  for (auto const& other : ordered) {
    auto const overlap = x.derived || other.derived ||
                         (std::max(x.low, other.low) < std::min(x.high, other.high) && x.step == other.step);
    if (other.kind == x.kind && other.values == x.values && other.unit == x.unit && other.name != x.name &&
        (x.kind != SubjectKind::number || overlap)) {
      same.push_back(other);
    }
  }
  if (same.empty() && x.derived) return level_test();
  auto const before = !x.derived && (same.empty() || chance(45));
  auto const other = before ? "previous " + x.name : random_.pick(same).name;
  if (x.kind == SubjectKind::yes_no) return x.name + " is " + other;
  Words const symbols{">", "<", ">=", "<=", "is above", "is at least", "is below", "is at most"};
  auto const shifted = x.kind == SubjectKind::number && chance(50);
  auto const by = shifted ? " + " + text_of(x, 1) : "";
  return fmt::format("{} {} {}{}", x.name, random_.pick(symbols), other, by);
}

std::string Author::with_list() {
  if (lists_.empty()) return level_test();
  auto const& [name, members] = random_.pick(lists_);
  auto const& model = members.front();
  if (model.kind == SubjectKind::yes_no) {
    if (chance(40))
      return fmt::format("count of {} >= {}", name, random_.between(1, static_cast<std::int64_t>(members.size())));
    return in_order({quantifier(members.size()), " of ", name, chance(30) ? " is no" : ""});
  }
  if (model.kind == SubjectKind::number && chance(40)) {
    return in_order({chance(50) ? "highest" : "lowest", " of ", name, " >= ", text_of(model, model.high)});
  }
  if (model.kind == SubjectKind::scale) {
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
  auto const scales = of_kind({SubjectKind::scale}, true);
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

}  // namespace carestep::differential

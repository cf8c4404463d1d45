#include <algorithm>
#include <fmt/format.h>

#include "differential/author.hpp"

namespace carestep::differential {

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
  auto const count = small_ ? random_.between(1, 3) : random_.between(3, 7);
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
      subject.kind = SubjectKind::scale;
      subject.values = random_.pick(scales);
      return "scale " + joined(subject.values, " < ");
    case 5:
      subject.kind = SubjectKind::choice;
      subject.values = random_.some(Words{"red", "green", "blue", "none"}, 2, 4);
      return "one of " + joined(subject.values);
    case 6:
      subject.kind = SubjectKind::set;
      subject.values = random_.some(Words{"fever", "pain", "fear", "grief"}, 2, 4);
      return "any of " + joined(subject.values);
    case 7:
      subject.kind = SubjectKind::date;
      subject.or_never = chance(60);
      return subject.or_never ? "date or never" : "date";
    default:
      return number_type(subject);
  }
}

std::string Author::number_type(Subject& subject) {
  subject.kind = SubjectKind::number;
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
    case SubjectKind::yes_no:
      return chance(50) ? "  yes is worse\n" : "  no is worse\n";
    case SubjectKind::set:
      return "  more is worse\n";
    case SubjectKind::scale:
    case SubjectKind::number:
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
      case SubjectKind::yes_no:
        return chance(50) ? "yes" : "no";
      case SubjectKind::set: {
        auto const members = random_.some(subject.values, 0, subject.values.size());
        return members.empty() ? "none" : "(" + joined(members) + ")";
      }
      case SubjectKind::date:
        if (subject.or_never && chance(50)) return "never";
        return fmt::format("{} days ago", random_.between(2, 90));
      case SubjectKind::number:
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

std::vector<Subject> Author::of_kind(std::initializer_list<SubjectKind> kinds, bool derived_too) {
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
  auto const all = of_kind({SubjectKind::yes_no, SubjectKind::scale, SubjectKind::number}, true);
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
  subject.kind = SubjectKind::scale;
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
  subject.kind = SubjectKind::number;
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

}  // namespace carestep::differential

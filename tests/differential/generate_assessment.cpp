#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "differential/generate.hpp"
#include "differential/model.hpp"

namespace carestep::differential {

namespace {

using reference::Answer;
using reference::Assessment;
using reference::Cell;
using reference::Kind;
using reference::Rules;
using reference::Slot;
using reference::Wide;

/// Answers one ruleset's questions at random.
class Person {
 public:
  Person(reference::Ruleset const& ruleset, Random& random)
      : ruleset_(ruleset), rules_(ruleset.rules()), random_(random) {}
  Assessment assessment();

 private:
  void place_in_care();
  void answer_inputs();
  void answer_previous();
  void close_levels();
  void learn_until(std::uint64_t completions);
  Answer answer(Slot const& slot, bool dated);
  Answer known(Slot const& slot);
  Answer unknown();
  Answer part_of_set(Slot const& slot);
  Wide value(Slot const& slot);
  Date answered_on(Slot const& slot);

  reference::Ruleset const& ruleset_;
  Rules const& rules_;
  Random& random_;
  unsigned unknown_share_ = 0;  // percent
  Assessment made_;
};

Assessment Person::assessment() {
  std::vector<unsigned> const shares{0, 8, 15, 25, 35, 50};
  std::vector<std::uint64_t> const caps{1, 40, 40, 200, 200, 200, 200, 1000, 1000};
  unknown_share_ = random_.pick(shares);
  made_.day = Date{date(2026, 1, 1)->days + static_cast<std::int32_t>(random_.below(300))};
  place_in_care();
  answer_inputs();
  answer_previous();
  if (random_.percent(25)) close_levels();
  learn_until(random_.percent(1) ? 20'000 : random_.pick(caps));
  return made_;
}

void Person::place_in_care() {
  auto const& levels = rules_.slots[Rules::current_level].type.values;
  if (!random_.percent(unknown_share_ / 2)) {
    made_.current_level = random_.percent(20) ? "none" : random_.percent(25) ? levels.back() : random_.pick(levels);
  }
  if (random_.percent(unknown_share_ / 2)) return;
  auto const days = value(rules_.slots[Rules::days_in_level]) / reference::day;
  made_.days_in_level = made_.current_level == "none" ? 0 : static_cast<std::int64_t>(days);
}

void Person::answer_inputs() {
  for (auto i = Rules::first_input; i < rules_.first_previous(); ++i) {
    auto const& slot = rules_.slots[i];
    if (random_.percent(unknown_share_)) {
      if (random_.percent(50)) made_.answers[slot.name] = unknown();
    } else {
      made_.answers[slot.name] = answer(slot, true);
    }
  }
}

void Person::answer_previous() {
  if (random_.percent(15)) return;
  if (random_.percent(25)) {
    made_.previous = Assessment::Previous::none;
    return;
  }
  made_.previous = Assessment::Previous::told;
  for (std::size_t i = 0; i < rules_.inputs; ++i) {
    auto const& name = rules_.slots[Rules::first_input + i].name;
    if (random_.percent(unknown_share_)) continue;
    made_.previous_answers[name] = answer(rules_.slots[rules_.first_previous() + i], false);
  }
}

void Person::close_levels() {
  std::vector<std::string> names;
  for (auto const& level : rules_.levels) names.push_back(level.name);
  made_.unavailable = random_.some(names, 1, names.size());
}

/// Answers what is unknown until so few completions are left.
void Person::learn_until(std::uint64_t completions) {
  std::vector<std::size_t> order(rules_.inputs);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  random_.shuffle(order);
  for (auto const i : order) {
    if (ruleset_.completions(made_) <= completions) return;
    auto const& slot = rules_.slots[Rules::first_input + i];
    made_.answers[slot.name] = known(slot);
    if (made_.previous == Assessment::Previous::told) {
      made_.previous_answers[slot.name] = known(rules_.slots[rules_.first_previous() + i]);
    }
  }
  if (ruleset_.completions(made_) > completions && made_.previous == Assessment::Previous::untold) {
    made_.previous = Assessment::Previous::none;
  }
  if (ruleset_.completions(made_) > completions && !made_.days_in_level) made_.days_in_level = 0;
  if (ruleset_.completions(made_) > completions) made_.current_level = rules_.levels.front().name;
}

Answer Person::unknown() {
  std::vector<std::string> const reasons{"", "not_asked", "refused", "unable"};
  Answer result;
  result.word = random_.pick(reasons);
  return result;
}

Answer Person::answer(Slot const& slot, bool dated) {
  auto const in_part = slot.type.kind == Kind::set && random_.percent(unknown_share_);
  auto result = in_part ? part_of_set(slot) : known(slot);
  if (dated && random_.percent(slot.valid_for ? 70 : 10)) result.on = answered_on(slot);
  return result;
}

Answer Person::part_of_set(Slot const& slot) {
  Answer result;
  result.kind = Answer::Kind::set;
  for (auto const& member : slot.type.values) {
    auto const known = random_.below(3);
    if (known == 0) result.includes.push_back(member);
    if (known == 1) result.excludes.push_back(member);
  }
  if (result.includes.empty() && result.excludes.empty()) result.excludes.push_back(slot.type.values.front());
  return result;
}

/// Around the last day on which the answer would still be valid.
Date Person::answered_on(Slot const& slot) {
  auto const valid = slot.valid_for ? static_cast<std::int32_t>(*slot.valid_for / reference::day) : 10;
  auto const ago = random_.between(std::max(0, valid - 2), valid + 1);
  return Date{made_.day.days - static_cast<std::int32_t>(ago)};
}

/// A value near the constants that the rules compare with, so that every side of them is visited.
Wide Person::value(Slot const& slot) {
  auto const cell = random_.pick(reference::cells_of(slot));
  if (cell.values == 1 || cell.last == reference::never) return cell.first;
  switch (random_.below(3)) {
    case 0:
      return cell.first;
    case 1:
      return cell.last;
    default:
      return cell.first + slot.step * static_cast<Wide>(random_.below(static_cast<std::size_t>(cell.values)));
  }
}

Answer Person::known(Slot const& slot) {
  Answer result;
  auto const v = value(slot);
  switch (slot.type.kind) {
    case Kind::yes_no:
    case Kind::scale:
    case Kind::choice:
    case Kind::level:
      result.kind = Answer::Kind::word;
      result.word = slot.type.values[static_cast<std::size_t>(v)];
      break;
    case Kind::number:
      result.kind = Answer::Kind::number;
      result.number.scaled =
          static_cast<std::int64_t>(v / std::max<Wide>(1, slot.type.hours) / (reference::one / Decimal::one));
      break;
    case Kind::date:
      result.kind = v == reference::never ? Answer::Kind::never : Answer::Kind::date;
      if (v != reference::never) result.day = Date{made_.day.days - static_cast<std::int32_t>(v / reference::day)};
      break;
    case Kind::set:
      result.kind = Answer::Kind::set;
      for (std::size_t i = 0; i < slot.type.values.size(); ++i) {
        auto& names = (v >> i & 1) != 0 ? result.includes : result.excludes;
        names.push_back(slot.type.values[i]);
      }
      break;
  }
  return result;
}

// ---- JSON ---------------------------------------------------------------------------------------------------------

std::string quoted(std::string const& text) {
  return "\"" + text + "\"";
}

std::string list(std::vector<std::string> const& texts) {
  std::string result;
  for (auto const& text : texts) result += (result.empty() ? "" : ", ") + quoted(text);
  return "[" + result + "]";
}

std::string value_json(Answer const& answer, Slot const& slot) {
  switch (answer.kind) {
    case Answer::Kind::unknown:
      return answer.word.empty() ? "null" : "{\"unknown\": " + quoted(answer.word) + "}";
    case Answer::Kind::word:
      if (slot.type.kind == Kind::yes_no) return answer.word == "yes" ? "true" : "false";
      return quoted(answer.word);
    case Answer::Kind::number:
      return to_string(answer.number);
    case Answer::Kind::date:
      return quoted(to_string(answer.day));
    case Answer::Kind::never:
      return "\"never\"";
    case Answer::Kind::set:
      if (answer.includes.size() + answer.excludes.size() == slot.type.values.size()) return list(answer.includes);
      return fmt::format("{{\"includes\": {}, \"excludes\": {}}}", list(answer.includes), list(answer.excludes));
  }
  return "null";
}

std::string answers_json(std::map<std::string, Answer> const& answers, Rules const& rules) {
  std::string result;
  for (auto const& slot : rules.slots) {
    auto const found = answers.find(slot.name);
    if (found == answers.end()) continue;
    auto value = value_json(found->second, slot);
    if (found->second.on)
      value = fmt::format("{{\"value\": {}, \"on\": {}}}", value, quoted(to_string(*found->second.on)));
    result += (result.empty() ? "" : ", ") + quoted(slot.name) + ": " + value;
  }
  return "{" + result + "}";
}

}  // namespace

Assessment random_assessment(reference::Ruleset const& ruleset, Random& random) {
  return Person(ruleset, random).assessment();
}

std::string to_json(Assessment const& assessment, reference::Ruleset const& ruleset) {
  auto const& rules = ruleset.rules();
  auto result = fmt::format("{{\"id\": \"a\", \"assessment_date\": {}", quoted(to_string(assessment.day)));
  if (assessment.current_level) result += ", \"current_level\": " + quoted(*assessment.current_level);
  if (assessment.days_in_level) result += fmt::format(", \"days_in_level\": {}", *assessment.days_in_level);
  result += ", \"answers\": " + answers_json(assessment.answers, rules);
  if (assessment.previous == Assessment::Previous::none) result += ", \"previous\": null";
  if (assessment.previous == Assessment::Previous::told) {
    result += ", \"previous\": " + answers_json(assessment.previous_answers, rules);
  }
  if (!assessment.unavailable.empty()) result += ", \"unavailable\": " + list(assessment.unavailable);
  return result + "}";
}

}  // namespace carestep::differential

#include "ir/words.hpp"

#include <fmt/format.h>

namespace carestep::ir {
namespace {

std::string joined(std::vector<Clause> const& parts, std::string_view between) {
  std::string out;
  for (Clause const& part : parts) {
    if (!out.empty()) out += between;
    bool const atomic = part.kind == ClauseKind::test || part.kind == ClauseKind::negation;
    out += atomic || between == ", " ? words(part) : "(" + words(part) + ")";
  }
  return out;
}

template <class Things>
std::string names(std::vector<Index> const& which, Things const& things) {
  std::string out;
  for (Index i : which) out += (out.empty() ? "" : ", ") + things[i].name;
  return out;
}

std::string joined(std::vector<std::string> const& values, std::string_view between) {
  std::string out;
  for (std::string const& value : values) {
    if (!out.empty()) out += between;
    out += value;
  }
  return out;
}

std::string number_range(Input const& input) {
  std::string out = to_string(input.low) + " to " + to_string(input.high);
  if (input.step.scaled != Decimal::one) out += " in steps of " + to_string(input.step);
  if (!input.unit.empty()) out += " " + input.unit;
  return out;
}

std::string day_words(std::int64_t days_ago, std::optional<Date> counted_from) {
  if (days_ago == never_code) return "never";
  if (!counted_from) return days_words(days_ago) + " ago";
  return to_string(Date{counted_from->days - static_cast<std::int32_t>(days_ago)});
}

std::string set_words(Input const& input, std::int64_t const* codes) {
  std::vector<std::string> in;
  std::vector<std::string> open;
  for (std::size_t i = 0; i < input.width; ++i) {
    if (codes[i] == 1) in.push_back(input.values[i]);
    if (codes[i] < 0) open.push_back(input.values[i]);
  }
  if (open.size() == input.width) return "not known";
  std::string const known = in.empty() ? "none" : joined(in, ", ");
  return open.empty() ? known : known + "; not known: " + joined(open, ", ");
}

}  // namespace

std::string head_words(Clause const& clause) {
  switch (clause.kind) {
    case ClauseKind::test:
      return clause.words;
    case ClauseKind::negation:
      return "not";
    case ClauseKind::all:
      return "all of";
    case ClauseKind::any:
      return "any of";
    case ClauseKind::none:
      return "none of";
    case ClauseKind::at_least:
      return fmt::format("at least {} of", clause.n);
    case ClauseKind::at_most:
      return fmt::format("at most {} of", clause.n);
    case ClauseKind::exactly:
      return fmt::format("exactly {} of", clause.n);
  }
  return {};
}

std::string words(Clause const& clause) {
  switch (clause.kind) {
    case ClauseKind::test:
      return clause.words;
    case ClauseKind::negation: {
      bool const atomic = clause.parts.front().kind == ClauseKind::test;
      return atomic ? "not " + words(clause.parts.front()) : "not (" + words(clause.parts.front()) + ")";
    }
    case ClauseKind::all:
      return joined(clause.parts, " and ");
    case ClauseKind::any:
      return joined(clause.parts, " or ");
    default:
      return head_words(clause) + " (" + joined(clause.parts, ", ") + ")";
  }
}

std::string words(Model const& model, Narrowing const& action) {
  switch (action.kind) {
    case ActionKind::at_least:
      return "at least " + names(action.levels, model.levels);
    case ActionKind::at_most:
      return "at most " + names(action.levels, model.levels);
    case ActionKind::only:
      return "only " + names(action.levels, model.levels);
    case ActionKind::exclude:
      return "not " + names(action.levels, model.levels);
    case ActionKind::needs:
      return "needs " + names(action.services, model.services);
  }
  return {};
}

std::vector<std::string> action_words(Model const& model, Rule const& rule) {
  std::vector<std::string> out;
  for (Narrowing const& action : rule.narrows) out.push_back(words(model, action));
  if (!rule.suggests.empty()) out.push_back("suggest " + names(rule.suggests, model.services));
  for (std::string const& alert : rule.alerts) out.push_back("alert \"" + alert + '"');
  for (std::string const& note : rule.notes) out.push_back("note \"" + note + '"');
  if (rule.reassess_days) out.push_back("reassess in " + days_words(*rule.reassess_days));
  return out;
}

std::string words(Model const& model, Criterion const& criterion) {
  return (criterion.kind == CriterionKind::admit ? "admit " : "continue ") + model.levels[criterion.level].name;
}

std::string days_words(std::int64_t days) {
  return days == 1 ? "1 day" : fmt::format("{} days", days);
}

std::string hours_words(std::int64_t hours) {
  if (hours % 24 == 0) return days_words(hours / 24);
  return hours == 1 ? "1 hour" : fmt::format("{} hours", hours);
}

std::string answer_words(Input const& input) {
  switch (input.kind) {
    case InputKind::yes_no:
      return "yes or no";
    case InputKind::level:
      return joined(input.values, ", ");
    case InputKind::scale:
      return joined(input.values, " < ");
    case InputKind::choice:
      return "one of " + joined(input.values, ", ");
    case InputKind::set:
      return "any of " + joined(input.values, ", ");
    case InputKind::number:
      return number_range(input);
    case InputKind::date:
      return input.or_never ? "a date, or never" : "a date";
  }
  return {};
}

std::string direction_words(Input const& input) {
  if (input.worse == Worse::undeclared) return {};
  bool const higher = input.worse == Worse::higher;
  if (input.kind == InputKind::yes_no) return higher ? "yes is worse" : "no is worse";
  if (input.kind == InputKind::set) return "more is worse";
  return higher ? "higher is worse" : "lower is worse";
}

std::string value_words(Input const& input, std::int64_t const* codes, std::optional<Date> counted_from) {
  if (input.kind == InputKind::set) return set_words(input, codes);
  std::int64_t const code = *codes;
  if (code < 0) return "not known";
  switch (input.kind) {
    case InputKind::yes_no:
      return code == 1 ? "yes" : "no";
    case InputKind::number:
      return to_string(Decimal{input.low.scaled + code * input.step.scaled});
    case InputKind::date:
      return day_words(code, counted_from);
    default:
      return input.values[static_cast<std::size_t>(code)];
  }
}

}  // namespace carestep::ir

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

}  // namespace carestep::ir

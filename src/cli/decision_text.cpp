#include "decision_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace carestep::cli {
namespace {

template <class Texts>
std::string join(Texts const& parts, std::string_view between = ", ") {
  return fmt::format("{}", fmt::join(parts, between));
}

std::string with_label(std::string_view name, std::string_view label) {
  if (label.empty() || label == name) return std::string(name);
  return fmt::format("{} ({})", name, label);
}

std::string level_in_words(Ruleset const& rules, LevelId id) {
  LevelInfo const level = rules.level(id);
  return with_label(level.name, level.label);
}

template <class Ids, class Name>
std::string names_of(Ids const& ids, Name name) {
  std::vector<std::string> names;
  for (auto const& id : ids) names.emplace_back(name(id));
  return join(names);
}

/// Lines of a name in a narrow column and a text; a text that goes on starts below the text.
class Sheet {
 public:
  explicit Sheet(std::string heading) : text_(std::move(heading) + "\n") {}

  void add(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    fmt::format_to(std::back_inserter(text_), "  {:<11} {}\n", name == last_ ? "" : name, value);
    last_ = name;
  }
  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  std::string text_;
  std::string_view last_;
};

std::string mark_in_words(Ruleset const& rules, Decision const& decision, Mark mark) {
  auto const guarantee = [&](GuaranteeId id) { return rules.guarantee(id).name; };
  switch (mark) {
    case Mark::not_applicable:
      return "these rules are not made for this person";
    case Mark::conflict:
      return fmt::format("conflict: cannot be met together: {}", join(decision.conflict));
    case Mark::not_eligible:
      return fmt::format("not eligible for any level that the rules admit: {}", join(decision.conflict));
    case Mark::guarantee_broken:
      return fmt::format("guarantee broken: {}", names_of(decision.broken_guarantees, guarantee));
    case Mark::by_default:
      return "by default: no rule asks for anything";
    case Mark::held:
      return "held: a less intensive level is indicated, but no step down is open now";
    case Mark::off_pathway:
      return "off the pathway: no step line leads there now";
    case Mark::approximate:
      return "approximate: not settled within the budget, more is listed as possible than may be";
    case Mark::draft:
      return "the ruleset is a draft";
  }
  return {};
}

void add_marks(Sheet& sheet, Ruleset const& rules, Decision const& decision) {
  for (int i = 0; i < mark_count; ++i)
    if (auto const mark = static_cast<Mark>(i); decision.marks.contains(mark))
      sheet.add("note well", mark_in_words(rules, decision, mark));
}

std::string rule_in_words(ShownRule const& rule) {
  return fmt::format("{}: {}", with_label(rule.name, rule.label), join(rule.actions));
}

/// The rules that hold the indicated level up, each with its reason; without any, the active ones.
void add_reasons(Sheet& sheet, Explanation const& explanation) {
  std::vector<ShownRule> const& active = explanation.active;
  bool const any_binds = std::any_of(active.begin(), active.end(), [](ShownRule const& rule) { return rule.binding; });
  for (ShownRule const& rule : active) {
    if (any_binds && !rule.binding) continue;
    sheet.add("why", rule_in_words(rule));
    if (!rule.because.empty()) sheet.add("why", fmt::format("  {}", rule.because));
  }
  if (active.empty() && explanation.decision.move != Move::none) sheet.add("why", "no rule is active");
  if (explanation.decision.status == DecisionStatus::determined) return;
  for (ShownRule const& rule : explanation.open) sheet.add("hinges on", rule_in_words(rule));
}

void add_unknown(Sheet& sheet, Ruleset const& rules, Decision const& decision) {
  for (Question const& question : decision.ask) sheet.add("unknown", name_and_label(rules, question));
  auto const input = [&](InputId id) { return rules.input(id).name; };
  sheet.add("assumed", names_of(decision.assumed, input));
  sheet.add("stale", names_of(decision.stale, input));
}

void add_advice(Sheet& sheet, Ruleset const& rules, Decision const& decision) {
  auto const service = [&](ServiceId id) { return rules.service(id).name; };
  for (std::string_view const alert : decision.alerts) sheet.add("alert", alert);
  for (std::string_view const alert : decision.open_alerts) sheet.add("alert", fmt::format("possibly: {}", alert));
  sheet.add("suggested", names_of(decision.suggest, service));
  for (std::string_view const note : decision.notes) sheet.add("note", note);
  if (decision.reassess_on) sheet.add("reassess", to_string(*decision.reassess_on));
}

void add_placement(Sheet& sheet, Ruleset const& rules, Decision const& decision) {
  bool const moves = decision.move != Move::discharge && decision.move != Move::none;
  if (!moves || decision.placement == decision.next) return;
  if (!decision.placement) return sheet.add("placed", "nowhere for sure: see which levels have a place");
  auto const service = [&](ServiceId id) { return rules.service(id).name; };
  std::string const lacking = names_of(decision.lacking, service);
  sheet.add("placed", fmt::format("{} meanwhile{}{}", level_in_words(rules, *decision.placement),
                                  lacking.empty() ? "" : ", without ", lacking));
}

}  // namespace

std::string move_in_words(Ruleset const& rules, Decision const& decision) {
  std::string const level = level_in_words(rules, decision.next);
  switch (decision.move) {
    case Move::admit:
      return "admit to " + level;
    case Move::step_up:
      return "step up to " + level;
    case Move::stay:
      return "stay at " + level;
    case Move::step_down:
      return "step down to " + level;
    case Move::discharge:
      return "discharge";
    case Move::none:
      return "no move";
  }
  return {};
}

std::string names(Ruleset const& rules, LevelSet const& levels) {
  std::vector<std::string> names;
  if (levels.none) names.emplace_back("none");
  for (std::size_t i = 0; i < rules.level_count(); ++i)
    if (LevelId const level{static_cast<std::int8_t>(i)}; levels.contains(level))
      names.emplace_back(rules.level(level).name);
  return join(names);
}

std::string name_and_label(Ruleset const& rules, Question const& question) {
  InputInfo const input = rules.input(question.input);
  return fmt::format("{}{}", question.previous ? "previous " : "", with_label(input.name, input.label));
}

std::string brief_text(Ruleset const& rules, Decision const& decision, std::string_view who) {
  std::string const move = move_in_words(rules, decision);
  if (decision.status == DecisionStatus::determined) return fmt::format("{}: {}\n", who, move);
  return fmt::format("{}: not determined yet; provisionally {}\n", who, move);
}

std::string refusal_text(std::vector<Refusal> const& refusals, std::string_view who) {
  std::string text = fmt::format("{}: refused\n", who);
  for (Refusal const& refusal : refusals)
    fmt::format_to(std::back_inserter(text), "  {:<11} {}{}{}\n", refusal.code, refusal.path,
                   refusal.path.empty() ? "" : ": ", refusal.message);
  return text;
}

std::string decision_text(Ruleset const& rules, Explanation const& explanation, std::string_view who) {
  Decision const& decision = explanation.decision;
  if (decision.status == DecisionStatus::refused) return refusal_text(decision.refusals, who);
  std::string heading = brief_text(rules, decision, who);
  heading.pop_back();
  Sheet sheet(std::move(heading));
  sheet.add("indicated", level_in_words(rules, decision.indicated));
  if (decision.plan && decision.plan->size() > 1)
    sheet.add("plan", names_of(*decision.plan, [&](LevelId id) { return rules.level(id).name; }));
  if (decision.status == DecisionStatus::undetermined) sheet.add("possible", names(rules, decision.possible_next));
  add_placement(sheet, rules, decision);
  add_marks(sheet, rules, decision);
  add_reasons(sheet, explanation);
  add_unknown(sheet, rules, decision);
  add_advice(sheet, rules, decision);
  return sheet.text();
}

}  // namespace carestep::cli

#include <algorithm>
#include <bit>
#include <string_view>

#include "eval/conflict.hpp"
#include "eval/findings.hpp"

namespace carestep::eval {
namespace {

using program::Program;

/// The order in which a provisional decision is chosen: most intensive next level, then indicated level, then the first
/// kind of move.
auto rank(Outcome const& o) {
  return std::tuple(o.next, o.indicated, -static_cast<int>(o.move));
}

LevelId level_id(std::int8_t index) {
  return {index};
}

/// What the completions that share the provisional decision have in common.
struct Shared {
  Outcome outcome;  // of one of them
  MarkSet marks;
  LevelMask admissible = 0;
  LevelMask fails_admission = 0;
  LevelMask fails_stay = 0;
  bool plan_agrees = true;
  bool placement_agrees = true;
  std::int32_t reassess = -1;
};

Shared shared_by_provisional(std::vector<Outcome> const& outcomes) {
  auto const best = std::max_element(outcomes.begin(), outcomes.end(),
                                     [](Outcome const& a, Outcome const& b) { return rank(a) < rank(b); });
  Shared shared{*best, marks_of(*best), best->admissible, best->fails_admission, best->fails_stay, true, true, -1};
  for (Outcome const& o : outcomes) {
    if (rank(o) != rank(*best)) continue;
    shared.marks.bits &= marks_of(o).bits;
    shared.admissible &= o.admissible;
    shared.fails_admission &= o.fails_admission;
    shared.fails_stay &= o.fails_stay;
    shared.plan_agrees = shared.plan_agrees && o.plan == best->plan;
    shared.placement_agrees = shared.placement_agrees && o.placement == best->placement;
    if (o.reassess >= 0 && (shared.reassess < 0 || o.reassess < shared.reassess)) shared.reassess = o.reassess;
  }
  return shared;
}

void possible_levels(std::vector<Outcome> const& outcomes, Decision& decision) {
  auto const add = [](LevelSet& set, std::int8_t level) {
    if (level == no_level_index)
      set.none = true;
    else
      set.bits |= bit(level);
  };
  for (Outcome const& o : outcomes) {
    add(decision.possible_next, o.next);
    add(decision.possible_indicated, o.indicated);
  }
}

/// Each once, in the order of declaration.
void add_once(std::vector<std::string_view>& list, std::string const& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.emplace_back(text);
}

void rules_and_advice(Program const& program, Findings const& findings, Decision& decision) {
  decision.active.assign(findings.active.begin(), findings.active.end());
  decision.open.assign(findings.open.begin(), findings.open.end());
  for (RuleId const active : findings.active) {
    ir::Rule const& rule = program.model->rules[active.index];
    for (ir::Index const service : rule.suggests)
      if (ServiceId const id{service};
          std::find(decision.suggest.begin(), decision.suggest.end(), id) == decision.suggest.end())
        decision.suggest.push_back(id);
    for (std::string const& alert : rule.alerts) add_once(decision.alerts, alert);
    for (std::string const& note : rule.notes) add_once(decision.notes, note);
  }
  for (RuleId const open : decision.open)
    for (std::string const& alert : program.model->rules[open.index].alerts)
      if (std::find(decision.alerts.begin(), decision.alerts.end(), alert) == decision.alerts.end())
        add_once(decision.open_alerts, alert);
}

void name_conflict(Program const& program, Decision& decision) {
  std::vector<std::uint32_t> rules;
  for (RuleId const rule : decision.active) rules.push_back(rule.index);
  std::vector<std::uint32_t> core = smallest_conflict(program, rules);
  if (core.empty()) {
    // Each completion has a conflict, but not the same one in all: name one that some of them have.
    for (RuleId const rule : decision.open) rules.push_back(rule.index);
    std::sort(rules.begin(), rules.end());
    core = smallest_conflict(program, rules);
  }
  for (std::uint32_t const rule : core) decision.conflict.emplace_back(program.model->rules[rule].name);
}

void name_failing_criteria(Program const& program, Shared const& shared, Decision& decision) {
  for (std::size_t level = 0; level < program.level_count(); ++level) {
    if ((shared.fails_admission & bit(static_cast<int>(level))) != 0) decision.conflict.emplace_back(program.admit_names[level]);
    if ((shared.fails_stay & bit(static_cast<int>(level))) != 0) decision.conflict.emplace_back(program.continue_names[level]);
  }
}

void placement(Program const& program, Shared const& shared, Decision& decision) {
  if (!shared.placement_agrees || shared.outcome.placement == no_level_index) return;
  decision.placement = level_id(shared.outcome.placement);
  auto const& there = program.model->levels[static_cast<std::size_t>(shared.outcome.placement)].offers;
  for (ir::Index const service : program.model->levels[static_cast<std::size_t>(shared.outcome.next)].offers)
    if (std::find(there.begin(), there.end(), service) == there.end()) decision.lacking.push_back({service});
}

}  // namespace

void report(Program const& program, Record const& record, Findings const& findings, DecideOptions const& options,
            Decision& decision) {
  auto const first_class = class_of(findings.outcomes.front());
  bool const determined = std::all_of(findings.outcomes.begin(), findings.outcomes.end(),
                                      [&](Outcome const& o) { return class_of(o) == first_class; });
  Shared const shared = shared_by_provisional(findings.outcomes);
  decision.status = determined ? DecisionStatus::determined : DecisionStatus::undetermined;
  decision.move = shared.outcome.move;
  decision.next = level_id(shared.outcome.next);
  decision.indicated = level_id(shared.outcome.indicated);
  decision.marks = shared.marks;
  possible_levels(findings.outcomes, decision);
  if (!findings.broken.empty()) decision.marks.insert(Mark::guarantee_broken);
  if (findings.approximate) decision.marks.insert(Mark::approximate);
  decision.marks.bits |= program.always_marks.bits;
  if (options.brief) return;
  decision.broken_guarantees = findings.broken;
  decision.open_guarantees = findings.open_guarantees;
  decision.admissible.bits = shared.admissible;
  if (shared.plan_agrees) {
    if (!decision.plan) decision.plan.emplace();
    decision.plan->clear();
    for (std::int8_t const level : shared.outcome.plan) decision.plan->push_back(level_id(level));
  }
  if (shared.reassess >= 0) decision.reassess_on = Date{record.date.days + shared.reassess};
  decision.ask = findings.ask;
  decision.assumed = findings.assumed;
  decision.stale = record.stale;
  rules_and_advice(program, findings, decision);
  placement(program, shared, decision);
  if (determined && shared.outcome.conflict) name_conflict(program, decision);
  if (determined && shared.outcome.not_eligible) name_failing_criteria(program, shared, decision);
}

}  // namespace carestep::eval

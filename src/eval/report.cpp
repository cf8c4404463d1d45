#include "eval/report.hpp"

#include <algorithm>
#include <bit>
#include <string_view>

#include "eval/conflict.hpp"

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

void name_conflict(Program const& program, Decision& decision) {
  SmallConflict const small(program, decision.active);
  for (RuleId const rule : small.rules()) decision.conflict.emplace_back(program.model->rules[rule.index].name);
  if (!small.rules().empty()) return;
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

void name_failing_criteria(Program const& program, LevelMask admission, LevelMask stay, Decision& decision) {
  for (std::size_t level = 0; level < program.level_count(); ++level) {
    if ((admission & bit(static_cast<int>(level))) != 0) decision.conflict.emplace_back(program.admit_names[level]);
    if ((stay & bit(static_cast<int>(level))) != 0) decision.conflict.emplace_back(program.continue_names[level]);
  }
}

void place(Program const& program, Outcome const& outcome, Decision& decision) {
  if (outcome.placement == no_level_index) return;
  decision.placement = level_id(outcome.placement);
  if (outcome.placement == outcome.next) return;
  auto const& there = program.model->levels[static_cast<std::size_t>(outcome.placement)].offers;
  for (ir::Index const service : program.model->levels[static_cast<std::size_t>(outcome.next)].offers)
    if (std::find(there.begin(), there.end(), service) == there.end()) decision.lacking.push_back({service});
}

void plan(Plan const& levels, Decision& decision) {
  if (!decision.plan) decision.plan.emplace();
  decision.plan->clear();
  for (std::int8_t const level : levels) decision.plan->push_back(level_id(level));
}

}  // namespace

void advise(Program const& program, Decision& decision) {
  for (RuleId const active : decision.active) {
    if (!program.rules[active.index].advises) continue;
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
  if (shared.plan_agrees)
    plan(shared.outcome.plan, decision);
  else
    decision.plan.reset();
  if (shared.reassess >= 0) decision.reassess_on = Date{record.date.days + shared.reassess};
  decision.ask = findings.ask;
  decision.assumed = findings.assumed;
  decision.stale = record.stale;
  decision.active.assign(findings.active.begin(), findings.active.end());
  decision.open.assign(findings.open.begin(), findings.open.end());
  advise(program, decision);
  if (shared.placement_agrees) place(program, shared.outcome, decision);
  if (determined && shared.outcome.conflict) name_conflict(program, decision);
  if (determined && shared.outcome.not_eligible) name_failing_criteria(program, shared.fails_admission, shared.fails_stay, decision);
}

void report_one(Program const& program, Outcome const& outcome, Date day, Decision& decision) {
  auto const only = [](std::int8_t level) {
    return level == no_level_index ? LevelSet{0, true} : LevelSet{bit(level), false};
  };
  decision.status = DecisionStatus::determined;
  decision.move = outcome.move;
  decision.next = level_id(outcome.next);
  decision.indicated = level_id(outcome.indicated);
  decision.marks = marks_of(outcome);
  decision.marks.bits |= program.always_marks.bits;
  if (!decision.broken_guarantees.empty()) decision.marks.insert(Mark::guarantee_broken);
  decision.possible_next = only(outcome.next);
  decision.possible_indicated = only(outcome.indicated);
  decision.admissible.bits = outcome.admissible;
  plan(outcome.plan, decision);
  if (outcome.reassess >= 0) decision.reassess_on = Date{day.days + outcome.reassess};
  advise(program, decision);
  place(program, outcome, decision);
  if (outcome.conflict) name_conflict(program, decision);
  if (outcome.not_eligible) name_failing_criteria(program, outcome.fails_admission, outcome.fails_stay, decision);
}

}  // namespace carestep::eval

#pragma once

#include <carestep/ruleset.hpp>

#include "eval/findings.hpp"
#include "program/program.hpp"

namespace carestep::eval {

/// Empties a decision, but for its plan; its lists keep their memory.
inline void clear_all_but_plan(Decision& decision) {
  static_cast<BriefDecision&>(decision) = {};
  decision.admissible = {};
  decision.ask.clear();
  decision.active.clear();
  decision.open.clear();
  decision.suggest.clear();
  decision.alerts.clear();
  decision.open_alerts.clear();
  decision.notes.clear();
  decision.reassess_on.reset();
  decision.assumed.clear();
  decision.stale.clear();
  decision.conflict.clear();
  decision.broken_guarantees.clear();
  decision.open_guarantees.clear();
  decision.placement.reset();
  decision.lacking.clear();
  decision.refusals.clear();
}

inline void clear(Decision& decision) {
  clear_all_but_plan(decision);
  if (decision.plan) decision.plan->clear();
}

/// Section 7: the decision that the findings come to.
void report(program::Program const& program, Record const& record, Findings const& findings,
            DecideOptions const& options, Decision& decision);

/// The decision of the one completion that there is. `decision` is clear but for its active rules and broken
/// guarantees.
void report_one(program::Program const& program, Outcome const& outcome, Date day, Decision& decision);

/// What the active and open rules suggest, alert of and note, each once, in the order of declaration.
void advise(program::Program const& program, Decision& decision);

}  // namespace carestep::eval

#include "analyze/diff.hpp"

#include <carestep/analysis.hpp>

#include "analyze/shown.hpp"
#include "api/ruleset_state.hpp"
#include "data/write_assessment.hpp"

namespace carestep {
namespace {

WhichRuleset identity(Ruleset const& rules) {
  return {std::string(rules.name()), std::string(rules.version()), std::string(rules.status()),
          std::string(rules.sha256())};
}

analyze::Renames renames(DiffOptions const& options) {
  analyze::Renames names;
  for (Renamed const& one : options.inputs) names.inputs[one.older] = one.newer;
  for (Renamed const& one : options.levels) names.levels[one.older] = one.newer;
  return names;
}

DeclarationChanges shown(analyze::Declared const& declared) {
  DeclarationChanges changes{declared.added, declared.removed, {}};
  for (std::size_t i = 0; i < declared.changed.size(); ++i)
    changes.changed.push_back({declared.changed[i], declared.changes[i]});
  return changes;
}

std::optional<ShownPatient> shown(Ruleset const& rules, analyze::Witness const& witness) {
  if (!witness.assessment) return std::nullopt;
  return ShownPatient{*witness.assessment, data::write_assessment(*witness.assessment, {}),
                      analyze::patient_words(*witness.assessment),
                      analyze::decision_words(*RulesetAccess::state(rules).model, witness.evaluation->decision)};
}

}  // namespace

DiffReport diff(Ruleset const& older, Ruleset const& newer, DiffOptions const& options) {
  analyze::Match const match =
      analyze::match(RulesetAccess::state(older).program, RulesetAccess::state(newer).program, renames(options));
  DiffReport report;
  report.older = identity(older);
  report.newer = identity(newer);
  report.verdict = DiffVerdict::gave_up;
  report.inputs = shown(match.inputs);
  report.levels = shown(match.level_changes);
  try {
    analyze::Difference const found = analyze::difference(match, options.limits, options.conditions);
    report.verdict = found.changes.empty() ? DiffVerdict::same : DiffVerdict::different;
    report.changed = analyze::tally_of(found.changed, found.of);
    report.condition = found.condition.words;
    report.condition_kind = found.condition.kind;
    report.counted = found.counted;
    for (analyze::Change const& change : found.changes)
      report.changes.push_back({change.kind.aspect, change.kind.from, change.kind.to,
                                analyze::tally_of(change.count, found.of), shown(older, change.example[0]),
                                shown(newer, change.example[1]), change.condition.words, change.condition.kind});
  } catch (diagram::OverBudget const&) {
    // Nothing is known: the report says so.
  } catch (analyze::NotConfirmed const&) {
    report.changes.clear();  // nothing is shown that both evaluators do not confirm
    report.verdict = DiffVerdict::gave_up;
  }
  return report;
}

}  // namespace carestep

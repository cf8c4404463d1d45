#include <fmt/format.h>

#include "analyze/prove.hpp"
#include "ir/words.hpp"

namespace carestep::analyze {
namespace {

/// Something that holds for some and not for others: a rule, row, leaf, line or criterion.
struct LivePart {
  std::string what;  // `the rule`
  std::string name;
  std::string label;
  Span at;
  program::Slot holds = 0;
  bool has_condition = true;
};

bool has_words(ir::Clause const& clause) {
  return !clause.parts.empty() || !ir::words(clause).empty();
}

std::vector<LivePart> live_parts(Prover& prover) {
  ir::Model const& model = prover.model();
  program::Program const& program = prover.program();
  std::vector<LivePart> parts;
  for (std::size_t i = 0; i < model.rules.size(); ++i) {
    ir::Rule const& rule = model.rules[i];
    std::string const what = rule.origin == ir::RuleOrigin::rule  ? "the rule"
                             : rule.origin == ir::RuleOrigin::row ? "the row"
                                                                  : "the leaf";
    parts.push_back({what, rule.name, rule.label, rule.at, program.rules[i].active,
                     has_words(rule.when) || has_words(rule.unless)});
  }
  for (std::size_t i = 0; i < model.criteria.size(); ++i) {
    ir::Criterion const& criterion = model.criteria[i];
    std::string const words = ir::words(model, criterion);
    parts.push_back({"the criterion", criterion.name.empty() ? words : criterion.name, words, criterion.at,
                     program.criteria[i].holds, has_words(criterion.when)});
  }
  for (ir::StepLine const& line : model.steps)
    parts.push_back({"the line", line.words, "", line.at, program.slot_of_node[line.when.node], has_words(line.when)});
  for (ir::DischargeLine const& line : model.discharges)
    parts.push_back({"the line", line.words, "", line.at, program.slot_of_node[line.when.node], has_words(line.when)});
  return parts;
}

/// Counts the profiles that do activate it.
Finding ask_dead(Prover& prover, LivePart const& part) {
  Analysis& analysis = prover.analysis();
  Region const region{analysis.reads({part.holds}), [&](World& world) { return world.space.condition(part.holds); }};
  Found const found = analysis.tally(region);
  Finding finding = counted(found, region.reads);
  if (found.count == 0) {
    finding.verdict = Verdict::refuted;
    finding.sentence = part.what + " is never active: {}";
  } else if (part.has_condition && found.count == found.of) {
    finding.verdict = Verdict::refuted;
    finding.sentence = part.what + " has a condition, and is active all the same for {}";
    finding.example = replay(analysis, *found.smallest, region.reads, [&](eval::Evaluation const& evaluation) {
      return evaluation.bounds[part.holds].low != 0;
    });
  }
  return finding;
}

}  // namespace

void prove_dead(Prover& prover) {
  for (LivePart const& part : live_parts(prover))
    prover.examine({Check::dead, part.name, part.label, part.at}, [&] { return ask_dead(prover, part); });
}

}  // namespace carestep::analyze

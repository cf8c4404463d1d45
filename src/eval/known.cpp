#include "eval/known.hpp"

#include <algorithm>
#include <functional>

#include "eval/glance.hpp"
#include "eval/move.hpp"
#include "eval/report.hpp"
#include "eval/values.hpp"
#include "program/assessment_access.hpp"

namespace carestep::eval {
namespace {

using program::AnswerCode;
using program::Boxes;
using program::ConditionId;
using program::Held;
using program::Program;

/// A condition that is several boxes may be found more than once.
template <class Id>
void in_order(std::vector<Id>& ids) {
  if (std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>{}) == ids.end()) return;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

/// What the conditions that hold come to, where everything that decisions read is known: the standing, the active
/// rules, and in `scratch.whenever` the guarantees whose condition holds.
template <class CodeType>
Known hold(Program const& program, CodeType const* codes, Scratch& scratch, std::vector<RuleId>& active, Held& held) {
  Boxes const& boxes = program.boxes;
  scratch.cells.resize(boxes.cell_total);
  if (!find_cells(boxes, codes, scratch.cells.data())) return Known::incomplete;
  held = program.start[static_cast<std::size_t>(codes[ir::current_level_var])];
  active.clear();
  for (std::uint32_t const rule : program.always_active) active.push_back({rule});
  scratch.whenever = program.always_guaranteed;
  scan(program, codes, scratch.values, scratch.cells.data(), [&](ConditionId id) {
    if (program::is_rule(boxes, id)) {
      RuleId const rule{id - boxes.rules};
      program::activate(held.standing, program.rules[rule.index]);
      if (active.empty() || active.back() != rule) active.push_back(rule);
    } else if (id >= boxes.guarantees) {
      scratch.whenever.push_back(id - boxes.guarantees);
    } else {
      program::take_other(program, id, held);
    }
  });
  if (held.impossible != Held::nothing) return Known::impossible;
  settle_criteria(program, held);
  if (!held.standing.applies) active.clear();
  in_order(active);
  return Known::found;
}

void find_broken(Program const& program, Scratch const& scratch, Outcome const& outcome, LevelMask unavailable,
                 std::vector<GuaranteeId>& broken) {
  broken.clear();
  for (std::uint32_t const i : scratch.whenever)
    if (breaks(outcome, program.guarantees[i], unavailable)) broken.push_back({i});
  in_order(broken);
}

}  // namespace

template <class CodeType>
bool assumes(Program const& program, CodeType const* codes) {
  return std::any_of(program.assumable_inputs.begin(), program.assumable_inputs.end(), [&](std::uint32_t i) {
    program::InputForm const& form = program.forms[i];
    CodeType const* const first = codes + form.first_var;
    return std::all_of(first, first + form.width, [](CodeType code) { return code == unknown_code; });
  });
}

Seen seen_codes_otherwise(Program const& program, Assessment const& assessment, Scratch& scratch) {
  std::span<AnswerCode const> const codes = AssessmentAccess::codes(assessment);
  if (Told const* const told = AssessmentAccess::told(assessment))
    for (std::uint32_t const input : program.dated_inputs)
      if (told->answered_on[input] >= 0) return {};
  scratch.seen.assign(codes.begin(), codes.end());
  if (codes[ir::current_level_var] == 0) scratch.seen[ir::days_in_level_var] = 0;
  bool const alike = AssessmentAccess::previous(assessment) == Assessment::Previous::none;
  if (alike)
    for (program::InputForm const& form : program.forms)
      if (form.first_previous_var != 0)
        std::copy_n(scratch.seen.begin() + form.first_var, form.width, scratch.seen.begin() + form.first_previous_var);
  return {scratch.seen.data(), alike};
}

template <class CodeType>
Known find_known(Program const& program, CodeType const* codes, LevelMask unavailable, Scratch& scratch,
                 Findings& findings) {
  Held held;
  Known const known = hold(program, codes, scratch, findings.active, held);
  if (known != Known::found) return known;
  findings.open.clear();
  findings.outcomes.assign(1, decide_move(program, held.standing, unavailable));
  find_broken(program, scratch, findings.outcomes[0], unavailable, findings.broken);
  findings.open_guarantees.clear();
  return Known::found;
}

template <class CodeType>
Known decide_known(Program const& program, CodeType const* codes, Date day, LevelMask unavailable, Scratch& scratch,
                   Decision& decision, std::size_t& impossible) {
  if (Glance seen; unavailable == 0 && glance(program, codes, seen)) {
    report_rules(program, seen, static_cast<AnswerCode>(codes[ir::current_level_var]), day, decision);
    return Known::found;
  }
  Held held;
  Known const known = hold(program, codes, scratch, decision.active, held);
  if (known == Known::impossible) impossible = held.impossible;
  if (known != Known::found) return known;
  Outcome const outcome = decide_move(program, held.standing, unavailable);
  find_broken(program, scratch, outcome, unavailable, decision.broken_guarantees);
  report_one(program, outcome, day, decision);
  return Known::found;
}

template bool assumes(Program const&, std::int64_t const*);
template bool assumes(Program const&, AnswerCode const*);
template Known find_known(Program const&, std::int64_t const*, LevelMask, Scratch&, Findings&);
template Known decide_known(Program const&, std::int64_t const*, Date, LevelMask, Scratch&, Decision&, std::size_t&);
template Known decide_known(Program const&, AnswerCode const*, Date, LevelMask, Scratch&, Decision&, std::size_t&);

}  // namespace carestep::eval

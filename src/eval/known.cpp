#include "eval/known.hpp"

#include <algorithm>
#include <functional>

#include "eval/scan.hpp"
#include "eval/values.hpp"
#include "program/assessment_access.hpp"

namespace carestep::eval {
namespace {

using program::Boxes;
using program::ConditionId;
using program::Held;
using program::Program;

void mark(Outcome const& o, MarkSet& marks) {
  auto const put = [&](bool holds, Mark one) {
    marks.bits = static_cast<std::uint16_t>(marks.bits | (holds ? 1U : 0U) << static_cast<unsigned>(one));
  };
  put(o.not_applicable, Mark::not_applicable);
  put(o.conflict, Mark::conflict);
  put(o.not_eligible, Mark::not_eligible);
  put(o.by_default, Mark::by_default);
  put(o.held, Mark::held);
  put(o.off_pathway, Mark::off_pathway);
}

/// Outcomes of completions, added up to the brief decision.
class Sum {
 public:
  Sum(Program const& program, LevelMask unavailable) : program_(program), unavailable_(unavailable) {}

  void add(Held const& held) {
    Outcome const outcome = decide_move(program_, held.standing, unavailable_);
    broken_ &= broken(held, outcome);
    add_level(brief_.possible_next, outcome.next);
    add_level(brief_.possible_indicated, outcome.indicated);
    MarkSet marks;
    mark(outcome, marks);
    auto const rank = std::tuple(outcome.next, outcome.indicated, -static_cast<int>(outcome.move));
    if (empty_) {
      first_ = class_of(outcome);
      take(outcome, marks);
    } else {
      differ_ = differ_ || class_of(outcome) != first_;
      auto const best = std::tuple(brief_.next.index, brief_.indicated.index, -static_cast<int>(brief_.move));
      if (rank > best) take(outcome, marks);
      if (rank == best) brief_.marks.bits &= marks.bits;
    }
    empty_ = false;
  }

  [[nodiscard]] bool empty() const { return empty_; }
  [[nodiscard]] BriefDecision result() const {
    BriefDecision brief = brief_;
    brief.status = differ_ ? DecisionStatus::undetermined : DecisionStatus::determined;
    if (broken_ != 0) brief.marks.insert(Mark::guarantee_broken);
    if (program_.model->status == ast::Status::draft) brief.marks.insert(Mark::draft);
    return brief;
  }

 private:
  void take(Outcome const& outcome, MarkSet marks) {
    brief_.move = outcome.move;
    brief_.next = {outcome.next};
    brief_.indicated = {outcome.indicated};
    brief_.marks = marks;
  }

  static void add_level(LevelSet& set, std::int8_t level) {
    if (level == no_level_index)
      set.none = true;
    else
      set.bits |= bit(level);
  }

  [[nodiscard]] std::uint64_t broken(Held const& held, Outcome const& outcome) const {
    std::uint64_t all = 0;
    for (std::uint64_t rest = held.whenever; rest != 0; rest &= rest - 1) {
      auto const i = static_cast<std::size_t>(std::countr_zero(rest));
      if (breaks(outcome, program_.guarantees[i], unavailable_)) all |= rest & (~rest + 1);
    }
    return all;
  }

  Program const& program_;
  LevelMask unavailable_;
  BriefDecision brief_;
  DecisionClass first_;
  std::uint64_t broken_ = ~std::uint64_t{0};
  bool empty_ = true;
  bool differ_ = false;
};

Held held_by(Program const& program, std::int64_t const* codes, std::int64_t level, std::vector<std::int64_t>& values,
             Cells cells) {
  Held held = program.start[static_cast<std::size_t>(level)];
  scan(program, codes, values, cells, [&](ConditionId id) { take(program, id, held); });
  settle_criteria(program, held);
  return held;
}

/// Walks through the cells of every unknown variable.
class Completions {
 public:
  static constexpr std::size_t most = 512;

  /// False where there are too many, or codes cannot stand for one another.
  bool open(Boxes const& boxes, std::int64_t const* codes) {
    std::size_t product = 1;
    for (std::uint32_t i = 0; i < boxes.variables.size(); ++i) {
      Boxes::Variable const& variable = boxes.variables[i];
      if (codes[variable.var] >= 0) continue;
      if (count_ == places_.size() || (variable.counts_codes && variable.cells != Boxes::Cells::direct)) return false;
      product *= variable.cell_count;
      if (product > most) return false;
      places_[count_++] = i;
    }
    return true;
  }

  [[nodiscard]] bool next(Boxes const& boxes, Cells cells) {
    for (std::size_t i = 0; i < count_; ++i) {
      std::uint32_t& cell = cells[places_[i]];
      if (++cell < boxes.variables[places_[i]].cell_count) return true;
      cell = 0;
    }
    return false;
  }

  void begin(Cells cells) const {
    for (std::size_t i = 0; i < count_; ++i) cells[places_[i]] = 0;
  }

  /// A code of each present cell.
  void fill(Boxes const& boxes, Cells cells, std::int64_t* codes) const {
    for (std::size_t i = 0; i < count_; ++i) {
      Boxes::Variable const& variable = boxes.variables[places_[i]];
      codes[variable.var] = boxes.cell_starts[variable.starts + cells[places_[i]]];
    }
  }

 private:
  std::array<std::uint32_t, 9> places_{};  // two cells at least each: more would be too many
  std::size_t count_ = 0;
};

std::optional<BriefDecision> brief_of_completions(Program const& program, std::int64_t const* codes, LevelMask unavailable,
                                                  Scratch& scratch) {
  Boxes const& boxes = program.boxes;
  if (assumes(program, codes)) return std::nullopt;
  Completions completions;
  if (!completions.open(boxes, codes)) return std::nullopt;
  scratch.codes.assign(codes, codes + program.model->variables.size());
  Cells const cells = scratch.cells.data();
  completions.begin(cells);
  Sum sum(program, unavailable);
  do {
    completions.fill(boxes, cells, scratch.codes.data());
    std::int64_t const level = scratch.codes[ir::current_level_var];
    if (level == 0 && scratch.codes[ir::days_in_level_var] > 0) continue;  // nobody outside care has days in a level
    Held const held = held_by(program, scratch.codes.data(), level, scratch.values, cells);
    if (held.impossible == Held::nothing) sum.add(held);
  } while (completions.next(boxes, cells));
  if (sum.empty()) return std::nullopt;
  return sum.result();
}

/// A condition that is several boxes may be found more than once.
template <class Id>
void in_order(std::vector<Id>& ids) {
  if (std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>{}) == ids.end()) return;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

bool assumes(Program const& program, std::int64_t const* codes) {
  return std::any_of(program.assumable_inputs.begin(), program.assumable_inputs.end(), [&](std::uint32_t i) {
    ir::Input const& input = program.model->inputs[i];
    std::int64_t const* const first = codes + input.first_var;
    return std::all_of(first, first + input.width, [](std::int64_t code) { return code == unknown_code; });
  });
}

std::int64_t const* plain_codes(Program const& program, Assessment const& assessment) {
  std::vector<std::int32_t> const& answered_on = AssessmentAccess::answered_on(assessment);
  for (std::uint32_t const input : program.dated_inputs)
    if (answered_on[input] >= 0) return nullptr;
  if (program.reads_previous && AssessmentAccess::previous(assessment) == Assessment::Previous::none) return nullptr;
  std::vector<std::int64_t> const& codes = AssessmentAccess::codes(assessment);
  if (program.boxes.reads_days && codes[ir::current_level_var] == 0 && codes[ir::days_in_level_var] != 0)
    return nullptr;
  return codes.data();
}

Known find_known(Program const& program, std::int64_t const* codes, LevelMask unavailable, Scratch& scratch,
                 Findings& findings) {
  Boxes const& boxes = program.boxes;
  scratch.cells.resize(boxes.cell_total);
  if (!find_cells(boxes, codes, scratch.cells.data())) return Known::incomplete;
  Held held = program.start[static_cast<std::size_t>(codes[ir::current_level_var])];
  findings.active.clear();
  for (std::uint32_t const rule : program.always_active) findings.active.push_back({rule});
  scratch.whenever = program.always_guaranteed;
  scan(program, codes, scratch.values, scratch.cells.data(), [&](ConditionId id) {
    if (program::is_rule(boxes, id)) {
      RuleId const rule{id - boxes.rules};
      program::activate(held.standing, program.rules[rule.index]);
      if (findings.active.empty() || findings.active.back() != rule) findings.active.push_back(rule);
    } else if (id >= boxes.guarantees) {
      scratch.whenever.push_back(id - boxes.guarantees);
    } else {
      program::take_other(program, id, held);
    }
  });
  if (held.impossible != Held::nothing) {
    findings.impossible = held.impossible;
    return Known::impossible;
  }
  settle_criteria(program, held);
  if (!held.standing.applies) findings.active.clear();
  in_order(findings.active);
  findings.open.clear();
  findings.outcomes.assign(1, decide_move(program, held.standing, unavailable));
  findings.broken.clear();
  findings.open_guarantees.clear();
  for (std::uint32_t const i : scratch.whenever)
    if (breaks(findings.outcomes[0], program.guarantees[i], unavailable)) findings.broken.push_back({i});
  in_order(findings.broken);
  return Known::found;
}

std::optional<BriefDecision> find_brief(Program const& program, std::int64_t const* codes, LevelMask unavailable,
                                        Scratch& scratch, bool complete) {
  if (program.guarantees.size() > 64) return std::nullopt;
  scratch.cells.resize(program.boxes.cell_total);
  if (!find_cells(program.boxes, codes, scratch.cells.data()))
    return complete ? brief_of_completions(program, codes, unavailable, scratch) : std::nullopt;
  Held const held = held_by(program, codes, codes[ir::current_level_var], scratch.values, scratch.cells.data());
  if (held.impossible != Held::nothing) return std::nullopt;
  Sum sum(program, unavailable);
  sum.add(held);
  return sum.result();
}

}  // namespace carestep::eval

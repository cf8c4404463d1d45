#include "eval/known.hpp"

#include <algorithm>
#include <functional>

#include "eval/move.hpp"
#include "eval/scan.hpp"
#include "eval/values.hpp"
#include "program/assessment_access.hpp"

namespace carestep::eval {
namespace {

using program::AnswerCode;
using program::Boxes;
using program::ConditionId;
using program::Held;
using program::Program;

std::uint64_t broken_by(Program const& program, std::uint64_t whenever, Outcome const& outcome, LevelMask unavailable) {
  std::uint64_t broken = 0;
  for (std::uint64_t rest = whenever; rest != 0; rest &= rest - 1)
    if (breaks(outcome, program.guarantees[static_cast<std::size_t>(std::countr_zero(rest))], unavailable))
      broken |= rest & (~rest + 1);
  return broken;
}

/// Outcomes of completions, added up to the brief decision.
class Sum {
 public:
  Sum(Program const& program, LevelMask unavailable) : program_(program), unavailable_(unavailable) {}

  void add(Standing const& standing, std::uint64_t whenever) {
    Outcome const outcome = decide_move(program_, standing, unavailable_);
    broken_ &= broken_by(program_, whenever, outcome, unavailable_);
    add_level(brief_.possible_next, outcome.next);
    add_level(brief_.possible_indicated, outcome.indicated);
    MarkSet const marks = marks_of(outcome);
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
    brief.marks.bits |= program_.always_marks.bits;
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

  Program const& program_;
  LevelMask unavailable_;
  BriefDecision brief_;
  DecisionClass first_;
  std::uint64_t broken_ = ~std::uint64_t{0};
  bool empty_ = true;
  bool differ_ = false;
};

template <class CodeType>
Held held_by(Program const& program, CodeType const* codes, std::int64_t level, std::vector<std::int64_t>& values,
             Cells cells) {
  Held held = program.start[static_cast<std::size_t>(level)];
  scan(program, codes, values, cells, [&](ConditionId id) { take(program, id, held); });
  settle_criteria(program, held);
  return held;
}

/// Where only rules narrow the levels, the standing of someone for whom these boxes hold; else false.
[[gnu::always_inline]] inline bool stand(Boxes const& boxes, std::uint64_t left, Standing& s) {
  s.admits = admitted(boxes, left);
  s.narrows = s.narrows || (left & boxes.narrowing_boxes) != 0;
  return s.admits != 0 && (left & boxes.other_boxes) == 0;
}

/// What holds by the boxes of a single word.
Held held_by(Program const& program, std::uint64_t left, std::int64_t level) {
  Held held = program.start[static_cast<std::size_t>(level)];
  for (left &= ~Boxes::known; left != 0; left &= left - 1)
    take(program, program.boxes.owner[static_cast<std::size_t>(std::countr_zero(left))], held);
  settle_criteria(program, held);
  return held;
}

[[gnu::always_inline]] inline LevelSet set_of(std::int8_t level) {
  return level == no_level_index ? LevelSet{0, true} : LevelSet{bit(level), false};
}

/// The brief decision of one completion.
[[gnu::always_inline]] inline BriefDecision brief_of(Program const& program, Standing const& standing,
                                                     std::uint64_t whenever, LevelMask unavailable) {
  Outcome const o = decide_move(program, standing, unavailable);
  BriefDecision brief{.status = DecisionStatus::determined,
                      .move = o.move,
                      .next = {o.next},
                      .indicated = {o.indicated},
                      .marks = marks_of(o),
                      .possible_next = set_of(o.next),
                      .possible_indicated = set_of(o.indicated)};
  brief.marks.bits |= program.always_marks.bits;
  if (whenever != 0 && broken_by(program, whenever, o, unavailable) != 0) brief.marks.insert(Mark::guarantee_broken);
  return brief;
}

/// Walks through the cells of every unknown variable.
class Completions {
 public:
  static constexpr std::size_t most = 512;

  /// False where there are too many, or codes cannot stand for one another.
  template <class CodeType>
  bool open(Boxes const& boxes, CodeType const* codes) {
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

template <class CodeType>
bool brief_of_completions(Program const& program, CodeType const* codes, LevelMask unavailable, Scratch& scratch,
                          BriefDecision& brief) {
  Boxes const& boxes = program.boxes;
  scratch.cells.resize(boxes.cell_total);
  find_cells(boxes, codes, scratch.cells.data());
  Completions completions;
  if (!completions.open(boxes, codes)) return false;
  scratch.codes.assign(codes, codes + program.model->variables.size());
  Cells const cells = scratch.cells.data();
  completions.begin(cells);
  Sum sum(program, unavailable);
  do {
    completions.fill(boxes, cells, scratch.codes.data());
    std::int64_t const level = scratch.codes[ir::current_level_var];
    if (level == 0 && scratch.codes[ir::days_in_level_var] > 0) continue;  // nobody outside care has days in a level
    Held const held = held_by(program, scratch.codes.data(), level, scratch.values, cells);
    if (held.impossible == Held::nothing) sum.add(held.standing, held.whenever);
  } while (completions.next(boxes, cells));
  if (sum.empty()) return false;
  brief = sum.result();
  return true;
}

/// The completions of a table that is a single word: the rows of what is known are one AND, and each unknown answer
/// chooses among the different rows that it may have.
class Choices {
 public:
  static constexpr std::size_t most = 4096;

  /// False where there are too many.
  template <class CodeType>
  bool open(Boxes const& boxes, CodeType const* codes) {
    boxes_ = &boxes;
    left_[0] = boxes.all_boxes[0];
    for (std::size_t i = 0; i < boxes.choices_of_direct.size(); ++i) {
      Boxes::Look const& one = boxes.direct_looks[i];
      std::int64_t const code = codes[one.var];
      if (code >= 0)
        left_[0] &= boxes.rows[one.rows + static_cast<std::size_t>(code)];
      else if (one.var == ir::current_level_var)
        level_rows_ = boxes.rows.data() + one.rows;
      else if (!leave_open(boxes.choices_of_direct[i]))
        return false;
    }
    for (std::size_t i = 0; i < boxes.table_looks.size(); ++i) {
      Boxes::Look const& one = boxes.table_looks[i];
      std::int64_t const code = codes[one.var];
      if (code >= 0)
        left_[0] &= boxes.rows[one.rows + boxes.cell_of[one.cells + static_cast<std::size_t>(code)]];
      else if (!leave_open(boxes.choices_of_tables[i]))
        return false;
    }
    return true;
  }

  /// Every set of boxes that some completion leaves, for people at this level; a few are found more than once.
  template <class Found>
  void each(std::int64_t level, bool level_known, Found found) {
    seen_count_ = 0;
    std::uint64_t const start = left_[0];
    if (!level_known && level_rows_ != nullptr) left_[0] &= level_rows_[level];
    walk(0, found);
    left_[0] = start;
  }

 private:
  bool leave_open(Boxes::Stretch choices) {
    product_ *= choices.count;
    if (count_ == open_.size() || product_ > most) return false;
    open_[count_++] = choices;
    return true;
  }

  template <class Found>
  void walk(std::size_t depth, Found& found) {
    if (depth == count_) {
      std::uint64_t const left = left_[depth];
      if (std::find(seen_.begin(), seen_.begin() + seen_count_, left) != seen_.begin() + seen_count_) return;
      if (static_cast<std::size_t>(seen_count_) < seen_.size()) seen_[static_cast<std::size_t>(seen_count_++)] = left;
      found(left);
      return;
    }
    Boxes::Stretch const choices = open_[depth];
    for (std::uint32_t i = 0; i < choices.count; ++i) {
      left_[depth + 1] = left_[depth] & boxes_->choices[choices.first + i];
      walk(depth + 1, found);
    }
  }

  Boxes const* boxes_ = nullptr;
  std::array<Boxes::Stretch, 12> open_;
  std::array<std::uint64_t, 13> left_;
  std::size_t count_ = 0;
  std::size_t product_ = 1;
  std::uint64_t const* level_rows_ = nullptr;
  std::array<std::uint64_t, 16> seen_;
  std::ptrdiff_t seen_count_ = 0;
};

/// Likewise, of a single word. Days in a level hang together with the level: they go the other way.
template <class CodeType>
bool brief_of_choices(Program const& program, CodeType const* codes, LevelMask unavailable, BriefDecision& brief) {
  Boxes const& boxes = program.boxes;
  Choices choices;
  if (!choices.open(boxes, codes)) return false;
  std::int64_t const known = codes[ir::current_level_var];
  Sum sum(program, unavailable);
  for (std::int64_t level = std::max<std::int64_t>(known, 0);
       level <= (known >= 0 ? known : static_cast<std::int64_t>(program.level_count())); ++level) {
    if (known < 0 && level == 0 && codes[ir::days_in_level_var] > 0) continue;
    Held const& start = program.start[static_cast<std::size_t>(level)];
    choices.each(level, known >= 0, [&](std::uint64_t left) {
      Standing standing = start.standing;
      if (stand(boxes, left, standing)) return sum.add(standing, start.whenever);
      Held const held = held_by(program, left, level);
      if (held.impossible == Held::nothing) sum.add(held.standing, held.whenever);
    });
  }
  if (sum.empty()) return false;
  brief = sum.result();
  return true;
}

}  // namespace

template <class CodeType>
bool find_brief(Program const& program, CodeType const* codes, LevelMask unavailable, Scratch& scratch,
                bool complete, BriefDecision& brief) {
  if (program.guarantees.size() > 64) return false;
  Boxes const& boxes = program.boxes;
  std::int64_t const level = codes[ir::current_level_var];
  Held held;
  if (boxes.single) {
    std::uint64_t const left = look(boxes, codes);
    if (level < 0 || (left & Boxes::known) == 0) {
      if (!complete || assumes(program, codes)) return false;
      return boxes.reads_days ? brief_of_completions(program, codes, unavailable, scratch, brief)
                              : brief_of_choices(program, codes, unavailable, brief);
    }
    Held const& start = program.start[static_cast<std::size_t>(level)];
    Standing standing = start.standing;
    if (stand(boxes, left, standing)) {
      brief = brief_of(program, standing, start.whenever, unavailable);
      return true;
    }
    held = held_by(program, left, level);
  } else {
    scratch.cells.resize(boxes.cell_total);
    if (!find_cells(program.boxes, codes, scratch.cells.data()))
      return complete && !assumes(program, codes) && brief_of_completions(program, codes, unavailable, scratch, brief);
    held = held_by(program, codes, level, scratch.values, scratch.cells.data());
  }
  if (held.impossible != Held::nothing) return false;
  brief = brief_of(program, held.standing, held.whenever, unavailable);
  return true;
}

template bool find_brief(Program const&, std::int64_t const*, LevelMask, Scratch&, bool, BriefDecision&);
template bool find_brief(Program const&, AnswerCode const*, LevelMask, Scratch&, bool, BriefDecision&);

}  // namespace carestep::eval

#pragma once

// The compiled form of a ruleset: one flat list of operations, kids before parents, and the tables that turn the truth
// of the rules into a decision. One Program serves one record, many records and the exact questions.

#include <carestep/decision.hpp>

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ir/model.hpp"
#include "program/boxes.hpp"
#include "program/input_form.hpp"
#include "program/ready.hpp"
#include "program/standing.hpp"

namespace carestep::program {

/// The code of a variable in an assessment: no variable has more than 2^31 - 1 of them.
using AnswerCode = std::int32_t;
inline constexpr AnswerCode unknown_code = -1;

/// Index of an operation; its value during evaluation stands in the slot of the same number.
using Slot = std::uint32_t;

enum class OpKind : std::uint8_t {
  constant,  // value: 0 or 1
  member,    // bit (code of var) of the mask `value`: a variable of at most 64 codes
  range,     // low <= code of var <= high, in `value` and `step`
  ranges,    // code of var lies in one of the ranges
  at_least,  // number kids[0] >= value
  negation,  //
  all,       //
  any,       //
  count,     // at least `value` of the kids
  number,    // value
  reading,   // value + step * code of var
  sum,       // value + kids
  choose,    // condition, number, …, number
  lowest,    //
  highest,   //
};

struct Op {
  OpKind kind = OpKind::constant;
  std::uint32_t var = 0;
  std::uint32_t first = 0;  // of `kids`, or of `ranges` for OpKind::ranges
  std::uint32_t count = 0;
  std::int64_t value = 0;
  std::int64_t step = 0;
};

struct CriterionTest {
  Slot holds = 0;
  std::uint8_t level = 0;
  bool admit = true;  // else continued stay
};

/// One pair of levels of a step line.
struct StepMove {
  Slot open = 0;
  std::uint8_t from = 0;
  std::uint8_t to = 0;
  std::uint32_t line = 0;  // in Model::steps
};

struct DischargeTest {
  Slot open = 0;
  LevelMask from = 0;
};

struct GuaranteeTest {
  Slot whenever = 0;
  ir::PromiseKind promise = ir::PromiseKind::levels;
  LevelMask admits = 0;
};

struct Program {
  std::shared_ptr<ir::Model const> model;
  std::vector<InputForm> forms;  // as Model::inputs
  std::uint32_t mark = 0;        // of the rules' digest: tells the handles of values of one ruleset from another's

  std::vector<Op> ops;
  /// The first so many are what decisions read; the rest is for explanations.
  std::size_t decision_ops = 0;
  std::vector<Slot> kids;
  std::vector<ir::CodeRange> ranges;
  /// Where an ir node ended up; `no_slot` for nodes that no decision reads.
  static constexpr Slot no_slot = ~Slot{0};
  std::vector<Slot> slot_of_node;

  Slot applies = 0;
  std::vector<Slot> impossible;   // Model::impossibles, then the one built in: nobody outside care has days in a level
  std::vector<RuleEffect> rules;  // as Model::rules
  std::vector<CriterionTest> criteria;
  std::vector<StepMove> steps;             // by `from`; none when there is no step line: anybody moves anywhere
  std::vector<std::uint32_t> steps_begin;  // those from level l: [steps_begin[l], steps_begin[l + 1])
  bool free_moves = false;
  std::vector<LevelMask> down_from;  // per level, where step-down lines lead, their conditions left aside
  std::vector<DischargeTest> discharges;
  std::vector<GuaranteeTest> guarantees;
  LevelMask all_levels = 0;
  LevelMask with_admit = 0;  // levels with `admit` lines
  LevelMask with_continue = 0;
  std::vector<std::int32_t> reassess_days;  // per level; -1 where there is none

  /// The conditions again, for one look at a record.
  Boxes boxes;
  /// By current level (none first): the standing before any condition but those that always hold.
  std::vector<Held> start;
  ReadyDecisions ready;                          // where only rules decide
  std::vector<std::uint32_t> always_active;      // rules that are active for everybody
  std::vector<std::uint32_t> always_guaranteed;  // guarantees whose condition always holds

  // What keeps an assessment from being read as it stands.
  std::vector<std::uint32_t> dated_inputs;      // with `valid for`
  std::vector<std::uint32_t> assumable_inputs;  // with `if unknown assume`
  bool reads_previous = false;
  MarkSet always_marks;        // `draft`
  std::int32_t first_day = 0;  // of the days in force
  std::int32_t last_day = 0;

  std::vector<std::string> admit_names;  // per level: `admit detox`
  std::vector<std::string> continue_names;

  /// The variables that decisions read, ascending.
  std::vector<std::uint32_t> decision_vars;

  std::unordered_map<std::string_view, std::uint32_t> input_by_name;
  std::unordered_map<std::string_view, std::uint32_t> level_by_name;

  [[nodiscard]] std::size_t level_count() const { return model->levels.size(); }
};

/// The standing before any rule, for someone at `current`.
inline Standing untouched(Program const& program, std::int8_t current) {
  Standing s{.admits = program.all_levels, .hard = program.all_levels, .current = current};
  if (program.free_moves && current != no_level_index) {
    s.up = program.all_levels & above(current);
    s.down = below(current);
  }
  return s;
}

}  // namespace carestep::program

#pragma once

// Conditions in disjunctive form, laid out for one look at a record: every condition is a union of boxes (a box allows
// each variable some of its codes), and each value of a variable has a row of bits, one a box, that says which boxes
// it leaves possible. The AND of the rows of a record's values is the set of boxes that hold: no branch depends on an
// answer, and the cost is that of the variables that are read, not of the rules.
//
// What has no small disjunctive form (a sum that is compared, a long `at least n of`) becomes an inner condition: a
// variable of its own with two codes, found first.

#include <cstdint>
#include <vector>

namespace carestep::program {

/// One of the conditions that decisions read, in this order: impossible combinations (as declared), `applies`, rules,
/// criteria, pairs of step lines, discharge lines, guarantees; behind them the inner conditions.
using ConditionId = std::uint32_t;

struct Boxes {
  /// Boxes are grouped in blocks of so many 64-bit words; of one where they fit in two of those.
  static constexpr std::size_t wide = 4;

  /// How a variable's code becomes a cell: codes that no condition tells apart are one cell.
  enum class Cells : std::uint8_t { direct, table, search };
  struct Variable {
    std::uint32_t var = 0;  // of the model
    Cells cells = Cells::direct;
    bool counts_codes = false;  // an inner condition reads the number itself: every code is a cell of its own
    std::uint32_t first = 0;    // of `cell_of` for a table, of `cell_starts` for a search
    std::uint32_t cell_count = 0;
    std::uint32_t starts = 0;  // of `cell_starts`: the first code of each cell
  };
  /// The rows of one variable (an index into `variables`) or inner condition in one block: `words` words a cell.
  struct Reader {
    std::uint32_t cell = 0;  // place among the cells of a record: variables, then inner conditions
    std::uint32_t rows = 0;
  };
  struct Block {
    std::uint32_t first_reader = 0;
    std::uint32_t last_reader = 0;
    std::uint32_t first_box = 0;  // of `owner`: bit i of the block is box first_box + i
  };

  std::size_t words = 1;
  std::vector<Variable> variables;
  std::vector<std::uint16_t> cell_of;
  std::vector<std::int64_t> cell_starts;
  std::vector<Block> blocks;  // a block comes behind those whose inner conditions it reads
  std::vector<Reader> readers;
  std::vector<std::uint64_t> rows;
  std::vector<std::uint64_t> all_boxes;  // per block: the bits that stand for a box
  std::vector<ConditionId> owner;        // of each box; the boxes of a condition stand together

  /// All boxes are in one word, without inner conditions: the rows of each variable, found without a detour. Behind
  /// the direct ones (`rows[first row + code]`) those with a table of cells. The row before each, which is that of
  /// `unknown`, is empty: the bit `known`, which is no box, is left where every answer is known.
  struct Look {
    std::uint64_t rows = 0;
    std::uint64_t cells = 0;
    std::uint32_t var = 0;
  };
  static constexpr std::uint64_t known = std::uint64_t{1} << 63;
  /// The different rows that the codes of a look have: a stretch of `choices`.
  struct Stretch {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  bool single = false;
  std::vector<Look> direct_looks;  // a multiple of four: those behind `choices_of_direct` change nothing
  std::vector<Look> table_looks;
  std::vector<Stretch> choices_of_direct;
  std::vector<Stretch> choices_of_tables;
  std::vector<std::uint64_t> choices;
  /// The levels that the rules of boxes admit, those that are active for everybody included: for each byte of the word
  /// 256 masks, to be ANDed; an even number of bytes.
  std::vector<std::uint64_t> admits;
  /// The rule of each of the 64 bits; -1 for those that are no rule's box.
  std::vector<std::int32_t> rule_of;
  std::uint64_t narrowing_boxes = 0;  // of rules that narrow
  std::uint64_t other_boxes = 0;      // of conditions that are no rule's
  bool always_narrows = false;        // some rule that is active for everybody does
  std::uint64_t advising_boxes = 0;   // of rules that suggest, alert or note
  std::uint64_t timed_boxes = 0;      // of rules with a date of their own to reassess
  bool always_advises = false;        // some rule that is active for everybody does
  bool always_first = true;           // such rules stand before those of boxes
  /// Single, and there are no step lines, criteria or discharge lines, nor anything but rules that holds for everybody.
  bool only_rules_decide = false;

  /// Inner conditions that operations evaluate: the operations, kids first, and where their truth goes.
  struct Inner {
    std::uint32_t slot = 0;
    std::uint32_t cell = 0;
  };
  std::vector<std::uint32_t> inner_ops;
  std::vector<Inner> evaluated;

  // Where each kind of condition begins.
  ConditionId applies = 0;
  ConditionId rules = 0;
  ConditionId criteria = 0;
  ConditionId steps = 0;
  ConditionId discharges = 0;
  ConditionId guarantees = 0;
  ConditionId inner = 0;

  std::size_t cell_total = 0;  // of variables and inner conditions together
  bool reads_days = false;     // days_in_level
};

}  // namespace carestep::program

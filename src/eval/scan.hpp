#pragma once

// One look at a record: which of the conditions that decisions read hold (program/boxes.hpp).

#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "program/take.hpp"

namespace carestep::eval {

/// The cell of every variable and inner condition that the boxes read.
using Cells = std::uint32_t*;

/// The cell of a known code.
std::uint32_t cell_of(program::Boxes const& boxes, program::Boxes::Variable const& variable, std::int64_t code);

/// Fills the cells of the variables; false where one of them is not known.
template <class CodeType>
inline bool find_cells(program::Boxes const& boxes, CodeType const* codes, Cells cells) {
  std::int64_t unknown = 0;
  std::uint16_t const* const table = boxes.cell_of.data();
  for (program::Boxes::Variable const& variable : boxes.variables) {
    std::int64_t const code = codes[variable.var];
    unknown |= code;
    if (variable.cells == program::Boxes::Cells::direct)
      *cells++ = static_cast<std::uint32_t>(code);
    else if (variable.cells == program::Boxes::Cells::table)
      *cells++ = *(table + variable.first + code);
    else
      *cells++ = cell_of(boxes, variable, code);
  }
  return unknown >= 0;
}

/// The boxes that hold, of a table that is a single word; with `Boxes::known` where all of them is known.
template <class CodeType>
inline std::uint64_t look(program::Boxes const& boxes, CodeType const* codes) {
  std::uint64_t left = boxes.all_boxes[0] | program::Boxes::known;
  std::uint64_t const* const rows = boxes.rows.data();
  std::uint16_t const* const table = boxes.cell_of.data();
  auto const row = [&](std::uint64_t first, std::int64_t code) {
    return *(rows + (static_cast<std::int64_t>(first) + code));  // code -1: the row before
  };
  program::Boxes::Look const* one = boxes.direct_looks.data();
  for (program::Boxes::Look const* const end = one + boxes.direct_looks.size(); one != end; one += 4) {
    std::uint64_t const a = row(one[0].rows, codes[one[0].var]) & row(one[1].rows, codes[one[1].var]);
    std::uint64_t const b = row(one[2].rows, codes[one[2].var]) & row(one[3].rows, codes[one[3].var]);
    left &= a & b;
  }
  for (program::Boxes::Look const& each : boxes.table_looks)
    left &= row(each.rows, table[static_cast<std::int64_t>(each.cells) + codes[each.var]]);
  return left;
}

/// The levels that these boxes of a single word admit, as far as rules say.
inline program::LevelMask admitted(program::Boxes const& boxes, std::uint64_t left) {
  program::LevelMask admits = ~program::LevelMask{0};
  program::LevelMask const* of_byte = boxes.admits.data();
  for (program::LevelMask const* const end = of_byte + boxes.admits.size(); of_byte != end; of_byte += 512) {
    admits &= of_byte[left & 255U] & of_byte[256 + (left >> 8U & 255U)];
    left >>= 16U;
  }
  return admits;
}

/// Fills the cells of the inner conditions that operations evaluate. `values`: memory for the program's operations.
template <class CodeType>
void find_inner(program::Program const& program, CodeType const* codes, std::vector<std::int64_t>& values, Cells cells);

/// The AND of some words, spelled out so that `left` stays in registers from row to row.
template <std::size_t... word>
[[gnu::always_inline]] inline void keep_both(std::uint64_t* left, std::uint64_t const* row,
                                             std::index_sequence<word...>) {
  ((left[word] &= row[word]), ...);
}

/// Finds every condition that holds, each at least once: `found(ConditionId)`. Inner conditions are set on the way.
template <std::size_t words, class Found>
inline void scan_blocks(program::Boxes const& boxes, Cells cells, Found& found) {
  std::uint64_t const* start = boxes.all_boxes.data();
  std::uint64_t const* const rows = boxes.rows.data();
  program::Boxes::Reader const* reader = boxes.readers.data();
  for (program::Boxes::Block const& block : boxes.blocks) {
    std::uint64_t left[words];
    for (std::size_t w = 0; w < words; ++w) left[w] = start[w];
    start += words;
    for (program::Boxes::Reader const* const end = boxes.readers.data() + block.last_reader; reader != end; ++reader) {
      std::uint64_t const* const row = rows + reader->rows + cells[reader->cell] * words;
      keep_both(left, row, std::make_index_sequence<words>{});
    }
    for (std::size_t w = 0; w < words; ++w)
      for (std::uint64_t rest = left[w]; rest != 0; rest &= rest - 1) {
        program::ConditionId const id =
            boxes.owner[block.first_box + 64 * w + static_cast<std::size_t>(std::countr_zero(rest))];
        if (id >= boxes.inner)
          cells[boxes.variables.size() + id - boxes.inner] = 1;
        else
          found(id);
      }
  }
}

template <class CodeType, class Found>
inline void scan(program::Program const& program, CodeType const* codes, std::vector<std::int64_t>& values, Cells cells,
                 Found found) {
  program::Boxes const& boxes = program.boxes;
  if (boxes.cell_total > boxes.variables.size()) {
    std::fill(cells + boxes.variables.size(), cells + boxes.cell_total, 0U);
    if (!boxes.evaluated.empty()) find_inner(program, codes, values, cells);
  }
  if (boxes.words == 1)
    scan_blocks<1>(boxes, cells, found);
  else
    scan_blocks<program::Boxes::wide>(boxes, cells, found);
}

}  // namespace carestep::eval

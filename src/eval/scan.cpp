#include "eval/scan.hpp"

#include <algorithm>

#include "eval/values.hpp"

namespace carestep::eval {

using program::Boxes;

std::uint32_t cell_of(Boxes const& boxes, Boxes::Variable const& variable, std::int64_t code) {
  switch (variable.cells) {
    case Boxes::Cells::direct:
      return static_cast<std::uint32_t>(code);
    case Boxes::Cells::table:
      return boxes.cell_of[variable.first + static_cast<std::size_t>(std::max<std::int64_t>(code, 0))];
    case Boxes::Cells::search:
      break;
  }
  auto const begin = boxes.cell_starts.begin() + variable.starts;
  auto const it = std::upper_bound(begin, begin + variable.cell_count, std::max<std::int64_t>(code, 0));
  return static_cast<std::uint32_t>(it - begin - 1);
}

template <class CodeType>
void find_inner(program::Program const& program, CodeType const* codes, std::vector<std::int64_t>& values, Cells cells) {
  values.resize(program.decision_ops);
  evaluate_known(program, codes, values.data(), program.boxes.inner_ops);
  for (Boxes::Inner const& inner : program.boxes.evaluated) cells[inner.cell] = values[inner.slot] != 0 ? 1 : 0;
}
template void find_inner(program::Program const&, std::int64_t const*, std::vector<std::int64_t>&, Cells);
template void find_inner(program::Program const&, program::AnswerCode const*, std::vector<std::int64_t>&, Cells);

}  // namespace carestep::eval

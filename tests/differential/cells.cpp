#include <algorithm>

#include "differential/model.hpp"

namespace carestep::reference {

namespace {

/// How many of the slot's values lie below `cut`, or at it too.
std::int64_t values_up_to(Slot const& slot, Wide cut, bool inclusive) {
  std::int64_t below = 0;
  std::int64_t end = slot.count;  // values[0, below) are known to lie below; values[end, count) are known not to
  while (below < end) {
    auto const middle = below + (end - below) / 2;
    auto const value = slot.low + slot.step * middle;
    if (value < cut || (inclusive && value == cut)) {
      below = middle + 1;
    } else {
      end = middle;
    }
  }
  return below;
}

std::set<std::int64_t> borders_of(Slot const& slot) {
  std::set<std::int64_t> borders{0, slot.count};
  auto const ordered = slot.type.kind == Kind::number || slot.type.kind == Kind::date;
  if (slot.read && (slot.every_value || !ordered)) {
    for (std::int64_t i = 0; i < slot.count; ++i) borders.insert(i);
  }
  for (auto const cut : slot.cuts) {
    borders.insert(values_up_to(slot, cut, false));
    borders.insert(values_up_to(slot, cut, true));
  }
  return borders;
}

}  // namespace

/// A constant k cuts the values into those below k, k itself, and those above; a slot that is added up or compared with
/// another name is cut into its single values; one that nothing reads is not cut.
std::vector<Cell> cells_of(Slot const& slot) {
  std::vector<Cell> cells;
  auto const borders = borders_of(slot);
  for (auto border = borders.begin(); std::next(border) != borders.end(); ++border) {
    auto const first = *border;
    auto const behind = *std::next(border);
    cells.push_back({slot.low + slot.step * first, slot.low + slot.step * (behind - 1), behind - first});
  }
  if (!slot.or_never) return cells;
  if (slot.read) {
    cells.push_back({never, never, 1});
  } else {
    cells.back().last = never;
    ++cells.back().values;
  }
  return cells;
}

}  // namespace carestep::reference

#include "baseline/column_store.hpp"

#include <array>
#include <vector>

namespace bench {
namespace {

constexpr std::size_t narrow_columns = 12;

}  // namespace

ColumnStore::ColumnStore(std::span<Record const> records, std::size_t count)
    : narrow_(narrow_columns * count), wide_(2 * count) {
  std::array<std::uint8_t*, narrow_columns> narrow{};
  for (std::size_t c = 0; c < narrow_columns; ++c) narrow[c] = narrow_.data() + c * count;
  std::uint16_t* const days = wide_.data();
  std::uint16_t* const attendance = wide_.data() + count;
  columns_ = {count,     narrow[0], narrow[1], narrow[2],  narrow[3],  narrow[4], narrow[5], narrow[6],
              narrow[7], narrow[8], narrow[9], narrow[10], narrow[11], days,      attendance};
  constexpr std::array<std::size_t, narrow_columns> input_of = {0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 12, 13};
  for (std::size_t i = 0; i < count; ++i) {
    Record const& record = records[i % records.size()];
    for (std::size_t c = 0; c < narrow_columns; ++c)
      narrow[c][i] = static_cast<std::uint8_t>(answer(record, input_of[c]));
    days[i] = record.days_abstinent;
    attendance[i] = record.attendance_rate;
  }
}

std::uint64_t ColumnStore::sum() const {
  return sum_best(reinterpret_cast<std::uint64_t const*>(narrow_.data()), narrow_columns * columns_.count / 8) +
         sum_best(reinterpret_cast<std::uint64_t const*>(wide_.data()), 2 * columns_.count / 4);
}

PlaneStore::PlaneStore(std::span<Record const> records, std::size_t count)
    : blocks_(count / block_records), planes_(blocks_ * input_planes * plane_words) {
  std::vector<Record> block(block_records);
  for (std::size_t b = 0; b < blocks_; ++b) {
    for (std::size_t i = 0; i < block_records; ++i) block[i] = records[(b * block_records + i) % records.size()];
    pack_planes(block, planes_.data() + b * input_planes * plane_words);
  }
}

std::uint64_t PlaneStore::sum() const {
  return sum_best(planes_.data(), blocks_ * input_planes * plane_words);
}

}  // namespace bench

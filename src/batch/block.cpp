#include "batch/block.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

namespace carestep::batch {
namespace {

using Plane = std::array<std::uint64_t, block_words>;

/// The first `count` bits.
std::uint64_t first_bits(std::size_t word, std::size_t count) {
  std::size_t const left = count - std::min(count, word * 64);
  return left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
}

}  // namespace

BlockReader::BlockReader(Batch::State const& state) : state_(state), stands_for_(state.sources.size()) {
  std::iota(stands_for_.begin(), stands_for_.end(), 0U);
  if (state.previous != Assessment::Previous::none) return;
  for (ir::Input const& input : state.program->model->inputs)
    if (input.first_previous_var != 0)
      std::iota(stands_for_.begin() + input.first_previous_var,
                stands_for_.begin() + input.first_previous_var + input.width, input.first_var);
}

void BlockReader::open(std::size_t first, std::size_t count) {
  first_ = first;
  count_ = count;
  tails_.clear();
  if (count_ < block_records) copy_tail();
}

void BlockReader::copy_tail() {
  tails_.resize(state_.sources.size());
  for (std::size_t var = 0; var < state_.sources.size(); ++var) {
    Source const& source = state_.sources[var];
    if (source.data == nullptr) continue;
    tails_[var].assign(block_records, 0);
    std::size_t const bytes = source.raw == Raw::bits ? (count_ + 7) / 8 : count_ * bytes_of(source.raw);
    std::size_t const begin = source.raw == Raw::bits ? first_ / 8 : first_ * bytes_of(source.raw);
    std::memcpy(tails_[var].data(), static_cast<std::uint8_t const*>(source.data) + begin, bytes);
  }
}

void const* BlockReader::values(std::uint32_t var) const {
  std::uint32_t const at = stands_for_[var];
  if (!tails_.empty()) return tails_[at].data();
  Source const& source = state_.sources[at];
  std::size_t const begin = source.raw == Raw::bits ? first_ / 8 : first_ * bytes_of(source.raw);
  return static_cast<std::uint8_t const*>(source.data) + begin;
}

void BlockReader::known(std::uint32_t var, std::uint64_t* plane) const {
  Source const& from = source(var);
  std::fill_n(plane, block_words, from.data == nullptr ? 0 : ~std::uint64_t{0});
  if (from.known == nullptr || from.data == nullptr) return;
  std::memcpy(plane, from.known + first_ / 8, (count_ + 7) / 8);
  if (count_ < block_records)  // nobody stands there
    for (std::size_t word = count_ / 64; word < block_words; ++word) plane[word] |= ~first_bits(word, count_);
}

bool BlockReader::complete(std::uint32_t var) const {
  Source const& from = source(var);
  if (from.data == nullptr) return false;
  if (from.known == nullptr) return true;
  std::uint8_t const* const bits = from.known + first_ / 8;
  std::size_t const whole = count_ / 8;
  std::uint64_t all = ~std::uint64_t{0};
  std::size_t i = 0;
  for (; i + 8 <= whole; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, bits + i, 8);
    all &= word;
  }
  for (; i < whole; ++i) all &= bits[i] | ~std::uint64_t{0xFF};
  auto const tail = static_cast<std::uint8_t>((1U << count_ % 8) - 1);
  return all == ~std::uint64_t{0} && (tail == 0 || (bits[whole] & tail) == tail);
}

void BlockReader::read(PlaneInput const& input, std::uint64_t* plane) const {
  if (input.kind == PlaneInput::Kind::known) return known(input.var, plane);
  Source const& from = source(input.var);
  if (from.data == nullptr) {
    std::fill_n(plane, block_words, std::uint64_t{0});
  } else if (from.raw == Raw::bits) {
    std::memcpy(plane, values(input.var), block_words * 8);
  } else if (from.is_member) {
    find_bit(from.raw, values(input.var), 0, from.bit, plane);
  } else if (input.kind == PlaneInput::Kind::bit) {
    find_bit(from.raw, values(input.var), from.offset, static_cast<unsigned>(input.arg), plane);
  } else {
    find_at_least(from.raw, values(input.var), input.arg + from.offset, plane);
  }
}

bool BlockReader::find_refused(std::uint64_t* plane) const {
  std::fill_n(plane, block_words, std::uint64_t{0});
  Plane at_least;
  Plane at_most;
  Plane answered;
  for (std::uint32_t var = 0; var < state_.sources.size(); ++var) {
    Source const& from = state_.sources[var];
    if (from.data == nullptr || from.raw == Raw::bits || (from.is_member && from.bit != 0)) continue;
    if (all_within(from.raw, values(var), from.least, from.most)) continue;
    find_at_least(from.raw, values(var), from.least, at_least.data());
    find_at_most(from.raw, values(var), from.most, at_most.data());
    known(var, answered.data());
    for (std::size_t word = 0; word < block_words; ++word)
      plane[word] |= ~(at_least[word] & at_most[word]) & answered[word] & first_bits(word, count_);
  }
  if (has(ir::current_level_var) && has(ir::days_in_level_var)) {
    Source const& days = source(ir::days_in_level_var);
    find_at_most(source(ir::current_level_var).raw, values(ir::current_level_var), 0, at_most.data());
    find_at_least(days.raw, values(ir::days_in_level_var), days.offset + 1, at_least.data());
    Plane level;
    known(ir::days_in_level_var, answered.data());
    known(ir::current_level_var, level.data());
    for (std::size_t word = 0; word < block_words; ++word)
      plane[word] |= at_most[word] & at_least[word] & answered[word] & level[word] & first_bits(word, count_);
  }
  return std::any_of(plane, plane + block_words, [](std::uint64_t word) { return word != 0; });
}

}  // namespace carestep::batch

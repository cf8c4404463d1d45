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

bool BlockReader::read(std::uint32_t var, std::span<PlaneInput const* const> inputs,
                       std::span<std::uint64_t* const> planes) const {
  Source const& from = source(var);
  bool within = true;
  for (std::size_t i = 0; i < inputs.size();) {
    PlaneInput::Kind const kind = inputs[i]->kind;
    if (kind == PlaneInput::Kind::known || from.data == nullptr || from.raw == Raw::bits) {
      if (kind == PlaneInput::Kind::known)
        known(var, planes[i]);
      else if (from.data == nullptr)
        std::fill_n(planes[i], block_words, std::uint64_t{0});
      else
        std::memcpy(planes[i], values(var), block_words * 8);
      ++i;
      continue;
    }
    std::array<std::int64_t, most_tests> bounds{};
    std::array<unsigned, most_tests> bits{};
    std::size_t count = 0;
    for (; count < most_tests && i + count < inputs.size() && inputs[i + count]->kind == kind; ++count) {
      bounds[count] = inputs[i + count]->arg + from.offset;
      bits[count] = from.is_member ? from.bit : static_cast<unsigned>(inputs[i + count]->arg);
    }
    bool const ok =
        kind == PlaneInput::Kind::at_least && !from.is_member
            ? find_at_least(from.raw, values(var), std::span(bounds).first(count), &planes[i], from.most)
            : find_bits(from.raw, values(var), from.offset, std::span(bits).first(count), &planes[i], from.most);
    within = within && ok;
    i += count;
  }
  return within;
}

bool BlockReader::in_range(std::uint32_t var) const {
  Source const& from = source(var);
  bool const seen_with_another = from.is_member && from.bit != 0;
  return from.data == nullptr || from.raw == Raw::bits || seen_with_another ||
         all_within(from.raw, values(var), from.least, from.most);
}

bool BlockReader::never_low(std::uint32_t var) const {
  Source const& from = source(var);
  bool const is_unsigned = from.raw == Raw::u8 || from.raw == Raw::u16 || from.raw == Raw::u32;
  return from.raw == Raw::bits || (is_unsigned && from.least <= 0);
}

void BlockReader::at_least(std::uint32_t var, std::int64_t value, std::uint64_t* plane) const {
  Source const& from = source(var);
  find_at_least(from.raw, values(var), std::span(&value, 1), &plane, from.most);
}

template <class Bad>
bool BlockReader::add(std::uint64_t* plane, Bad bad) const {
  std::uint64_t any = 0;
  for (std::size_t word = 0; word < block_words; ++word) {
    std::uint64_t const here = bad(word) & first_bits(word, count_);
    plane[word] |= here;
    any |= here;
  }
  return any != 0;
}

bool BlockReader::add_out_of_range(std::uint32_t var, std::uint64_t* plane) const {
  if (in_range(var)) return false;
  Plane low_enough;
  Plane too_high;
  Plane answered;
  at_least(var, source(var).least, low_enough.data());
  at_least(var, source(var).most + 1, too_high.data());
  known(var, answered.data());
  return add(plane, [&](std::size_t word) { return (~low_enough[word] | too_high[word]) & answered[word]; });
}

bool BlockReader::add_days_without_level(std::uint64_t* plane) const {
  if (!has(ir::current_level_var) || !has(ir::days_in_level_var)) return false;
  Plane in_care;
  Plane days_there;
  Plane level_known;
  Plane days_known;
  at_least(ir::current_level_var, source(ir::current_level_var).offset + 1, in_care.data());
  at_least(ir::days_in_level_var, source(ir::days_in_level_var).offset + 1, days_there.data());
  known(ir::current_level_var, level_known.data());
  known(ir::days_in_level_var, days_known.data());
  return add(plane, [&](std::size_t word) {
    return ~in_care[word] & days_there[word] & level_known[word] & days_known[word];
  });
}

}  // namespace carestep::batch

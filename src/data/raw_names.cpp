#include "data/raw_names.hpp"

#include <algorithm>

namespace carestep::data {
namespace {

constexpr std::size_t most_slot_bits = 14;

/// Odd numbers without a pattern, the same on every machine.
std::uint64_t scrambled(std::uint64_t seed) {
  seed = (seed + 1) * 0x9E3779B97F4A7C15U;
  seed = (seed ^ (seed >> 30U)) * 0xBF58476D1CE4E5B9U;
  seed = (seed ^ (seed >> 27U)) * 0x94D049BB133111EBU;
  return (seed ^ (seed >> 31U)) | 1U;
}

}  // namespace

void RawNames::add(std::string_view name) {
  std::string text = '"' + std::string(name) + '"';
  Text made;
  made.length = text.size();
  made.first = static_cast<std::uint32_t>(words_.size());
  made.whole_words = static_cast<std::uint32_t>((text.size() - 1) / 8);
  made.mask = raw::first_bytes(text.size() - 8 * std::size_t{made.whole_words});
  text.resize(8 * (std::size_t{made.whole_words} + 1), '\0');
  for (std::size_t at = 0; at < text.size(); at += 8) words_.push_back(raw::load(text.data() + at));
  texts_.push_back(made);
}

std::uint64_t RawValues::first_word(std::string_view name) {
  std::string text = std::string(name) + '"';
  text.resize(std::max<std::size_t>(text.size(), 8), '\0');
  return raw::load(text.data());
}

/// Looks for a factor that gives every value a slot of its own, by the bytes that all of them have.
void RawValues::arrange() {
  if (names_.size() == 0 || names_.size() > 0xFFFF) return;
  mask_ = ~std::uint64_t{0};
  for (std::uint64_t const first : firsts_)
    mask_ &= raw::first_bytes(static_cast<std::size_t>(64 - std::countl_zero(first)) / 8);
  auto const least = static_cast<std::size_t>(std::bit_width(names_.size()));
  for (std::size_t bits = least; bits <= most_slot_bits; ++bits)
    for (std::uint64_t seed = 0; seed < 64; ++seed)
      if (arrange(bits, scrambled(seed))) return;
  slots_.clear();
}

bool RawValues::arrange(std::size_t bits, std::uint64_t factor) {
  factor_ = factor;
  shift_ = static_cast<unsigned>(64 - bits);
  slots_.assign(std::size_t{1} << bits, 0);
  std::vector<bool> taken(slots_.size());
  for (std::size_t value = 0; value < names_.size(); ++value) {
    std::size_t const slot = ((firsts_[value] & mask_) * factor_) >> shift_;
    if (taken[slot]) return false;
    taken[slot] = true;
    slots_[slot] = static_cast<std::uint16_t>(value);
  }
  return true;
}

RawValues::Found RawValues::search(char const* at) const {
  for (std::size_t value = 0; value < names_.size(); ++value)
    if (std::size_t const length = names_.match(value, at); length != 0) return {value, length};
  return {};
}

RawKeys::RawKeys(std::vector<std::string_view> const& keys) {
  for (std::string_view const key : keys) {
    numbers_.emplace(key, static_cast<std::uint32_t>(names_.size()));
    names_.add(key);
    next_.push_back(static_cast<std::uint32_t>(names_.size() % keys.size()));
  }
  next_.push_back(0);
}

std::uint32_t RawKeys::look_up(char const*& at, std::uint32_t before) {
  if (*at != '"') return none;
  std::size_t length = 1;
  while (unsigned const plain = raw::plain(at + length)) length += plain;
  if (at[length] != '"') return none;
  auto const found = numbers_.find(std::string(at + 1, length - 1));
  if (found == numbers_.end()) return none;
  at += length + 1;
  next_[before] = found->second;
  return found->second;
}

}  // namespace carestep::data

#include "data/raw_names.hpp"

#include <algorithm>

namespace carestep::data {
namespace {

constexpr std::size_t most_slot_bits = 14;
constexpr std::uint16_t no_value = 0xFFFF;

/// Odd numbers without a pattern, the same on every machine.
std::uint64_t scrambled(std::uint64_t seed) {
  seed = (seed + 1) * 0x9E3779B97F4A7C15U;
  seed = (seed ^ (seed >> 30U)) * 0xBF58476D1CE4E5B9U;
  seed = (seed ^ (seed >> 27U)) * 0x94D049BB133111EBU;
  return (seed ^ (seed >> 31U)) | 1U;
}

}  // namespace

RawText::RawText(std::string text) : size_(static_cast<std::uint32_t>(text.size())), text_(std::move(text)) {
  std::size_t const size = std::min(text_.size(), compared);
  mask_ = raw::first_bytes(size);
  if (size >= 8) at_[0] = static_cast<std::uint32_t>(size - 8);
  if (size >= 16) at_[1] = 8, at_[2] = static_cast<std::uint32_t>(size - 16);
  std::string const padded = text_ + std::string(8, '\0');
  words_ = {raw::load(padded.data()), raw::load(padded.data() + at_[0]), raw::load(padded.data() + at_[1]),
            raw::load(padded.data() + at_[2])};
}

bool RawText::rest_stands_at(char const* at) const {
  return text_.compare(compared, std::string::npos, at + compared, text_.size() - compared) == 0;
}

/// Looks for a factor that gives every value a slot of its own, by the bytes that all of them have.
void RawValues::arrange() {
  std::vector<std::uint64_t> firsts;  // the bytes behind the opening quote, the closing one among them
  mask_ = ~std::uint64_t{0};
  for (RawText const& text : texts_) {
    std::string const inside = std::string(text.text().substr(1)) + std::string(8, '\0');
    firsts.push_back(raw::load(inside.data()));
    mask_ &= raw::first_bytes(text.size() - 1);
  }
  auto const least = std::max<std::size_t>(1, static_cast<std::size_t>(std::bit_width(texts_.size())));
  for (std::size_t bits = least; bits <= most_slot_bits; ++bits)
    for (std::uint64_t seed = 0; seed < 64; ++seed)
      if (arrange(firsts, bits, scrambled(seed))) return;
  slots_.assign(1, no_value);
  factor_ = 0;  // every look leads there
}

bool RawValues::arrange(std::vector<std::uint64_t> const& firsts, std::size_t bits, std::uint64_t factor) {
  factor_ = factor;
  shift_ = static_cast<unsigned>(64 - bits);
  slots_.assign(std::size_t{1} << bits, no_value);
  for (std::size_t value = 0; value < firsts.size(); ++value) {
    std::uint16_t& slot = slots_[((firsts[value] & mask_) * factor_) >> shift_];
    if (slot != no_value || value >= no_value) return false;
    slot = static_cast<std::uint16_t>(value);
  }
  return true;
}

RawValues::Found RawValues::search(char const* at) const {
  for (std::size_t value = 0; value < texts_.size(); ++value)
    if (texts_[value].stands_at(at)) return {value, texts_[value].size()};
  return {};
}

RawKeys::RawKeys(std::span<std::string_view const> keys) {
  for (std::string_view const key : keys) {
    numbers_.emplace(key, static_cast<std::uint32_t>(compact_.size()));
    std::string const text = '"' + std::string(key) + "\":";
    compact_.emplace_back(text);
    spaced_.emplace_back(text + ' ');
    next_.push_back(static_cast<std::uint32_t>(compact_.size() % keys.size()));
  }
  next_.push_back(0);
  if (keys.empty()) compact_.emplace_back("\n"), spaced_.emplace_back("\n");  // what no line has
}

/// What is sometimes left out does not change the order: the keys behind the expected one are tried first.
std::uint32_t RawKeys::find_another(char const*& at, std::uint32_t before) {
  std::uint32_t key = before;
  for (int tries = 0; tries < 4; ++tries) {
    key = next_[key];
    RawText const& expected = (blank_behind_colon_ ? spaced_ : compact_)[key];
    if (!expected.stands_at(at)) continue;
    at += expected.size();
    return key;
  }
  return look_up(at, before);
}

std::uint32_t RawKeys::look_up(char const*& at, std::uint32_t before) {
  if (*at != '"') return none;
  char const* end = at + 1;
  while (unsigned const plain = raw::plain(end)) end += plain;
  if (*end != '"') return none;
  auto const found = numbers_.find(std::string(at + 1, end));
  char const* const colon = skip_blanks(end + 1);
  if (found == numbers_.end() || *colon != ':') return none;
  at = skip_blanks(colon + 1);
  blank_behind_colon_ = at > colon + 1;
  next_[before] = found->second;
  return found->second;
}

}  // namespace carestep::data

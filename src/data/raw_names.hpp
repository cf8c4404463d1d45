#pragma once

// Names as they stand in a text, between their quotes, found without looking at them byte by byte.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "data/raw_text.hpp"

namespace carestep::data {

/// A text that is compared with what stands at a place: four words of it, which overlap where it is short. Texts of
/// different lengths take the same way, so that nothing has to be guessed.
class RawText {
 public:
  explicit RawText(std::string text);

  /// Looks `raw::reach` bytes behind what agrees.
  [[nodiscard]] bool stands_at(char const* at) const {
    std::uint64_t const differs = (raw::load(at) ^ words_[0]) | (raw::load(at + at_[0]) ^ words_[1]) |
                                  (raw::load(at + at_[1]) ^ words_[2]) | (raw::load(at + at_[2]) ^ words_[3]);
    return (differs & mask_) == 0 && (size_ <= compared || rest_stands_at(at));
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  static constexpr std::size_t compared = 32;
  [[nodiscard]] bool rest_stands_at(char const* at) const;

  std::array<std::uint64_t, 4> words_{};
  std::uint64_t mask_ = 0;  // of a text shorter than one word
  std::array<std::uint32_t, 3> at_{};
  std::uint32_t size_;
  std::string text_;
};

/// Finds which of its values stands at a place, in quotes: one multiplication, one comparison.
class RawValues {
 public:
  template <class Names>
  explicit RawValues(Names const& names) {
    for (auto const& name : names) texts_.emplace_back('"' + std::string(name) + '"');
    arrange();
  }

  struct Found {
    std::size_t value = 0;
    std::size_t size = 0;  // with the quotes; 0: none of the values
  };
  [[nodiscard]] Found find(char const* at) const {
    std::size_t const value = slots_[((raw::load(at + 1) & mask_) * factor_) >> shift_];
    if (value < texts_.size()) {
      RawText const& text = texts_[value];
      return {value, text.stands_at(at) ? text.size() : 0};
    }
    return search(at);
  }

 private:
  void arrange();
  bool arrange(std::vector<std::uint64_t> const& firsts, std::size_t bits, std::uint64_t factor);
  [[nodiscard]] Found search(char const* at) const;

  std::vector<RawText> texts_;
  std::vector<std::uint16_t> slots_;  // a number beyond the values: look at all of them
  std::uint64_t mask_ = 0;
  std::uint64_t factor_ = 0;
  unsigned shift_ = 63;
};

/// Finds the keys of objects that are written in the same order again and again: after each key it tries the one that
/// came next before, with its quotes and its colon.
class RawKeys {
 public:
  explicit RawKeys(std::span<std::string_view const> keys);

  static constexpr std::uint32_t none = ~std::uint32_t{0};
  /// What to give as `before` for the first key.
  [[nodiscard]] std::uint32_t start() const { return static_cast<std::uint32_t>(next_.size() - 1); }

  /// The key at `at`, which is left where its value begins; `none` where there is no key, or an escaped one.
  std::uint32_t find(char const*& at, std::uint32_t before) {
    std::uint32_t const key = next_[before];
    RawText const& expected = (blank_behind_colon_ ? spaced_ : compact_)[key];
    if (!expected.stands_at(at)) return find_another(at, before);
    at += expected.size();
    return key;
  }

 private:
  std::uint32_t find_another(char const*& at, std::uint32_t before);
  std::uint32_t look_up(char const*& at, std::uint32_t before);

  std::vector<RawText> compact_;     // "key":
  std::vector<RawText> spaced_;      // "key": and a blank
  bool blank_behind_colon_ = false;  // as in the object before
  std::vector<std::uint32_t> next_;  // after each key; the last one: at the start
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

/// Passes over blanks, but not over a line break: a line ends there.
inline char const* skip_blanks(char const* at) {
  if (*at > ' ') return at;  // nearly always
  while (*at == ' ' || *at == '\t' || *at == '\r') ++at;
  return at;
}

}  // namespace carestep::data

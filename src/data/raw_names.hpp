#pragma once

// Names as they stand in a text, between their quotes, found without looking at them byte by byte.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "data/raw_text.hpp"

namespace carestep::data {

/// Texts that are compared with what stands at a place, eight bytes at a time.
class RawNames {
 public:
  /// `"name"` with its quotes becomes the next one.
  void add(std::string_view name);
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

  /// How long the text `which` is when it stands at `at`; 0 when it does not. Looks `raw::reach` bytes behind what
  /// agrees.
  [[nodiscard]] std::size_t match(std::size_t which, char const* at) const {
    Text const& text = texts_[which];
    std::uint64_t const* word = words_.data() + text.first;
    for (std::uint32_t i = 0; i < text.whole_words; ++i, ++word, at += 8)
      if (raw::load(at) != *word) return 0;
    return (raw::load(at) & text.mask) == *word ? text.length : 0;
  }

 private:
  struct Text {
    std::uint64_t mask = 0;  // of the last word
    std::uint32_t first = 0;
    std::uint32_t whole_words = 0;
    std::size_t length = 0;
  };
  std::vector<Text> texts_;
  std::vector<std::uint64_t> words_;
};

/// Finds which of its values stands at a place: one multiplication, one comparison.
class RawValues {
 public:
  RawValues() = default;
  template <class Names>
  explicit RawValues(Names const& names) {
    for (auto const& name : names) names_.add(name), firsts_.push_back(first_word(name));
    arrange();
  }

  struct Found {
    std::size_t value = 0;
    std::size_t length = 0;  // with the quotes; 0: none of the values
  };
  [[nodiscard]] Found find(char const* at) const {
    if (slots_.empty()) return search(at);
    std::size_t const value = slots_[((raw::load(at + 1) & mask_) * factor_) >> shift_];
    return {value, names_.match(value, at)};
  }

 private:
  static std::uint64_t first_word(std::string_view name);
  void arrange();
  bool arrange(std::size_t bits, std::uint64_t factor);
  [[nodiscard]] Found search(char const* at) const;

  RawNames names_;
  std::vector<std::uint64_t> firsts_;  // the bytes behind the opening quote
  std::vector<std::uint16_t> slots_;   // none where the beginnings of the values do not tell them apart
  std::uint64_t mask_ = 0;
  std::uint64_t factor_ = 0;
  unsigned shift_ = 0;
};

/// Finds the keys of objects that are written in the same order again and again: after each key it tries the one that
/// came next before.
class RawKeys {
 public:
  explicit RawKeys(std::vector<std::string_view> const& keys);

  static constexpr std::uint32_t none = ~std::uint32_t{0};
  /// What to give as `before` for the first key.
  [[nodiscard]] std::uint32_t start() const { return static_cast<std::uint32_t>(next_.size() - 1); }

  /// The key at `at`, whose end is left in `at`; `none` where there is no key, or an escaped one.
  std::uint32_t find(char const*& at, std::uint32_t before) {
    if (numbers_.empty()) return none;
    std::uint32_t key = before;
    for (int tries = 0; tries < 4; ++tries) {  // what is sometimes left out does not change the order
      key = next_[key];
      if (std::size_t const length = names_.match(key, at); length != 0) {
        at += length;
        return key;
      }
    }
    return look_up(at, before);
  }

 private:
  std::uint32_t look_up(char const*& at, std::uint32_t before);

  RawNames names_;
  std::vector<std::uint32_t> next_;  // after each key; the last one: at the start
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace carestep::data

#pragma once

// Random rulesets that use the whole language, and random assessments for them. The same seed gives the same text on
// every machine.

#include <cstdint>
#include <string>
#include <vector>

#include "differential/reference.hpp"

namespace carestep::differential {

/// splitmix64: small, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next();
  /// A number from 0 to `count` - 1.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  /// A number from `low` to `high`, both included.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::size_t>(high - low + 1)));
  }
  bool percent(unsigned chance) { return next() % 100 < chance; }
  template <class T>
  T const& pick(std::vector<T> const& from) {
    return from[below(from.size())];
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (auto i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }
  /// Between `least` and `most` of the items, in their order.
  template <class T>
  std::vector<T> some(std::vector<T> const& from, std::size_t least, std::size_t most) {
    auto wanted = static_cast<std::size_t>(between(static_cast<std::int64_t>(least), static_cast<std::int64_t>(most)));
    std::vector<T> chosen;
    for (std::size_t i = 0; i < from.size() && wanted > 0; ++i) {
      if (below(from.size() - i) >= wanted) continue;
      chosen.push_back(from[i]);
      --wanted;
    }
    return chosen;
  }

 private:
  std::uint64_t state_;
};

/// The declarations of a valid ruleset, each a text of its own; the first is the `ruleset` block. `small`: with few
/// inputs, so that every complete assessment can be tried.
std::vector<std::string> random_declarations(Random& random, bool small = false);

/// An assessment for a ruleset, with at most some thousand completions.
reference::Assessment random_assessment(reference::Ruleset const& ruleset, Random& random);

/// The same assessment as data.md writes it.
std::string to_json(reference::Assessment const& assessment, reference::Ruleset const& ruleset);

}  // namespace carestep::differential

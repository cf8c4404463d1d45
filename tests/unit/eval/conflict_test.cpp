#include "eval/conflict.hpp"

#include <algorithm>
#include <bit>
#include <doctest/doctest.h>
#include <random>

using namespace carestep;

namespace {

program::Program with_rules(std::vector<program::LevelMask> const& masks, program::LevelMask all) {
  program::Program program;
  program.all_levels = all;
  for (program::LevelMask const mask : masks) program.rules.push_back({.admits = mask});
  return program;
}

/// The first smallest set in the order of declaration, by looking at every set.
std::vector<std::uint32_t> by_search(program::Program const& program) {
  std::vector<std::uint32_t> best;
  auto const count = static_cast<std::uint32_t>(program.rules.size());
  for (std::uint32_t set = 1; set < (1U << count); ++set) {
    program::LevelMask left = program.all_levels;
    std::vector<std::uint32_t> rules;
    for (std::uint32_t i = 0; i < count; ++i)
      if ((set >> i & 1U) != 0) {
        left &= program.rules[i].admits;
        rules.push_back(i);
      }
    if (left != 0) continue;
    if (best.empty() || rules.size() < best.size() || (rules.size() == best.size() && rules < best)) best = rules;
  }
  return best;
}

}  // namespace

TEST_CASE("the smallest conflict is the first of the smallest sets") {
  for (unsigned seed = 1; seed <= 500; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<program::LevelMask> masks(3 + random() % 7);
    for (program::LevelMask& mask : masks) mask = random() % 63 + 1;
    program::Program const program = with_rules(masks, 0b111111);
    std::vector<std::uint32_t> all(masks.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    CHECK(eval::smallest_conflict(program, all) == by_search(program));
  }
}

TEST_CASE("a conflict of a few rules is found without the rest of the search") {
  std::size_t several = 0;
  for (unsigned seed = 1; seed <= 500; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<program::LevelMask> masks(2 + random() % 7);
    for (program::LevelMask& mask : masks) mask = random() & random() & 0b111111;
    if (seed % 2 == 0)
      for (program::LevelMask& mask : masks) mask |= std::uint64_t{1} << (random() % 6);
    program::Program const program = with_rules(masks, 0b111111);
    std::vector<RuleId> all(masks.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = {i};
    eval::SmallConflict const small(program, all);
    std::vector<std::uint32_t> found;
    for (RuleId const rule : small.rules()) found.push_back(rule.index);
    std::vector<std::uint32_t> const best = by_search(program);
    CHECK(found == (best.size() <= 4 ? best : std::vector<std::uint32_t>{}));
    several += found.size() > 1 ? 1 : 0;
  }
  CHECK(several > 50);
}

TEST_CASE("a conflict that needs very many rules still ends, with no rule too many") {
  std::vector<program::LevelMask> masks;
  for (int level = 0; level < 64; ++level) masks.push_back(~(program::LevelMask{1} << level));
  program::Program const program = with_rules(masks, ~program::LevelMask{0});
  std::vector<std::uint32_t> all(64);
  for (std::uint32_t i = 0; i < 64; ++i) all[i] = i;
  CHECK(eval::smallest_conflict(program, all).size() == 64);
}

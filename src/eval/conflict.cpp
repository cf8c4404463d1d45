#include "eval/conflict.hpp"

#include <algorithm>
#include <map>

namespace carestep::eval {
namespace {

using program::LevelMask;

/// The sets of rules found so far: for each set of levels that some `size` rules leave, the first such rules in the
/// order of declaration.
using Reached = std::map<LevelMask, std::vector<std::uint32_t>>;

/// All that one more rule can reach. Keeping just the first rules per mask is enough: whatever completes one set of
/// rules to a conflict completes any other that leaves the same levels.
Reached widened(program::Program const& program, std::vector<std::uint32_t> const& rules, Reached const& reached) {
  Reached next;
  for (auto const& [mask, chosen] : reached) {
    for (std::uint32_t const rule : rules) {
      LevelMask const left = mask & program.rules[rule].admits;
      if (left == mask) continue;
      std::vector<std::uint32_t> with = chosen;
      with.insert(std::upper_bound(with.begin(), with.end(), rule), rule);
      auto const [it, fresh] = next.try_emplace(left, with);
      if (!fresh && with < it->second) it->second = std::move(with);
    }
  }
  return next;
}

/// Takes away, from the last, every rule that the conflict does not need.
std::vector<std::uint32_t> irreducible(program::Program const& program, std::vector<std::uint32_t> rules) {
  for (std::size_t i = rules.size(); i-- > 0;) {
    LevelMask left = program.all_levels;
    for (std::size_t j = 0; j < rules.size(); ++j)
      if (j != i) left &= program.rules[rules[j]].admits;
    if (left == 0) rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return rules;
}

}  // namespace

std::vector<std::uint32_t> smallest_conflict(program::Program const& program, std::vector<std::uint32_t> const& rules) {
  LevelMask all = program.all_levels;
  for (std::uint32_t const rule : rules) all &= program.rules[rule].admits;
  if (all != 0) return {};
  // Each rule of a smallest set excludes a level that the others admit, so there are at most as many rounds as levels.
  for (Reached reached{{program.all_levels, {}}};;) {
    reached = widened(program, rules, reached);
    if (auto const found = reached.find(0); found != reached.end()) return found->second;
    if (reached.size() > 2048) return irreducible(program, rules);
  }
}

SmallConflict::SmallConflict(program::Program const& program, std::span<RuleId const> rules)
    : program_(program), all_(rules) {
  if (rules.size() > most_rules) return;
  for (size_ = 1; size_ <= found_.size(); ++size_)
    if (choose(0, program.all_levels, 0)) return;
  size_ = 0;
}

/// The first sets of the size come first.
bool SmallConflict::choose(std::size_t from, program::LevelMask left, std::size_t depth) {
  for (std::size_t i = from; i < all_.size(); ++i) {
    program::LevelMask const rest = left & program_.rules[all_[i].index].admits;
    found_[depth] = all_[i];
    if (depth + 1 == size_ ? rest == 0 : choose(i + 1, rest, depth + 1)) return true;
  }
  return false;
}

}  // namespace carestep::eval

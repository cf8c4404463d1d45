#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "program/program.hpp"

namespace carestep::eval {

/// A smallest set of these rules that no level satisfies together; of several smallest sets the first in the order of
/// declaration. Empty when some level satisfies all of them. Where there are too many combinations to look at, the set
/// is one from which no rule can be taken away.
///
/// `rules`: indices in the order of declaration.
std::vector<std::uint32_t> smallest_conflict(program::Program const& program, std::vector<std::uint32_t> const& rules);

/// The same set where it is found without much ado, as nearly always: few rules, of which it has at most four. Empty
/// elsewhere. Does not allocate.
class SmallConflict {
 public:
  SmallConflict(program::Program const& program, std::span<RuleId const> rules);

  [[nodiscard]] std::span<RuleId const> rules() const { return {found_.data(), size_}; }

 private:
  bool choose(std::size_t from, program::LevelMask left, std::size_t depth);

  static constexpr std::size_t most_rules = 24;
  program::Program const& program_;
  std::span<RuleId const> all_;
  std::array<RuleId, 4> found_{};
  std::size_t size_ = 0;
};

}  // namespace carestep::eval

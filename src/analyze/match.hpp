#pragma once

// Two versions of a ruleset, brought to one set of variables: inputs, levels and values are matched by name. An input
// that both versions ask has every value that either of them knows; what only one asks, the other does not look at.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyze/space.hpp"

namespace carestep::analyze {

/// Index of a version in everything that there is one of each.
enum class Side : std::uint8_t { older, newer };
inline constexpr std::array<Side, 2> both_sides{Side::older, Side::newer};
template <class T>
using PerSide = std::array<T, 2>;
constexpr std::size_t index(Side side) {
  return static_cast<std::size_t>(side);
}

/// The codes of a joint variable above those of the run before, up to and including `high`: one after the other, one
/// version's codes from `own` on; negative where that version has no such value.
struct CodeRun {
  std::int64_t high = 0;
  std::int64_t own = 0;
};

/// What a joint variable is in one version.
struct Counterpart {
  std::optional<ir::VarId> var;  // nothing: the version has no such variable
  std::vector<CodeRun> runs;
};

/// Names that mean the same: old name, new name.
struct Renames {
  std::map<std::string, std::string> inputs;
  std::map<std::string, std::string> levels;
};

/// What was added, removed or changed between two lists of declarations; `changes` says what, in words, for each name
/// of `changed`.
struct Declared {
  std::vector<std::string> added;
  std::vector<std::string> removed;
  std::vector<std::string> changed;
  std::vector<std::vector<std::string>> changes;
};

struct Match {
  PerSide<std::shared_ptr<program::Program const>> programs;
  /// The joint variables and inputs, and nothing else.
  std::shared_ptr<program::Program const> joint;
  std::vector<std::string> levels;                               // of either version, least intensive first
  PerSide<std::vector<std::int8_t>> level;                       // each version's levels, as indices of these
  PerSide<std::vector<Counterpart>> counterparts;                // one a joint variable
  PerSide<std::vector<ir::VarId>> joint_var;                     // one a variable of the version
  PerSide<std::vector<std::uint32_t>> joint_input;               // one an input of the version
  PerSide<std::vector<std::optional<std::uint32_t>>> own_input;  // one a joint input
  Declared inputs;
  Declared level_changes;
};

/// Errors   a rename of a name that its version does not have is not checked here.
Match match(std::shared_ptr<program::Program const> const& older, std::shared_ptr<program::Program const> const& newer,
            Renames const& renames);

/// The joint variables in an order that suits both versions, `current_level` first.
std::vector<ir::VarId> joint_order(Match const& match);

/// The variables of one version in that order.
std::vector<ir::VarId> own_order(Match const& match, Side side, std::vector<ir::VarId> const& order);

/// The code that a joint code is in one version; nothing where that has no such value.
std::optional<std::int64_t> own_code(Counterpart const& counterpart, std::int64_t code);

/// One version's questions as joint questions.
Questions joint_questions(Match const& match, Side side, Questions const& own);

}  // namespace carestep::analyze

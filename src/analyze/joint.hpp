#pragma once

// The decisions of two versions as functions over one set of variables.
//
// Each version's decisions are built over its own variables and then carried over to the joint ones, in the same order:
// a node stays a node, its codes become the joint codes. Where a joint code is no value of the version, the version
// refuses the assessment.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyze/analysis.hpp"
#include "analyze/match.hpp"

namespace carestep::analyze {

/// What one version says about an assessment, in levels of either version (Match::levels).
struct Ruling {
  bool refused = false;  // impossible, or an answer is no value of this version
  bool not_applicable = false;
  Move move = Move::none;
  std::int8_t next = eval::no_level_index;
  std::int8_t indicated = eval::no_level_index;
  bool conflict = false;
  bool not_eligible = false;

  friend auto operator<=>(Ruling const&, Ruling const&) = default;
};
struct RulingKey {
  Ruling operator()(Ruling const& v) const { return v; }
};

/// The evaluator's decision in these words; nothing when it is not determined.
std::optional<Ruling> ruling_of(Match const& match, Side side, Decision const& decision);

/// Complete assessments of one kind (without a previous assessment, or with one).
class JointWorld {
 public:
  JointWorld(Match const& match, bool with_previous, std::vector<ir::VarId> const& order, std::uint64_t budget,
             Numbered<Ruling, RulingKey>& rulings);

  [[nodiscard]] Space& space() { return space_; }
  [[nodiscard]] World& own(Side side) { return *own_[index(side)]; }

  /// Finds which impossible combinations the versions have in common.
  void match_impossibles();
  /// What the others read.
  [[nodiscard]] Questions unshared_reads() const;

  /// Assessments that both versions would call possible as far as their common impossible combinations go.
  [[nodiscard]] diagram::Ref shared_possible() const { return shared_; }
  /// A version's rulings: leaves are numbers of `rulings`. What these questions ask is looked at for values that the
  /// version does not know.
  diagram::Ref rulings(Side side, Questions const& reads);

  /// A function of one version over the joint variables; `outside`: where a code is no value of the version.
  diagram::Ref carried(Side side, diagram::Ref own, diagram::Ref outside);

 private:
  diagram::Ref own_rulings(Side side);
  diagram::Ref outside(Side side, Questions const& reads);

  Match const& match_;
  Space space_;
  PerSide<std::unique_ptr<World>> own_;
  Numbered<Ruling, RulingKey>& rulings_;
  diagram::Ref shared_ = diagram::yes;
  PerSide<diagram::Ref> refused_{diagram::no, diagram::no};  // by combinations that only this version has
  PerSide<std::vector<program::Slot>> unshared_;
};

}  // namespace carestep::analyze

#pragma once

#include <carestep/decision.hpp>

#include <array>
#include <string>
#include <string_view>

#include "ir/model.hpp"

namespace carestep::data {

/// Writes decisions in the brief form. A ruleset gives few different ones: the texts behind the `id` are kept.
///
/// Cost     does not allocate for a decision that is kept; holds at most `most_kept`.
/// Threads  one at a time.
class BriefDecisions {
 public:
  explicit BriefDecisions(ir::Model const& model) : model_(&model) {}

  /// Adds a decision that is not refused to `out`, as one line without a line break.
  void append(std::string& out, Decision const& decision, std::string_view id);

  static constexpr std::size_t most_kept = 256;

 private:
  /// All that the brief form shows.
  struct Shown {
    DecisionStatus status = DecisionStatus::determined;
    Move move = Move::none;
    LevelId next_level;
    LevelId indicated_level;
    MarkSet marks;
    LevelSet possible_next;
    friend bool operator==(Shown const&, Shown const&) = default;
  };
  struct Kept {
    Shown shown;
    std::string text;  // from `"status"` on; empty: nothing kept
  };

  std::string const& text_of(Decision const& decision);

  ir::Model const* model_;
  std::array<Kept, most_kept> kept_;
};

}  // namespace carestep::data

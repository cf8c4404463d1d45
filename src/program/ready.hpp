#pragma once

// Brief decisions made in advance. Where nothing but rules decides, and everybody may move anywhere, section 6 of the
// language comes to this: from the current level, the least intensive level that the rules admit, and whether one of
// them narrows the levels.

#include <carestep/decision.hpp>

#include <cstddef>
#include <vector>

namespace carestep::program {

class ReadyDecisions {
 public:
  ReadyDecisions() = default;
  /// `always_marks`: those of every decision.
  ReadyDecisions(std::size_t levels, MarkSet always_marks);

  /// `level_code`: that of the current level, 0 for none.
  [[nodiscard]] BriefDecision const& find(std::size_t level_code, bool narrows, std::size_t least) const {
    return decisions_[(2 * level_code + (narrows ? 1 : 0)) * levels_ + least];
  }

 private:
  std::size_t levels_ = 0;
  std::vector<BriefDecision> decisions_;
};

}  // namespace carestep::program

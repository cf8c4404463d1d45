#include "program/ready.hpp"

namespace carestep::program {
namespace {

Move move_between(LevelId current, LevelId next) {
  if (current == no_level) return Move::admit;
  if (next == current) return Move::stay;
  return next > current ? Move::step_up : Move::step_down;
}

}  // namespace

ReadyDecisions::ReadyDecisions(std::size_t levels, MarkSet always_marks) : levels_(levels) {
  auto const count = static_cast<std::int8_t>(levels);
  for (LevelId current = no_level; current.index < count; ++current.index)
    for (bool const narrows : {false, true})
      for (LevelId least{0}; least.index < count; ++least.index) {
        LevelId const next = narrows || current == no_level ? least : current;
        LevelSet const only{std::uint64_t{1} << static_cast<unsigned>(next.index), false};
        BriefDecision& decision = decisions_.emplace_back();
        decision.move = move_between(current, next);
        decision.next = decision.indicated = next;
        decision.marks = always_marks;
        if (!narrows) decision.marks.insert(Mark::by_default);
        decision.possible_next = decision.possible_indicated = only;
      }
}

}  // namespace carestep::program

#include "explain/summary.hpp"

#include <fmt/format.h>

namespace carestep::explain {
namespace {

std::string capitalised(std::string words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

/// `step down from residential to php`
std::string move_words(Seen const& seen) {
  Decision const& decision = seen.decision();
  std::string const next = level_name(seen.model(), decision.next);
  auto const current = seen.current_level();
  std::string const from = current && *current >= 0
                               ? " from " + seen.model().levels[static_cast<std::size_t>(*current)].name
                               : std::string();
  switch (decision.move) {
    case Move::admit:
      return "admit to " + next;
    case Move::step_up:
      return "step up" + from + " to " + next;
    case Move::stay:
      return "stay at " + next;
    case Move::step_down:
      return "step down" + from + " to " + next;
    case Move::discharge:
      return "discharge" + from;
    case Move::none:
      return "no move";
  }
  return {};
}

std::string indicated_words(Seen const& seen) {
  Decision const& decision = seen.decision();
  if (decision.marks.contains(Mark::conflict)) {
    return fmt::format("; the rules conflict, and the safe level is {}", level_name(seen.model(), decision.indicated));
  }
  if (decision.marks.contains(Mark::not_eligible)) return "; no level that the rules admit has its criteria met";
  if (decision.move == Move::discharge) return "";
  if (decision.marks.contains(Mark::by_default)) return "; no rule asks for any level";
  std::string out = decision.indicated == decision.next
                        ? ", the indicated level"
                        : "; indicated level is " + level_name(seen.model(), decision.indicated);
  if (decision.marks.contains(Mark::held)) out += ", but no step-down line towards it is open";
  if (decision.marks.contains(Mark::off_pathway)) out += "; no step line leads this way";
  return out;
}

std::string between(Seen const& seen, LevelSet const& set) {
  std::string low = set.none ? "none" : "";
  std::string high = low;
  for (ir::Level const& level : seen.model().levels) {
    auto const index = static_cast<std::int8_t>(&level - seen.model().levels.data());
    if (!set.contains(LevelId{index})) continue;
    if (low.empty()) low = level.name;
    high = level.name;
  }
  return low == high ? low : "between " + low + " and " + high;
}

}  // namespace

std::string level_name(ir::Model const& model, LevelId level) {
  return level == no_level ? "none" : model.levels[static_cast<std::size_t>(level.index)].name;
}

std::string summary(Seen const& seen) {
  Decision const& decision = seen.decision();
  if (decision.status == DecisionStatus::refused) return "Refused: the assessment cannot be decided.";
  if (decision.status == DecisionStatus::undetermined) {
    return fmt::format("Not yet determined, next level {}; for now: {}{}.", between(seen, decision.possible_next),
                       move_words(seen), indicated_words(seen));
  }
  if (decision.marks.contains(Mark::not_applicable)) return "No decision: these rules are not made for this person.";
  return capitalised(move_words(seen)) + indicated_words(seen) + ".";
}

std::string certainty(Seen const& seen) {
  Decision const& decision = seen.decision();
  if (decision.status == DecisionStatus::refused) return {};
  std::string out;
  if (decision.status == DecisionStatus::determined) {
    out = decision.assumed.empty()
              ? "Determined: nothing that is still unknown can change the move, the next level or the indicated level."
              : "Determined, as long as what is assumed below holds: nothing else that is still unknown can change the "
                "move, the next level or the indicated level.";
  } else {
    out = fmt::format(
        "Undetermined: the next level is {}, the indicated level {}. What follows is the provisional decision, the "
        "most "
        "intensive one that is possible, because waiting must not put anyone at risk.",
        between(seen, decision.possible_next), between(seen, decision.possible_indicated));
  }
  if (decision.marks.contains(Mark::approximate)) {
    out +=
        " Approximate: settling this exactly would have taken more steps than allowed; what is listed as possible may "
        "be too much, never too little.";
  }
  return out;
}

}  // namespace carestep::explain

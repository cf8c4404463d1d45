#include "analyze/shown.hpp"

#include <fmt/format.h>

#include "program/assessment_access.hpp"

namespace carestep::analyze {
std::string shown_level(ir::Model const& model, LevelId level) {
  return level == no_level ? "none" : model.levels[static_cast<std::size_t>(level.index)].name;
}

std::string shown_move(ir::Model const& model, Decision const& decision, LevelId current) {
  std::string const next = shown_level(model, decision.next);
  switch (decision.move) {
    case Move::admit:
      return "admit to " + next;
    case Move::step_up:
      return "step up to " + next;
    case Move::stay:
      return "stay at " + next;
    case Move::step_down:
      return "step down to " + next;
    case Move::discharge:
      return "discharge from " + shown_level(model, current);
    case Move::none:
      break;
  }
  return "no move";
}

namespace {

/// An assessment for which `current_level` was left out decides the same at every level.
LevelId level_of(Assessment const& assessment) {
  std::int64_t const code = AssessmentAccess::codes(assessment)[ir::current_level_var];
  return LevelId{static_cast<std::int8_t>(code <= 0 ? -1 : code - 1)};
}

}  // namespace

std::string grouped(std::string digits) {
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string share_of(Count const& count, Count const& of) {
  if (of == 0) return {};
  Count const tenths = (count * 2000 + of) / (of * 2);  // rounded to the nearest
  if (count != 0 && tenths == 0) return "under 0.1 %";
  if (count != of && tenths == 1000) return "over 99.9 %";
  return fmt::format("{}.{} %", Count(tenths / 10).str(), Count(tenths % 10).str());
}

carestep::Tally tally_of(Count const& count, Count const& of) {
  return {count.str(), of.str(), share_of(count, of)};
}

std::string tally_words(carestep::Tally const& tally, std::string_view what) {
  return fmt::format("{} of {} {}{}{}", grouped(tally.count), grouped(tally.of), what, tally.of == "1" ? "" : "s",
                     tally.share.empty() ? "" : " (" + tally.share + ")");
}

std::vector<std::string> expectations(Replay const& replay) {
  ir::Model const& model = *AssessmentAccess::program(replay.assessment)->model;
  Decision const& decision = replay.evaluation.decision;
  std::vector<std::string> words{shown_move(model, decision, level_of(replay.assessment)),
                                 "indicated " + shown_level(model, decision.indicated)};
  for (auto const& [mark, word] : {std::pair(Mark::conflict, "conflict"), std::pair(Mark::not_eligible, "not_eligible"),
                                   std::pair(Mark::by_default, "by_default"), std::pair(Mark::held, "held"),
                                   std::pair(Mark::off_pathway, "off_pathway")})
    if (decision.marks.contains(mark)) words.emplace_back(word);
  return words;
}

ShownPatient shown(Replay const& replay) {
  return {replay.assessment,
          {},
          patient_words(replay.assessment),
          fmt::format("{}", fmt::join(expectations(replay), ", "))};
}

}  // namespace carestep::analyze

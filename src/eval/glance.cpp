#include "eval/glance.hpp"

#include <algorithm>
#include <array>

#include "eval/report.hpp"

namespace carestep::eval {
namespace {

using program::AnswerCode;
using program::Boxes;
using program::Program;

/// Adds the rules of these boxes. Eight at a time, as many as most people have: a loop over the boxes that hold would
/// end at a different place for each person, which no processor guesses.
[[gnu::always_inline]] inline void add_rules_of(Boxes const& boxes, std::uint64_t left, std::vector<RuleId>& active) {
  static constexpr std::array<RuleId, 8> room{};
  std::int32_t last = -1;  // a rule's boxes stand together: it is the last rule again, or a later one
  do {
    auto const begin = active.insert(active.end(), room.begin(), room.end());
    auto end = begin;
    for (std::size_t i = 0; i < room.size(); ++i) {
      std::int32_t const rule = boxes.rule_of[static_cast<std::size_t>(std::countr_zero(left | Boxes::known))];
      end->index = static_cast<std::uint32_t>(rule);
      end += rule > last ? 1 : 0;
      last = rule;
      left &= left - 1;
    }
    active.erase(end, active.end());
  } while (left != 0);
}

[[gnu::always_inline]] inline std::int32_t sooner(std::int32_t days, std::int32_t other) {
  return other >= 0 && (days < 0 || other < days) ? other : days;
}

/// Makes the plan `size` moves long, one or none, without a branch on how long it is or was.
[[gnu::always_inline]] inline void plan(LevelId next, std::ptrdiff_t size, std::vector<LevelId>& plan) {
  std::array<LevelId, 2> const more{next, next};  // something is left to erase
  plan.insert(plan.end(), more.begin(), more.end());
  plan.front() = next;
  plan.erase(plan.begin() + size, plan.end());
}

/// Days until the reassessment; negative where nothing says when.
std::int32_t reassess_in(Program const& program, std::uint64_t left, LevelId next) {
  Boxes const& boxes = program.boxes;
  std::int32_t days =
      sooner(program.start.front().standing.reassess, program.reassess_days[static_cast<std::size_t>(next.index)]);
  for (std::uint64_t timed = left & boxes.timed_boxes; timed != 0; timed &= timed - 1) {
    auto const rule = static_cast<std::size_t>(boxes.rule_of[static_cast<std::size_t>(std::countr_zero(timed))]);
    days = sooner(days, program.rules[rule].reassess_days);
  }
  return days;
}

}  // namespace

void report_rules(Program const& program, Glance seen, AnswerCode level_code, Date day, Decision& decision) {
  Boxes const& boxes = program.boxes;
  clear_all_but_plan(decision);
  BriefDecision const& brief = brief_of_rules(program, seen, level_code);
  static_cast<BriefDecision&>(decision) = brief;
  decision.admissible.bits = seen.admits;
  if (!decision.plan) decision.plan.emplace();
  plan(brief.next, brief.move == Move::stay ? 0 : 1, *decision.plan);
  decision.placement = brief.next;
  for (std::uint32_t const rule : program.always_active) decision.active.push_back({rule});
  add_rules_of(boxes, seen.left, decision.active);
  if (!boxes.always_first) std::sort(decision.active.begin(), decision.active.end());
  if (std::int32_t const days = reassess_in(program, seen.left, brief.next); days >= 0)
    decision.reassess_on = Date{day.days + days};
  if (boxes.always_advises || (seen.left & boxes.advising_boxes) != 0) advise(program, decision);
}

}  // namespace carestep::eval

#pragma once

// Section 6 of the language as a circuit: the table of moves, for many records at once. One plane a level; what a row
// of the table says for a level is a conjunction with the plane of that level.

#include <vector>

#include "batch/logic.hpp"
#include "program/program.hpp"

namespace carestep::batch {

/// The outcome of a record: at most one of `next` holds, and of `indicated`.
template <class Truth>
struct Placed {
  std::vector<Truth> move;  // three bits of the number of the move
  std::vector<Truth> next;
  std::vector<Truth> indicated;
  Truth not_applicable;
  Truth conflict;
  Truth not_eligible;
  Truth by_default;
  Truth held;
  Truth off_pathway;
};

template <class Logic>
class Section6 {
 public:
  using Truth = typename Logic::Truth;
  using Levels = std::vector<Truth>;

  /// `condition(slot)` and `condition.at_levels(first, last)` are truths; `rules`: which are active.
  template <class Conditions>
  Section6(program::Program const& program, Logic& logic, Conditions& condition, std::vector<Truth> const& rules)
      : program_(program),
        logic_(logic),
        count_(static_cast<int>(program.level_count())),
        applies_(condition(program.applies)) {
    outside_ = condition.at_levels(0, 0);
    for (int level = 0; level < count_; ++level) {
      here_.push_back(condition.at_levels(level + 1, level + 1));
      above_here_.push_back(condition.at_levels(1, level));
      below_here_.push_back(condition.at_levels(level + 2, count_));
    }
    narrow(rules);
    exclude(condition);
    open_lines(condition);
  }

  [[nodiscard]] Truth applies() const { return applies_; }

  Placed<Truth> place() {
    Placed<Truth> p;
    p.not_applicable = negation(applies_);
    p.conflict = both(applies_, negation(any(admits_)));
    find_indicated(p);
    choose_move(p);
    return p;
  }

  /// Whether the outcome breaks a guarantee whose `whenever` holds.
  Truth breaks(Placed<Truth> const& p, program::GuaranteeTest const& guarantee) {
    if (guarantee.promise == ir::PromiseKind::no_conflict) return p.conflict;
    if (guarantee.promise == ir::PromiseKind::eligible) return p.not_eligible;
    Truth outside = no();
    for (int level = 0; level < count_; ++level)
      if (!has(guarantee.admits, level)) outside = either(outside, p.next[at(level)]);
    return guarantee.promise == ir::PromiseKind::levels ? either(outside, negation(any(p.next))) : outside;
  }

 private:
  static std::size_t at(int level) { return static_cast<std::size_t>(level); }
  static bool has(program::LevelMask mask, int level) { return (mask & program::bit(level)) != 0; }
  static Truth no() { return Logic::truth(false); }
  static Truth yes() { return Logic::truth(true); }
  static Truth negation(Truth a) { return Logic::negation(a); }
  Truth both(Truth a, Truth b) { return logic_.both(a, b); }
  Truth either(Truth a, Truth b) { return logic_.either(a, b); }
  Truth choose(Truth condition, Truth a, Truth b) { return either(both(condition, a), both(negation(condition), b)); }
  Levels none() const { return Levels(at(count_), no()); }

  Truth any(Levels const& levels) {
    Truth result = no();
    for (Truth const level : levels) result = either(result, level);
    return result;
  }
  /// The least intensive of the levels.
  Levels first(Levels const& levels) {
    Levels result = none();
    Truth so_far = no();
    for (int level = 0; level < count_; ++level) {
      result[at(level)] = both(levels[at(level)], negation(so_far));
      so_far = either(so_far, levels[at(level)]);
    }
    return result;
  }
  Levels last(Levels const& levels) {
    Levels result = none();
    Truth so_far = no();
    for (int level = count_; level-- > 0;) {
      result[at(level)] = both(levels[at(level)], negation(so_far));
      so_far = either(so_far, levels[at(level)]);
    }
    return result;
  }
  Levels where(Truth condition, Levels levels) {
    for (Truth& level : levels) level = both(condition, level);
    return levels;
  }
  Levels joined(Levels a, Levels const& b) {
    for (int level = 0; level < count_; ++level) a[at(level)] = either(a[at(level)], b[at(level)]);
    return a;
  }
  Levels choose(Truth condition, Levels const& a, Levels const& b) {
    return joined(where(condition, a), where(negation(condition), b));
  }
  void narrow(std::vector<Truth> const& rules) {
    Levels blocked = none();
    Levels blocked_hard = none();
    Levels safe = none();
    narrows_ = no();
    for (std::size_t i = 0; i < rules.size(); ++i) {
      program::RuleEffect const& effect = program_.rules[i];
      if (!effect.narrows) continue;
      narrows_ = either(narrows_, rules[i]);
      for (int level = 0; level < count_; ++level) {
        if (!has(effect.admits, level)) blocked[at(level)] = either(blocked[at(level)], rules[i]);
        if (!has(effect.admits_hard, level)) blocked_hard[at(level)] = either(blocked_hard[at(level)], rules[i]);
      }
      if (effect.safe >= 0) safe[at(effect.safe)] = either(safe[at(effect.safe)], rules[i]);
    }
    for (int level = 0; level < count_; ++level) {
      admits_.push_back(negation(blocked[at(level)]));
      hard_.push_back(negation(blocked_hard[at(level)]));
    }
    safe_ = choose(any(hard_), first(hard_), last(safe));
  }

  template <class Conditions>
  void exclude(Conditions& condition) {
    Levels met_admission = none();
    Levels met_stay = none();
    for (program::CriterionTest const& criterion : program_.criteria) {
      Levels& met = criterion.admit ? met_admission : met_stay;
      met[criterion.level] = either(met[criterion.level], condition(criterion.holds));
    }
    for (int level = 0; level < count_; ++level) {
      Truth fails = no();
      if (has(program_.with_admit, level)) fails = both(negation(here_[at(level)]), negation(met_admission[at(level)]));
      if (has(program_.with_continue, level))
        fails = either(fails, both(here_[at(level)], negation(met_stay[at(level)])));
      eligible_.push_back(both(admits_[at(level)], negation(fails)));
    }
  }

  /// Where an open line leads in one move from the current level.
  template <class Conditions>
  void open_lines(Conditions& condition) {
    up_ = none();
    down_ = none();
    for (program::StepMove const& step : program_.steps) {
      Truth const open = both(here_[step.from], condition(step.open));
      Levels& lines = step.to > step.from ? up_ : down_;
      lines[step.to] = either(lines[step.to], open);
    }
    discharge_open_ = no();
    for (program::DischargeTest const& line : program_.discharges)
      for (int level = 0; level < count_; ++level)
        if (has(line.from, level))
          discharge_open_ = either(discharge_open_, both(here_[at(level)], condition(line.open)));
  }

  void find_indicated(Placed<Truth>& p) {
    admissible_ = choose(p.conflict, safe_, eligible_);
    p.not_eligible = both(both(applies_, negation(p.conflict)), negation(any(eligible_)));
    Levels const least = first(admissible_);
    Truth criterion = no();
    for (int level = 0; level < count_; ++level) {
      Truth const at_it = here_[at(level)];
      Truth const has_one = either(both(at_it, Logic::truth(has(program_.with_continue, level))),
                                   both(negation(at_it), Logic::truth(has(program_.with_admit, level))));
      criterion = either(criterion, both(least[at(level)], has_one));
    }
    p.by_default =
        both(both(applies_, negation(either(p.conflict, p.not_eligible))), negation(either(narrows_, criterion)));
    p.indicated = where(applies_, choose(both(p.by_default, negation(outside_)), here_, least));
  }

  Truth free_to_leave() {
    Truth free = no();
    Truth all_below = yes();
    for (int level = 0; level < count_; ++level) {
      all_below = both(all_below, admits_[at(level)]);
      free = either(free, both(here_[at(level)], all_below));
    }
    return free;
  }

  void choose_move(Placed<Truth>& p) {
    Truth same = no();
    Truth higher = no();
    for (int level = 0; level < count_; ++level) {
      same = either(same, both(p.indicated[at(level)], here_[at(level)]));
      higher = either(higher, both(p.indicated[at(level)], above_here_[at(level)]));
    }
    Truth const in_care = both(applies_, negation(outside_));
    Truth const may_leave = both(both(discharge_open_, free_to_leave()), negation(p.conflict));
    Truth const discharge = both(both(in_care, may_leave), either(p.not_eligible, same));
    Truth const placed = both(both(applies_, negation(discharge)), negation(p.not_eligible));
    Truth const admit = both(placed, outside_);
    Truth const up = both(both(placed, negation(outside_)), higher);
    Truth const lower = both(both(placed, negation(outside_)), negation(either(same, higher)));
    Truth const down = both(lower, negation(p.conflict));

    Levels const up_to = step_up(p);
    Down const down_to = step_down(p);
    p.held = both(down, down_to.held);
    p.off_pathway = either(both(up, up_off_), both(down, down_to.off));
    Truth const stay_at = both(both(in_care, negation(discharge)),
                               either(either(p.not_eligible, same), either(both(lower, p.conflict), p.held)));
    Truth const steps_down = both(down, negation(p.held));
    p.next = joined(joined(joined(where(admit, p.indicated), where(up, up_to)), where(steps_down, down_to.next)),
                    where(stay_at, here_));
    Truth const none = negation(either(either(admit, up), either(either(stay_at, steps_down), discharge)));
    // admit 0, step_up 1, stay 2, step_down 3, discharge 4, none 5
    p.move = {either(either(up, steps_down), none), either(stay_at, steps_down), either(discharge, none)};
  }

  Levels step_up(Placed<Truth> const& p) {
    up_off_ = no();
    if (program_.free_moves) return p.indicated;
    Levels reached = none();
    for (int level = 0; level < count_; ++level) reached[at(level)] = both(up_[at(level)], admissible_[at(level)]);
    up_off_ = negation(any(reached));
    return choose(up_off_, p.indicated, first(reached));
  }

  struct Down {
    Levels next;
    Truth held;
    Truth off;
  };

  /// The first move of a shortest pathway: levels are taken up by how many moves they are from the indicated one.
  Down step_down(Placed<Truth> const& p) {
    if (program_.free_moves) return {p.indicated, no(), no()};
    Levels next = none();
    Truth found = no();
    Levels distance = p.indicated;
    Levels reached = p.indicated;
    for (int moves = 0; moves + 1 < count_; ++moves) {
      Levels candidates = none();
      for (int level = 0; level < count_; ++level) candidates[at(level)] = both(down_[at(level)], distance[at(level)]);
      next = joined(next, where(negation(found), first(candidates)));
      found = either(found, any(candidates));
      Levels further = none();
      for (int level = 0; level < count_; ++level) {
        Truth leads = no();
        for (int to = 0; to < level; ++to)
          if (has(program_.down_from[at(level)], to)) leads = either(leads, distance[at(to)]);
        further[at(level)] = both(both(admissible_[at(level)], leads), negation(reached[at(level)]));
      }
      distance = further;
      reached = joined(reached, further);
    }
    Truth here_admissible = no();
    Levels below = none();
    for (int level = 0; level < count_; ++level) {
      here_admissible = either(here_admissible, both(here_[at(level)], admissible_[at(level)]));
      below[at(level)] = both(admissible_[at(level)], below_here_[at(level)]);
    }
    Truth const held = both(negation(found), here_admissible);
    Truth const off = both(negation(found), negation(here_admissible));
    return {choose(off, last(below), next), held, off};
  }

  program::Program const& program_;
  Logic& logic_;
  int count_;
  Truth applies_;
  Truth outside_;
  Truth narrows_;
  Truth discharge_open_;
  Truth up_off_;
  Levels here_;
  Levels above_here_;  // whether the level is above the current one
  Levels below_here_;
  Levels admits_;
  Levels hard_;
  Levels safe_;
  Levels eligible_;
  Levels admissible_;
  Levels up_;
  Levels down_;
};

}  // namespace carestep::batch

// Sections 5, 6 and 9 of language.md for one complete assessment.

#include <algorithm>

#include "differential/model.hpp"

namespace carestep::reference {

namespace {

/// Levels count from 1 here, 0 is `none`; a set of levels has bit 0 for the least intensive.
LevelSet only(std::size_t level) {
  return LevelSet{1} << (level - 1);
}
bool contains(LevelSet set, std::size_t level) {
  return level != 0 && (set & only(level)) != 0;
}
LevelSet below(std::size_t level) {
  return only(level) - 1;
}
LevelSet above(std::size_t level) {
  return ~(2 * only(level) - 1);
}

bool narrows(Action const& action) {
  return action.kind <= Action::Kind::needs;
}
bool narrows_but_at_most(Action const& action) {
  return narrows(action) && action.kind != Action::Kind::at_most;
}
bool asks_for(Action const& action) {
  return action.kind == Action::Kind::at_least || action.kind == Action::Kind::only ||
         action.kind == Action::Kind::needs;
}

/// One completion on its way to a decision. `c` is the current level and `t` the indicated level, as in section 6.
class Placing {
 public:
  Placing(Rules const& rules, Case const& completion, LevelSet unavailable)
      : rules_(rules),
        completion_(completion),
        c_(static_cast<std::size_t>(completion[Rules::current_level])),
        all_(all_levels(rules)),
        unavailable_(unavailable) {}

  Outcome decide();

 private:
  // section 5
  void find_active_rules();
  bool active(std::size_t rule) const;
  template <class Choice>
  LevelSet admitted_by_actions(Choice chosen) const;
  bool any_criterion(bool admit, std::size_t level) const;
  bool criterion_holds(bool admit, std::size_t level) const;
  bool criteria_admit(std::size_t level) const;
  void narrow();
  std::size_t safe_level() const;
  bool placed_by_default(std::size_t t) const;
  void name_failing_criteria(LevelSet admitted_by_rules);

  // section 6
  void move();
  void go(Move kind, std::size_t next, std::vector<std::size_t> plan);
  bool free_to_leave() const;
  bool discharge_line_holds() const;
  bool line_joins(bool up, std::size_t from, std::size_t to, bool open_only) const;
  void step_up();
  void step_down();
  std::optional<std::vector<std::size_t>> shortest_pathway(std::size_t from, bool first_line_open) const;
  void place();
  void reassess();

  // section 9
  bool kept(Guarantee const& guarantee) const;

  std::size_t least(LevelSet set) const;
  std::size_t most(LevelSet set) const;

  Rules const& rules_;
  Case const& completion_;
  std::size_t c_;
  LevelSet all_;
  LevelSet unavailable_;
  Outcome outcome_;
};

std::size_t Placing::least(LevelSet set) const {
  for (std::size_t level = 1; level <= rules_.levels.size(); ++level) {
    if (contains(set, level)) return level;
  }
  return 0;
}

std::size_t Placing::most(LevelSet set) const {
  for (auto level = rules_.levels.size(); level >= 1; --level) {
    if (contains(set, level)) return level;
  }
  return 0;
}

Outcome Placing::decide() {
  outcome_.active.assign(rules_.rules.size(), false);
  outcome_.broken.assign(rules_.guarantees.size(), false);
  // "the ruleset's `applies` does not hold: none, no move, marked `not_applicable`; rules are not considered, t is
  // none"
  if (!rules_.applies(completion_)) {
    outcome_.not_applicable = true;
    return outcome_;
  }
  find_active_rules();
  narrow();
  move();
  place();
  reassess();
  for (std::size_t i = 0; i < rules_.guarantees.size(); ++i) outcome_.broken[i] = !kept(rules_.guarantees[i]);
  return outcome_;
}

// ---- section 5 ----------------------------------------------------------------------------------------------------

void Placing::find_active_rules() {
  for (std::size_t i = 0; i < rules_.rules.size(); ++i) outcome_.active[i] = active(i);
}

/// "A rule is active when its `when` holds, its `unless` does not, and no active rule `overrides` it".
bool Placing::active(std::size_t rule) const {
  auto const& overriding = rules_.overridden_by[rule];
  return rules_.rules[rule].holds(completion_) &&
         std::none_of(overriding.begin(), overriding.end(), [&](std::size_t by) { return active(by); });
}

/// Levels admitted by those actions of the active rules that are chosen.
template <class Choice>
LevelSet Placing::admitted_by_actions(Choice chosen) const {
  auto admitted = all_;
  for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
    if (!outcome_.active[i]) continue;
    for (auto const& action : rules_.rules[i].actions) {
      if (chosen(action)) admitted &= action.admits;
    }
  }
  return admitted;
}

bool Placing::any_criterion(bool admit, std::size_t level) const {
  return std::any_of(rules_.criteria.begin(), rules_.criteria.end(), [&](Criterion const& criterion) {
    return criterion.admit == admit && criterion.level + 1 == level;
  });
}

bool Placing::criterion_holds(bool admit, std::size_t level) const {
  return std::any_of(rules_.criteria.begin(), rules_.criteria.end(), [&](Criterion const& criterion) {
    return criterion.admit == admit && criterion.level + 1 == level && criterion.holds(completion_);
  });
}

/// "level l ≠ c that has `admit` lines is inadmissible unless one of them holds; level c, if it has `continue` lines,
/// is inadmissible unless one of them holds."
bool Placing::criteria_admit(std::size_t level) const {
  auto const admit = level != c_;
  return !any_criterion(admit, level) || criterion_holds(admit, level);
}

void Placing::narrow() {
  auto const by_rules = admitted_by_actions(narrows);
  if (by_rules == 0) {
    outcome_.conflict = true;
    outcome_.indicated = safe_level();
    outcome_.admissible = only(outcome_.indicated);
    return;
  }
  for (std::size_t level = 1; level <= rules_.levels.size(); ++level) {
    if (contains(by_rules, level) && criteria_admit(level)) outcome_.admissible |= only(level);
  }
  if (outcome_.admissible == 0) {
    outcome_.not_eligible = true;
    name_failing_criteria(by_rules);
    return;
  }
  outcome_.indicated = least(outcome_.admissible);
  if (placed_by_default(outcome_.indicated)) {
    outcome_.by_default = true;
    if (c_ != 0) outcome_.indicated = c_;  // "someone in care stays where they are (t = c)"
  }
}

/// "the least intensive level admitted by the active rules' `at least`, `only`, `not` and `needs` actions (`at most`
/// left aside); if those too admit none, the most intensive of the levels that each such action, taken alone, would
/// give."
std::size_t Placing::safe_level() const {
  if (auto const admitted = admitted_by_actions(narrows_but_at_most); admitted != 0) return least(admitted);
  std::size_t safe = 0;
  for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
    if (!outcome_.active[i]) continue;
    for (auto const& action : rules_.rules[i].actions) {
      if (narrows_but_at_most(action)) safe = std::max(safe, least(action.admits));
    }
  }
  return safe;
}

/// "no active rule has an action that narrows, and t has no criterion."
bool Placing::placed_by_default(std::size_t t) const {
  for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
    auto const& actions = rules_.rules[i].actions;
    if (outcome_.active[i] && std::any_of(actions.begin(), actions.end(), narrows)) return false;
  }
  return !any_criterion(t != c_, t);
}

/// "the decision names the levels that the rules admit and the criteria that fail"
void Placing::name_failing_criteria(LevelSet admitted_by_rules) {
  for (std::size_t level = 1; level <= rules_.levels.size(); ++level) {
    if (!contains(admitted_by_rules, level)) continue;
    outcome_.failing_criteria.push_back((level == c_ ? "continue " : "admit ") + rules_.levels[level - 1].name);
  }
}

// ---- section 6 ----------------------------------------------------------------------------------------------------

void Placing::go(Move kind, std::size_t next, std::vector<std::size_t> plan) {
  outcome_.move = kind;
  outcome_.next = next;
  outcome_.plan = std::move(plan);
}

/// The table of section 6, row by row; `applies` is behind us.
void Placing::move() {
  auto const t = outcome_.indicated;
  if (free_to_leave() && (t == c_ || outcome_.not_eligible) && discharge_line_holds()) {
    go(Move::discharge, 0, {});
  } else if (outcome_.not_eligible) {
    go(c_ == 0 ? Move::none : Move::stay, c_, {});
  } else if (c_ == 0) {
    go(Move::admit, t, {t});
  } else if (t == c_) {
    go(Move::stay, c_, {});
  } else if (t > c_) {
    step_up();
  } else if (outcome_.conflict) {
    go(Move::stay, c_, {});
  } else {
    step_down();
  }
}

/// "Someone is free to leave when no active rule's action excludes c or a level below c, and there is no conflict".
bool Placing::free_to_leave() const {
  if (c_ == 0 || outcome_.conflict) return false;
  auto const c_and_below = only(c_) | below(c_);
  return (admitted_by_actions(narrows) & c_and_below) == c_and_below;
}

bool Placing::discharge_line_holds() const {
  return std::any_of(rules_.discharges.begin(), rules_.discharges.end(),
                     [&](DischargeLine const& line) { return contains(line.from, c_) && line.holds(completion_); });
}

/// "A ruleset without any `step` line lets everyone move from any level to any other." "with `any` or a list, the pairs
/// that do not [lead up, or down] are passed over".
bool Placing::line_joins(bool up, std::size_t from, std::size_t to, bool open_only) const {
  if (up ? to <= from : to >= from) return false;
  if (rules_.lines.empty()) return true;
  return std::any_of(rules_.lines.begin(), rules_.lines.end(), [&](Line const& line) {
    return line.up == up && contains(line.from, from) && contains(line.to, to) &&
           (!open_only || line.open(completion_));
  });
}

/// "to the least intensive level in A that an open `step up` line reaches from c in one move. If none is open: to t all
/// the same, marked `off_pathway`"
void Placing::step_up() {
  for (auto level = c_ + 1; level <= rules_.levels.size(); ++level) {
    if (!contains(outcome_.admissible, level) || !line_joins(true, c_, level, true)) continue;
    go(Move::step_up, level, {level});
    return;
  }
  outcome_.off_pathway = true;
  go(Move::step_up, outcome_.indicated, {outcome_.indicated});
}

/// "a shortest pathway (fewest moves) of `step down` lines from c to t, through levels in A, whose first line is open
/// now; among several, the one whose first move lands on the least intensive level, then likewise for the second move,
/// and so on." Every pathway is tried.
std::optional<std::vector<std::size_t>> Placing::shortest_pathway(std::size_t from, bool first_line_open) const {
  auto const t = outcome_.indicated;
  if (from == t) return std::vector<std::size_t>{};
  std::optional<std::vector<std::size_t>> best;
  for (auto next = t; next < from; ++next) {
    if (!contains(outcome_.admissible, next) || !line_joins(false, from, next, first_line_open)) continue;
    auto rest = shortest_pathway(next, false);
    if (!rest) continue;
    rest->insert(rest->begin(), next);
    if (!best || rest->size() < best->size() || (rest->size() == best->size() && *rest < *best)) best = rest;
  }
  return best;
}

/// "If there is none: stay when c is in A, marked `held`; otherwise step down to the most intensive level in A below c,
/// marked `off_pathway`"
void Placing::step_down() {
  if (auto const pathway = shortest_pathway(c_, true)) {
    go(Move::step_down, pathway->front(), *pathway);
  } else if (contains(outcome_.admissible, c_)) {
    outcome_.held = true;
    go(Move::stay, c_, {});
  } else {
    outcome_.off_pathway = true;
    auto const next = most(outcome_.admissible & below(c_));
    go(Move::step_down, next, {next});
  }
}

/// "if its next level is unavailable, placement is the least intensive available level above it in P, else the most
/// intensive available level below it in P, else nothing, where P = A, but in a conflict what the active rules'
/// `at least`, `only`, `not` and `needs` admit; below the next level, P keeps only levels that satisfy every active
/// `at least`, `only` and `needs`." "The level that someone is at is always available to them."
void Placing::place() {
  if (outcome_.next == 0) return;
  auto available = all_ & ~unavailable_;
  if (c_ != 0) available |= only(c_);
  if (contains(available, outcome_.next)) {
    outcome_.placement = outcome_.next;
    return;
  }
  auto const p = available & (outcome_.conflict ? admitted_by_actions(narrows_but_at_most) : outcome_.admissible);
  outcome_.placement = least(p & above(outcome_.next));
  if (outcome_.placement == 0) outcome_.placement = most(p & below(outcome_.next) & admitted_by_actions(asks_for));
}

/// "the shortest of the next level's `reassess every` and the active rules' `reassess in`"
void Placing::reassess() {
  std::vector<std::int64_t> days;
  if (outcome_.next != 0) {
    if (auto const& every = rules_.levels[outcome_.next - 1].reassess_days) days.push_back(*every);
  }
  for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
    if (!outcome_.active[i]) continue;
    for (auto const& action : rules_.rules[i].actions) {
      if (action.kind == Action::Kind::reassess) days.push_back(action.days);
    }
  }
  if (!days.empty()) outcome_.reassess_days = *std::min_element(days.begin(), days.end());
}

// ---- section 9 ----------------------------------------------------------------------------------------------------

/// A promise about levels is "about the decision's next level [...]; the placement when the caller named unavailable
/// levels".
bool Placing::kept(Guarantee const& guarantee) const {
  if (!guarantee.whenever(completion_)) return true;
  auto const level = unavailable_ == 0 ? outcome_.next : outcome_.placement;
  switch (guarantee.promise) {
    case Guarantee::Promise::no_conflict:
      return !outcome_.conflict;
    case Guarantee::Promise::eligible:
      return !outcome_.not_eligible;
    case Guarantee::Promise::level:
      return contains(guarantee.levels, level);
    case Guarantee::Promise::level_or_nowhere:
      return level == 0 || contains(guarantee.levels, level);
  }
  return false;
}

}  // namespace

Outcome decide_completion(Rules const& rules, Case const& completion, LevelSet unavailable) {
  return Placing(rules, completion, unavailable).decide();
}

LevelSet admitted_by(Rules const& rules, std::vector<bool> const& chosen) {
  auto admitted = all_levels(rules);
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    if (!chosen[i]) continue;
    for (auto const& action : rules.rules[i].actions) {
      if (narrows(action)) admitted &= action.admits;
    }
  }
  return admitted;
}

}  // namespace carestep::reference

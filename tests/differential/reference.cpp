// Section 7 of language.md: every completion is decided, and what they have in common is reported.

#include "differential/reference.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "differential/model.hpp"

namespace carestep::reference {

namespace {

/// "Two completions decide differently when kind, next level, indicated level, conflict, not eligible or not applicable
/// differ."
auto deciding_part(Outcome const& o) {
  return std::make_tuple(o.move, o.next, o.indicated, o.conflict, o.not_eligible, o.not_applicable);
}

std::string move_name(Move move) {
  switch (move) {
    case Move::admit:
      return "admit";
    case Move::step_up:
      return "step_up";
    case Move::stay:
      return "stay";
    case Move::step_down:
      return "step_down";
    case Move::discharge:
      return "discharge";
    case Move::none:
      return "none";
  }
  return "";
}

Wide number_of(Decimal value) {
  return Wide{value.scaled} * (one / Decimal::one);
}

// ---- what is known ------------------------------------------------------------------------------------------------

/// One unknown input, with the cells that its value may lie in.
struct Unknown {
  std::size_t slot = 0;
  std::vector<Cell> cells;
  std::optional<Wide> assumed;  // the value that `if unknown assume` gives it
};

/// An assessment in terms of slots.
class Known {
 public:
  Known(Rules const& rules, Assessment const& assessment);

  Case values;                     // of the known slots
  std::vector<Unknown> unknown;    // in the order of declaration
  std::vector<std::size_t> stale;  // slots
  bool no_previous = false;        // `previous X` *is* X
  LevelSet unavailable = 0;

 private:
  void read_built_in(Assessment const& assessment);
  void read_inputs(Assessment const& assessment);
  void read_previous(Assessment const& assessment);
  void read(std::size_t slot, Answer const* answer, bool assume);
  Slot compared_slot(std::size_t slot) const;
  Wide value_of(Slot const& slot, Answer const& answer, Date today) const;
  Wide members(Slot const& slot, std::vector<std::string> const& names) const;
  std::vector<Cell> agreeing_subsets(Slot const& slot, Answer const& answer) const;

  Rules const& rules_;
  Date today_;
};

std::size_t index_in(std::vector<std::string> const& values, std::string const& value) {
  auto const found = std::find(values.begin(), values.end(), value);
  if (found == values.end()) throw std::logic_error("no such value: " + value);
  return static_cast<std::size_t>(found - values.begin());
}

Known::Known(Rules const& rules, Assessment const& assessment)
    : values(rules.slots.size()),
      no_previous(assessment.previous == Assessment::Previous::none),
      rules_(rules),
      today_(assessment.day) {
  read_built_in(assessment);
  read_inputs(assessment);
  read_previous(assessment);
  for (auto const& name : assessment.unavailable) {
    unavailable |= LevelSet{1} << (index_in(rules.slots[Rules::current_level].type.values, name) - 1);
  }
}

void Known::read_built_in(Assessment const& assessment) {
  auto const& levels = rules_.slots[Rules::current_level];
  auto const& days = rules_.slots[Rules::days_in_level];
  auto days_known = assessment.days_in_level;
  if (assessment.current_level) {
    values[Rules::current_level] = static_cast<Wide>(index_in(levels.type.values, *assessment.current_level));
    if (values[Rules::current_level] == 0) days_known = 0;
  } else {
    unknown.push_back({Rules::current_level, cells_of(levels), std::nullopt});
  }
  if (days_known) {
    values[Rules::days_in_level] = *days_known * day;
  } else {
    unknown.push_back({Rules::days_in_level, cells_of(days), std::nullopt});
  }
}

/// "`valid for D`: an answer that carries a date more than D before `assessment_date` counts as unknown and is listed
/// under *stale* (before `assume` applies)."
void Known::read_inputs(Assessment const& assessment) {
  for (auto slot = Rules::first_input; slot < rules_.first_previous(); ++slot) {
    auto const& valid_for = rules_.slots[slot].valid_for;
    auto const found = assessment.answers.find(rules_.slots[slot].name);
    auto const* answer = found == assessment.answers.end() ? nullptr : &found->second;
    auto const answered = answer != nullptr && answer->kind != Answer::Kind::unknown;
    if (answered && valid_for && answer->on && (today_.days - answer->on->days) * day > *valid_for) {
      stale.push_back(slot);
      answer = nullptr;
    }
    read(slot, answer, true);
  }
}

/// Section 4: "An assessment may say that there was none: then `previous X` *is* X (nothing has changed yet). Otherwise
/// what is not told of the previous assessment is unknown."
void Known::read_previous(Assessment const& assessment) {
  if (no_previous) return;
  for (std::size_t i = 0; i < rules_.inputs; ++i) {
    auto const slot = rules_.first_previous() + i;
    if (!rules_.slots[slot].read) continue;  // nobody asks for the previous value of what is never compared with it
    auto const found = assessment.previous_answers.find(rules_.slots[Rules::first_input + i].name);
    read(slot, found == assessment.previous_answers.end() ? nullptr : &found->second, false);
  }
}

/// The slot with all that it is compared with: where `previous X` is X, what X is compared with in that name too.
Slot Known::compared_slot(std::size_t slot) const {
  auto result = rules_.slots[slot];
  if (!no_previous || slot < Rules::first_input || slot >= rules_.first_previous()) return result;
  auto const& previous = rules_.slots[slot + rules_.inputs];
  result.read = result.read || previous.read;
  result.every_value = result.every_value || previous.every_value;
  result.cuts.insert(previous.cuts.begin(), previous.cuts.end());
  return result;
}

void Known::read(std::size_t slot, Answer const* answer, bool assume) {
  auto const s = compared_slot(slot);
  if (answer == nullptr || answer->kind == Answer::Kind::unknown) {
    unknown.push_back({slot, cells_of(s), assume ? s.assumed : std::nullopt});
  } else if (answer->kind == Answer::Kind::set &&
             answer->includes.size() + answer->excludes.size() < s.type.values.size()) {
    unknown.push_back({slot, agreeing_subsets(s, *answer), std::nullopt});
  } else {
    values[slot] = value_of(s, *answer, today_);
  }
}

Wide Known::value_of(Slot const& slot, Answer const& answer, Date today) const {
  switch (answer.kind) {
    case Answer::Kind::word:
      return static_cast<Wide>(index_in(slot.type.values, answer.word));
    case Answer::Kind::number:
      return number_of(answer.number) * std::max<Wide>(1, slot.type.hours);
    case Answer::Kind::date:
      return (today.days - answer.day.days) * day;
    case Answer::Kind::never:
      return never;
    case Answer::Kind::set:
      return members(slot, answer.includes);
    case Answer::Kind::unknown:
      break;
  }
  throw std::logic_error("an unknown answer has no value");
}

Wide Known::members(Slot const& slot, std::vector<std::string> const& names) const {
  Wide bits = 0;
  for (auto const& name : names) bits |= Wide{1} << index_in(slot.type.values, name);
  return bits;
}

/// "every subset of a set (of a set known in part, those that agree with what is known)"
std::vector<Cell> Known::agreeing_subsets(Slot const& slot, Answer const& answer) const {
  auto const included = members(slot, answer.includes);
  auto const excluded = members(slot, answer.excludes);
  std::vector<Cell> cells;
  for (Wide subset = 0; subset < slot.count; ++subset) {
    if ((subset & included) == included && (subset & excluded) == 0) cells.push_back({subset, subset, 1});
  }
  return cells;
}

// ---- all completions ----------------------------------------------------------------------------------------------

/// Every combination of one cell for each unknown input, the last input moving fastest. Assumed inputs are left unknown
/// here, because `ask` treats them so; the decision looks at those completions that have the assumed values.
class Completions {
 public:
  Completions(Rules const& rules, Known const& known);

  Rules const& rules;
  Known const& known;
  std::vector<bool> possible;     // for each completion
  std::vector<Outcome> outcomes;  // for each completion; empty for impossible ones
  std::vector<int> decisions;     // for each completion: equal numbers decide alike

  std::size_t size() const { return possible.size(); }
  std::size_t stride(std::size_t axis) const { return strides_[axis]; }
  std::size_t cell(std::size_t completion, std::size_t axis) const;
  Case filled(std::size_t completion) const;

 private:
  bool is_possible(Case const& completion) const;

  std::vector<std::size_t> strides_;  // for each unknown input: how far apart completions lie that differ in its cell
};

std::uint64_t count_completions(Known const& known) {
  std::uint64_t count = 1;
  for (auto const& unknown : known.unknown) {
    if (count > 1'000'000'000) return count;
    count *= unknown.cells.size();
  }
  return count;
}

Completions::Completions(Rules const& r, Known const& k) : rules(r), known(k), strides_(k.unknown.size()) {
  std::size_t count = 1;
  for (auto axis = known.unknown.size(); axis-- > 0;) {
    strides_[axis] = count;
    count *= known.unknown[axis].cells.size();
  }
  possible.resize(count);
  outcomes.resize(count);
  decisions.resize(count, -1);
  using DecidingPart = decltype(deciding_part(Outcome{}));
  std::map<DecidingPart, int> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    auto const completion = filled(i);
    possible[i] = is_possible(completion);
    if (!possible[i]) continue;
    outcomes[i] = decide_completion(rules, completion, known.unavailable);
    decisions[i] = numbers.emplace(deciding_part(outcomes[i]), static_cast<int>(numbers.size())).first->second;
  }
}

std::size_t Completions::cell(std::size_t completion, std::size_t axis) const {
  return completion / stride(axis) % known.unknown[axis].cells.size();
}

Case Completions::filled(std::size_t completion) const {
  auto result = known.values;
  for (auto axis = known.unknown.size(); axis-- > 0;) {
    auto const& unknown = known.unknown[axis];
    result[unknown.slot] = unknown.cells[completion % unknown.cells.size()].first;
    completion /= unknown.cells.size();
  }
  if (known.no_previous) {
    for (std::size_t i = 0; i < rules.inputs; ++i) {
      result[rules.first_previous() + i] = result[Rules::first_input + i];
    }
  }
  return result;
}

/// data.md: "`days_in_level` (which is 0 for `none`; anything else with it is refused)".
bool violates_days_of_none(Case const& completion) {
  return completion[Rules::current_level] == 0 && completion[Rules::days_in_level] != 0;
}

/// "completions that are `impossible` do not count"
bool Completions::is_possible(Case const& completion) const {
  return !violates_days_of_none(completion) &&
         std::none_of(rules.impossibles.begin(), rules.impossibles.end(),
                      [&](Impossible const& impossible) { return impossible.holds(completion); });
}

// ---- assumptions --------------------------------------------------------------------------------------------------

/// The possible completions that have the assumed value in each of the chosen axes.
std::vector<std::size_t> completions_with(Completions const& all, std::vector<std::size_t> const& assumed_axes) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const has_assumed_value = [&](std::size_t axis) {
      auto const& unknown = all.known.unknown[axis];
      auto const& cell = unknown.cells[all.cell(i, axis)];
      return cell.first <= *unknown.assumed && *unknown.assumed <= cell.last;
    };
    if (all.possible[i] && std::all_of(assumed_axes.begin(), assumed_axes.end(), has_assumed_value))
      result.push_back(i);
  }
  return result;
}

std::vector<std::size_t> chosen_from(std::vector<std::size_t> const& axes, std::uint64_t bits) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if ((bits >> i & 1U) != 0) result.push_back(axes[i]);
  }
  return result;
}

/// Section 3: "An assumed value never makes an assessment impossible (the input then stays unknown)". An input stays
/// unknown when it belongs to some minimal set of assumptions that together leave no possible completion.
std::vector<std::size_t> assumed_axes(Completions const& all) {
  std::vector<std::size_t> axes;
  for (std::size_t axis = 0; axis < all.known.unknown.size(); ++axis) {
    if (all.known.unknown[axis].assumed) axes.push_back(axis);
  }
  if (!completions_with(all, axes).empty()) return axes;
  auto const impossible = [&](std::uint64_t set) { return completions_with(all, chosen_from(axes, set)).empty(); };
  std::uint64_t stay_unknown = 0;
  for (std::uint64_t set = 1; set < std::uint64_t{1} << axes.size(); ++set) {
    if (!impossible(set)) continue;
    auto minimal = true;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      auto const without = set & ~(std::uint64_t{1} << i);
      if (without != set && impossible(without)) minimal = false;
    }
    if (minimal) stay_unknown |= set;
  }
  return chosen_from(axes, ~stay_unknown);
}

/// data.md: refused for "an `impossible` combination (by its name; also when every completion is impossible)".
std::string impossible_name(Completions const& all) {
  std::optional<std::string> holds_in_some;
  for (auto const& impossible : all.rules.impossibles) {
    auto every = true;
    auto some = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto const completion = all.filled(i);
      if (violates_days_of_none(completion)) continue;
      auto const holds = impossible.holds(completion);
      every = every && holds;
      some = some || holds;
    }
    if (every) return impossible.name;
    if (some && !holds_in_some) holds_in_some = impossible.name;
  }
  if (!holds_in_some) throw std::logic_error("impossible without an `impossible`");
  return *holds_in_some;
}

// ---- ask ----------------------------------------------------------------------------------------------------------

/// The questions that still matter.
class Asking {
 public:
  Asking(Completions const& all, bool undetermined, std::vector<std::size_t> const& assumed);
  std::vector<std::vector<std::string>> tiers() const;

 private:
  template <class Differ>
  bool matters(std::size_t axis, Differ differ) const;
  std::int64_t possible_values(std::size_t axis) const;
  bool leaves_fewer(std::size_t a, std::size_t b) const;
  void mark_deciding();
  void mark_advising();

  Completions const& all_;
  std::vector<bool> possible_cells_of(std::size_t axis) const;
  std::vector<std::size_t> decisions_left(std::size_t axis) const;

  bool undetermined_;
  std::vector<std::vector<std::size_t>> left_;  // for each axis and cell: decisions still open once it is known
  std::vector<bool> deciding_;
  std::vector<bool> advising_;
  std::vector<bool> assumed_;
};

Asking::Asking(Completions const& all, bool undetermined, std::vector<std::size_t> const& assumed)
    : all_(all), undetermined_(undetermined) {
  auto const axes = all.known.unknown.size();
  deciding_.resize(axes);
  advising_.resize(axes);
  assumed_.resize(axes);
  for (auto const axis : assumed) assumed_[axis] = true;
  for (std::size_t axis = 0; axis < axes; ++axis) left_.push_back(decisions_left(axis));
  mark_deciding();
  mark_advising();
}

/// Whether two possible completions that differ in this input alone differ in the way asked for.
template <class Differ>
bool Asking::matters(std::size_t axis, Differ differ) const {
  auto const cells = all_.known.unknown[axis].cells.size();
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (!all_.possible[i]) continue;
    for (std::size_t further = 1; all_.cell(i, axis) + further < cells; ++further) {
      auto const other = i + further * all_.stride(axis);
      if (all_.possible[other] && differ(i, other)) return true;
    }
  }
  return false;
}

/// "An input matters if two completions that differ in it alone decide differently; where `impossible`s leave no such
/// input and the decision is still undetermined, every unknown input in which two differently deciding completions
/// differ." When completions decide differently at all, two such differ in every input that has two possible values.
void Asking::mark_deciding() {
  auto const decide_differently = [&](std::size_t a, std::size_t b) { return all_.decisions[a] != all_.decisions[b]; };
  for (std::size_t axis = 0; axis < deciding_.size(); ++axis) deciding_[axis] = matters(axis, decide_differently);
  auto const none_matters = std::find(deciding_.begin(), deciding_.end(), true) == deciding_.end();
  if (!none_matters || !undetermined_) return;
  for (std::size_t axis = 0; axis < deciding_.size(); ++axis) deciding_[axis] = possible_values(axis) >= 2;
}

std::set<std::string> alerts_of(Rules const& rules, Outcome const& outcome) {
  std::set<std::string> alerts;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    if (!outcome.active[i]) continue;
    for (auto const& action : rules.rules[i].actions) {
      if (action.kind == Action::Kind::alert) alerts.insert(action.text);
    }
  }
  return alerts;
}

/// "Last come inputs that can only change an alert or the reassessment date."
void Asking::mark_advising() {
  std::vector<std::pair<std::set<std::string>, std::optional<std::int64_t>>> advice(all_.size());
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (all_.possible[i]) advice[i] = {alerts_of(all_.rules, all_.outcomes[i]), all_.outcomes[i].reassess_days};
  }
  auto const advise_differently = [&](std::size_t a, std::size_t b) { return advice[a] != advice[b]; };
  for (std::size_t axis = 0; axis < advising_.size(); ++axis) {
    advising_[axis] = !deciding_[axis] && matters(axis, advise_differently);
  }
}

/// For each cell of the input, how many different decisions its possible completions have; 0 for an impossible cell.
std::vector<std::size_t> Asking::decisions_left(std::size_t axis) const {
  std::vector<std::set<int>> decisions(all_.known.unknown[axis].cells.size());
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (all_.possible[i]) decisions[all_.cell(i, axis)].insert(all_.decisions[i]);
  }
  std::vector<std::size_t> result;
  for (auto const& set : decisions) result.push_back(set.size());
  return result;
}

std::int64_t Asking::possible_values(std::size_t axis) const {
  std::int64_t values = 0;
  for (std::size_t cell = 0; cell < left_[axis].size(); ++cell) {
    if (left_[axis][cell] > 0) values += all_.known.unknown[axis].cells[cell].values;
  }
  return values;
}

/// "the one expected to leave the fewest decisions open": the mean, over the possible values, of the number of
/// different decisions. Two means are compared as fractions.
bool Asking::leaves_fewer(std::size_t a, std::size_t b) const {
  auto const total = [&](std::size_t axis) {
    Wide sum = 0;
    for (std::size_t cell = 0; cell < left_[axis].size(); ++cell) {
      sum += static_cast<Wide>(left_[axis][cell]) * all_.known.unknown[axis].cells[cell].values;
    }
    return sum;
  };
  return total(a) * possible_values(b) < total(b) * possible_values(a);
}

std::vector<std::vector<std::string>> Asking::tiers() const {
  auto const named = [&](auto belongs) {
    std::vector<std::size_t> axes;
    for (std::size_t axis = 0; axis < deciding_.size(); ++axis) {
      if (belongs(axis)) axes.push_back(axis);
    }
    std::stable_sort(axes.begin(), axes.end(), [&](auto a, auto b) { return leaves_fewer(a, b); });
    std::vector<std::string> names;
    for (auto const axis : axes) names.push_back(all_.rules.slots[all_.known.unknown[axis].slot].name);
    return names;
  };
  return {named([&](std::size_t axis) { return deciding_[axis] && !assumed_[axis]; }),
          named([&](std::size_t axis) { return deciding_[axis] && assumed_[axis]; }),
          named([&](std::size_t axis) { return advising_[axis]; })};
}

// ---- the decision -------------------------------------------------------------------------------------------------

/// What the completions of one assessment share.
class Summary {
 public:
  Summary(Completions const& all, std::vector<std::size_t> const& counted, Assessment const& assessment);
  Decision decision() const { return decision_; }
  bool undetermined() const { return undetermined_; }

 private:
  void status();
  void provisional();
  void marks();
  void possible();
  void rules_and_advice();
  void conflict();
  void guarantees();
  void placement();

  Outcome const& outcome(std::size_t completion) const { return all_.outcomes[completion]; }
  std::string level_name(std::size_t level) const { return rules_.slots[Rules::current_level].type.values[level]; }
  std::vector<std::string> level_names(LevelSet levels) const;
  template <class Holds>
  bool in_all(std::vector<std::size_t> const& completions, Holds holds) const {
    return std::all_of(completions.begin(), completions.end(), [&](auto i) { return holds(outcome(i)); });
  }
  std::vector<std::size_t> smallest_conflict(std::vector<bool> const& among) const;
  template <class Give>
  std::vector<std::string> advice(std::vector<bool> const& given_by, Give give) const;

  Completions const& all_;
  Rules const& rules_;
  std::vector<std::size_t> const& counted_;  // the completions that the decision looks at
  Assessment const& assessment_;
  Decision decision_;
  bool undetermined_ = false;
  std::vector<std::size_t> group_;  // the completions of the provisional decision
  std::vector<bool> always_;        // rules active in every completion
  std::vector<bool> sometimes_;     // in some
};

Summary::Summary(Completions const& all, std::vector<std::size_t> const& counted, Assessment const& assessment)
    : all_(all), rules_(all.rules), counted_(counted), assessment_(assessment) {
  status();
  provisional();
  possible();
  rules_and_advice();
  conflict();
  guarantees();
  marks();
  placement();
}

std::vector<std::string> Summary::level_names(LevelSet levels) const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rules_.levels.size(); ++i) {
    if ((levels >> i & 1U) != 0) names.push_back(rules_.levels[i].name);
  }
  return names;
}

/// "All decide alike: determined. Else: undetermined".
void Summary::status() {
  auto const first = all_.decisions[counted_.front()];
  undetermined_ = std::any_of(counted_.begin(), counted_.end(), [&](auto i) { return all_.decisions[i] != first; });
  decision_.status = undetermined_ ? "undetermined" : "determined";
}

/// "of all completions the one with the most intensive next level, then the most intensive indicated level, then the
/// first kind in the order just given." (data.md)
void Summary::provisional() {
  auto const rank = [](Outcome const& o) { return std::make_tuple(o.next, o.indicated, -static_cast<int>(o.move)); };
  auto best = rank(outcome(counted_.front()));
  for (auto const i : counted_) best = std::max(best, rank(outcome(i)));
  for (auto const i : counted_) {
    if (rank(outcome(i)) == best) group_.push_back(i);
  }
  auto const& o = outcome(group_.front());
  decision_.move = move_name(o.move);
  decision_.next_level = level_name(o.next);
  decision_.indicated_level = level_name(o.indicated);
  auto admissible = o.admissible;
  for (auto const i : group_) admissible &= outcome(i).admissible;
  decision_.admissible = level_names(admissible);
  if (in_all(group_, [&](Outcome const& other) { return other.plan == o.plan; })) {
    decision_.plan.emplace();
    for (auto const level : o.plan) decision_.plan->push_back(level_name(level));
  }
  std::optional<std::int64_t> days;  // "the earliest reassessment"
  for (auto const i : group_) {
    auto const& other = outcome(i).reassess_days;
    if (other && (!days || *other < *days)) days = other;
  }
  if (days) decision_.reassess_on = to_string(Date{assessment_.day.days + static_cast<std::int32_t>(*days)});
}

/// data.md: "in this order where they apply".
void Summary::marks() {
  auto const add = [&](char const* name, bool applies) {
    if (applies) decision_.marks.emplace_back(name);
  };
  add("not_applicable", in_all(group_, [](Outcome const& o) { return o.not_applicable; }));
  add("conflict", in_all(group_, [](Outcome const& o) { return o.conflict; }));
  add("not_eligible", in_all(group_, [](Outcome const& o) { return o.not_eligible; }));
  add("guarantee_broken", !decision_.broken_guarantees.empty());  // "when one is broken in every completion"
  add("by_default", in_all(group_, [](Outcome const& o) { return o.by_default; }));
  add("held", in_all(group_, [](Outcome const& o) { return o.held; }));
  add("off_pathway", in_all(group_, [](Outcome const& o) { return o.off_pathway; }));
  add("draft", rules_.draft);
}

/// data.md: "levels over all completions, in the order of the `levels` line (`none` first, where it is possible)".
void Summary::possible() {
  std::set<std::size_t> next;
  std::set<std::size_t> indicated;
  for (auto const i : counted_) {
    next.insert(outcome(i).next);
    indicated.insert(outcome(i).indicated);
  }
  for (auto const level : next) decision_.possible_next.push_back(level_name(level));
  for (auto const level : indicated) decision_.possible_indicated.push_back(level_name(level));
}

/// What the rules give, "each once, in that order" (data.md).
template <class Give>
std::vector<std::string> Summary::advice(std::vector<bool> const& given_by, Give give) const {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
    if (!given_by[i]) continue;
    for (auto const& action : rules_.rules[i].actions) {
      for (auto const& text : give(action)) {
        if (std::find(result.begin(), result.end(), text) == result.end()) result.push_back(text);
      }
    }
  }
  return result;
}

/// "A rule's state is active, inactive, or open (differs between completions) [...] Alerts of open rules are shown as
/// open alerts."
void Summary::rules_and_advice() {
  std::vector<bool> open;
  for (std::size_t rule = 0; rule < rules_.rules.size(); ++rule) {
    auto const is_active = [&](auto i) { return bool{outcome(i).active[rule]}; };
    always_.push_back(std::all_of(counted_.begin(), counted_.end(), is_active));
    sometimes_.push_back(std::any_of(counted_.begin(), counted_.end(), is_active));
    open.push_back(sometimes_.back() && !always_.back());
    if (always_.back()) decision_.active.push_back(rules_.rules[rule].name);
    if (open.back()) decision_.open.push_back(rules_.rules[rule].name);
  }
  auto const texts_of = [](Action::Kind kind) {
    return [kind](Action const& action) {
      return action.kind == kind ? std::vector<std::string>{action.text} : std::vector<std::string>{};
    };
  };
  decision_.suggest = advice(always_, [](Action const& action) {  // what a rule needs is not advice
    return action.kind == Action::Kind::suggest ? action.services : std::vector<std::string>{};
  });
  decision_.alerts = advice(always_, texts_of(Action::Kind::alert));
  decision_.notes = advice(always_, texts_of(Action::Kind::note));
  for (auto const& alert : advice(open, texts_of(Action::Kind::alert))) {
    auto const& given = decision_.alerts;
    if (std::find(given.begin(), given.end(), alert) == given.end()) decision_.open_alerts.push_back(alert);
  }
}

/// The first, in the order of declaration, of the smallest sets of rules that admit no level together.
std::vector<std::size_t> Summary::smallest_conflict(std::vector<bool> const& among) const {
  std::vector<std::size_t> rules;
  for (std::size_t i = 0; i < among.size(); ++i) {
    if (among[i]) rules.push_back(i);
  }
  for (std::size_t size = 1; size <= rules.size(); ++size) {
    std::vector<bool> chosen(rules.size());
    std::fill_n(chosen.begin(), size, true);
    do {  // sets of this size, the first in the order of declaration first
      std::vector<std::size_t> set;
      std::vector<bool> in_set(among.size());
      for (std::size_t i = 0; i < rules.size(); ++i) {
        if (!chosen[i]) continue;
        set.push_back(rules[i]);
        in_set[rules[i]] = true;
      }
      if (admitted_by(rules_, in_set) == 0) return set;
    } while (std::prev_permutation(chosen.begin(), chosen.end()));
  }
  return {};
}

/// data.md: "when the decision is determined and a conflict, a smallest set of names that cannot be met together; when
/// determined and not eligible, the failing criteria as `admit LEVEL` and `continue LEVEL` [...] Else `[]`."
void Summary::conflict() {
  if (undetermined_) return;
  auto const& o = outcome(counted_.front());
  if (o.conflict) {
    auto const meet_always = admitted_by(rules_, always_) != 0;
    for (auto const rule : smallest_conflict(meet_always ? sometimes_ : always_)) {
      decision_.conflict.push_back(rules_.rules[rule].name);
    }
  }
  for (auto const& criterion : o.failing_criteria) {
    auto const fails = [&](Outcome const& other) {
      auto const& failing = other.failing_criteria;
      return std::find(failing.begin(), failing.end(), criterion) != failing.end();
    };
    if (in_all(counted_, fails)) decision_.conflict.push_back(criterion);
  }
}

/// "a guarantee is kept, broken or open likewise"
void Summary::guarantees() {
  for (std::size_t g = 0; g < rules_.guarantees.size(); ++g) {
    auto const broken = [&](auto i) { return bool{outcome(i).broken[g]}; };
    auto const& name = rules_.guarantees[g].name;
    if (std::all_of(counted_.begin(), counted_.end(), broken)) {
      decision_.broken_guarantees.push_back(name);
    } else if (std::any_of(counted_.begin(), counted_.end(), broken)) {
      decision_.open_guarantees.push_back(name);
    }
  }
}

/// data.md: "`null` when nothing fits, when it differs between the completions, and for `discharge` and `none`.
/// `lacking`: services of the next level that the placement does not offer."
void Summary::placement() {
  auto const& o = outcome(group_.front());
  auto const agreed = in_all(group_, [&](Outcome const& other) { return other.placement == o.placement; });
  if (!agreed || o.placement == 0) return;
  decision_.placement = level_name(o.placement);
  for (auto const& service : rules_.services) {
    auto const offered = [&](std::size_t level) { return rules_.levels[level - 1].offers.count(service) != 0; };
    if (offered(o.next) && !offered(o.placement)) decision_.lacking.push_back(service);
  }
}

}  // namespace

Ruleset::Ruleset(ast::Bundle const& bundle) : rules_(std::make_shared<Rules const>(read_rules(bundle))) {}

std::uint64_t Ruleset::completions(Assessment const& assessment) const {
  return count_completions(Known(*rules_, assessment));
}

Decision Ruleset::decide(Assessment const& assessment) const {
  Known const known(*rules_, assessment);
  Completions const all(*rules_, known);
  if (completions_with(all, {}).empty()) {
    Decision refused;
    refused.refused_by = impossible_name(all);
    refused.status = "refused";
    return refused;
  }
  auto const assumed = assumed_axes(all);
  auto const counted = completions_with(all, assumed);
  Summary const summary(all, counted, assessment);
  auto decision = summary.decision();
  decision.ask = Asking(all, summary.undetermined(), assumed).tiers();
  for (auto const axis : assumed) decision.assumed.push_back(rules_->slots[known.unknown[axis].slot].name);
  for (auto const slot : known.stale) decision.stale.push_back(rules_->slots[slot].name);
  return decision;
}

}  // namespace carestep::reference

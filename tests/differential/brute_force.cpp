#include "differential/brute_force.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "differential/model.hpp"

namespace carestep::reference {

namespace {

/// `previous X` is X without a previous assessment: the two are cut at the same places.
void cut_alike(Rules& rules) {
  for (std::size_t i = 0; i < rules.inputs; ++i) {
    Slot& now = rules.slots[Rules::first_input + i];
    Slot& before = rules.slots[rules.first_previous() + i];
    if (!before.read) continue;
    before.cuts.insert(now.cuts.begin(), now.cuts.end());
    now.cuts = before.cuts;
    now.read = true;
    now.every_value = before.every_value = now.every_value || before.every_value;
  }
}

/// Gaining one member of a set is no step between neighbouring cells: every subset is one of its own.
void cut_sets(Rules& rules) {
  for (std::size_t i = Rules::first_input; i < rules.first_previous(); ++i)
    if (rules.slots[i].type.kind == Kind::set) rules.slots[i].read = true;
}

/// Nobody outside care has days in a level: 0 is a cell of its own.
std::vector<Cell> days_cells(std::vector<Cell> cells) {
  Cell& first = cells.front();
  if (first.values == 1) return cells;
  Cell const rest{first.first + one * 24, first.last, first.values - 1};
  first = {first.first, first.first, 1};
  cells.insert(cells.begin() + 1, rest);
  return cells;
}

LevelSet only(std::size_t level) {
  return LevelSet{1} << (level - 1);
}

/// What an action does, as far as two of them can be compared.
using Deed = std::tuple<Action::Kind, LevelSet, std::set<std::string>, std::string>;
std::set<Deed> deeds(Rule const& rule) {
  std::set<Deed> all;
  std::int64_t soonest = -1;
  for (Action const& action : rule.actions) {
    if (action.kind == Action::Kind::reassess) {
      soonest = soonest < 0 ? action.days : std::min(soonest, action.days);
    } else if (action.kind == Action::Kind::suggest) {
      for (auto const& service : action.services) all.insert({action.kind, 0, {service}, ""});
    } else {
      all.insert({action.kind, action.admits, {action.services.begin(), action.services.end()}, action.text});
    }
  }
  if (soonest >= 0) all.insert({Action::Kind::reassess, static_cast<LevelSet>(soonest), {}, ""});
  return all;
}

bool excludes_something(Rules const& rules, std::size_t rule) {
  std::vector<bool> alone(rules.rules.size(), false);
  alone[rule] = true;
  return admitted_by(rules, alone) != all_levels(rules);
}

std::string compared(Proof const& proof, Verdict verdict, Wide count, Wide of, bool enough) {
  std::string const got = fmt::format("{} {} of {}", to_string(proof.verdict), proof.tally.count, proof.tally.of);
  std::string const want = fmt::format("{} {} of {}", to_string(verdict), count, of);
  if (enough && got == want) return {};
  return fmt::format("{} {}: {}, brute force says {}{}", to_string(proof.check), proof.name, got, want,
                     enough ? "" : " (the inputs do not tell)");
}

class BruteForce {
 public:
  explicit BruteForce(Rules rules);

  /// How many complete assessments there are to try, values that no comparison tells apart taken together.
  [[nodiscard]] std::uint64_t size() const;

  /// What a report says wrongly, the first thing; empty when all of it is true.
  ///
  /// The inputs that make up a profile are taken from the report, and have to be enough: profiles that are alike in
  /// them must be alike in what is asked.
  std::string wrong(ProofReport const& report);

 private:
  /// One complete assessment that is counted.
  struct Person {
    bool with_previous = false;
    std::vector<std::uint16_t> cells;  // one a slot
    Case values;
    Outcome outcome;
  };
  using Holds = std::function<bool(Person const&)>;
  struct Counted {
    Wide count = 0;
    Wide of = 0;
    bool enough = true;  // the inputs told who holds and who does not
  };
  /// What a report is to say about one thing.
  struct Expected {
    Check check = Check::guarantee;
    std::string name;  // not compared where empty
    std::function<std::string(Proof const&)> wrong;
  };

  void enumerate(bool with_previous);
  void consider(bool with_previous, std::vector<std::uint16_t> const& cells);

  std::vector<std::size_t> slots_of(std::vector<std::string> const& inputs) const;
  bool reads_previous(std::vector<std::size_t> const& slots) const;
  std::vector<std::size_t> told(std::vector<std::size_t> const& slots, bool with_previous) const;
  Counted count(std::vector<std::string> const& inputs, Holds const& holds) const;
  Counted count_pairs(std::vector<std::string> const& inputs, std::size_t slot) const;

  std::vector<Expected> expected();
  Expected nobody(Check check, std::string name, Holds holds);
  Expected somebody(Check check, std::string name, bool conditional, Holds holds);
  Expected gap(Table const& table);
  Expected monotone(std::size_t slot);
  bool needless(Person const& person, std::size_t rule) const;
  bool overlap(Person const& person, Table const& table) const;
  bool stranded(Person const& person, std::size_t level) const;
  bool way_down(std::size_t from, std::size_t to, LevelSet through) const;

  Rules rules_;
  std::vector<std::vector<Cell>> cells_;  // of each slot
  bool previous_read_ = false;
  std::vector<Person> people_;
};

// ---- every complete assessment ------------------------------------------------------------------------------------

BruteForce::BruteForce(Rules rules) : rules_(std::move(rules)) {
  cut_alike(rules_);
  cut_sets(rules_);
  for (std::size_t i = 0; i < rules_.slots.size(); ++i) {
    Slot const& slot = rules_.slots[i];
    cells_.push_back(i == Rules::days_in_level && slot.read ? days_cells(cells_of(slot)) : cells_of(slot));
    if (i >= rules_.first_previous()) previous_read_ = previous_read_ || slot.read;
  }
  // Every decision starts from the level where somebody is.
  rules_.slots[Rules::current_level].read = true;
  cells_[Rules::current_level] = cells_of(rules_.slots[Rules::current_level]);
}

std::uint64_t BruteForce::size() const {
  std::uint64_t size = 1;
  constexpr std::uint64_t many = 1'000'000'000;
  for (auto const& cells : cells_) size = std::min(many, size * cells.size());
  return size;
}

void BruteForce::enumerate(bool with_previous) {
  std::size_t const own = with_previous ? rules_.slots.size() : rules_.first_previous();
  std::vector<std::uint16_t> cells(rules_.slots.size(), 0);
  for (;;) {
    if (!with_previous)
      for (std::size_t i = 0; i < rules_.inputs; ++i)
        cells[rules_.first_previous() + i] =
            rules_.slots[rules_.first_previous() + i].read ? cells[Rules::first_input + i] : std::uint16_t{0};
    consider(with_previous, cells);
    std::size_t at = 0;
    while (at < own && ++cells[at] == cells_[at].size()) cells[at++] = 0;
    if (at == own) return;
  }
}

void BruteForce::consider(bool with_previous, std::vector<std::uint16_t> const& cells) {
  Person person{with_previous, cells, {}, {}};
  for (std::size_t i = 0; i < cells.size(); ++i) person.values.push_back(cells_[i][cells[i]].first);
  bool const outside = person.values[Rules::current_level] == 0 && person.values[Rules::days_in_level] > 0;
  bool const cannot_be = std::any_of(rules_.impossibles.begin(), rules_.impossibles.end(),
                                     [&](Impossible const& impossible) { return impossible.holds(person.values); });
  if (outside || cannot_be || !rules_.applies(person.values)) return;
  person.outcome = decide_completion(rules_, person.values, 0);
  people_.push_back(std::move(person));
}

// ---- profiles -----------------------------------------------------------------------------------------------------

std::vector<std::size_t> BruteForce::slots_of(std::vector<std::string> const& inputs) const {
  std::vector<std::size_t> slots;
  for (std::size_t i = 0; i < rules_.slots.size(); ++i)
    if (std::count(inputs.begin(), inputs.end(), rules_.slots[i].name) > 0) slots.push_back(i);
  return slots;
}

bool BruteForce::reads_previous(std::vector<std::size_t> const& slots) const {
  return !slots.empty() && slots.back() >= rules_.first_previous();
}

/// "`previous X` is X" where there was no previous assessment.
std::vector<std::size_t> BruteForce::told(std::vector<std::size_t> const& slots, bool with_previous) const {
  std::set<std::size_t> all;
  for (std::size_t const slot : slots)
    all.insert(with_previous || slot < rules_.first_previous() ? slot : slot - rules_.inputs);
  return {all.begin(), all.end()};
}

/// "Where `previous` is read, profiles without a previous assessment are counted beside those with one."
BruteForce::Counted BruteForce::count(std::vector<std::string> const& inputs, Holds const& holds) const {
  auto const slots = slots_of(inputs);
  bool const beside = reads_previous(slots);
  std::map<std::vector<std::uint16_t>, bool> profiles;
  Counted counted;
  for (Person const& person : people_) {
    std::vector<std::uint16_t> key{beside && person.with_previous ? std::uint16_t{1} : std::uint16_t{0}};
    Wide weight = 1;
    for (std::size_t const slot : told(slots, person.with_previous)) {
      key.push_back(person.cells[slot]);
      weight *= cells_[slot][person.cells[slot]].values;
    }
    bool const here = holds(person);
    auto const [profile, added] = profiles.try_emplace(key, here);
    if (profile->second != here) counted.enough = false;
    if (!added) continue;
    counted.of += weight;
    if (here) counted.count += weight;
  }
  return counted;
}

/// "Counted are pairs of neighbours": two assessments alike but for one step of one answer.
BruteForce::Counted BruteForce::count_pairs(std::vector<std::string> const& inputs, std::size_t slot) const {
  Slot const& moved = rules_.slots[slot];
  bool const set = moved.type.kind == Kind::set;
  auto const slots = slots_of(inputs);
  bool const beside = reads_previous(slots);
  std::map<std::pair<bool, std::vector<std::uint16_t>>, Person const*> by_cells;
  for (Person const& person : people_) by_cells.emplace(std::pair(person.with_previous, person.cells), &person);

  std::map<std::vector<std::uint16_t>, bool> pairs;
  Counted counted;
  auto const add = [&](Person const& a, Person const& b, Wide steps) {
    std::vector<std::uint16_t> key{beside && a.with_previous ? std::uint16_t{1} : std::uint16_t{0}, b.cells[slot]};
    Wide weight = steps;
    for (std::size_t const other : told(slots, a.with_previous)) {
      key.push_back(a.cells[other]);
      if (other != slot) weight *= cells_[other][a.cells[other]].values;
    }
    bool const higher = set || moved.type.worse == Worse::higher;
    auto const rank = [](Person const& person) { return person.outcome.indicated; };  // 0 where not eligible
    bool const lowered = higher ? rank(b) < rank(a) : rank(a) < rank(b);
    auto const [pair, added] = pairs.try_emplace(key, lowered);
    if (pair->second != lowered) counted.enough = false;
    if (!added) return;
    counted.of += weight;
    if (lowered) counted.count += weight;
  };
  for (Person const& person : people_) {
    std::uint16_t const here = person.cells[slot];
    auto const move_to = [&](std::size_t cell, Wide steps) {
      auto cells = person.cells;
      cells[slot] = static_cast<std::uint16_t>(cell);
      if (!person.with_previous && slot < rules_.first_previous() && rules_.slots[slot + rules_.inputs].read)
        cells[slot + rules_.inputs] = cells[slot];
      auto const other = by_cells.find({person.with_previous, cells});
      if (other != by_cells.end()) add(person, *other->second, steps);
    };
    if (set) {
      for (std::size_t member = 1; member < cells_[slot].size(); member *= 2)
        if ((here & member) == 0) move_to(here | member, 1);
    } else {
      if (cells_[slot][here].values > 1) add(person, person, cells_[slot][here].values - 1);
      if (here + 1U < cells_[slot].size()) move_to(here + 1U, 1);
    }
  }
  return counted;
}

// ---- the checks ---------------------------------------------------------------------------------------------------

BruteForce::Expected BruteForce::nobody(Check check, std::string name, Holds holds) {
  return {check, std::move(name), [this, holds = std::move(holds)](Proof const& proof) {
            Counted const c = count(proof.inputs, holds);
            return compared(proof, c.count == 0 ? Verdict::proved : Verdict::refuted, c.count, c.of, c.enough);
          }};
}

/// "`count` is the number of profiles that do reach the level or activate the rule."
BruteForce::Expected BruteForce::somebody(Check check, std::string name, bool conditional, Holds holds) {
  return {check, std::move(name), [this, conditional, holds = std::move(holds)](Proof const& proof) {
            Counted const c = count(proof.inputs, holds);
            bool const good = c.count != 0 && !(conditional && c.count == c.of);
            return compared(proof, good ? Verdict::proved : Verdict::refuted, c.count, c.of, c.enough);
          }};
}

/// "each `first` table has a matching row in every case; plain tables: reported, not failed"
BruteForce::Expected BruteForce::gap(Table const& table) {
  return {Check::gap, table.name, [this, &table](Proof const& proof) {
            Counted const c = count(proof.inputs, [&](Person const& person) {
              return std::none_of(table.rows.begin(), table.rows.end(),
                                  [&](Condition const& row) { return row(person.values); });
            });
            if (table.first)
              return compared(proof, c.count == 0 ? Verdict::proved : Verdict::refuted, c.count, c.of, c.enough);
            std::string const told = proof.details.empty() ? "0" : proof.details[0].values[0];
            if (told != fmt::format("{}", c.count)) return fmt::format("gap {}: {} reported", table.name, told);
            return compared(proof, Verdict::proved, 0, c.of, c.enough);
          }};
}

BruteForce::Expected BruteForce::monotone(std::size_t slot) {
  return {Check::monotone, rules_.slots[slot].name, [this, slot](Proof const& proof) {
            Counted const c = count_pairs(proof.inputs, slot);
            return compared(proof, c.count == 0 ? Verdict::proved : Verdict::refuted, c.count, c.of, c.enough);
          }};
}

/// Active, and all that it excludes is excluded by the other active rules.
bool BruteForce::needless(Person const& person, std::size_t rule) const {
  std::vector<bool> others = person.outcome.active;
  others[rule] = false;
  std::vector<bool> alone(others.size(), false);
  alone[rule] = true;
  return (admitted_by(rules_, others) & ~admitted_by(rules_, alone)) == 0;
}

bool BruteForce::overlap(Person const& person, Table const& table) const {
  std::set<std::set<Deed>> different;
  for (std::size_t const rule : table.rules)
    if (person.outcome.active[rule]) different.insert(deeds(rules_.rules[rule]));
  return different.size() > 1;
}

bool BruteForce::way_down(std::size_t from, std::size_t to, LevelSet through) const {
  if (from == to) return true;
  for (std::size_t next = to; next < from; ++next) {
    bool const line = rules_.lines.empty() || std::any_of(rules_.lines.begin(), rules_.lines.end(), [&](Line const& l) {
                        return !l.up && (l.from & only(from)) != 0 && (l.to & only(next)) != 0;
                      });
    if (line && (through & only(next)) != 0 && way_down(next, to, through)) return true;
  }
  return false;
}

bool BruteForce::stranded(Person const& person, std::size_t level) const {
  Outcome const& o = person.outcome;
  return person.values[Rules::current_level] == static_cast<Wide>(level) && o.indicated != 0 && o.indicated < level &&
         !way_down(level, o.indicated, o.admissible);
}

std::vector<BruteForce::Expected> BruteForce::expected() {
  std::vector<Expected> all;
  for (std::size_t i = 0; i < rules_.guarantees.size(); ++i)
    all.push_back(nobody(Check::guarantee, rules_.guarantees[i].name,
                         [i](Person const& person) { return bool{person.outcome.broken[i]}; }));
  all.push_back(nobody(Check::conflict, "", [](Person const& person) { return person.outcome.conflict; }));
  all.push_back(nobody(Check::eligible, "", [](Person const& person) { return person.outcome.not_eligible; }));
  all.push_back(nobody(Check::covered, "", [](Person const& person) { return person.outcome.by_default; }));
  for (std::size_t i = 0; i < rules_.rules.size(); ++i)
    all.push_back(somebody(Check::dead, rules_.rules[i].name, rules_.rules[i].conditional,
                           [i](Person const& person) { return bool{person.outcome.active[i]}; }));
  auto const add_parts = [&](auto const& parts, auto holds) {
    for (auto const& part : parts)
      all.push_back(somebody(Check::dead, "", part.conditional,
                             [&part, holds](Person const& person) { return (part.*holds)(person.values); }));
  };
  for (Criterion const& criterion : rules_.criteria)
    all.push_back(somebody(Check::dead, criterion.name, criterion.conditional,
                           [&criterion](Person const& person) { return criterion.holds(person.values); }));
  add_parts(rules_.lines, &Line::open);
  add_parts(rules_.discharges, &DischargeLine::holds);
  for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
    if (!excludes_something(rules_, i)) continue;
    bool const needed = std::any_of(people_.begin(), people_.end(), [&](Person const& person) {
      return person.outcome.active[i] && !needless(person, i);
    });
    all.push_back(nobody(Check::redundant, rules_.rules[i].name,
                         [i, needed](Person const& person) { return !needed && person.outcome.active[i]; }));
  }
  for (std::size_t level = 1; level <= rules_.levels.size(); ++level)
    all.push_back(somebody(Check::level, rules_.levels[level - 1].name, false, [level](Person const& person) {
      return !person.outcome.conflict && person.outcome.indicated == level;
    }));
  for (Table const& table : rules_.tables) all.push_back(gap(table));
  for (Table const& table : rules_.tables)
    if (!table.first)
      all.push_back(
          nobody(Check::overlap, table.name, [this, &table](Person const& person) { return overlap(person, table); }));
  for (std::size_t slot = Rules::first_input; slot < rules_.first_previous(); ++slot)
    if (rules_.slots[slot].type.worse != Worse::undeclared) all.push_back(monotone(slot));
  for (std::size_t level = 1; level <= rules_.levels.size(); ++level)
    all.push_back(nobody(Check::stranded, rules_.levels[level - 1].name,
                         [this, level](Person const& person) { return stranded(person, level); }));
  return all;
}

std::string BruteForce::wrong(ProofReport const& report) {
  people_.clear();
  enumerate(false);
  if (previous_read_) enumerate(true);
  auto const all = expected();
  if (all.size() != report.proofs.size())
    return fmt::format("{} things proved, brute force has {}", report.proofs.size(), all.size());
  // The order within a check is the engine's own; lines have no name and are in the order of declaration.
  std::vector<bool> used(all.size(), false);
  auto const find = [&](Expected const& wanted) {
    std::size_t i = 0;
    while (i < all.size() && (used[i] || report.proofs[i].check != wanted.check ||
                              (!wanted.name.empty() && report.proofs[i].name != wanted.name)))
      ++i;
    return i;
  };
  for (bool const named : {true, false}) {
    for (Expected const& wanted : all) {
      if (wanted.name.empty() == named) continue;
      std::size_t const at = find(wanted);
      if (at == all.size()) return fmt::format("{} {} is not proved", to_string(wanted.check), wanted.name);
      used[at] = true;
      if (std::string difference = wanted.wrong(report.proofs[at]); !difference.empty()) return difference;
    }
  }
  return {};
}

}  // namespace

std::uint64_t assessments_to_try(Ruleset const& ruleset) {
  return BruteForce(ruleset.rules()).size();
}

std::string wrong(Ruleset const& ruleset, ProofReport const& report) {
  return BruteForce(ruleset.rules()).wrong(report);
}

}  // namespace carestep::reference

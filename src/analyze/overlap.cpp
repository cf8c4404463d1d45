#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "analyze/prove.hpp"

namespace carestep::analyze {
namespace {

using diagram::no;
using diagram::Ref;

/// What a rule does, whatever the order in which it is written.
using Deed = std::tuple<ir::ActionKind, ir::LevelMask, std::vector<ir::Index>>;
struct Deeds {
  std::set<Deed> narrows;
  std::set<ir::Index> suggests;
  std::set<std::string> alerts;
  std::set<std::string> notes;
  std::int32_t reassess_days = -1;
  friend auto operator<=>(Deeds const&, Deeds const&) = default;
};

Deeds deeds_of(ir::Rule const& rule) {
  Deeds deeds{{},
              {rule.suggests.begin(), rule.suggests.end()},
              {rule.alerts.begin(), rule.alerts.end()},
              {rule.notes.begin(), rule.notes.end()},
              rule.reassess_days.value_or(-1)};
  for (ir::Narrowing const& action : rule.narrows) {
    std::vector<ir::Index> services = action.services;
    std::sort(services.begin(), services.end());
    deeds.narrows.insert({action.kind, action.admits, services});
  }
  return deeds;
}

/// The rows of a table that are rules, in groups of those whose actions are the same.
struct RuleRows {
  std::vector<std::uint32_t> rules;
  std::vector<std::uint32_t> group;  // of each rule, from 1
};

RuleRows rule_rows(ir::Model const& model, ir::Table const& table) {
  RuleRows rows;
  std::map<Deeds, std::uint32_t> groups;
  for (std::uint32_t i = 0; i < model.rules.size(); ++i) {
    ir::Rule const& rule = model.rules[i];
    if (rule.origin != ir::RuleOrigin::row || rule.name.substr(0, rule.name.find('.')) != table.name) continue;
    auto const number = static_cast<std::uint32_t>(groups.size() + 1);
    rows.rules.push_back(i);
    rows.group.push_back(groups.try_emplace(deeds_of(rule), number).first->second);
  }
  return rows;
}

/// Where rows of different groups are active together.
Ref rows_overlapping(Prover& prover, Space& space, RuleRows const& rows) {
  constexpr std::uint32_t several = 0x3FFF'FFFFU;
  Ref found = Ref::leaf(0);
  for (std::size_t i = 0; i < rows.rules.size(); ++i)
    found = space.diagram().apply(found, space.condition(prover.program().rules[rows.rules[i]].active),
                                  [&](std::uint32_t group, std::uint32_t active) {
                                    if (active == 0) return group;
                                    return group == 0 || group == rows.group[i] ? rows.group[i] : several;
                                  });
  return space.diagram().map(found, [](std::uint32_t group) { return group == several ? 1U : 0U; });
}

/// The rows that somebody has active together with one of another group.
std::vector<ir::Index> overlapping_rows(Prover& prover, RuleRows const& rows, Questions const& reads) {
  std::set<ir::Index> found;
  for (std::size_t i = 0; i < rows.rules.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.rules.size(); ++j) {
      if (rows.group[i] == rows.group[j]) continue;
      auto const together = [&](World* world) {
        Space& space = world->space;
        Ref const both = space.diagram().both(space.condition(prover.program().rules[rows.rules[i]].active),
                                              space.condition(prover.program().rules[rows.rules[j]].active));
        return space.diagram().both(both, space.counted()) != no;
      };
      auto const worlds = prover.analysis().worlds(reads);
      if (std::any_of(worlds.begin(), worlds.end(), together)) found.insert({rows.rules[i], rows.rules[j]});
    }
  }
  return {found.begin(), found.end()};
}

bool shows_overlap(eval::Evaluation const& evaluation, RuleRows const& rows) {
  std::set<std::uint32_t> groups;
  for (std::size_t i = 0; i < rows.rules.size(); ++i) {
    auto const& active = evaluation.decision.active;
    if (std::find(active.begin(), active.end(), RuleId{rows.rules[i]}) != active.end()) groups.insert(rows.group[i]);
  }
  return groups.size() > 1;
}

Finding ask_overlap(Prover& prover, ir::Table const& table) {
  RuleRows const rows = rule_rows(prover.model(), table);
  std::vector<program::Slot> slots;
  for (std::uint32_t const rule : rows.rules) slots.push_back(prover.program().rules[rule].active);
  Region const region{prover.analysis().reads(slots),
                      [&](World& world) { return rows_overlapping(prover, world.space, rows); }};
  Finding finding =
      prover.nobody_in(region, "rows with different actions are active together for {}",
                       [&](eval::Evaluation const& evaluation) { return shows_overlap(evaluation, rows); });
  if (finding.verdict == Verdict::refuted)
    prover.concern(finding, "rows", overlapping_rows(prover, rows, region.reads));
  return finding;
}

}  // namespace

void prove_overlap(Prover& prover) {
  for (ir::Table const& table : prover.model().tables)
    if (!table.first)
      prover.examine({Check::overlap, table.name, table.label, table.at}, [&] { return ask_overlap(prover, table); });
}

}  // namespace carestep::analyze

// A rule is needed where it is active and excludes a level that no other active rule excludes. So for each level it is
// enough to know where exactly one active rule excludes it.

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "analyze/prove.hpp"

namespace carestep::analyze {
namespace {

using diagram::no;
using diagram::Ref;
using eval::LevelMask;

class Redundancy {
 public:
  explicit Redundancy(Prover& prover) : prover_(prover), analysis_(prover.analysis()) {}

  Finding ask(std::uint32_t index) {
    program::RuleEffect const& rule = prover_.program().rules[index];
    Region const region{analysis_.rule_reads(), [&](World& world) { return world.space.condition(rule.active); }};
    if (needed(rule)) return counted(analysis_.tally({region.reads, [](World&) { return no; }}), region.reads);
    // A rule that is never active excludes nothing for anybody: that is what `dead` says.
    Finding finding =
        prover_.nobody_in(region, "whenever the rule is active, other active rules exclude the same levels: {}",
                          [&](eval::Evaluation const& evaluation) {
                            auto const& active = evaluation.decision.active;
                            return std::find(active.begin(), active.end(), RuleId{index}) != active.end();
                          });
    if (finding.verdict == Verdict::refuted) prover_.concern(finding, "implied_by", implied_by(index));
    return finding;
  }

 private:
  bool needed(program::RuleEffect const& rule) {
    for (World* const world : analysis_.worlds(analysis_.rule_reads())) {
      diagram::Diagram& d = world->space.diagram();
      Ref const active = d.both(world->space.condition(rule.active), world->space.counted());
      for (std::size_t level = 0; level < prover_.program().level_count(); ++level)
        if ((rule.admits & eval::bit(static_cast<int>(level))) == 0 &&
            d.both(active, excluded_once(*world, level)) != no)
          return true;
    }
    return false;
  }

  /// Where exactly one active rule excludes the level.
  Ref excluded_once(World& world, std::size_t level) {
    if (generation_ != analysis_.generation()) known_.clear();
    generation_ = analysis_.generation();
    auto const key = std::pair(world.space.with_previous(), level);
    if (auto const it = known_.find(key); it != known_.end()) return it->second;
    diagram::Diagram& d = world.space.diagram();
    Ref number = Ref::leaf(0);  // how many exclude it: none, one, more
    for (program::RuleEffect const& rule : prover_.program().rules)
      if (rule.narrows && (rule.admits & eval::bit(static_cast<int>(level))) == 0)
        number = d.apply(number, world.space.condition(rule.active),
                         [](std::uint32_t n, std::uint32_t holds) { return std::min(n + holds, 2U); });
    Ref const once = d.map(number, [](std::uint32_t n) { return n == 1 ? 1U : 0U; });
    known_.emplace(key, once);
    return once;
  }

  /// The rules each of which alone is active whenever this one is, and excludes all that it excludes.
  std::vector<ir::Index> implied_by(std::uint32_t index) {
    auto const& rules = prover_.program().rules;
    std::vector<ir::Index> implying;
    for (std::uint32_t other = 0; other < rules.size(); ++other) {
      if (other == index || !rules[other].narrows || (rules[other].admits & ~rules[index].admits) != 0) continue;
      auto const worlds = analysis_.worlds(analysis_.rule_reads());
      bool const always = std::all_of(worlds.begin(), worlds.end(), [&](World* world) {
        Space& space = world->space;
        Ref const alone = space.without(space.condition(rules[index].active), space.condition(rules[other].active));
        return space.diagram().both(alone, space.counted()) == no;
      });
      if (always) implying.push_back(other);
    }
    return implying;
  }

  Prover& prover_;
  Analysis& analysis_;
  std::map<std::pair<bool, std::size_t>, Ref> known_;
  std::uint32_t generation_ = 0;
};

}  // namespace

void prove_redundant(Prover& prover) {
  Redundancy redundancy(prover);
  for (std::uint32_t i = 0; i < prover.model().rules.size(); ++i) {
    ir::Rule const& rule = prover.model().rules[i];
    if (prover.program().rules[i].admits == prover.program().all_levels) continue;  // excludes nothing
    prover.examine({Check::redundant, rule.name, rule.label, rule.at}, [&] { return redundancy.ask(i); });
  }
}

}  // namespace carestep::analyze

#include "analyze/joint.hpp"

#include <algorithm>

namespace carestep::analyze {

using diagram::Edge;
using diagram::no;
using diagram::Position;
using diagram::Ref;
using diagram::yes;

namespace {

std::int8_t joint_level(Match const& match, Side side, std::int8_t own) {
  return own < 0 ? own : match.level[index(side)][static_cast<std::size_t>(own)];
}

/// From one version's diagrams to the joint ones.
class Carrier {
 public:
  Carrier(Match const& match, Side side, Space const& from, Space& to, Ref outside)
      : from_(from), to_(to), outside_(outside) {
    for (ir::VarId const own : from.variables()) {
      ir::VarId const joint = match.joint_var[index(side)][own];
      at_.push_back(to.position(joint));
      runs_.push_back(&match.counterparts[index(side)][joint].runs);
    }
  }

  Ref of(Ref ref) {
    if (ref.is_leaf()) return ref;
    if (auto const it = done_.find(ref.bits); it != done_.end()) return it->second;
    to_.diagram().step();
    Position const at = from_.diagram().position(ref);
    std::vector<Edge> edges;
    std::int64_t low = 0;
    for (CodeRun const& run : *runs_[at]) {
      if (run.own < 0)
        edges.push_back({run.high, outside_});
      else
        carry_run(ref, low, run, edges);
      low = run.high + 1;
    }
    Ref const result = to_.diagram().node(at_[at], edges);
    done_.emplace(ref.bits, result);
    return result;
  }

 private:
  void carry_run(Ref ref, std::int64_t low, CodeRun const& run, std::vector<Edge>& edges) {
    std::int64_t const last = run.own + (run.high - low);
    for (Edge const& edge : from_.diagram().edges(ref)) {
      if (edge.high < run.own) continue;
      edges.push_back({low + (std::min(edge.high, last) - run.own), of(edge.to)});
      if (edge.high >= last) return;
    }
  }

  Space const& from_;
  Space& to_;
  Ref outside_;
  std::vector<Position> at_;
  std::vector<std::vector<CodeRun> const*> runs_;
  std::unordered_map<std::uint32_t, Ref> done_;
};

}  // namespace

std::optional<Ruling> ruling_of(Match const& match, Side side, Decision const& decision) {
  if (decision.status == DecisionStatus::refused) return Ruling{.refused = true};
  if (decision.status != DecisionStatus::determined) return std::nullopt;
  return Ruling{.not_applicable = decision.marks.contains(Mark::not_applicable),
                .move = decision.move,
                .next = joint_level(match, side, decision.next.index),
                .indicated = joint_level(match, side, decision.indicated.index),
                .conflict = decision.marks.contains(Mark::conflict),
                .not_eligible = decision.marks.contains(Mark::not_eligible)};
}

JointWorld::JointWorld(Match const& match, bool with_previous, std::vector<ir::VarId> const& order,
                       std::uint64_t budget, Numbered<Ruling, RulingKey>& rulings)
    : match_(match), space_(*match.joint, with_previous, order), rulings_(rulings) {
  space_.diagram().allow(budget);
  for (Side const side : both_sides) {
    own_[index(side)] =
        std::make_unique<World>(*match.programs[index(side)], with_previous, own_order(match, side, order));
    own(side).space.diagram().allow(budget);
  }
}

Ref JointWorld::carried(Side side, Ref own, Ref outside) {
  return Carrier(match_, side, this->own(side).space, space_, outside).of(own);
}

void JointWorld::match_impossibles() {
  PerSide<std::vector<Ref>> where;
  for (Side const side : both_sides)
    for (program::Slot const slot : match_.programs[index(side)]->impossible)
      where[index(side)].push_back(carried(side, own(side).space.condition(slot), no));
  diagram::Diagram& d = space_.diagram();
  for (Side const side : both_sides) {
    std::vector<Ref> const& others = where[1 - index(side)];
    for (std::size_t i = 0; i < where[index(side)].size(); ++i) {
      Ref const ref = where[index(side)][i];
      program::Slot const slot = match_.programs[index(side)]->impossible[i];
      // With a previous assessment or without, the same combinations have to be left out of the profiles.
      bool const reads_previous = analyze::reads_previous(
          inputs_of(*match_.programs[index(side)]->model, variables_read(*match_.programs[index(side)], {slot})));
      if (!reads_previous && std::find(others.begin(), others.end(), ref) != others.end()) {
        shared_ = space_.without(shared_, ref);
      } else {
        refused_[index(side)] = d.either(refused_[index(side)], ref);
        unshared_[index(side)].push_back(slot);
      }
    }
  }
}

Questions JointWorld::unshared_reads() const {
  Questions all;
  for (Side const side : both_sides) {
    program::Program const& program = *match_.programs[index(side)];
    Questions const own = inputs_of(*program.model, variables_read(program, unshared_[index(side)]));
    all = united(all, joint_questions(match_, side, own));
  }
  return all;
}

/// Where an answer is no value of this version.
Ref JointWorld::outside(Side side, Questions const& reads) {
  Ref result = no;
  for (Question const& question : reads) {
    ir::Input const& input = match_.joint->model->inputs[question.input.index];
    ir::VarId const first = question.previous ? input.first_previous_var : input.first_var;
    for (ir::VarId var = first; var < first + input.width; ++var) {
      Position const at = space_.position(var);
      std::int64_t const last = space_.diagram().size(at) - 1;
      std::vector<Edge> edges;
      for (CodeRun const& run : match_.counterparts[index(side)][var].runs)
        edges.push_back({std::min(run.high, last), run.own < 0 ? yes : no});
      result = space_.diagram().either(result, space_.diagram().node(at, edges));
    }
  }
  return result;
}

Ref JointWorld::own_rulings(Side side) {
  World& world = own(side);
  std::uint32_t const not_applicable = rulings_({.not_applicable = true});
  Ref const applies = world.space.condition(world.space.program().applies);
  return world.space.diagram().apply(applies, world.placement.decisions(),
                                     [&](std::uint32_t holds, std::uint32_t leaf) {
                                       if (holds == 0) return not_applicable;
                                       eval::Outcome const& o = world.placement.decision_of(leaf);
                                       return rulings_({.move = o.move,
                                                        .next = joint_level(match_, side, o.next),
                                                        .indicated = joint_level(match_, side, o.indicated),
                                                        .conflict = o.conflict,
                                                        .not_eligible = o.not_eligible});
                                     });
}

Ref JointWorld::rulings(Side side, Questions const& reads) {
  std::uint32_t const refused = rulings_({.refused = true});
  Ref const decided = carried(side, own_rulings(side), Ref::leaf(refused));
  Ref const out = space_.diagram().either(outside(side, reads), refused_[index(side)]);
  return space_.diagram().apply(out, decided,
                                [&](std::uint32_t is_out, std::uint32_t leaf) { return is_out != 0 ? refused : leaf; });
}

}  // namespace carestep::analyze

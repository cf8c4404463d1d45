#include "analyze/reasons.hpp"

#include <algorithm>
#include <iterator>

#include "analyze/hitting_set.hpp"
#include "analyze/nearest.hpp"
#include "analyze/placement.hpp"
#include "eval/decide.hpp"

namespace carestep::analyze {

using diagram::Diagram;
using diagram::no;
using diagram::OverBudget;
using diagram::Position;
using diagram::Ref;

namespace {

/// The completions of a person of whom only some pieces are known, and where they leave the levels that are to be kept.
class Completions {
 public:
  Completions(Person const& person, Pieces const& pieces, std::uint64_t budget)
      : space_(person.program(), person.record_of(pieces), person.order()), placement_(space_) {
    space_.diagram().allow(budget);
  }

  [[nodiscard]] Space& space() { return space_; }
  [[nodiscard]] Diagram& diagram() { return space_.diagram(); }

  /// The possible completions whose indicated level is none of these.
  Ref outside(LevelSet const& levels) {
    Diagram& d = diagram();
    auto const is_outside = [&](eval::Outcome const& o) { return !levels.contains(LevelId{o.indicated}); };
    bool const applies = space_.counted() != no;
    Ref const where_applied = applies ? d.both(space_.counted(), placement_.where_indicated(is_outside)) : no;
    if (levels.none) return where_applied;
    return d.either(where_applied, space_.without(space_.possible(), space_.counted()));  // not applicable: no level
  }

 private:
  Space space_;
  Placement placement_;
};

Pieces united(Pieces const& a, Pieces const& b) {
  Pieces both;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

/// Smallest sets and counterexamples, in turns: a set of answers is enough when it has a member of every set of answers
/// whose change, the others being kept, leads to another level. So the smallest set that meets all such changes found
/// so far is tried; when it is not enough, a completion tells another change. When it is, no smaller one is.
class SmallestReason {
 public:
  SmallestReason(Person const& person, LevelSet const& levels, std::uint64_t budget)
      : person_(person), levels_(levels), budget_(budget) {
    for (std::uint32_t i = 0; i < person.known().size(); ++i)
      if (person.known()[i].of_previous()) previous_.push_back(i);
  }

  Pieces run() {
    // What was answered before is kept at first: there are fewer completions then.
    Completions completions(person_, previous_, budget_);
    Ref const outside = completions.outside(levels_);
    std::vector<Terrain> const terrain = terrain_of(completions.space());
    for (;;) {
      Pieces const chosen = smallest_hitting_set(changes_, budget_);
      if (std::optional<Way> const way = nearest(completions.diagram(), outside, 1, terrain, chosen)) {
        changes_.push_back(way->answers);
      } else if (std::optional<Pieces> change = change_of_previous(chosen)) {
        changes_.push_back(*std::move(change));
      } else {
        return chosen;
      }
    }
  }

 private:
  /// A change that leads to another level where previous answers may change too.
  std::optional<Pieces> change_of_previous(Pieces const& chosen) {
    if (std::includes(chosen.begin(), chosen.end(), previous_.begin(), previous_.end())) return std::nullopt;
    budget_ /= 2;  // each time with half of what the time before had: all of them together take no more than one
    Completions completions(person_, chosen, budget_);
    std::optional<Way> const way =
        nearest(completions.diagram(), completions.outside(levels_), 1, terrain_of(completions.space()), {});
    if (!way) return std::nullopt;
    // Kept as it was, `no previous assessment` would have ruled the completion out.
    bool const none = person_.known()[previous_.front()].kind == Known::Kind::no_previous;
    return none ? united(way->answers, previous_) : way->answers;
  }

  std::vector<Terrain> terrain_of(Space const& space) const {
    std::vector<Terrain> terrain(space.variables().size());
    for (std::uint32_t piece = 0; piece < person_.known().size(); ++piece) {
      Known const& known = person_.known()[piece];
      if (known.kind == Known::Kind::no_previous) continue;
      auto const [first, width] = variables_of(person_.model(), known.question);
      for (ir::VarId var = first; var < first + width; ++var) {
        if (space.known(var)) continue;
        Position const at = space.position(var);
        std::int64_t const last = space.diagram().size(at) - 1;
        terrain[at] = {.answer = piece, .own = person_.codes()[var], .low = 0, .high = last, .by_values = false};
      }
    }
    return terrain;
  }

  Person const& person_;
  LevelSet levels_;
  std::uint64_t budget_;
  Pieces previous_;
  std::vector<Pieces> changes_;
};

/// Leaves out one answer after the other, the last first, where the rest is still enough.
class IrreducibleReason {
 public:
  IrreducibleReason(Person const& person, LevelSet const& levels, std::uint64_t budget)
      : person_(person), levels_(levels), budget_(budget) {}

  Reason run() {
    Reason reason{Proof::irreducible, person_.everything()};
    for (std::size_t i = reason.pieces.size(); i-- > 0;) {
      Pieces fewer = reason.pieces;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      try {
        if (Completions(person_, fewer, budget_).outside(levels_) == no) reason.pieces = std::move(fewer);
      } catch (OverBudget const&) {
        reason.proof = Proof::sufficient;
      }
    }
    return reason;
  }

 private:
  Person const& person_;
  LevelSet levels_;
  std::uint64_t budget_;
};

Reason found(Person const& person, LevelSet const& levels, std::uint64_t budget) {
  try {
    return {Proof::smallest, SmallestReason(person, levels, budget).run()};
  } catch (OverBudget const&) {
    return IrreducibleReason(person, levels, budget / (person.known().size() + 1)).run();
  }
}

/// Whether the evaluator, told nothing but these answers, says the same. Out of budget it lists too much and not too
/// little: then its word counts only for the reason, not against it.
bool confirmed(Person const& person, LevelSet const& levels, Pieces const& pieces, std::uint64_t budget) {
  Decision decision;
  eval::decide(person.program(), person.with_only(pieces),
               {.allow_out_of_force = true, .brief = true, .budget = budget}, decision);
  if (decision.status == DecisionStatus::refused) return false;
  bool const within =
      (decision.possible_indicated.bits & ~levels.bits) == 0 && (!decision.possible_indicated.none || levels.none);
  return within || decision.marks.contains(Mark::approximate);
}

}  // namespace

Reason sufficient_reason(Person const& person, Decision const& decision, std::uint64_t budget) {
  if (decision.marks.contains(Mark::approximate)) return {};
  Reason reason = found(person, decision.possible_indicated, budget);
  if (!confirmed(person, decision.possible_indicated, reason.pieces, budget / 128)) return {};
  return reason;
}

}  // namespace carestep::analyze

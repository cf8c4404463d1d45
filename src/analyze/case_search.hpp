#pragma once

// Finds the assessments that show something: in the regions of the decision diagrams, patients who are as mild as
// possible and differ from each other as little as possible.

#include <optional>
#include <utility>
#include <vector>

#include "analyze/analysis.hpp"
#include "analyze/boundaries.hpp"
#include "analyze/sites.hpp"

namespace carestep::analyze {

/// A made-up patient, the assessment, and the evaluator's decision about it.
struct Member {
  Patient patient;
  Assessment assessment;
  eval::Evaluation evaluation;
};

/// How strictly a clause has to decide.
struct Strictness {
  bool alone = true;    // every other clause of the condition is the same in both (unique cause); else masked only
  bool moving = false;  // a step or discharge line: for people whose indicated level is on its side
};

/// Patients on both sides of a clause, all in one kind of space.
struct Sides {
  World* world = nullptr;
  diagram::Ref yes;  // the clause holds
  diagram::Ref no;   // it does not
};

/// Whether a site counts for the person of an evaluation, whose assessment it shows as that of somebody at such levels.
bool counts(Site const& site, eval::Evaluation const& evaluation, program::Program const& program, bool moving);

class CaseSearch {
 public:
  explicit CaseSearch(Analysis& analysis);

  /// The smallest patient for whom a condition comes out so. `possible`: also people to whom the rules do not apply.
  std::optional<Patient> shows(program::Slot slot, bool truth, bool possible);

  /// Where the clause decides its condition. `boundary`: with these values on its two sides.
  std::optional<Sides> decides(Site const& site, std::size_t clause, Strictness strict, Boundary const* boundary);
  /// The smallest patient with a value, where the site counts.
  std::optional<Patient> with_value(Site const& site, Point const& point);

  /// Two patients, one on either side, who differ as little as possible; of those that are there already, where one
  /// stands on a side.
  static std::pair<Patient, Patient> choose(Sides const& sides, std::vector<Member> const& there);

  /// Every input answered.
  Member member(Patient patient) const;

  /// The boundaries of a clause, in every space in which it is asked.
  std::vector<Boundary> boundaries(ir::Clause const& clause);

 private:
  std::vector<World*> worlds_of(Site const& site);
  std::vector<World*> worlds_of(std::vector<program::Slot> slots);
  diagram::Ref where(World& world, Site const& site, bool moving);
  diagram::Ref moving(World& world, Site const& site);
  diagram::Ref truth(Space& space, Site const& site, std::size_t part);
  std::pair<diagram::Ref, diagram::Ref> open(World& world, Site const& site, std::size_t clause, diagram::Ref within);
  std::optional<Sides> unmasked(World& world, Site const& site, std::size_t clause, diagram::Ref yes, diagram::Ref no);
  std::optional<Sides> alone(World& world, Site const& site, std::size_t clause, diagram::Ref yes, diagram::Ref no);

  Analysis& analysis_;
  Questions told_;
  bool reads_previous_ = false;
};

}  // namespace carestep::analyze

#include "analyze/case_search.hpp"

#include <algorithm>

#include "analyze/nearest.hpp"
#include "program/assessment_access.hpp"

namespace carestep::analyze {

using diagram::no;
using diagram::Ref;
using diagram::yes;

namespace {

constexpr std::size_t most_tries = 4096;   // combinations of the other clauses' truths looked at
constexpr std::size_t most_compared = 12;  // patients already there whose neighbours are looked for

Questions every_input(ir::Model const& model) {
  Questions all;
  for (std::uint32_t i = 0; i < model.inputs.size(); ++i) all.push_back({{i}, false});
  return all;
}

Questions previous_inputs_read(program::Program const& program) {
  Questions read;
  std::vector<program::Slot> slots;
  for (program::Slot slot = 0; slot < program.ops.size(); ++slot) slots.push_back(slot);
  for (Question const& question : inputs_of(*program.model, variables_read(program, slots)))
    if (question.previous) read.push_back(question);
  return read;
}

/// The patient of a region who differs from another in the fewest answers.
Patient nearest_to(Space& space, Ref region, std::vector<std::int64_t> const& codes) {
  ir::Model const& model = *space.program().model;
  std::vector<Terrain> terrain;
  for (ir::VarId const var : space.variables()) {
    ir::Variable const& variable = model.variables[var];
    std::int64_t const origin = next_to(model, var, codes[var]);
    terrain.push_back({.answer = 2 * variable.input + (variable.previous ? 1U : 0U),
                       .own = codes[var],
                       .low = 0,
                       .high = variable.size - 1,
                       .origin = origin});
  }
  Way const way = *nearest(space.diagram(), region, 1, terrain, {});
  Patient patient{space.with_previous(), codes, way.distance.answers, way.distance.values};
  for (diagram::Position at = 0; at < way.codes.size(); ++at)
    if (way.codes[at] != Terrain::no_code) patient.codes[space.variables()[at]] = way.codes[at];
  return patient;
}

/// Exactly so many of the conditions hold.
Ref exactly(diagram::Diagram& d, std::vector<Ref> const& conditions, std::int64_t wanted) {
  auto const all = static_cast<std::int64_t>(conditions.size());
  if (wanted < 0 || wanted > all) return no;
  Ref sum = Ref::leaf(0);
  for (Ref const condition : conditions)
    sum = d.apply(sum, condition, [](std::uint32_t n, std::uint32_t holds) { return n + holds; });
  return d.map(sum, [&](std::uint32_t n) { return n == static_cast<std::uint32_t>(wanted) ? 1U : 0U; });
}

/// Whether a line leads where the indicated level lies.
bool leads(Site const& site, eval::Outcome const& o, int current) {
  if (site.kind == SiteKind::discharge) return !o.conflict && (o.not_eligible || o.indicated == current);
  if (o.not_eligible) return false;
  return site.up ? o.indicated > current : !o.conflict && o.indicated < current;
}

}  // namespace

bool counts(Site const& site, eval::Evaluation const& evaluation, program::Program const& program, bool moving) {
  auto const truth = [&](program::Slot slot) { return evaluation.bounds[slot].low != 0; };
  if (site.kind != SiteKind::applies && !truth(program.applies)) return false;
  for (auto const& [slot, wanted] : site.provided)
    if (truth(slot) != wanted) return false;
  std::int64_t const code = evaluation.codes[ir::current_level_var];
  if (!site.at.empty() && std::find(site.at.begin(), site.at.end(), code) == site.at.end()) return false;
  if (!moving) return true;
  Decision const& d = evaluation.decision;
  eval::Outcome outcome{};
  outcome.indicated = d.indicated.index;
  outcome.conflict = d.marks.contains(Mark::conflict);
  outcome.not_eligible = d.marks.contains(Mark::not_eligible);
  return leads(site, outcome, static_cast<int>(code) - 1);
}

CaseSearch::CaseSearch(Analysis& analysis) : analysis_(analysis) {
  Questions const previous = previous_inputs_read(analysis.program());
  reads_previous_ = !previous.empty();
  told_ = united(every_input(analysis.model()), previous);
}

std::vector<World*> CaseSearch::worlds_of(Site const& site) {
  std::vector<program::Slot> slots;
  for (SiteClause const& clause : site.clauses) slots.push_back(clause.slot);
  for (auto const& [slot, wanted] : site.provided) slots.push_back(slot);
  return worlds_of(std::move(slots));
}

/// Who is counted may hang on the previous answers too.
std::vector<World*> CaseSearch::worlds_of(std::vector<program::Slot> slots) {
  program::Program const& program = analysis_.program();
  slots.insert(slots.end(), program.impossible.begin(), program.impossible.end());
  slots.push_back(program.applies);
  return analysis_.worlds(analysis_.reads(slots));
}

std::optional<Patient> CaseSearch::shows(program::Slot slot, bool truth, bool possible) {
  for (World* const world : worlds_of(std::vector{slot})) {
    Space& space = world->space;
    Ref const condition = space.condition(slot);
    Ref const people = possible ? space.possible() : space.counted();
    Ref const region = truth ? space.diagram().both(people, condition) : space.without(people, condition);
    if (region != no) return smallest(space, region);
  }
  return std::nullopt;
}

Ref CaseSearch::moving(World& world, Site const& site) {
  Ref all = no;
  diagram::Diagram& d = world.space.diagram();
  for (std::int64_t const code : site.at) {
    Ref const there = Point{false, ir::current_level_var, code}.region(world.space);
    Ref const leading = world.placement.where_indicated(
        [&](eval::Outcome const& o) { return leads(site, o, static_cast<int>(code) - 1); });
    all = d.either(all, d.both(there, leading));
  }
  return all;
}

Ref CaseSearch::where(World& world, Site const& site, bool only_moving) {
  Space& space = world.space;
  Ref region = site.kind == SiteKind::applies ? space.possible() : space.counted();
  for (auto const& [slot, wanted] : site.provided)
    region =
        wanted ? space.diagram().both(region, space.condition(slot)) : space.without(region, space.condition(slot));
  Ref somewhere = site.at.empty() ? yes : no;
  for (std::int64_t const code : site.at)
    somewhere = space.diagram().either(somewhere, Point{false, ir::current_level_var, code}.region(space));
  region = space.diagram().both(region, somewhere);
  return only_moving ? space.diagram().both(region, moving(world, site)) : region;
}

Ref CaseSearch::truth(Space& space, Site const& site, std::size_t index) {
  SitePart const& part = site.parts[index];
  if (part.slot != program::Program::no_slot) return space.condition(part.slot);
  return space.diagram().negation(truth(space, site, part.parts.front()));  // `unless`
}

/// Where the condition follows the clause, and where it turns against it.
std::pair<Ref, Ref> CaseSearch::open(World& world, Site const& site, std::size_t clause, Ref within) {
  diagram::Diagram& d = world.space.diagram();
  Ref with = within;
  Ref against = no;
  for (std::size_t below = site.clauses[clause].part; below != 0; below = site.parts[below].parent) {
    SitePart const& part = site.parts[site.parts[below].parent];
    std::vector<Ref> others;
    for (std::size_t const other : part.parts)
      if (other != below) others.push_back(truth(world.space, site, other));
    Ref follows = no;
    Ref turns = no;
    for (Opening const& opening : openings(part)) {
      Ref& way = opening.sense == Sense::with ? follows : turns;
      way = d.either(way, exactly(d, others, opening.others));
    }
    std::tie(with, against) = std::pair(d.either(d.both(with, follows), d.both(against, turns)),
                                        d.either(d.both(with, turns), d.both(against, follows)));
  }
  return {with, against};
}

std::optional<Sides> CaseSearch::unmasked(World& world, Site const& site, std::size_t clause, Ref on, Ref off) {
  diagram::Diagram& d = world.space.diagram();
  auto const [with, against] = open(world, site, clause, d.either(on, off));
  for (Ref const way : {with, against}) {
    Sides const sides{&world, d.both(on, way), d.both(off, way)};
    if (sides.yes != no && sides.no != no) return sides;
  }
  return std::nullopt;
}

/// Gives each other clause a truth, so that the clause decides and there are people on both sides.
std::optional<Sides> CaseSearch::alone(World& world, Site const& site, std::size_t clause, Ref on, Ref off) {
  Space& space = world.space;
  Truths truths(site.clauses.size(), unknown_truth);
  std::size_t tries = 0;
  auto const settle = [&](auto& self, std::size_t next, Ref a, Ref b) -> std::optional<Sides> {
    if (a == no || b == no || ++tries > most_tries || !may_decide(site, clause, truths)) return std::nullopt;
    if (next == site.clauses.size()) return Sides{&world, a, b};
    if (next == clause) return self(self, next + 1, a, b);
    Ref const other = space.condition(site.clauses[next].slot);
    std::optional<Sides> found;
    for (bool const holds : {false, true}) {
      truths[next] = holds ? 1 : 0;
      found = holds ? self(self, next + 1, space.diagram().both(a, other), space.diagram().both(b, other))
                    : self(self, next + 1, space.without(a, other), space.without(b, other));
      if (found) break;
    }
    truths[next] = unknown_truth;
    return found;
  };
  return settle(settle, 0, on, off);
}

std::optional<Sides> CaseSearch::decides(Site const& site, std::size_t clause, Strictness strict,
                                         Boundary const* boundary) {
  for (World* const world : worlds_of(site)) {
    Space& space = world->space;
    diagram::Diagram& d = space.diagram();
    Ref const people = where(*world, site, strict.moving);
    Ref const condition = space.condition(site.clauses[clause].slot);
    Ref const on = d.both(people, condition);
    Ref const off = space.without(people, condition);
    auto const search = [&](Ref a, Ref b) {
      return strict.alone ? alone(*world, site, clause, a, b) : unmasked(*world, site, clause, a, b);
    };
    if (boundary == nullptr) {
      if (auto const sides = search(on, off)) return sides;
      continue;
    }
    Ref const above = boundary->above.region(space);
    Ref const below = boundary->below.region(space);
    if (auto const sides = search(d.both(on, above), d.both(off, below))) return sides;
    if (auto const sides = search(d.both(on, below), d.both(off, above))) return sides;
  }
  return std::nullopt;
}

std::optional<Patient> CaseSearch::with_value(Site const& site, Point const& point) {
  for (World* const world : worlds_of(site))
    if (auto const patient =
            smallest(world->space, world->space.diagram().both(where(*world, site, false), point.region(world->space))))
      return patient;
  return std::nullopt;
}

std::pair<Patient, Patient> CaseSearch::choose(Sides const& sides, std::vector<Member> const& there) {
  Space& space = sides.world->space;
  std::optional<std::pair<Patient, Patient>> best;
  std::size_t compared = 0;
  for (Member const& member : there) {
    if (member.patient.with_previous != space.with_previous()) continue;
    bool const on = space.contains(sides.yes, member.patient.codes);
    if (!on && !space.contains(sides.no, member.patient.codes)) continue;
    Patient const other = nearest_to(space, on ? sides.no : sides.yes, member.patient.codes);
    if (!best || smaller(other, best->second)) best = {member.patient, other};
    if (++compared == most_compared) break;
  }
  if (best) return *best;
  Patient const a = *smallest(space, sides.yes);
  Patient const b = *smallest(space, sides.no);
  bool const from_a = smaller(a, b);
  Patient const& first = from_a ? a : b;
  return {first, nearest_to(space, from_a ? sides.no : sides.yes, first.codes)};
}

Member CaseSearch::member(Patient patient) const {
  Questions told = told_;
  if (!patient.with_previous) std::erase_if(told, [](Question const& q) { return q.previous; });
  Assessment assessment = assessment_of(analysis_.shared_program(), patient, told);
  // Clauses that no decision needs may read previous answers, too.
  AssessmentAccess::previous(assessment) = !reads_previous_        ? Assessment::Previous::unknown
                                           : patient.with_previous ? Assessment::Previous::given
                                                                   : Assessment::Previous::none;
  eval::Evaluation evaluation =
      eval::evaluate(analysis_.program(), assessment, {.allow_out_of_force = true, .budget = replay_budget});
  if (evaluation.decision.status != DecisionStatus::determined) throw NotConfirmed{};
  return {std::move(patient), std::move(assessment), std::move(evaluation)};
}

std::vector<Boundary> CaseSearch::boundaries(ir::Clause const& clause) {
  std::vector<Boundary> all;
  for (World* const world : worlds_of(std::vector{analysis_.program().slot_of_node[clause.node]}))
    for (Boundary const& boundary : boundaries_of(world->space, world->space.counted(), clause))
      if (std::find(all.begin(), all.end(), boundary) == all.end()) all.push_back(boundary);
  return all;
}

}  // namespace carestep::analyze

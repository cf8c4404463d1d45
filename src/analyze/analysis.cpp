#include "analyze/analysis.hpp"

#include <algorithm>

#include "program/assessment_access.hpp"

namespace carestep::analyze {

using diagram::no;
using diagram::Ref;
using program::Program;

namespace {

constexpr Question current_level{{ir::current_level_var}, false};

std::vector<program::Slot> criteria_of(Program const& program) {
  std::vector<program::Slot> slots;
  for (program::CriterionTest const& criterion : program.criteria) slots.push_back(criterion.holds);
  return slots;
}

}  // namespace

Analysis::Analysis(std::shared_ptr<Program const> program, AnalysisLimits limits)
    : program_(std::move(program)),
      limits_(std::move(limits)),
      shared_{.steps = limits_.budget},
      order_(variable_order(*program_)) {
  std::vector<program::Slot> slots = program_->impossible;
  slots.push_back(program_->applies);
  counting_reads_previous_ = reads_previous(reads(slots));
}

World& Analysis::world(bool with_previous) {
  std::unique_ptr<World>& world = worlds_[with_previous ? 1 : 0];
  if (!world) {
    world = std::make_unique<World>(*program_, with_previous, order_, &shared_);
    world->space.diagram().watch(limits_.stop);
    world->space.diagram().allow(limits_.budget);
  }
  return *world;
}

std::vector<World*> Analysis::worlds(Questions const& reads) {
  if (!reads_previous(reads)) return {&world(counting_reads_previous_)};
  return {&world(false), &world(true)};
}

void Analysis::renew() {
  for (std::unique_ptr<World> const& world : worlds_)
    if (world) world->space.diagram().allow(limits_.budget);
}

void Analysis::forget() {
  for (std::unique_ptr<World>& world : worlds_) world.reset();
  profiles_.clear();
  ++generation_;
}

Ref Analysis::profiles(World& world, Questions const& reads) {
  auto const key = std::pair(world.space.with_previous(), reads);
  auto const known = profiles_.find(key);
  if (known != profiles_.end()) return known->second;
  Ref const found = world.space.projected(world.space.counted(), reads);
  profiles_.emplace(key, found);
  return found;
}

std::optional<Patient> Analysis::smallest_of(Region const& region) {
  std::optional<Patient> found;
  bool const both = counting_reads_previous_ || reads_previous(region.reads);
  for (World* const world : both ? std::vector{&this->world(false), &this->world(true)} : worlds(region.reads)) {
    Ref const asked = world->space.diagram().both(region.where(*world), world->space.counted());
    std::optional<Patient> const patient = smallest(world->space, asked);
    if (patient && (!found || smaller(*patient, *found))) found = patient;
  }
  return found;
}

Found Analysis::tally(Region const& region) {
  Found total;
  for (World* const world : worlds(region.reads)) {
    Space& space = world->space;
    std::vector<bool> const counted = space.positions_of(region.reads);
    Ref const all = profiles(*world, region.reads);
    total.of += count(space.diagram(), all, counted);
    total.count += count(space.diagram(), space.diagram().both(region.where(*world), all), counted);
  }
  if (total.count != 0) total.smallest = smallest_of(region);
  return total;
}

Questions Analysis::reads(std::vector<program::Slot> const& slots) const {
  return inputs_of(model(), variables_read(*program_, slots));
}

Questions Analysis::rule_reads() const {
  std::vector<program::Slot> slots;
  for (program::RuleEffect const& rule : program_->rules)
    if (rule.narrows) slots.push_back(rule.active);
  return reads(slots);
}

Questions Analysis::indication_reads() {
  Questions const read = united(rule_reads(), reads(criteria_of(*program_)));
  if (!program_->criteria.empty()) return united(read, {current_level});
  for (World* const world : worlds(read)) {
    Ref const by_default = world->placement.where_indicated([](eval::Outcome const& o) { return o.by_default; });
    if (world->space.diagram().both(by_default, world->space.counted()) != no) return united(read, {current_level});
  }
  return read;
}

Questions Analysis::eligibility_reads() const {
  Questions const read = united(rule_reads(), reads(criteria_of(*program_)));
  return program_->criteria.empty() ? read : united(read, {current_level});
}

Questions Analysis::decision_reads() const {
  std::vector<program::Slot> slots = criteria_of(*program_);
  for (program::StepMove const& step : program_->steps) slots.push_back(step.open);
  for (program::DischargeTest const& line : program_->discharges) slots.push_back(line.open);
  return united(united(rule_reads(), reads(slots)), {current_level});
}

// ---- replaying
// --------------------------------------------------------------------------------------------------------

namespace {

bool same_decision(Decision const& a, Decision const& b) {
  return a.status == b.status && a.move == b.move && a.next == b.next && a.indicated == b.indicated &&
         a.marks == b.marks;
}

/// Answers that are told though the profile does not have them.
Questions beside(Questions const& told, Questions const& profile) {
  Questions others;
  std::set_difference(told.begin(), told.end(), profile.begin(), profile.end(), std::back_inserter(others));
  return others;
}

}  // namespace

std::optional<Replay> replay_telling(Analysis const& analysis, Patient const& patient, Questions const& told,
                                     Confirm const& shows) {
  Assessment assessment = assessment_of(analysis.shared_program(), patient, told);
  eval::Evaluation evaluation =
      eval::evaluate(analysis.program(), assessment, {.allow_out_of_force = true, .budget = replay_budget});
  if (evaluation.decision.status != DecisionStatus::determined || !shows(evaluation)) return std::nullopt;
  return Replay{std::move(assessment), std::move(evaluation)};
}

Replay replay(Analysis const& analysis, Patient const& patient, Questions const& reads, Confirm const& shows) {
  Questions const profile = to_tell(reads, patient.with_previous);
  Questions told = united(to_tell(decision_inputs(analysis.program()), patient.with_previous), profile);
  std::optional<Replay> best = replay_telling(analysis, patient, told, shows);
  if (!best) throw NotConfirmed{};
  auto const leave_out = [&](Questions const& some) {
    Questions const fewer = beside(told, some);
    std::optional<Replay> without = replay_telling(analysis, patient, fewer, shows);
    if (!without || !same_decision(without->evaluation.decision, best->evaluation.decision)) return false;
    told = fewer;
    best = std::move(without);
    return true;
  };
  Questions const others = beside(told, profile);
  if (others.empty() || leave_out(others)) return *std::move(best);
  for (Question const& other : others) leave_out({other});
  return *std::move(best);
}

}  // namespace carestep::analyze

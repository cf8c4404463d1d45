#pragma once

// One ruleset and its diagrams, kept from question to question: the two spaces of complete assessments (without a
// previous assessment, and with one), and what the rules come to in each.

#include <carestep/analysis.hpp>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "analyze/count.hpp"
#include "analyze/patient.hpp"
#include "analyze/placement.hpp"
#include "analyze/space.hpp"
#include "eval/decide.hpp"

namespace carestep::analyze {

/// A space and what the rules come to in it.
struct World {
  World(program::Program const& program, bool with_previous, std::vector<ir::VarId> const& order,
        SharedBudget* budget = nullptr)
      : space(program, with_previous, order), placement(space, budget) {}
  Space space;
  Placement placement;
};

/// What a question is about: the inputs that make up a profile, and the assessments that it asks for. The region may
/// read no other input than these; what does not count need not be left out of it.
struct Region {
  Questions reads;
  std::function<diagram::Ref(World&)> where;
};

/// How many profiles lie in a region, of how many, and the smallest patient there.
struct Found {
  Count count = 0;
  Count of = 0;
  std::optional<Patient> smallest;
};

class Analysis {
 public:
  /// `limits.budget`: the steps that one question may take.
  Analysis(std::shared_ptr<program::Program const> program, AnalysisLimits limits);
  Analysis(std::shared_ptr<program::Program const> program, std::uint64_t budget)
      : Analysis(std::move(program), AnalysisLimits{budget, {}}) {}

  [[nodiscard]] program::Program const& program() const { return *program_; }
  [[nodiscard]] ir::Model const& model() const { return *program_->model; }
  [[nodiscard]] std::shared_ptr<program::Program const> const& shared_program() const { return program_; }

  World& world(bool with_previous);

  /// The worlds that a question is asked in. Where it reads no previous answer one speaks for both: to be without a
  /// previous assessment is to have one with the same answers, so whatever is possible without is possible with one.
  std::vector<World*> worlds(Questions const& reads);

  /// Starts the budget of the next question afresh.
  void renew();
  /// Drops all diagrams, after a question that filled the memory with them.
  void forget();
  /// How often they were dropped: diagrams of another generation are gone.
  [[nodiscard]] std::uint32_t generation() const { return generation_; }
  [[nodiscard]] bool stopped() const { return limits_.stop && limits_.stop(); }

  /// Whether it depends on previous answers which assessments are counted at all.
  [[nodiscard]] bool counting_reads_previous() const { return counting_reads_previous_; }

  /// The profiles of these inputs that some counted assessment has.
  diagram::Ref profiles(World& world, Questions const& reads);

  Found tally(Region const& region);
  /// The smallest patient of a region among the counted assessments of both worlds, or of the worlds that it reads.
  std::optional<Patient> smallest_of(Region const& region);

  /// The inputs that these conditions read.
  [[nodiscard]] Questions reads(std::vector<program::Slot> const& slots) const;
  /// The inputs that the rules which narrow read.
  [[nodiscard]] Questions rule_reads() const;
  /// The inputs that the indicated level depends on: rules, criteria, and the current level where there are criteria or
  /// somebody is placed by default.
  Questions indication_reads();
  /// The inputs that eligibility depends on: rules, criteria, and the current level where there are criteria.
  [[nodiscard]] Questions eligibility_reads() const;
  /// Likewise the next level.
  [[nodiscard]] Questions decision_reads() const;

 private:
  std::shared_ptr<program::Program const> program_;
  AnalysisLimits limits_;
  bool counting_reads_previous_ = false;
  std::uint32_t generation_ = 0;
  SharedBudget shared_;
  std::vector<ir::VarId> order_;
  std::array<std::unique_ptr<World>, 2> worlds_;
  std::map<std::pair<bool, Questions>, diagram::Ref> profiles_;
};

/// Steps that the evaluator may take to confirm a patient.
inline constexpr std::uint64_t replay_budget = 200'000;

/// Whether a decision, made by the evaluator, shows what a diagram promised.
using Confirm = std::function<bool(eval::Evaluation const&)>;

/// A patient as a replayable assessment, and the evaluator's decision about it.
struct Replay {
  Assessment assessment;
  eval::Evaluation evaluation;
};

/// The diagrams and the evaluator disagree: a defect of this library.
struct NotConfirmed {};

/// Decides the patient with the evaluator, telling it these answers; nothing unless that determines a decision which
/// shows it.
std::optional<Replay> replay_telling(Analysis const& analysis, Patient const& patient, Questions const& told,
                                     Confirm const& shows);

/// Decides the patient with the evaluator; answers to inputs other than `reads` are left out where the decision and
/// what it shows stay the same without them. Throws NotConfirmed when it does not show it.
Replay replay(Analysis const& analysis, Patient const& patient, Questions const& reads, Confirm const& shows);

}  // namespace carestep::analyze

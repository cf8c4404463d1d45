// Pairs of neighbours: two assessments that are counted and differ in one answer by one step, the second worse.

#include <fmt/format.h>

#include "analyze/prove.hpp"
#include "eval/outcome.hpp"

namespace carestep::analyze {
namespace {

using diagram::no;
using diagram::Position;
using diagram::Ref;

/// The codes of one variable that are one step apart, `step` times in a row.
struct NeighbourStep {
  std::int64_t from = 0;  // the first pair is `from` and `from + 1`
  std::int64_t steps = 1;
};

/// One variable of the input, in one world.
class NeighbourWalk {
 public:
  NeighbourWalk(World& world, ir::VarId var, bool higher_is_worse, Questions const& reads)
      : world_(world), space_(world.space), var_(var), at_(space_.position(var)), higher_(higher_is_worse) {
    kept_ = space_.positions_of(reads);
    kept_[at_] = false;
    rank_ = space_.diagram().map(world.placement.indicated(), [&](std::uint32_t leaf) -> std::uint32_t {
      eval::Outcome const& o = world.placement.indication_of(leaf);
      return o.not_eligible ? 0 : static_cast<std::uint32_t>(o.indicated + 1);
    });
  }

  /// Every step of the variable; those within a stretch that nothing tells apart are one.
  [[nodiscard]] std::vector<NeighbourStep> steps() {
    std::vector<NeighbourStep> steps;
    std::int64_t low = 0;
    for (std::int64_t const high : space_.stretches(at_, {rank_, space_.counted()})) {
      if (high > low) steps.push_back({low, high - low});
      if (high + 1 < space_.diagram().size(at_)) steps.push_back({high, 1});
      low = high + 1;
    }
    return steps;
  }

  /// The rest of the assessments that are counted with either code.
  Ref both_counted(NeighbourStep const& step) {
    return space_.diagram().both(space_.restricted(space_.counted(), at_, step.from),
                                 space_.restricted(space_.counted(), at_, step.from + 1));
  }
  /// Where the worse of the two has a less intensive indicated level.
  Ref lowered(NeighbourStep const& step) {
    Ref const a = space_.restricted(rank_, at_, better(step));
    Ref const b = space_.restricted(rank_, at_, worse(step));
    return space_.diagram().apply(a, b, [](std::uint32_t x, std::uint32_t y) { return x > y ? 1U : 0U; });
  }

  [[nodiscard]] std::int64_t better(NeighbourStep const& step) const { return higher_ ? step.from : step.from + 1; }
  [[nodiscard]] std::int64_t worse(NeighbourStep const& step) const { return higher_ ? step.from + 1 : step.from; }

  /// The smallest pair of the step among these: the better one.
  std::optional<Patient> smallest_of(NeighbourStep const& step, Ref among) {
    return smallest(space_, space_.diagram().both(among, space_.with_codes(at_, better(step), better(step))));
  }
  [[nodiscard]] Patient neighbour(Patient patient, NeighbourStep const& step) const {
    patient.codes[space_.variables()[at_]] = worse(step);
    return patient;
  }

  /// Forgets everything but the profile.
  Ref projected(Ref ref, Questions const& reads) { return space_.projected(ref, reads); }
  [[nodiscard]] Count count_of(Ref region) const { return count(space_.diagram(), region, kept_); }
  [[nodiscard]] World& world() const { return world_; }

 private:
  World& world_;
  Space& space_;
  ir::VarId var_;
  Position at_;
  bool higher_;
  std::vector<bool> kept_;
  Ref rank_;
};

class Monotone {
 public:
  Monotone(Prover& prover, std::uint32_t input) : prover_(prover), analysis_(prover.analysis()), input_(input) {
    reads_ = united(analysis_.indication_reads(), Questions{{{input}, false}});
  }

  Finding ask() {
    ir::Input const& input = prover_.model().inputs[input_];
    for (ir::VarId var = input.first_var; var < input.first_var + input.width; ++var)
      for (World* const world : analysis_.worlds(reads_)) count_steps(*world, var, input.worse == ir::Worse::higher);
    Finding finding = counted({count_, of_, {}}, reads_);
    if (count_ == 0) return finding;
    finding.verdict = Verdict::refuted;
    finding.sentence = "a worse answer alone lowers the indicated level for {}";
    show(finding);
    return finding;
  }

 private:
  void count_steps(World& world, ir::VarId var, bool higher) {
    NeighbourWalk walk(world, var, higher, reads_);
    bool const beside = analysis_.counting_reads_previous() && !reads_previous(reads_);
    std::optional<NeighbourWalk>
        without;  // pairs of people without a previous assessment, where it is not told from the profile
    if (beside) without.emplace(analysis_.world(false), var, higher, reads_);
    std::vector<NeighbourStep> steps = walk.steps();
    if (without) steps = finest(steps, without->steps());
    for (NeighbourStep const& step : steps) {
      Ref pairs = walk.projected(walk.both_counted(step), reads_);
      if (without) {
        Ref const more = without->projected(without->both_counted(step), reads_);
        pairs = world.space.diagram().either(pairs, world.space.transferred(without->world().space, more));
      }
      Ref const lowered = walk.lowered(step);
      of_ += walk.count_of(pairs) * step.steps;
      count_ += walk.count_of(world.space.diagram().both(pairs, lowered)) * step.steps;
      if (lowered == no) continue;
      consider(walk, step);
      if (without) consider(*without, step);
    }
  }

  /// Steps that neither of two lists tells apart, in the stretches of both.
  static std::vector<NeighbourStep> finest(std::vector<NeighbourStep> const& a, std::vector<NeighbourStep> const& b) {
    std::vector<NeighbourStep> steps;
    std::size_t i = 0;
    std::size_t j = 0;
    for (std::int64_t from = 0; i < a.size() && j < b.size();) {
      std::int64_t const a_end = a[i].from + a[i].steps;
      std::int64_t const b_end = b[j].from + b[j].steps;
      std::int64_t const end = std::min(a_end, b_end);
      steps.push_back({from, end - from});
      from = end;
      if (a_end == end) ++i;
      if (b_end == end) ++j;
    }
    return steps;
  }

  void consider(NeighbourWalk& walk, NeighbourStep const& step) {
    Ref const among = walk.world().space.diagram().both(walk.both_counted(step), walk.lowered(step));
    std::optional<Patient> const patient = walk.smallest_of(step, among);
    if (!patient || (better_ && !smaller(*patient, *better_))) return;
    better_ = patient;
    worse_ = walk.neighbour(*patient, step);
  }

  /// Both are told the same answers: those of the profile where they determine both decisions, else all.
  void show(Finding& finding) {
    Questions const all = united(decision_inputs(prover_.program()), reads_);
    for (Questions const& told : {reads_, all}) {
      finding.example = replay_telling(analysis_, *better_, told, [](eval::Evaluation const&) { return true; });
      if (!finding.example) continue;
      int const high = rank(finding.example->evaluation.decision);
      finding.neighbour =
          replay_telling(analysis_, *worse_, told, [&](eval::Evaluation const& e) { return rank(e.decision) < high; });
      if (finding.neighbour) return;
    }
    throw NotConfirmed{};
  }

  /// Not eligible is below every level.
  static int rank(Decision const& decision) {
    return decision.marks.contains(Mark::not_eligible) ? -1 : decision.indicated.index;
  }

  Prover& prover_;
  Analysis& analysis_;
  std::uint32_t input_;
  Questions reads_;
  Count count_ = 0;
  Count of_ = 0;
  std::optional<Patient> better_;
  std::optional<Patient> worse_;
};

}  // namespace

void prove_monotone(Prover& prover) {
  for (std::uint32_t i = 0; i < prover.model().inputs.size(); ++i) {
    ir::Input const& input = prover.model().inputs[i];
    if (input.worse == ir::Worse::undeclared) {
      prover.not_examined(input.name);
      continue;
    }
    prover.examine({Check::monotone, input.name, input.label, input.at}, [&] { return Monotone(prover, i).ask(); });
  }
}

}  // namespace carestep::analyze

#include "analyze/diff.hpp"

#include <carestep/ruleset.hpp>

#include <algorithm>

#include "program/assessment_access.hpp"

namespace carestep::analyze {

using diagram::no;
using diagram::Ref;

namespace {

constexpr std::size_t most_described = 30;
constexpr std::uint64_t steps_of_a_scene = 1'000'000;

std::string level_word(Match const& match, std::int8_t level) {
  return level < 0 ? "none" : match.levels[static_cast<std::size_t>(level)];
}

std::string marks_word(Ruling const& v) {
  return v.conflict ? "conflict" : v.not_eligible ? "not_eligible" : "none";
}

/// What a ruling says in one respect.
std::string said(Match const& match, Aspect aspect, Ruling const& v) {
  switch (aspect) {
    case Aspect::refused:
    case Aspect::applies:
      if (v.refused) return "refused";
      return v.not_applicable ? "not_applicable" : level_word(match, v.next);
    case Aspect::next_level:
      return level_word(match, v.next);
    case Aspect::indicated_level:
      return level_word(match, v.indicated);
    case Aspect::move:
      return std::string(to_string(v.move));
    default:
      return marks_word(v);
  }
}

Aspect first_difference(Ruling const& a, Ruling const& b) {
  if (a.refused || b.refused) return Aspect::refused;
  if (a.not_applicable || b.not_applicable) return Aspect::applies;
  if (a.next != b.next) return Aspect::next_level;
  if (a.indicated != b.indicated) return Aspect::indicated_level;
  return a.move != b.move ? Aspect::move : Aspect::marks;
}

}  // namespace

std::optional<ChangeKind> change_between(Match const& match, Ruling const& a, Ruling const& b) {
  if (a == b) return std::nullopt;
  Aspect const aspect = first_difference(a, b);
  return ChangeKind{aspect, said(match, aspect, a), said(match, aspect, b)};
}

namespace {

// ---- examples
// ---------------------------------------------------------------------------------------------------------

/// The first day on which both versions are in force, if there is one.
Date common_day(Match const& match) {
  ir::Model const& older = *match.programs[0]->model;
  ir::Model const& newer = *match.programs[1]->model;
  Date const day = std::max(example_date(older), example_date(newer));
  bool const older_ended = older.expires && *older.expires < day;
  return older_ended ? example_date(newer) : day;
}

/// The patient with the codes of one version; nothing when an answer that is told is no value there.
std::optional<Patient> own_patient(Match const& match, Side side, Patient const& joint, Questions const& told) {
  Patient own = joint;
  own.codes.assign(match.programs[index(side)]->model->variables.size(), -1);
  for (Question const& question : to_tell(told, joint.with_previous)) {
    ir::Input const& input = match.joint->model->inputs[question.input.index];
    ir::VarId const first = question.previous ? input.first_previous_var : input.first_var;
    for (ir::VarId var = first; var < first + input.width; ++var) {
      Counterpart const& there = match.counterparts[index(side)][var];
      auto const code = own_code(there, joint.codes[var]);
      if (!code) return std::nullopt;
      if (there.var) own.codes[*there.var] = *code;
    }
  }
  return own;
}

Questions own_questions(Match const& match, Side side, Questions const& joint) {
  Questions own;
  for (Question const& question : joint)
    if (auto const at = match.own_input[index(side)][question.input.index]) own.push_back({{*at}, question.previous});
  std::sort(own.begin(), own.end());
  return own;
}

/// How one version decides the patient, when these inputs are told.
Witness witness(Match const& match, Side side, Patient const& patient, Questions const& told) {
  Witness result;
  std::optional<Patient> const own = own_patient(match, side, patient, told);
  result.ruling.refused = true;
  if (!own) return result;
  auto const& program = match.programs[index(side)];
  result.assessment = assessment_of(program, *own, own_questions(match, side, told));
  AssessmentAccess::date(*result.assessment) = common_day(match);
  result.evaluation =
      eval::evaluate(*program, *result.assessment, {.allow_out_of_force = true, .budget = replay_budget});
  auto const ruling = ruling_of(match, side, result.evaluation->decision);
  if (!ruling) throw NotConfirmed{};
  result.ruling = *ruling;
  return result;
}

// ---- counting
// ---------------------------------------------------------------------------------------------------------

class Comparison {
 public:
  Comparison(Match const& match, AnalysisLimits const& limits) : match_(match), limits_(limits) {
    std::vector<ir::VarId> const order = joint_order(match);
    bool const previous = match.programs[0]->reads_previous || match.programs[1]->reads_previous;
    for (bool const with_previous : {false, true})
      if (!with_previous || previous)
        worlds_.push_back(std::make_unique<JointWorld>(match, with_previous, order, limits.budget, rulings_));
    for (auto const& world : worlds_) {
      stop_if_told();
      world->match_impossibles();
      reads_ = united(reads_, world->unshared_reads());
    }
    for (Side const side : both_sides) reads_ = united(reads_, decision_reads(side));
    if (!reads_previous(reads_)) worlds_.resize(1);
  }

  Difference run(bool conditions) {
    Difference result;
    for (auto const& world : worlds_) add(*world, result);
    for (auto const& [kind, found] : found_) {
      result.changed += found.count;
      result.changes.push_back({kind, found.count, shown(kind, found.patient), {}});
    }
    std::stable_sort(result.changes.begin(), result.changes.end(),
                     [](Change const& a, Change const& b) { return a.count > b.count; });
    if (conditions) describe(result);
    for (Question const& question : reads_)
      result.counted.push_back((question.previous ? "previous " : "") + input_name(question));
    return result;
  }

 private:
  struct Found {
    Count count = 0;
    Patient patient;
    std::vector<Scene> scenes;  // where it happens
  };

  [[nodiscard]] std::string const& input_name(Question const& question) const {
    return match_.joint->model->inputs[question.input.index].name;
  }

  [[nodiscard]] Questions decision_reads(Side side) const {
    auto const& program = match_.programs[index(side)];
    Analysis const analysis(program, 0);
    Questions const own = united(analysis.decision_reads(), analysis.reads({program->applies}));
    return joint_questions(match_, side, own);
  }

  void stop_if_told() const {
    if (limits_.stop && limits_.stop()) throw diagram::OverBudget{};
  }

  void add(JointWorld& world, Difference& result) {
    stop_if_told();
    Space& space = world.space();
    diagram::Diagram& d = space.diagram();
    std::vector<ChangeKind> kinds;  // 0: not counted; 1: alike; then one each
    std::map<ChangeKind, std::uint32_t> numbers;
    before_.push_back(world.rulings(Side::older, reads_));
    Ref const compared = d.apply(before_.back(), world.rulings(Side::newer, reads_),
                                 [&](std::uint32_t a, std::uint32_t b) -> std::uint32_t {
                                   Ruling const& x = rulings_[a];
                                   Ruling const& y = rulings_[b];
                                   if ((x.refused && y.refused) || (x.not_applicable && y.not_applicable)) return 0;
                                   auto const kind = change_between(match_, x, y);
                                   if (!kind) return 1;
                                   auto const number = static_cast<std::uint32_t>(kinds.size() + 2);
                                   auto const [it, added] = numbers.try_emplace(*kind, number);
                                   if (added) kinds.push_back(*kind);
                                   return it->second;
                                 });
    std::vector<bool> const counted = space.positions_of(reads_);
    Ref const profiles = space.projected(world.shared_possible(), reads_);
    Ref const decided = d.map(compared, [](std::uint32_t leaf) { return leaf == 0 ? 0U : 1U; });
    Ref const changed = d.map(compared, [](std::uint32_t leaf) { return leaf > 1 ? 1U : 0U; });
    everywhere_.push_back({&world, d.both(decided, profiles), d.both(changed, profiles)});
    result.of += count(d, everywhere_.back().among, counted);
    for (std::uint32_t i = 0; i < kinds.size(); ++i) {
      stop_if_told();
      Ref const region = d.map(compared, [&](std::uint32_t leaf) { return leaf == i + 2 ? 1U : 0U; });
      std::optional<Patient> const patient = smallest(space, d.both(region, world.shared_possible()));
      if (!patient) continue;
      auto const [it, added] = found_.try_emplace(kinds[i], Found{0, *patient, {}});
      Found& found = it->second;
      if (!added && smaller(*patient, found.patient)) found.patient = *patient;
      found.count += count(d, d.both(region, profiles), counted);
      found.scenes.push_back({&world, no, d.both(region, profiles)});
    }
  }

  /// A kind of change among the assessments of which the old version says the same.
  [[nodiscard]] std::vector<Scene> scenes(ChangeKind const& kind) {
    std::vector<Scene> all = everywhere_;
    for (std::size_t w = 0; w < all.size(); ++w) {
      Scene& scene = all[w];
      diagram::Diagram& d = scene.world->space().diagram();
      d.allow(steps_of_a_scene);
      Ref const as_before = d.map(before_[w], [&](std::uint32_t leaf) {
        return said(match_, kind.aspect, rulings_[leaf]) == kind.from ? 1U : 0U;
      });
      scene.among = d.both(scene.among, as_before);
      scene.region = no;
      for (Scene const& there : found_.at(kind).scenes)
        if (scene.world == there.world) scene.region = there.region;
    }
    return all;
  }

  /// Puts the changes into words, the most frequent first.
  void describe(Difference& result) {
    if (result.changes.empty()) return;
    std::vector<JointWorld*> worlds;
    for (auto const& world : worlds_) worlds.push_back(world.get());
    try {
      Describer describer(match_, std::move(worlds), reads_);
      result.condition = describer.describe(everywhere_);
      for (std::size_t i = 0; i < std::min(result.changes.size(), most_described); ++i) {
        stop_if_told();
        result.changes[i].condition = describer.describe(scenes(result.changes[i].kind));
      }
    } catch (diagram::OverBudget const&) {
      // The others stay without words.
    }
  }

  /// The example as both versions decide it, which has to be the change that it is an example of.
  PerSide<Witness> shown(ChangeKind const& kind, Patient const& patient) const {
    PerSide<Witness> both{witness(match_, Side::older, patient, reads_), witness(match_, Side::newer, patient, reads_)};
    if (change_between(match_, both[0].ruling, both[1].ruling) != kind) throw NotConfirmed{};
    return both;
  }

  Match const& match_;
  AnalysisLimits const& limits_;
  Numbered<Ruling, RulingKey> rulings_;
  std::vector<std::unique_ptr<JointWorld>> worlds_;
  Questions reads_;
  std::vector<Ref> before_;        // the old version's rulings, one a world
  std::vector<Scene> everywhere_;  // all that changes among all that is compared, one a world
  std::map<ChangeKind, Found> found_;
};

}  // namespace

Difference difference(Match const& match, AnalysisLimits const& limits, bool conditions) {
  return Comparison(match, limits).run(conditions);
}

}  // namespace carestep::analyze

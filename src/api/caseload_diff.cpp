#include <carestep/analysis.hpp>
#include <carestep/stream.hpp>

#include <fmt/format.h>
#include <optional>
#include <set>

#include "api/ruleset_state.hpp"
#include "data/read_assessment.hpp"

namespace carestep {
namespace {

/// Reads an assessment that may have been made for the other version, and decides it.
class Version {
 public:
  Version(Ruleset const& rules, Ruleset const& other, std::vector<Renamed> const& inputs,
          std::vector<Renamed> const& levels, std::string Renamed::*own, std::string Renamed::*theirs)
      : rules_(rules), reader_(rules) {
    for (std::uint32_t i = 0; i < other.input_count(); ++i) others_.inputs[std::string(other.input({i}).name)];
    for (std::size_t i = 0; i < other.level_count(); ++i)
      others_.levels[std::string(other.level({static_cast<std::int8_t>(i)}).name)];
    for (Renamed const& one : inputs) others_.inputs[one.*theirs] = one.*own;
    for (Renamed const& one : levels) others_.levels[one.*theirs] = one.*own;
  }

  void decide(std::string_view json, Decision& decision, std::string& id) {
    if (reader_.read(json)) {
      id = reader_.id();
      rules_.decide(reader_.assessment(), decision, options);
      return;
    }
    auto const read = thorough_.read(RulesetAccess::state(rules_).program, json, others_);
    if (read) {
      id = read->id;
      rules_.decide(read->assessment, decision, options);
      return;
    }
    id = read.error().id;
    decision = {};
    decision.status = DecisionStatus::refused;
    decision.refusals = read.error().refusals;
  }

  [[nodiscard]] Ruleset const& rules() const { return rules_; }

 private:
  static inline DecideOptions const options{.allow_out_of_force = true};

  Ruleset rules_;
  AssessmentReader reader_;
  data::ThoroughReader thorough_;
  data::OtherNames others_;
};

std::string marks_word(Decision const& decision) {
  return decision.marks.contains(Mark::conflict)       ? "conflict"
         : decision.marks.contains(Mark::not_eligible) ? "not_eligible"
                                                       : "none";
}

}  // namespace

struct CaseloadDiff::State {
  State(Ruleset const& old_rules, Ruleset const& new_rules, DiffOptions const& options)
      : older(old_rules, new_rules, options.inputs, options.levels, &Renamed::older, &Renamed::newer),
        newer(new_rules, old_rules, options.inputs, options.levels, &Renamed::newer, &Renamed::older),
        renamed(options.levels) {}

  /// A level as the new version calls it.
  [[nodiscard]] std::string level(Version const& version, LevelId id) const {
    std::string name(version.rules().level(id).name);
    if (&version == &older)
      for (Renamed const& one : renamed)
        if (one.older == name) return one.newer;
    return name;
  }
  /// In one order for both versions, so that equal sets read alike.
  [[nodiscard]] std::string levels(Version const& version, LevelSet const& set) const {
    std::set<std::string> left;
    for (std::size_t i = 0; i < version.rules().level_count(); ++i)
      if (LevelId const id{static_cast<std::int8_t>(i)}; set.contains(id)) left.insert(level(version, id));
    std::vector<std::string> names;
    if (set.none) names.emplace_back("none");
    for (std::size_t i = 0; i < newer.rules().level_count(); ++i) {
      std::string const name(newer.rules().level({static_cast<std::int8_t>(i)}).name);
      if (left.erase(name) != 0) names.push_back(name);
    }
    names.insert(names.end(), left.begin(), left.end());
    return fmt::format("{}", fmt::join(names, ", "));
  }
  /// What a decision comes to when the other version does not decide, or not for this person.
  [[nodiscard]] std::string outcome(Version const& version, Decision const& decision) const {
    if (decision.status == DecisionStatus::refused) return "refused";
    return decision.marks.contains(Mark::not_applicable) ? "not_applicable" : level(version, decision.next);
  }
  /// What to compare, in the order of Aspect.
  [[nodiscard]] std::string said(Aspect aspect, Version const& version, Decision const& decision) const {
    switch (aspect) {
      case Aspect::refused:
      case Aspect::applies:
        return outcome(version, decision);
      case Aspect::next_level:
        return level(version, decision.next);
      case Aspect::indicated_level:
        return level(version, decision.indicated);
      case Aspect::move:
        return std::string(to_string(decision.move));
      case Aspect::marks:
        return marks_word(decision);
      case Aspect::status:
        return std::string(to_string(decision.status));
      case Aspect::possible:
        break;
    }
    return levels(version, decision.possible_next) + " (indicated: " + levels(version, decision.possible_indicated) +
           ")";
  }

  [[nodiscard]] std::optional<Aspect> first_difference() const {
    bool const old_refused = result.older.status == DecisionStatus::refused;
    bool const new_refused = result.newer.status == DecisionStatus::refused;
    if (old_refused || new_refused) return old_refused == new_refused ? std::nullopt : std::optional(Aspect::refused);
    if (result.older.marks.contains(Mark::not_applicable) != result.newer.marks.contains(Mark::not_applicable))
      return Aspect::applies;
    for (Aspect const aspect :
         {Aspect::next_level, Aspect::indicated_level, Aspect::move, Aspect::marks, Aspect::status, Aspect::possible})
      if (said(aspect, older, result.older) != said(aspect, newer, result.newer)) return aspect;
    return std::nullopt;
  }

  Version older;
  Version newer;
  std::vector<Renamed> renamed;
  CaseDifference result;
};

CaseloadDiff::CaseloadDiff(Ruleset const& older, Ruleset const& newer, DiffOptions const& options)
    : state_(std::make_unique<State>(older, newer, options)) {}
CaseloadDiff::CaseloadDiff(CaseloadDiff&&) noexcept = default;
CaseloadDiff& CaseloadDiff::operator=(CaseloadDiff&&) noexcept = default;
CaseloadDiff::~CaseloadDiff() = default;

CaseDifference const& CaseloadDiff::compare(std::string_view json) {
  State& state = *state_;
  CaseDifference& result = state.result;
  state.older.decide(json, result.older, result.id);
  state.newer.decide(json, result.newer, result.id);
  std::optional<Aspect> const aspect = state.first_difference();
  result.changed = aspect.has_value();
  result.from.clear();
  result.to.clear();
  if (!aspect) return result;
  result.aspect = *aspect;
  result.from = state.said(*aspect, state.older, result.older);
  result.to = state.said(*aspect, state.newer, result.newer);
  return result;
}

}  // namespace carestep

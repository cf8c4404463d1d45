#include "planted/judge.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "api/ruleset_state.hpp"
#include "differential/reference.hpp"
#include "program/assessment_access.hpp"

namespace carestep::planted {
namespace {

using differential::Random;
using Total = boost::multiprecision::cpp_int;
/// Aspect, from, to.
using Kind = std::tuple<Aspect, std::string, std::string>;

program::Program const& program_of(Ruleset const& rules) {
  return *RulesetAccess::state(rules).program;
}
ir::Model const& model_of(Ruleset const& rules) {
  return *program_of(rules).model;
}

std::string words(Kind const& kind) {
  return fmt::format("{} {} -> {}", to_string(std::get<0>(kind)), std::get<1>(kind), std::get<2>(kind));
}

// ---- the reference evaluator
// ------------------------------------------------------------------------------------------

reference::Answer answer_of(ir::Input const& input, std::span<AssessmentAccess::Code const> codes, Date day) {
  reference::Answer answer;
  if (input.kind == ir::InputKind::set) {
    for (std::size_t i = 0; i < codes.size(); ++i)
      if (codes[i] >= 0) (codes[i] == 1 ? answer.includes : answer.excludes).push_back(input.values[i]);
    if (!answer.includes.empty() || !answer.excludes.empty()) answer.kind = reference::Answer::Kind::set;
    return answer;
  }
  std::int64_t const code = codes[0];
  if (code < 0) return answer;
  switch (input.kind) {
    case ir::InputKind::number:
      answer.kind = reference::Answer::Kind::number;
      answer.number = {input.low.scaled + code * input.step.scaled};
      break;
    case ir::InputKind::date:
      answer.kind = code == ir::never_code ? reference::Answer::Kind::never : reference::Answer::Kind::date;
      answer.day = {day.days - static_cast<std::int32_t>(code)};
      break;
    default:
      answer.kind = reference::Answer::Kind::word;
      answer.word = input.kind == ir::InputKind::yes_no ? (code == 1 ? "yes" : "no")
                                                        : input.values[static_cast<std::size_t>(code)];
  }
  return answer;
}

reference::Assessment for_reference(Ruleset const& rules, Assessment const& assessment) {
  reference::Assessment out;
  out.day = assessment.date();
  auto const codes = AssessmentAccess::codes(assessment);
  ir::Model const& model = model_of(rules);
  if (codes[0] >= 0) out.current_level = model.inputs[0].values[static_cast<std::size_t>(codes[0])];
  if (codes[1] >= 0) out.days_in_level = codes[1];
  switch (AssessmentAccess::previous(assessment)) {
    case Assessment::Previous::none:
      out.previous = reference::Assessment::Previous::none;
      break;
    case Assessment::Previous::given:
      out.previous = reference::Assessment::Previous::told;
      break;
    case Assessment::Previous::unknown:
      break;
  }
  for (std::size_t i = 2; i < model.inputs.size(); ++i) {
    ir::Input const& input = model.inputs[i];
    auto const present = answer_of(input, codes.subspan(input.first_var, input.width), out.day);
    auto const before = answer_of(input, codes.subspan(input.first_previous_var, input.width), out.day);
    if (present.kind != reference::Answer::Kind::unknown) out.answers[input.name] = present;
    if (before.kind != reference::Answer::Kind::unknown) out.previous_answers[input.name] = before;
  }
  return out;
}

/// What the reference evaluator says otherwise than `decision`; nothing when it would take it too long.
std::optional<std::string> against_reference(reference::Ruleset const& judge, Ruleset const& rules,
                                             Assessment const& assessment, Decision const& decision,
                                             std::uint64_t most_completions) {
  reference::Assessment const person = for_reference(rules, assessment);
  if (judge.completions(person) > most_completions) return std::nullopt;
  reference::Decision const theirs = judge.decide(person);
  bool const refused = decision.status == DecisionStatus::refused;
  if (theirs.refused_by.has_value() != refused) return "one of engine and reference refuses an example";
  if (refused) return "";
  auto const differ = [](std::string_view a, std::string_view b) {
    return a == b ? "" : fmt::format("the engine decides {}, the reference {}; ", a, b);
  };
  return differ(to_string(decision.move), theirs.move) + differ(rules.level(decision.next).name, theirs.next_level) +
         differ(rules.level(decision.indicated).name, theirs.indicated_level);
}

// ---- kinds of changes, told from two decisions
// --------------------------------------------------------------------------

std::string marks_word(Decision const& d) {
  return d.marks.contains(Mark::conflict) ? "conflict" : d.marks.contains(Mark::not_eligible) ? "not_eligible" : "none";
}

std::optional<Kind> kind_of(Ruleset const& older, Decision const& a, Ruleset const& newer, Decision const& b) {
  auto const level = [](Ruleset const& rules, LevelId id) { return std::string(rules.level(id).name); };
  auto const outcome = [&](Ruleset const& rules, Decision const& d) {
    if (d.status == DecisionStatus::refused) return std::string("refused");
    return d.marks.contains(Mark::not_applicable) ? std::string("not_applicable") : level(rules, d.next);
  };
  bool const refused_a = a.status == DecisionStatus::refused;
  bool const refused_b = b.status == DecisionStatus::refused;
  if (refused_a && refused_b) return std::nullopt;
  if (refused_a || refused_b) return Kind{Aspect::refused, outcome(older, a), outcome(newer, b)};
  if (a.marks.contains(Mark::not_applicable) != b.marks.contains(Mark::not_applicable))
    return Kind{Aspect::applies, outcome(older, a), outcome(newer, b)};
  if (level(older, a.next) != level(newer, b.next))
    return Kind{Aspect::next_level, level(older, a.next), level(newer, b.next)};
  if (level(older, a.indicated) != level(newer, b.indicated))
    return Kind{Aspect::indicated_level, level(older, a.indicated), level(newer, b.indicated)};
  if (a.move != b.move) return Kind{Aspect::move, std::string(to_string(a.move)), std::string(to_string(b.move))};
  if (marks_word(a) != marks_word(b)) return Kind{Aspect::marks, marks_word(a), marks_word(b)};
  return std::nullopt;
}

// ---- values that rules tell apart
// ---------------------------------------------------------------------------------------

/// For each variable of the model the last codes of the stretches that no condition divides.
class Borders {
 public:
  explicit Borders(program::Program const& program) : last_(program.model->variables.size()) {
    for (std::size_t var = 0; var < last_.size(); ++var) last_[var].insert(program.model->variables[var].size - 1);
    for (program::Op const& op : program.ops) {
      std::int64_t const size = program.model->variables[op.var].size;
      switch (op.kind) {
        case program::OpKind::member:
        case program::OpKind::reading:
          for (std::int64_t code = 0; code < std::min<std::int64_t>(size, 40'000); ++code) last_[op.var].insert(code);
          break;
        case program::OpKind::range:
          cut(op.var, op.value, op.step, size);
          break;
        case program::OpKind::ranges:
          for (std::uint32_t i = op.first; i < op.first + op.count; ++i)
            cut(op.var, program.ranges[i].low, program.ranges[i].high, size);
          break;
        default:
          break;
      }
    }
    // Nobody outside care has days in a level.
    last_[ir::days_in_level_var].insert(0);
  }

  [[nodiscard]] std::set<std::int64_t> const& of(ir::VarId var) const { return last_[var]; }

 private:
  void cut(ir::VarId var, std::int64_t low, std::int64_t high, std::int64_t size) {
    for (std::int64_t const last : {low - 1, high})
      if (last >= 0 && last < size) last_[var].insert(last);
  }
  std::vector<std::set<std::int64_t>> last_;
};

// ---- many assessments
// ---------------------------------------------------------------------------------------------------

/// Everything answered: at random, or beside the bounds of a condition.
Assessment sample(Ruleset const& rules, Borders const& borders, Random& random) {
  program::Program const& program = program_of(rules);
  Assessment assessment = AssessmentAccess::make(RulesetAccess::state(rules).program, *date(2026, 5, 14));
  bool const given = program.reads_previous && random.percent(60);
  AssessmentAccess::previous(assessment) = given ? Assessment::Previous::given : Assessment::Previous::none;
  auto codes = AssessmentAccess::codes(assessment);
  for (ir::VarId var = 0; var < codes.size(); ++var) {
    ir::Variable const& variable = program.model->variables[var];
    if (variable.previous && !given) continue;
    std::vector<std::int64_t> const bounds(borders.of(var).begin(), borders.of(var).end());
    std::int64_t code = random.between(0, variable.size - 1);
    if (random.percent(75)) code = random.pick(bounds) + random.between(0, 1);
    codes[var] = static_cast<AssessmentAccess::Code>(std::min(code, variable.size - 1));
  }
  if (codes[ir::current_level_var] == 0) codes[ir::days_in_level_var] = 0;
  return assessment;
}

// ---- counting
// -----------------------------------------------------------------------------------------------------------

/// One variable of a profile, in both versions, and its stretches.
struct Axis {
  ir::VarId older = 0;
  ir::VarId newer = 0;
  std::vector<std::int64_t> last;
};

class Enumeration {
 public:
  Enumeration(Ruleset const& older, Ruleset const& newer)
      : older_(older), newer_(newer), cuts_older_(program_of(older)), cuts_newer_(program_of(newer)) {}

  /// The variables of these inputs; nothing where the versions differ in an input, or there are too many stretches.
  std::optional<std::vector<Axis>> axes(std::vector<std::string> const& counted, bool with_previous,
                                        std::uint64_t most) const {
    std::vector<Axis> all;
    double product = 1;
    std::set<std::pair<std::string, bool>> asked;
    for (std::string const& name : counted) {
      bool const previous = name.starts_with("previous ");
      // Without a previous assessment, the present answer stands for the previous one.
      asked.emplace(previous ? name.substr(9) : name, previous && with_previous);
    }
    for (auto const& [name, previous] : asked) {
      auto const a = older_.input(name);
      auto const b = newer_.input(name);
      if (!a || !b) return std::nullopt;
      ir::Input const& x = model_of(older_).inputs[a->index];
      ir::Input const& y = model_of(newer_).inputs[b->index];
      if (x.kind != y.kind || x.values != y.values || x.low != y.low || x.high != y.high || x.step != y.step ||
          x.or_never != y.or_never)
        return std::nullopt;
      for (std::uint32_t i = 0; i < x.width; ++i) {
        Axis axis{(previous ? x.first_previous_var : x.first_var) + i,
                  (previous ? y.first_previous_var : y.first_var) + i,
                  {}};
        std::set<std::int64_t> last = cuts_older_.of(axis.older);
        last.insert(cuts_newer_.of(axis.newer).begin(), cuts_newer_.of(axis.newer).end());
        if (!previous && !with_previous && x.first_previous_var != 0) {
          // X stands for `previous X` too.
          last.insert(cuts_older_.of(x.first_previous_var + i).begin(), cuts_older_.of(x.first_previous_var + i).end());
          last.insert(cuts_newer_.of(y.first_previous_var + i).begin(), cuts_newer_.of(y.first_previous_var + i).end());
        }
        axis.last.assign(last.begin(), last.end());
        product *= static_cast<double>(axis.last.size());
        all.push_back(std::move(axis));
      }
    }
    if (product > static_cast<double>(most)) return std::nullopt;
    return all;
  }

  /// Decides one assessment of each combination of stretches, and adds up how many there are.
  bool count(std::vector<Axis> const& axes, bool with_previous, std::map<Kind, Total>& kinds, Total& of,
             std::uint64_t& cells) const {
    Assessment a = blank(older_, with_previous);
    Assessment b = blank(newer_, with_previous);
    std::vector<std::size_t> at(axes.size(), 0);
    for (;;) {
      Total weight = 1;
      for (std::size_t i = 0; i < axes.size(); ++i) {
        std::int64_t const low = at[i] == 0 ? 0 : axes[i].last[at[i] - 1] + 1;
        weight *= axes[i].last[at[i]] - low + 1;
        AssessmentAccess::codes(a)[axes[i].older] = static_cast<AssessmentAccess::Code>(low);
        AssessmentAccess::codes(b)[axes[i].newer] = static_cast<AssessmentAccess::Code>(low);
      }
      ++cells;
      if (possible(a) && !decide(a, b, weight, kinds, of)) return false;
      std::size_t i = 0;
      while (i < axes.size() && ++at[i] == axes[i].last.size()) at[i++] = 0;
      if (i == axes.size()) return true;
    }
  }

 private:
  static Assessment blank(Ruleset const& rules, bool with_previous) {
    Assessment assessment = AssessmentAccess::make(RulesetAccess::state(rules).program, *date(2026, 5, 14));
    AssessmentAccess::previous(assessment) = with_previous ? Assessment::Previous::given : Assessment::Previous::none;
    return assessment;
  }
  /// The evaluator takes days in no level for 0; the reader refuses them.
  static bool possible(Assessment const& a) {
    auto const codes = AssessmentAccess::codes(a);
    return codes[ir::current_level_var] != 0 || codes[ir::days_in_level_var] <= 0;
  }

  bool decide(Assessment const& a, Assessment const& b, Total const& weight, std::map<Kind, Total>& kinds,
              Total& of) const {
    DecideOptions const options{.allow_out_of_force = true, .brief = true};
    Decision const x = older_.decide(a, options);
    Decision const y = newer_.decide(b, options);
    if (x.status == DecisionStatus::undetermined || y.status == DecisionStatus::undetermined) return false;
    bool const nobody = (x.status == DecisionStatus::refused && y.status == DecisionStatus::refused) ||
                        (x.status != DecisionStatus::refused && y.status != DecisionStatus::refused &&
                         x.marks.contains(Mark::not_applicable) && y.marks.contains(Mark::not_applicable));
    if (nobody) return true;
    of += weight;
    if (auto const kind = kind_of(older_, x, newer_, y)) kinds[*kind] += weight;
    return true;
  }

  Ruleset older_;
  Ruleset newer_;
  Borders cuts_older_;
  Borders cuts_newer_;
};

// ---- conditions
// ---------------------------------------------------------------------------------------------------------

/// The words of a condition as a rule of the new version, which is then active where it holds.
class Probe {
 public:
  /// Nothing where the words are no condition of the rule language: cells of tables, days of a date.
  static std::optional<Probe> of(DiffReport const& report, std::string const& newer) {
    if (report.condition_kind == ConditionKind::none || report.condition == "always") return std::nullopt;
    std::string condition;
    std::string_view rest = report.condition;
    constexpr std::string_view between = "; or ";
    for (std::size_t at = rest.find(between); !rest.empty(); at = rest.find(between)) {
      condition += fmt::format("{}({})", condition.empty() ? "" : " or ", rest.substr(0, at));
      rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + between.size());
    }
    auto rules = load_text(fmt::format("{}\nrule planted_probe when {} then note \"here\"\n", newer, condition));
    if (!rules) return std::nullopt;
    return Probe(*rules, report.condition_kind);
  }

  /// Whether the condition says something wrong about an assessment that changes, or does not.
  [[nodiscard]] bool wrong(std::string_view json, bool changes) const {
    auto const read = assessment_from_json(rules_, json);
    if (!read) return false;
    Decision const decision = rules_.decide(read->assessment, {.allow_out_of_force = true});
    if (decision.status == DecisionStatus::refused || decision.marks.contains(Mark::not_applicable)) return false;
    bool const holds = std::any_of(decision.active.begin(), decision.active.end(),
                                   [&](RuleId id) { return rules_.rule(id).name == "planted_probe"; });
    switch (kind_) {
      case ConditionKind::exact:
        return holds != changes;
      case ConditionKind::sufficient:
        return holds && !changes;
      default:
        return changes && !holds;
    }
  }

 private:
  Probe(Ruleset rules, ConditionKind kind) : rules_(std::move(rules)), kind_(kind) {}
  Ruleset rules_;
  ConditionKind kind_;
};

class Judge {
 public:
  Judge(Ruleset const& older, Ruleset const& newer, std::string const& newer_text, Options const& options,
        Counts& counts)
      : older_(older), newer_(newer), options_(options), counts_(counts) {
    DiffOptions how;
    how.conditions = options.conditions;
    report_ = diff(older, newer, how);
    probe_ = Probe::of(report_, newer_text);
    if (probe_) ++counts_.conditions;
    for (DiffChange const& change : report_.changes)
      told_.emplace(Kind{change.aspect, change.from, change.to}, change.tally.count);
  }

  std::string judge(Random& random) {
    switch (report_.verdict) {
      case DiffVerdict::gave_up:
        ++counts_.gave_up;
        return {};
      case DiffVerdict::different:
        ++counts_.different;
        break;
      case DiffVerdict::same:
        ++counts_.same;
    }
    std::string wrong = witnesses();
    if (wrong.empty()) wrong = samples(random);
    if (wrong.empty()) wrong = counts();
    return wrong;
  }

 private:
  std::string witnesses() {
    reference::Ruleset const old_judge(RulesetAccess::state(older_).bundle);
    reference::Ruleset const new_judge(RulesetAccess::state(newer_).bundle);
    DecideOptions const options{.allow_out_of_force = true};
    for (DiffChange const& change : report_.changes) {
      Decision const refused = [] {
        Decision d;
        d.status = DecisionStatus::refused;
        return d;
      }();
      Decision const a = change.older ? older_.decide(change.older->assessment, options) : refused;
      Decision const b = change.newer ? newer_.decide(change.newer->assessment, options) : refused;
      Kind const kind{change.aspect, change.from, change.to};
      if (kind_of(older_, a, newer_, b) != kind) return "an example is not what it says: " + words(kind);
      ++counts_.witnesses;
      bool referenced = true;
      for (bool const old : {true, false}) {
        auto const& shown = old ? change.older : change.newer;
        if (!shown) continue;
        auto const wrong = against_reference(old ? old_judge : new_judge, old ? older_ : newer_, shown->assessment,
                                             old ? a : b, options_.most_completions);
        if (!wrong)
          referenced = false;
        else if (!wrong->empty())
          return *wrong + words(kind) + "\n" + shown->json;
      }
      if (referenced) ++counts_.referenced;
    }
    return {};
  }

  std::string samples(Random& random) {
    CaseloadDiff both(older_, newer_);
    PerSideBorders const borders{Borders(program_of(older_)), Borders(program_of(newer_))};
    for (std::uint64_t i = 0; i < options_.samples; ++i) {
      bool const old = i % 2 == 0;
      Assessment const person = sample(old ? older_ : newer_, old ? borders.first : borders.second, random);
      std::string const json = assessment_to_json(old ? older_ : newer_, person);
      CaseDifference const& found = both.compare(json);
      ++counts_.samples;
      if (probe_ && probe_->wrong(json, found.changed)) return "not when it says: " + report_.condition + "\n" + json;
      if (!found.changed) continue;
      ++counts_.samples_that_differ;
      Kind const kind{found.aspect, found.from, found.to};
      if (!told_.contains(kind)) return "missed: " + words(kind) + "\n" + json;
    }
    return {};
  }

  std::string counts() {
    bool const previous = std::any_of(report_.counted.begin(), report_.counted.end(),
                                      [](std::string const& name) { return name.starts_with("previous "); });
    Enumeration const all(older_, newer_);
    std::map<Kind, Total> kinds;
    Total of = 0;
    for (bool const with_previous : {false, true}) {
      if (with_previous && !previous) continue;
      auto const axes = all.axes(report_.counted, with_previous, options_.most_cells);
      if (!axes) return {};
      if (!all.count(*axes, with_previous, kinds, of, counts_.cells))
        return "the counted inputs do not determine a decision";
    }
    ++counts_.counted;
    std::map<Kind, std::string> counted;
    for (auto const& [kind, count] : kinds) counted.emplace(kind, count.str());
    if (counted != told_) return difference_of(counted);
    if (of.str() != report_.changed.of) return fmt::format("of {}, counted {}", report_.changed.of, of.str());
    return {};
  }

  [[nodiscard]] std::string difference_of(std::map<Kind, std::string> const& counted) const {
    std::string text = "counts differ:\n";
    for (auto const& [kind, count] : told_) text += fmt::format("  told    {}: {}\n", words(kind), count);
    for (auto const& [kind, count] : counted) text += fmt::format("  counted {}: {}\n", words(kind), count);
    return text;
  }

  using PerSideBorders = std::pair<Borders, Borders>;

  Ruleset older_;
  Ruleset newer_;
  Options const& options_;
  Counts& counts_;
  DiffReport report_;
  std::optional<Probe> probe_;
  std::map<Kind, std::string> told_;
};

}  // namespace

std::string judged(Ruleset const& older, Ruleset const& newer, std::string const& newer_text, Random& random,
                   Options const& options, Counts& counts) {
  return Judge(older, newer, newer_text, options, counts).judge(random);
}

}  // namespace carestep::planted

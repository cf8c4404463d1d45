#include <carestep/ruleset.hpp>

#include <algorithm>

#include "explain/criteria.hpp"
#include "explain/explain.hpp"
#include "explain/reasons.hpp"
#include "explain/seen.hpp"
#include "explain/summary.hpp"
#include "ir/words.hpp"
#include "program/assessment_access.hpp"

namespace carestep::explain {
namespace {

using ir::LevelMask;

LevelMask bit(std::size_t level) {
  return LevelMask{1} << level;
}

LevelMask admits(ir::Rule const& rule) {
  LevelMask mask = ~LevelMask{0};
  for (ir::Narrowing const& action : rule.narrows) mask &= action.admits;
  return mask;
}

std::string labelled(std::string const& name, std::string const& label) {
  return label.empty() ? name : label + " (" + name + ")";
}

class Builder {
 public:
  Builder(program::Program const& program, SourceMap const& sources, Assessment const& assessment,
          eval::Evaluation const& evaluation)
      : program_(program),
        model_(*program.model),
        sources_(sources),
        assessment_(assessment),
        decision_(evaluation.decision),
        seen_(program, assessment, evaluation) {}

  Explanation build(std::string const& sha256, ExplainOptions const& options) {
    out_.decision = decision_;
    provenance(sha256);
    out_.summary = summary(seen_);
    out_.certainty = certainty(seen_);
    out_.shown.status = to_string(decision_.status);
    if (decision_.status == DecisionStatus::refused) {
      for (Refusal const& refusal : decision_.refusals) {
        out_.shown.refusals.push_back((refusal.path.empty() ? "" : refusal.path + ": ") + refusal.message);
      }
      return std::move(out_);
    }
    decision();
    out_.answers = seen_.answers();
    out_.assumed = seen_.assumed();
    for (Question const& question : decision_.ask) out_.unknown_that_matters.push_back(words(question));
    rules();
    why_not_lower(options.budget);
    if (options.budget > 0) add_reasons(seen_, options, out_);
    criteria();
    moves();
    return std::move(out_);
  }

 private:
  void provenance(std::string const& sha256) {
    out_.ruleset_name = model_.name;
    out_.ruleset_title = model_.title;
    out_.ruleset_version = model_.version;
    out_.ruleset_status = model_.status == ast::Status::draft     ? "draft"
                          : model_.status == ast::Status::retired ? "retired"
                                                                  : "active";
    out_.ruleset_sha256 = sha256;
    out_.assessment_date = assessment_.date();
  }

  // -- the decision in words --------------------------------------------------------------------------------------

  [[nodiscard]] std::vector<std::string> names(LevelSet const& set) const {
    std::vector<std::string> out;
    if (set.none) out.emplace_back("none");
    for (std::size_t i = 0; i < model_.levels.size(); ++i) {
      if (set.contains(LevelId{static_cast<std::int8_t>(i)})) out.push_back(model_.levels[i].name);
    }
    return out;
  }

  void decision() {
    ShownDecision& shown = out_.shown;
    shown.move = to_string(decision_.move);
    if (auto const current = seen_.current_level()) {
      shown.current_level = level_name(model_, LevelId{static_cast<std::int8_t>(*current)});
    }
    shown.next_level = level_name(model_, decision_.next);
    shown.indicated_level = level_name(model_, decision_.indicated);
    shown.admissible = names(decision_.admissible);
    if (decision_.plan) {
      for (LevelId const level : *decision_.plan) shown.plan.push_back(level_name(model_, level));
    }
    for (int i = 0; i < mark_count; ++i) {
      if (decision_.marks.contains(static_cast<Mark>(i))) shown.marks.emplace_back(to_string(static_cast<Mark>(i)));
    }
    shown.possible_next = names(decision_.possible_next);
    shown.possible_indicated = names(decision_.possible_indicated);
    shown.unavailable = names(LevelSet{AssessmentAccess::unavailable(assessment_), false});
    if (decision_.placement && *decision_.placement != no_level && *decision_.placement != decision_.next) {
      shown.placement = level_name(model_, *decision_.placement);
    }
    advice(shown);
  }

  void advice(ShownDecision& shown) const {
    for (ServiceId const id : decision_.suggest) shown.suggest.push_back(service(id));
    for (ServiceId const id : decision_.lacking) shown.lacking.push_back(service(id));
    shown.alerts.assign(decision_.alerts.begin(), decision_.alerts.end());
    shown.open_alerts.assign(decision_.open_alerts.begin(), decision_.open_alerts.end());
    shown.notes.assign(decision_.notes.begin(), decision_.notes.end());
    if (decision_.reassess_on) shown.reassess_on = to_string(*decision_.reassess_on);
    for (InputId const id : decision_.stale) {
      shown.stale.push_back(labelled(model_.inputs[id.index].name, model_.inputs[id.index].label));
    }
    shown.conflict.assign(decision_.conflict.begin(), decision_.conflict.end());
    for (GuaranteeId const id : decision_.broken_guarantees) shown.broken_guarantees.push_back(guarantee(id));
    for (GuaranteeId const id : decision_.open_guarantees) shown.open_guarantees.push_back(guarantee(id));
  }

  [[nodiscard]] std::string service(ServiceId id) const {
    return labelled(model_.services[id.index].name, model_.services[id.index].label);
  }
  [[nodiscard]] std::string guarantee(GuaranteeId id) const {
    return labelled(model_.guarantees[id.index].name, model_.guarantees[id.index].label);
  }
  [[nodiscard]] std::string words(Question const& question) const {
    ir::Input const& input = model_.inputs[question.input.index];
    std::string const name = question.previous ? "previous " + input.name : input.name;
    std::string const& asked = input.ask.empty() ? input.label : input.ask;
    return labelled(name, asked);
  }

  // -- rules ------------------------------------------------------------------------------------------------------

  template <class Declared>
  ShownRule start(Declared const& declared, std::string name, Truth state) const {
    ShownRule out;
    out.name = std::move(name);
    out.state = state;
    out.because = declared.reasons.because;
    for (ir::Citation const& cite : declared.reasons.cites) {
      ir::Source const& source = model_.sources[cite.source];
      out.cites.push_back({source.citation, cite.where, source.url});
    }
    if (declared.at.file < sources_.size() && declared.at.end != 0) {
      Place const place = sources_.place(declared.at);
      out.file = place.file;
      out.line = place.line;
    }
    out.when = seen_.clause(declared.when);
    return out;
  }

  [[nodiscard]] bool binding(ir::Rule const& rule) const {
    if (std::find(decision_.conflict.begin(), decision_.conflict.end(), rule.name) != decision_.conflict.end())
      return true;
    return (~admits(rule) & below_indicated()) != 0;
  }

  /// The levels less intensive than the indicated one; all of them where none is indicated.
  [[nodiscard]] LevelMask below_indicated() const {
    if (decision_.marks.contains(Mark::not_applicable)) return 0;
    if (decision_.indicated == no_level) return program_.all_levels;
    return bit(static_cast<std::size_t>(decision_.indicated.index)) - 1;
  }

  ShownRule rule(RuleId id, Truth state) const {
    ir::Rule const& rule = model_.rules[id.index];
    ShownRule out = start(rule, rule.name, state);
    out.label = rule.label;
    out.binding = state == Truth::yes && binding(rule);
    out.actions = ir::action_words(model_, rule);
    out.unless = seen_.clause(rule.unless);
    return out;
  }

  void rules() {
    for (RuleId const id : decision_.active) out_.active.push_back(rule(id, Truth::yes));
    for (RuleId const id : decision_.open) out_.open.push_back(rule(id, Truth::open));
  }

  // -- why not lower, criteria ------------------------------------------------------------------------------------

  /// `admit l` or `continue l`: criteria that this person does not meet, for sure or perhaps. Nobody asks about them in
  /// a conflict.
  void add_criteria(ir::Index level, std::uint64_t budget, ShownExclusion& out) const {
    if (decision_.marks.contains(Mark::conflict)) return;
    for (ir::CriterionKind const kind : {ir::CriterionKind::admit, ir::CriterionKind::stay}) {
      auto const about = std::find_if(model_.criteria.begin(), model_.criteria.end(), [&](ir::Criterion const& each) {
        return each.level == level && each.kind == kind && concerns(seen_, each);
      });
      if (about == model_.criteria.end()) continue;
      Truth const holds = some_line_holds(seen_, level, kind, budget);
      if (holds == Truth::yes) continue;
      (holds == Truth::no ? out.criteria : out.open_criteria).push_back(ir::words(model_, *about));
    }
  }

  [[nodiscard]] std::vector<std::string> excluding(std::vector<RuleId> const& rules, std::size_t level) const {
    std::vector<std::string> out;
    for (RuleId const id : rules) {
      if ((admits(model_.rules[id.index]) & bit(level)) == 0) out.push_back(model_.rules[id.index].name);
    }
    return out;
  }

  void why_not_lower(std::uint64_t budget) {
    for (std::size_t i = model_.levels.size(); i-- > 0;) {
      if ((below_indicated() & bit(i)) == 0) continue;
      ShownExclusion out{model_.levels[i].name, excluding(decision_.active, i), {}, excluding(decision_.open, i), {}};
      add_criteria(static_cast<ir::Index>(i), budget, out);
      out_.why_not_lower.push_back(std::move(out));
    }
  }

  void criteria() {
    int most = std::max(decision_.next.index, decision_.indicated.index);
    if (decision_.indicated == no_level) most = static_cast<int>(model_.levels.size());
    if (auto const current = seen_.current_level()) most = std::max(most, *current);
    for (ir::Criterion const& criterion : model_.criteria) {
      if (static_cast<int>(criterion.level) > most || !concerns(seen_, criterion)) continue;
      ShownRule shown = start(criterion, ir::words(model_, criterion), seen_.truth(criterion.node));
      shown.label = criterion.name;
      out_.criteria.push_back(std::move(shown));
    }
  }

  // -- moves ------------------------------------------------------------------------------------------------------

  void moves() {
    auto const current = seen_.current_level();
    if (!current || *current < 0) return;
    auto const here = static_cast<ir::Index>(*current);
    for (ir::StepLine const& line : model_.steps) {
      auto const leaves = [&](auto const& move) { return move.first == here; };
      if (std::none_of(line.moves.begin(), line.moves.end(), leaves)) continue;
      out_.moves.push_back(start(line, line.words, seen_.truth(line.when.node)));
    }
    for (ir::DischargeLine const& line : model_.discharges) {
      if ((line.from & bit(here)) != 0) out_.moves.push_back(start(line, line.words, seen_.truth(line.when.node)));
    }
  }

  program::Program const& program_;
  ir::Model const& model_;
  SourceMap const& sources_;
  Assessment const& assessment_;
  Decision const& decision_;
  Seen seen_;
  Explanation out_;
};

std::optional<ir::Index> index_of(LevelId level) {
  return level == no_level ? std::nullopt : std::optional(static_cast<ir::Index>(level.index));
}

}  // namespace

graph::Marks marks(program::Program const& program, Assessment const& assessment, eval::Evaluation const& evaluation) {
  Decision const& decision = evaluation.decision;
  Seen const seen(program, assessment, evaluation);
  graph::Marks out;
  out.caption = summary(seen);
  out.rules_apply = false;
  if (decision.status == DecisionStatus::refused) return out;
  out.determined = decision.status == DecisionStatus::determined;
  out.move = decision.move;
  if (auto const current = seen.current_level()) {
    out.outside = *current < 0;
    out.current = index_of(LevelId{static_cast<std::int8_t>(*current)});
  }
  out.next = index_of(decision.next);
  out.indicated = index_of(decision.indicated);
  if (decision.placement && *decision.placement != decision.next) out.placement = index_of(*decision.placement);
  if (decision.plan) {
    for (LevelId const level : *decision.plan) out.plan.push_back(static_cast<ir::Index>(level.index));
  }
  out.possible_next = decision.possible_next.bits;
  out.admissible = decision.admissible.bits;
  out.rules_apply = !decision.marks.contains(Mark::not_applicable);
  out.unavailable = AssessmentAccess::unavailable(assessment);
  for (ir::StepLine const& line : program.model->steps) out.steps.push_back(seen.truth(line.when.node));
  for (ir::DischargeLine const& line : program.model->discharges) out.discharges.push_back(seen.truth(line.when.node));
  return out;
}

Explanation build(program::Program const& program, SourceMap const& sources, std::string const& sha256,
                  Assessment const& assessment, eval::Evaluation const& evaluation, ExplainOptions const& options) {
  Explanation out = Builder(program, sources, assessment, evaluation).build(sha256, options);
  if (evaluation.decision.status != DecisionStatus::refused) {
    out.graph_svg = graph::render_svg({program.model.get(), marks(program, assessment, evaluation)});
  }
  return out;
}

}  // namespace carestep::explain

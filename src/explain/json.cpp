#include <carestep/explanation.hpp>

#include "base/json_writer.hpp"

namespace carestep {
namespace {

std::string_view word(Truth truth) {
  switch (truth) {
    case Truth::no:
      return "no";
    case Truth::yes:
      return "yes";
    case Truth::open:
      return "open";
  }
  return {};
}

std::string_view word(ReasonStrength strength) {
  switch (strength) {
    case ReasonStrength::smallest:
      return "smallest";
    case ReasonStrength::irreducible:
      return "irreducible";
    case ReasonStrength::sufficient:
      return "sufficient";
    case ReasonStrength::not_settled:
      return "not_settled";
  }
  return {};
}

std::string_view word(ChangeVerdict verdict) {
  switch (verdict) {
    case ChangeVerdict::already:
      return "already";
    case ChangeVerdict::found:
      return "found";
    case ChangeVerdict::none:
      return "none";
    case ChangeVerdict::not_settled:
      return "not_settled";
  }
  return {};
}

class Writer {
 public:
  std::string write(Explanation const& e) {
    json_.object();
    json_.text("summary", e.summary).text("certainty", e.certainty);
    json_.texts("unknown_that_matters", e.unknown_that_matters);
    rules("active", e.active);
    exclusions(e.why_not_lower);
    rules("open", e.open);
    rules("criteria", e.criteria);
    rules("moves", e.moves);
    answers("assumed", e.assumed);
    answers("answers", e.answers);
    reason(e.reason);
    goals(e.changes);
    json_.close();
    return json_.take();
  }

 private:
  void answers(std::string_view key, std::vector<ShownAnswer> const& all) {
    json_.array(key);
    for (ShownAnswer const& answer : all) {
      json_.object();
      json_.text("input", answer.input).text("label", answer.label).text("value", answer.value);
      json_.close();
    }
    json_.close();
  }

  void clauses(std::string_view key, std::vector<ShownClause> const& all) {
    json_.array(key);
    for (ShownClause const& clause : all) {
      json_.object();
      json_.text("text", clause.text).text("label", clause.label).text("truth", word(clause.truth));
      answers("answers", clause.answers);
      clauses("parts", clause.parts);
      json_.close();
    }
    json_.close();
  }

  void rules(std::string_view key, std::vector<ShownRule> const& all) {
    json_.array(key);
    for (ShownRule const& rule : all) this->rule(rule);
    json_.close();
  }

  void rule(ShownRule const& rule) {
    json_.object();
    json_.text("name", rule.name).text("label", rule.label).text("state", word(rule.state));
    json_.truth("binding", rule.binding).texts("actions", rule.actions);
    clauses("when", rule.when);
    clauses("unless", rule.unless);
    json_.text("because", rule.because);
    json_.array("cites");
    for (ShownCitation const& cite : rule.cites) {
      json_.object();
      json_.text("source", cite.source).text("where", cite.where).text("url", cite.url);
      json_.close();
    }
    json_.close();
    json_.text("file", rule.file).number("line", rule.line);
    json_.close();
  }

  void exclusions(std::vector<ShownExclusion> const& all) {
    json_.array("why_not_lower");
    for (ShownExclusion const& each : all) {
      json_.object();
      json_.text("level", each.level).texts("rules", each.rules).texts("criteria", each.criteria);
      json_.texts("open_rules", each.open_rules).texts("open_criteria", each.open_criteria);
      json_.close();
    }
    json_.close();
  }

  void reason(ShownReason const& reason) {
    json_.object("reason");
    json_.text("strength", word(reason.strength)).texts("levels", reason.levels);
    answers("answers", reason.answers);
    json_.close();
  }

  void goals(std::vector<ShownGoal> const& all) {
    json_.array("changes");
    for (ShownGoal const& goal : all) {
      json_.object();
      json_.text("goal", goal.goal);
      if (!goal.level.empty()) json_.text("level", goal.level);
      json_.text("verdict", word(goal.verdict));
      json_.array("alternatives");
      for (ShownAlternative const& each : goal.alternatives) alternative(each);
      json_.close();
      json_.truth("more", goal.more);
      json_.close();
    }
    json_.close();
  }

  void alternative(ShownAlternative const& alternative) {
    json_.object();
    json_.array("changes");
    for (ShownChange const& change : alternative.changes) {
      json_.object();
      json_.text("input", change.input).text("label", change.label).text("from", change.from).text("to", change.to);
      json_.text("within", change.within);
      json_.close();
    }
    json_.close();
    json_.text("move", alternative.move).text("next_level", alternative.next_level);
    json_.text("indicated_level", alternative.indicated_level);
    json_.close();
  }

  JsonWriter json_;
};

}  // namespace

std::string Explanation::json() const {
  return Writer().write(*this);
}

}  // namespace carestep

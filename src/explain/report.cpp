#include <carestep/explanation.hpp>
#include <carestep/version.hpp>

#include "document/document.hpp"

namespace carestep {
namespace {

using document::code;
using document::Document;
using document::Facts;
using document::Item;
using document::Line;
using document::plain;
using document::strong;
using document::Tone;

document::Mark mark(Truth truth) {
  switch (truth) {
    case Truth::no:
      return document::Mark::no;
    case Truth::yes:
      return document::Mark::yes;
    case Truth::open:
      return document::Mark::open;
  }
  return document::Mark::none;
}

std::string joined(std::vector<std::string> const& all, std::string_view between = ", ") {
  std::string out;
  for (std::string const& each : all) {
    if (!out.empty()) out += between;
    out += each;
  }
  return out;
}

bool marked(Explanation const& explanation, Mark mark) {
  return explanation.decision.marks.contains(mark);
}

// ---- conditions and rules
// ---------------------------------------------------------------------------------------------

Item item(ShownClause const& clause) {
  Item out;
  out.mark = mark(clause.truth);
  out.line.push_back(code(clause.text));
  if (!clause.label.empty()) out.line.push_back(plain(" (" + clause.label + ")"));
  std::string answers;
  for (ShownAnswer const& answer : clause.answers) {
    answers += (answers.empty() ? "" : "; ") + answer.input + ": " + answer.value;
  }
  if (!answers.empty()) out.line.push_back(plain(" — " + answers));
  for (ShownClause const& part : clause.parts) out.parts.push_back(item(part));
  return out;
}

Line heading(ShownRule const& rule) {
  if (rule.label.empty()) return {code(rule.name)};
  return {plain(rule.label + " ("), code(rule.name), plain(")")};
}

void add_reasons(ShownRule const& rule, Document& out) {
  if (!rule.because.empty()) out.paragraph({strong("Because: "), plain(rule.because)});
  for (ShownCitation const& cite : rule.cites) {
    Line line{strong("Source: ")};
    line.push_back(cite.url.empty() ? plain(cite.source) : document::link(cite.source, cite.url));
    if (!cite.where.empty()) line.push_back(plain(", " + cite.where));
    out.paragraph(std::move(line));
  }
  if (!rule.file.empty()) out.paragraph({plain(rule.file + ":" + std::to_string(rule.line))}, Tone::quiet);
}

void add_conditions(ShownRule const& rule, Document& out) {
  std::vector<Item> items;
  for (ShownClause const& clause : rule.when) {
    Item each = item(clause);
    each.line.insert(each.line.begin(), plain("when "));
    items.push_back(std::move(each));
  }
  for (ShownClause const& clause : rule.unless) {
    Item each = item(clause);
    each.line.insert(each.line.begin(), plain("unless "));
    items.push_back(std::move(each));
  }
  if (items.empty()) items.push_back({{plain("always")}, document::Mark::yes, {}});
  out.list(std::move(items));
}

void add_rule(ShownRule const& rule, Document& out) {
  out.part(heading(rule));
  if (!rule.actions.empty()) out.paragraph({strong(joined(rule.actions, ", and "))});
  add_conditions(rule, out);
  add_reasons(rule, out);
}

// ---- the sections, in their fixed order
// -------------------------------------------------------------------------------

void add_banners(Explanation const& e, Document& out) {
  if (marked(e, Mark::draft)) {
    out.paragraph({plain("DRAFT rules. Not approved for care.")}, Tone::warning);
  }
  if (!e.shown.broken_guarantees.empty()) {
    out.paragraph({plain("A guarantee of these rules is broken: " + joined(e.shown.broken_guarantees, "; "))},
                  Tone::warning);
  }
  if (marked(e, Mark::conflict)) {
    std::string words = "The rules conflict: no level satisfies them all.";
    if (!e.shown.conflict.empty()) words += " They cannot be met together: " + joined(e.shown.conflict) + ".";
    words += " The level shown is the safe level; a clinician has to decide.";
    out.paragraph({plain(words)}, Tone::warning);
  }
  if (marked(e, Mark::not_eligible)) {
    std::string words = "No level is eligible: the levels that the rules admit have criteria that are not met.";
    if (!e.shown.conflict.empty()) words += " Not met: " + joined(e.shown.conflict) + ".";
    out.paragraph({plain(words)}, Tone::warning);
  }
}

/// What the marks that are no warning mean.
std::vector<std::string> mark_notes(Explanation const& e) {
  std::vector<std::string> out;
  if (marked(e, Mark::by_default)) out.emplace_back("By default: no active rule asks for any level.");
  if (marked(e, Mark::held)) {
    out.emplace_back("Held: a less intensive level is indicated, but no step-down line that leads there is open.");
  }
  if (marked(e, Mark::off_pathway)) out.emplace_back("Off the pathway: no open step line makes this move.");
  return out;
}

void add_levels(Explanation const& e, Document& out) {
  Facts facts;
  facts.rows.emplace_back("Level now",
                          Line{plain(e.shown.current_level.empty() ? "not known" : e.shown.current_level)});
  facts.rows.emplace_back("Next level", Line{strong(e.shown.next_level)});
  facts.rows.emplace_back("Indicated level", Line{plain(e.shown.indicated_level)});
  if (!e.shown.admissible.empty()) facts.rows.emplace_back("Admissible", Line{plain(joined(e.shown.admissible))});
  if (!e.shown.unavailable.empty()) facts.rows.emplace_back("No place today", Line{plain(joined(e.shown.unavailable))});
  if (!e.shown.placement.empty()) {
    std::string words = e.shown.placement;
    if (!e.shown.lacking.empty()) words += ", which does not offer: " + joined(e.shown.lacking);
    facts.rows.emplace_back("Placed meanwhile at", Line{plain(words)});
  } else if (!e.shown.unavailable.empty() && !e.decision.placement && e.decision.next != no_level) {
    facts.rows.emplace_back("Placed meanwhile at", Line{plain("no other level fits")});
  }
  out.facts(std::move(facts));
  for (std::string const& note : mark_notes(e)) out.paragraph({plain(note)});
}

void add_certainty(Explanation const& e, Document& out) {
  out.section("How certain this is");
  out.paragraph({plain(e.certainty)});
  if (e.decision.status == DecisionStatus::undetermined) {
    Facts facts;
    facts.rows.emplace_back("Possible next levels", Line{plain(joined(e.shown.possible_next))});
    facts.rows.emplace_back("Possible indicated levels", Line{plain(joined(e.shown.possible_indicated))});
    out.facts(std::move(facts));
  }
  if (e.unknown_that_matters.empty()) return;
  out.part({plain("Not known, and it would matter (the most useful first)")});
  std::vector<Item> items;
  for (std::string const& question : e.unknown_that_matters)
    items.push_back({{plain(question)}, document::Mark::none, {}});
  out.list(std::move(items));
}

void add_active(Explanation const& e, Document& out) {
  bool any = false;
  for (bool const binding : {true, false}) {
    any = false;
    for (ShownRule const& rule : e.active) {
      if (rule.binding != binding) continue;
      if (!any) out.section(binding ? "Why: the rules that bind" : "Other active rules");
      any = true;
      add_rule(rule, out);
    }
    if (binding && !any) {
      out.section("Why: the rules that bind");
      out.paragraph({plain("No active rule asks for more than the least intensive level.")});
    }
  }
}

Line exclusion(ShownExclusion const& each, bool by_default) {
  std::vector<std::string> reasons;
  if (!each.rules.empty()) reasons.push_back("excluded by " + joined(each.rules));
  if (!each.criteria.empty()) reasons.push_back("criteria not met: " + joined(each.criteria));
  std::vector<std::string> open = each.open_rules;
  open.insert(open.end(), each.open_criteria.begin(), each.open_criteria.end());
  if (!open.empty()) reasons.push_back("depends on what is not known: " + joined(open));
  if (reasons.empty()) {
    reasons.emplace_back(by_default ? "not excluded; no rule asks for any level, so the person stays where they are"
                                    : "not known to be admissible");
  }
  return {code(each.level), plain(": " + joined(reasons, "; "))};
}

void add_why_not_lower(Explanation const& e, Document& out) {
  if (e.why_not_lower.empty()) return;
  out.section("Why not a less intensive level");
  std::vector<Item> items;
  for (ShownExclusion const& each : e.why_not_lower)
    items.push_back({exclusion(each, marked(e, Mark::by_default)), document::Mark::none, {}});
  out.list(std::move(items));
}

Item told(ShownAnswer const& answer) {
  Item out;
  out.line.push_back(plain(answer.label.empty() ? answer.input : answer.label + " (" + answer.input + ")"));
  out.line.push_back(plain(": "));
  out.line.push_back(strong(answer.value));
  return out;
}

std::string_view strength_words(ReasonStrength strength) {
  switch (strength) {
    case ReasonStrength::smallest:
      return "No smaller set of answers is enough.";
    case ReasonStrength::irreducible:
      return "None of them can be left out; whether other answers would make a smaller set was not settled.";
    case ReasonStrength::sufficient:
      return "They are enough; whether fewer would be was not settled.";
    case ReasonStrength::not_settled:
      break;
  }
  return "Not settled: it would have taken more steps than allowed.";
}

void add_reason(Explanation const& e, Document& out) {
  if (e.reason.levels.empty()) return;
  out.section("The answers that are enough");
  ShownReason const& reason = e.reason;
  if (reason.strength == ReasonStrength::not_settled) {
    out.paragraph({plain(strength_words(reason.strength))});
    return;
  }
  std::string const level = "the indicated level is " + joined(reason.levels, " or ");
  if (reason.answers.empty()) {
    out.paragraph({plain("Whatever the answers are, " + level + ".")});
    return;
  }
  out.paragraph({plain("Whatever the other answers were: with these, " + level + ".")});
  std::vector<Item> items;
  for (ShownAnswer const& answer : reason.answers) items.push_back(told(answer));
  out.list(std::move(items));
  out.paragraph({plain(strength_words(reason.strength))}, Tone::quiet);
}

Line goal_words(ShownGoal const& goal) {
  if (goal.goal == "step_down") return {plain("A step down")};
  if (goal.goal == "step_up") return {plain("A step up")};
  if (goal.goal == "lower_level") return {plain("Admission to a less intensive level")};
  if (goal.goal == "higher_level") return {plain("Admission to a more intensive level")};
  return {plain("The next level "), code(goal.level)};
}

std::string move_words(ShownAlternative const& alternative) {
  if (alternative.move == "admit") return "admit to " + alternative.next_level;
  if (alternative.move == "step_up") return "step up to " + alternative.next_level;
  if (alternative.move == "step_down") return "step down to " + alternative.next_level;
  return "stay at " + alternative.next_level;
}

/// What leads to a goal: one item a set of answers, its changes below it where there are several.
Item alternative(ShownAlternative const& each) {
  auto const change = [](ShownChange const& one) {
    Line line{plain(one.label.empty() ? one.input : one.label + " (" + one.input + ")"), plain(": " + one.from + " → "),
              strong(one.to)};
    if (!one.within.empty()) line.push_back(plain(" (" + one.within + ")"));
    return line;
  };
  std::string const then = move_words(each);
  if (each.changes.size() == 1) {
    Item item{change(each.changes.front()), document::Mark::none, {}};
    item.line.push_back(plain(": " + then));
    return item;
  }
  Item item{{plain(std::to_string(each.changes.size()) + " answers together: " + then)}, document::Mark::none, {}};
  for (ShownChange const& one : each.changes) item.parts.push_back({change(one), document::Mark::none, {}});
  return item;
}

void add_goal(ShownGoal const& goal, Document& out) {
  out.part(goal_words(goal));
  switch (goal.verdict) {
    case ChangeVerdict::already:
      out.paragraph({plain("This is the decision as it stands.")});
      return;
    case ChangeVerdict::none:
      out.paragraph(
          {plain("No change of answers leads there. This is proved for every possible combination of answers.")});
      return;
    case ChangeVerdict::not_settled:
      out.paragraph({plain("Not settled: it would have taken more steps than allowed.")});
      return;
    case ChangeVerdict::found:
      break;
  }
  std::vector<Item> items;
  for (ShownAlternative const& each : goal.alternatives) items.push_back(alternative(each));
  out.list(std::move(items));
  if (goal.more)
    out.paragraph({plain("There may be further ways; these need the fewest and smallest changes.")}, Tone::quiet);
}

void add_changes(Explanation const& e, Document& out) {
  if (e.changes.empty()) return;
  out.section("What would change it");
  out.paragraph(
      {plain("The fewest answers that would have to be different. The current level, dates and previous answers "
             "are left alone, and days in the level can only grow. Behind each value stands what else would do.")},
      Tone::quiet);
  for (ShownGoal const& goal : e.changes) add_goal(goal, out);
}

void add_all(std::string_view title, std::vector<ShownRule> const& rules, Document& out) {
  if (rules.empty()) return;
  out.section(title);
  for (ShownRule const& rule : rules) add_rule(rule, out);
}

void add_moves(Explanation const& e, Document& out) {
  if (e.moves.empty() && e.shown.plan.empty()) return;
  out.section("Moves from here");
  if (!e.shown.plan.empty()) {
    out.paragraph({strong("Pathway: "), plain(joined(e.shown.plan, ", then "))});
    if (e.shown.plan.size() > 1) out.paragraph({plain("Only the first move's line is asked about now.")}, Tone::quiet);
  }
  for (ShownRule const& line : e.moves) add_rule(line, out);
}

void add_answers(std::string_view title, std::vector<ShownAnswer> const& answers, Document& out) {
  if (answers.empty()) return;
  out.section(title);
  std::vector<Item> items;
  for (ShownAnswer const& answer : answers) items.push_back(told(answer));
  out.list(std::move(items));
}

void add_texts(std::string_view title, std::vector<std::string> const& texts, Document& out) {
  if (texts.empty()) return;
  out.section(title);
  std::vector<Item> items;
  for (std::string const& text : texts) items.push_back({{plain(text)}, document::Mark::none, {}});
  out.list(std::move(items));
}

void add_advice(Explanation const& e, Document& out) {
  add_texts("Alerts", e.shown.alerts, out);
  add_texts("Alerts that depend on what is not known", e.shown.open_alerts, out);
  add_texts("Suggested services", e.shown.suggest, out);
  add_texts("Notes", e.shown.notes, out);
  if (!e.shown.reassess_on.empty()) {
    out.section("Reassessment");
    out.paragraph({plain("By "), strong(e.shown.reassess_on)});
  }
  add_texts("Guarantees broken", e.shown.broken_guarantees, out);
  add_texts("Guarantees that depend on what is not known", e.shown.open_guarantees, out);
}

void add_provenance(Explanation const& e, Document& out) {
  out.section("Provenance");
  Facts facts;
  if (!e.id.empty()) facts.rows.emplace_back("Assessment", Line{plain(e.id)});
  facts.rows.emplace_back("Assessment date", Line{plain(to_string(e.assessment_date))});
  facts.rows.emplace_back("Ruleset", Line{plain(e.ruleset_title.empty() ? "" : e.ruleset_title + " "),
                                          code(e.ruleset_name), plain(" " + e.ruleset_version)});
  facts.rows.emplace_back("Status of the rules", Line{plain(e.ruleset_status)});
  if (!e.ruleset_sha256.empty()) facts.rows.emplace_back("SHA-256 of the rules", Line{code(e.ruleset_sha256)});
  facts.rows.emplace_back("Engine", Line{plain("carestep " + std::string(engine_version()))});
  out.facts(std::move(facts));
  out.paragraph(
      {plain("This explains what a set of written rules says about the answers given. It does not know what was "
             "not asked, and it does not replace clinical judgement: a clinician decides.")});
}

Document document_of(Explanation const& e) {
  Document out;
  out.title = "Level-of-care decision";
  add_banners(e, out);
  out.paragraph({plain(e.summary)}, Tone::lead);
  if (e.decision.status == DecisionStatus::refused) {
    add_texts("Why it was refused", e.shown.refusals, out);
    add_provenance(e, out);
    return out;
  }
  add_levels(e, out);
  if (!e.graph_svg.empty()) out.blocks.emplace_back(document::Picture{e.graph_svg, {}});
  add_certainty(e, out);
  add_active(e, out);
  add_reason(e, out);
  add_why_not_lower(e, out);
  add_all("Rules that depend on what is not known", e.open, out);
  add_all("Criteria", e.criteria, out);
  add_moves(e, out);
  add_changes(e, out);
  add_answers("Assumed, not answered", e.assumed, out);
  add_texts("Answers too old to count", e.shown.stale, out);
  add_advice(e, out);
  add_answers("Answers", e.answers, out);
  add_provenance(e, out);
  return out;
}

}  // namespace

std::string Explanation::text() const {
  return document::render_text(document_of(*this));
}
std::string Explanation::markdown() const {
  return document::render_markdown(document_of(*this));
}
std::string Explanation::html() const {
  return document::render_html(document_of(*this));
}

}  // namespace carestep

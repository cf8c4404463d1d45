#include <utility>

#include "ast/print.hpp"
#include "ast/print_expr.hpp"

namespace carestep::ast {
namespace {

using Parts = std::vector<std::string>;

std::string clause(char const* head, std::optional<Text> const& text) {
  return text ? list(head, {quoted(text->value)}) : std::string();
}
std::string clause(char const* head, ExprPtr const& expr) {
  return expr ? list(head, {print(*expr)}) : std::string();
}
std::string clause(char const* head, std::optional<Duration> const& duration) {
  return duration ? list(head, {print(*duration)}) : std::string();
}
std::string clause(char const* head, std::vector<Word> const& words) {
  return words.empty() ? std::string() : list(head, {print_words(words)});
}
std::string clause(char const* head, std::optional<Number> const& number) {
  return number ? list(head, {to_string(number->value)}) : std::string();
}
std::string clause(char const* head, std::optional<DateLiteral> const& date) {
  return date ? list(head, {to_string(date->value)}) : std::string();
}

std::string label(Heading const& heading) {
  return heading.label ? quoted(heading.label->value) : std::string();
}

void append(Parts& parts, std::vector<CodeClause> const& codes) {
  for (CodeClause const& code : codes) parts.push_back(list("code", {code.system.text, quoted(code.value.value)}));
}
void append(Parts& parts, std::vector<Cite> const& cites) {
  for (Cite const& cite : cites)
    parts.push_back(list("cites", {cite.source.text, cite.where ? quoted(cite.where->value) : ""}));
}
void append(Parts& parts, Reasons const& reasons) {
  parts.push_back(clause("because", reasons.because));
  append(parts, reasons.cites);
}

std::string print(std::optional<DirectionClause> const& direction) {
  if (!direction) return {};
  static constexpr char const* words[] = {"higher", "lower", "yes", "no", "more"};
  return list("worse", {words[static_cast<std::size_t>(direction->worse)]});
}

std::string print(InputType const& type) {
  return std::visit(
      Overloaded{
          [](YesNoType const&) { return std::string("(yes/no)"); },
          [](ScaleType const& t) { return list("scale", {print_words(t.values)}); },
          [](ChoiceType const& t) { return list("choice", {print_words(t.values)}); },
          [](SetType const& t) { return list("set", {print_words(t.values)}); },
          [](NumberType const& t) {
            std::string const unit = t.unit ? (t.unit_quoted ? quoted(t.unit->value) : t.unit->value) : "";
            return list("number", {to_string(t.low.value), to_string(t.high.value), clause("step", t.step), unit});
          },
          [](DateType const& t) { return std::string(t.or_never ? "(date-or-never)" : "(date)"); },
      },
      type.kind);
}

std::string print(GivenValue const& value) {
  return std::visit(Overloaded{
                        [](Word const& v) { return v.text; },
                        [](Number const& v) { return to_string(v.value); },
                        [](Duration const& v) { return print(v); },
                        [](DateLiteral const& v) { return to_string(v.value); },
                        [](DaysAgo const& v) { return list("ago", {print(v.ago)}); },
                        [](SetLiteral const& v) { return list("set", {print_words(v.members)}); },
                    },
                    value.kind);
}

std::string print(LevelAction const& action) {
  static constexpr char const* heads[] = {"at-least", "at-most", "only", "not"};
  return list(heads[static_cast<std::size_t>(action.kind)], {print_words(action.levels)});
}

std::string print(Action const& action) {
  return std::visit(Overloaded{
                        [](LevelAction const& a) { return print(a); },
                        [](NeedsAction const& a) { return list("needs", {print_words(a.services)}); },
                        [](SuggestAction const& a) { return list("suggest", {print_words(a.services)}); },
                        [](AlertAction const& a) { return list("alert", {quoted(a.text.value)}); },
                        [](NoteAction const& a) { return list("note", {quoted(a.text.value)}); },
                        [](ReassessAction const& a) { return list("reassess", {print(a.within)}); },
                    },
                    action.kind);
}

std::string print(std::vector<Action> const& actions) {
  Parts parts;
  for (Action const& action : actions) parts.push_back(print(action));
  return list("then", parts);
}

std::string print(Cell const& cell) {
  return std::visit(Overloaded{
                        [](AnyCell const&) { return std::string("-"); },
                        [](ValuesCell const& c) {
                          Parts parts;
                          for (ExprPtr const& value : c.values) parts.push_back(print(value));
                          return parts.size() == 1 ? parts.front() : list("or", parts);
                        },
                        [](RangeCell const& c) {
                          return list("to", {print(c.low), print(c.high)});
                        },
                        [](BoundCell const& c) {
                          static constexpr char const* heads[] = {"or-more", "or-less", "or-worse", "or-better"};
                          return list(heads[static_cast<std::size_t>(c.bound)], {print(c.value)});
                        },
                        [](RelationCell const& c) {
                          static constexpr char const* heads[] = {"=", "!=", ">=", "<=", ">", "<"};
                          return list(heads[static_cast<std::size_t>(c.op)], {print(c.value)});
                        },
                    },
                    cell.kind);
}

char const* word(CriterionKind kind) {
  return kind == CriterionKind::admit ? "admit" : "continue";
}

std::string print(Row const& row) {
  Parts parts;
  for (Cell const& cell : row.cells) parts.push_back(print(cell));
  parts.push_back(std::visit(Overloaded{[](std::vector<Action> const& actions) { return print(actions); },
                                        [](CriterionCell const& c) { return list(word(c.kind), {c.level.text}); }},
                             row.then));
  return list("row", parts);
}

std::string print(Target const& target) {
  return std::visit(Overloaded{[](Word const& node) { return node.text; },
                               [](std::vector<Action> const& actions) { return print(actions); }},
                    target.to);
}

std::string print(LevelList const& levels) {
  return levels.any ? "any" : list("levels", {print_words(levels.levels)});
}

std::string print(Promise const& promise) {
  return std::visit(Overloaded{
                        [](LevelAction const& p) { return print(p); },
                        [](NeedsAction const& p) { return list("needs", {print_words(p.services)}); },
                        [](NoConflictPromise const&) { return std::string("no-conflict"); },
                        [](EligiblePromise const&) { return std::string("eligible"); },
                    },
                    promise.kind);
}

std::string print(Given const& given) {
  static constexpr char const* heads[] = {"input", "previous", "previous-none", "assessment-date", "unavailable"};
  bool const named = given.subject == Given::Subject::input || given.subject == Given::Subject::previous;
  return list(heads[static_cast<std::size_t>(given.subject)],
              {named ? given.name.text : "", given.value ? print(*given.value) : "", clause("on", given.on),
               print_words(given.levels)});
}

std::string print(ExpectMove const& move) {
  static constexpr char const* heads[] = {"admit", "step-up", "step-down", "stay", "discharge", "no-move"};
  return list(heads[static_cast<std::size_t>(move.kind)], {move.level ? move.level->text : ""});
}

std::string print(ExpectMark const& mark) {
  static constexpr char const* words[] = {"conflict",   "no-conflict", "not_eligible", "not_applicable",
                                          "by_default", "held",        "off_pathway"};
  return words[static_cast<std::size_t>(mark.kind)];
}

std::string print(Expectation const& expectation) {
  return std::visit(Overloaded{
                        [](ExpectMove const& e) { return print(e); },
                        [](ExpectPlaced const& e) { return list("placed", {e.level ? e.level->text : "nowhere"}); },
                        [](ExpectIndicated const& e) { return list("indicated", {e.level ? e.level->text : "none"}); },
                        [](ExpectUndetermined const& e) {
                          return e.between ? list("undetermined", {e.between->first.text, e.between->second.text})
                                           : std::string("undetermined");
                        },
                        [](ExpectMark const& e) { return print(e); },
                        [](ExpectAsk const& e) {
                          return list(e.negated ? "not-ask" : "ask", {e.previous ? "previous" : "", e.input.text});
                        },
                        [](ExpectRule const& e) { return list(e.negated ? "not-rule" : "rule", {e.name}); },
                        [](ExpectSuggest const& e) { return list("suggest", {e.service.text}); },
                        [](ExpectAlert const& e) { return list("alert", {quoted(e.text.value)}); },
                        [](ExpectReassess const& e) { return list("reassess", {print(e.within)}); },
                    },
                    expectation.kind);
}

struct DeclPrinter {
  std::string operator()(RulesetDecl const& d) const {
    static constexpr char const* statuses[] = {"draft", "active", "retired"};
    Parts parts = {d.heading.name.text, label(d.heading), clause("language", d.language), clause("version", d.version)};
    if (d.status) parts.push_back(list("status", {statuses[static_cast<std::size_t>(d.status->first)]}));
    parts.push_back(clause("effective", d.effective));
    parts.push_back(clause("expires", d.expires));
    parts.push_back(clause("applies", d.applies));
    parts.push_back(clause("about", d.about));
    for (Attribute const& a : d.attributes) parts.push_back(list(a.name.text, {quoted(a.value.value)}));
    return list("ruleset", parts);
  }
  std::string operator()(UseDecl const& d) const { return list("use", {quoted(d.path.value)}); }
  std::string operator()(SourceDecl const& d) const {
    return list("source", {d.heading.name.text, label(d.heading), clause("url", d.url)});
  }
  std::string operator()(LevelsDecl const& d) const { return list("levels", {print_words(d.names)}); }
  std::string operator()(ServiceDecl const& d) const {
    return list("service", {d.heading.name.text, label(d.heading)});
  }
  std::string operator()(LevelDecl const& d) const {
    Parts parts = {d.heading.name.text, label(d.heading), clause("offers", d.offers)};
    append(parts, d.codes);
    parts.push_back(clause("reassess", d.reassess));
    parts.push_back(clause("about", d.about));
    return list("level", parts);
  }
  std::string operator()(InputDecl const& d) const {
    Parts parts = {d.heading.name.text, label(d.heading), print(d.type), clause("ask", d.ask), clause("help", d.help)};
    append(parts, d.codes);
    parts.push_back(print(d.direction));
    parts.push_back(clause("valid", d.valid_for));
    if (d.assume) parts.push_back(list("assume", {print(*d.assume)}));
    append(parts, d.cites);
    return list("input", parts);
  }
  std::string operator()(ListDecl const& d) const { return list("list", {d.name.text, print_words(d.members)}); }
  std::string operator()(ImpossibleDecl const& d) const {
    return list("impossible",
                {d.heading.name.text, label(d.heading), clause("when", d.when), clause("because", d.because)});
  }
  std::string operator()(FactDecl const& d) const {
    return with_reasons("fact", {d.heading.name.text, label(d.heading), clause("when", d.when)}, d.reasons);
  }
  std::string operator()(GradeDecl const& d) const {
    Parts parts = {d.heading.name.text, label(d.heading), list("values", {print_words(d.values)})};
    for (GradeCase const& c : d.cases) parts.push_back(list("case", {c.value.text, print(c.when)}));
    parts.push_back(print(d.direction));
    return list("grade", parts);
  }
  std::string operator()(ScoreDecl const& d) const {
    Parts parts = {d.heading.name.text, label(d.heading), print(d.formula)};
    for (ScoreCase const& c : d.cases) parts.push_back(list("case", {print(c.value), print(c.when)}));
    parts.push_back(print(d.direction));
    return list("score", parts);
  }
  std::string operator()(RuleDecl const& d) const {
    return with_reasons("rule",
                        {d.heading.name.text, label(d.heading), clause("when", d.when), clause("unless", d.unless),
                         print(d.actions), clause("overrides", d.overrides)},
                        d.reasons);
  }
  std::string operator()(TableDecl const& d) const {
    Parts parts = {d.heading.name.text, d.first ? "first" : "", label(d.heading)};
    Parts columns;
    for (Column const& column : d.columns) columns.push_back(print(column.subject));
    parts.push_back(list("columns", columns));
    for (Row const& row : d.rows) parts.push_back(print(row));
    return with_reasons("table", std::move(parts), d.reasons);
  }
  std::string operator()(TreeDecl const& d) const {
    Parts parts = {d.heading.name.text, label(d.heading)};
    for (TreeNode const& n : d.nodes)
      parts.push_back(
          list("node", {n.heading.name.text, label(n.heading), print(n.condition), print(n.yes), print(n.no)}));
    return with_reasons("tree", std::move(parts), d.reasons);
  }
  std::string operator()(CriterionDecl const& d) const {
    return with_reasons(word(d.kind),
                        {d.level.text, d.as_name ? list("as", {d.as_name->text}) : "", clause("when", d.when)},
                        d.reasons);
  }
  std::string operator()(StepDecl const& d) const {
    return with_reasons(d.up ? "step-up" : "step-down", {print(d.from), print(d.to), clause("when", d.when)},
                        d.reasons);
  }
  std::string operator()(DischargeDecl const& d) const {
    return with_reasons("discharge", {print(d.from), clause("when", d.when)}, d.reasons);
  }
  std::string operator()(GuaranteeDecl const& d) const {
    return with_reasons("guarantee",
                        {d.heading.name.text, label(d.heading), clause("whenever", d.whenever), print(d.promise)},
                        d.reasons);
  }
  std::string operator()(WaiveDecl const& d) const {
    return list("waive", {d.check.text, d.subject.text, quoted(d.because.value)});
  }
  std::string operator()(ExampleDecl const& d) const {
    Parts parts = {quoted(d.name.value)};
    for (Given const& given : d.given) parts.push_back(print(given));
    for (Expectation const& expectation : d.expect) parts.push_back(list("expect", {print(expectation)}));
    return list("example", parts);
  }

 private:
  static std::string with_reasons(char const* head, Parts parts, Reasons const& reasons) {
    append(parts, reasons);
    return list(head, parts);
  }
};

}  // namespace

std::string print(Decl const& decl) {
  return std::visit(DeclPrinter{}, decl.kind);
}

}  // namespace carestep::ast

#include <fmt/format.h>

#include "format/families.hpp"

namespace carestep::format {
namespace {

std::string_view spell(ast::ExpectMove::Kind move) {
  switch (move) {
    case ast::ExpectMove::Kind::admit:
      return "admit to ";
    case ast::ExpectMove::Kind::step_up:
      return "step up to ";
    case ast::ExpectMove::Kind::step_down:
      return "step down to ";
    case ast::ExpectMove::Kind::stay:
      return "stay at ";
    case ast::ExpectMove::Kind::discharge:
      return "discharge from ";
    case ast::ExpectMove::Kind::no_move:
      return "no move";
  }
  return "";
}

std::string_view spell(ast::ExpectMark::Kind mark) {
  switch (mark) {
    case ast::ExpectMark::Kind::conflict:
      return "conflict";
    case ast::ExpectMark::Kind::no_conflict:
      return "no conflict";
    case ast::ExpectMark::Kind::not_eligible:
      return "not_eligible";
    case ast::ExpectMark::Kind::not_applicable:
      return "not_applicable";
    case ast::ExpectMark::Kind::by_default:
      return "by_default";
    case ast::ExpectMark::Kind::held:
      return "held";
    case ast::ExpectMark::Kind::off_pathway:
      return "off_pathway";
  }
  return "";
}

struct ExpectationText {
  std::string operator()(ast::ExpectMove const& move) const {
    return std::string(spell(move.kind)) + (move.level ? move.level->text : "");
  }
  std::string operator()(ast::ExpectPlaced const& placed) const {
    return placed.level ? "placed at " + placed.level->text : "placed nowhere";
  }
  std::string operator()(ast::ExpectIndicated const& indicated) const {
    return "indicated " + (indicated.level ? indicated.level->text : "none");
  }
  std::string operator()(ast::ExpectUndetermined const& open) const {
    if (!open.between) return "undetermined";
    return fmt::format("undetermined between {} and {}", open.between->first.text, open.between->second.text);
  }
  std::string operator()(ast::ExpectMark const& mark) const { return std::string(spell(mark.kind)); }
  std::string operator()(ast::ExpectAsk const& ask) const {
    return fmt::format("{}ask {}{}", ask.negated ? "not " : "", ask.previous ? "previous " : "", ask.input.text);
  }
  std::string operator()(ast::ExpectRule const& rule) const {
    return fmt::format("{}rule {}", rule.negated ? "not " : "", rule.name);
  }
  std::string operator()(ast::ExpectSuggest const& suggest) const { return "suggest " + suggest.service.text; }
  std::string operator()(ast::ExpectAlert const& alert) const { return "alert " + quote(alert.text); }
  std::string operator()(ast::ExpectReassess const& reassess) const {
    return "reassess in " + format::spell(reassess.within);
  }
};

void write(Writer& w, ast::Given const& given) {
  switch (given.subject) {
    case ast::Given::Subject::previous_none:
      return w.put("previous none");
    case ast::Given::Subject::unavailable:
      w.put("unavailable (");
      write_words(w, given.levels);
      return w.put(")");
    case ast::Given::Subject::assessment_date:
      w.put("assessment_date ");
      break;
    case ast::Given::Subject::previous:
      w.put(fmt::format("previous {} ", given.name.text));
      break;
    case ast::Given::Subject::input:
      w.put(given.name.text + " ");
      break;
  }
  if (given.value) write(w, *given.value);
  if (given.on) w.put(" on " + to_string(given.on->value));
}

void write_given(Writer& w, std::vector<ast::Given> const& given) {
  if (given.empty()) return;
  w.clause("given", given.front().at.begin);
  w.open(Breaking::fill);
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (i > 0) {
      w.put(",");
      w.space(given[i].at.begin);
    }
    write(w, given[i]);
  }
  w.close();
}

void write_expect(Writer& w, std::vector<ast::Expectation> const& expect) {
  for (std::size_t i = 0; i < expect.size(); ++i) {
    if (i == 0) {
      w.clause("expect", expect[i].at.begin);
    } else {
      // The last letters of `expect` and `and` stand below each other, as those of `then` and `and` do.
      w.line(w.find_back("and", expect[i].at.begin), clause_indent + 3);
      w.put("and ");
    }
    w.put(std::visit(ExpectationText{}, expect[i].kind));
  }
}

}  // namespace

void write(Writer& w, ast::ExampleDecl const& example) {
  w.put("example " + quote(example.name));
  write_given(w, example.given);
  write_expect(w, example.expect);
}

}  // namespace carestep::format

#include <fmt/format.h>

#include "format/families.hpp"

namespace carestep::format {
namespace {

struct TypeWriter {
  Writer& w;

  void operator()(ast::YesNoType) const { w.put("yes/no"); }
  void operator()(ast::ScaleType const& scale) const {
    w.put("scale ");
    write_words(w, scale.values, " <");
  }
  void operator()(ast::ChoiceType const& choice) const {
    w.put("one of ");
    write_words(w, choice.values);
  }
  void operator()(ast::SetType const& set) const {
    w.put("any of ");
    write_words(w, set.values);
  }
  void operator()(ast::NumberType const& number) const {
    w.put(fmt::format("number {} to {}", to_string(number.low.value), to_string(number.high.value)));
    if (number.step) w.put(" step " + to_string(number.step->value));
    if (number.unit) w.put(" of " + (number.unit_quoted ? quote(*number.unit) : number.unit->value));
  }
  void operator()(ast::DateType const& date) const { w.put(date.or_never ? "date or never" : "date"); }
};

}  // namespace

void write(Writer& w, ast::InputDecl const& input) {
  w.put("input ");
  write(w, input.heading);
  write_text_clause(w, "ask", input.ask);
  write_text_clause(w, "help", input.help);
  w.line(input.type.at.begin, clause_indent);
  std::visit(TypeWriter{w}, input.type.kind);
  write(w, input.direction);
  for (ast::CodeClause const& code : input.codes) {
    w.line(code.at.begin, clause_indent);
    write(w, code);
  }
  if (input.valid_for) {
    w.clause("valid for", input.valid_for->at.begin);
    w.put(format::spell(*input.valid_for));
  }
  if (input.assume) {
    w.clause("if unknown assume", input.assume->at.begin);
    write(w, *input.assume);
  }
  write_cites(w, input.cites);
}

void write(Writer& w, ast::ListDecl const& list) {
  w.put(fmt::format("list {} = ", list.name.text));
  write_words(w, list.members);
}

void write(Writer& w, ast::ImpossibleDecl const& impossible) {
  w.put("impossible ");
  write(w, impossible.heading);
  write_condition_clause(w, "when", impossible.when);
  write_text_clause(w, "because", impossible.because);
}

}  // namespace carestep::format

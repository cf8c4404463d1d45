#include <fmt/format.h>

#include "format/families.hpp"

namespace carestep::format {
namespace {

void write(Writer& w, ast::LevelList const& list) {
  if (list.any) return w.put("any");
  write_words(w, list.levels);
}

}  // namespace

void write(Writer& w, ast::CriterionDecl const& criterion) {
  w.put(fmt::format("{} {}", criterion.kind == ast::CriterionKind::admit ? "admit" : "continue", criterion.level.text));
  if (criterion.as_name) w.put(" as " + criterion.as_name->text);
  w.open(Breaking::all, Indent::line, clause_indent);
  w.space(w.find_back("when", criterion.when->at.begin));
  write_condition(w, "when", *criterion.when);
  w.close();
  write(w, criterion.reasons);
}

void write(Writer& w, ast::StepDecl const& step) {
  w.put(step.up ? "step up   " : "step down ");
  write(w, step.from);
  w.put(" -> ");
  write(w, step.to);
  write_condition_clause(w, "when", step.when);
  write(w, step.reasons);
}

void write(Writer& w, ast::DischargeDecl const& discharge) {
  w.put("discharge ");
  write(w, discharge.from);
  write_condition_clause(w, "when", discharge.when);
  write(w, discharge.reasons);
}

}  // namespace carestep::format

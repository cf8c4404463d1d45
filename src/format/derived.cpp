#include <algorithm>

#include "format/families.hpp"

namespace carestep::format {
namespace {

/// What stands behind the value of a case: `when COND` or `otherwise`.
void write_case_condition(Writer& w, ast::ExprPtr const& when) {
  if (!when) return w.put("otherwise");
  write_condition(w, "when", *when);
}

void write_formula(Writer& w, ast::Expr const& formula) {
  w.line(w.find_back("=", formula.at.begin), clause_indent);
  auto const* sum = std::get_if<ast::Sum>(&formula.node);
  if (sum == nullptr) {
    w.put("= ");
    return write(w, formula);
  }
  w.open(Breaking::always);
  w.put("= ");
  write_terms(w, *sum);
  w.close();
}

void write_cases(Writer& w, std::vector<ast::ScoreCase> const& cases) {
  int widest = 0;
  for (ast::ScoreCase const& one : cases) widest = std::max(widest, width(flat(w, *one.value)));
  for (ast::ScoreCase const& one : cases) {
    // A minus may not come first on a line, so such a case stays on the line that it follows.
    if (begins_with_minus(*one.value)) {
      w.put(" ");
    } else {
      w.line(one.value->at.begin, clause_indent);
    }
    write(w, *one.value);
    w.put(padded("", widest - width(flat(w, *one.value))) + " ");
    write_case_condition(w, one.when);
  }
}

}  // namespace

void write(Writer& w, ast::FactDecl const& fact) {
  w.put("fact ");
  write(w, fact.heading);
  write_condition_clause(w, "when", fact.when);
  write(w, fact.reasons);
}

void write(Writer& w, ast::GradeDecl const& grade) {
  w.put("grade ");
  write(w, grade.heading);
  w.open(Breaking::all, Indent::line, clause_indent);
  if (!grade.values.empty()) w.space(grade.values.front().at.begin, "  ");
  write_words(w, grade.values, " <");
  w.close();
  int widest = 0;
  for (ast::GradeCase const& one : grade.cases) widest = std::max(widest, width(one.value.text));
  for (ast::GradeCase const& one : grade.cases) {
    w.line(one.value.at.begin, clause_indent);
    w.put(padded(one.value.text, widest) + " ");
    write_case_condition(w, one.when);
  }
  write(w, grade.direction);
}

void write(Writer& w, ast::ScoreDecl const& score) {
  w.put("score ");
  write(w, score.heading);
  if (score.formula) write_formula(w, *score.formula);
  write_cases(w, score.cases);
  write(w, score.direction);
}

}  // namespace carestep::format

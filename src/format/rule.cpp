#include <fmt/format.h>

#include "format/families.hpp"

namespace carestep::format {
namespace {

std::string_view spell(ast::LevelActionKind kind) {
  switch (kind) {
    case ast::LevelActionKind::at_least:
      return "at least ";
    case ast::LevelActionKind::at_most:
      return "at most ";
    case ast::LevelActionKind::only:
      return "only ";
    case ast::LevelActionKind::exclude:
      return "not ";
  }
  return "";
}

struct ActionWriter {
  Writer& w;

  void operator()(ast::LevelAction const& action) const { write(w, action); }
  void operator()(ast::NeedsAction const& action) const { write(w, action); }
  void operator()(ast::SuggestAction const& action) const {
    w.put("suggest ");
    write_words(w, action.services);
  }
  void operator()(ast::AlertAction const& action) const { w.put("alert " + quote(action.text)); }
  void operator()(ast::NoteAction const& action) const { w.put("note " + quote(action.text)); }
  void operator()(ast::ReassessAction const& action) const { w.put("reassess in " + format::spell(action.within)); }
};

void write_actions(Writer& w, std::vector<ast::Action> const& actions) {
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (i == 0) {
      w.clause("then", actions[i].at.begin);
    } else {
      w.line(w.find_back("and", actions[i].at.begin), clause_indent + 1);
      w.put("and ");
    }
    write(w, actions[i]);
  }
}

}  // namespace

void write(Writer& w, ast::LevelAction const& action) {
  w.put(spell(action.kind));
  write_words(w, action.levels);
}

void write(Writer& w, ast::NeedsAction const& action) {
  w.put("needs ");
  write_words(w, action.services);
}

void write(Writer& w, ast::Action const& action) {
  std::visit(ActionWriter{w}, action.kind);
}

void write_inline(Writer& w, std::vector<ast::Action> const& actions) {
  w.open(Breaking::fill);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (i > 0) {
      w.space(w.find_back("and", actions[i].at.begin));
      w.put("and ");
    }
    write(w, actions[i]);
  }
  w.close();
}

void write(Writer& w, ast::RuleDecl const& rule) {
  w.put("rule ");
  write(w, rule.heading);
  write_condition_clause(w, "when", rule.when);
  write_condition_clause(w, "unless", rule.unless);
  write_actions(w, rule.actions);
  if (!rule.overrides.empty()) {
    w.clause("overrides", rule.overrides.front().at.begin);
    write_words(w, rule.overrides);
  }
  write(w, rule.reasons);
}

}  // namespace carestep::format

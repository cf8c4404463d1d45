#pragma once

#include <map>
#include <string>
#include <vector>

#include "differential/model.hpp"

namespace carestep::reference {

/// Something that has a value in every completion.
struct Term {
  Type type;
  Quantity value;
  std::optional<std::size_t> slot;  // the value of this slot and nothing else
  std::optional<Wide> literal;      // this constant
};

/// Finds the names and gives every expression its meaning.
class Reader {
 public:
  explicit Reader(ast::Bundle const& bundle);
  Rules read();

 private:
  // reader.cpp: inputs, definitions and conditions
  void declare_names();
  void add_built_in_inputs();
  void add_inputs();
  Slot slot_for(ast::InputDecl const& input) const;
  std::optional<std::size_t> slot_named(std::string const& name) const;

  Term named(std::string const& name);
  Term define(std::string const& name);
  Term define_grade(ast::GradeDecl const& grade);
  Term define_score(ast::ScoreDecl const& score);
  Term read_slot(std::size_t slot);
  Term previous(std::string const& name);
  Term term(ast::Expr const& e);
  Term count_of(ast::CountOf const& count);
  Term extreme(ast::Extreme const& extreme);
  Term sum(ast::Sum const& sum);
  Term scaled(ast::Scaled const& scaled);
  Term operand(ast::Expr const& e, Type const& type);
  std::vector<Term> subjects(ast::ItemList const& items);
  std::vector<Condition> conditions(ast::ItemList const& items);

  Condition condition(ast::Expr const& e);
  Condition optional_condition(ast::ExprPtr const& e, bool when_left_out);
  Condition comparison(ast::Compare const& compare);
  Condition quantified(ast::Quantified const& q);
  Condition test(Term const& subject, ast::Test const& test);
  Condition includes(Term const& subject, ast::IncludesTest const& test);
  Condition relation(Term left, ast::Relation op, Term right);
  Condition is(Term const& subject, ast::Expr const& right);
  Condition or_worse(Term const& subject, ast::Expr const& value, bool better);
  Condition longer_ago(Term const& subject, ast::Duration const& span);
  void need_every_value(Term const& term);
  void note_comparison(Term const& left, Term const& right);

  // reader_rules.cpp: levels, rules, tables, trees, criteria, moves, guarantees
  void add_levels();
  void add_rules();
  void add_rule(ast::RuleDecl const& rule);
  void add_table(ast::TableDecl const& table);
  void add_tree(ast::TreeDecl const& tree);
  Condition cell(Term const& subject, ast::Cell const& cell);
  void add_criterion(ast::CriterionDecl const& criterion);
  void add_line(ast::StepDecl const& step);
  void add_guarantee(ast::GuaranteeDecl const& guarantee);
  void link_overrides();
  std::size_t level_index(std::string const& name) const;
  LevelSet levels_named(std::vector<ast::Word> const& names) const;
  LevelSet levels_named(ast::LevelList const& list) const;
  LevelSet levels_offering(std::vector<ast::Word> const& services) const;
  LevelSet levels_of(ast::LevelAction const& action) const;
  std::vector<Action> actions(std::vector<ast::Action> const& written) const;

  ast::Bundle const& bundle_;
  Rules rules_;
  std::map<std::string, ast::Decl const*> declared_;  // facts, grades, scores, lists
  std::map<std::string, ast::CriterionDecl const*> named_criteria_;
  std::map<std::string, Term> derived_;  // facts, grades and scores already read
};

/// Hours in a duration, times `one`.
Wide hours_of(ast::Duration const& duration);
std::int64_t whole_days(ast::Duration const& duration);

/// Refuses what no valid ruleset contains.
[[noreturn]] void not_valid(std::string const& what);

}  // namespace carestep::reference

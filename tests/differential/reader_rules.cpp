#include <algorithm>
#include <variant>

#include "differential/reader.hpp"

namespace carestep::reference {

namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

LevelSet only(std::size_t level) {
  return LevelSet{1} << level;
}

Condition both(Condition a, Condition b) {
  return [a = std::move(a), b = std::move(b)](Case const& c) { return a(c) && b(c); };
}

Condition nothing_of(std::vector<Condition> conditions) {
  return [conditions = std::move(conditions)](Case const& c) {
    return std::none_of(conditions.begin(), conditions.end(), [&](auto const& condition) { return condition(c); });
  };
}

}  // namespace

// ---- levels -------------------------------------------------------------------------------------------------------

void Reader::add_levels() {
  for (auto const& file : bundle_.files) {
    for (auto const& decl : file.decls) {
      if (auto const* levels = std::get_if<ast::LevelsDecl>(&decl.kind)) {
        for (auto const& name : levels->names) rules_.levels.push_back({name.text, {}, std::nullopt});
      }
      if (auto const* service = std::get_if<ast::ServiceDecl>(&decl.kind)) {
        rules_.services.push_back(service->heading.name.text);
      }
    }
  }
  for (auto const& file : bundle_.files) {
    for (auto const& decl : file.decls) {
      auto const* written = std::get_if<ast::LevelDecl>(&decl.kind);
      if (written == nullptr) continue;
      auto& level = rules_.levels[level_index(written->heading.name.text)];
      for (auto const& service : written->offers) level.offers.insert(service.text);
      if (written->reassess) level.reassess_days = whole_days(*written->reassess);
    }
  }
}

std::size_t Reader::level_index(std::string const& name) const {
  for (std::size_t i = 0; i < rules_.levels.size(); ++i) {
    if (rules_.levels[i].name == name) return i;
  }
  not_valid("level " + name);
}

LevelSet Reader::levels_named(std::vector<ast::Word> const& names) const {
  LevelSet result = 0;
  for (auto const& name : names) result |= only(level_index(name.text));
  return result;
}

LevelSet Reader::levels_named(ast::LevelList const& list) const {
  return list.any ? all_levels(rules_) : levels_named(list.levels);
}

/// Section 5: "`needs s, t`: levels that offer all of these services".
LevelSet Reader::levels_offering(std::vector<ast::Word> const& services) const {
  LevelSet result = 0;
  for (std::size_t level = 0; level < rules_.levels.size(); ++level) {
    auto const& offers = rules_.levels[level].offers;
    auto const offered = [&](ast::Word const& service) { return offers.count(service.text) != 0; };
    if (std::all_of(services.begin(), services.end(), offered)) result |= only(level);
  }
  return result;
}

/// Section 5: "`at least l`: l and every more intensive level; `at most l`: l and every less intensive level; `only`:
/// l, m; `not`: all but l, m".
LevelSet Reader::levels_of(ast::LevelAction const& action) const {
  auto const all = all_levels(rules_);
  switch (action.kind) {
    case ast::LevelActionKind::at_least:
      return all & ~(only(level_index(action.levels.front().text)) - 1);
    case ast::LevelActionKind::at_most:
      return 2 * only(level_index(action.levels.front().text)) - 1;
    case ast::LevelActionKind::only:
      return levels_named(action.levels);
    case ast::LevelActionKind::exclude:
      return all & ~levels_named(action.levels);
  }
  return 0;
}

// ---- section 5: rules, tables, trees, criteria --------------------------------------------------------------------

std::vector<Action> Reader::actions(std::vector<ast::Action> const& written) const {
  std::vector<Action> result;
  for (auto const& action : written) {
    Action a;
    std::visit(Overloaded{
                   [&](ast::LevelAction const& level) {
                     a.kind = static_cast<Action::Kind>(level.kind);  // the same four, in the same order
                     a.admits = levels_of(level);
                   },
                   [&](ast::NeedsAction const& needs) {
                     a.kind = Action::Kind::needs;
                     a.admits = levels_offering(needs.services);
                     for (auto const& service : needs.services) a.services.push_back(service.text);
                   },
                   [&](ast::SuggestAction const& suggest) {
                     a.kind = Action::Kind::suggest;
                     for (auto const& service : suggest.services) a.services.push_back(service.text);
                   },
                   [&](ast::AlertAction const& alert) {
                     a.kind = Action::Kind::alert;
                     a.text = alert.text.value;
                   },
                   [&](ast::NoteAction const& note) {
                     a.kind = Action::Kind::note;
                     a.text = note.text.value;
                   },
                   [&](ast::ReassessAction const& reassess) {
                     a.kind = Action::Kind::reassess;
                     a.days = whole_days(reassess.within);
                   },
               },
               action.kind);
    result.push_back(std::move(a));
  }
  return result;
}

void Reader::add_rules() {
  rules_.applies = optional_condition(nullptr, true);
  for (auto const& file : bundle_.files) {
    for (auto const& decl : file.decls) {
      std::visit(
          Overloaded{
              [&](ast::RulesetDecl const& ruleset) {
                rules_.draft = ruleset.status && ruleset.status->first == ast::Status::draft;
                rules_.applies = optional_condition(ruleset.applies, true);
              },
              [&](ast::RuleDecl const& rule) { add_rule(rule); },
              [&](ast::TableDecl const& table) { add_table(table); },
              [&](ast::TreeDecl const& tree) { add_tree(tree); },
              [&](ast::CriterionDecl const& criterion) { add_criterion(criterion); },
              [&](ast::StepDecl const& step) { add_line(step); },
              [&](ast::DischargeDecl const& discharge) {
                rules_.discharges.push_back({levels_named(discharge.from), optional_condition(discharge.when, true),
                                             discharge.when != nullptr});
              },
              [&](ast::GuaranteeDecl const& guarantee) { add_guarantee(guarantee); },
              [&](ast::ImpossibleDecl const& impossible) {
                rules_.impossibles.push_back({impossible.heading.name.text, condition(*impossible.when)});
              },
              [&](ast::FactDecl const& fact) { named(fact.heading.name.text); },
              [&](ast::GradeDecl const& grade) { named(grade.heading.name.text); },
              [&](ast::ScoreDecl const& score) { named(score.heading.name.text); },
              [](auto const&) {},
          },
          decl.kind);
    }
  }
}

/// "A rule is active when its `when` holds, its `unless` does not, and no active rule `overrides` it."
void Reader::add_rule(ast::RuleDecl const& rule) {
  Rule result;
  result.name = rule.heading.name.text;
  result.declared_as = result.name;
  result.holds = both(optional_condition(rule.when, true), nothing_of({optional_condition(rule.unless, false)}));
  result.conditional = rule.when != nullptr || rule.unless != nullptr;
  result.actions = actions(rule.actions);
  for (auto const& name : rule.overrides) result.overrides.push_back(name.text);
  rules_.rules.push_back(std::move(result));
}

/// "a whole cell may also be `admit LEVEL` or `continue LEVEL`, which makes the row such a criterion. Every other row
/// is a rule named `TABLE.N` after its place, criteria counted. In a `first` table a row, criteria too, counts only
/// when no earlier row's cells match."
void Reader::add_table(ast::TableDecl const& table) {
  std::vector<Condition> earlier;
  rules_.tables.push_back({table.heading.name.text, table.first, {}, {}});
  for (std::size_t n = 0; n < table.rows.size(); ++n) {
    auto const& row = table.rows[n];
    std::vector<Condition> cells;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      cells.push_back(cell(term(*table.columns[i].subject), row.cells[i]));
    }
    Condition const matches = [cells](Case const& c) {
      return std::all_of(cells.begin(), cells.end(), [&](auto const& matches_cell) { return matches_cell(c); });
    };
    auto const counts = table.first ? both(matches, nothing_of(earlier)) : matches;
    earlier.push_back(matches);
    rules_.tables.back().rows.push_back(matches);
    auto const conditional = std::any_of(row.cells.begin(), row.cells.end(), [](ast::Cell const& written) {
      return !std::holds_alternative<ast::AnyCell>(written.kind);
    });
    if (auto const* criterion = std::get_if<ast::CriterionCell>(&row.then)) {
      rules_.criteria.push_back({criterion->kind == ast::CriterionKind::admit, level_index(criterion->level.text),
                                 counts, conditional, table.heading.name.text + "." + std::to_string(n + 1)});
    } else {
      auto const& table_name = table.heading.name.text;
      rules_.tables.back().rules.push_back(rules_.rules.size());
      rules_.rules.push_back({table_name + "." + std::to_string(n + 1),
                              table_name,
                              counts,
                              actions(std::get<std::vector<ast::Action>>(row.then)),
                              {},
                              conditional});
    }
  }
}

/// "A cell is `-` (anything), a value, values joined by `or`, `a to b` (inclusive), `a or more`, `a or less` (numbers),
/// `a or worse`, `a or better` (with a direction), `< a`, `<= a`, `> a`, `>= a`, `yes`, `no`; for a set, `v` means
/// includes v."
Condition Reader::cell(Term const& subject, ast::Cell const& cell) {
  auto const value = [&](ast::ExprPtr const& e) { return operand(*e, subject.type); };
  return std::visit(Overloaded{
                        [&](ast::AnyCell const&) { return optional_condition(nullptr, true); },
                        [&](ast::ValuesCell const& values) -> Condition {
                          std::vector<Condition> none_of;
                          for (auto const& v : values.values) {
                            if (subject.type.kind == Kind::set) {
                              ast::IncludesTest includes_one;
                              includes_one.values.push_back(std::get<ast::NameRef>(v->node).name);
                              none_of.push_back(includes(subject, includes_one));
                            } else {
                              none_of.push_back(is(subject, *v));
                            }
                          }
                          return nothing_of({nothing_of(none_of)});
                        },
                        [&](ast::RangeCell const& range) {
                          return both(relation(subject, ast::Relation::at_least, value(range.low)),
                                      relation(subject, ast::Relation::at_most, value(range.high)));
                        },
                        [&](ast::BoundCell const& bound) {
                          switch (bound.bound) {
                            case ast::CellBound::more:
                              return relation(subject, ast::Relation::at_least, value(bound.value));
                            case ast::CellBound::less:
                              return relation(subject, ast::Relation::at_most, value(bound.value));
                            case ast::CellBound::worse:
                              return or_worse(subject, *bound.value, false);
                            case ast::CellBound::better:
                              return or_worse(subject, *bound.value, true);
                          }
                          not_valid("bound");
                        },
                        [&](ast::RelationCell const& r) { return relation(subject, r.op, value(r.value)); },
                    },
                    cell.kind);
}

namespace {

/// A tree as a walk: at each node one condition, then another node, or a leaf.
struct Walk {
  struct Node {
    Condition condition;
    std::size_t yes = 0;  // a node, or nodes.size() + a leaf
    std::size_t no = 0;
  };
  std::vector<Node> nodes;

  std::size_t leaf(Case const& c) const {
    std::size_t at = 0;
    while (at < nodes.size()) at = nodes[at].condition(c) ? nodes[at].yes : nodes[at].no;
    return at;
  }
};

}  // namespace

/// "In a tree, every leaf with actions is a rule named `TREE.NODE.yes` or `TREE.NODE.no`, active when some path of
/// answers from the start leads to it." One assessment has one path.
void Reader::add_tree(ast::TreeDecl const& tree) {
  auto const walk = std::make_shared<Walk>();
  std::map<std::string, std::size_t> places;
  for (auto const& node : tree.nodes) places.emplace(node.heading.name.text, places.size());
  auto next_leaf = tree.nodes.size();
  auto const target = [&](ast::Target const& to, std::string const& rule_name) {
    if (auto const* node = std::get_if<ast::Word>(&to.to)) return places.at(node->text);
    auto const leaf = next_leaf++;
    auto const& written = std::get<std::vector<ast::Action>>(to.to);
    if (!written.empty()) {
      Condition reached = [walk, leaf](Case const& c) { return walk->leaf(c) == leaf; };
      rules_.rules.push_back({rule_name, tree.heading.name.text, reached, actions(written), {}});
    }
    return leaf;
  };
  for (auto const& node : tree.nodes) {
    auto const name = tree.heading.name.text + "." + node.heading.name.text;
    Walk::Node step{condition(*node.condition), 0, 0};
    step.yes = target(node.yes, name + ".yes");
    step.no = target(node.no, name + ".no");
    walk->nodes.push_back(std::move(step));
  }
}

void Reader::add_criterion(ast::CriterionDecl const& criterion) {
  auto const admit = criterion.kind == ast::CriterionKind::admit;
  auto const& level = criterion.level.text;
  auto const name = criterion.as_name ? criterion.as_name->text : (admit ? "admit " : "continue ") + level;
  rules_.criteria.push_back({admit, level_index(level), condition(*criterion.when), true, name});
}

/// "what is overridden is a declared `rule`, or a table or tree as a whole"
void Reader::link_overrides() {
  rules_.overridden_by.resize(rules_.rules.size());
  for (std::size_t by = 0; by < rules_.rules.size(); ++by) {
    for (auto const& name : rules_.rules[by].overrides) {
      for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
        if (rules_.rules[i].declared_as == name) rules_.overridden_by[i].push_back(by);
      }
    }
  }
}

// ---- sections 6 and 9 ---------------------------------------------------------------------------------------------

void Reader::add_line(ast::StepDecl const& step) {
  rules_.lines.push_back({step.up, levels_named(step.from), levels_named(step.to), optional_condition(step.when, true),
                          step.when != nullptr});
}

/// "PROMISE is `at least l`, `at most l`, `only …`, `not …`, `needs …` about the decision's next level (`discharge` and
/// `none` break every promise but `at most` and `not`), or `no conflict`, or `eligible`."
void Reader::add_guarantee(ast::GuaranteeDecl const& guarantee) {
  Guarantee result;
  result.name = guarantee.heading.name.text;
  result.whenever = condition(*guarantee.whenever);
  std::visit(Overloaded{
                 [&](ast::LevelAction const& level) {
                   auto const nowhere_too =
                       level.kind == ast::LevelActionKind::at_most || level.kind == ast::LevelActionKind::exclude;
                   result.promise = nowhere_too ? Guarantee::Promise::level_or_nowhere : Guarantee::Promise::level;
                   result.levels = levels_of(level);
                 },
                 [&](ast::NeedsAction const& needs) { result.levels = levels_offering(needs.services); },
                 [&](ast::NoConflictPromise const&) { result.promise = Guarantee::Promise::no_conflict; },
                 [&](ast::EligiblePromise const&) { result.promise = Guarantee::Promise::eligible; },
             },
             guarantee.promise.kind);
  rules_.guarantees.push_back(std::move(result));
}

}  // namespace carestep::reference

// Rules and their actions.

#include "parse/reasons.hpp"

namespace carestep::parse {

inline constexpr x3::rule<struct ActionId, ast::Action> action{"an action"};

namespace {

constexpr auto action_kind = [](auto& ctx) { x3::_val(ctx).kind = std::move(x3::_attr(ctx)); };

constexpr auto level_kind(ast::LevelActionKind which) {
  return set(&ast::LevelAction::kind, which);
}

// ---- grammar --------------------------------------------------------------------------------------------------------

auto const level_action_def =
    (kw("at", "least") >> x3::eps[level_kind(ast::LevelActionKind::at_least)] >
     name("a level")[add(&ast::LevelAction::levels)]) |
    (kw("at", "most") >> x3::eps[level_kind(ast::LevelActionKind::at_most)] >
     name("a level")[add(&ast::LevelAction::levels)]) |
    (kw("only") >> x3::eps[level_kind(ast::LevelActionKind::only)] > level_names[put(&ast::LevelAction::levels)]) |
    (kw("not") >> x3::eps[level_kind(ast::LevelActionKind::exclude)] > level_names[put(&ast::LevelAction::levels)]);

auto const action_def = spanned(
    level_action[action_kind] | (kw("needs") > service_names[kind<ast::NeedsAction>()]) |
    (kw("suggest") > service_names[kind<ast::SuggestAction>()]) | (kw("alert") > text[kind<ast::AlertAction>()]) |
    (kw("note") > text[kind<ast::NoteAction>()]) | (kw("reassess") > kw("in") > duration[kind<ast::ReassessAction>()]));

auto const actions_def = carestep::parse::action[push] >> *(kw("and") > carestep::parse::action[push]);

auto const rule_decl_def = kw("rule") > heading[put(&ast::RuleDecl::heading)] >>
                           *((clause("when") > condition[put(&ast::RuleDecl::when)]) |
                             (clause("unless") > condition[put(&ast::RuleDecl::unless)]) |
                             (clause("then") > actions[put(&ast::RuleDecl::actions)]) |
                             (clause("overrides") >
                              named("the name of a rule",
                                    comma_list(name("the name of a rule")[add(&ast::RuleDecl::overrides)]))) |
                             reasons());

}  // namespace

BOOST_SPIRIT_DEFINE(level_action, action, actions, rule_decl)
CARESTEP_INSTANTIATE(level_action)
CARESTEP_INSTANTIATE(actions)
CARESTEP_INSTANTIATE(rule_decl)

}  // namespace carestep::parse

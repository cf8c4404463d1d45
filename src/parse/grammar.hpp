#pragma once

// The rules that one family of constructs lends to the others. Each family's file defines its own; a rule's name is
// what a message says was expected.

#include <vector>

#include "ast/ast.hpp"
#include "parse/config.hpp"

namespace carestep::parse {

// expr.cpp
inline constexpr x3::rule<struct ConditionId, ast::ExprPtr> condition{"a condition"};
inline constexpr x3::rule<struct NumericId, ast::ExprPtr> numeric{"a number or a name"};
inline constexpr x3::rule<struct CountId, ast::ExprPtr> count_of{"`count of`"};

// clauses.cpp
inline constexpr x3::rule<struct LevelNamesId, std::vector<ast::Word>> level_names{"a level"};
inline constexpr x3::rule<struct ServiceNamesId, std::vector<ast::Word>> service_names{"a service"};
inline constexpr x3::rule<struct CodeId, ast::CodeClause> code_clause{"`code`"};
inline constexpr x3::rule<struct CiteId, ast::Cite> cite{"`cites`"};
inline constexpr x3::rule<struct DirectionId, ast::DirectionClause> direction{"`higher is worse`"};
inline constexpr x3::rule<struct HeadingId, ast::Heading> heading{"a name"};
inline constexpr x3::rule<struct GivenValueId, ast::GivenValue> given_value{"a value"};

// rule.cpp
inline constexpr x3::rule<struct LevelActionId, ast::LevelAction> level_action{"`at least`"};
inline constexpr x3::rule<struct ActionsId, std::vector<ast::Action>> actions{"an action"};

// The declarations, each in the file of its family.
inline constexpr x3::rule<struct RulesetId, ast::RulesetDecl> ruleset_decl{"`ruleset`"};
inline constexpr x3::rule<struct UseId, ast::UseDecl> use_decl{"`use`"};
inline constexpr x3::rule<struct SourceId, ast::SourceDecl> source_decl{"`source`"};
inline constexpr x3::rule<struct LevelsId, ast::LevelsDecl> levels_decl{"`levels`"};
inline constexpr x3::rule<struct ServiceId, ast::ServiceDecl> service_decl{"`service`"};
inline constexpr x3::rule<struct LevelId, ast::LevelDecl> level_decl{"`level`"};
inline constexpr x3::rule<struct InputId, ast::InputDecl> input_decl{"`input`"};
inline constexpr x3::rule<struct ListId, ast::ListDecl> list_decl{"`list`"};
inline constexpr x3::rule<struct ImpossibleId, ast::ImpossibleDecl> impossible_decl{"`impossible`"};
inline constexpr x3::rule<struct FactId, ast::FactDecl> fact_decl{"`fact`"};
inline constexpr x3::rule<struct GradeId, ast::GradeDecl> grade_decl{"`grade`"};
inline constexpr x3::rule<struct ScoreId, ast::ScoreDecl> score_decl{"`score`"};
inline constexpr x3::rule<struct RuleId, ast::RuleDecl> rule_decl{"`rule`"};
inline constexpr x3::rule<struct TableId, ast::TableDecl> table_decl{"`table`"};
inline constexpr x3::rule<struct TreeId, ast::TreeDecl> tree_decl{"`tree`"};
inline constexpr x3::rule<struct CriterionId, ast::CriterionDecl> criterion_decl{"`admit`"};
inline constexpr x3::rule<struct StepId, ast::StepDecl> step_decl{"`step`"};
inline constexpr x3::rule<struct DischargeId, ast::DischargeDecl> discharge_decl{"`discharge`"};
inline constexpr x3::rule<struct GuaranteeId, ast::GuaranteeDecl> guarantee_decl{"`guarantee`"};
inline constexpr x3::rule<struct WaiveId, ast::WaiveDecl> waive_decl{"`waive`"};
inline constexpr x3::rule<struct ExampleId, ast::ExampleDecl> example_decl{"`example`"};

BOOST_SPIRIT_DECLARE(decltype(condition), decltype(numeric), decltype(count_of))
BOOST_SPIRIT_DECLARE(decltype(level_names), decltype(service_names), decltype(code_clause), decltype(cite),
                     decltype(direction), decltype(heading), decltype(given_value))
BOOST_SPIRIT_DECLARE(decltype(level_action), decltype(actions))
BOOST_SPIRIT_DECLARE(decltype(ruleset_decl), decltype(use_decl), decltype(source_decl), decltype(levels_decl),
                     decltype(service_decl), decltype(level_decl), decltype(input_decl), decltype(list_decl),
                     decltype(impossible_decl), decltype(fact_decl), decltype(grade_decl), decltype(score_decl),
                     decltype(rule_decl), decltype(table_decl), decltype(tree_decl), decltype(criterion_decl),
                     decltype(step_decl), decltype(discharge_decl), decltype(guarantee_decl), decltype(waive_decl),
                     decltype(example_decl))

}  // namespace carestep::parse

/// In the file that defines a rule of this header: makes its code for the one iterator and context.
#define CARESTEP_INSTANTIATE(name) BOOST_SPIRIT_INSTANTIATE(decltype(name), Iterator, Context)

#pragma once

#include "ast/ast.hpp"
#include "format/writer.hpp"

// How each declaration is written, one file per family.

namespace carestep::format {

/// What `decl` by itself asks of its neighbours.
[[nodiscard]] Columns columns(ast::Decl const& decl);
[[nodiscard]] std::string padded(std::string text, int columns);

// ruleset.cpp
void write(Writer& w, ast::RulesetDecl const& ruleset);
void write(Writer& w, ast::UseDecl const& use);
void write(Writer& w, ast::SourceDecl const& source);
void write(Writer& w, ast::LevelsDecl const& levels);
void write(Writer& w, ast::ServiceDecl const& service);
void write(Writer& w, ast::LevelDecl const& level);
// input.cpp
void write(Writer& w, ast::InputDecl const& input);
void write(Writer& w, ast::ListDecl const& list);
void write(Writer& w, ast::ImpossibleDecl const& impossible);
// derived.cpp
void write(Writer& w, ast::FactDecl const& fact);
void write(Writer& w, ast::GradeDecl const& grade);
void write(Writer& w, ast::ScoreDecl const& score);
// rule.cpp, table.cpp, tree.cpp
void write(Writer& w, ast::RuleDecl const& rule);
void write(Writer& w, ast::TableDecl const& table);
void write(Writer& w, ast::TreeDecl const& tree);
// move.cpp
void write(Writer& w, ast::CriterionDecl const& criterion);
void write(Writer& w, ast::StepDecl const& step);
void write(Writer& w, ast::DischargeDecl const& discharge);
// guarantee.cpp
void write(Writer& w, ast::GuaranteeDecl const& guarantee);
void write(Writer& w, ast::WaiveDecl const& waive);
// example.cpp
void write(Writer& w, ast::ExampleDecl const& example);

}  // namespace carestep::format

#include "parse/complete.hpp"

#include <string_view>
#include <variant>

namespace carestep::parse {
namespace {

class Judge {
 public:
  Judge(Span at, Sink& sink) : at_(at), sink_(sink) {}

  bool operator()(ast::InputDecl const& d) const {
    return needs(d.type.at.end != 0, d.heading, "input", "type", "a type, such as `yes/no` or `number 0 to 10`");
  }
  bool operator()(ast::ImpossibleDecl const& d) const { return needs_when(d.when, d.heading, "impossible"); }
  bool operator()(ast::FactDecl const& d) const { return needs_when(d.when, d.heading, "fact"); }
  bool operator()(ast::GradeDecl const& d) const {
    return needs(!d.cases.empty(), d.heading, "grade", "cases", "cases, such as `severe when …` and `mild otherwise`");
  }
  bool operator()(ast::ScoreDecl const& d) const {
    return needs(d.formula != nullptr || !d.cases.empty(), d.heading, "score", "formula",
                 "`= …`, or cases such as `2 when …` and `0 otherwise`");
  }
  bool operator()(ast::RuleDecl const& d) const {
    return needs(!d.actions.empty(), d.heading, "rule", "`then`", "`then` and an action");
  }
  bool operator()(ast::TableDecl const& d) const {
    // A header that is there but broken has been reported; the table cannot be read without it.
    if (d.header_at.end == 0 && !d.rows.empty()) return false;
    return needs(d.header_at.end != 0 && !d.rows.empty(), d.heading, "table", "rows",
                 "a header row `| … | then |`, and rows below it");
  }
  bool operator()(ast::TreeDecl const& d) const {
    return needs(!d.nodes.empty(), d.heading, "tree", "nodes", "a node, such as `start: … yes -> … no -> …`");
  }
  bool operator()(ast::CriterionDecl const& d) const {
    std::string_view const keyword = d.kind == ast::CriterionKind::admit ? "admit" : "continue";
    return d.when != nullptr || missing(keyword, d.level.text, "`when`", "`when` and a condition");
  }
  bool operator()(ast::GuaranteeDecl const& d) const {
    return needs(d.whenever != nullptr, d.heading, "guarantee", "`whenever`", "`whenever … then …`");
  }
  bool operator()(ast::ExampleDecl const& d) const {
    return !d.expect.empty() ||
           missing("example", d.name.value, "`expect`", "`expect` and what the decision should be");
  }
  // Declarations that the grammar completes.
  bool operator()(ast::RulesetDecl const&) const { return true; }
  bool operator()(ast::UseDecl const&) const { return true; }
  bool operator()(ast::SourceDecl const&) const { return true; }
  bool operator()(ast::LevelsDecl const&) const { return true; }
  bool operator()(ast::ServiceDecl const&) const { return true; }
  bool operator()(ast::LevelDecl const&) const { return true; }
  bool operator()(ast::ListDecl const&) const { return true; }
  bool operator()(ast::StepDecl const&) const { return true; }
  bool operator()(ast::DischargeDecl const&) const { return true; }
  bool operator()(ast::WaiveDecl const&) const { return true; }

 private:
  bool needs_when(ast::ExprPtr const& when, ast::Heading const& heading, std::string_view keyword) const {
    return needs(when != nullptr, heading, keyword, "`when`", "`when` and a condition");
  }

  bool needs(bool there, ast::Heading const& heading, std::string_view keyword, std::string_view what,
             std::string_view add) const {
    return there || missing(keyword, heading.name.text, what, add);
  }

  bool missing(std::string_view keyword, std::string_view name, std::string_view what, std::string_view add) const {
    sink_.report(Code::clause_missing, at_, "`{} {}` has no {}", keyword, name, what).help("add {}", add);
    return false;
  }

  Span at_;
  Sink& sink_;
};

}  // namespace

bool complete(ast::Decl const& decl, Sink& sink) {
  return std::visit(Judge(decl.at, sink), decl.kind);
}

}  // namespace carestep::parse

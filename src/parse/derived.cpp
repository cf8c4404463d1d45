// What is derived from answers: lists, impossible combinations, facts, grades and scores.

#include "parse/reasons.hpp"

namespace carestep::parse {

inline constexpr x3::rule<struct GradeCaseId, ast::GradeCase> grade_case{"a case such as `severe when …`"};
inline constexpr x3::rule<struct ScoreCaseId, ast::ScoreCase> score_case{"a case such as `2 when …`"};

namespace {

bool begins_number(Iterator at) {
  Token const& behind = *(at + 1);
  switch (at->kind) {
    case TokenKind::number:
      return true;
    case TokenKind::symbol:
      return at->source == "(" || (at->source == "-" && behind.kind == TokenKind::number);
    case TokenKind::word:
      if (at->is_word("previous")) return true;
      if (at->is_word("count") || at->is_word("highest") || at->is_word("lowest")) return behind.is_word("of");
      if (at->is_word("days")) return behind.is_word("since");
      return Name::fits(*at) &&
             (behind.is_word("when") || behind.is_word("otherwise") || behind.kind == TokenKind::symbol);
    case TokenKind::date:
    case TokenKind::text:
    case TokenKind::bullet:
    case TokenKind::bad:
    case TokenKind::end:
      return false;
  }
  return false;
}

bool begins_grade_case(Iterator at) {
  return at->kind == TokenKind::word && ((at + 1)->is_word("when") || (at + 1)->is_word("otherwise"));
}

// ---- grammar --------------------------------------------------------------------------------------------------------

auto const list_decl_def =
    kw("list") > declared_name[put(&ast::ListDecl::name)] > sym("=") >
    named("the name of an input, fact, grade or score",
          comma_list(name("the name of an input, fact, grade or score")[add(&ast::ListDecl::members)]));

auto const impossible_decl_def = kw("impossible") > heading[put(&ast::ImpossibleDecl::heading)] >>
                                 *((clause("when") > condition[put(&ast::ImpossibleDecl::when)]) |
                                   (clause("because") > text[put(&ast::ImpossibleDecl::because)]));

auto const fact_decl_def = kw("fact") > heading[put(&ast::FactDecl::heading)] >>
                           *((clause("when") > condition[put(&ast::FactDecl::when)]) | reasons());

auto const grade_case_def = spanned(Ahead(begins_grade_case) >> any_word("a value")[put(&ast::GradeCase::value)] >>
                                    (kw("otherwise") | (kw("when") > condition[put(&ast::GradeCase::when)])));

auto const grade_decl_def = kw("grade") > heading[put(&ast::GradeDecl::heading)] >
                            any_word("a value")[add(&ast::GradeDecl::values)] >>
                            *(sym("<") > any_word("a value")[add(&ast::GradeDecl::values)]) >>
                            *(grade_case[add(&ast::GradeDecl::cases)] |
                              once("direction", direction[put(&ast::GradeDecl::direction)]));

auto const score_case_def =
    spanned(Ahead(begins_number) >> numeric[put(&ast::ScoreCase::value)] >
            named("`when` or `otherwise`", kw("otherwise") | (kw("when") > condition[put(&ast::ScoreCase::when)])));

auto const score_direction = once("direction", direction[put(&ast::ScoreDecl::direction)]);
auto const score_decl_def = kw("score") > heading[put(&ast::ScoreDecl::heading)] >> *score_direction >>
                            ((sym("=") > numeric[put(&ast::ScoreDecl::formula)] >> *score_direction) |
                             *(score_case[add(&ast::ScoreDecl::cases)] | score_direction));

}  // namespace

BOOST_SPIRIT_DEFINE(list_decl, impossible_decl, fact_decl, grade_case, grade_decl, score_case, score_decl)
CARESTEP_INSTANTIATE(list_decl)
CARESTEP_INSTANTIATE(impossible_decl)
CARESTEP_INSTANTIATE(fact_decl)
CARESTEP_INSTANTIATE(grade_decl)
CARESTEP_INSTANTIATE(score_decl)

}  // namespace carestep::parse

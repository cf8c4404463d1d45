// Who may be where, and who may go where: criteria, steps, discharge.

#include "parse/reasons.hpp"

namespace carestep::parse {

inline constexpr x3::rule<struct LevelListId, ast::LevelList> level_list{"a level or `any`"};

namespace {

// ---- grammar --------------------------------------------------------------------------------------------------------

auto const level_list_def =
    spanned((kw("any") >> x3::eps[set(&ast::LevelList::any, true)]) | level_names[put(&ast::LevelList::levels)]);

auto const criterion_decl_def = (kw("admit") | (kw("continue") >>
                                                x3::eps[set(&ast::CriterionDecl::kind, ast::CriterionKind::stay)])) >
                                name("a level")[put(&ast::CriterionDecl::level)] >>
                                *((clause("as") > declared_name[put(&ast::CriterionDecl::as_name)]) |
                                  (clause("when") > condition[put(&ast::CriterionDecl::when)]) | reasons());

auto const step_decl_def = kw("step") >
                           named("`up` or `down`", (kw("up") >> x3::eps[set(&ast::StepDecl::up, true)]) |
                                                       kw("down")) > level_list[put(&ast::StepDecl::from)] >
                           sym("->") > level_list[put(&ast::StepDecl::to)] >>
                           *((clause("when") > condition[put(&ast::StepDecl::when)]) | reasons());

auto const discharge_decl_def = kw("discharge") > level_list[put(&ast::DischargeDecl::from)] >>
                                *((clause("when") > condition[put(&ast::DischargeDecl::when)]) | reasons());

}  // namespace

BOOST_SPIRIT_DEFINE(level_list, criterion_decl, step_decl, discharge_decl)
CARESTEP_INSTANTIATE(criterion_decl)
CARESTEP_INSTANTIATE(step_decl)
CARESTEP_INSTANTIATE(discharge_decl)

}  // namespace carestep::parse

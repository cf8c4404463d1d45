// Guarantees, and what is accepted without them.

#include "parse/reasons.hpp"

namespace carestep::parse {

inline constexpr x3::rule<struct PromiseId, ast::Promise> promise{"a promise such as `at least LEVEL`"};

namespace {

constexpr auto level_promise = [](auto& ctx) { x3::_val(ctx).kind = std::move(x3::_attr(ctx)); };

// ---- grammar --------------------------------------------------------------------------------------------------------

auto const promise_def = spanned(level_action[level_promise] | (kw("needs") > service_names[kind<ast::NeedsAction>()]) |
                                 (kw("no") > kw("conflict") >> x3::eps[kind(ast::NoConflictPromise{})]) |
                                 (kw("eligible") >> x3::eps[kind(ast::EligiblePromise{})]));

auto const guarantee_decl_def = kw("guarantee") > heading[put(&ast::GuaranteeDecl::heading)] >>
                                *((clause("whenever") > condition[put(&ast::GuaranteeDecl::whenever)] > kw("then") >
                                   promise[put(&ast::GuaranteeDecl::promise)]) |
                                  reasons());

auto const waive_decl_def = kw("waive") > any_word("the name of a check")[put(&ast::WaiveDecl::check)] > kw("of") >
                            name("the name of what the check is about")[put(&ast::WaiveDecl::subject)] >
                            kw("because") > text[put(&ast::WaiveDecl::because)];

}  // namespace

BOOST_SPIRIT_DEFINE(promise, guarantee_decl, waive_decl)
CARESTEP_INSTANTIATE(guarantee_decl)
CARESTEP_INSTANTIATE(waive_decl)

}  // namespace carestep::parse

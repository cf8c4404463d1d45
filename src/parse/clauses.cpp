// The parts that several families share.

#include <vector>

#include "parse/grammar.hpp"
#include "parse/primitives.hpp"

namespace carestep::parse {
namespace {

// ---- grammar --------------------------------------------------------------------------------------------------------

auto const level_names_def = comma_list(name("a level")[push]);
auto const service_names_def = comma_list(name("a service")[push]);

auto const heading_def = declared_name[put(&ast::Heading::name)] >> -text[put(&ast::Heading::label)];

auto const code_clause_def = spanned(kw("code") > any_word("the name of a code system")[put(&ast::CodeClause::system)] >
                                     text[put(&ast::CodeClause::value)]);

auto const cite_def =
    spanned(kw("cites") > name("the name of a source")[put(&ast::Cite::source)] >> -text[put(&ast::Cite::where)]);

constexpr auto worse(char const* word, ast::Direction which) {
  return kw(word, "is") >> x3::eps[set(&ast::DirectionClause::worse, which)];
}
auto const direction_def = spanned((worse("higher", ast::Direction::higher) | worse("lower", ast::Direction::lower) |
                                    worse("yes", ast::Direction::yes) | worse("no", ast::Direction::no) |
                                    worse("more", ast::Direction::more)) > kw("worse"));

constexpr auto make_set = [](auto& ctx) { x3::_val(ctx).kind = ast::SetLiteral{}; };
constexpr auto add_member = [](auto& ctx) {
  std::get<ast::SetLiteral>(x3::_val(ctx).kind).members.push_back(std::move(x3::_attr(ctx)));
};
constexpr auto value = [](auto& ctx) { x3::_val(ctx).kind = std::move(x3::_attr(ctx)); };
auto const given_value_def = spanned((sym("(") >> x3::eps[make_set] > comma_list(value_word[add_member]) > sym(")")) |
                                     ((duration >> kw("ago"))[kind<ast::DaysAgo>()]) | duration[value] | number[value] |
                                     date_literal[value] | value_word[value]);

}  // namespace

BOOST_SPIRIT_DEFINE(level_names, service_names, heading, code_clause, cite, direction, given_value)
CARESTEP_INSTANTIATE(level_names)
CARESTEP_INSTANTIATE(service_names)
CARESTEP_INSTANTIATE(heading)
CARESTEP_INSTANTIATE(code_clause)
CARESTEP_INSTANTIATE(cite)
CARESTEP_INSTANTIATE(direction)
CARESTEP_INSTANTIATE(given_value)

}  // namespace carestep::parse

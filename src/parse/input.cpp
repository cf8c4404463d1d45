// Inputs and their types.

#include <utility>
#include <variant>
#include <vector>

#include "parse/grammar.hpp"
#include "parse/primitives.hpp"

namespace carestep::parse {

inline constexpr x3::rule<struct NumberTypeId, ast::NumberType> number_type{"`number`"};
inline constexpr x3::rule<struct ScaleValuesId, std::vector<ast::Word>> scale_values{"a value"};
inline constexpr x3::rule<struct ValuesId, std::vector<ast::Word>> values{"a value"};
inline constexpr x3::rule<struct InputTypeId, ast::InputType> input_type{"a type"};

namespace {

constexpr auto bare_unit = [](auto& ctx) {
  ast::Word& word = x3::_attr(ctx);
  x3::_val(ctx).unit = ast::Text{std::move(word.text), word.at};
};
constexpr auto quoted_unit = [](auto& ctx) {
  x3::_val(ctx).unit = std::move(x3::_attr(ctx));
  x3::_val(ctx).unit_quoted = true;
};
/// `step 0.5` belongs to the number; `step up` and `step down` begin the next declaration.
constexpr Ahead no_step_line([](Iterator at) {
  return !at->is_word("step") || !((at + 1)->is_word("up") || (at + 1)->is_word("down"));
});
constexpr auto or_never = [](auto& ctx) { std::get<ast::DateType>(x3::_val(ctx).kind).or_never = true; };
constexpr auto number_kind = [](auto& ctx) { x3::_val(ctx).kind = std::move(x3::_attr(ctx)); };

// ---- grammar --------------------------------------------------------------------------------------------------------

auto const number_type_def = kw("number") > number[put(&ast::NumberType::low)] >
                             kw("to") > number[put(&ast::NumberType::high)] >>
                             *((once("step", no_step_line >> kw("step") >> x3::eps) >
                                number[put(&ast::NumberType::step)]) |
                               (once("of", kw("of")) > named("a unit, a name or a text in quotes",
                                                             any_word("a unit")[bare_unit] | text[quoted_unit])));

// Whether a word may be a value is for `check` to say: it knows the declaration's other values.
auto const scale_values_def = any_word("a value")[push] >> *(sym("<") > any_word("a value")[push]);
auto const values_def = comma_list(any_word("a value")[push]);

auto const input_type_def = spanned(
    (kw("yes") >> sym("/") > kw("no") >> x3::eps[kind(ast::YesNoType{})]) |
    (kw("scale") > scale_values[kind<ast::ScaleType>()]) | (kw("one") > kw("of") > values[kind<ast::ChoiceType>()]) |
    (kw("any") > kw("of") > values[kind<ast::SetType>()]) | number_type[number_kind] |
    (kw("date") >> x3::eps[kind(ast::DateType{})] >> -(kw("or") > kw("never") >> x3::eps[or_never])));

auto const input_decl_def =
    kw("input") > heading[put(&ast::InputDecl::heading)] >>
    *(once("type", input_type[put(&ast::InputDecl::type)]) | (clause("ask") > text[put(&ast::InputDecl::ask)]) |
      (clause("help") > text[put(&ast::InputDecl::help)]) | code_clause[add(&ast::InputDecl::codes)] |
      once("direction", direction[put(&ast::InputDecl::direction)]) |
      (clause("valid") > kw("for") > duration[put(&ast::InputDecl::valid_for)]) |
      (clause("if") > kw("unknown") > kw("assume") > given_value[put(&ast::InputDecl::assume)]) |
      cite[add(&ast::InputDecl::cites)]);

}  // namespace

BOOST_SPIRIT_DEFINE(number_type, scale_values, values, input_type, input_decl)
CARESTEP_INSTANTIATE(input_decl)

}  // namespace carestep::parse

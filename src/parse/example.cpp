// Examples: what is given, and what is expected of the decision.

#include <string>
#include <utility>

#include "parse/grammar.hpp"
#include "parse/primitives.hpp"

namespace carestep::parse {

inline constexpr x3::rule<struct GivenId, ast::Given> given{"an input and its value"};
inline constexpr x3::rule<struct ExpectMoveId, ast::ExpectMove> expect_move{"a move"};
inline constexpr x3::rule<struct ExpectAskId, ast::ExpectAsk> expect_ask{"`ask`"};
inline constexpr x3::rule<struct ExpectRuleId, ast::ExpectRule> expect_rule{"the name of a rule"};
inline constexpr x3::rule<struct ExpectationId, ast::Expectation> expectation{"an expectation such as `stay at LEVEL`"};

namespace {

/// A keyword that becomes a word of the tree.
struct KeywordWord : Leaf<KeywordWord, ast::Word> {
  char const* word;
  constexpr explicit KeywordWord(char const* w) : word(w) {}
  std::ptrdiff_t take(Iterator at, ast::Word& taken) const {
    if (!at->is_word(word)) return 0;
    taken = {std::string(at->source), at->at};
    return 1;
  }
};

/// The level that a move leads to, `none` where it leads out of care.
struct LevelOrNone : Leaf<LevelOrNone, ast::Word> {
  std::ptrdiff_t take(Iterator at, ast::Word& word) const {
    return at->is_word("none") ? value_word.take(at, word) : name("a level").take(at, word);
  }
};

/// `r`, `table.2`, `tree.node.yes`
struct RuleName : Leaf<RuleName, std::string> {
  std::ptrdiff_t take(Iterator at, std::string& rule_name) const {
    if (!Name::fits(*at)) return 0;
    rule_name = at->source;
    std::ptrdiff_t count = 1;
    while ((at + count)->is_symbol(".")) {
      Token const& part = *(at + count + 1);
      if (part.kind != TokenKind::word && part.kind != TokenKind::number) return 0;
      rule_name += '.';
      rule_name += part.source;
      count += 2;
    }
    return count;
  }
};

template <ast::Given::Subject which>
constexpr auto subject = [](auto& ctx) {
  x3::_val(ctx).subject = which;
  x3::_val(ctx).name = std::move(x3::_attr(ctx));
};
constexpr auto assessment_day = [](auto& ctx) {
  ast::DateLiteral const day = x3::_attr(ctx);
  x3::_val(ctx).value = ast::GivenValue{day.at, day};
};
constexpr auto no_previous = [](auto& ctx) { x3::_val(ctx).subject = ast::Given::Subject::previous_none; };

constexpr auto expectation_kind = [](auto& ctx) { x3::_val(ctx).kind = std::move(x3::_attr(ctx)); };
constexpr auto between_low = [](auto& ctx) {
  std::get<ast::ExpectUndetermined>(x3::_val(ctx).kind).between = {std::move(x3::_attr(ctx)), ast::Word{}};
};
constexpr auto between_high = [](auto& ctx) {
  std::get<ast::ExpectUndetermined>(x3::_val(ctx).kind).between->second = std::move(x3::_attr(ctx));
};
constexpr auto negate = [](auto& ctx) { x3::_val(ctx).negated = true; };

constexpr auto move(ast::ExpectMove::Kind which) {
  return x3::eps[set(&ast::ExpectMove::kind, which)];
}
constexpr auto mark(char const* word, ast::ExpectMark::Kind which) {
  return kw(word) >> x3::eps[kind(ast::ExpectMark{which})];
}
constexpr auto level_or_none() {
  return named("a level or `none`", LevelOrNone{});
}
constexpr auto move_level() {
  return name("a level")[put(&ast::ExpectMove::level)];
}

// ---- grammar --------------------------------------------------------------------------------------------------------

auto const given_def = spanned(
    (KeywordWord("assessment_date")[subject<ast::Given::Subject::assessment_date>] > date_literal[assessment_day]) |
    (KeywordWord("unavailable")[subject<ast::Given::Subject::unavailable>] > sym("(") >
     level_names[put(&ast::Given::levels)] > sym(")")) |
    (KeywordWord("previous")[subject<ast::Given::Subject::previous>] >
     named("the name of an input, or `none`",
           (kw("none") >> x3::eps[no_previous]) |
               (name("the name of an input")[put(&ast::Given::name)] > given_value[put(&ast::Given::value)]))) |
    (name("the name of an input")[put(&ast::Given::name)] > given_value[put(&ast::Given::value)] >>
     -(kw("on") > date_literal[put(&ast::Given::on)])));

auto const expect_move_def = (kw("admit") > kw("to") >> move(ast::ExpectMove::Kind::admit) > move_level()) |
                             (kw("step", "up") > kw("to") >> move(ast::ExpectMove::Kind::step_up) > move_level()) |
                             (kw("step", "down") > kw("to") >> move(ast::ExpectMove::Kind::step_down) > move_level()) |
                             (kw("stay") > kw("at") >> move(ast::ExpectMove::Kind::stay) > move_level()) |
                             (kw("discharge") > kw("from") >> move(ast::ExpectMove::Kind::discharge) > move_level()) |
                             (kw("no", "move") >> move(ast::ExpectMove::Kind::no_move));

auto const expect_ask_def = -(kw("not") >> x3::eps[negate]) >> kw("ask") >>
                            -(kw("previous") >> x3::eps[set(&ast::ExpectAsk::previous, true)]) >
                            name("the name of an input")[put(&ast::ExpectAsk::input)];

auto const expect_rule_def = -(kw("not") >> x3::eps[negate]) >> kw("rule") >
                             named("the name of a rule", spanned(RuleName{}[put(&ast::ExpectRule::name)]));

auto const expectation_def = spanned(
    expect_move[expectation_kind] | expect_ask[expectation_kind] | expect_rule[expectation_kind] |
    (kw("placed", "nowhere") >> x3::eps[kind(ast::ExpectPlaced{})]) |
    (kw("placed") > kw("at") > name("a level")[kind<ast::ExpectPlaced>()]) |
    (kw("indicated", "none") >> x3::eps[kind(ast::ExpectIndicated{})]) |
    (kw("indicated") > named("a level or `none`", name("a level"))[kind<ast::ExpectIndicated>()]) |
    (kw("undetermined") >> x3::eps[kind(ast::ExpectUndetermined{})] >>
     -(kw("between") > level_or_none()[between_low] > kw("and") > level_or_none()[between_high])) |
    (kw("no", "conflict") >> x3::eps[kind(ast::ExpectMark{ast::ExpectMark::Kind::no_conflict})]) |
    mark("conflict", ast::ExpectMark::Kind::conflict) | mark("not_eligible", ast::ExpectMark::Kind::not_eligible) |
    mark("not_applicable", ast::ExpectMark::Kind::not_applicable) |
    mark("by_default", ast::ExpectMark::Kind::by_default) | mark("held", ast::ExpectMark::Kind::held) |
    mark("off_pathway", ast::ExpectMark::Kind::off_pathway) |
    (kw("suggest") > name("a service")[kind<ast::ExpectSuggest>()]) | (kw("alert") > text[kind<ast::ExpectAlert>()]) |
    (kw("reassess") > kw("in") > duration[kind<ast::ExpectReassess>()]));

auto const example_decl_def = kw("example") >
                              named("the example's name in quotes", text)[put(&ast::ExampleDecl::name)] >>
                              *((clause("given") >
                                 named("an input and its value", comma_list(given[add(&ast::ExampleDecl::given)]))) |
                                (clause("expect") > expectation[add(&ast::ExampleDecl::expect)] >>
                                 *(kw("and") > expectation[add(&ast::ExampleDecl::expect)])));

}  // namespace

BOOST_SPIRIT_DEFINE(given, expect_move, expect_ask, expect_rule, expectation, example_decl)
CARESTEP_INSTANTIATE(example_decl)

}  // namespace carestep::parse

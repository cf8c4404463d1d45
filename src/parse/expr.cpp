// Conditions and numbers: one grammar, from `or` down to a single word. `check` gives it types.
//
//   condition   negation, joined by `and` or by `or`
//   negation    `not` negation, or a comparison
//   comparison  a subject, and a test of it
//   numeric     terms, joined by `+` and `-`
//   term        a literal, NUMBER `*` term, or an operand: a name, parentheses, `count of` and the like

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "parse/grammar.hpp"
#include "parse/primitives.hpp"

namespace carestep::parse {
namespace {

// ---- ids ------------------------------------------------------------------------------------------------------------

/// The parts of a condition as they stand, before `and` and `or` are told apart.
struct Chain {
  std::vector<ast::ExprPtr> parts;
  std::vector<Token const*> operators;
};

}  // namespace

inline constexpr x3::rule<struct ChainId, Chain> chain{"a condition"};
inline constexpr x3::rule<struct NegationId, ast::ExprPtr> negation{"a condition"};
inline constexpr x3::rule<struct ComparisonId, ast::ExprPtr> comparison{"a condition"};
inline constexpr x3::rule<struct QuantifiedId, ast::Quantified> quantified{"a condition"};
inline constexpr x3::rule<struct ItemsId, ast::ItemList> items{"a list"};
inline constexpr x3::rule<struct ListedId, ast::ItemList> listed{"`(` or the name of a list"};
inline constexpr x3::rule<struct ItemId, ast::Item> item{"a condition"};
inline constexpr x3::rule<struct TestId, ast::Test> test{"a comparison"};
inline constexpr x3::rule<struct WordsId, std::vector<ast::Word>> value_words{"a value"};
inline constexpr x3::rule<struct RightId, ast::ExprPtr> right{"a value"};
inline constexpr x3::rule<struct LiteralId, ast::ExprPtr> literal{"a value"};
inline constexpr x3::rule<struct LiteralsId, std::vector<ast::ExprPtr>> literals{"a value"};
inline constexpr x3::rule<struct TermId, ast::ExprPtr> term{"a number or a name"};
inline constexpr x3::rule<struct OperandId, ast::ExprPtr> operand{"a number or a name"};

namespace {

// ---- building
// ---------------------------------------------------------------------------------------------------------

template <class Node>
ast::ExprPtr make(Node node) {
  auto expr = std::make_unique<ast::Expr>();
  expr->node = std::move(node);
  return expr;
}

/// The rule's value becomes a node of what was parsed.
template <class Node>
constexpr auto node() {
  return [](auto& ctx) { x3::_val(ctx) = make(Node{std::move(x3::_attr(ctx))}); };
}

bool is_or(Token const* token) {
  return token->source == "or";
}

template <class Node>
ast::ExprPtr join(std::vector<ast::ExprPtr> parts, std::vector<Span> operators) {
  if (parts.size() == 1) return std::move(parts.front());
  Span const at = cover(parts.front()->at, parts.back()->at);
  ast::ExprPtr joined = make(Node{std::move(parts), std::move(operators)});
  joined->at = at;
  return joined;
}

/// The parts that `and` joins between two `or`s, as if the author had put parentheses around them: a condition that
/// mixes both, once reported, still has a meaning.
ast::ExprPtr join_factors(std::vector<ast::ExprPtr> factors, std::vector<Span> ands, bool mixed) {
  bool const several = factors.size() > 1;
  ast::ExprPtr joined = join<ast::And>(std::move(factors), std::move(ands));
  if (!mixed || !several) return joined;
  Span const at = joined->at;
  joined = make(ast::Group{std::move(joined)});
  joined->at = at;
  return joined;
}

ast::ExprPtr join_chain(Chain chain_parts, bool mixed) {
  std::vector<ast::ExprPtr> choices;
  std::vector<Span> ors;
  std::vector<ast::ExprPtr> factors;
  std::vector<Span> ands;
  for (std::size_t i = 0; i < chain_parts.parts.size(); ++i) {
    factors.push_back(std::move(chain_parts.parts[i]));
    bool const last = i == chain_parts.operators.size();
    if (!last && !is_or(chain_parts.operators[i])) {
      ands.push_back(chain_parts.operators[i]->at);
      continue;
    }
    if (!last) ors.push_back(chain_parts.operators[i]->at);
    choices.push_back(join_factors(std::exchange(factors, {}), std::exchange(ands, {}), mixed));
  }
  return join<ast::Or>(std::move(choices), std::move(ors));
}

constexpr auto build_chain = [](auto& ctx) {
  Chain& parts = x3::_attr(ctx);
  bool const with_or = std::any_of(parts.operators.begin(), parts.operators.end(), is_or);
  bool const with_and = !std::all_of(parts.operators.begin(), parts.operators.end(), is_or);
  if (with_or && with_and) state_of(ctx).report_mixed(parts.parts, parts.operators);
  x3::_val(ctx) = join_chain(std::move(parts), with_or && with_and);
};

template <bool minus>
constexpr auto add_term = [](auto& ctx) {
  ast::ExprPtr& sum = x3::_val(ctx);
  if (!std::holds_alternative<ast::Sum>(sum->node)) {
    std::vector<ast::Sum::Term> terms;
    terms.push_back({false, std::move(sum)});
    sum = make(ast::Sum{std::move(terms)});
  }
  std::get<ast::Sum>(sum->node).terms.push_back({minus, std::move(x3::_attr(ctx))});
};

constexpr auto scale = [](auto& ctx) {
  ast::ExprPtr& factor = x3::_val(ctx);
  factor = make(ast::Scaled{std::get<ast::Number>(factor->node), std::move(x3::_attr(ctx))});
};

constexpr auto number_node = [](auto& ctx) {
  Span const at = x3::_attr(ctx).at;
  x3::_val(ctx) = make(x3::_attr(ctx));
  x3::_val(ctx)->at = at;
};

/// A test behind a list is made of each of its items; behind anything else, of that.
constexpr auto attach_test = [](auto& ctx) {
  ast::ExprPtr& subject = x3::_val(ctx);
  if (auto* list = std::get_if<ast::Quantified>(&subject->node))
    list->test = std::move(x3::_attr(ctx));
  else
    subject = make(ast::Compare{std::move(subject), std::move(x3::_attr(ctx))});
};

template <ast::Relation op, bool symbol = false>
constexpr auto relation = [](auto& ctx) {
  x3::_val(ctx).kind = ast::RelationTest{op, symbol, std::move(x3::_attr(ctx))};
};
constexpr auto symbol_relation = [](auto& ctx) {
  x3::_val(ctx).kind = ast::RelationTest{x3::_attr(ctx), true, nullptr};
};
constexpr auto symbol_right = [](auto& ctx) {
  std::get<ast::RelationTest>(x3::_val(ctx).kind).right = std::move(x3::_attr(ctx));
};
template <bool negated>
constexpr auto is_value = [](auto& ctx) {
  x3::_val(ctx).kind = ast::IsTest{negated, std::move(x3::_attr(ctx))};
};
template <bool negated>
constexpr auto is_one_of = [](auto& ctx) {
  x3::_val(ctx).kind = ast::OneOfTest{negated, std::move(x3::_attr(ctx))};
};
constexpr auto between_low = [](auto& ctx) {
  x3::_val(ctx).kind = ast::BetweenTest{std::move(x3::_attr(ctx)), nullptr};
};
constexpr auto between_high = [](auto& ctx) {
  std::get<ast::BetweenTest>(x3::_val(ctx).kind).high = std::move(x3::_attr(ctx));
};
template <bool better>
constexpr auto or_worse = [](auto& ctx) {
  auto& is = std::get<ast::IsTest>(x3::_val(ctx).kind);
  ast::ExprPtr value = std::move(is.right);
  x3::_val(ctx).kind = ast::OrWorseTest{std::move(value), better};
};
template <ast::IncludesKind includes>
constexpr auto includes_words = [](auto& ctx) {
  x3::_val(ctx).kind = ast::IncludesTest{includes, std::move(x3::_attr(ctx))};
};
constexpr auto includes_word = [](auto& ctx) {
  x3::_val(ctx).kind = ast::IncludesTest{ast::IncludesKind::one, {std::move(x3::_attr(ctx))}};
};

// ---- words where a name or a value may stand
// -------------------------------------------------------------------------

/// `none <= x`: a keyword as a subject can only be a value left of a symbol.
struct LeftValue : Leaf<LeftValue, ast::Word> {
  std::ptrdiff_t take(Iterator at, ast::Word& word) const {
    bool const value = at->kind == TokenKind::word && at->keyword && !is_built_in(at->source) && !at->reserved;
    return value && RelationSymbol::fits(at + 1) ? value_word.take(at, word) : 0;
  }
};

/// `is none`, `is active`: a keyword as a value. `count of` and its like begin a number; a keyword on a new line before
/// a text begins a clause, and the value was forgotten.
struct RightValue : Leaf<RightValue, ast::Word> {
  std::ptrdiff_t take(Iterator at, ast::Word& word) const {
    if (at->kind != TokenKind::word || !at->keyword || is_built_in(at->source)) return 0;
    Token const& behind = *(at + 1);
    if (behind.is_word("of") || (at->first_on_line && behind.kind == TokenKind::text)) return 0;
    return value_word.take(at, word);
  }
};

/// `and` or `or` between two conditions. Outside parentheses it may not begin a line below a bullet.
struct Connective : TokenParser<Connective, Token const*> {
  template <class C, class R>
  bool parse(Iterator& first, Iterator const&, C const& context, R&, Token const*& op) const {
    if (!first->is_word("and") && !first->is_word("or")) return false;
    State& state = state_of(context);
    if (state.in_bullet && first->first_on_line)
      state.sink()
          .report(Code::connective_below_bullet, first->at,
                  "a line that starts with `{}` could belong to the bullet or to the list", first->source)
          .help("write it on the bullet's line, or put the list in parentheses");
    op = &*first;
    ++first;
    return true;
  }
  template <class C, class R>
  bool parse(Iterator& first, Iterator const& last, C const& context, R& rcontext, x3::unused_type) const {
    Token const* ignored = nullptr;
    return parse(first, last, context, rcontext, ignored);
  }
};
constexpr Connective connective{};

/// The `-` of a list's item. Bullets stand neither within bullets nor within parentheses.
struct Bullet : TokenParser<Bullet> {
  template <class C, class R, class A>
  bool parse(Iterator& first, Iterator const&, C const& context, R&, A&) const {
    if (first->kind != TokenKind::bullet) return false;
    State& state = state_of(context);
    if (state.parentheses > 0 || state.in_bullet) {
      state.sink()
          .report(Code::nested_bullets, first->at, "a list with bullets cannot stand inside {}",
                  state.in_bullet ? "another one" : "parentheses")
          .help("write the inner list in parentheses: `(…, …)`");
      throw GiveUp{first};
    }
    ++first;
    return true;
  }
};
constexpr Bullet bullet{};

/// A second test behind a test: `1 <= x <= 5`.
struct NoChain : TokenParser<NoChain> {
  template <class C, class R, class A>
  bool parse(Iterator& first, Iterator const&, C const& context, R&, A&) const {
    if (!RelationSymbol::fits(first) && !first->is_word("is")) return true;
    state_of(context)
        .sink()
        .report(Code::chained_comparison, first->at, "a second comparison behind the first")
        .help("write `is between … and …`, or join two comparisons with `and`");
    throw GiveUp{first};
  }
};
constexpr NoChain no_chain{};

/// The words of a test that may also be a grade's value.
constexpr auto test_word(char const* word) {
  return Ahead([word](Iterator at) {
           return at->is_word(word) && !(at + 1)->is_word("when") && !(at + 1)->is_word("otherwise");
         }) >>
         kw(word);
}

// ---- grammar --------------------------------------------------------------------------------------------------------

constexpr auto add_part = [](auto& ctx) { x3::_val(ctx).parts.push_back(std::move(x3::_attr(ctx))); };
constexpr auto add_operator = [](auto& ctx) { x3::_val(ctx).operators.push_back(x3::_attr(ctx)); };

auto const condition_def = spanned(chain[build_chain]);

auto const chain_def = negation[add_part] >> *(connective[add_operator] > negation[add_part]);

auto const negation_def = spanned((kw("not") > nested(negation)[node<ast::Not>()]) | comparison[take]);

auto const comparison_def =
    spanned((quantified[node<ast::Quantified>()] | LeftValue{}[node<ast::NameRef>()] | numeric[take]) >>
            -(test[attach_test] >> no_chain));

template <ast::Quantifier quantifier>
constexpr auto set_kind = set(&ast::Quantified::kind, quantifier);

auto const quantified_def = ((kw("all", "of") >> x3::eps[set_kind<ast::Quantifier::all>]) |
                             (kw("any", "of") >> x3::eps[set_kind<ast::Quantifier::any>]) |
                             (kw("none", "of") >> x3::eps[set_kind<ast::Quantifier::none>]) |
                             (((kw("at", "least") >> x3::eps[set_kind<ast::Quantifier::at_least>]) |
                               (kw("at", "most") >> x3::eps[set_kind<ast::Quantifier::at_most>]) |
                               (kw("exactly") >> x3::eps[set_kind<ast::Quantifier::exactly>])) >
                              number[put(&ast::Quantified::n)] > kw("of"))) >
                            named("`(`, bullets or the name of a list", items[put(&ast::Quantified::items)]);

auto const items_def =
    spanned((+(bullet > in_bullet(item)[add(&ast::ItemList::items)]) >> x3::eps[set(&ast::ItemList::bulleted, true)]) |
            listed[take]);

auto const listed_def = spanned(in_parentheses(comma_list(item[add(&ast::ItemList::items)])) |
                                name("the name of a list")[put(&ast::ItemList::name)]);

auto const item_def = condition[put(&ast::Item::value)] >> -text[put(&ast::Item::label)];

auto const test_def = spanned(
    (kw("is") >
     named("a value",
           (kw("at", "least") > right[relation<ast::Relation::at_least>]) |
               (kw("at", "most") > right[relation<ast::Relation::at_most>]) |
               (kw("above") > right[relation<ast::Relation::above>]) |
               (kw("below") > right[relation<ast::Relation::below>]) |
               (kw("between") > right[between_low] > kw("and") > right[between_high]) |
               (kw("one") > kw("of") > in_parentheses(literals[is_one_of<false>])) |
               (kw("empty") >> x3::eps[kind(ast::EmptyTest{false})]) |
               (kw("not") >
                named("a value", (kw("one") > kw("of") > in_parentheses(literals[is_one_of<true>])) |
                                     (kw("empty") >> x3::eps[kind(ast::EmptyTest{true})]) | right[is_value<true>])) |
               (right[is_value<false>] >>
                -(kw("or", "worse") >> x3::eps[or_worse<false>] | kw("or", "better") >> x3::eps[or_worse<true>])))) |
    (relation_symbol[symbol_relation] > right[symbol_right]) |
    (test_word("includes") > ((kw("any", "of") > in_parentheses(value_words[includes_words<ast::IncludesKind::any>])) |
                              (kw("all", "of") > in_parentheses(value_words[includes_words<ast::IncludesKind::all>])) |
                              value_word[includes_word])) |
    (test_word("within") > duration[kind<ast::WithinTest>()]) |
    (kw("more") > kw("than") > duration[kind<ast::MoreThanAgoTest>()] > kw("ago")));

auto const value_words_def = comma_list(value_word[push]);
auto const literals_def = comma_list(literal[push]);

auto const right_def = RightValue{}[node<ast::NameRef>()] | numeric[take];

auto const literal_def =
    spanned(duration[number_node] | number[number_node] | date_literal[number_node] | value_word[node<ast::NameRef>()]);

auto const numeric_def =
    spanned(term[take] >> *((sym("+") > term[add_term<false>]) | (sym("-") > term[add_term<true>])));

auto const term_def = spanned(duration[number_node] | (number[number_node] >> -(sym("*") > nested(term)[scale])) |
                              date_literal[number_node] | operand[take]);

constexpr auto days_since_previous = [](auto& ctx) { std::get<ast::DaysSince>(x3::_val(ctx)->node).previous = true; };
constexpr auto days_since_name = [](auto& ctx) {
  std::get<ast::DaysSince>(x3::_val(ctx)->node).name = std::move(x3::_attr(ctx));
};
template <bool highest>
constexpr auto extreme = [](auto& ctx) {
  x3::_val(ctx) = make(ast::Extreme{highest, std::move(x3::_attr(ctx))});
};

auto const operand_def =
    spanned(in_parentheses(condition[node<ast::Group>()]) |
            (kw("days", "since") >> x3::eps[([](auto& ctx) { x3::_val(ctx) = make(ast::DaysSince{}); })] >
             named("the name of a date",
                   -(kw("previous") >> x3::eps[days_since_previous]) >> name("the name of a date")[days_since_name])) |
            (kw("previous") > name("the name of an input")[node<ast::Previous>()]) | count_of[take] |
            (kw("highest", "of") > listed[extreme<true>]) | (kw("lowest", "of") > listed[extreme<false>]) |
            name("a name")[node<ast::NameRef>()]);

constexpr auto count_node = [](auto& ctx) { x3::_val(ctx) = make(ast::CountOf{}); };
constexpr auto count_items = [](auto& ctx) {
  auto& count = std::get<ast::CountOf>(x3::_val(ctx)->node);
  ast::ItemList& list = x3::_attr(ctx);
  if (list.name)
    count.set = std::move(list.name);
  else
    count.items = std::move(list);
};
constexpr auto count_previous = [](auto& ctx) {
  auto& count = std::get<ast::CountOf>(x3::_val(ctx)->node);
  count.previous = true;
  count.set = std::move(x3::_attr(ctx));
};

auto const count_of_def =
    spanned(kw("count", "of") >> x3::eps[count_node] >
            named("`(` or the name of a set",
                  (kw("previous") > name("the name of a set")[count_previous]) | listed[count_items]));

}  // namespace

BOOST_SPIRIT_DEFINE(condition, chain, negation, comparison, quantified, items, listed, item, test, value_words, right,
                    literal, literals, numeric, term, operand, count_of)
CARESTEP_INSTANTIATE(condition)
CARESTEP_INSTANTIATE(numeric)
CARESTEP_INSTANTIATE(count_of)

}  // namespace carestep::parse

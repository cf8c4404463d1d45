#pragma once

// The smallest parsers: one token or two each, and directives that keep book in the `State`.

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

#include "ast/ast.hpp"
#include "parse/config.hpp"
#include "parse/keywords.hpp"

namespace carestep::parse {

// ---- tokens -------------------------------------------------------------------------------------------------------

/// What X3 asks of every parser: the type of its attribute.
template <class Derived, class Attribute = x3::unused_type>
struct TokenParser : x3::parser<Derived> {
  using attribute_type = Attribute;
  static bool const has_attribute = !std::is_same_v<Attribute, x3::unused_type>;
};

/// A parser of tokens without an attribute: `Match` says how many tokens it takes at a place, 0 when it does not match.
template <class Derived>
struct Matcher : TokenParser<Derived> {
  template <class C, class R, class A>
  bool parse(Iterator& first, Iterator const&, C const&, R&, A&) const {
    std::ptrdiff_t const count = this->derived().match(first);
    first += count;
    return count != 0;
  }
};

/// A keyword.
struct Keyword : Matcher<Keyword> {
  char const* word;
  constexpr explicit Keyword(char const* w) : word(w) {}
  std::ptrdiff_t match(Iterator at) const { return at->is_word(word) ? 1 : 0; }
};
constexpr Keyword kw(char const* word) {
  return Keyword{word};
}

/// Two keywords, one behind the other.
struct KeywordPair : Matcher<KeywordPair> {
  char const* one;
  char const* two;
  constexpr KeywordPair(char const* a, char const* b) : one(a), two(b) {}
  std::ptrdiff_t match(Iterator at) const { return at->is_word(one) && (at + 1)->is_word(two) ? 2 : 0; }
};
constexpr KeywordPair kw(char const* one, char const* two) {
  return {one, two};
}

struct Symbol : Matcher<Symbol> {
  char const* symbol;
  constexpr explicit Symbol(char const* s) : symbol(s) {}
  std::ptrdiff_t match(Iterator at) const { return at->is_symbol(symbol) ? 1 : 0; }
};
constexpr Symbol sym(char const* symbol) {
  return Symbol{symbol};
}

/// A test of the tokens ahead that takes none of them.
template <class Test>
struct Ahead : TokenParser<Ahead<Test>> {
  Test test;
  constexpr explicit Ahead(Test t) : test(t) {}
  template <class C, class R, class A>
  bool parse(Iterator& first, Iterator const&, C const&, R&, A&) const {
    return test(first);
  }
};

/// A parser of one token with an attribute.
template <class Derived, class Attribute>
struct Leaf : TokenParser<Derived, Attribute> {
  template <class C, class R>
  bool parse(Iterator& first, Iterator const& last, C const& context, R& rcontext, x3::unused_type) const {
    Attribute ignored;
    return parse(first, last, context, rcontext, ignored);
  }
  template <class C, class R>
  bool parse(Iterator& first, Iterator const&, C const&, R&, Attribute& attribute) const {
    std::ptrdiff_t const count = this->derived().take(first, attribute);
    first += count;
    return count != 0;
  }
};

/// The name of something declared; `what` says of what, with its article.
struct Name : Leaf<Name, ast::Word> {
  char const* what;
  constexpr explicit Name(char const* w) : what(w) {}
  static bool fits(Token const& token) {
    return token.kind == TokenKind::word && (!token.keyword || is_built_in(token.source));
  }
  std::ptrdiff_t take(Iterator at, ast::Word& word) const {
    if (!fits(*at)) return 0;
    word = {std::string(at->source), at->at};
    return 1;
  }
};
constexpr Name name(char const* what) {
  return Name{what};
}

/// Any word.
struct AnyWord : Leaf<AnyWord, ast::Word> {
  char const* what;
  constexpr explicit AnyWord(char const* w) : what(w) {}
  std::ptrdiff_t take(Iterator at, ast::Word& word) const {
    if (at->kind != TokenKind::word) return 0;
    word = {std::string(at->source), at->at};
    return 1;
  }
};
constexpr AnyWord any_word(char const* what) {
  return AnyWord{what};
}

/// A word that may be a value.
struct ValueWord : Leaf<ValueWord, ast::Word> {
  std::ptrdiff_t take(Iterator at, ast::Word& word) const {
    if (at->kind != TokenKind::word || at->reserved) return 0;
    word = {std::string(at->source), at->at};
    return 1;
  }
};
inline constexpr ValueWord value_word{};

struct QuotedText : Leaf<QuotedText, ast::Text> {
  std::ptrdiff_t take(Iterator at, ast::Text& text) const {
    if (at->kind != TokenKind::text) return 0;
    text = {at->value, at->at};
    return 1;
  }
};
inline constexpr QuotedText text{};

struct DateToken : Leaf<DateToken, ast::DateLiteral> {
  std::ptrdiff_t take(Iterator at, ast::DateLiteral& date) const {
    if (at->kind != TokenKind::date) return 0;
    date = {at->date, at->at};
    return 1;
  }
};
inline constexpr DateToken date_literal{};

/// A number, with its sign.
struct NumberToken : Leaf<NumberToken, ast::Number> {
  std::ptrdiff_t take(Iterator at, ast::Number& number) const {
    bool const minus = at->is_symbol("-");
    Iterator const digits = minus ? at + 1 : at;
    if (digits->kind != TokenKind::number) return 0;
    number = {Decimal{minus ? -digits->number.scaled : digits->number.scaled}, cover(at->at, digits->at)};
    return minus ? 2 : 1;
  }
};
inline constexpr NumberToken number{};

/// A number without a sign and a unit of time.
struct DurationTokens : Leaf<DurationTokens, ast::Duration> {
  std::ptrdiff_t take(Iterator at, ast::Duration& duration) const {
    if (at->kind != TokenKind::number) return 0;
    Token const& unit = *(at + 1);
    if (unit.is_word("hour") || unit.is_word("hours"))
      duration.unit = ast::TimeUnit::hour;
    else if (unit.is_word("week") || unit.is_word("weeks"))
      duration.unit = ast::TimeUnit::week;
    else if (unit.is_word("day") || (unit.is_word("days") && !(at + 2)->is_word("since")))
      duration.unit = ast::TimeUnit::day;
    else
      return 0;
    duration.amount = at->number;
    duration.at = cover(at->at, unit.at);
    return 2;
  }
};
inline constexpr DurationTokens duration{};

/// `= != >= <= > <`
struct RelationSymbol : Leaf<RelationSymbol, ast::Relation> {
  static std::ptrdiff_t take(Iterator at, ast::Relation& relation) {
    static constexpr std::pair<std::string_view, ast::Relation> symbols[] = {
        {"=", ast::Relation::equal},    {"!=", ast::Relation::not_equal}, {">=", ast::Relation::at_least},
        {"<=", ast::Relation::at_most}, {">", ast::Relation::above},      {"<", ast::Relation::below}};
    for (auto const& [symbol, meaning] : symbols) {
      if (!at->is_symbol(symbol)) continue;
      relation = meaning;
      return 1;
    }
    return 0;
  }
  static bool fits(Iterator at) {
    ast::Relation ignored{};
    return take(at, ignored) != 0;
  }
};
inline constexpr RelationSymbol relation_symbol{};

/// The name that a declaration declares.
struct DeclaredName : TokenParser<DeclaredName, ast::Word> {
  template <class C, class R>
  bool parse(Iterator& first, Iterator const&, C const& context, R&, ast::Word& word) const {
    if (first->kind != TokenKind::word) return false;
    if (first->keyword)
      state_of(context)
          .sink()
          .report(Code::keyword_as_name, first->at, "`{}` is a word of the language and cannot be a name",
                  first->source)
          .help("another name, such as `{}_1`", first->source);
    word = {std::string(first->source), first->at};
    ++first;
    return true;
  }
  template <class C, class R>
  bool parse(Iterator& first, Iterator const& last, C const& context, R& rcontext, x3::unused_type) const {
    ast::Word ignored;
    return parse(first, last, context, rcontext, ignored);
  }
};
inline constexpr DeclaredName declared_name{};

// ---- directives ---------------------------------------------------------------------------------------------------

inline void set_span(ast::ExprPtr& expr, Span at) {
  expr->at = at;
}
template <class T>
void set_span(T& node, Span at) {
  node.at = at;
}

inline Span span_of(Iterator first, Iterator end) {
  return cover(first->at, (end - 1)->at);
}

/// Gives the value of the rule around it the span of the tokens that the subject took.
template <class Subject>
struct Spanned : x3::unary_parser<Subject, Spanned<Subject>> {
  using x3::unary_parser<Subject, Spanned<Subject>>::unary_parser;
  static bool const is_pass_through_unary = true;
  template <class C, class R, class A>
  bool parse(Iterator& first, Iterator const& last, C const& context, R& rule_value, A& attribute) const {
    Iterator const begin = first;
    if (!this->subject.parse(first, last, context, rule_value, attribute)) return false;
    set_span(rule_value, span_of(begin, first));
    return true;
  }
};

/// Another name for the subject in messages.
template <class Subject>
struct Named : x3::unary_parser<Subject, Named<Subject>> {
  static bool const is_pass_through_unary = true;
  char const* what;
  constexpr Named(Subject const& s, char const* w) : x3::unary_parser<Subject, Named<Subject>>(s), what(w) {}
  template <class C, class R, class A>
  bool parse(Iterator& first, Iterator const& last, C const& context, R& rcontext, A& attribute) const {
    return this->subject.parse(first, last, context, rcontext, attribute);
  }
};

/// A clause that a declaration has at most once. It begins with the subject.
template <class Subject>
struct Once : x3::unary_parser<Subject, Once<Subject>> {
  static bool const is_pass_through_unary = true;
  char const* clause;
  constexpr Once(Subject const& s, char const* c) : x3::unary_parser<Subject, Once<Subject>>(s), clause(c) {}
  template <class C, class R, class A>
  bool parse(Iterator& first, Iterator const& last, C const& context, R& rcontext, A& attribute) const {
    Iterator const begin = first;
    if (!this->subject.parse(first, last, context, rcontext, attribute)) return false;
    state_of(context).note_clause(clause, begin->at);
    return true;
  }
};

[[noreturn]] void give_up_nesting(State& state, Iterator at);

/// One more level of nesting. `Kind` says what the level is to lists of bullets.
enum class Level { plain, parentheses, bullet };
template <class Subject, Level level>
struct Nested : x3::unary_parser<Subject, Nested<Subject, level>> {
  using x3::unary_parser<Subject, Nested<Subject, level>>::unary_parser;
  static bool const is_pass_through_unary = true;
  template <class C, class R, class A>
  bool parse(Iterator& first, Iterator const& last, C const& context, R& rcontext, A& attribute) const {
    State& state = state_of(context);
    Guard const guard(state);
    if (++state.nesting > max_nesting) give_up_nesting(state, first);
    if constexpr (level == Level::parentheses) ++state.parentheses;
    if constexpr (level != Level::plain) state.in_bullet = level == Level::bullet;
    return this->subject.parse(first, last, context, rcontext, attribute);
  }

 private:
  struct Guard {
    explicit Guard(State& s) : state(s), nesting(s.nesting), parentheses(s.parentheses), in_bullet(s.in_bullet) {}
    Guard(Guard const&) = delete;
    Guard& operator=(Guard const&) = delete;
    ~Guard() {
      state.nesting = nesting;
      state.parentheses = parentheses;
      state.in_bullet = in_bullet;
    }
    State& state;
    int nesting;
    int parentheses;
    bool in_bullet;
  };
};

template <class P>
using Parser = typename x3::extension::as_parser<P>::value_type;

template <class P>
constexpr auto spanned(P const& p) {
  return Spanned<Parser<P>>(x3::as_parser(p));
}
template <class P>
constexpr auto named(char const* what, P const& p) {
  return Named<Parser<P>>(x3::as_parser(p), what);
}
template <class P>
constexpr auto once(char const* clause, P const& p) {
  return Once<Parser<P>>(x3::as_parser(p), clause);
}
template <class P>
constexpr auto nested(P const& p) {
  return Nested<Parser<P>, Level::plain>(x3::as_parser(p));
}
template <class P>
constexpr auto in_parentheses(P const& p) {
  return sym("(") > Nested<Parser<P>, Level::parentheses>(x3::as_parser(p)) > sym(")");
}
template <class P>
constexpr auto in_bullet(P const& p) {
  return Nested<Parser<P>, Level::bullet>(x3::as_parser(p));
}
/// The keyword that begins a clause which stands once.
constexpr auto clause(char const* word) {
  return once(word, kw(word));
}
constexpr auto clause(char const* one, char const* two) {
  return once(one, kw(one, two));
}

/// `p, p, p`
template <class P>
constexpr auto comma_list(P const& p) {
  return p >> *(sym(",") > p);
}

// ---- actions --------------------------------------------------------------------------------------------------------

inline constexpr auto take = [](auto& ctx) { x3::_val(ctx) = std::move(x3::_attr(ctx)); };
inline constexpr auto push = [](auto& ctx) { x3::_val(ctx).push_back(std::move(x3::_attr(ctx))); };

/// Puts what was parsed into a member of the rule's value.
template <class Member>
constexpr auto put(Member member) {
  return [member](auto& ctx) { x3::_val(ctx).*member = std::move(x3::_attr(ctx)); };
}
template <class Member>
constexpr auto add(Member member) {
  return [member](auto& ctx) { (x3::_val(ctx).*member).push_back(std::move(x3::_attr(ctx))); };
}
/// Sets a member to a constant.
template <class Member, class Value>
constexpr auto set(Member member, Value value) {
  return [member, value](auto& ctx) { x3::_val(ctx).*member = value; };
}
/// Sets the variant `kind` of the rule's value to the alternative T made of what was parsed.
template <class T>
constexpr auto kind() {
  return [](auto& ctx) { x3::_val(ctx).kind = T{std::move(x3::_attr(ctx))}; };
}
/// The same without anything parsed.
template <class T>
constexpr auto kind(T value) {
  return [value](auto& ctx) { x3::_val(ctx).kind = value; };
}

}  // namespace carestep::parse

namespace boost::spirit::x3 {

template <>
struct get_info<carestep::parse::Keyword> {
  using result_type = std::string;
  std::string operator()(carestep::parse::Keyword const& p) const { return std::string("`") + p.word + "`"; }
};
template <>
struct get_info<carestep::parse::KeywordPair> {
  using result_type = std::string;
  std::string operator()(carestep::parse::KeywordPair const& p) const {
    return std::string("`") + p.one + " " + p.two + "`";
  }
};
template <>
struct get_info<carestep::parse::Symbol> {
  using result_type = std::string;
  std::string operator()(carestep::parse::Symbol const& p) const { return std::string("`") + p.symbol + "`"; }
};
template <>
struct get_info<carestep::parse::Name> {
  using result_type = std::string;
  std::string operator()(carestep::parse::Name const& p) const { return p.what; }
};
template <>
struct get_info<carestep::parse::AnyWord> {
  using result_type = std::string;
  std::string operator()(carestep::parse::AnyWord const& p) const { return p.what; }
};
template <class Subject>
struct get_info<carestep::parse::Named<Subject>> {
  using result_type = std::string;
  std::string operator()(carestep::parse::Named<Subject> const& p) const { return p.what; }
};
template <class Subject>
struct get_info<carestep::parse::Spanned<Subject>> {
  using result_type = std::string;
  std::string operator()(carestep::parse::Spanned<Subject> const& p) const { return what(p.subject); }
};
template <class Subject>
struct get_info<carestep::parse::Once<Subject>> {
  using result_type = std::string;
  std::string operator()(carestep::parse::Once<Subject> const& p) const { return what(p.subject); }
};
template <class Subject, carestep::parse::Level level>
struct get_info<carestep::parse::Nested<Subject, level>> {
  using result_type = std::string;
  std::string operator()(carestep::parse::Nested<Subject, level> const& p) const { return what(p.subject); }
};

#define CARESTEP_WHAT(type, words)                                               \
  template <>                                                                    \
  struct get_info<carestep::parse::type> {                                       \
    using result_type = std::string;                                             \
    std::string operator()(carestep::parse::type const&) const { return words; } \
  };
CARESTEP_WHAT(ValueWord, "a value")
CARESTEP_WHAT(QuotedText, "a text in quotes")
CARESTEP_WHAT(DateToken, "a date such as `2026-05-14`")
CARESTEP_WHAT(NumberToken, "a number")
CARESTEP_WHAT(DurationTokens, "a duration such as `7 days`")
CARESTEP_WHAT(RelationSymbol, "a comparison")
CARESTEP_WHAT(DeclaredName, "a name")
#undef CARESTEP_WHAT

}  // namespace boost::spirit::x3

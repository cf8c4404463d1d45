#pragma once

// What every file of the grammar shares: the iterator, the context, and how a parser is named in a message.

#include <boost/spirit/home/x3.hpp>
#include <string>

#include "parse/state.hpp"
#include "parse/token.hpp"

#ifdef __clang__
// In a grammar `a >> b > c` reads from left to right, as meant.
#pragma clang diagnostic ignored "-Woverloaded-shift-op-parentheses"
#endif

namespace carestep::parse {

namespace x3 = boost::spirit::x3;

using Iterator = Tokens::const_iterator;

/// The context holds the `State` of the file's parse.
struct StateTag;
using Context = x3::context<StateTag, State>;

template <class C>
State& state_of(C const& context) {
  return x3::get<StateTag>(context);
}

}  // namespace carestep::parse

// An expectation names what it waits for in the author's words: the name of a rule, of a primitive or of `named`.
namespace boost::spirit::x3 {

template <class Subject, class Action>
struct get_info<action<Subject, Action>> {
  using result_type = std::string;
  std::string operator()(action<Subject, Action> const& parser) const { return what(parser.subject); }
};

template <class Left, class Right>
struct get_info<sequence<Left, Right>> {
  using result_type = std::string;
  std::string operator()(sequence<Left, Right> const& parser) const { return what(parser.left); }
};

template <class Left, class Right>
struct get_info<alternative<Left, Right>> {
  using result_type = std::string;
  std::string operator()(alternative<Left, Right> const& parser) const {
    return what(parser.left) + " or " + what(parser.right);
  }
};

}  // namespace boost::spirit::x3

#pragma once

#include <string>
#include <vector>

#include "ast/ast.hpp"

namespace carestep::ast {

/// Writes `(head a b c)`; parts that are empty are left out.
std::string list(std::string const& head, std::vector<std::string> const& parts);

std::string quoted(std::string const& text);
std::string print(Duration const& duration);
std::string print_words(std::vector<Word> const& words);
std::string print(ExprPtr const& expr);  // empty for null

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}  // namespace carestep::ast

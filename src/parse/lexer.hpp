#pragma once

#include <cstdint>
#include <vector>

#include "ast/ast.hpp"
#include "diag/sink.hpp"
#include "parse/token.hpp"

namespace carestep::parse {

struct Lexed {
  Tokens tokens;  // the last one is of kind `end`
  std::vector<ast::Comment> comments;
};

/// Cuts a file into tokens. Its text has passed `check_text`.
///
/// Errors   what no token can be made of is reported and becomes a `bad` token; a date that does not exist, a number
///          with too many digits and the like are reported and stay tokens of their kind.
Lexed lex(SourceMap const& sources, std::uint32_t file, Sink& sink);

}  // namespace carestep::parse

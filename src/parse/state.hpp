#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "diag/sink.hpp"
#include "parse/token.hpp"

namespace carestep::parse {

/// How deep conditions may nest: parentheses, chains of `not` and the like.
inline constexpr int max_nesting = 100;

/// Thrown out of the grammar after a mistake has been reported; the declaration is given up.
struct GiveUp {
  Tokens::const_iterator at;
};

struct SeenClause {
  std::string_view name;
  Span at;
};

/// What the parse of one file knows beside its tokens.
class State {
 public:
  State(Tokens const& tokens, Sink& sink) : tokens_(&tokens), sink_(&sink), unheard_(sink.sources()) {}

  /// Before each declaration.
  void begin_declaration();
  /// Notes a clause of the declaration; reports it when it stands there twice.
  void note_clause(std::string_view name, Span at);

  /// Where an expectation failed: `what` in the author's words.
  void report_expected(Tokens::const_iterator at, std::string const& what);
  /// A token that no clause and no declaration begins with, behind a complete declaration or clause.
  void report_stray(Tokens::const_iterator at, std::string_view declaration);
  /// `a and b or c`; the parts and the operators between them, in order.
  void report_mixed(std::vector<ast::ExprPtr> const& parts, std::vector<Token const*> const& operators);

  /// Where to report; after as many errors as a run reports, a sink that nobody reads.
  [[nodiscard]] Sink& sink() { return full() ? unheard_ : *sink_; }
  [[nodiscard]] bool full() const;
  [[nodiscard]] bool is_first(Tokens::const_iterator at) const { return at == tokens_->begin(); }

  // Where the parser stands.
  int nesting = 0;
  int parentheses = 0;
  bool in_bullet = false;                 // in an item of a bulleted list, outside parentheses
  Tokens::const_iterator then_cell = {};  // the `|` before the last cell of the table row being read

 private:
  bool report_known_mistake(Tokens::const_iterator at);

  Tokens const* tokens_;
  Sink* sink_;
  Sink unheard_;
  std::vector<SeenClause> seen_;
};

}  // namespace carestep::parse

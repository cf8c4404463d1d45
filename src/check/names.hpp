#pragma once

// One flat space of names: no name is declared twice, in one file or across files.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "diag/sink.hpp"

namespace carestep::checking {

enum class NameKind : std::uint8_t {
  input,
  list,
  definition,  // fact, grade, score, or a criterion named with `as`
  rule,        // rule, table or tree: what can be overridden
  service,
  source,
  level,
  guarantee,
  impossible,
};

struct Symbol {
  NameKind kind = NameKind::input;
  std::string_view sort;  // `input`, `fact`, `table`, …: for messages
  std::size_t index = 0;  // among those of its kind, in the order of declaration
  Span at;
  bool built_in = false;
  mutable bool used = false;
};

class Names {
 public:
  Names();

  /// Reports a name that is there already.
  void declare(Symbol symbol, ast::Word const& name, Sink& sink);
  [[nodiscard]] Symbol const* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> of_kinds(std::vector<NameKind> const& kinds) const;
  [[nodiscard]] std::map<std::string, Symbol, std::less<>> const& all() const { return symbols_; }

 private:
  std::map<std::string, Symbol, std::less<>> symbols_;
};

/// `a fact`, `an input`
std::string with_article(std::string_view noun);

struct Context;

/// Looking for the nearest name takes its time; after so many findings it is no help any more.
bool may_suggest(Context const& ctx);

/// Helps with the nearest candidate, which can be put in the place of the word; with `otherwise` when none is near, or
/// when so much is reported already that looking for it would take long.
void suggest(Context const& ctx, Sink::Entry entry, std::string_view word,
             std::vector<std::string_view> const& candidates, std::string_view otherwise = {});

/// What was not read, because of errors that are reported already: names that stand there count as known, so that one
/// mistake is one message.
struct Unread {
  bool files = false;                        // a whole file is missing: any name may have been declared in it
  std::set<std::string, std::less<>> words;  // that stand in declarations with syntax errors

  /// The name, or the one before its first point, may have been declared there.
  [[nodiscard]] bool has(std::string_view name) const;
};

/// The words outside of the declarations that could be read; nothing when all could.
Unread find_unread(ast::Bundle const& bundle, Sink const& sink);

/// Declares every name of the bundle, in the order of files and declarations.
void collect_names(Context& ctx);

enum class Use : std::uint8_t { reads, mentions };  // an example mentions names, but does not make them used

/// The symbol of a name that must be of one of these kinds; reports it otherwise. `wanted` describes them, `otherwise`
/// helps when no known name is near.
Symbol const* resolve(Context& ctx, ast::Word const& name, std::vector<NameKind> const& kinds, std::string_view wanted,
                      Use use = Use::reads, std::string_view otherwise = {});

}  // namespace carestep::checking

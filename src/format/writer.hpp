#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ast/ast.hpp"
#include "format/layout.hpp"
#include "format/tokens.hpp"

namespace carestep::format {

/// The columns that neighbouring declarations of one kind share.
struct Columns {
  int name = 0;   // the widest name before a label
  int label = 0;  // the widest label, in quotes, before a code
};

/// Takes down the items of one declaration. The families say what stands where; `layout` decides where lines break.
class Writer {
 public:
  explicit Writer(Tokens const& tokens, Columns shared = {}) : tokens_(&tokens), shared_(shared) {}

  void put(std::string_view text);
  /// A line that begins with `keyword`, whose value begins at `value`: a clause of the declaration.
  void clause(std::string_view keyword, std::uint32_t value);
  /// A line of its own at `indent`.
  void line(std::uint32_t segment, int indent);
  /// A place where the line may break.
  void space(std::uint32_t segment, std::string_view flat = " ");
  void open(Breaking breaking, Indent from = Indent::column, int by = 0);
  void close();

  /// Where the nearest `word` at or before `offset` begins in the source.
  [[nodiscard]] std::uint32_t find_back(std::string_view word, std::uint32_t offset) const;

  [[nodiscard]] Columns shared() const { return shared_; }

  /// Bullets stand two columns behind the line whose list they are.
  [[nodiscard]] int bullet_indent() const { return bullet_indent_; }
  void set_bullet_indent(int indent) { bullet_indent_ = indent; }

  /// Within a bullet and outside parentheses no line may begin with `and` or `or`.
  [[nodiscard]] bool in_bullet() const { return in_bullet_; }

  /// Remembers for its lifetime whether what is written stands in a bullet.
  class Bullet {
   public:
    Bullet(Writer& writer, bool inside) : writer_(writer), before_(writer.in_bullet_) { writer.in_bullet_ = inside; }
    Bullet(Bullet const&) = delete;
    Bullet& operator=(Bullet const&) = delete;
    ~Bullet() { writer_.in_bullet_ = before_; }

   private:
    Writer& writer_;
    bool before_;
  };

  /// A writer of the same source that starts afresh.
  [[nodiscard]] Writer fresh() const { return Writer(*tokens_); }
  [[nodiscard]] std::vector<Item> const& items() const { return items_; }
  /// All that was written, on one line.
  [[nodiscard]] std::string flat() const;

 private:
  Tokens const* tokens_;
  Columns shared_;
  std::vector<Item> items_;
  int bullet_indent_ = 4;
  bool in_bullet_ = false;
};

inline constexpr int clause_indent = 2;

// ---- what the families share ----------------------------------------------------------------------------------------

std::string quote(ast::Text const& text);
std::string spell(ast::Duration const& duration);

/// `NAME "label"`
void write(Writer& w, ast::Heading const& heading);
/// Names with `separator` between them, broken behind it where they must.
void write_words(Writer& w, std::vector<ast::Word> const& words, std::string_view separator = ",");
void write(Writer& w, ast::GivenValue const& value);
/// A line `KEYWORD "text"` when there is one.
void write_text_clause(Writer& w, std::string_view keyword, std::optional<ast::Text> const& text);
void write(Writer& w, ast::CodeClause const& code);
void write(Writer& w, ast::Cite const& cite);
void write_cites(Writer& w, std::vector<ast::Cite> const& cites);
void write(Writer& w, ast::Reasons const& reasons);
void write(Writer& w, std::optional<ast::DirectionClause> const& direction);

// ---- expr.cpp -------------------------------------------------------------------------------------------------------

void write(Writer& w, ast::Expr const& expr);
/// `KEYWORD COND`: where the condition does not fit, each of its parts stands on a line of its own.
void write_condition(Writer& w, std::string_view keyword, ast::Expr const& condition);
/// The same as a clause, when there is a condition.
void write_condition_clause(Writer& w, std::string_view keyword, ast::ExprPtr const& condition);
/// A break before `expr`, unless a minus would come to stand first on its line.
void write_space_before(Writer& w, ast::Expr const& expr, std::string_view flat = " ");
/// The terms of a sum, in the group that is open.
void write_terms(Writer& w, ast::Sum const& sum);
[[nodiscard]] std::string_view symbol(ast::Relation op);
[[nodiscard]] bool begins_with_minus(ast::Expr const& expr);
[[nodiscard]] std::string flat(Writer const& w, ast::Expr const& expr);

// ---- rule.cpp -------------------------------------------------------------------------------------------------------

void write(Writer& w, ast::Action const& action);
void write(Writer& w, ast::LevelAction const& action);
void write(Writer& w, ast::NeedsAction const& action);
/// `ACTION and ACTION`, for a table's cell or a tree's arrow.
void write_inline(Writer& w, std::vector<ast::Action> const& actions);

}  // namespace carestep::format

#pragma once

// What the passes of the checker share.

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ast/ast.hpp"
#include "check/names.hpp"
#include "check/value.hpp"
#include "diag/sink.hpp"
#include "ir/model.hpp"

namespace carestep::checking {

/// Circles that are reported; more would only repeat the lesson.
inline constexpr std::size_t most_cycles = 20;

/// A declared list, its members as they stand.
struct ListInfo {
  ast::ListDecl const* decl = nullptr;
  bool good = true;  // its members are of one type
};

/// A fact, grade, score or named criterion, beside its entry in Model::definitions.
struct DefinitionInfo {
  std::variant<ast::FactDecl const*, ast::GradeDecl const*, ast::ScoreDecl const*, ast::CriterionDecl const*> decl;
  Span at;                                                 // the name
  Value value;                                             // invalid until lowered, and for ever when it has an error
  std::vector<std::pair<ir::NodeId, std::int64_t>> cases;  // grade: condition and index of the value; the last is true
};

/// A rule, table or tree: a stretch of Model::rules.
struct RuleGroup {
  std::size_t first = 0;
  std::size_t count = 0;
  ast::RuleDecl const* decl = nullptr;  // of a `rule`: who overrides
  Span at;
};

/// What a test reads.
struct Reads {
  std::vector<ir::VarId> vars;
  std::vector<ir::Index> definitions;
};

struct Context {
  ast::Bundle const& bundle;
  Sink& sink;
  ir::Model model;
  Names names;
  Unread unread;
  std::vector<bool> bad_inputs;  // reported: what reads them is not judged again
  std::vector<ListInfo> lists;
  std::vector<DefinitionInfo> definitions;
  std::vector<RuleGroup> groups;
  Reads* reads = nullptr;  // where reads are noted, while a test is lowered
  bool overgrown = false;  // reported: see guard_size

  [[nodiscard]] std::string words(Span at) const { return sink.sources().words(at); }
  [[nodiscard]] std::size_t reported() const { return sink.diagnostics().size(); }
  [[nodiscard]] ir::LevelMask all_levels() const {
    std::size_t const count = model.levels.size();
    return count >= 64 ? ~ir::LevelMask{0} : (ir::LevelMask{1} << count) - 1;
  }
};

std::vector<std::string> texts_of(std::vector<ast::Word> const& words);

/// Calls `visit(declaration, T const&)` for each declaration of one kind, in the order of files and declarations.
template <class T, class Visit>
void each(Context& ctx, Visit visit) {
  for (ast::File const& file : ctx.bundle.files)
    for (ast::Decl const& decl : file.decls)
      if (auto const* kind = std::get_if<T>(&decl.kind)) visit(decl, *kind);
}

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

// What several passes need.
std::string text_of(std::optional<ast::Text> const& text);
ir::Reasons reasons_of(Context& ctx, ast::Reasons const& reasons);
std::vector<ir::Citation> citations_of(Context& ctx, std::vector<ast::Cite> const& cites);
std::vector<ir::Code> codes_of(std::vector<ast::CodeClause> const& codes);

/// The place of a value in the list that it must stand in; reports one that is not there. `owner` has the values.
std::optional<std::int64_t> value_place(Context& ctx, std::vector<std::string> const& values, ast::Word const& word,
                                        std::string_view owner);

/// A circle of names as `a -> b -> a`, a long one with its middle left out.
std::string circle_words(std::vector<std::string> const& names);

/// A level by its name; reports it otherwise (silently where the ruleset has no levels, which is reported already).
std::optional<ir::Index> level_index(Context& ctx, ast::Word const& name);

/// Reports, once, conditions that have outgrown the limit of the core language.
void guard_size(Context& ctx, Span at);

/// A duration in hours, as a scaled decimal; reports one that is longer than a century or so.
std::optional<std::int64_t> scaled_hours(Context& ctx, ast::Duration const& duration);

/// A duration in whole days; reports it otherwise.
std::optional<std::int32_t> whole_days(Context& ctx, ast::Duration const& duration);

}  // namespace carestep::checking

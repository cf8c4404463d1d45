#include "parse/parse.hpp"

#include <string_view>
#include <utility>

#include "parse/complete.hpp"
#include "parse/grammar.hpp"
#include "parse/keywords.hpp"
#include "parse/lexer.hpp"
#include "parse/primitives.hpp"
#include "parse/text.hpp"

namespace carestep {
namespace parse {

inline constexpr x3::rule<struct DeclarationId, ast::Decl> declaration{"a declaration"};

namespace {

constexpr auto decl_kind = [](auto& ctx) { x3::_val(ctx).kind = std::move(x3::_attr(ctx)); };

auto const declaration_def =
    spanned(rule_decl[decl_kind] | input_decl[decl_kind] | step_decl[decl_kind] | criterion_decl[decl_kind] |
            level_decl[decl_kind] | service_decl[decl_kind] | source_decl[decl_kind] | fact_decl[decl_kind] |
            grade_decl[decl_kind] | score_decl[decl_kind] | table_decl[decl_kind] | tree_decl[decl_kind] |
            list_decl[decl_kind] | impossible_decl[decl_kind] | discharge_decl[decl_kind] | guarantee_decl[decl_kind] |
            waive_decl[decl_kind] | example_decl[decl_kind] | use_decl[decl_kind] | levels_decl[decl_kind] |
            ruleset_decl[decl_kind]);

}  // namespace

BOOST_SPIRIT_DEFINE(declaration)

namespace {

/// Whether a declaration begins here, for certain enough to resume at it after an error: at the beginning of a line,
/// with what every such declaration goes on with.
bool resumes(Tokens const& tokens, Iterator at) {
  if (!at->first_on_line || at->kind != TokenKind::word || !begins_declaration(at->source)) return false;
  if (at != tokens.begin()) {
    Token const& before = *(at - 1);
    if (before.is_word("and") || before.is_word("expect") || before.is_word("not")) return false;  // `expect rule r`
  }
  Token const& behind = *(at + 1);
  if (at->is_word("use") || at->is_word("example")) return behind.kind == TokenKind::text;
  if (at->is_word("step")) return (behind.is_word("up") || behind.is_word("down")) && !(at + 2)->is_word("to");
  return behind.kind == TokenKind::word && !behind.reserved;
}

class FileParser {
 public:
  FileParser(Lexed& lexed, Sink& sink)
      : tokens_(lexed.tokens), sink_(sink), state_(tokens_, sink), at_(tokens_.begin()) {}

  std::vector<ast::Decl> run() {
    std::vector<ast::Decl> decls;
    while (at_->kind != TokenKind::end && !state_.full()) next(decls);
    if (state_.full()) report_too_many();
    return decls;
  }

 private:
  /// Once for all files of a run.
  void report_too_many() {
    if (sink_.diagnostics().back().code == code_text(Code::too_many_errors)) return;
    sink_.report(Code::too_many_errors, tokens_.back().at, "more than {} errors; the rest is not read",
                 max_diagnostics);
  }

  void next(std::vector<ast::Decl>& decls) {
    if (at_->kind != TokenKind::word || !begins_declaration(at_->source)) {
      if (at_->kind == TokenKind::word)
        state_.report_stray(at_, {});
      else
        state_.report_expected(at_, "a declaration");
      return resume(at_ + 1);
    }
    std::string_view const keyword = at_->source;
    std::size_t const reported = sink_.diagnostics().size();
    ast::Decl decl;
    if (!read(decl)) return;
    bool const stopped =
        at_->kind != TokenKind::end && !(at_->kind == TokenKind::word && begins_declaration(at_->source));
    if (stopped) {
      state_.report_stray(at_, keyword);
      resume(at_);
    }
    // What seems to be missing may only have been misspelt: then one message is enough.
    bool const flawed = stopped || sink_.diagnostics().size() > reported;
    if (flawed ? is_complete(decl) : complete(decl, state_.sink())) decls.push_back(std::move(decl));
  }

  /// Reads one declaration. After an error the parser stands at the next one.
  bool read(ast::Decl& decl) {
    state_.begin_declaration();
    Context const context = x3::make_context<StateTag>(state_);
    Iterator const begin = at_;
    try {
      if (declaration.parse(at_, tokens_.end(), context, x3::unused, decl)) return true;
      state_.report_expected(at_, "a declaration");
      resume(at_ + 1);
    } catch (x3::expectation_failure<Iterator> const& failure) {
      state_.report_expected(failure.where(), failure.which());
      resume_from_line_of(failure.where(), begin + 1);
    } catch (GiveUp const& mistake) {
      resume_from_line_of(mistake.at, begin + 1);
    }
    return false;
  }

  bool is_complete(ast::Decl const& decl) {
    Sink unheard(sink_.sources());
    return complete(decl, unheard);
  }

  void resume_from_line_of(Iterator at, Iterator not_before) {
    while (at > not_before && !at->first_on_line) --at;
    resume(at < not_before ? not_before : at);
  }

  void resume(Iterator at) {
    while (at->kind != TokenKind::end && !resumes(tokens_, at)) ++at;
    at_ = at;
  }

  Tokens const& tokens_;
  Sink& sink_;
  State state_;
  Iterator at_;
};

}  // namespace
}  // namespace parse

ast::File parse_file(SourceMap const& sources, std::uint32_t file, Sink& sink) {
  ast::File parsed;
  parsed.index = file;
  if (!parse::check_text(sources, file, sink)) return parsed;
  parse::Lexed lexed = parse::lex(sources, file, sink);
  parsed.decls = parse::FileParser(lexed, sink).run();
  parsed.comments = std::move(lexed.comments);
  return parsed;
}

}  // namespace carestep

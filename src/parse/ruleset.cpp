// The ruleset, what it is made of, and the levels.

#include <utility>

#include "parse/grammar.hpp"
#include "parse/primitives.hpp"

namespace carestep::parse {

inline constexpr x3::rule<struct AttributeId, ast::Attribute> attribute{"a source attribute"};
inline constexpr x3::rule<struct StatusId, std::pair<ast::Status, Span>> status{"`draft`, `active` or `retired`"};

namespace {

/// A source attribute's name: a keyword here, and here only. Each stands once.
struct AttributeWord : TokenParser<AttributeWord, ast::Word> {
  template <class C, class R>
  bool parse(Iterator& first, Iterator const&, C const& context, R&, ast::Word& word) const {
    if (first->kind != TokenKind::word || !is_attribute_word(first->source)) return false;
    state_of(context).note_clause(first->source, first->at);
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

struct StatusWord : Leaf<StatusWord, std::pair<ast::Status, Span>> {
  std::ptrdiff_t take(Iterator at, std::pair<ast::Status, Span>& status_at) const {
    static constexpr std::pair<std::string_view, ast::Status> words[] = {
        {"draft", ast::Status::draft}, {"active", ast::Status::active}, {"retired", ast::Status::retired}};
    for (auto const& [word, meaning] : words) {
      if (!at->is_word(word)) continue;
      status_at = {meaning, at->at};
      return 1;
    }
    return 0;
  }
};

// ---- grammar --------------------------------------------------------------------------------------------------------

auto const status_def = StatusWord{}[take];

auto const attribute_def = AttributeWord{}[put(&ast::Attribute::name)] > text[put(&ast::Attribute::value)];

auto const ruleset_decl_def = kw("ruleset") > heading[put(&ast::RulesetDecl::heading)] >>
                              *((clause("language") > number[put(&ast::RulesetDecl::language)]) |
                                (clause("version") > text[put(&ast::RulesetDecl::version)]) |
                                (clause("status") > status[put(&ast::RulesetDecl::status)]) |
                                (clause("effective") > date_literal[put(&ast::RulesetDecl::effective)]) |
                                (clause("expires") > date_literal[put(&ast::RulesetDecl::expires)]) |
                                (clause("applies") > kw("when") > condition[put(&ast::RulesetDecl::applies)]) |
                                (clause("about") > text[put(&ast::RulesetDecl::about)]) |
                                attribute[add(&ast::RulesetDecl::attributes)]);

auto const use_decl_def = kw("use") > named("the path of a file in quotes", text)[put(&ast::UseDecl::path)];

auto const source_decl_def = kw("source") > heading[put(&ast::SourceDecl::heading)] >>
                             *(clause("url") > text[put(&ast::SourceDecl::url)]);

auto const levels_decl_def = kw("levels") > declared_name[add(&ast::LevelsDecl::names)] >>
                             *(sym("<") > declared_name[add(&ast::LevelsDecl::names)]);

auto const service_decl_def = kw("service") > heading[put(&ast::ServiceDecl::heading)];

constexpr auto level_name = [](auto& ctx) { x3::_val(ctx).heading.name = std::move(x3::_attr(ctx)); };
constexpr auto level_label = [](auto& ctx) { x3::_val(ctx).heading.label = std::move(x3::_attr(ctx)); };
auto const level_decl_def = kw("level") > name("the name of a level")[level_name] >> -text[level_label] >>
                            *((clause("offers") > service_names[put(&ast::LevelDecl::offers)]) |
                              code_clause[add(&ast::LevelDecl::codes)] |
                              (clause("reassess") > kw("every") > duration[put(&ast::LevelDecl::reassess)]) |
                              (clause("about") > text[put(&ast::LevelDecl::about)]));

}  // namespace

BOOST_SPIRIT_DEFINE(status, attribute, ruleset_decl, use_decl, source_decl, levels_decl, service_decl, level_decl)
CARESTEP_INSTANTIATE(ruleset_decl)
CARESTEP_INSTANTIATE(use_decl)
CARESTEP_INSTANTIATE(source_decl)
CARESTEP_INSTANTIATE(levels_decl)
CARESTEP_INSTANTIATE(service_decl)
CARESTEP_INSTANTIATE(level_decl)

}  // namespace carestep::parse

#include "check/guarantee.hpp"

#include <algorithm>
#include <array>

#include "check/expr.hpp"
#include "check/rule.hpp"

namespace carestep::checking {
namespace {

class PromiseReader {
 public:
  PromiseReader(Context& ctx, ir::Guarantee& guarantee, Span at) : ctx_(ctx), guarantee_(guarantee), at_(at) {}

  void operator()(ast::LevelAction const& action) {
    switch (action.kind) {
      case ast::LevelActionKind::at_most:
        guarantee_.promise = ir::PromiseKind::at_most;
        break;
      case ast::LevelActionKind::exclude:
        guarantee_.promise = ir::PromiseKind::exclude;
        break;
      case ast::LevelActionKind::at_least:
      case ast::LevelActionKind::only:
        guarantee_.promise = ir::PromiseKind::levels;
        break;
    }
    if (auto const narrows = narrowing(ctx_, action, at_)) guarantee_.admits = narrows->admits;
  }
  void operator()(ast::NeedsAction const& action) {
    guarantee_.promise = ir::PromiseKind::levels;
    if (auto const narrows = narrowing(ctx_, action, at_)) guarantee_.admits = narrows->admits;
  }
  void operator()(ast::NoConflictPromise const&) { guarantee_.promise = ir::PromiseKind::no_conflict; }
  void operator()(ast::EligiblePromise const&) { guarantee_.promise = ir::PromiseKind::eligible; }

 private:
  Context& ctx_;
  ir::Guarantee& guarantee_;
  Span at_;
};

void add_guarantee(Context& ctx, ast::GuaranteeDecl const& decl) {
  ir::Guarantee guarantee;
  guarantee.name = decl.heading.name.text;
  guarantee.label = text_of(decl.heading.label);
  guarantee.at = decl.heading.name.at;
  guarantee.whenever = condition_or(ctx, decl.whenever, true);
  guarantee.words = ctx.words(decl.promise.at);
  std::visit(PromiseReader(ctx, guarantee, decl.promise.at), decl.promise.kind);
  guarantee.reasons = reasons_of(ctx, decl.reasons);
  ctx.model.guarantees.push_back(std::move(guarantee));
  guard_size(ctx, decl.heading.name.at);
}

void add_impossible(Context& ctx, ast::ImpossibleDecl const& decl) {
  ir::Impossible impossible;
  impossible.name = decl.heading.name.text;
  impossible.label = text_of(decl.heading.label);
  impossible.at = decl.heading.name.at;
  impossible.when = condition(ctx, *decl.when);
  impossible.because = text_of(decl.because);
  ctx.model.impossibles.push_back(std::move(impossible));
  guard_size(ctx, decl.heading.name.at);
}

// ---- waivers
// ----------------------------------------------------------------------------------------------------------

enum class About : std::uint8_t { guarantee, rules, rules_or_level, level, table, input, ruleset };

struct Check {
  std::string_view name;
  About about;
  std::string_view takes;
};

constexpr std::array<Check, 11> checks{{
    {"guarantee", About::guarantee, "a guarantee"},
    {"conflict", About::ruleset, "the ruleset"},
    {"eligible", About::ruleset, "the ruleset"},
    {"covered", About::ruleset, "the ruleset"},
    {"dead", About::rules_or_level, "a rule, table or tree, or the level of a step, discharge or criterion line"},
    {"redundant", About::rules, "a rule, table or tree"},
    {"level", About::level, "a level"},
    {"gap", About::table, "a table"},
    {"overlap", About::rules, "a rule, table or tree"},
    {"monotone", About::input, "an input"},
    {"stranded", About::level, "a level"},
}};

bool fits(About about, Symbol const& symbol) {
  switch (about) {
    case About::guarantee:
      return symbol.kind == NameKind::guarantee;
    case About::rules:
      return symbol.kind == NameKind::rule;
    case About::rules_or_level:
      return symbol.kind == NameKind::rule || symbol.kind == NameKind::level;
    case About::level:
      return symbol.kind == NameKind::level;
    case About::table:
      return symbol.kind == NameKind::rule && symbol.sort == "table";
    case About::input:
      return symbol.kind == NameKind::input && !symbol.built_in;
    case About::ruleset:
      return false;
  }
  return false;
}

std::vector<std::string_view> candidates(Context& ctx, About about) {
  if (about == About::ruleset) return {ctx.model.name};
  std::vector<std::string_view> names;
  for (auto const& [name, symbol] : ctx.names.all())
    if (fits(about, symbol)) names.push_back(name);
  return names;
}

void check_subject(Context& ctx, ast::WaiveDecl const& decl, Check const& check) {
  if (check.about == About::ruleset && decl.subject.text == ctx.model.name) return;
  Symbol const* symbol = ctx.names.find(decl.subject.text);
  if (symbol != nullptr && fits(check.about, *symbol)) return;
  if (symbol == nullptr && ctx.unread.has(decl.subject.text)) return;
  bool const unknown = symbol == nullptr && decl.subject.text != ctx.model.name;
  std::string const takes = fmt::format("`waive {}` takes {}", check.name, check.takes);
  if (unknown)
    suggest(ctx, ctx.sink.report(Code::unknown_name, decl.subject.at, "unknown name `{}`", decl.subject.text),
            decl.subject.text, candidates(ctx, check.about), takes);
  else
    ctx.sink
        .report(Code::waiver_does_not_fit, decl.subject.at, "`{}` is {}, which `waive {}` is not about",
                decl.subject.text, symbol == nullptr ? "the ruleset" : with_article(symbol->sort), check.name)
        .help("{}", takes);
}

void add_waiver(Context& ctx, ast::WaiveDecl const& decl) {
  auto const* const check =
      std::find_if(checks.begin(), checks.end(), [&](Check const& one) { return one.name == decl.check.text; });
  if (check == checks.end()) {
    std::vector<std::string_view> names;
    for (Check const& one : checks) names.push_back(one.name);
    suggest(ctx, ctx.sink.report(Code::unknown_name, decl.check.at, "unknown check `{}`", decl.check.text),
            decl.check.text, names, fmt::format("checks are {}", fmt::join(names, ", ")));
    return;
  }
  check_subject(ctx, decl, *check);
  ctx.model.waivers.push_back({decl.check.text, decl.subject.text, decl.because.value, decl.check.at});
}

}  // namespace

void check_guarantees(Context& ctx) {
  each<ast::GuaranteeDecl>(ctx, [&](ast::Decl const&, ast::GuaranteeDecl const& decl) { add_guarantee(ctx, decl); });
  each<ast::ImpossibleDecl>(ctx, [&](ast::Decl const&, ast::ImpossibleDecl const& decl) { add_impossible(ctx, decl); });
  each<ast::WaiveDecl>(ctx, [&](ast::Decl const&, ast::WaiveDecl const& decl) { add_waiver(ctx, decl); });
}

}  // namespace carestep::checking

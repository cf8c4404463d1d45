#include "check/move.hpp"

#include <algorithm>

#include "check/expr.hpp"

namespace carestep::checking {
namespace {

void add_criterion(Context& ctx, ast::CriterionDecl const& decl, Span at) {
  auto const level = level_index(ctx, decl.level);
  ir::Criterion criterion;
  criterion.kind = decl.kind == ast::CriterionKind::admit ? ir::CriterionKind::admit : ir::CriterionKind::stay;
  criterion.at = at;
  if (decl.as_name) {
    // Its condition is a fact, lowered with the others.
    Symbol const* symbol = ctx.names.find(decl.as_name->text);
    bool const own = symbol != nullptr && symbol->kind == NameKind::definition && symbol->at == decl.as_name->at;
    criterion.name = decl.as_name->text;
    if (own && !ctx.model.definitions[symbol->index].cases.empty())
      criterion.when = ctx.model.definitions[symbol->index].cases.front().when;
  } else {
    criterion.when = condition(ctx, *decl.when);
  }
  criterion.node = criterion.when.node;
  criterion.reasons = reasons_of(ctx, decl.reasons);
  if (!level) return;
  criterion.level = *level;
  ctx.model.criteria.push_back(std::move(criterion));
}

/// The levels of `any` or of a list, each once; nothing when one is unknown.
std::optional<std::vector<ir::Index>> levels_of(Context& ctx, ast::LevelList const& list) {
  std::vector<ir::Index> levels;
  bool good = true;
  for (ast::Word const& name : list.levels) {
    auto const level = level_index(ctx, name);
    good = good && level.has_value();
    if (!level) continue;
    if (std::find(levels.begin(), levels.end(), *level) != levels.end())
      ctx.sink.report(Code::repeated_value, name.at, "`{}` stands in this list twice", name.text).help("leave it out");
    else
      levels.push_back(*level);
  }
  for (ir::Index i = 0; list.any && i < ctx.model.levels.size(); ++i) levels.push_back(i);
  if (!good || levels.empty()) return std::nullopt;
  std::sort(levels.begin(), levels.end());
  return levels;
}

void report_no_pair(Context& ctx, ast::StepDecl const& decl, std::vector<ir::Index> const& from,
                    std::vector<ir::Index> const& to) {
  Span const at = cover(decl.from.at, decl.to.at);
  std::string_view const way = decl.up ? "more" : "less";
  bool const single = from.size() == 1 && to.size() == 1 && !decl.from.any && !decl.to.any;
  if (!single) {
    ctx.sink.report(Code::step_without_a_pair, at, "no level on the right is {} intensive than one on the left", way)
        .help("`step up` leads to more intensive levels, `step down` to less intensive ones");
    return;
  }
  std::string const& a = ctx.model.levels[from[0]].name;
  std::string const& b = ctx.model.levels[to[0]].name;
  auto entry = ctx.sink.report(Code::step_goes_the_wrong_way, at, "`{}` is not {} intensive than `{}`", b, way, a);
  if (from[0] == to[0])
    entry.help("a step leads to another level");
  else
    entry.help("from `{}` to `{}` is a `step {}`", a, b, decl.up ? "down" : "up");
}

void add_step(Context& ctx, ast::StepDecl const& decl, Span at) {
  ir::StepLine line;
  line.up = decl.up;
  line.at = at;
  line.words = fmt::format("step {} {} -> {}", decl.up ? "up" : "down", ctx.words(decl.from.at), ctx.words(decl.to.at));
  line.when = condition_or(ctx, decl.when, true);
  line.reasons = reasons_of(ctx, decl.reasons);
  auto const from = levels_of(ctx, decl.from);
  auto const to = levels_of(ctx, decl.to);
  if (!from || !to) return;
  for (ir::Index const a : *from)
    for (ir::Index const b : *to)
      if (decl.up ? b > a : b < a) line.moves.emplace_back(a, b);
  if (line.moves.empty()) return report_no_pair(ctx, decl, *from, *to);
  ctx.model.steps.push_back(std::move(line));
}

void add_discharge(Context& ctx, ast::DischargeDecl const& decl, Span at) {
  ir::DischargeLine line;
  line.at = at;
  line.words = "discharge " + ctx.words(decl.from.at);
  line.when = condition_or(ctx, decl.when, true);
  line.reasons = reasons_of(ctx, decl.reasons);
  auto const from = levels_of(ctx, decl.from);
  if (!from) return;
  for (ir::Index const level : *from) line.from |= level < 64 ? ir::LevelMask{1} << level : 0;
  ctx.model.discharges.push_back(std::move(line));
}

}  // namespace

void check_moves(Context& ctx) {
  each<ast::CriterionDecl>(ctx, [&](ast::Decl const& decl, ast::CriterionDecl const& criterion) {
    add_criterion(ctx, criterion, decl.at);
    guard_size(ctx, decl.at);
  });
  each<ast::StepDecl>(ctx, [&](ast::Decl const& decl, ast::StepDecl const& step) {
    add_step(ctx, step, decl.at);
    guard_size(ctx, decl.at);
  });
  each<ast::DischargeDecl>(ctx, [&](ast::Decl const& decl, ast::DischargeDecl const& discharge) {
    add_discharge(ctx, discharge, decl.at);
    guard_size(ctx, decl.at);
  });
}

}  // namespace carestep::checking

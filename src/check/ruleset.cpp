#include "check/ruleset.hpp"

#include <algorithm>

#include "check/expr.hpp"

namespace carestep::checking {
namespace {

constexpr std::size_t most_levels = 64;

/// Whether the block stands where the one `ruleset` must: first in the main file.
bool in_place(Context& ctx, ast::Decl const& decl) {
  ast::File const& main = ctx.bundle.files.front();
  return !main.decls.empty() && &main.decls.front() == &decl;
}

void read_header(Context& ctx, ast::RulesetDecl const& decl) {
  ir::Model& model = ctx.model;
  model.name = decl.heading.name.text;
  model.title = text_of(decl.heading.label);
  model.version = text_of(decl.version);
  if (decl.status) model.status = decl.status->first;
  if (decl.effective) model.effective = decl.effective->value;
  if (decl.expires) model.expires = decl.expires->value;
  model.about = text_of(decl.about);
  for (ast::Attribute const& attribute : decl.attributes)
    model.attributes.push_back({attribute.name.text, attribute.value.value});
  if (decl.language && decl.language->value != Decimal::from_int(1))
    ctx.sink
        .report(Code::unknown_language, decl.language->at, "this engine does not know edition {} of the rule language",
                ctx.words(decl.language->at))
        .help("it knows edition 1")
        .replace_with("1");
  if (model.effective && model.expires && *model.expires < *model.effective)
    ctx.sink.report(Code::expires_too_early, decl.expires->at, "the ruleset expires before it is in force")
        .help("`effective` is the first day in force, `expires` the last")
        .related(decl.effective->at, "in force from here");
}

}  // namespace

void check_ruleset(Context& ctx, bool readable) {
  ast::Decl const* first = nullptr;
  each<ast::RulesetDecl>(ctx, [&](ast::Decl const& decl, ast::RulesetDecl const& ruleset) {
    Span const at = ruleset.heading.name.at;
    if (first != nullptr)
      ctx.sink.report(Code::ruleset_out_of_place, at, "a second `ruleset` block")
          .help("a ruleset has one, first in its main file; the files it uses have none")
          .related(first->at, "the first one is here");
    else if (!in_place(ctx, decl))
      ctx.sink.report(Code::ruleset_out_of_place, at, "the `ruleset` block must stand first in the main file")
          .help("move it to the top");
    if (first != nullptr) return;
    first = &decl;
    read_header(ctx, ruleset);
  });
  if (first == nullptr && readable)
    ctx.sink.report(Code::ruleset_missing, Span{}, "the file has no `ruleset` block")
        .help("start it with `ruleset NAME \"title\"`");
}

void check_applies(Context& ctx) {
  ctx.model.applies.node = ctx.model.nodes.truth(true);
  bool first = true;
  each<ast::RulesetDecl>(ctx, [&](ast::Decl const& decl, ast::RulesetDecl const& ruleset) {
    if (first) ctx.model.applies = condition_or(ctx, ruleset.applies, true);
    first = false;
    guard_size(ctx, decl.at);
  });
}

// ---- levels, services, sources --------------------------------------------------------------------------------------

namespace {

void read_levels(Context& ctx, ast::LevelsDecl const& decl, Span at) {
  for (ast::Word const& name : decl.names) {
    ir::Level& level = ctx.model.levels.emplace_back();
    level.name = name.text;
    level.at = name.at;
  }
  if (decl.names.size() < 2)
    ctx.sink.report(Code::too_few_values, at, "a ruleset needs at least two levels of care")
        .help("write `levels a < b`");
  if (decl.names.size() > most_levels)
    ctx.sink.report(Code::too_many_values, decl.names[most_levels].at,
                    "a ruleset has at most {} levels, this one has {}", most_levels, decl.names.size());
}

void read_offers(Context& ctx, ast::LevelDecl const& decl, ir::Level& level) {
  for (ast::Word const& name : decl.offers) {
    Symbol const* service = resolve(ctx, name, {NameKind::service}, "service");
    if (service == nullptr) continue;
    auto const index = static_cast<ir::Index>(service->index);
    if (std::find(level.offers.begin(), level.offers.end(), index) != level.offers.end())
      ctx.sink.report(Code::repeated_value, name.at, "`{}` stands in this list twice", name.text).help("leave it out");
    else
      level.offers.push_back(index);
  }
  std::sort(level.offers.begin(), level.offers.end());
}

void read_details(Context& ctx, ast::LevelDecl const& decl, std::vector<Span const*>& seen) {
  auto const index = level_index(ctx, decl.heading.name);
  if (!index) return;
  if (seen[*index] != nullptr) {
    ctx.sink
        .report(Code::level_detailed_twice, decl.heading.name.at, "the details of `{}` are given twice",
                decl.heading.name.text)
        .help("put all of its clauses into one `level` block")
        .related(*seen[*index], "first given here");
    return;
  }
  seen[*index] = &decl.heading.name.at;
  ir::Level& level = ctx.model.levels[*index];
  level.label = text_of(decl.heading.label);
  level.about = text_of(decl.about);
  level.codes = codes_of(decl.codes);
  if (decl.reassess) level.reassess_days = whole_days(ctx, *decl.reassess);
  read_offers(ctx, decl, level);
}

}  // namespace

void check_levels(Context& ctx, bool readable) {
  each<ast::SourceDecl>(ctx, [&](ast::Decl const&, ast::SourceDecl const& decl) {
    ctx.model.sources.push_back({decl.heading.name.text, text_of(decl.heading.label), text_of(decl.url)});
  });
  each<ast::ServiceDecl>(ctx, [&](ast::Decl const&, ast::ServiceDecl const& decl) {
    ctx.model.services.push_back({decl.heading.name.text, text_of(decl.heading.label)});
  });
  std::optional<Span> line;
  each<ast::LevelsDecl>(ctx, [&](ast::Decl const& decl, ast::LevelsDecl const& levels) {
    if (line)
      ctx.sink.report(Code::levels_declared_twice, decl.at, "a second `levels` line")
          .help("one line names every level, least intensive first")
          .related(*line, "the first one is here");
    else
      read_levels(ctx, levels, decl.at);
    line = line.value_or(decl.at);
  });
  if (!line && readable)
    ctx.sink.report(Code::levels_missing, Span{}, "the ruleset has no `levels` line")
        .help("write one that names every level, least intensive first: `levels outpatient < residential`");
  std::vector<Span const*> seen(ctx.model.levels.size(), nullptr);
  each<ast::LevelDecl>(ctx, [&](ast::Decl const&, ast::LevelDecl const& decl) { read_details(ctx, decl, seen); });
}

}  // namespace carestep::checking

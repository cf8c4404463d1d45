#include "check/rule.hpp"

#include <algorithm>

#include "check/expr.hpp"
#include "check/table.hpp"
#include "check/tree.hpp"
#include "graph/order.hpp"

namespace carestep::checking {
namespace {

ir::LevelMask bit(ir::Index level) {
  return level < 64 ? ir::LevelMask{1} << level : 0;
}

/// The names as indices, each once; nothing when one of them is unknown.
template <class Find>
std::optional<std::vector<ir::Index>> indices(Context& ctx, std::vector<ast::Word> const& names, Find find) {
  std::vector<ir::Index> found;
  bool good = true;
  for (ast::Word const& name : names) {
    std::optional<ir::Index> const index = find(name);
    good = good && index.has_value();
    if (!index) continue;
    if (std::find(found.begin(), found.end(), *index) != found.end())
      ctx.sink.report(Code::repeated_value, name.at, "`{}` stands in this list twice", name.text).help("leave it out");
    else
      found.push_back(*index);
  }
  return good ? std::optional(std::move(found)) : std::nullopt;
}

std::optional<std::vector<ir::Index>> service_indices(Context& ctx, std::vector<ast::Word> const& names) {
  return indices(ctx, names, [&](ast::Word const& name) -> std::optional<ir::Index> {
    Symbol const* service = resolve(ctx, name, {NameKind::service}, "service");
    return service == nullptr ? std::nullopt : std::optional(static_cast<ir::Index>(service->index));
  });
}

ir::ActionKind kind_of(ast::LevelActionKind kind) {
  switch (kind) {
    case ast::LevelActionKind::at_least:
      return ir::ActionKind::at_least;
    case ast::LevelActionKind::at_most:
      return ir::ActionKind::at_most;
    case ast::LevelActionKind::only:
      return ir::ActionKind::only;
    case ast::LevelActionKind::exclude:
      return ir::ActionKind::exclude;
  }
  return ir::ActionKind::at_least;
}

ir::LevelMask admitted(ir::ActionKind kind, std::vector<ir::Index> const& levels, ir::LevelMask all) {
  ir::LevelMask named = 0;
  for (ir::Index const level : levels) named |= bit(level);
  ir::LevelMask const below = named == 0 ? 0 : (named & (~named + 1)) - 1;  // levels below the lowest named
  switch (kind) {
    case ir::ActionKind::at_least:
      return all & ~below;
    case ir::ActionKind::at_most:
      return all & (below | named);
    case ir::ActionKind::only:
      return named;
    case ir::ActionKind::exclude:
      return all & ~named;
    case ir::ActionKind::needs:
      break;
  }
  return all;
}

/// Which levels offer each of the services, for the help text of a need that none meets.
std::string offers_words(ir::Model const& model, std::vector<ir::Index> const& services) {
  std::string words;
  for (ir::Index const service : services) {
    std::string levels;
    for (ir::Level const& level : model.levels)
      if (std::find(level.offers.begin(), level.offers.end(), service) != level.offers.end())
        levels += (levels.empty() ? "" : ", ") + level.name;
    words += fmt::format("{}`{}` is offered by {}", words.empty() ? "" : "; ", model.services[service].name,
                         levels.empty() ? "no level" : levels);
  }
  return words;
}

class ActionTaker {
 public:
  ActionTaker(Context& ctx, ir::Rule& rule, Span at) : ctx_(ctx), rule_(rule), at_(at) {}

  void operator()(ast::LevelAction const& action) { narrow(narrowing(ctx_, action, at_)); }
  void operator()(ast::NeedsAction const& action) { narrow(narrowing(ctx_, action, at_)); }
  void operator()(ast::SuggestAction const& action) {
    auto const services = service_indices(ctx_, action.services);
    if (!services) return;
    for (ir::Index const service : *services)
      if (std::find(rule_.suggests.begin(), rule_.suggests.end(), service) == rule_.suggests.end())
        rule_.suggests.push_back(service);
  }
  void operator()(ast::AlertAction const& action) { rule_.alerts.push_back(action.text.value); }
  void operator()(ast::NoteAction const& action) { rule_.notes.push_back(action.text.value); }
  void operator()(ast::ReassessAction const& action) {
    auto const days = whole_days(ctx_, action.within);
    if (days) rule_.reassess_days = std::min(*days, rule_.reassess_days.value_or(*days));
  }

 private:
  void narrow(std::optional<ir::Narrowing> narrows) {
    if (narrows) rule_.narrows.push_back(std::move(*narrows));
  }

  Context& ctx_;
  ir::Rule& rule_;
  Span at_;
};

void add_rule(Context& ctx, ast::RuleDecl const& decl) {
  ir::Rule rule;
  rule.name = decl.heading.name.text;
  rule.label = text_of(decl.heading.label);
  rule.at = decl.heading.name.at;
  rule.when = condition_or(ctx, decl.when, true);
  rule.unless = condition_or(ctx, decl.unless, false);
  rule.holds = ctx.model.nodes.all({rule.when.node, ctx.model.nodes.negation(rule.unless.node)});
  take_actions(ctx, decl.actions, rule);
  rule.reasons = reasons_of(ctx, decl.reasons);
  ctx.model.rules.push_back(std::move(rule));
}

// ---- overrides
// --------------------------------------------------------------------------------------------------------

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

Edges override_edges(Context& ctx) {
  Edges edges;  // the overridden needs to know about the overrider
  for (std::size_t group = 0; group < ctx.groups.size(); ++group) {
    if (ctx.groups[group].decl == nullptr) continue;
    for (ast::Word const& name : ctx.groups[group].decl->overrides)
      if (Symbol const* target = resolve(ctx, name, {NameKind::rule}, "rule, table or tree"))
        edges.emplace_back(target->index, group);
  }
  return edges;
}

void report_override_cycle(Context& ctx, std::vector<std::size_t> cycle) {
  std::reverse(cycle.begin(), cycle.end());  // edges lead from the overridden: turned round, each overrides the next
  std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
  std::vector<std::string> names;
  for (std::size_t const member : cycle) names.push_back(ctx.words(ctx.groups[member].at));
  ctx.sink
      .report(Code::override_cycle, ctx.groups[cycle.front()].at, "`{}` overrides itself: `{}`", names.front(),
              circle_words(names))
      .help("leave out one of the `overrides` clauses");
}

/// `edges` are sorted, each there once.
void activate(Context& ctx, std::size_t group, Edges const& edges) {
  std::vector<ir::Index> overriders;
  for (auto it = std::lower_bound(edges.begin(), edges.end(), std::pair(group, std::size_t{0}));
       it != edges.end() && it->first == group; ++it)
    overriders.push_back(static_cast<ir::Index>(ctx.groups[it->second].first));
  std::vector<ir::NodeId> active;
  for (ir::Index const overrider : overriders) active.push_back(ctx.model.rules[overrider].active);
  ir::NodeId const overridden = ctx.model.nodes.any(std::move(active));
  for (std::size_t i = 0; i < ctx.groups[group].count; ++i) {
    ir::Rule& rule = ctx.model.rules[ctx.groups[group].first + i];
    rule.overridden_by = overriders;
    rule.active = ctx.model.nodes.all({rule.holds, ctx.model.nodes.negation(overridden)});
  }
}

void check_overrides(Context& ctx) {
  Edges edges = override_edges(ctx);
  for (std::size_t cycles = 0; cycles < most_cycles; ++cycles) {
    graph::Order order = graph::dependency_order(ctx.groups.size(), edges);
    if (order.cycle.empty()) {
      std::sort(edges.begin(), edges.end());
      edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
      for (std::size_t const group : order.sorted) activate(ctx, group, edges);
      return;
    }
    std::erase_if(edges, [&](auto const& edge) {
      auto const in_cycle = [&](std::size_t group) {
        return std::find(order.cycle.begin(), order.cycle.end(), group) != order.cycle.end();
      };
      return in_cycle(edge.first) && in_cycle(edge.second);
    });
    report_override_cycle(ctx, std::move(order.cycle));
  }
}

}  // namespace

std::optional<ir::Narrowing> narrowing(Context& ctx, ast::LevelAction const& action, Span at) {
  auto const levels = indices(ctx, action.levels, [&](ast::Word const& name) { return level_index(ctx, name); });
  if (!levels) return std::nullopt;
  ir::Narrowing result;
  result.kind = kind_of(action.kind);
  result.levels = *levels;
  result.admits = admitted(result.kind, *levels, ctx.all_levels());
  if (result.admits != 0) return result;
  ctx.sink.report(Code::no_level_admitted, at, "`{}` leaves no level of care", ctx.words(at))
      .help("leave one level out of the list");
  return std::nullopt;
}

std::optional<ir::Narrowing> narrowing(Context& ctx, ast::NeedsAction const& action, Span at) {
  auto const services = service_indices(ctx, action.services);
  if (!services) return std::nullopt;
  ir::Narrowing result;
  result.kind = ir::ActionKind::needs;
  result.services = *services;
  for (std::size_t i = 0; i < ctx.model.levels.size(); ++i) {
    std::vector<ir::Index> const& offers = ctx.model.levels[i].offers;
    bool const all = std::all_of(services->begin(), services->end(), [&](ir::Index service) {
      return std::find(offers.begin(), offers.end(), service) != offers.end();
    });
    if (all) result.admits |= bit(static_cast<ir::Index>(i));
  }
  if (result.admits != 0 || ctx.model.levels.empty()) return result;
  ctx.sink.report(Code::no_level_offers_all, at, "no level offers what `{}` asks for", ctx.words(at))
      .help("{}", offers_words(ctx.model, *services));
  return std::nullopt;
}

void take_actions(Context& ctx, std::vector<ast::Action> const& actions, ir::Rule& rule) {
  for (ast::Action const& action : actions) std::visit(ActionTaker(ctx, rule, action.at), action.kind);
}

void check_rules(Context& ctx) {
  for (ast::File const& file : ctx.bundle.files)
    for (ast::Decl const& decl : file.decls) {
      std::size_t const first = ctx.model.rules.size();
      auto const* rule = std::get_if<ast::RuleDecl>(&decl.kind);
      auto const* table = std::get_if<ast::TableDecl>(&decl.kind);
      auto const* tree = std::get_if<ast::TreeDecl>(&decl.kind);
      if (rule != nullptr) add_rule(ctx, *rule);
      if (table != nullptr) add_table(ctx, *table);
      if (tree != nullptr) add_tree(ctx, *tree);
      if (rule == nullptr && table == nullptr && tree == nullptr) continue;
      Span const name = rule != nullptr    ? rule->heading.name.at
                        : table != nullptr ? table->heading.name.at
                                           : tree->heading.name.at;
      ctx.groups.push_back({.first = first, .count = ctx.model.rules.size() - first, .decl = rule, .at = name});
      guard_size(ctx, name);
    }
  check_overrides(ctx);
}

}  // namespace carestep::checking

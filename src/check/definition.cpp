#include "check/definition.hpp"

#include <algorithm>
#include <utility>

#include "check/expr.hpp"
#include "check/input.hpp"
#include "check/number.hpp"
#include "graph/order.hpp"

namespace carestep::checking {
namespace {

// ---- what is there, and of which type
// ---------------------------------------------------------------------------------

ir::Definition& add(Context& ctx, DefinitionInfo info, ir::DefinitionKind kind, ast::Word const& name) {
  info.at = name.at;
  ctx.definitions.push_back(std::move(info));
  ir::Definition& definition = ctx.model.definitions.emplace_back();
  definition.kind = kind;
  definition.name = name.text;
  definition.at = name.at;
  return definition;
}

ir::Worse direction_or(Context& ctx, std::optional<ast::DirectionClause> const& clause, TypeKind type,
                       ir::Worse otherwise) {
  return clause ? direction_of(ctx, clause, type) : otherwise;
}

void collect(Context& ctx, ast::Decl const& decl) {
  if (auto const* fact = std::get_if<ast::FactDecl>(&decl.kind)) {
    add(ctx, {.decl = fact, .at = {}, .value = {}, .cases = {}}, ir::DefinitionKind::fact, fact->heading.name).label =
        text_of(fact->heading.label);
  } else if (auto const* grade = std::get_if<ast::GradeDecl>(&decl.kind)) {
    ir::Definition& definition =
        add(ctx, {.decl = grade, .at = {}, .value = {}, .cases = {}}, ir::DefinitionKind::grade, grade->heading.name);
    definition.label = text_of(grade->heading.label);
    definition.values = texts_of(grade->values);
    definition.worse = direction_or(ctx, grade->direction, TypeKind::scale, ir::Worse::higher);
  } else if (auto const* score = std::get_if<ast::ScoreDecl>(&decl.kind)) {
    ir::Definition& definition =
        add(ctx, {.decl = score, .at = {}, .value = {}, .cases = {}}, ir::DefinitionKind::score, score->heading.name);
    definition.label = text_of(score->heading.label);
    definition.worse = direction_or(ctx, score->direction, TypeKind::number, ir::Worse::undeclared);
  } else if (auto const* criterion = std::get_if<ast::CriterionDecl>(&decl.kind); criterion && criterion->as_name) {
    add(ctx, {.decl = criterion, .at = {}, .value = {}, .cases = {}}, ir::DefinitionKind::fact, *criterion->as_name);
  }
}

/// The value of a definition as far as its declaration says; the rest comes when it is lowered.
Value declared_value(ir::Definition const& definition, ir::Index index) {
  Value value;
  value.identity = {Identity::Kind::definition, index};
  value.worse = definition.worse;
  switch (definition.kind) {
    case ir::DefinitionKind::fact:
      value.type = TypeKind::yes_no;
      break;
    case ir::DefinitionKind::score:
      value.type = TypeKind::number;
      break;
    case ir::DefinitionKind::grade:
      value.type = TypeKind::scale;
      value.values = &definition.values;
      value.grade = index;
      break;
  }
  return value;
}

// ---- dependencies
// -----------------------------------------------------------------------------------------------------

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

class EdgeFinder {
 public:
  EdgeFinder(Context& ctx, std::size_t from, Edges& edges) : ctx_(ctx), from_(from), edges_(edges) {}

  void operator()(ast::FactDecl const* decl) { walk(decl->when); }
  void operator()(ast::CriterionDecl const* decl) { walk(decl->when); }
  void operator()(ast::GradeDecl const* decl) {
    for (ast::GradeCase const& one : decl->cases) walk(one.when);
  }
  void operator()(ast::ScoreDecl const* decl) {
    walk(decl->formula);
    for (ast::ScoreCase const& one : decl->cases) {
      walk(one.value);
      walk(one.when);
    }
  }

 private:
  void walk(ast::ExprPtr const& expr) {
    if (expr) each_word(*expr, [&](ast::Word const& word) { add(word); });
  }
  void add(ast::Word const& word) {
    Symbol const* symbol = ctx_.names.find(word.text);
    if (symbol == nullptr) return;
    if (symbol->kind == NameKind::definition) edges_.emplace_back(from_, symbol->index);
    if (symbol->kind != NameKind::list) return;
    for (ast::Word const& member : ctx_.lists[symbol->index].decl->members) {
      Symbol const* listed = ctx_.names.find(member.text);
      if (listed != nullptr && listed->kind == NameKind::definition) edges_.emplace_back(from_, listed->index);
    }
  }

  Context& ctx_;
  std::size_t from_;
  Edges& edges_;
};

void report_definition_cycle(Context& ctx, std::vector<std::size_t> cycle) {
  std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
  std::vector<std::string> names;
  for (std::size_t const member : cycle) names.push_back(ctx.model.definitions[member].name);
  auto entry = ctx.sink.report(Code::definition_cycle, ctx.definitions[cycle.front()].at,
                               "`{}` is defined by itself: `{}`", names.front(), circle_words(names));
  entry.help("facts, grades and scores may use each other, but not in a circle");
  constexpr std::size_t most_related = 12;
  for (std::size_t i = 1; i < std::min(cycle.size(), most_related); ++i)
    entry.related(ctx.definitions[cycle[i]].at, "`{}` is declared here", names[i]);
}

/// The order in which to lower; the members of cycles are reported and left out of the graph.
std::vector<std::size_t> lowering_order(Context& ctx, std::vector<bool>& cyclic) {
  Edges edges;
  for (std::size_t i = 0; i < ctx.definitions.size(); ++i)
    std::visit(EdgeFinder(ctx, i, edges), ctx.definitions[i].decl);
  for (std::size_t cycles = 0; cycles < most_cycles; ++cycles) {
    graph::Order order = graph::dependency_order(ctx.definitions.size(), edges);
    if (order.cycle.empty()) return std::move(order.sorted);
    for (std::size_t const member : order.cycle) cyclic[member] = true;
    std::erase_if(edges, [&](auto const& edge) { return cyclic[edge.first] && cyclic[edge.second]; });
    report_definition_cycle(ctx, std::move(order.cycle));
  }
  return {};
}

// ---- lowering
// ---------------------------------------------------------------------------------------------------------

class Lowering {
 public:
  Lowering(Context& ctx, std::size_t index)
      : ctx_(ctx),
        info_(ctx.definitions[index]),
        definition_(ctx.model.definitions[index]),
        index_(static_cast<ir::Index>(index)) {}

  void operator()(ast::FactDecl const* decl) {
    definition_.reasons = reasons_of(ctx_, decl->reasons);
    truth(*decl->when);
  }

  void operator()(ast::CriterionDecl const* decl) {
    definition_.reasons = reasons_of(ctx_, decl->reasons);
    truth(*decl->when);
  }

  void operator()(ast::GradeDecl const* decl) {
    check_values(ctx_, decl->values, 2, decl->heading.name.at);
    Value value = declared_value(definition_, index_);
    value.words = definition_.name;
    std::vector<std::pair<ir::NodeId, ir::NodeId>> numbers;
    for (ast::GradeCase const& one : decl->cases) {
      ir::DefinitionCase& lowered = add_case(one.when);
      lowered.value = one.value.text;
      auto const place = value_place(ctx_, definition_.values, one.value, definition_.name);
      if (!place) continue;
      info_.cases.emplace_back(lowered.when.node, *place);
      numbers.emplace_back(lowered.when.node, ctx_.model.nodes.number(*place * Decimal::one));
    }
    if (!ends_well(decl->cases, decl->heading.name) || numbers.size() != decl->cases.size()) return;
    ir::NodeId const last = numbers.back().second;
    numbers.pop_back();
    definition_.node = ctx_.model.nodes.choose(numbers, last);
    info_.value = std::move(value);
  }

  void operator()(ast::ScoreDecl const* decl) {
    Value const value = decl->formula ? formula(*decl->formula) : cases(*decl);
    if (!value.valid()) return;
    info_.value = declared_value(definition_, index_);
    info_.value.node = definition_.node = value.constant ? ctx_.model.nodes.number(value.low) : value.node;
    info_.value.low = value.low;
    info_.value.high = value.high;
    info_.value.places = value.places;
    info_.value.unit = value.unit;
    // A score made of durations alone is a number of hours.
    if (value.unit.kind == Unit::Kind::duration) info_.value.unit.kind = Unit::Kind::time;
  }

 private:
  void truth(ast::Expr const& when) {
    ir::DefinitionCase& one = definition_.cases.emplace_back();
    one.when = condition(ctx_, when);
    definition_.node = one.when.node;
    info_.value = declared_value(definition_, index_);
    info_.value.node = definition_.node;
  }

  ir::DefinitionCase& add_case(ast::ExprPtr const& when) {
    ir::DefinitionCase& one = definition_.cases.emplace_back();
    one.when = condition_or(ctx_, when, true);
    return one;
  }

  /// The last case, and no other, is `otherwise`.
  template <class Case>
  bool ends_well(std::vector<Case> const& all, ast::Word const& name) {
    for (std::size_t i = 0; i + 1 < all.size(); ++i)
      if (!all[i].when) {
        ctx_.sink.report(Code::otherwise_not_last, all[i].at, "the cases behind this `otherwise` can never be reached")
            .help("put it last");
        return false;
      }
    if (!all.empty() && !all.back().when) return true;
    ctx_.sink
        .report(Code::otherwise_missing, all.empty() ? name.at : all.back().at,
                "the last case of `{}` must be `otherwise`", name.text)
        .help("every assessment must give it a value");
    return false;
  }

  Value formula(ast::Expr const& expr) {
    ir::DefinitionCase& one = definition_.cases.emplace_back();
    one.when.node = ctx_.model.nodes.truth(true);
    one.value = ctx_.words(expr.at);
    one.when = noted_number(expr, std::move(one.when));
    return number_;
  }

  /// Lowers a number into `number_` and notes in the clause what it reads.
  ir::Clause noted_number(ast::Expr const& expr, ir::Clause clause) {
    Reads reads;
    Reads* const outer = std::exchange(ctx_.reads, &reads);
    number_ = number_of(ctx_, expr);
    ctx_.reads = outer;
    clause.reads.insert(clause.reads.end(), reads.vars.begin(), reads.vars.end());
    clause.definitions.insert(clause.definitions.end(), reads.definitions.begin(), reads.definitions.end());
    return clause;
  }

  Value cases(ast::ScoreDecl const& decl) {
    std::vector<Value> values;
    bool good = true;
    for (ast::ScoreCase const& one : decl.cases) {
      ir::DefinitionCase& lowered = add_case(one.when);
      lowered.value = ctx_.words(one.value->at);
      lowered.when = noted_number(*one.value, std::move(lowered.when));
      good = good && number_.valid();
      values.push_back(number_);
    }
    if (!ends_well(decl.cases, decl.heading.name) || !good) return {};
    std::vector<Value*> pointers;
    for (Value& value : values) pointers.push_back(&value);
    if (!unify_units(ctx_, pointers, decl.heading.name.at)) return {};
    return chosen(values);
  }

  Value chosen(std::vector<Value> const& values) {
    Value result = values.front();
    result.constant = false;
    std::vector<std::pair<ir::NodeId, ir::NodeId>> numbers;
    for (std::size_t i = 0; i < values.size(); ++i) {
      Value const& value = values[i];
      result.low = std::min(result.low, value.low);
      result.high = std::max(result.high, value.high);
      result.places = std::max(result.places, value.places);
      if (result.unit.kind == Unit::Kind::none) result.unit = value.unit;
      ir::NodeId const node = value.constant ? ctx_.model.nodes.number(value.low) : value.node;
      numbers.emplace_back(definition_.cases[i].when.node, node);
    }
    ir::NodeId const last = numbers.back().second;
    numbers.pop_back();
    result.node = ctx_.model.nodes.choose(numbers, last);
    return result;
  }

  Context& ctx_;
  DefinitionInfo& info_;
  ir::Definition& definition_;
  ir::Index index_;
  Value number_;
};

// ---- lists
// ------------------------------------------------------------------------------------------------------------

/// The member's value as far as declarations say; invalid for what is reported elsewhere.
Value member_value(Context& ctx, Symbol const& symbol, ast::Word const& member) {
  if (symbol.kind == NameKind::input) return named_value(ctx, member.text, member.at);
  symbol.used = true;
  return declared_value(ctx.model.definitions[symbol.index], static_cast<ir::Index>(symbol.index));
}

bool good_list(Context& ctx, ast::ListDecl const& decl) {
  std::optional<Value> first;
  bool good = true;
  for (ast::Word const& member : decl.members) {
    Symbol const* symbol = resolve(ctx, member, {NameKind::input, NameKind::definition}, "input, fact, grade or score");
    if (symbol == nullptr) {
      good = false;
      continue;
    }
    Value const value = member_value(ctx, *symbol, member);
    if (!value.valid()) continue;
    if (!first) first = value;
    if (same_type(*first, value)) continue;
    good = false;
    ctx.sink
        .report(Code::list_of_mixed_types, member.at, "`{}` is {}, but `{}` is {}", decl.members.front().text,
                type_words(first->type), member.text,
                first->type == value.type ? "one with other values" : type_words(value.type))
        .help("the members of a list are of one type");
    break;
  }
  return good;
}

}  // namespace

void check_definitions(Context& ctx) {
  for (ast::File const& file : ctx.bundle.files)
    for (ast::Decl const& decl : file.decls) collect(ctx, decl);
  each<ast::ListDecl>(ctx, [&](ast::Decl const&, ast::ListDecl const& decl) { ctx.lists.push_back({.decl = &decl}); });
  for (ListInfo& list : ctx.lists) list.good = good_list(ctx, *list.decl);
  std::vector<bool> cyclic(ctx.definitions.size(), false);
  for (std::size_t const index : lowering_order(ctx, cyclic)) {
    if (cyclic[index]) continue;
    std::visit(Lowering(ctx, index), ctx.definitions[index].decl);
    guard_size(ctx, ctx.definitions[index].at);
  }
}

}  // namespace carestep::checking

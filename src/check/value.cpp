#include "check/value.hpp"

#include <algorithm>

#include "check/expr.hpp"
#include "check/number.hpp"

namespace carestep::checking {

std::string_view type_words(TypeKind type) {
  switch (type) {
    case TypeKind::invalid:
      return "unknown";
    case TypeKind::yes_no:
      return "a yes/no answer";
    case TypeKind::scale:
      return "a scale";
    case TypeKind::choice:
      return "a choice";
    case TypeKind::level:
      return "a level of care";
    case TypeKind::set:
      return "a set";
    case TypeKind::number:
      return "a number";
    case TypeKind::date:
      return "a date";
  }
  return {};
}

namespace {

void note(Context& ctx, ir::VarId var) {
  if (ctx.reads == nullptr) return;
  auto& vars = ctx.reads->vars;
  if (std::find(vars.begin(), vars.end(), var) == vars.end()) vars.push_back(var);
}

Value fresh(TypeKind type, Span at, std::string words) {
  Value value;
  value.type = type;
  value.at = at;
  value.words = std::move(words);
  return value;
}

TypeKind type_of(ir::InputKind kind) {
  switch (kind) {
    case ir::InputKind::level:
      return TypeKind::level;
    case ir::InputKind::yes_no:
      return TypeKind::yes_no;
    case ir::InputKind::scale:
      return TypeKind::scale;
    case ir::InputKind::choice:
      return TypeKind::choice;
    case ir::InputKind::set:
      return TypeKind::set;
    case ir::InputKind::number:
      return TypeKind::number;
    case ir::InputKind::date:
      return TypeKind::date;
  }
  return TypeKind::invalid;
}

Unit unit_of(ir::Input const& input, ir::Index index) {
  if (index == ir::days_in_level_var) return {.kind = Unit::Kind::counted_days, .name = {}};
  if (input.unit.empty()) return {};
  if (!input.time_unit) return {.kind = Unit::Kind::named, .name = input.unit};
  ast::TimeUnit const time = input.unit[0] == 'h'   ? ast::TimeUnit::hour
                             : input.unit[0] == 'd' ? ast::TimeUnit::day
                                                    : ast::TimeUnit::week;
  return {.kind = Unit::Kind::time, .name = {}, .time = time};
}

void make_number(Context& ctx, Value& value, ir::VarId var, Grid grid) {
  value.grid = grid;
  value.low = grid.low;
  value.high = grid.high();
  value.places = std::max(places_of(grid.low), places_of(grid.step));
  value.node = ctx.model.nodes.reading(var, grid.low, grid.step);
}

Value input_value(Context& ctx, ir::Index index, bool previous, Span at, std::string words) {
  if (ctx.bad_inputs[index]) return {};
  ir::Input const& input = ctx.model.inputs[index];
  ir::VarId const var = previous ? input.first_previous_var : input.first_var;
  Value value = fresh(type_of(input.kind), at, std::move(words));
  value.identity = {previous ? Identity::Kind::previous : Identity::Kind::input, index};
  value.worse = input.worse;
  value.var = var;
  value.or_never = input.or_never;
  value.values = &input.values;
  std::int64_t const size = ctx.model.variables[var].size;
  switch (input.kind) {
    case ir::InputKind::yes_no:
      value.node = ctx.model.nodes.atom(var, {{1, 1}}, 2);
      break;
    case ir::InputKind::level:
    case ir::InputKind::scale:
    case ir::InputKind::choice:
      value.grid = {0, 1, size};
      break;
    case ir::InputKind::number:
      make_number(ctx, value, var, {input.low.scaled, input.step.scaled, size});
      value.unit = unit_of(input, index);
      break;
    case ir::InputKind::set:
    case ir::InputKind::date:
      break;
  }
  note(ctx, var);
  return value;
}

/// The symbol of `previous NAME` or `days since NAME`, which must be an input that an assessment asks.
Symbol const* asked_input(Context& ctx, ast::Word const& name, bool previous) {
  Symbol const* symbol = resolve(ctx, name, {NameKind::input}, "input");
  if (symbol == nullptr || !previous || !symbol->built_in) return symbol;
  ctx.sink.report(Code::no_previous_value, name.at, "`{}` has no previous value", name.text)
      .help("`previous` takes an input that the ruleset declares");
  return nullptr;
}

Value days_since(Context& ctx, ast::DaysSince const& expr, Span at) {
  Symbol const* symbol = asked_input(ctx, expr.name, expr.previous);
  if (symbol == nullptr) return {};
  auto const index = static_cast<ir::Index>(symbol->index);
  if (ctx.bad_inputs[index]) return {};
  ir::Input const& input = ctx.model.inputs[index];
  if (input.kind != ir::InputKind::date) {
    ctx.sink
        .report(Code::not_a_date, expr.name.at, "`{}` is {}, not a date", expr.name.text,
                type_words(type_of(input.kind)))
        .help("`days since` counts from a date");
    return {};
  }
  if (input.or_never) {
    ctx.sink
        .report(Code::not_a_date, expr.name.at, "`{}` may be `never`, so days since it cannot always be counted",
                expr.name.text)
        .help("use `within … days` or `more than … days ago`, which treat `never` as long ago");
    return {};
  }
  Value value = fresh(TypeKind::number, at, ctx.words(at));
  value.identity = {expr.previous ? Identity::Kind::days_since_previous : Identity::Kind::days_since, index};
  ir::VarId const var = expr.previous ? input.first_previous_var : input.first_var;
  make_number(ctx, value, var, {0, Decimal::one, ir::most_days + 1});
  value.unit.kind = Unit::Kind::counted_days;
  note(ctx, var);
  return value;
}

Value count_value(Context& ctx, std::vector<ir::NodeId> const& conditions, Span at) {
  Value value = fresh(TypeKind::number, at, ctx.words(at));
  ir::Nodes& nodes = ctx.model.nodes;
  std::vector<ir::NodeId> parts;
  for (ir::NodeId const condition : conditions)
    parts.push_back(nodes.choose({{condition, nodes.number(Decimal::one)}}, nodes.number(0)));
  value.node = nodes.sum(0, std::move(parts));
  value.grid = {0, Decimal::one, static_cast<std::int64_t>(conditions.size()) + 1};
  value.high = value.grid.high();
  return value;
}

Value count_of_set(Context& ctx, Value const& set, Span at) {
  std::vector<ir::NodeId> members;
  for (std::size_t i = 0; i < set.values->size(); ++i)
    members.push_back(ctx.model.nodes.atom(*set.var + static_cast<ir::VarId>(i), {{1, 1}}, 2));
  return count_value(ctx, members, at);
}

Value count_of_items(Context& ctx, ast::ItemList const& items, Span at) {
  std::vector<ir::NodeId> conditions;
  for (ast::Item const& item : items.items) conditions.push_back(condition(ctx, *item.value).node);
  return count_value(ctx, conditions, at);
}

Value count_of_list(Context& ctx, ast::Word const& name, Span at) {
  std::vector<ir::NodeId> conditions;
  for (Subject const& subject : subjects(ctx, {.bulleted = false, .items = {}, .name = name, .at = name.at})) {
    if (!subject.value.valid()) return {};
    if (subject.value.type != TypeKind::yes_no) {
      ctx.sink
          .report(Code::not_a_condition, name.at, "`{}` lists {}s, which are not yes/no", name.text,
                  type_words(subject.value.type).substr(2))
          .help("`count of` counts yes/no answers and facts");
      return {};
    }
    conditions.push_back(subject.value.node);
  }
  return count_value(ctx, conditions, at);
}

Value count_of(Context& ctx, ast::CountOf const& expr, Span at) {
  if (!expr.set && !expr.items.name) return count_of_items(ctx, expr.items, at);
  ast::Word const& name = expr.set ? *expr.set : *expr.items.name;
  Symbol const* symbol = expr.previous ? asked_input(ctx, name, true)
                                       : resolve(ctx, name, {NameKind::input, NameKind::list}, "set or list");
  if (symbol == nullptr) return {};
  if (symbol->kind == NameKind::list) return count_of_list(ctx, name, at);
  Value const set = input_value(ctx, static_cast<ir::Index>(symbol->index), expr.previous, name.at, name.text);
  if (!set.valid()) return {};
  if (set.type == TypeKind::set) return count_of_set(ctx, set, at);
  ctx.sink.report(Code::test_does_not_fit, name.at, "`{}` is {}, not a set", name.text, type_words(set.type))
      .help("`count of` takes a set, a list of yes/no names, or conditions in parentheses");
  return {};
}

Value extreme(Context& ctx, ast::Extreme const& expr, Span at) {
  std::vector<Value> parts;
  bool good = true;
  for (Subject& subject : subjects(ctx, expr.items)) {
    Value& value = subject.value;
    if (value.valid() && value.type != TypeKind::number) {
      ctx.sink.report(Code::not_a_number, value.at, "`{}` is {}, not a number", value.words, type_words(value.type))
          .help("give it points with a `score`");
      value = {};
    }
    good = good && value.valid();
    parts.push_back(std::move(value));
  }
  if (!good || parts.empty()) return {};
  std::vector<Value*> pointers;
  for (Value& part : parts) pointers.push_back(&part);
  if (!unify_units(ctx, pointers, at)) return {};
  return extreme_of(ctx, expr.highest, parts, at);
}

Value sum(Context& ctx, ast::Sum const& expr, Span at) {
  std::vector<std::pair<bool, Value>> terms;
  bool good = true;
  for (ast::Sum::Term const& term : expr.terms) {
    terms.emplace_back(term.minus, number_of(ctx, *term.value));
    good = good && terms.back().second.valid();
  }
  if (!good) return {};
  std::vector<Value*> pointers;
  for (auto& term : terms) pointers.push_back(&term.second);
  if (!unify_units(ctx, pointers, at)) return {};
  return sum_of(ctx, terms, at);
}

/// `risk is moderate or high`: what stands alone is no name, but a value of an input.
std::string help_with_value(Context& ctx, std::string const& word) {
  for (ir::Input const& input : ctx.model.inputs)
    if (std::find(input.values.begin(), input.values.end(), word) != input.values.end())
      return fmt::format("`{}` is a value of `{}`: say what is compared with it each time, as in `{} {} {}`", word,
                         input.name, input.name, input.kind == ir::InputKind::set ? "includes" : "is", word);
  return {};
}

Value name_value(Context& ctx, ast::Word const& name) {
  constexpr auto wanted = "input, fact, grade or score";
  std::string const help =
      ctx.names.find(name.text) == nullptr && may_suggest(ctx) ? help_with_value(ctx, name.text) : std::string();
  if (resolve(ctx, name, {NameKind::input, NameKind::definition}, wanted, Use::reads, help) == nullptr) return {};
  return named_value(ctx, name.text, name.at);
}

Value previous_value(Context& ctx, ast::Word const& name, Span at) {
  Symbol const* symbol = asked_input(ctx, name, true);
  if (symbol == nullptr) return {};
  return input_value(ctx, static_cast<ir::Index>(symbol->index), true, at, "previous " + name.text);
}

Value not_a_side(Context& ctx, ast::Expr const& expr) {
  ctx.sink.report(Code::not_a_number, expr.at, "`{}` is a condition, not a name or a number", ctx.words(expr.at))
      .help("give it a name with `fact` and use the name");
  return {};
}

}  // namespace

Value named_value(Context& ctx, std::string_view name, Span at) {
  Symbol const* symbol = ctx.names.find(name);
  if (symbol == nullptr) return {};
  if (symbol->kind == NameKind::input) {
    symbol->used = true;
    return input_value(ctx, static_cast<ir::Index>(symbol->index), false, at, std::string(name));
  }
  if (symbol->kind != NameKind::definition) return {};
  symbol->used = true;
  auto const index = static_cast<ir::Index>(symbol->index);
  Value value = ctx.definitions[index].value;
  value.at = at;
  value.words = name;
  if (ctx.reads != nullptr) {
    auto& read = ctx.reads->definitions;
    if (std::find(read.begin(), read.end(), index) == read.end()) read.push_back(index);
  }
  return value;
}

std::vector<Subject> subjects(Context& ctx, ast::ItemList const& items) {
  std::vector<Subject> found;
  for (ast::Item const& item : items.items) found.push_back({value_of(ctx, *item.value), text_of(item.label)});
  if (!items.name) return found;
  Symbol const* symbol = resolve(ctx, *items.name, {NameKind::list}, "list");
  if (symbol == nullptr || !ctx.lists[symbol->index].good) return {{}};
  for (ast::Word const& member : ctx.lists[symbol->index].decl->members)
    found.push_back({named_value(ctx, member.text, items.name->at), {}});
  return found;
}

bool same_type(Value const& a, Value const& b) {
  if (a.type != b.type) return false;
  bool const listed = a.type == TypeKind::scale || a.type == TypeKind::choice || a.type == TypeKind::set;
  return !listed || *a.values == *b.values;
}

Value value_of(Context& ctx, ast::Expr const& expr) {
  return std::visit(Overloaded{
                        [&](ast::NameRef const& e) { return name_value(ctx, e.name); },
                        [&](ast::Previous const& e) { return previous_value(ctx, e.name, expr.at); },
                        [&](ast::DaysSince const& e) { return days_since(ctx, e, expr.at); },
                        [&](ast::Number const& e) { return constant(e.value.scaled, {}, expr.at, ctx.words(expr.at)); },
                        [&](ast::Duration const& e) {
                          auto const hours = scaled_hours(ctx, e);
                          Unit const unit{.kind = Unit::Kind::duration, .name = {}};
                          return hours ? constant(*hours, unit, expr.at, ctx.words(expr.at)) : Value{};
                        },
                        [&](ast::DateLiteral const&) {
                          ctx.sink.report(Code::not_a_number, expr.at, "a date cannot be compared or added")
                              .help("dates have `within … days`, `more than … days ago`, `is never` and `days since`");
                          return Value{};
                        },
                        [&](ast::CountOf const& e) { return count_of(ctx, e, expr.at); },
                        [&](ast::Extreme const& e) { return extreme(ctx, e, expr.at); },
                        [&](ast::Sum const& e) { return sum(ctx, e, expr.at); },
                        [&](ast::Scaled const& e) {
                          Value const value = number_of(ctx, *e.value);
                          return value.valid() ? multiple_of(ctx, e.factor, value, expr.at) : Value{};
                        },
                        [&](ast::Group const& e) { return value_of(ctx, *e.inner); },
                        [&](ast::Not const&) { return not_a_side(ctx, expr); },
                        [&](ast::And const&) { return not_a_side(ctx, expr); },
                        [&](ast::Or const&) { return not_a_side(ctx, expr); },
                        [&](ast::Compare const&) { return not_a_side(ctx, expr); },
                        [&](ast::Quantified const&) { return not_a_side(ctx, expr); },
                    },
                    expr.node);
}

Value number_of(Context& ctx, ast::Expr const& expr) {
  Value value = value_of(ctx, expr);
  if (!value.valid() || value.type == TypeKind::number) return value;
  auto entry = ctx.sink.report(Code::not_a_number, expr.at, "`{}` is {}, not a number", ctx.words(expr.at),
                               type_words(value.type));
  if (value.type == TypeKind::scale) entry.help("scales do not add: give it points with a `score`");
  return {};
}

}  // namespace carestep::checking

// One comparison made of a subject: what fits its type, what its sides mean, and the node it becomes.

#include <algorithm>

#include "check/expr.hpp"
#include "check/number.hpp"
#include "check/range.hpp"

namespace carestep::checking {
namespace {

using ast::Relation;

bool ordered(TypeKind type) {
  return type == TypeKind::scale || type == TypeKind::level || type == TypeKind::number;
}
bool valued(TypeKind type) {
  return type == TypeKind::scale || type == TypeKind::level || type == TypeKind::choice;
}

std::string_view tests_of(TypeKind type) {
  switch (type) {
    case TypeKind::yes_no:
      return "a yes/no answer stands alone, or with `is yes`, `is no` or `is OTHER`";
    case TypeKind::scale:
      return "a scale has `is`, `is not`, `is one of`, `is at least`, `is above`, `is between`, `or worse` and so on";
    case TypeKind::choice:
      return "a choice has `is`, `is not`, `is one of` and `is not one of`";
    case TypeKind::level:
      return "a level has `is`, `is not`, `is one of`, `is at least`, `is above`, `is between` and so on";
    case TypeKind::set:
      return "a set has `includes`, `includes any of`, `includes all of`, `is empty`, `is not empty` and `count of`";
    case TypeKind::number:
      return "a number has `=`, `!=`, `<`, `<=`, `>`, `>=`, `is`, `is one of`, `is between` and so on";
    case TypeKind::date:
      return "a date has `within`, `more than … ago`, `is never`, `is not never` and `days since`";
    case TypeKind::invalid:
      break;
  }
  return {};
}

ast::Expr const& ungrouped(ast::Expr const& expr) {
  ast::Expr const* inner = &expr;
  while (auto const* group = std::get_if<ast::Group>(&inner->node)) inner = group->inner.get();
  return *inner;
}

/// The other side of a comparison: a constant at a position of the subject, or a value; neither after a report.
struct Side {
  std::optional<std::int64_t> position;
  Value value;
  Span at;

  [[nodiscard]] bool valid() const { return position.has_value() || value.valid(); }
};

class Tester {
 public:
  Tester(Context& ctx, Value const& subject, Span at, std::string_view words)
      : ctx_(ctx), nodes_(ctx.model.nodes), subject_(subject), at_(at), words_(words) {}

  ir::NodeId operator()(ast::RelationTest const& t) { return related(t.op, *t.right); }

  ir::NodeId related(Relation op, ast::Expr const& other) {
    return ordered(subject_.type) ? relation(op, side(other, op)) : misfit();
  }

  ir::NodeId operator()(ast::IsTest const& t) {
    switch (subject_.type) {
      case TypeKind::yes_no:
        return t.negated ? misfit() : is_yes_no(*t.right);
      case TypeKind::date:
        return is_never(t);
      case TypeKind::set:
        return misfit();
      case TypeKind::scale:
      case TypeKind::choice:
      case TypeKind::level:
      case TypeKind::number:
      case TypeKind::invalid:
        break;
    }
    Relation const op = t.negated ? Relation::not_equal : Relation::equal;
    return relation(op, side(*t.right, op));
  }

  ir::NodeId operator()(ast::OneOfTest const& t) {
    if (!valued(subject_.type) && subject_.type != TypeKind::number) return misfit();
    Intervals positions;
    std::vector<ir::NodeId> others;
    bool good = true;
    for (ast::ExprPtr const& expr : t.values) {
      Side const one = side(*expr, Relation::equal);
      good = good && one.valid();
      if (one.position) {
        warn_repeated(positions, *one.position, expr->at);
        positions.push_back({*one.position, *one.position});
      } else if (one.value.valid()) {
        others.push_back(relation(Relation::equal, one));
      }
    }
    if (!good) return nodes_.truth(false);
    if (t.negated) positions = complement(positions);
    if (others.empty()) return judged(positions);
    ir::NodeId const constants = t.negated ? nodes_.negation(lies(complement(positions))) : lies(positions);
    ir::NodeId const among = nodes_.any(std::move(others));
    return t.negated ? nodes_.all({constants, nodes_.negation(among)}) : nodes_.any({constants, among});
  }

  ir::NodeId operator()(ast::BetweenTest const& t) {
    if (!ordered(subject_.type)) return misfit();
    Side const low = side(*t.low, Relation::equal);
    Side const high = side(*t.high, Relation::equal);
    if (!low.valid() || !high.valid()) return nodes_.truth(false);
    if (low.position && high.position) return between(*low.position, *high.position);
    return nodes_.all({relation(Relation::at_least, low), relation(Relation::at_most, high)});
  }

  ir::NodeId operator()(ast::OrWorseTest const& t) {
    if (!ordered(subject_.type)) return misfit();
    auto const op = toward(ctx_, subject_, t.better, at_);
    return op ? relation(*op, side(*t.value, *op)) : nodes_.truth(false);
  }

  ir::NodeId operator()(ast::EmptyTest const& t) {
    if (subject_.type != TypeKind::set) return misfit();
    ir::NodeId const some = nodes_.any(members(all_members()));
    return t.negated ? some : nodes_.negation(some);
  }

  ir::NodeId operator()(ast::IncludesTest const& t) {
    if (subject_.type != TypeKind::set) return misfit();
    std::vector<std::int64_t> chosen;
    Intervals seen;
    for (ast::Word const& word : t.values)
      if (auto const position = value_position(ctx_, subject_, word)) {
        warn_repeated(seen, *position, word.at);
        seen.push_back({*position, *position});
        chosen.push_back(*position);
      }
    return t.kind == ast::IncludesKind::any ? nodes_.any(members(chosen)) : nodes_.all(members(chosen));
  }

  ir::NodeId operator()(ast::WithinTest const& t) {
    if (subject_.type != TypeKind::date) return misfit();
    auto const days = days_of(t.span, Relation::at_most);
    return days ? dates({{0, *days}}, t.span.at) : nodes_.truth(false);
  }

  ir::NodeId operator()(ast::MoreThanAgoTest const& t) {
    if (subject_.type != TypeKind::date) return misfit();
    auto const days = days_of(t.span, Relation::above);
    return days ? dates({{*days + 1, ir::never_code}}, t.span.at) : nodes_.truth(false);
  }

  /// What stands on the other side, judged where it is a constant compared by `op`.
  Side side(ast::Expr const& expr, Relation op) {
    ast::Expr const& inner = ungrouped(expr);
    auto const* name = std::get_if<ast::NameRef>(&inner.node);
    if (name != nullptr && valued(subject_.type)) return word_side(name->name);
    Side other{.position = {}, .value = value_of(ctx_, inner), .at = expr.at};
    if (!other.value.constant || subject_.type != TypeKind::number) return other;
    Value converted = subject_;
    if (!unify_units(ctx_, {&converted, &other.value}, at_)) return {};
    if (subject_.judged() && !number_in_grid(ctx_, subject_, other.value.low, expr.at, op)) return {};
    other.position = other.value.low;
    return other;
  }

 private:
  ir::NodeId misfit() {
    ctx_.sink
        .report(Code::test_does_not_fit, at_, "`{}` does not fit `{}`, which is {}", words_, subject_.words,
                type_words(subject_.type))
        .help("{}", tests_of(subject_.type));
    return nodes_.truth(false);
  }

  Side word_side(ast::Word const& word) {
    bool const value = std::find(subject_.values->begin(), subject_.values->end(), word.text) != subject_.values->end();
    Symbol const* symbol = ctx_.names.find(word.text);
    bool const name = symbol != nullptr && (symbol->kind == NameKind::input || symbol->kind == NameKind::definition);
    if (!value && name) return {.position = {}, .value = named_value(ctx_, word.text, word.at), .at = word.at};
    return {.position = value_position(ctx_, subject_, word), .value = {}, .at = word.at};
  }

  ir::NodeId relation(Relation op, Side const& other) {
    if (!other.valid()) return nodes_.truth(false);
    if (!other.position) return relate(op, other.value);
    if (!can_differ(ctx_, subject_, op, *other.position, other.at, words_)) return nodes_.truth(false);
    return lies(accepted(op, *other.position));
  }

  /// The subject and another name, or a number computed from names.
  ir::NodeId relate(Relation op, Value const& other) {
    if (!same_type(subject_, other)) return differ(other);
    bool const same_name = subject_.identity.kind != Identity::Kind::none && subject_.identity == other.identity;
    if (same_name) {
      ctx_.sink.report(Code::compared_with_itself, at_, "`{}` is compared with itself", subject_.words)
          .help("compare it with a value or with another name");
      return nodes_.truth(false);
    }
    if (subject_.type != TypeKind::number) return signed_by(op, index_of(subject_), index_of(other), 0);
    Value left = subject_;
    Value right = other;
    if (!unify_units(ctx_, {&left, &right}, at_)) return nodes_.truth(false);
    if (!can_differ(ctx_, subject_, op, other, at_, words_)) return nodes_.truth(false);
    if (!sum_of(ctx_, {{false, left}, {true, right}}, at_).valid()) return nodes_.truth(false);  // too large
    return signed_by(op, left.node, right.node, std::max(left.places, right.places));
  }

  /// Compares the difference of two numbers with 0. `a <= b` is `b >= a`, so that both are one node.
  ir::NodeId signed_by(Relation op, ir::NodeId a, ir::NodeId b, int places) {
    if (op == Relation::at_most) return signed_by(Relation::at_least, b, a, places);
    if (op == Relation::below) return signed_by(Relation::above, b, a, places);
    ir::NodeId const difference = nodes_.sum(0, {a, nodes_.scaled(-Decimal::one, b)});
    return lies_in(ctx_, difference, places, accepted(op, 0));
  }

  ir::NodeId differ(Value const& other) {
    if (subject_.type == other.type)
      ctx_.sink.report(Code::sides_differ, at_, "`{}` and `{}` have different values", subject_.words, other.words)
          .help("only names with the same list of values can be compared");
    else
      ctx_.sink
          .report(Code::sides_differ, at_, "`{}` is {}, but `{}` is {}", subject_.words, type_words(subject_.type),
                  other.words, type_words(other.type))
          .help("both sides of a comparison must be of one type");
    return nodes_.truth(false);
  }

  /// The index of a scale's or choice's value, as a number.
  ir::NodeId index_of(Value const& value) {
    return value.grade ? ctx_.model.definitions[*value.grade].node : nodes_.reading(*value.var, 0, Decimal::one);
  }

  ir::NodeId is_yes_no(ast::Expr const& expr) {
    ast::Expr const& inner = ungrouped(expr);
    if (auto const* name = std::get_if<ast::NameRef>(&inner.node)) {
      if (name->name.text == "yes") return subject_.node;
      if (name->name.text == "no") return nodes_.negation(subject_.node);
      if (ctx_.names.find(name->name.text) == nullptr) {
        resolve(ctx_, name->name, {NameKind::input, NameKind::definition}, "input, fact, grade or score", Use::reads,
                "the answers to a yes/no question are `yes` and `no`");
        return nodes_.truth(false);
      }
    }
    Value const other = value_of(ctx_, inner);
    if (!other.valid()) return nodes_.truth(false);
    if (other.type != TypeKind::yes_no) return differ(other);
    if (subject_.identity == other.identity) return relate(Relation::equal, other);
    return nodes_.any({nodes_.all({subject_.node, other.node}),
                       nodes_.all({nodes_.negation(subject_.node), nodes_.negation(other.node)})});
  }

  ir::NodeId is_never(ast::IsTest const& t) {
    auto const* name = std::get_if<ast::NameRef>(&ungrouped(*t.right).node);
    if (name == nullptr || name->name.text != "never") return misfit();
    if (!subject_.or_never) {
      std::string const why = fmt::format("`{}` is declared as `date`, not as `date or never`", subject_.words);
      t.negated ? report_always(ctx_, at_, words_, why) : report_never(ctx_, at_, words_, why);
      return nodes_.truth(false);
    }
    ir::NodeId const never = date_atom({{ir::never_code, ir::never_code}});
    return t.negated ? nodes_.negation(never) : never;
  }

  ir::NodeId date_atom(ir::CodeSet codes) {
    return nodes_.atom(*subject_.var, std::move(codes), ctx_.model.variables[*subject_.var].size);
  }

  ir::NodeId dates(ir::CodeSet codes, Span span) {
    ir::NodeId const node = date_atom(std::move(codes));
    std::string const why = fmt::format("`{}` is a day at most {} days ago", subject_.words, ir::most_days);
    if (nodes_.is_true(node)) report_always(ctx_, span, words_, why);
    if (nodes_.is_false(node)) report_never(ctx_, span, words_, why);
    return node;
  }

  std::optional<std::int64_t> days_of(ast::Duration const& span, Relation op) {
    auto const hours = scaled_hours(ctx_, span);
    if (!hours) return std::nullopt;
    auto const days = whole_days(ctx_, span);
    if (!days) return std::nullopt;
    if (*days <= ir::most_days) return *days;
    std::string const longest =
        fmt::format("{} days", op == Relation::above && !subject_.or_never ? ir::most_days - 1 : ir::most_days);
    ctx_.sink
        .report(Code::value_out_of_range, span.at, "`{}` is longer ago than any date: dates reach back {} days",
                ctx_.words(span.at), ir::most_days)
        .help("the nearest value is `{}`", longest)
        .replace_with(longest);
    return std::nullopt;
  }

  std::vector<std::int64_t> all_members() const {
    std::vector<std::int64_t> all(subject_.values->size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
    return all;
  }
  std::vector<ir::NodeId> members(std::vector<std::int64_t> const& chosen) {
    std::vector<ir::NodeId> atoms;
    for (std::int64_t const member : chosen)
      atoms.push_back(nodes_.atom(*subject_.var + static_cast<ir::VarId>(member), {{1, 1}}, 2));
    return atoms;
  }

  ir::NodeId between(std::int64_t low, std::int64_t high) {
    if (low > high) {
      ctx_.sink.report(Code::never_true, at_, "`{}` is never true: the first value lies above the second", words_)
          .help("write the lower value first");
      return nodes_.truth(false);
    }
    return judged({{low, high}});
  }

  ir::NodeId judged(Intervals const& positions) {
    return can_differ(ctx_, subject_, positions, at_, words_) ? lies(positions) : nodes_.truth(false);
  }

  ir::NodeId lies(Intervals const& positions) { return checking::lies(ctx_, subject_, positions); }

  static Intervals complement(Intervals positions) {
    Intervals rest;
    std::int64_t next = lowest_position;
    for (ir::CodeRange const& range : ir::normalised(std::move(positions))) {
      rest.push_back({next, range.low - 1});
      next = range.high + 1;
    }
    rest.push_back({next, highest_position});
    return rest;
  }

  void warn_repeated(Intervals const& seen, std::int64_t position, Span at) {
    for (ir::CodeRange const& range : seen)
      if (range.low == position) {
        ctx_.sink.report(Code::repeated_value, at, "`{}` stands in this list twice", ctx_.words(at))
            .help("leave it out");
        return;
      }
  }

  Context& ctx_;
  ir::Nodes& nodes_;
  Value const& subject_;
  Span at_;
  std::string_view words_;
};

}  // namespace

ir::NodeId test(Context& ctx, Value const& subject, ast::Test const& test, Span at, std::string_view words) {
  if (!subject.valid()) return ctx.model.nodes.truth(false);
  return std::visit(Tester(ctx, subject, at, words), test.kind);
}

ir::NodeId relation_test(Context& ctx, Value const& subject, ast::Relation op, ast::Expr const& other, Span at,
                         std::string_view words) {
  return Tester(ctx, subject, at, words).related(op, other);
}

std::optional<std::int64_t> literal_position(Context& ctx, Value const& subject, ast::Expr const& literal,
                                             ast::Relation op) {
  Side const side = Tester(ctx, subject, literal.at, {}).side(literal, op);
  if (side.position || !side.valid()) return side.position;
  ctx.sink
      .report(Code::test_does_not_fit, literal.at, "`{}` is no literal of `{}`, which is {}", ctx.words(literal.at),
              subject.words, type_words(subject.type))
      .help("cells hold literals only");
  return std::nullopt;
}

ir::NodeId lies(Context& ctx, Value const& subject, std::vector<ir::CodeRange> const& positions) {
  return subject.type == TypeKind::number ? lies_in(ctx, subject.node, subject.places, positions)
                                          : takes(ctx, subject, positions);
}

std::optional<std::int64_t> value_position(Context& ctx, Value const& subject, ast::Word const& word) {
  auto const place = value_place(ctx, *subject.values, word, subject.words);
  if (!place) return place;
  Symbol const* symbol = ctx.names.find(word.text);
  if (symbol != nullptr && (symbol->kind == NameKind::input || symbol->kind == NameKind::definition)) {
    ctx.sink
        .report(Code::value_is_also_a_name, word.at, "`{}` is a value of `{}` and the name of {}", word.text,
                subject.words, with_article(symbol->sort))
        .help("choose another name for the value")
        .related(symbol->at, "the {} is declared here", symbol->sort);
    return std::nullopt;
  }
  return place;
}

ir::NodeId takes(Context& ctx, Value const& subject, std::vector<ir::CodeRange> const& positions) {
  ir::Nodes& nodes = ctx.model.nodes;
  if (!subject.grade) {
    auto const size = static_cast<std::int64_t>(subject.values->size());
    return nodes.atom(*subject.var, codes_in(positions, 0, 1, size), size);
  }
  auto const chosen = [&](std::int64_t value) {
    return std::any_of(positions.begin(), positions.end(),
                       [&](ir::CodeRange const& range) { return range.low <= value && value <= range.high; });
  };
  // The first case that holds decides, so the cases are folded from the last one, which always holds.
  auto const& cases = ctx.definitions[*subject.grade].cases;
  ir::NodeId result = nodes.truth(false);
  for (auto it = cases.rbegin(); it != cases.rend(); ++it)
    result = chosen(it->second) ? nodes.any({it->first, result}) : nodes.all({nodes.negation(it->first), result});
  return result;
}

std::optional<ast::Relation> toward(Context& ctx, Value const& subject, bool better, Span at) {
  if (subject.worse == ir::Worse::undeclared) {
    ctx.sink.report(Code::no_direction, at, "`{}` does not say which way is worse", subject.words)
        .help("{}", subject.type == TypeKind::level
                        ? "levels have `is at least` and `is at most`"
                        : "declare `higher is worse` or `lower is worse`, or use `is at least` or `is at most`");
    return std::nullopt;
  }
  bool const up = (subject.worse == ir::Worse::higher) != better;
  return up ? ast::Relation::at_least : ast::Relation::at_most;
}

}  // namespace carestep::checking

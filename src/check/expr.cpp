#include "check/expr.hpp"

#include <algorithm>
#include <utility>

#include "check/number.hpp"
#include "check/range.hpp"

namespace carestep::checking {
namespace {

template <class T>
void add_new(std::vector<T>& all, std::vector<T> const& more) {
  for (T const one : more)
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

void add_new(std::vector<ir::VarId>& vars, std::vector<ir::Index>& definitions, Reads const& reads) {
  add_new(vars, reads.vars);
  add_new(definitions, reads.definitions);
}

/// Notes in the clause what `lower` reads, and passes it on to the test around it.
template <class Lower>
void noting(Context& ctx, ir::Clause& clause, Lower lower) {
  Reads reads;
  Reads* const outer = std::exchange(ctx.reads, &reads);
  lower();
  ctx.reads = outer;
  add_new(clause.reads, clause.definitions, reads);
  if (outer != nullptr) add_new(outer->vars, outer->definitions, reads);
}

ast::Relation mirrored(ast::Relation op) {
  switch (op) {
    case ast::Relation::at_least:
      return ast::Relation::at_most;
    case ast::Relation::at_most:
      return ast::Relation::at_least;
    case ast::Relation::above:
      return ast::Relation::below;
    case ast::Relation::below:
      return ast::Relation::above;
    case ast::Relation::equal:
    case ast::Relation::not_equal:
      break;
  }
  return op;
}

class Conditions {
 public:
  explicit Conditions(Context& ctx) : ctx_(ctx), nodes_(ctx.model.nodes) {}

  ir::Clause operator()(ast::Expr const& expr) {
    return std::visit(Overloaded{
                          [&](ast::Group const& e) { return (*this)(*e.inner); },
                          [&](ast::Not const& e) { return negation(e, expr); },
                          [&](ast::And const& e) { return joined(ir::ClauseKind::all, e.parts, expr); },
                          [&](ast::Or const& e) { return joined(ir::ClauseKind::any, e.parts, expr); },
                          [&](ast::Compare const& e) { return compare(e, expr); },
                          [&](ast::Quantified const& e) { return quantified(e, expr); },
                          [&](ast::NameRef const&) { return bare(expr); },
                          [&](ast::Previous const&) { return bare(expr); },
                          [&](ast::DaysSince const&) { return bare(expr); },
                          [&](ast::Number const&) { return bare(expr); },
                          [&](ast::Duration const&) { return bare(expr); },
                          [&](ast::DateLiteral const&) { return bare(expr); },
                          [&](ast::CountOf const&) { return bare(expr); },
                          [&](ast::Extreme const&) { return bare(expr); },
                          [&](ast::Sum const&) { return bare(expr); },
                          [&](ast::Scaled const&) { return bare(expr); },
                      },
                      expr.node);
  }

 private:
  ir::Clause fresh(ir::ClauseKind kind, ast::Expr const& expr) {
    ir::Clause clause;
    clause.kind = kind;
    clause.words = ctx_.words(expr.at);
    return clause;
  }

  /// What stands alone must be yes/no.
  ir::Clause bare(ast::Expr const& expr) {
    ir::Clause clause = fresh(ir::ClauseKind::test, expr);
    Value value;
    noting(ctx_, clause, [&] { value = value_of(ctx_, expr); });
    clause.node = value.type == TypeKind::yes_no ? value.node : nodes_.truth(false);
    if (value.valid() && value.type != TypeKind::yes_no)
      ctx_.sink
          .report(Code::not_a_condition, expr.at, "`{}` is {}, not a condition", clause.words, type_words(value.type))
          .help("compare it with something");
    return clause;
  }

  ir::Clause negation(ast::Not const& e, ast::Expr const& expr) {
    ir::Clause clause = fresh(ir::ClauseKind::negation, expr);
    clause.parts.push_back((*this)(*e.inner));
    clause.node = nodes_.negation(clause.parts[0].node);
    return clause;
  }

  ir::Clause joined(ir::ClauseKind kind, std::vector<ast::ExprPtr> const& parts, ast::Expr const& expr) {
    ir::Clause clause = fresh(kind, expr);
    std::vector<ir::NodeId> nodes;
    for (ast::ExprPtr const& part : parts) {
      clause.parts.push_back((*this)(*part));
      nodes.push_back(clause.parts.back().node);
    }
    clause.node = kind == ir::ClauseKind::all ? nodes_.all(std::move(nodes)) : nodes_.any(std::move(nodes));
    return clause;
  }

  ir::Clause compare(ast::Compare const& e, ast::Expr const& expr) {
    ir::Clause clause = fresh(ir::ClauseKind::test, expr);
    noting(ctx_, clause, [&] { clause.node = compared(e, expr, clause.words); });
    return clause;
  }

  ir::NodeId compared(ast::Compare const& e, ast::Expr const& expr, std::string const& words) {
    auto const* relation = std::get_if<ast::RelationTest>(&e.test.kind);
    bool const symbol = relation != nullptr && relation->symbol;
    if (symbol && stands_for_value(*e.subject, *relation->right)) return flipped(e, *relation, expr, words);
    Value const subject = value_of(ctx_, *e.subject);
    if (!subject.constant) return test(ctx_, subject, e.test, expr.at, words);
    if (symbol) return flipped(e, *relation, expr, words);
    ctx_.sink.report(Code::nothing_to_compare, e.subject->at, "`{}` is a literal, not a name to compare", subject.words)
        .help("a literal may stand on the left of a symbol only, as in `15 <= phq9`");
    return nodes_.truth(false);
  }

  /// A word on the left that is a value of the name on the right: `moderate <= risk`. It may be a name as well, which
  /// is then reported.
  bool stands_for_value(ast::Expr const& left, ast::Expr const& right) {
    auto const* word = std::get_if<ast::NameRef>(&left.node);
    Value const value = word == nullptr ? Value{} : side_on_the_right(right);
    if (!value.valid() || value.values == nullptr) return false;
    return std::find(value.values->begin(), value.values->end(), word->name.text) != value.values->end() ||
           ctx_.names.find(word->name.text) == nullptr;
  }

  /// A name or `previous NAME`; invalid for everything else.
  Value side_on_the_right(ast::Expr const& right) {
    if (auto const* name = std::get_if<ast::NameRef>(&right.node)) return named_value(ctx_, name->name.text, right.at);
    auto const* previous = std::get_if<ast::Previous>(&right.node);
    Symbol const* symbol = previous == nullptr ? nullptr : ctx_.names.find(previous->name.text);
    bool const input = symbol != nullptr && symbol->kind == NameKind::input && !symbol->built_in;
    return input ? value_of(ctx_, right) : Value{};
  }

  /// `15 <= phq9` is `phq9 >= 15`.
  ir::NodeId flipped(ast::Compare const& e, ast::RelationTest const& relation, ast::Expr const& expr,
                     std::string const& words) {
    Value const subject = value_of(ctx_, *relation.right);
    if (!subject.valid()) return nodes_.truth(false);
    if (subject.constant) {
      ctx_.sink.report(Code::nothing_to_compare, expr.at, "`{}` compares two literals", words)
          .help("one side must be an input, a fact, a grade or a score");
      return nodes_.truth(false);
    }
    return relation_test(ctx_, subject, mirrored(relation.op), *e.subject, expr.at, words);
  }

  // ---- lists of conditions
  // -------------------------------------------------------------------------------------------

  ir::Clause quantified(ast::Quantified const& e, ast::Expr const& expr) {
    ir::Clause clause = fresh(kind_of(e.kind), expr);
    std::vector<ast::Word> const* const members = members_of(e.items);
    if (e.items.name && members == nullptr) return clause;
    clause.parts = e.test || members != nullptr ? tested(e, members, expr) : conditions(e.items);
    auto const count = static_cast<std::int64_t>(clause.parts.size());
    if (e.n && !take_number(clause, e, count)) return clause;
    std::vector<ir::NodeId> nodes;
    for (ir::Clause const& part : clause.parts) nodes.push_back(part.node);
    clause.node = combine(clause, std::move(nodes));
    return clause;
  }

  static ir::ClauseKind kind_of(ast::Quantifier kind) {
    switch (kind) {
      case ast::Quantifier::all:
        return ir::ClauseKind::all;
      case ast::Quantifier::any:
        return ir::ClauseKind::any;
      case ast::Quantifier::none:
        return ir::ClauseKind::none;
      case ast::Quantifier::at_least:
        return ir::ClauseKind::at_least;
      case ast::Quantifier::at_most:
        return ir::ClauseKind::at_most;
      case ast::Quantifier::exactly:
        return ir::ClauseKind::exactly;
    }
    return ir::ClauseKind::all;
  }

  ir::NodeId combine(ir::Clause const& clause, std::vector<ir::NodeId> nodes) {
    switch (clause.kind) {
      case ir::ClauseKind::all:
        return nodes_.all(std::move(nodes));
      case ir::ClauseKind::any:
        return nodes_.any(std::move(nodes));
      case ir::ClauseKind::none:
        return nodes_.negation(nodes_.any(std::move(nodes)));
      case ir::ClauseKind::at_least:
        return nodes_.count(clause.n, std::move(nodes));
      case ir::ClauseKind::at_most:
        return nodes_.negation(nodes_.count(clause.n + 1, std::move(nodes)));
      case ir::ClauseKind::exactly: {
        ir::NodeId const more = nodes_.count(clause.n + 1, nodes);
        return nodes_.all({nodes_.count(clause.n, std::move(nodes)), nodes_.negation(more)});
      }
      case ir::ClauseKind::test:
      case ir::ClauseKind::negation:
        break;
    }
    return nodes_.truth(false);
  }

  /// The N of `at least N of`: a whole number that lets the count come out both ways.
  bool take_number(ir::Clause& clause, ast::Quantified const& e, std::int64_t count) {
    std::int64_t const scaled = e.n->value.scaled;
    if (scaled < 0 || scaled % Decimal::one != 0) {
      ctx_.sink.report(Code::not_a_whole_count, e.n->at, "`{}` is no whole number of conditions", ctx_.words(e.n->at))
          .help("write a whole number from 0 to {}", count);
      return false;
    }
    clause.n = scaled / Decimal::one;
    bool const at_least = e.kind == ast::Quantifier::at_least;
    bool const always = at_least ? clause.n == 0 : e.kind == ast::Quantifier::at_most && clause.n >= count;
    bool const never = e.kind != ast::Quantifier::at_most && clause.n > count;
    if (!always && !never) return true;
    std::int64_t const nearest = always ? (at_least ? 1 : count - 1) : count;
    ctx_.sink
        .report(always ? Code::always_true : Code::never_true, e.n->at, "`{}` is {} true: the list has {} {}",
                clause.words, always ? "always" : "never", count, count == 1 ? "part" : "parts")
        .help("the nearest value that can come out both ways is `{}`", nearest)
        .replace_with(std::to_string(nearest));
    return false;
  }

  std::vector<ir::Clause> conditions(ast::ItemList const& items) {
    std::vector<ir::Clause> parts;
    for (ast::Item const& item : items.items) {
      parts.push_back((*this)(*item.value));
      parts.back().label = text_of(item.label);
    }
    return parts;
  }

  /// One comparison made of each subject; without a comparison, of the names of a list, each stands for itself.
  std::vector<ir::Clause> tested(ast::Quantified const& e, std::vector<ast::Word> const* members,
                                 ast::Expr const& expr) {
    std::vector<Value> values;
    std::vector<ir::Clause> parts;
    std::size_t const count = members != nullptr ? members->size() : e.items.items.size();
    for (std::size_t i = 0; i < count; ++i) {
      ir::Clause& part = parts.emplace_back();
      noting(ctx_, part, [&] {
        values.push_back(members != nullptr ? named_value(ctx_, (*members)[i].text, e.items.name->at)
                                            : value_of(ctx_, *e.items.items[i].value));
      });
      if (members == nullptr) part.label = text_of(e.items.items[i].label);
      part.words = values.back().words;
    }
    bool const good = one_type(values, e.items);
    for (std::size_t i = 0; i < count && good; ++i) {
      std::size_t const before = ctx_.reported();
      if (e.test) parts[i].words += " " + ctx_.words(e.test->at);
      noting(ctx_, parts[i], [&] {
        parts[i].node =
            e.test ? test(ctx_, values[i], *e.test, expr.at, parts[i].words) : stands_alone(values[i], e.items);
      });
      if (ctx_.reported() != before) break;  // the others would repeat it
    }
    return parts;
  }

  /// The names behind `of NAME`; nothing for other lists, and for a name that is no list in order.
  std::vector<ast::Word> const* members_of(ast::ItemList const& items) {
    if (!items.name) return nullptr;
    Symbol const* symbol = resolve(ctx_, *items.name, {NameKind::list}, "list");
    if (symbol == nullptr || !ctx_.lists[symbol->index].good) return nullptr;
    return &ctx_.lists[symbol->index].decl->members;
  }

  bool one_type(std::vector<Value> const& values, ast::ItemList const& items) {
    for (Value const& value : values)
      if (!value.valid()) return false;
    for (Value const& value : values) {
      if (same_type(values.front(), value)) continue;
      Span const at = items.name ? items.name->at : value.at;
      ctx_.sink
          .report(Code::list_of_mixed_types, at, "`{}` is {}, but `{}` is {}", values.front().words,
                  type_words(values.front().type), value.words,
                  values.front().type == value.type ? "one with other values" : type_words(value.type))
          .help("one comparison is made of each, so they must be of one type");
      return false;
    }
    return true;
  }

  ir::NodeId stands_alone(Value const& value, ast::ItemList const& items) {
    if (value.type == TypeKind::yes_no) return value.node;
    ctx_.sink
        .report(Code::not_a_condition, items.at, "`{}` is {}, not a condition", value.words, type_words(value.type))
        .help("put a comparison behind the list");
    return nodes_.truth(false);
  }

  Context& ctx_;
  ir::Nodes& nodes_;
};

}  // namespace

ir::Clause condition(Context& ctx, ast::Expr const& expr) {
  return Conditions(ctx)(expr);
}

ir::Clause condition_or(Context& ctx, ast::ExprPtr const& expr, bool left_out) {
  if (expr) return condition(ctx, *expr);
  ir::Clause clause;
  clause.node = ctx.model.nodes.truth(left_out);
  return clause;
}

}  // namespace carestep::checking

#include <algorithm>
#include <fmt/format.h>

#include "format/writer.hpp"

namespace carestep::format {
namespace {

std::string_view words(ast::Relation op) {
  switch (op) {
    case ast::Relation::equal:
      return "is";
    case ast::Relation::not_equal:
      return "is not";
    case ast::Relation::at_least:
      return "is at least";
    case ast::Relation::at_most:
      return "is at most";
    case ast::Relation::above:
      return "is above";
    case ast::Relation::below:
      return "is below";
  }
  return "";
}

std::string quantifier(ast::Quantified const& list) {
  std::string const n = list.n ? to_string(list.n->value) : "";
  switch (list.kind) {
    case ast::Quantifier::all:
      return "all of";
    case ast::Quantifier::any:
      return "any of";
    case ast::Quantifier::none:
      return "none of";
    case ast::Quantifier::at_least:
      return fmt::format("at least {} of", n);
    case ast::Quantifier::at_most:
      return fmt::format("at most {} of", n);
    case ast::Quantifier::exactly:
      return fmt::format("exactly {} of", n);
  }
  return "";
}

/// What a list in parentheses may fill a line with; conditions and labelled items take a line each instead.
bool is_plain(ast::Item const& item) {
  auto const& node = item.value->node;
  return !item.label && (std::holds_alternative<ast::NameRef>(node) || std::holds_alternative<ast::Previous>(node) ||
                         std::holds_alternative<ast::Number>(node) || std::holds_alternative<ast::Duration>(node));
}

void write(Writer& w, ast::Item const& item) {
  write(w, *item.value);
  if (item.label) w.put(" " + quote(*item.label));
}

void write_bullets(Writer& w, std::vector<ast::Item> const& items) {
  for (ast::Item const& item : items) {
    Writer::Bullet const inside(w, true);
    std::uint32_t const begin = item.value->at.begin;
    w.line(w.find_back("-", begin > 0 ? begin - 1 : 0), w.bullet_indent());
    w.put("- ");
    write(w, item);
  }
}

void write_in_parentheses(Writer& w, std::vector<ast::Item> const& items) {
  Writer::Bullet const outside(w, false);
  w.put("(");
  w.open(std::all_of(items.begin(), items.end(), is_plain) ? Breaking::fill : Breaking::all);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) {
      w.put(",");
      write_space_before(w, *items[i].value);
    }
    write(w, items[i]);
  }
  w.close();
  w.put(")");
}

/// What stands behind `of`, with the space between.
void write(Writer& w, ast::ItemList const& list) {
  if (list.bulleted) return write_bullets(w, list.items);
  w.put(" ");
  if (list.name) return w.put(list.name->text);
  write_in_parentheses(w, list.items);
}

/// Parts joined by `and` or `or`, in the group that is open.
void write_joined(Writer& w, std::vector<ast::ExprPtr> const& parts, std::string_view word) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && w.in_bullet()) {
      w.put(fmt::format(" {}", word));
      write_space_before(w, *parts[i]);
    } else if (i > 0) {
      w.space(w.find_back(word, parts[i]->at.begin));
      w.put(fmt::format("{} ", word));
    }
    write(w, *parts[i]);
  }
}

struct TestWriter {
  Writer& w;

  void operator()(ast::RelationTest const& test) const {
    w.put(test.symbol ? symbol(test.op) : words(test.op));
    w.put(" ");
    write(w, *test.right);
  }
  void operator()(ast::IsTest const& test) const {
    w.put(test.negated ? "is not " : "is ");
    write(w, *test.right);
  }
  void operator()(ast::OneOfTest const& test) const {
    w.put(test.negated ? "is not one of (" : "is one of (");
    w.open(Breaking::fill);
    for (std::size_t i = 0; i < test.values.size(); ++i) {
      if (i > 0) {
        w.put(",");
        write_space_before(w, *test.values[i]);
      }
      write(w, *test.values[i]);
    }
    w.close();
    w.put(")");
  }
  void operator()(ast::BetweenTest const& test) const {
    w.put("is between ");
    write(w, *test.low);
    w.put(" and ");
    write(w, *test.high);
  }
  void operator()(ast::OrWorseTest const& test) const {
    w.put("is ");
    write(w, *test.value);
    w.put(test.better ? " or better" : " or worse");
  }
  void operator()(ast::EmptyTest const& test) const { w.put(test.negated ? "is not empty" : "is empty"); }
  void operator()(ast::IncludesTest const& test) const {
    if (test.kind == ast::IncludesKind::one) return w.put("includes " + test.values.front().text);
    w.put(test.kind == ast::IncludesKind::any ? "includes any of (" : "includes all of (");
    write_words(w, test.values);
    w.put(")");
  }
  void operator()(ast::WithinTest const& test) const { w.put("within " + format::spell(test.span)); }
  void operator()(ast::MoreThanAgoTest const& test) const {
    w.put(fmt::format("more than {} ago", format::spell(test.span)));
  }
};

void write(Writer& w, ast::Test const& test) {
  std::visit(TestWriter{w}, test.kind);
}

struct ExprWriter {
  Writer& w;

  void operator()(ast::NameRef const& ref) const { w.put(ref.name.text); }
  void operator()(ast::Previous const& previous) const { w.put("previous " + previous.name.text); }
  void operator()(ast::DaysSince const& since) const {
    w.put(fmt::format("days since {}{}", since.previous ? "previous " : "", since.name.text));
  }
  void operator()(ast::Number const& number) const { w.put(to_string(number.value)); }
  void operator()(ast::Duration const& duration) const { w.put(format::spell(duration)); }
  void operator()(ast::DateLiteral const& date) const { w.put(to_string(date.value)); }
  void operator()(ast::CountOf const& count) const {
    w.put("count of");
    if (!count.set) return write(w, count.items);
    w.put(fmt::format(" {}{}", count.previous ? "previous " : "", count.set->text));
  }
  void operator()(ast::Extreme const& extreme) const {
    w.put(extreme.highest ? "highest of" : "lowest of");
    write(w, extreme.items);
  }
  void operator()(ast::Sum const& sum) const {
    w.open(Breaking::fill);
    write_terms(w, sum);
    w.close();
  }
  void operator()(ast::Scaled const& scaled) const {
    w.put(to_string(scaled.factor.value) + " * ");
    write(w, *scaled.value);
  }
  void operator()(ast::Group const& group) const {
    Writer::Bullet const outside(w, false);
    w.put("(");
    write(w, *group.inner);
    w.put(")");
  }
  void operator()(ast::Not const& negation) const {
    w.put("not ");
    write(w, *negation.inner);
  }
  void operator()(ast::And const& all) const {
    w.open(Breaking::all);
    write_joined(w, all.parts, "and");
    w.close();
  }
  void operator()(ast::Or const& any) const {
    w.open(Breaking::all);
    write_joined(w, any.parts, "or");
    w.close();
  }
  void operator()(ast::Compare const& compare) const {
    write(w, *compare.subject);
    w.put(" ");
    write(w, compare.test);
  }
  void operator()(ast::Quantified const& list) const {
    w.put(quantifier(list));
    write(w, list.items);
    if (!list.test) return;
    w.put(" ");
    write(w, *list.test);
  }
};

struct BeginsWithMinus {
  bool operator()(ast::Number const& number) const { return number.value < Decimal{}; }
  bool operator()(ast::Duration const& duration) const { return duration.amount < Decimal{}; }
  bool operator()(ast::Scaled const& scaled) const { return scaled.factor.value < Decimal{}; }
  bool operator()(ast::Sum const& sum) const {
    return sum.terms.front().minus || begins_with_minus(*sum.terms.front().value);
  }
  bool operator()(ast::And const& all) const { return begins_with_minus(*all.parts.front()); }
  bool operator()(ast::Or const& any) const { return begins_with_minus(*any.parts.front()); }
  bool operator()(ast::Compare const& compare) const { return begins_with_minus(*compare.subject); }
  bool operator()(ast::NameRef const&) const { return false; }
  bool operator()(ast::Previous const&) const { return false; }
  bool operator()(ast::DaysSince const&) const { return false; }
  bool operator()(ast::DateLiteral const&) const { return false; }
  bool operator()(ast::CountOf const&) const { return false; }
  bool operator()(ast::Extreme const&) const { return false; }
  bool operator()(ast::Group const&) const { return false; }
  bool operator()(ast::Not const&) const { return false; }
  bool operator()(ast::Quantified const&) const { return false; }
};

/// A minus stays on the line of the term before it: first on its line it would be a bullet.
void write_difference(Writer& w, ast::Expr const& value) {
  w.put(" -");
  w.open(Breaking::fill, Indent::line, clause_indent);
  write_space_before(w, value);
  write(w, value);
  w.close();
}

}  // namespace

std::string_view symbol(ast::Relation op) {
  switch (op) {
    case ast::Relation::equal:
      return "=";
    case ast::Relation::not_equal:
      return "!=";
    case ast::Relation::at_least:
      return ">=";
    case ast::Relation::at_most:
      return "<=";
    case ast::Relation::above:
      return ">";
    case ast::Relation::below:
      return "<";
  }
  return "";
}

bool begins_with_minus(ast::Expr const& expr) {
  return std::visit(BeginsWithMinus{}, expr.node);
}

void write(Writer& w, ast::Expr const& expr) {
  std::visit(ExprWriter{w}, expr.node);
}

void write_space_before(Writer& w, ast::Expr const& expr, std::string_view flat) {
  if (begins_with_minus(expr)) {
    w.put(flat);
  } else {
    w.space(expr.at.begin, flat);
  }
}

void write_terms(Writer& w, ast::Sum const& sum) {
  for (std::size_t i = 0; i < sum.terms.size(); ++i) {
    ast::Expr const& value = *sum.terms[i].value;
    if (sum.terms[i].minus) {
      write_difference(w, value);
      continue;
    }
    if (i > 0) {
      w.space(w.find_back("+", value.at.begin));
      w.put("+ ");
    }
    write(w, value);
  }
}

void write_condition(Writer& w, std::string_view keyword, ast::Expr const& condition) {
  w.open(Breaking::all, Indent::column, 1);
  w.put(fmt::format("{} ", keyword));
  if (auto const* all = std::get_if<ast::And>(&condition.node)) {
    write_joined(w, all->parts, "and");
  } else if (auto const* any = std::get_if<ast::Or>(&condition.node)) {
    write_joined(w, any->parts, "or");
  } else {
    write(w, condition);
  }
  w.close();
}

void write_condition_clause(Writer& w, std::string_view keyword, ast::ExprPtr const& condition) {
  if (!condition) return;
  w.line(w.find_back(keyword.substr(0, keyword.find(' ')), condition->at.begin), clause_indent);
  write_condition(w, keyword, *condition);
}

std::string flat(Writer const& w, ast::Expr const& expr) {
  Writer line = w.fresh();
  write(line, expr);
  return line.flat();
}

}  // namespace carestep::format

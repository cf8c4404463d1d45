#include "ast/print_expr.hpp"

#include "ast/print.hpp"

namespace carestep::ast {
namespace {

std::string symbol(Relation op) {
  switch (op) {
    case Relation::equal:
      return "=";
    case Relation::not_equal:
      return "!=";
    case Relation::at_least:
      return ">=";
    case Relation::at_most:
      return "<=";
    case Relation::above:
      return ">";
    case Relation::below:
      return "<";
  }
  return {};
}

std::string quantifier(Quantified const& q) {
  std::string const n = q.n ? "-" + to_string(q.n->value) : "";
  switch (q.kind) {
    case Quantifier::all:
      return "all";
    case Quantifier::any:
      return "any";
    case Quantifier::none:
      return "none";
    case Quantifier::at_least:
      return "at-least" + n;
    case Quantifier::at_most:
      return "at-most" + n;
    case Quantifier::exactly:
      return "exactly" + n;
  }
  return {};
}

std::vector<std::string> print_all(std::vector<ExprPtr> const& exprs) {
  std::vector<std::string> parts;
  for (ExprPtr const& expr : exprs) parts.push_back(print(expr));
  return parts;
}

std::vector<std::string> print_items(ItemList const& list_items) {
  if (list_items.name) return {list_items.name->text};
  std::vector<std::string> parts;
  for (Item const& item : list_items.items)
    parts.push_back(print(item.value) + (item.label ? ":" + quoted(item.label->value) : ""));
  return parts;
}

std::string negation(bool negated, char const* head) {
  return negated ? std::string("not-") + head : head;
}

std::string print_test(Test const& test) {
  return std::visit(
      Overloaded{
          [](RelationTest const& t) { return list((t.symbol ? "" : "is-") + symbol(t.op), {print(t.right)}); },
          [](IsTest const& t) { return list(negation(t.negated, "is"), {print(t.right)}); },
          [](OneOfTest const& t) { return list(negation(t.negated, "one-of"), print_all(t.values)); },
          [](BetweenTest const& t) {
            return list("between", {print(t.low), print(t.high)});
          },
          [](OrWorseTest const& t) { return list(t.better ? "or-better" : "or-worse", {print(t.value)}); },
          [](EmptyTest const& t) { return list(negation(t.negated, "empty"), {}); },
          [](IncludesTest const& t) {
            char const* const head = t.kind == IncludesKind::one   ? "includes"
                                     : t.kind == IncludesKind::any ? "includes-any"
                                                                   : "includes-all";
            return list(head, {print_words(t.values)});
          },
          [](WithinTest const& t) { return list("within", {print(t.span)}); },
          [](MoreThanAgoTest const& t) { return list("more-than-ago", {print(t.span)}); },
      },
      test.kind);
}

std::string print_sum(Sum const& sum) {
  std::string text;
  for (Sum::Term const& term : sum.terms) text += (term.minus ? " -" : " +") + print(term.value);
  return "(sum" + text + ")";
}

std::string print_count(CountOf const& count) {
  if (!count.set) return list("count", print_items(count.items));
  return list(count.previous ? "count-previous" : "count", {count.set->text});
}

std::string print_quantified(Quantified const& q) {
  std::vector<std::string> parts = print_items(q.items);
  if (q.test) parts.insert(parts.begin(), print_test(*q.test));
  return list((q.items.bulleted ? "bullets-" : "") + quantifier(q), parts);
}

}  // namespace

std::string list(std::string const& head, std::vector<std::string> const& parts) {
  std::string text = "(" + head;
  for (std::string const& part : parts)
    if (!part.empty()) text += " " + part;
  return text + ")";
}

std::string quoted(std::string const& text) {
  return '"' + text + '"';
}

std::string print(Duration const& duration) {
  char const* const unit = duration.unit == TimeUnit::hour ? "h" : duration.unit == TimeUnit::day ? "d" : "w";
  return to_string(duration.amount) + unit;
}

std::string print_words(std::vector<Word> const& words) {
  std::string text;
  for (Word const& word : words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

std::string print(ExprPtr const& expr) {
  return expr ? print(*expr) : std::string();
}

std::string print(Expr const& expr) {
  return std::visit(
      Overloaded{
          [](NameRef const& e) { return e.name.text; },
          [](Previous const& e) { return list("previous", {e.name.text}); },
          [](DaysSince const& e) { return list(e.previous ? "days-since-previous" : "days-since", {e.name.text}); },
          [](Number const& e) { return to_string(e.value); },
          [](Duration const& e) { return print(e); },
          [](DateLiteral const& e) { return to_string(e.value); },
          [](CountOf const& e) { return print_count(e); },
          [](Extreme const& e) { return list(e.highest ? "highest" : "lowest", print_items(e.items)); },
          [](Sum const& e) { return print_sum(e); },
          [](Scaled const& e) {
            return list("*", {to_string(e.factor.value), print(e.value)});
          },
          [](Group const& e) { return list("group", {print(e.inner)}); },
          [](Not const& e) { return list("not", {print(e.inner)}); },
          [](And const& e) { return list("and", print_all(e.parts)); },
          [](Or const& e) { return list("or", print_all(e.parts)); },
          [](Compare const& e) {
            return list("compare", {print(e.subject), print_test(e.test)});
          },
          [](Quantified const& e) { return print_quantified(e); },
      },
      expr.node);
}

}  // namespace carestep::ast

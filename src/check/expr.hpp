#pragma once

// Typing and lowering of conditions and numbers.

#include "check/context.hpp"

namespace carestep::checking {

/// A condition, clause by clause. Errors are reported and leave a clause whose node is false.
ir::Clause condition(Context& ctx, ast::Expr const& expr);

/// The same where the condition may be left out.
ir::Clause condition_or(Context& ctx, ast::ExprPtr const& expr, bool left_out);

/// What an expression stands for as a side of a comparison; invalid after a report.
Value value_of(Context& ctx, ast::Expr const& expr);

/// The same for what must be a number.
Value number_of(Context& ctx, ast::Expr const& expr);

/// An input, fact, grade or score by its name; invalid, and silent, where there is none.
Value named_value(Context& ctx, std::string_view name, Span at);

/// One comparison made of a subject; `words` is the whole test as written.
ir::NodeId test(Context& ctx, Value const& subject, ast::Test const& test, Span at, std::string_view words);

/// A comparison by a relation, with the other side in any of its forms.
ir::NodeId relation_test(Context& ctx, Value const& subject, ast::Relation op, ast::Expr const& other, Span at,
                         std::string_view words);

/// A literal as a position of the subject, judged as compared by `op`; reports anything else. For table cells.
std::optional<std::int64_t> literal_position(Context& ctx, Value const& subject, ast::Expr const& literal,
                                             ast::Relation op);

/// The subject lies at one of these positions (of a number: in one of these intervals).
ir::NodeId lies(Context& ctx, Value const& subject, std::vector<ir::CodeRange> const& positions);

/// A word as one of the subject's values; reports values that the type lacks or that are names as well.
std::optional<std::int64_t> value_position(Context& ctx, Value const& subject, ast::Word const& word);

/// The condition that the subject (a scale, choice or level) takes one of these positions.
ir::NodeId takes(Context& ctx, Value const& subject, std::vector<ir::CodeRange> const& positions);

/// The relation that `or worse` or `or better` stands for; reports a subject without a direction.
std::optional<ast::Relation> toward(Context& ctx, Value const& subject, bool better, Span at);

/// Calls `visit(ast::Word const&)` for every name that stands in an expression, values included.
template <class Visit>
void each_word(ast::Expr const& expr, Visit const& visit);

/// What the parts after `of` stand for, each with its words and label.
struct Subject {
  Value value;
  std::string label;
};
std::vector<Subject> subjects(Context& ctx, ast::ItemList const& items);

/// Whether two values may stand in one list.
bool same_type(Value const& a, Value const& b);

// ---- the walk over the words ----------------------------------------------------------------------------------------

template <class Visit>
void each_word(ast::ItemList const& items, Visit const& visit) {
  if (items.name) visit(*items.name);
  for (ast::Item const& item : items.items) each_word(*item.value, visit);
}

template <class Visit>
void each_word(ast::Test const& test, Visit const& visit) {
  std::visit(Overloaded{
                 [&](ast::RelationTest const& t) { each_word(*t.right, visit); },
                 [&](ast::IsTest const& t) { each_word(*t.right, visit); },
                 [&](ast::OneOfTest const& t) {
                   for (ast::ExprPtr const& value : t.values) each_word(*value, visit);
                 },
                 [&](ast::BetweenTest const& t) {
                   each_word(*t.low, visit);
                   each_word(*t.high, visit);
                 },
                 [&](ast::OrWorseTest const& t) { each_word(*t.value, visit); },
                 [&](ast::EmptyTest const&) {},
                 [&](ast::IncludesTest const&) {},
                 [&](ast::WithinTest const&) {},
                 [&](ast::MoreThanAgoTest const&) {},
             },
             test.kind);
}

template <class Visit>
void each_word(ast::Expr const& expr, Visit const& visit) {
  std::visit(Overloaded{
                 [&](ast::NameRef const& e) { visit(e.name); },
                 [&](ast::Previous const&) {},
                 [&](ast::DaysSince const&) {},
                 [&](ast::Number const&) {},
                 [&](ast::Duration const&) {},
                 [&](ast::DateLiteral const&) {},
                 [&](ast::CountOf const& e) {
                   if (e.set) visit(*e.set);
                   each_word(e.items, visit);
                 },
                 [&](ast::Extreme const& e) { each_word(e.items, visit); },
                 [&](ast::Sum const& e) {
                   for (ast::Sum::Term const& term : e.terms) each_word(*term.value, visit);
                 },
                 [&](ast::Scaled const& e) { each_word(*e.value, visit); },
                 [&](ast::Group const& e) { each_word(*e.inner, visit); },
                 [&](ast::Not const& e) { each_word(*e.inner, visit); },
                 [&](ast::And const& e) {
                   for (ast::ExprPtr const& part : e.parts) each_word(*part, visit);
                 },
                 [&](ast::Or const& e) {
                   for (ast::ExprPtr const& part : e.parts) each_word(*part, visit);
                 },
                 [&](ast::Compare const& e) {
                   each_word(*e.subject, visit);
                   each_word(e.test, visit);
                 },
                 [&](ast::Quantified const& e) {
                   each_word(e.items, visit);
                   if (e.test) each_word(*e.test, visit);
                 },
             },
             expr.node);
}

}  // namespace carestep::checking

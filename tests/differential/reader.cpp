#include "differential/reader.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace carestep::reference {

void not_valid(std::string const& what) {
  throw std::logic_error("no valid ruleset says: " + what);
}

namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

/// Section 2: "one week is 7 days, one day 24 hours."
Wide hours_in(ast::TimeUnit unit) {
  switch (unit) {
    case ast::TimeUnit::hour:
      return 1;
    case ast::TimeUnit::day:
      return 24;
    case ast::TimeUnit::week:
      return 7 * 24;
  }
  return 0;
}

/// Section 4: "`of UNIT` with a time unit makes comparisons take durations".
Wide hours_in_unit(std::string const& unit) {
  if (unit == "hour" || unit == "hours") return 1;
  if (unit == "day" || unit == "days") return 24;
  if (unit == "week" || unit == "weeks") return 7 * 24;
  return 0;
}

Wide wide(Decimal value) {
  return Wide{value.scaled} * (one / Decimal::one);
}

Wide times(Decimal factor, Wide value) {
  Wide product = 0;
  if (__builtin_mul_overflow(value, Wide{factor.scaled}, &product) || product % Decimal::one != 0) {
    throw std::logic_error("a product that the reference evaluator cannot hold exactly");
  }
  return product / Decimal::one;
}

std::vector<std::string> texts(std::vector<ast::Word> const& words) {
  std::vector<std::string> result;
  for (auto const& word : words) result.push_back(word.text);
  return result;
}

Wide place_of(std::vector<std::string> const& values, std::string const& value) {
  auto const found = std::find(values.begin(), values.end(), value);
  if (found == values.end()) not_valid("value " + value);
  return found - values.begin();
}

Type number_type(Wide hours = 0) {
  return {Kind::number, {}, hours, Worse::undeclared};
}
Type yes_no_type() {
  return {Kind::yes_no, {"no", "yes"}, 0, Worse::undeclared};
}

Term literal(Type const& type, Wide value) {
  return {type, [value](Case const&) { return value; }, std::nullopt, value};
}

/// "Days counted compare with bare numbers and with durations of whole days alike": a bare number that meets an amount
/// of time counts in its unit.
void meet(Term& bare, Type const& other) {
  if (bare.type.kind != Kind::number || other.kind != Kind::number || bare.type.hours != 0 || other.hours == 0) return;
  auto const hours = other.hours;
  if (bare.literal) {
    bare = literal(number_type(hours), *bare.literal * hours);
  } else {
    bare.value = [value = bare.value, hours](Case const& c) { return value(c) * hours; };
    bare.type.hours = hours;
  }
}

/// Brings the parts of a sum, an extreme or a score's cases to one unit; returns it.
Wide meet_all(std::vector<Term>& terms) {
  Wide hours = 0;
  for (auto const& term : terms) hours = std::max(hours, term.type.hours);
  for (auto& term : terms) meet(term, number_type(hours));
  return hours;
}

Condition negation(Condition inner, bool negated = true) {
  if (!negated) return inner;
  return [inner = std::move(inner)](Case const& c) { return !inner(c); };
}

bool holds_between(Wide left, ast::Relation op, Wide right) {
  switch (op) {
    case ast::Relation::equal:
      return left == right;
    case ast::Relation::not_equal:
      return left != right;
    case ast::Relation::at_least:
      return left >= right;
    case ast::Relation::at_most:
      return left <= right;
    case ast::Relation::above:
      return left > right;
    case ast::Relation::below:
      return left < right;
  }
  return false;
}

Worse worse_of(std::optional<ast::DirectionClause> const& clause, Worse left_out) {
  if (!clause) return left_out;
  return clause->worse == ast::Direction::lower || clause->worse == ast::Direction::no ? Worse::lower : Worse::higher;
}

/// Makes copies of a long expression cheap.
Term shared(Term term) {
  term.value = [value = std::make_shared<Quantity const>(std::move(term.value))](Case const& c) { return (*value)(c); };
  return term;
}

}  // namespace

Wide hours_of(ast::Duration const& duration) {
  return wide(duration.amount) * hours_in(duration.unit);
}

std::int64_t whole_days(ast::Duration const& duration) {
  auto const hours = hours_of(duration);
  if (hours % day != 0) not_valid("a broken day");
  return static_cast<std::int64_t>(hours / day);
}

// ---- section 3: what is declared ----------------------------------------------------------------------------------

Reader::Reader(ast::Bundle const& bundle) : bundle_(bundle) {}

Rules read_rules(ast::Bundle const& bundle) {
  return Reader(bundle).read();
}

Rules Reader::read() {
  declare_names();
  add_levels();
  add_built_in_inputs();
  add_inputs();
  add_rules();
  link_overrides();
  return std::move(rules_);
}

void Reader::declare_names() {
  for (auto const& file : bundle_.files) {
    for (auto const& decl : file.decls) {
      std::visit(Overloaded{
                     [&](ast::FactDecl const& fact) { declared_[fact.heading.name.text] = &decl; },
                     [&](ast::GradeDecl const& grade) { declared_[grade.heading.name.text] = &decl; },
                     [&](ast::ScoreDecl const& score) { declared_[score.heading.name.text] = &decl; },
                     [&](ast::ListDecl const& list) { declared_[list.name.text] = &decl; },
                     [&](ast::CriterionDecl const& criterion) {
                       if (criterion.as_name) named_criteria_[criterion.as_name->text] = &criterion;
                     },
                     [](auto const&) {},
                 },
                 decl.kind);
    }
  }
}

/// "Two built-in inputs exist in every ruleset: `current_level` (a level, or `none` for someone not in care) and
/// `days_in_level` (whole number of days, 0 to 36500)."
void Reader::add_built_in_inputs() {
  Slot current;
  current.name = "current_level";
  current.type = {Kind::level, {"none"}, 0, Worse::undeclared};
  for (auto const& level : rules_.levels) current.type.values.push_back(level.name);
  current.count = static_cast<std::int64_t>(current.type.values.size());
  current.read = true;  // by every move
  Slot days;
  days.name = "days_in_level";
  days.type = number_type(24);
  days.step = day;
  days.count = farthest_day + 1;
  days.cuts.insert(0);  // the only value that goes with `current_level none`
  rules_.slots = {current, days};
}

/// The inputs, and "`previous X` [...] for any input X but the two built-in ones: an input of the same type."
void Reader::add_inputs() {
  std::vector<Slot> inputs;
  for (auto const& file : bundle_.files) {
    for (auto const& decl : file.decls) {
      if (auto const* input = std::get_if<ast::InputDecl>(&decl.kind)) inputs.push_back(slot_for(*input));
    }
  }
  rules_.inputs = inputs.size();
  rules_.slots.insert(rules_.slots.end(), inputs.begin(), inputs.end());
  for (auto& previous : inputs) {
    previous.name = "previous " + previous.name;
    previous.assumed.reset();
    previous.valid_for.reset();
    rules_.slots.push_back(previous);
  }
}

namespace {

void set_values(Slot& slot, Kind kind, std::vector<ast::Word> const& values) {
  slot.type.kind = kind;
  slot.type.values = texts(values);
  slot.count = kind == Kind::set ? std::int64_t{1} << values.size() : static_cast<std::int64_t>(values.size());
}

void set_range(Slot& slot, ast::NumberType const& number) {
  slot.type = number_type(number.unit && !number.unit_quoted ? hours_in_unit(number.unit->value) : 0);
  auto const scale = std::max<Wide>(1, slot.type.hours);
  slot.low = wide(number.low.value) * scale;
  slot.step = (number.step ? wide(number.step->value) : one) * scale;
  slot.count = static_cast<std::int64_t>((wide(number.high.value) * scale - slot.low) / slot.step) + 1;
}

Wide assumed_value(Slot const& slot, ast::GivenValue const& given) {
  auto const scale = std::max<Wide>(1, slot.type.hours);
  return std::visit(Overloaded{
                        [&](ast::Word const& word) -> Wide {
                          if (slot.type.kind == Kind::date) return never;
                          if (slot.type.kind == Kind::set) return 0;  // `none`
                          return place_of(slot.type.values, word.text);
                        },
                        [&](ast::Number const& number) -> Wide { return wide(number.value) * scale; },
                        [&](ast::Duration const& duration) -> Wide { return hours_of(duration); },
                        [&](ast::DaysAgo const& days) -> Wide { return hours_of(days.ago); },
                        [&](ast::SetLiteral const& set) -> Wide {
                          Wide members = 0;
                          for (auto const& m : set.members) members |= Wide{1} << place_of(slot.type.values, m.text);
                          return members;
                        },
                        [&](ast::DateLiteral const&) -> Wide { not_valid("assume a calendar date"); },
                    },
                    given.kind);
}

}  // namespace

Slot Reader::slot_for(ast::InputDecl const& input) const {
  Slot slot;
  slot.name = input.heading.name.text;
  std::visit(Overloaded{
                 [&](ast::YesNoType const&) {
                   slot.type = yes_no_type();
                   slot.count = 2;
                 },
                 [&](ast::ScaleType const& scale) { set_values(slot, Kind::scale, scale.values); },
                 [&](ast::ChoiceType const& choice) { set_values(slot, Kind::choice, choice.values); },
                 [&](ast::SetType const& set) { set_values(slot, Kind::set, set.values); },
                 [&](ast::NumberType const& number) { set_range(slot, number); },
                 [&](ast::DateType const& date) {
                   slot.type = {Kind::date, {}, 24, Worse::undeclared};
                   slot.step = day;
                   slot.count = farthest_day + 1;
                   slot.or_never = date.or_never;
                 },
             },
             input.type.kind);
  slot.type.worse = worse_of(input.direction, Worse::undeclared);
  if (input.valid_for) slot.valid_for = hours_of(*input.valid_for);
  if (input.assume) slot.assumed = assumed_value(slot, *input.assume);
  return slot;
}

std::optional<std::size_t> Reader::slot_named(std::string const& name) const {
  for (std::size_t i = 0; i < rules_.slots.size(); ++i) {
    if (rules_.slots[i].name == name) return i;
  }
  return std::nullopt;
}

// ---- section 3: facts, grades, scores -----------------------------------------------------------------------------

Term Reader::read_slot(std::size_t slot) {
  rules_.slots[slot].read = true;
  return {rules_.slots[slot].type, [slot](Case const& c) { return c[slot]; }, slot, std::nullopt};
}

Term Reader::previous(std::string const& name) {
  auto const slot = slot_named("previous " + name);
  if (!slot) not_valid("previous " + name);
  return read_slot(*slot);
}

Term Reader::named(std::string const& name) {
  if (auto const slot = slot_named(name)) return read_slot(*slot);
  if (auto const found = derived_.find(name); found != derived_.end()) return found->second;
  return derived_[name] = shared(define(name));
}

Term Reader::define(std::string const& name) {
  auto const yes_no = [](Condition holds) {
    return Term{yes_no_type(), [holds = std::move(holds)](Case const& c) { return holds(c) ? 1 : 0; }, {}, {}};
  };
  // "With `as NAME` the condition is also a fact of that name."
  if (auto const found = named_criteria_.find(name); found != named_criteria_.end()) {
    return yes_no(condition(*found->second->when));
  }
  auto const found = declared_.find(name);
  if (found == declared_.end()) not_valid("name " + name);
  return std::visit(Overloaded{
                        [&](ast::FactDecl const& fact) { return yes_no(condition(*fact.when)); },
                        [&](ast::GradeDecl const& grade) { return define_grade(grade); },
                        [&](ast::ScoreDecl const& score) { return define_score(score); },
                        [&](auto const&) -> Term { not_valid("value of " + name); },
                    },
                    found->second->kind);
}

/// "derived scale; the first case that holds, in the order written; the last case must be `otherwise`"
Term Reader::define_grade(ast::GradeDecl const& grade) {
  Term result;
  result.type = {Kind::scale, texts(grade.values), 0, worse_of(grade.direction, Worse::higher)};
  std::vector<std::pair<Condition, Wide>> cases;
  for (auto const& written : grade.cases) {
    cases.emplace_back(optional_condition(written.when, true), place_of(result.type.values, written.value.text));
  }
  result.value = [cases](Case const& c) {
    for (auto const& [when, value] : cases) {
      if (when(c)) return value;
    }
    not_valid("a grade without otherwise");
  };
  return result;
}

/// "`= NUM`, or cases `NUM when COND` …, `NUM otherwise`"
Term Reader::define_score(ast::ScoreDecl const& score) {
  std::vector<Condition> when;
  std::vector<Term> values;
  if (score.formula) {
    when.push_back(optional_condition(nullptr, true));
    values.push_back(term(*score.formula));
  }
  for (auto const& written : score.cases) {
    when.push_back(optional_condition(written.when, true));
    values.push_back(term(*written.value));
  }
  for (auto const& value : values) need_every_value(value);
  Term result;
  result.type = number_type(meet_all(values));
  result.type.worse = worse_of(score.direction, Worse::undeclared);
  result.value = [when, values](Case const& c) {
    for (std::size_t i = 0; i < when.size(); ++i) {
      if (when[i](c)) return values[i].value(c);
    }
    not_valid("a score without otherwise");
  };
  return result;
}

// ---- section 4: what has a value ----------------------------------------------------------------------------------

Term Reader::term(ast::Expr const& e) {
  return std::visit(Overloaded{
                        [&](ast::NameRef const& ref) { return named(ref.name.text); },
                        [&](ast::Previous const& p) { return previous(p.name.text); },
                        [&](ast::DaysSince const& since) {
                          auto result = since.previous ? previous(since.name.text) : named(since.name.text);
                          result.type = number_type(24);  // "`days since NAME` is a number of days"
                          return result;
                        },
                        [&](ast::Number const& number) { return literal(number_type(), wide(number.value)); },
                        [&](ast::Duration const& duration) { return literal(number_type(1), hours_of(duration)); },
                        [&](ast::CountOf const& count) { return count_of(count); },
                        [&](ast::Extreme const& e2) { return extreme(e2); },
                        [&](ast::Sum const& s) { return sum(s); },
                        [&](ast::Scaled const& s) { return scaled(s); },
                        [&](ast::Group const& group) { return term(*group.inner); },
                        [&](auto const&) -> Term { not_valid("a condition in the place of a value"); },
                    },
                    e.node);
}

/// "`count of (c1, c2, …)`, `count of SET`"
Term Reader::count_of(ast::CountOf const& count) {
  Term result;
  result.type = number_type();
  auto const names_a_list = count.set && declared_.count(count.set->text) != 0;
  if (count.set && !names_a_list) {
    auto const set = count.previous ? previous(count.set->text) : named(count.set->text);
    result.value = [value = set.value](Case const& c) {
      return one * std::popcount(static_cast<std::uint32_t>(value(c)));
    };
    return result;
  }
  ast::ItemList list;
  list.name = count.set;
  auto const parts = conditions(names_a_list ? list : count.items);
  result.value = [parts](Case const& c) {
    return one * std::count_if(parts.begin(), parts.end(), [&](auto const& part) { return part(c); });
  };
  return result;
}

Term Reader::extreme(ast::Extreme const& extreme) {
  auto parts = subjects(extreme.items);
  for (auto const& part : parts) need_every_value(part);
  Term result;
  result.type = number_type(meet_all(parts));
  result.value = [parts, highest = extreme.highest](Case const& c) {
    auto best = parts.front().value(c);
    for (auto const& part : parts) best = highest ? std::max(best, part.value(c)) : std::min(best, part.value(c));
    return best;
  };
  return result;
}

Term Reader::sum(ast::Sum const& sum) {
  std::vector<Term> parts;
  for (auto const& part : sum.terms) {
    parts.push_back(term(*part.value));
    need_every_value(parts.back());
  }
  Term result;
  result.type = number_type(meet_all(parts));
  std::vector<bool> minus;
  for (auto const& part : sum.terms) minus.push_back(part.minus);
  result.value = [parts, minus](Case const& c) {
    Wide total = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) total += minus[i] ? -parts[i].value(c) : parts[i].value(c);
    return total;
  };
  return result;
}

Term Reader::scaled(ast::Scaled const& scaled) {
  auto const inner = term(*scaled.value);
  need_every_value(inner);
  Term result;
  result.type = number_type(inner.type.hours);
  result.value = [value = inner.value, factor = scaled.factor.value](Case const& c) { return times(factor, value(c)); };
  return result;
}

/// "A bare value is resolved from the type of what it is compared with".
Term Reader::operand(ast::Expr const& e, Type const& type) {
  if (auto const* ref = std::get_if<ast::NameRef>(&e.node)) {
    auto const& values = type.values;
    if (std::find(values.begin(), values.end(), ref->name.text) != values.end()) {
      return literal(type, place_of(values, ref->name.text));
    }
    if (type.kind == Kind::date && ref->name.text == "never") return literal(type, never);
  }
  return term(e);
}

/// What stands behind `of`, where one comparison is made of each.
std::vector<Term> Reader::subjects(ast::ItemList const& items) {
  std::vector<Term> result;
  if (!items.name) {
    for (auto const& item : items.items) result.push_back(term(*item.value));
    return result;
  }
  auto const found = declared_.find(items.name->text);
  auto const* list = found == declared_.end() ? nullptr : std::get_if<ast::ListDecl>(&found->second->kind);
  if (list == nullptr) not_valid("of " + items.name->text);
  for (auto const& member : list->members) result.push_back(named(member.text));
  return result;
}

/// What stands behind `of`, where each is itself a condition.
std::vector<Condition> Reader::conditions(ast::ItemList const& items) {
  std::vector<Condition> result;
  if (!items.name) {
    for (auto const& item : items.items) result.push_back(condition(*item.value));
    return result;
  }
  for (auto const& member : subjects(items)) {
    result.push_back([value = member.value](Case const& c) { return value(c) != 0; });
  }
  return result;
}

// ---- section 4: conditions ----------------------------------------------------------------------------------------

Condition Reader::optional_condition(ast::ExprPtr const& e, bool when_left_out) {
  if (e) return condition(*e);
  return [when_left_out](Case const&) { return when_left_out; };
}

Condition Reader::condition(ast::Expr const& e) {
  auto const parts_of = [&](std::vector<ast::ExprPtr> const& written) {
    std::vector<Condition> parts;
    for (auto const& part : written) parts.push_back(condition(*part));
    return parts;
  };
  auto const yes = [](Term const& term) -> Condition {
    if (term.type.kind != Kind::yes_no) not_valid("a bare name that is not yes/no");
    return [value = term.value](Case const& c) { return value(c) != 0; };
  };
  return std::visit(Overloaded{
                        [&](ast::NameRef const& ref) { return yes(named(ref.name.text)); },
                        [&](ast::Previous const& p) { return yes(previous(p.name.text)); },
                        [&](ast::Group const& group) { return condition(*group.inner); },
                        [&](ast::Not const& inner) { return negation(condition(*inner.inner)); },
                        [&](ast::And const& both) -> Condition {
                          return [parts = parts_of(both.parts)](Case const& c) {
                            return std::all_of(parts.begin(), parts.end(), [&](auto const& part) { return part(c); });
                          };
                        },
                        [&](ast::Or const& either) -> Condition {
                          return [parts = parts_of(either.parts)](Case const& c) {
                            return std::any_of(parts.begin(), parts.end(), [&](auto const& part) { return part(c); });
                          };
                        },
                        [&](ast::Compare const& compare) { return comparison(compare); },
                        [&](ast::Quantified const& q) { return quantified(q); },
                        [&](auto const&) -> Condition { not_valid("a value in the place of a condition"); },
                    },
                    e.node);
}

/// "`all of`, `any of`, `none of`, `at least N of`, `at most N of`, `exactly N of` [...] With subjects of one type in
/// the parentheses and one comparison behind them, the comparison is made of each".
Condition Reader::quantified(ast::Quantified const& q) {
  std::vector<Condition> parts;
  if (q.test) {
    for (auto const& subject : subjects(q.items)) parts.push_back(test(subject, *q.test));
  } else {
    parts = conditions(q.items);
  }
  auto const n = q.n ? q.n->value.scaled / Decimal::one : 0;
  return [parts, n, kind = q.kind](Case const& c) {
    auto const all = static_cast<std::int64_t>(parts.size());
    auto const holding = std::count_if(parts.begin(), parts.end(), [&](auto const& part) { return part(c); });
    switch (kind) {
      case ast::Quantifier::all:
        return holding == all;
      case ast::Quantifier::any:
        return holding >= 1;
      case ast::Quantifier::none:
        return holding == 0;
      case ast::Quantifier::at_least:
        return holding >= n;
      case ast::Quantifier::at_most:
        return holding <= n;
      case ast::Quantifier::exactly:
        return holding == n;
    }
    return false;
  };
}

/// "A literal may stand on the left of a symbol (`15 <= phq9`)."
Condition Reader::comparison(ast::Compare const& compare) {
  auto const* relation_test = std::get_if<ast::RelationTest>(&compare.test.kind);
  auto const* word = std::get_if<ast::NameRef>(&compare.subject->node);
  auto const is_name = [&](std::string const& name) {
    return slot_named(name) || declared_.count(name) != 0 || named_criteria_.count(name) != 0;
  };
  if (relation_test != nullptr && word != nullptr && !is_name(word->name.text)) {
    auto const right = term(*relation_test->right);
    return relation(operand(*compare.subject, right.type), relation_test->op, right);
  }
  return test(term(*compare.subject), compare.test);
}

Condition Reader::test(Term const& subject, ast::Test const& test) {
  auto const& type = subject.type;
  return std::visit(
      Overloaded{
          [&](ast::RelationTest const& t) { return relation(subject, t.op, operand(*t.right, type)); },
          [&](ast::IsTest const& t) { return negation(is(subject, *t.right), t.negated); },
          [&](ast::OneOfTest const& t) {
            std::vector<Condition> parts;
            for (auto const& value : t.values) parts.push_back(is(subject, *value));
            Condition any = [parts](Case const& c) {
              return std::any_of(parts.begin(), parts.end(), [&](auto const& part) { return part(c); });
            };
            return negation(any, t.negated);
          },
          [&](ast::BetweenTest const& t) -> Condition {  // "(inclusive)"
            return [low = relation(subject, ast::Relation::at_least, operand(*t.low, type)),
                    high = relation(subject, ast::Relation::at_most, operand(*t.high, type))](Case const& c) {
              return low(c) && high(c);
            };
          },
          [&](ast::OrWorseTest const& t) { return or_worse(subject, *t.value, t.better); },
          [&](ast::EmptyTest const& t) {
            Condition empty = [value = subject.value](Case const& c) { return value(c) == 0; };
            return negation(empty, t.negated);
          },
          [&](ast::IncludesTest const& t) { return includes(subject, t); },
          // "`last_use within 7 days` is 0 <= days since last_use <= 7; `last_use more than 30 days ago` is days since
          // last_use > 30. `never` is longer ago than anything."
          [&](ast::WithinTest const& t) { return negation(longer_ago(subject, t.span)); },
          [&](ast::MoreThanAgoTest const& t) { return longer_ago(subject, t.span); },
      },
      test.kind);
}

Condition Reader::longer_ago(Term const& subject, ast::Duration const& span) {
  return relation(subject, ast::Relation::above, literal(subject.type, hours_of(span)));
}

/// "`includes v`, `includes any of (…)`, `includes all of (…)`"
Condition Reader::includes(Term const& subject, ast::IncludesTest const& test) {
  Wide members = 0;
  for (auto const& value : test.values) members |= Wide{1} << place_of(subject.type.values, value.text);
  return [value = subject.value, members, all = test.kind == ast::IncludesKind::all](Case const& c) {
    auto const found = value(c) & members;
    return all ? found == members : found != 0;
  };
}

Condition Reader::is(Term const& subject, ast::Expr const& right) {
  return relation(subject, ast::Relation::equal, operand(right, subject.type));
}

/// "`is v or worse`, `is v or better` (these two need a declared direction)"
Condition Reader::or_worse(Term const& subject, ast::Expr const& value, bool better) {
  if (subject.type.worse == Worse::undeclared) not_valid("or worse without a direction");
  auto const upwards = (subject.type.worse == Worse::higher) != better;
  return relation(subject, upwards ? ast::Relation::at_least : ast::Relation::at_most, operand(value, subject.type));
}

Condition Reader::relation(Term left, ast::Relation op, Term right) {
  meet(left, right.type);
  meet(right, left.type);
  note_comparison(left, right);
  if (right.literal) {
    return [left = left.value, op, right = *right.literal](Case const& c) { return holds_between(left(c), op, right); };
  }
  return [left = left.value, op, right = right.value](Case const& c) { return holds_between(left(c), op, right(c)); };
}

// ---- which values the rules can tell apart ------------------------------------------------------------------------

void Reader::need_every_value(Term const& term) {
  if (term.slot) rules_.slots[*term.slot].every_value = true;
}

void Reader::note_comparison(Term const& left, Term const& right) {
  if (left.slot && right.literal) {
    rules_.slots[*left.slot].cuts.insert(*right.literal);
  } else if (right.slot && left.literal) {
    rules_.slots[*right.slot].cuts.insert(*left.literal);
  } else {
    need_every_value(left);
    need_every_value(right);
  }
}

}  // namespace carestep::reference

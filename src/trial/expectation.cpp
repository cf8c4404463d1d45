#include "trial/expectation.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>

namespace carestep::trial {
namespace {

/// `expected` and `got` as the author would write them; both empty when the expectation is met.
using Answer = std::optional<ExampleDifference>;

struct Judge {
  ir::Model const& model;
  Decision const& decision;
  LevelId current;
  Date date;

  [[nodiscard]] std::string level(LevelId id) const {
    return id == no_level ? "none" : model.levels[static_cast<std::size_t>(id.index)].name;
  }

  [[nodiscard]] std::string move() const {
    switch (decision.move) {
      case Move::admit:
        return "admit to " + level(decision.next);
      case Move::step_up:
        return "step up to " + level(decision.next);
      case Move::stay:
        return "stay at " + level(decision.next);
      case Move::step_down:
        return "step down to " + level(decision.next);
      case Move::discharge:
        return "discharge from " + level(current);
      case Move::none:
        break;
    }
    return "no move";
  }

  [[nodiscard]] std::string range() const {
    auto const lowest = decision.possible_next.none
                            ? no_level
                            : LevelId{static_cast<std::int8_t>(std::countr_zero(decision.possible_next.bits))};
    auto const highest = decision.possible_next.bits == 0
                             ? no_level
                             : LevelId{static_cast<std::int8_t>(63 - std::countl_zero(decision.possible_next.bits))};
    return fmt::format("undetermined between {} and {}", level(lowest), level(highest));
  }

  [[nodiscard]] Answer compare(std::string expected, std::string got) const {
    if (expected == got) return std::nullopt;
    return ExampleDifference{std::move(expected), std::move(got)};
  }
  [[nodiscard]] Answer require(bool met, std::string expected, std::string got) const {
    if (met) return std::nullopt;
    return ExampleDifference{std::move(expected), std::move(got)};
  }

  [[nodiscard]] bool active(std::vector<RuleId> const& rules, std::string const& name) const {
    return std::any_of(rules.begin(), rules.end(), [&](RuleId id) { return model.rules[id.index].name == name; });
  }

  Answer operator()(ast::ExpectMove const& e) const {
    using Kind = ast::ExpectMove::Kind;
    std::string const to = e.level ? e.level->text : "";
    switch (e.kind) {
      case Kind::admit:
        return compare("admit to " + to, move());
      case Kind::step_up:
        return compare("step up to " + to, move());
      case Kind::step_down:
        return compare("step down to " + to, move());
      case Kind::stay:
        return compare("stay at " + to, move());
      case Kind::discharge:
        return compare("discharge from " + to, move());
      case Kind::no_move:
        break;
    }
    return compare("no move", move());
  }

  Answer operator()(ast::ExpectPlaced const& e) const {
    return compare(e.level ? "placed at " + e.level->text : "placed nowhere",
                   decision.placement ? "placed at " + level(*decision.placement) : "placed nowhere");
  }

  Answer operator()(ast::ExpectIndicated const& e) const {
    return compare(e.level ? "indicated " + e.level->text : "indicated none", "indicated " + level(decision.indicated));
  }

  Answer operator()(ast::ExpectUndetermined const& e) const {
    if (decision.status != DecisionStatus::undetermined)
      return ExampleDifference{
          e.between ? fmt::format("undetermined between {} and {}", e.between->first.text, e.between->second.text)
                    : "undetermined",
          "determined: " + move()};
    if (!e.between) return std::nullopt;
    return compare(fmt::format("undetermined between {} and {}", e.between->first.text, e.between->second.text),
                   range());
  }

  Answer operator()(ast::ExpectMark const& e) const {
    using Kind = ast::ExpectMark::Kind;
    auto const marked = [&](Mark mark, char const* name) {
      return require(decision.marks.contains(mark), name, fmt::format("{}, not marked {}", move(), name));
    };
    switch (e.kind) {
      case Kind::conflict:
        return marked(Mark::conflict, "conflict");
      case Kind::no_conflict:
        return require(!decision.marks.contains(Mark::conflict), "no conflict",
                       "conflict between " + names(decision.conflict));
      case Kind::not_eligible:
        return marked(Mark::not_eligible, "not_eligible");
      case Kind::not_applicable:
        return marked(Mark::not_applicable, "not_applicable");
      case Kind::by_default:
        return marked(Mark::by_default, "by_default");
      case Kind::held:
        return marked(Mark::held, "held");
      case Kind::off_pathway:
        break;
    }
    return marked(Mark::off_pathway, "off_pathway");
  }

  template <class Names>
  [[nodiscard]] static std::string names(Names const& list) {
    return fmt::format("{}", fmt::join(list, ", "));
  }

  Answer operator()(ast::ExpectAsk const& e) const {
    std::vector<std::string> asked;
    for (Question const& question : decision.ask)
      asked.push_back((question.previous ? "previous " : "") + model.inputs[question.input.index].name);
    std::string const name = (e.previous ? "previous " : "") + e.input.text;
    bool const found = std::find(asked.begin(), asked.end(), name) != asked.end();
    return require(found != e.negated, (e.negated ? "not ask " : "ask ") + name,
                   asked.empty() ? "nothing is asked" : "asked: " + names(asked));
  }

  Answer operator()(ast::ExpectRule const& e) const {
    bool const is_active = active(decision.active, e.name);
    bool const is_open = active(decision.open, e.name);
    std::string got = is_active ? fmt::format("`{}` is active", e.name)
                      : is_open ? fmt::format("`{}` depends on what is not known", e.name)
                                : fmt::format("`{}` is not active", e.name);
    if (e.negated) return require(!is_active && !is_open, "not rule " + e.name, std::move(got));
    return require(is_active, "rule " + e.name, std::move(got));
  }

  Answer operator()(ast::ExpectSuggest const& e) const {
    std::vector<std::string> suggested;
    for (ServiceId const id : decision.suggest) suggested.push_back(model.services[id.index].name);
    bool const found = std::find(suggested.begin(), suggested.end(), e.service.text) != suggested.end();
    return require(found, "suggest " + e.service.text,
                   suggested.empty() ? "nothing is suggested" : "suggested: " + names(suggested));
  }

  Answer operator()(ast::ExpectAlert const& e) const {
    bool const found = std::find(decision.alerts.begin(), decision.alerts.end(), e.text.value) != decision.alerts.end();
    return require(found, fmt::format("alert \"{}\"", e.text.value),
                   decision.alerts.empty() ? std::string("no alert")
                                           : fmt::format("alerts: \"{}\"", fmt::join(decision.alerts, "\", \"")));
  }

  Answer operator()(ast::ExpectReassess const& e) const {
    std::int64_t const per = e.within.unit == ast::TimeUnit::week ? 7 : 1;
    std::int64_t days = e.within.amount.scaled / Decimal::one * per;
    if (e.within.unit == ast::TimeUnit::hour) days = e.within.amount.scaled / Decimal::one / 24;
    auto const in = [](std::int64_t n) { return fmt::format("reassess in {} {}", n, n == 1 ? "day" : "days"); };
    return compare(in(days),
                   decision.reassess_on ? in(decision.reassess_on->days - date.days) : "no reassessment date");
  }
};

bool needs_determined(ast::Expectation const& e) {
  return !std::holds_alternative<ast::ExpectUndetermined>(e.kind) && !std::holds_alternative<ast::ExpectAsk>(e.kind);
}

}  // namespace

std::optional<ExampleDifference> difference(ir::Model const& model, ast::Expectation const& expectation,
                                            Decision const& decision, LevelId current, Date assessment_date) {
  Judge const judge{model, decision, current, assessment_date};
  std::optional<ExampleDifference> found = std::visit(judge, expectation.kind);
  if (!needs_determined(expectation) || decision.status == DecisionStatus::determined) return found;
  // Word the expectation as usual, but say that the decision is open, whatever the provisional one looks like.
  if (!found) found = ExampleDifference{"a determined decision", ""};
  found->got = judge.range();
  return found;
}

}  // namespace carestep::trial

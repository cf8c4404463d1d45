#include <carestep/version.hpp>

#include "base/json_writer.hpp"
#include "describe/sections.hpp"
#include "ir/words.hpp"

namespace carestep::describe {
namespace {

std::string_view word(ast::Status status) {
  switch (status) {
    case ast::Status::draft:
      return "draft";
    case ast::Status::active:
      return "active";
    case ast::Status::retired:
      return "retired";
  }
  return {};
}

std::string_view word(ir::InputKind kind) {
  switch (kind) {
    case ir::InputKind::level:
      return "level";
    case ir::InputKind::yes_no:
      return "yes_no";
    case ir::InputKind::scale:
      return "scale";
    case ir::InputKind::choice:
      return "choice";
    case ir::InputKind::set:
      return "set";
    case ir::InputKind::number:
      return "number";
    case ir::InputKind::date:
      return "date";
  }
  return {};
}

std::string_view word(ir::DefinitionKind kind) {
  switch (kind) {
    case ir::DefinitionKind::fact:
      return "fact";
    case ir::DefinitionKind::grade:
      return "grade";
    case ir::DefinitionKind::score:
      return "score";
  }
  return {};
}

std::string_view word(analyze::Stand stand) {
  switch (stand) {
    case analyze::Stand::conflict:
      return "conflict";
    case analyze::Stand::not_eligible:
      return "not_eligible";
    case analyze::Stand::by_default:
      return "by_default";
    case analyze::Stand::level:
      return "level";
  }
  return {};
}

std::string_view word(ir::RuleOrigin origin) {
  switch (origin) {
    case ir::RuleOrigin::rule:
      return "rule";
    case ir::RuleOrigin::row:
      return "row";
    case ir::RuleOrigin::leaf:
      return "leaf";
  }
  return {};
}

std::string_view word(ir::ClauseKind kind) {
  switch (kind) {
    case ir::ClauseKind::test:
      return "test";
    case ir::ClauseKind::negation:
      return "not";
    case ir::ClauseKind::all:
      return "all";
    case ir::ClauseKind::any:
      return "any";
    case ir::ClauseKind::none:
      return "none";
    case ir::ClauseKind::at_least:
      return "at_least";
    case ir::ClauseKind::at_most:
      return "at_most";
    case ir::ClauseKind::exactly:
      return "exactly";
  }
  return {};
}

class Writer {
 public:
  explicit Writer(Subject const& subject) : subject_(subject), model_(subject.model) {}

  std::string write() {
    json_.object();
    ruleset();
    attributes();
    levels();
    inputs();
    definitions();
    rules();
    tables();
    criteria();
    ways_to_levels();
    moves();
    move_ways();
    impossibles();
    guarantees();
    waivers();
    examples();
    sources();
    json_.text("engine", "carestep " + std::string(engine_version()));
    json_.close();
    return json_.take() + "\n";
  }

 private:
  void day(std::string_view key, std::optional<Date> const& value) {
    if (value) {
      json_.text(key, to_string(*value));
    } else {
      json_.null(key);
    }
  }
  void days(std::string_view key, std::optional<std::int32_t> const& value) {
    if (value) {
      json_.number(key, *value);
    } else {
      json_.null(key);
    }
  }

  template <class Things>
  void names(std::string_view key, std::vector<ir::Index> const& which, Things const& things) {
    json_.array(key);
    for (ir::Index i : which) json_.text(things[i].name);
    json_.close();
  }

  void level_names(std::string_view key, ir::LevelMask levels) {
    json_.array(key);
    for (std::size_t i = 0; i < model_.levels.size(); ++i) {
      if (((levels >> i) & 1U) != 0) json_.text(model_.levels[i].name);
    }
    json_.close();
  }

  void codes(std::vector<ir::Code> const& all) {
    json_.array("codes");
    for (ir::Code const& each : all) {
      json_.object();
      json_.text("system", each.system).text("value", each.value);
      json_.close();
    }
    json_.close();
  }

  void cites(std::vector<ir::Citation> const& all) {
    json_.array("cites");
    for (ir::Citation const& each : all) {
      json_.object();
      json_.text("source", model_.sources[each.source].name).text("where", each.where);
      json_.close();
    }
    json_.close();
  }

  void where(Span at) {
    if (at.file >= subject_.sources.size() || at.end == 0) return;
    Place const place = subject_.sources.place(at);
    json_.text("file", place.file).number("line", place.line);
  }

  void reasons(ir::Reasons const& reasons, Span at) {
    json_.text("because", reasons.because);
    cites(reasons.cites);
    where(at);
  }

  void clause(ir::Clause const& clause) {
    json_.object();
    json_.text("kind", word(clause.kind));
    bool const counts = clause.kind == ir::ClauseKind::at_least || clause.kind == ir::ClauseKind::at_most ||
                        clause.kind == ir::ClauseKind::exactly;
    if (counts) json_.number("n", clause.n);
    if (clause.kind == ir::ClauseKind::test) json_.text("text", clause.words);
    if (!clause.label.empty()) json_.text("label", clause.label);
    if (clause.kind != ir::ClauseKind::test) {
      json_.array("parts");
      for (ir::Clause const& part : clause.parts) this->clause(part);
      json_.close();
    }
    json_.close();
  }
  void condition(std::string_view key, ir::Clause const& clause) {
    if (left_out(model_, clause)) {
      json_.null(key);
      return;
    }
    json_.name(key);
    this->clause(clause);
  }

  void ruleset() {
    json_.object("ruleset");
    json_.text("name", model_.name).text("title", model_.title).text("version", model_.version);
    json_.text("status", word(model_.status));
    day("effective", model_.effective);
    day("expires", model_.expires);
    json_.text("sha256", subject_.provenance.sha256).text("about", model_.about);
    condition("applies", model_.applies);
    json_.close();
  }

  void attributes() {
    json_.object("attributes");
    for (ir::Attribute const& attribute : model_.attributes) json_.text(attribute.name, attribute.value);
    json_.close();
  }

  void levels() {
    json_.array("levels");
    for (ir::Level const& level : model_.levels) {
      json_.object();
      json_.text("name", level.name).text("label", level.label).text("about", level.about);
      names("offers", level.offers, model_.services);
      codes(level.codes);
      days("reassess_days", level.reassess_days);
      json_.close();
    }
    json_.close();
    json_.array("services");
    for (ir::Service const& service : model_.services) {
      json_.object();
      json_.text("name", service.name).text("label", service.label);
      json_.close();
    }
    json_.close();
  }

  void inputs() {
    json_.array("inputs");
    for (std::size_t i = 2; i < model_.inputs.size(); ++i) input(model_.inputs[i]);
    json_.close();
  }

  void input(ir::Input const& input) {
    json_.object();
    json_.text("name", input.name).text("label", input.label).text("type", word(input.kind));
    if (!input.values.empty()) json_.texts("values", input.values);
    if (input.kind == ir::InputKind::number) {
      json_.raw("low", to_string(input.low)).raw("high", to_string(input.high)).raw("step", to_string(input.step));
      json_.text("unit", input.unit);
    }
    if (input.kind == ir::InputKind::date) json_.truth("or_never", input.or_never);
    json_.text("ask", input.ask).text("help", input.help).text("direction", ir::direction_words(input));
    if (input.valid_for_hours) json_.number("valid_for_hours", *input.valid_for_hours);
    if (input.assume) json_.text("assume", ir::value_words(input, input.assume->data(), std::nullopt));
    codes(input.codes);
    cites(input.cites);
    where(input.at);
    json_.close();
  }

  void definitions() {
    json_.array("definitions");
    for (ir::Definition const& definition : model_.definitions) {
      json_.object();
      json_.text("name", definition.name).text("label", definition.label).text("kind", word(definition.kind));
      if (!definition.values.empty()) json_.texts("values", definition.values);
      json_.array("cases");
      for (ir::DefinitionCase const& each : definition.cases) {
        json_.object();
        if (definition.kind != ir::DefinitionKind::fact) json_.text("value", each.value);
        condition("when", each.when);
        json_.close();
      }
      json_.close();
      reasons(definition.reasons, definition.at);
      json_.close();
    }
    json_.close();
  }

  void rules() {
    json_.array("rules");
    for (ir::Rule const& rule : model_.rules) {
      json_.object();
      json_.text("name", rule.name).text("label", rule.label).text("origin", word(rule.origin));
      condition("when", rule.when);
      condition("unless", rule.unless);
      json_.texts("actions", ir::action_words(model_, rule));
      names("overridden_by", rule.overridden_by, model_.rules);
      reasons(rule.reasons, rule.at);
      json_.close();
    }
    json_.close();
  }

  void tables() {
    json_.array("tables");
    for (ir::Table const& table : model_.tables) {
      json_.object();
      json_.text("name", table.name).text("label", table.label).truth("first", table.first);
      json_.texts("columns", table.columns);
      json_.array("rows");
      for (auto const& row : table.rows) {
        json_.array();
        for (std::string const& cell : row) json_.text(cell);
        json_.close();
      }
      json_.close();
      reasons(table.reasons, table.at);
      json_.close();
    }
    json_.close();
  }

  void criteria() {
    json_.array("criteria");
    for (ir::Criterion const& criterion : model_.criteria) {
      json_.object();
      json_.text("kind", criterion.kind == ir::CriterionKind::admit ? "admit" : "continue");
      json_.text("level", model_.levels[criterion.level].name).text("name", criterion.name);
      condition("when", criterion.when);
      reasons(criterion.reasons, criterion.at);
      json_.close();
    }
    json_.close();
  }

  void moves() {
    json_.array("steps");
    for (ir::StepLine const& line : model_.steps) {
      json_.object();
      json_.text("direction", line.up ? "up" : "down").text("text", line.words);
      json_.array("moves");
      for (auto const& [from, to] : line.moves) {
        json_.array();
        json_.text(model_.levels[from].name).text(model_.levels[to].name);
        json_.close();
      }
      json_.close();
      condition("when", line.when);
      reasons(line.reasons, line.at);
      json_.close();
    }
    json_.close();
    json_.array("discharges");
    for (ir::DischargeLine const& line : model_.discharges) {
      json_.object();
      level_names("from", line.from);
      json_.text("text", line.words);
      condition("when", line.when);
      reasons(line.reasons, line.at);
      json_.close();
    }
    json_.close();
  }

  void ways_to_levels() {
    if (!subject_.worked.levels) return static_cast<void>(json_.null("leads_to"));
    json_.array("leads_to");
    for (analyze::WaysToLevel const& ways : *subject_.worked.levels) {
      json_.object().text("standing", word(ways.stand));
      if (ways.stand == analyze::Stand::level) json_.text("level", level_name(ways.level));
      json_.truth("complete", ways.complete).array("combinations");
      for (analyze::Combination const& combination : ways.combinations) {
        json_.object().array("clauses");
        for (analyze::ClauseTruth const& clause : combination.clauses)
          json_.object().text("text", clause.words).truth("holds", clause.holds).close();
        json_.close().array("rules");
        for (ir::Index const rule : combination.rules) json_.text(model_.rules[rule].name);
        json_.close().close();
      }
      json_.close().close();
    }
    json_.close();
  }

  void move_ways() {
    if (!subject_.worked.moves) return static_cast<void>(json_.null("what_happens"));
    json_.array("what_happens");
    for (analyze::MoveWays const& ways : *subject_.worked.moves) {
      json_.object()
          .text("current_level", level_name(ways.current))
          .text("indicated_level", level_name(ways.indicated));
      json_.truth("conflict", ways.conflict).truth("by_default", ways.by_default).array("moves");
      for (auto const& [move, next] : ways.moves)
        json_.object().text("move", to_string(move)).text("next_level", level_name(next)).close();
      json_.close().close();
    }
    json_.close();
  }

  [[nodiscard]] std::string level_name(std::int8_t level) const {
    return level < 0 ? "none" : model_.levels[static_cast<std::size_t>(level)].name;
  }

  void impossibles() {
    json_.array("impossible");
    for (ir::Impossible const& impossible : model_.impossibles) {
      json_.object();
      json_.text("name", impossible.name).text("label", impossible.label);
      condition("when", impossible.when);
      json_.text("because", impossible.because);
      where(impossible.at);
      json_.close();
    }
    json_.close();
  }

  void guarantees() {
    json_.array("guarantees");
    for (ir::Guarantee const& guarantee : model_.guarantees) {
      json_.object();
      json_.text("name", guarantee.name).text("label", guarantee.label);
      condition("whenever", guarantee.whenever);
      json_.text("promise", guarantee.words);
      if (Proof const* const proof = proof_of(subject_, guarantee))
        json_.text("verdict", to_string(proof->verdict))
            .truth("waived", proof->waived)
            .text("count", proof->tally.count)
            .text("of", proof->tally.of);
      reasons(guarantee.reasons, guarantee.at);
      json_.close();
    }
    json_.close();
  }

  void waivers() {
    json_.array("waivers");
    for (ir::Waiver const& waiver : model_.waivers) {
      json_.object();
      json_.text("check", waiver.check).text("of", waiver.subject).text("because", waiver.because);
      where(waiver.at);
      json_.close();
    }
    json_.close();
  }

  void examples() {
    json_.array("examples");
    each<ast::ExampleDecl>(subject_.bundle, [this](ast::ExampleDecl const& example, Span at) {
      json_.object();
      json_.text("name", example.name.value);
      json_.array("given");
      for (ast::Given const& each : example.given) json_.text(subject_.sources.words(each.at));
      json_.close();
      json_.array("expect");
      for (ast::Expectation const& each : example.expect) json_.text(subject_.sources.words(each.at));
      json_.close();
      where(at);
      json_.close();
    });
    json_.close();
  }

  void sources() {
    json_.array("sources");
    for (ir::Source const& source : model_.sources) {
      json_.object();
      json_.text("name", source.name).text("citation", source.citation).text("url", source.url);
      json_.close();
    }
    json_.close();
  }

  Subject const& subject_;
  ir::Model const& model_;
  JsonWriter json_;
};

}  // namespace

std::string as_json(Subject const& subject) {
  return Writer(subject).write();
}

}  // namespace carestep::describe

#include "data/write_decision.hpp"

#include <carestep/ruleset.hpp>
#include <carestep/version.hpp>

#include "base/json_writer.hpp"
#include "data/write_id.hpp"

namespace carestep::data {
namespace {

class DecisionWriter {
 public:
  DecisionWriter(std::string out, ir::Model const& model, Decision const& decision)
      : model_(model), decision_(decision), json_(std::move(out)) {}

  std::string write(RulesetIdentity const& ruleset, DecisionForm const& form);

 private:
  void brief();
  void whole();
  void levels();
  void rules_and_advice();
  void errors();
  void origin(RulesetIdentity const& ruleset);

  std::string_view level_name(LevelId level) const {
    return level == no_level ? std::string_view("none") : model_.levels[static_cast<std::size_t>(level.index)].name;
  }
  void level(std::string_view key, LevelId level) { json_.text(key, level_name(level)); }
  void level_set(std::string_view key, LevelSet const& set);
  void plan();
  void marks();
  void ask();
  /// The names of ids, which are indices into `declared`.
  template <class Ids, class Declared>
  void names(std::string_view key, Ids const& ids, Declared const& declared);

  ir::Model const& model_;
  Decision const& decision_;
  JsonWriter json_;
};

std::string DecisionWriter::write(RulesetIdentity const& ruleset, DecisionForm const& form) {
  json_.object();
  write_id(json_, form.id);
  json_.text("status", to_string(decision_.status));
  bool const refused = decision_.status == DecisionStatus::refused;
  if (refused) {
    errors();
  } else if (form.brief) {
    brief();
  } else {
    whole();
  }
  if (refused || !form.brief) origin(ruleset);
  if (!form.explanation.empty()) json_.raw("explanation", form.explanation);
  json_.close();
  return json_.take();
}

void DecisionWriter::brief() {
  json_.text("move", to_string(decision_.move));
  level("next_level", decision_.next);
  level("indicated_level", decision_.indicated);
  level_set("possible_next", decision_.possible_next);
  marks();
}

void DecisionWriter::whole() {
  levels();
  rules_and_advice();
}

void DecisionWriter::levels() {
  json_.text("move", to_string(decision_.move));
  level("next_level", decision_.next);
  level("indicated_level", decision_.indicated);
  level_set("admissible", decision_.admissible);
  plan();
  marks();
  level_set("possible_next", decision_.possible_next);
  level_set("possible_indicated", decision_.possible_indicated);
}

void DecisionWriter::rules_and_advice() {
  ask();
  names("active", decision_.active, model_.rules);
  names("open", decision_.open, model_.rules);
  names("suggest", decision_.suggest, model_.services);
  json_.texts("alerts", decision_.alerts);
  json_.texts("open_alerts", decision_.open_alerts);
  json_.texts("notes", decision_.notes);
  if (decision_.reassess_on) {
    json_.text("reassess_on", to_string(*decision_.reassess_on));
  } else {
    json_.null("reassess_on");
  }
  names("assumed", decision_.assumed, model_.inputs);
  names("stale", decision_.stale, model_.inputs);
  json_.texts("conflict", decision_.conflict);
  names("broken_guarantees", decision_.broken_guarantees, model_.guarantees);
  names("open_guarantees", decision_.open_guarantees, model_.guarantees);
  if (decision_.placement && *decision_.placement != no_level) {
    level("placement", *decision_.placement);
  } else {
    json_.null("placement");
  }
  names("lacking", decision_.lacking, model_.services);
}

void DecisionWriter::errors() {
  json_.array("errors");
  for (Refusal const& refusal : decision_.refusals) {
    json_.object();
    json_.text("code", refusal.code).text("path", refusal.path).text("message", refusal.message);
    json_.close();
  }
  json_.close();
}

void DecisionWriter::origin(RulesetIdentity const& ruleset) {
  json_.object("ruleset");
  json_.text("name", ruleset.name).text("version", ruleset.version);
  json_.text("status", ruleset.status).text("sha256", ruleset.sha256);
  json_.close();
  json_.text("engine", "carestep " + std::string(engine_version()));
}

void DecisionWriter::level_set(std::string_view key, LevelSet const& set) {
  json_.array(key);
  if (set.none) json_.text("none");
  for (std::size_t i = 0; i < model_.levels.size(); ++i)
    if (set.contains(LevelId{static_cast<std::int8_t>(i)})) json_.text(model_.levels[i].name);
  json_.close();
}

void DecisionWriter::plan() {
  if (!decision_.plan) {
    json_.null("plan");
    return;
  }
  json_.array("plan");
  for (LevelId const next : *decision_.plan) json_.text(level_name(next));
  json_.close();
}

void DecisionWriter::marks() {
  json_.array("marks");
  for (int i = 0; i < mark_count; ++i)
    if (Mark const mark{static_cast<std::uint8_t>(i)}; decision_.marks.contains(mark)) json_.text(to_string(mark));
  json_.close();
}

void DecisionWriter::ask() {
  json_.array("ask");
  for (Question const& question : decision_.ask) {
    std::string const& name = model_.inputs[question.input.index].name;
    json_.text(question.previous ? "previous " + name : name);
  }
  json_.close();
}

template <class Ids, class Declared>
void DecisionWriter::names(std::string_view key, Ids const& ids, Declared const& declared) {
  json_.array(key);
  for (auto const id : ids) json_.text(declared[id.index].name);
  json_.close();
}

}  // namespace

std::string write_decision(ir::Model const& model, RulesetIdentity const& ruleset, Decision const& decision,
                           DecisionForm const& form) {
  return DecisionWriter({}, model, decision).write(ruleset, form);
}

void append_decision(std::string& out, ir::Model const& model, RulesetIdentity const& ruleset, Decision const& decision,
                     DecisionForm const& form) {
  out = DecisionWriter(std::move(out), model, decision).write(ruleset, form);
}

}  // namespace carestep::data

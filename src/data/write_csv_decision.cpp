#include "data/write_csv_decision.hpp"

#include <carestep/ruleset.hpp>
#include <carestep/version.hpp>

#include <array>

#include "data/csv_text.hpp"
#include "data/json_token.hpp"
#include "data/write_id.hpp"

namespace carestep::data {
namespace {

constexpr std::array<std::string_view, 8> brief_columns{
    "id", "status", "move", "next_level", "indicated_level", "possible_next", "marks", "errors"};
constexpr std::array<std::string_view, 31> all_columns{"id",
                                                       "status",
                                                       "move",
                                                       "next_level",
                                                       "indicated_level",
                                                       "admissible",
                                                       "plan",
                                                       "marks",
                                                       "possible_next",
                                                       "possible_indicated",
                                                       "ask",
                                                       "active",
                                                       "open",
                                                       "suggest",
                                                       "alerts",
                                                       "open_alerts",
                                                       "notes",
                                                       "reassess_on",
                                                       "assumed",
                                                       "stale",
                                                       "conflict",
                                                       "broken_guarantees",
                                                       "open_guarantees",
                                                       "placement",
                                                       "lacking",
                                                       "errors",
                                                       "ruleset",
                                                       "ruleset_version",
                                                       "ruleset_status",
                                                       "ruleset_sha256",
                                                       "engine"};

class RowWriter {
 public:
  RowWriter(std::string& out, ir::Model const& model, Decision const& decision, char separator)
      : out_(out), model_(model), decision_(decision), separator_(separator) {}

  void write(RulesetIdentity const& ruleset, std::string_view id, bool brief);

 private:
  void cell(std::string_view text) {
    append_csv_cell(out_, text, separator_);
    out_ += separator_;
  }
  void id(std::string_view json);
  void brief();
  void whole();
  void errors();
  void origin(RulesetIdentity const& ruleset);

  std::string_view level_name(LevelId level) const {
    return level == no_level ? std::string_view("none") : model_.levels[static_cast<std::size_t>(level.index)].name;
  }
  void levels(LevelSet const& set);
  void marks();
  void ask();
  template <class Texts, class Text>
  void list(Texts const& items, Text text);
  template <class Ids, class Declared>
  void names(Ids const& ids, Declared const& declared) {
    list(ids, [&](auto const item) { return std::string_view(declared[item.index].name); });
  }
  template <class Texts>
  void texts(Texts const& items) {
    list(items, [](auto const& item) { return std::string_view(item); });
  }

  std::string& out_;
  ir::Model const& model_;
  Decision const& decision_;
  char separator_;
  std::string joined_;
};

template <class Texts, class Text>
void RowWriter::list(Texts const& items, Text text) {
  joined_.clear();
  for (auto const& item : items) {
    if (!joined_.empty()) joined_ += ';';
    joined_ += text(item);
  }
  cell(joined_);
}

void RowWriter::levels(LevelSet const& set) {
  joined_ = set.none ? "none" : "";
  for (std::size_t i = 0; i < model_.levels.size(); ++i) {
    if (!set.contains(LevelId{static_cast<std::int8_t>(i)})) continue;
    if (!joined_.empty()) joined_ += ';';
    joined_ += model_.levels[i].name;
  }
  cell(joined_);
}

void RowWriter::marks() {
  joined_.clear();
  for (int i = 0; i < mark_count; ++i) {
    Mark const mark{static_cast<std::uint8_t>(i)};
    if (!decision_.marks.contains(mark)) continue;
    if (!joined_.empty()) joined_ += ';';
    joined_ += to_string(mark);
  }
  cell(joined_);
}

void RowWriter::ask() {
  list(decision_.ask, [&](Question const& question) {
    return (question.previous ? "previous." : "") + model_.inputs[question.input.index].name;
  });
}

/// A number stays one, a text loses its quotes and escapes.
void RowWriter::id(std::string_view json) {
  if (is_json_number(json)) {  // `-5` is no formula
    out_ += json;
    out_ += separator_;
    return;
  }
  cell(unquoted_id(json));
}

void RowWriter::brief() {
  cell(to_string(decision_.move));
  cell(level_name(decision_.next));
  cell(level_name(decision_.indicated));
  levels(decision_.possible_next);
  marks();
}

void RowWriter::whole() {
  cell(to_string(decision_.move));
  cell(level_name(decision_.next));
  cell(level_name(decision_.indicated));
  levels(decision_.admissible);
  list(decision_.plan ? *decision_.plan : decltype(*decision_.plan){},
       [&](LevelId level) { return level_name(level); });
  marks();
  levels(decision_.possible_next);
  levels(decision_.possible_indicated);
  ask();
  names(decision_.active, model_.rules);
  names(decision_.open, model_.rules);
  names(decision_.suggest, model_.services);
  texts(decision_.alerts);
  texts(decision_.open_alerts);
  texts(decision_.notes);
  cell(decision_.reassess_on ? to_string(*decision_.reassess_on) : std::string());
  names(decision_.assumed, model_.inputs);
  names(decision_.stale, model_.inputs);
  texts(decision_.conflict);
  names(decision_.broken_guarantees, model_.guarantees);
  names(decision_.open_guarantees, model_.guarantees);
  cell(decision_.placement && *decision_.placement != no_level ? level_name(*decision_.placement) : std::string_view());
  names(decision_.lacking, model_.services);
}

void RowWriter::errors() {
  list(decision_.refusals, [](Refusal const& refusal) {
    return refusal.code + " " + refusal.path + (refusal.path.empty() ? "" : ": ") + refusal.message;
  });
}

void RowWriter::origin(RulesetIdentity const& ruleset) {
  cell(ruleset.name);
  cell(ruleset.version);
  cell(ruleset.status);
  cell(ruleset.sha256);
  cell("carestep " + std::string(engine_version()));
}

void RowWriter::write(RulesetIdentity const& ruleset, std::string_view json_id, bool in_brief) {
  id(json_id);
  cell(to_string(decision_.status));
  if (decision_.status == DecisionStatus::refused) {
    std::size_t const before_errors = (in_brief ? brief_columns.size() : all_columns.size() - 5) - 3;
    out_.append(before_errors, separator_);
  } else if (in_brief) {
    brief();
  } else {
    whole();
  }
  errors();
  if (!in_brief) origin(ruleset);
  out_.back() = '\n';  // in the place of the separator
}

}  // namespace

std::string csv_decision_header(CsvForm const& form) {
  std::string row;
  auto const add = [&](auto const& columns) {
    for (std::string_view const column : columns) (row += column) += form.separator;
  };
  if (form.brief) {
    add(brief_columns);
  } else {
    add(all_columns);
  }
  row.back() = '\n';
  return row;
}

void append_csv_decision(std::string& out, ir::Model const& model, RulesetIdentity const& ruleset,
                         Decision const& decision, std::string_view id, CsvForm const& form) {
  RowWriter(out, model, decision, form.separator).write(ruleset, id, form.brief);
}

}  // namespace carestep::data

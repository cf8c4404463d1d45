// What `diff` found, in words and as JSON.

#include <carestep/analysis.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "analyze/diff.hpp"
#include "base/json_writer.hpp"

namespace carestep {
namespace analyze {
namespace {

std::string move_words(ir::Model const& model, Decision const& decision) {
  auto const level = [&](LevelId id) { return model.levels[static_cast<std::size_t>(id.index)].name; };
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
      return "discharge";
    case Move::none:
      break;
  }
  return "no move";
}

}  // namespace

std::string decision_words(ir::Model const& model, Decision const& decision) {
  if (decision.status == DecisionStatus::refused) return "refused: " + decision.refusals.front().message;
  if (decision.marks.contains(Mark::not_applicable)) return "not_applicable";
  std::string words = move_words(model, decision);
  bool const indicated = decision.indicated != no_level;
  words +=
      ", indicated " + (indicated ? model.levels[static_cast<std::size_t>(decision.indicated.index)].name : "none");
  for (Mark const mark : {Mark::conflict, Mark::not_eligible, Mark::by_default, Mark::held, Mark::off_pathway})
    if (decision.marks.contains(mark)) words += fmt::format(", {}", to_string(mark));
  return words;
}

}  // namespace analyze

namespace {

// ---- words
// ------------------------------------------------------------------------------------------------------------

class Sheet {
 public:
  template <class... Args>
  void put(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Args>(args)...);
  }
  void put_names(std::string_view what, std::vector<std::string> const& names) {
    if (!names.empty()) put("{}: {}\n", what, fmt::join(names, ", "));
  }
  void put_declarations(std::string_view what, DeclarationChanges const& changes) {
    put_names(fmt::format("{} added", what), changes.added);
    put_names(fmt::format("{} removed", what), changes.removed);
    for (ChangedDeclaration const& one : changes.changed)
      put("{} changed: {}: {}\n", what, one.name, fmt::join(one.changes, "; "));
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// Digits in groups of three.
std::string grouped(std::string const& digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string heading(DiffChange const& change) {
  switch (change.aspect) {
    case Aspect::refused:
    case Aspect::applies:
      return fmt::format("{} -> {}", change.from, change.to);
    case Aspect::next_level:
      return fmt::format("next level {} -> {}", change.from, change.to);
    case Aspect::indicated_level:
      return fmt::format("same next level, indicated {} -> {}", change.from, change.to);
    case Aspect::move:
      return fmt::format("same levels, {} -> {}", change.from, change.to);
    case Aspect::marks:
    case Aspect::status:
    case Aspect::possible:
      break;
  }
  return fmt::format("same move, marked {} -> {}", change.from, change.to);
}

/// A condition, with what it does not say.
std::string whole_condition(std::string const& words, ConditionKind kind) {
  switch (kind) {
    case ConditionKind::exact:
      return words;
    case ConditionKind::sufficient:
      return words + "; and in other cases";
    case ConditionKind::necessary:
      return "only when " + words + "; but not always then";
    case ConditionKind::none:
      break;
  }
  return {};
}

void put_condition(Sheet& sheet, std::string const& words, ConditionKind kind) {
  if (kind == ConditionKind::none) return;
  std::string_view const when = kind == ConditionKind::necessary ? "" : "when      ";
  sheet.put("  {}{}\n", when, whole_condition(words, kind));
}

void put_change(Sheet& sheet, DiffChange const& change) {
  sheet.put("\n{}: {} ({})\n", heading(change), grouped(change.tally.count), change.tally.share);
  put_condition(sheet, change.condition, change.condition_kind);
  ShownPatient const& shown = change.newer ? *change.newer : *change.older;
  sheet.put("  smallest  {}\n", shown.words.empty() ? "every answer the mildest" : shown.words);
  auto const decided = [&](std::string_view which, std::optional<ShownPatient> const& patient) {
    sheet.put("  {}       {}\n", which, patient ? patient->decision : "refused: an answer is no value of this version");
  };
  decided("old", change.older);
  decided("new", change.newer);
}

// ---- JSON
// -------------------------------------------------------------------------------------------------------------

void write_ruleset(JsonWriter& out, std::string_view key, WhichRuleset const& rules) {
  out.object(key).text("name", rules.name).text("version", rules.version).text("status", rules.status);
  out.text("sha256", rules.sha256).close();
}

void write_declarations(JsonWriter& out, std::string_view key, DeclarationChanges const& changes) {
  std::vector<std::string> names;
  for (ChangedDeclaration const& one : changes.changed) names.push_back(one.name);
  out.object(key).texts("added", changes.added).texts("removed", changes.removed).texts("changed", names);
  out.object("changes");
  for (ChangedDeclaration const& one : changes.changed) out.texts(one.name, one.changes);
  out.close().close();
}

void write_change(JsonWriter& out, DiffChange const& change) {
  out.object().text("from", change.from).text("to", change.to).text("count", change.tally.count);
  bool const one_example = !change.older || !change.newer || change.older->json == change.newer->json;
  out.raw("example", change.newer ? change.newer->json : change.older->json);
  out.text("condition", whole_condition(change.condition, change.condition_kind))
      .text("condition_kind", to_string(change.condition_kind));
  out.text("aspect", to_string(change.aspect)).text("share", change.tally.share);
  if (!one_example) out.raw("example_for_old", change.older->json);
  out.text("old_decision", change.older ? change.older->decision : "refused");
  out.text("new_decision", change.newer ? change.newer->decision : "refused");
  out.close();
}

}  // namespace

std::string_view to_string(DiffVerdict verdict) noexcept {
  switch (verdict) {
    case DiffVerdict::same:
      return "same";
    case DiffVerdict::different:
      return "different";
    case DiffVerdict::gave_up:
      break;
  }
  return "gave_up";
}

std::string_view to_string(Aspect aspect) noexcept {
  switch (aspect) {
    case Aspect::refused:
      return "refused";
    case Aspect::applies:
      return "applies";
    case Aspect::next_level:
      return "next_level";
    case Aspect::indicated_level:
      return "indicated_level";
    case Aspect::move:
      return "move";
    case Aspect::marks:
      return "marks";
    case Aspect::status:
      return "status";
    case Aspect::possible:
      break;
  }
  return "possible";
}

std::string_view to_string(ConditionKind kind) noexcept {
  switch (kind) {
    case ConditionKind::exact:
      return "exact";
    case ConditionKind::sufficient:
      return "sufficient";
    case ConditionKind::necessary:
      return "necessary";
    case ConditionKind::none:
      break;
  }
  return "none";
}

std::string DiffReport::text() const {
  Sheet sheet;
  sheet.put("{} {} -> {} {}\n", older.name, older.version, newer.name, newer.version);
  sheet.put_declarations("input", inputs);
  sheet.put_declarations("level", levels);
  switch (verdict) {
    case DiffVerdict::gave_up:
      sheet.put("\ngave up: whether they decide alike is not known\n");
      return sheet.take();
    case DiffVerdict::same:
      sheet.put("\nproved: both decide all {} assessments alike\n", grouped(changed.of));
      break;
    case DiffVerdict::different:
      sheet.put("\n{} of {} assessments ({}) are decided differently\n", grouped(changed.count), grouped(changed.of),
                changed.share);
      put_condition(sheet, condition, condition_kind);
      break;
  }
  sheet.put_names("an assessment is an answer to each of", counted);
  for (DiffChange const& change : changes) put_change(sheet, change);
  return sheet.take();
}

std::string DiffReport::json() const {
  JsonWriter out;
  out.object();
  write_ruleset(out, "old", older);
  write_ruleset(out, "new", newer);
  out.text("verdict", to_string(verdict)).text("of", changed.of).text("changed", changed.count).array("changes");
  for (DiffChange const& change : changes) write_change(out, change);
  out.close();
  write_declarations(out, "inputs", inputs);
  write_declarations(out, "levels", levels);
  out.text("share", changed.share)
      .text("condition", whole_condition(condition, condition_kind))
      .text("condition_kind", to_string(condition_kind));
  return out.texts("counted", counted).close().take();
}

}  // namespace carestep

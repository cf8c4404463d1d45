#include <fmt/format.h>
#include <iterator>

#include "base/encode.hpp"
#include "graph/arrows.hpp"
#include "graph/picture.hpp"

namespace carestep::graph {
namespace {

/// Text between quotes: what Mermaid or HTML would read as markup becomes an entity of Mermaid.
std::string mermaid_text(std::string_view text) {
  std::string out = "\"";
  for (char c : encode::plain(text)) {
    if (std::string_view("\"#<>&`;|").find(c) != std::string_view::npos) {
      out += fmt::format("#{};", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// A prefix keeps levels apart from Mermaid's own words (`end`, `graph`).
std::string id(ir::Model const& model, int level) {
  return level < 0 ? "outside" : "level_" + model.levels[static_cast<std::size_t>(level)].name;
}

std::string_view line_style(ArrowKind kind) {
  switch (kind) {
    case ArrowKind::admission:
      return "-->";
    case ArrowKind::up:
      return "-->";
    case ArrowKind::down:
      return "-.->";
    case ArrowKind::discharge:
      return "-.-o";
  }
  return {};
}

std::string_view colour(ArrowKind kind) {
  switch (kind) {
    case ArrowKind::admission:
      return "#00704d";
    case ArrowKind::up:
      return "#b84c00";
    case ArrowKind::down:
      return "#0063a3";
    case ArrowKind::discharge:
      return "#5b5b5b";
  }
  return {};
}

class Writer {
 public:
  explicit Writer(View const& view)
      : model_(*view.model), marks_(view.marks ? &*view.marks : nullptr), arrows_(arrows_of(view)) {}

  std::string write() {
    out_ = "---\ntitle: " + title() + "\n---\nflowchart BT\n  outside([\"Outside care\"])\n";
    for (std::size_t i = 0; i < model_.levels.size(); ++i) level(static_cast<ir::Index>(i));
    for (Arrow const& arrow : arrows_.arrows) this->arrow(arrow);
    for (Broad const& broad : arrows_.broad) this->broad(broad);
    for (std::string const& style : styles_) out_ += style;
    if (marks_ != nullptr) classes();
    return std::move(out_);
  }

 private:
  /// A YAML text in double quotes, which reads escapes as JSON does.
  [[nodiscard]] std::string title() const {
    std::string words = model_.title.empty() ? model_.name : model_.title;
    if (model_.status == ast::Status::draft) words += " (DRAFT)";
    if (model_.status == ast::Status::retired) words += " (RETIRED)";
    if (marks_ != nullptr && !marks_->caption.empty()) words += ": " + marks_->caption;
    return encode::json(encode::plain(words));
  }

  void line(std::string const& words) { out_ += "  " + words + "\n"; }

  void level(ir::Index index) {
    ir::Level const& level = model_.levels[index];
    std::string const label = level.label.empty() ? level.name : level.label + " (" + level.name + ")";
    std::string const notes = marks_ != nullptr ? notes_of(index) : std::string();
    line(id(model_, static_cast<int>(index)) + "[" + mermaid_text(notes.empty() ? label : label + ": " + notes) + "]");
  }

  [[nodiscard]] std::string notes_of(ir::Index level) const {
    auto const bit = ir::LevelMask{1} << level;
    std::string notes;
    auto const note = [&](std::string_view words) { notes += (notes.empty() ? "" : ", ") + std::string(words); };
    if (marks_->current == level) note("now");
    if (marks_->next == level) note("next");
    if (marks_->indicated == level) note("indicated");
    if (marks_->placement && marks_->placement == level) note("placed here meanwhile");
    if (marks_->rules_apply && (marks_->admissible & bit) == 0) note("not admissible");
    if ((marks_->unavailable & bit) != 0) note("no place today");
    return notes;
  }

  void arrow(Arrow const& arrow) {
    std::string words;
    if (arrow.step != 0) words = std::to_string(arrow.step);
    for (Note const& note : arrows_.notes) {
      if (!uses(arrow, note)) continue;
      words += (words.empty() ? "when " : ": when ") + note.when;
    }
    connect(id(model_, arrow.from), id(model_, arrow.to), arrow.kind, words, arrow.step != 0);
  }

  static bool uses(Arrow const& arrow, Note const& note) {
    return (" " + arrow.notes + " ").find(" " + note.letter + " ") != std::string::npos;
  }

  void broad(Broad const& broad) {
    std::string words = broad.words;
    for (Note const& note : arrows_.notes) {
      if (note.kind == (broad.up ? ArrowKind::up : ArrowKind::down) &&
          (" " + broad.notes + " ").find(" " + note.letter + " ") != std::string::npos) {
        words += " when " + note.when;
      }
    }
    int const last = static_cast<int>(model_.levels.size()) - 1;
    connect(id(model_, broad.up ? 0 : last), id(model_, broad.up ? last : 0),
            broad.up ? ArrowKind::up : ArrowKind::down, words, false);
  }

  void connect(std::string const& from, std::string const& to, ArrowKind kind, std::string const& words, bool pathway) {
    line(fmt::format("{} {}{} {}", from, line_style(kind), words.empty() ? "" : "|" + mermaid_text(words) + "|", to));
    styles_.push_back(
        fmt::format("  linkStyle {} stroke:{},stroke-width:{}px\n", styles_.size(), colour(kind), pathway ? 4 : 2));
  }

  void classes() {
    line("classDef now stroke-width:4px");
    line("classDef next fill:#fff8df,stroke-width:4px");
    line("classDef blocked fill:#eceff2,color:#3c4854,stroke-dasharray:4 4");
    for (std::size_t i = 0; i < model_.levels.size(); ++i) {
      auto const level = static_cast<ir::Index>(i);
      std::string const name = id(model_, static_cast<int>(i));
      if (marks_->rules_apply && ((marks_->admissible >> i) & 1U) == 0) line("class " + name + " blocked");
      if (marks_->current == level) line("class " + name + " now");
      if (marks_->next == level) line("class " + name + " next");
    }
  }

  ir::Model const& model_;
  Marks const* marks_;
  Arrows arrows_;
  std::string out_;
  std::vector<std::string> styles_;
};

}  // namespace

std::string render_mermaid(View const& view) {
  return Writer(view).write();
}

}  // namespace carestep::graph

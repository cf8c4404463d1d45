#include <boost/graph/graphviz.hpp>
#include <locale>
#include <sstream>

#include "base/encode.hpp"
#include "graph/care_graph.hpp"
#include "graph/picture.hpp"
#include "ir/words.hpp"

namespace carestep::graph {
namespace {

std::string dot_text(std::string_view text) {
  std::string out = "\"";
  for (char c : encode::plain(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// A label of two lines; each is escaped by itself, so that only the break between them is one.
std::string two_lines(std::string_view first, std::string_view second) {
  std::string out = dot_text(first);
  out.pop_back();
  return out + "\\n" + dot_text(second).substr(1);
}

class Writer {
 public:
  explicit Writer(View const& view)
      : model_(*view.model), marks_(view.marks ? &*view.marks : nullptr), graph_(level_graph(model_)) {
    outside_ = boost::add_vertex(graph_);
    for (ir::Index line = 0; line < model_.discharges.size(); ++line) {
      for (std::size_t level = 0; level < model_.levels.size(); ++level) {
        if (((model_.discharges[line].from >> level) & 1U) == 0) continue;
        boost::add_edge(level, outside_, StepEdge{false, line}, graph_);
      }
    }
  }

  std::string write() const {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    std::vector<std::string> ids;
    for (ir::Level const& level : model_.levels) ids.push_back(level.name);
    ids.emplace_back("outside care");
    boost::write_graphviz(
        out, graph_, [this](std::ostream& to, std::size_t level) { to << vertex(level); },
        [this](std::ostream& to, LevelGraph::edge_descriptor edge) { to << this->edge(edge); },
        [this](std::ostream& to) { to << head(); },
        boost::make_iterator_property_map(ids.begin(), boost::get(boost::vertex_index, graph_)));
    return out.str();
  }

 private:
  [[nodiscard]] std::string head() const {
    std::string title = model_.title.empty() ? model_.name : model_.title;
    if (model_.status == ast::Status::draft) title += " (DRAFT)";
    if (model_.status == ast::Status::retired) title += " (RETIRED)";
    std::string const below = marks_ != nullptr ? marks_->caption : model_.name + " " + model_.version;
    return "rankdir=BT;\nlabelloc=t;\nfontname=\"Helvetica\";\nlabel=" + two_lines(title, below) +
           ";\nnode [shape=box style=rounded fontname=\"Helvetica\"];\nedge [fontname=\"Helvetica\" fontsize=10];\n";
  }

  [[nodiscard]] std::string vertex(std::size_t index) const {
    if (index == outside_) return " [label=\"Outside care\" style=\"rounded,dashed\"]";
    ir::Level const& level = model_.levels[index];
    std::string out = " [label=" + (level.label.empty() ? dot_text(level.name) : two_lines(level.label, level.name));
    if (marks_ != nullptr) out += marked(static_cast<ir::Index>(index));
    return out + "]";
  }

  [[nodiscard]] std::string marked(ir::Index level) const {
    auto const bit = ir::LevelMask{1} << level;
    std::string style = "rounded";
    std::string notes;
    std::string out;
    auto const note = [&](std::string_view words) { notes += (notes.empty() ? "" : ", ") + std::string(words); };
    if (marks_->current == level) note("now");
    if (marks_->next == level) note("next");
    if (marks_->indicated == level) note("indicated");
    if (marks_->placement && marks_->placement == level) note("placed here meanwhile");
    if (marks_->rules_apply && (marks_->admissible & bit) == 0) {
      note("not admissible");
      out += " color=gray60 fontcolor=gray40";
    }
    if ((marks_->unavailable & bit) != 0) {
      note("no place today");
      style += ",dashed";
    }
    if (marks_->next == level) {
      style += ",filled";
      out += " fillcolor=\"#fff8df\"";
    }
    if (marks_->current == level || marks_->next == level) out += " penwidth=3";
    if (!notes.empty()) out += " xlabel=" + dot_text(notes);
    return out + " style=\"" + style + '"';
  }

  [[nodiscard]] std::string edge(LevelGraph::edge_descriptor edge) const {
    std::size_t const to = boost::target(edge, graph_);
    StepEdge const& step = graph_[edge];
    bool const leaves = to == outside_;
    std::string out = leaves    ? " [color=\"#5b5b5b\" style=dotted arrowhead=obox constraint=false"
                      : step.up ? " [color=\"#b84c00\" style=solid arrowhead=normal"
                                : " [color=\"#0063a3\" style=dashed arrowhead=onormal constraint=false";
    if (step.line) {
      ir::Clause const& when = leaves ? model_.discharges[*step.line].when : model_.steps[*step.line].when;
      if (!model_.nodes.is_true(when.node)) out += " label=" + dot_text("when " + ir::words(when));
    }
    if (std::size_t const number = step_number(boost::source(edge, graph_), to); number > 0) {
      out += " penwidth=3 headlabel=" + dot_text(std::to_string(number));
    }
    return out + "]";
  }

  /// The place of a move in the person's pathway, from 1; 0 for the others.
  [[nodiscard]] std::size_t step_number(std::size_t from, std::size_t to) const {
    if (marks_ == nullptr || !marks_->current) return 0;
    if (to == outside_) return marks_->move == Move::discharge && *marks_->current == from ? 1 : 0;
    std::size_t at = *marks_->current;
    for (std::size_t i = 0; i < marks_->plan.size(); ++i) {
      if (at == from && marks_->plan[i] == to) return i + 1;
      at = marks_->plan[i];
    }
    return 0;
  }

  ir::Model const& model_;
  Marks const* marks_;
  LevelGraph graph_;
  std::size_t outside_ = 0;
};

}  // namespace

std::string render_dot(View const& view) {
  return Writer(view).write();
}

}  // namespace carestep::graph

#include "graph/arrows.hpp"

#include <algorithm>
#include <map>

#include "ir/words.hpp"

namespace carestep::graph {
namespace {

using Moves = std::vector<std::pair<ir::Index, ir::Index>>;

/// a … z, aa, ab, …
std::string letter(std::size_t number) {
  std::string out;
  for (++number; number > 0; number = (number - 1) / 26) {
    out.insert(out.begin(), static_cast<char>('a' + (number - 1) % 26));
  }
  return out;
}

std::optional<Truth> truth_at(std::vector<Truth> const& truths, std::size_t line) {
  return line < truths.size() ? std::optional(truths[line]) : std::nullopt;
}

class Collector {
 public:
  explicit Collector(View const& view) : model_(*view.model), marks_(view.marks ? &*view.marks : nullptr) {
    choose_broad_lines(true);
    choose_broad_lines(false);
  }

  Arrows collect() {
    admission();
    if (model_.steps.empty()) free_moves();
    for (std::size_t line = 0; line < model_.steps.size(); ++line) step_line(line);
    for (std::size_t line = 0; line < model_.discharges.size(); ++line) discharge_line(line);
    for (Arrow& arrow : out_.arrows) finish(arrow);
    pathway();
    std::stable_sort(out_.arrows.begin(), out_.arrows.end(), [](Arrow const& a, Arrow const& b) {
      return std::tie(a.kind, a.from, a.to) < std::tie(b.kind, b.from, b.to);
    });
    return std::move(out_);
  }

 private:
  struct Lines {
    std::vector<std::string> letters;
    bool unconditional = false;
    bool all_closed = true;
  };

  /// The line with the most moves becomes one broad arrow, until few enough arrows meet at each level.
  void choose_broad_lines(bool up) {
    broad_.resize(model_.steps.size(), false);
    for (std::size_t line = 0; line < model_.steps.size(); ++line) {
      if (model_.steps[line].up == up && model_.steps[line].moves.size() > most_ports) broad_[line] = true;
    }
    while (crowded(up)) {
      std::size_t widest = model_.steps.size();
      for (std::size_t line = 0; line < model_.steps.size(); ++line) {
        if (broad_[line] || model_.steps[line].up != up) continue;
        if (widest == model_.steps.size() || model_.steps[line].moves.size() > model_.steps[widest].moves.size()) {
          widest = line;
        }
      }
      broad_[widest] = true;
    }
  }

  [[nodiscard]] bool crowded(bool up) const {
    std::map<ir::Index, std::size_t> leaving;
    std::map<ir::Index, std::size_t> reaching;
    Moves seen;
    for (std::size_t line = 0; line < model_.steps.size(); ++line) {
      if (model_.steps[line].up == up && !broad_[line]) {
        seen.insert(seen.end(), model_.steps[line].moves.begin(), model_.steps[line].moves.end());
      }
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    return std::any_of(seen.begin(), seen.end(), [&](auto const& move) {
      return ++leaving[move.first] > most_ports || ++reaching[move.second] > most_ports;
    });
  }

  void admission() { out_.arrows.push_back({ArrowKind::admission, outside_care, 0, {}, true, 0, false}); }

  void free_moves() {
    out_.broad.push_back({true, "any step up", {}});
    out_.broad.push_back({false, "any step down", {}});
  }

  std::string note(ArrowKind kind, std::string const& words, ir::Clause const& when, std::string const& because,
                   std::optional<Truth> open) {
    if (model_.nodes.is_true(when.node)) return {};
    out_.notes.push_back({kind, letter(out_.notes.size()), words, ir::words(when), because, open});
    return out_.notes.back().letter;
  }

  void step_line(std::size_t number) {
    ir::StepLine const& line = model_.steps[number];
    ArrowKind const kind = line.up ? ArrowKind::up : ArrowKind::down;
    std::optional<Truth> const open = marks_ != nullptr ? truth_at(marks_->steps, number) : std::nullopt;
    std::string const mark = note(kind, line.words, line.when, line.reasons.because, open);
    if (broad_[number]) return broad(line, mark);
    for (auto const& [from, to] : line.moves) join(kind, static_cast<int>(from), static_cast<int>(to), mark, open);
  }

  void broad(ir::StepLine const& line, std::string const& mark) {
    auto const known =
        std::find_if(out_.broad.begin(), out_.broad.end(), [&](Broad const& b) { return b.up == line.up; });
    if (known == out_.broad.end()) {
      out_.broad.push_back({line.up, line.words, mark});
      return;
    }
    known->words += "; " + line.words;
    if (!mark.empty()) known->notes += (known->notes.empty() ? "" : " ") + mark;
  }

  void discharge_line(std::size_t number) {
    ir::DischargeLine const& line = model_.discharges[number];
    std::optional<Truth> const open = marks_ != nullptr ? truth_at(marks_->discharges, number) : std::nullopt;
    std::string const mark = note(ArrowKind::discharge, line.words, line.when, line.reasons.because, open);
    for (std::size_t level = 0; level < model_.levels.size(); ++level) {
      if (((line.from >> level) & 1U) != 0) {
        join(ArrowKind::discharge, static_cast<int>(level), outside_care, mark, open);
      }
    }
  }

  /// Two lines with the same move are one arrow.
  void join(ArrowKind kind, int from, int to, std::string const& mark, std::optional<Truth> open) {
    Lines& lines = lines_[{kind, from, to}];
    if (lines.letters.empty() && !lines.unconditional) out_.arrows.push_back({kind, from, to, {}, true, 0, false});
    if (mark.empty()) {
      lines.unconditional = true;
    } else {
      lines.letters.push_back(mark);
    }
    if (open != Truth::no) lines.all_closed = false;
  }

  void finish(Arrow& arrow) {
    auto const found = lines_.find({arrow.kind, arrow.from, arrow.to});
    if (found == lines_.end()) return;
    Lines const& lines = found->second;
    arrow.closed = lines.all_closed;
    if (lines.unconditional) return;
    for (std::string const& mark : lines.letters) arrow.notes += (arrow.notes.empty() ? "" : " ") + mark;
  }

  void pathway() {
    if (marks_ == nullptr) return;
    if (marks_->move == Move::discharge && marks_->current) {
      return step(ArrowKind::discharge, static_cast<int>(*marks_->current), outside_care, 1);
    }
    int from = marks_->current ? static_cast<int>(*marks_->current) : outside_care;
    if (from == outside_care && marks_->move != Move::admit) return;
    int number = 0;
    for (ir::Index level : marks_->plan) {
      int const to = static_cast<int>(level);
      ArrowKind const kind = from == outside_care ? ArrowKind::admission : to > from ? ArrowKind::up : ArrowKind::down;
      step(kind, from, to, ++number);
      from = to;
    }
  }

  void step(ArrowKind kind, int from, int to, int number) {
    auto const same = [&](Arrow const& a) { return a.kind == kind && a.from == from && a.to == to; };
    auto const found = std::find_if(out_.arrows.begin(), out_.arrows.end(), same);
    if (found != out_.arrows.end()) {
      found->step = number;
    } else {
      out_.arrows.push_back({kind, from, to, {}, false, number, false});
    }
  }

  ir::Model const& model_;
  Marks const* marks_;
  std::vector<bool> broad_;
  std::map<std::tuple<ArrowKind, int, int>, Lines> lines_;
  Arrows out_;
};

}  // namespace

Arrows arrows_of(View const& view) {
  return Collector(view).collect();
}

}  // namespace carestep::graph

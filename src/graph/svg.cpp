#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <map>

#include "base/encode.hpp"
#include "graph/arrows.hpp"
#include "graph/picture.hpp"
#include "graph/svg_canvas.hpp"
#include "graph/text_fit.hpp"

namespace carestep::graph {
namespace {

using Texts = std::vector<std::string>;

constexpr int margin = 32;
constexpr int label_size = 15;
constexpr int name_size = 12;
constexpr int pill_size = 11;
constexpr int pill_height = 20;
constexpr int note_size = 13;

/// Colours of the Okabe-Ito palette; every kind also has its own dash and its own head.
struct ArrowLook {
  std::string_view colour;
  std::string_view dash;
  std::string_view words;
};
ArrowLook look(ArrowKind kind) {
  switch (kind) {
    case ArrowKind::admission:
      return {"#00704d", "", "admission, to the indicated level"};
    case ArrowKind::up:
      return {"#b84c00", "", "step up"};
    case ArrowKind::down:
      return {"#0063a3", "9 5", "step down"};
    case ArrowKind::discharge:
      return {"#5b5b5b", "2 5", "discharge"};
  }
  return {};
}
std::string_view kind_words(ArrowKind kind) {
  return kind == ArrowKind::admission ? "admission" : look(kind).words;
}
bool rising(ArrowKind kind) {
  return kind == ArrowKind::admission || kind == ArrowKind::up;
}

struct Pill {
  std::string words;
  std::string_view fill;
  std::string_view ink;
};

/// A stair: a level, or outside care at the foot.
struct Stair {
  int level = outside_care;
  Texts label;
  Texts name;
  std::vector<std::vector<Pill>> pills;  // in rows
  int x = 0;
  int y = 0;
};

std::string_view move_words(Move move) {
  switch (move) {
    case Move::admit:
      return "admit";
    case Move::step_up:
      return "step up";
    case Move::stay:
      return "stay";
    case Move::step_down:
      return "step down";
    case Move::discharge:
      return "discharge";
    case Move::none:
      return "no move";
  }
  return {};
}

std::string_view truth_words(Truth truth) {
  switch (truth) {
    case Truth::yes:
      return "open now";
    case Truth::no:
      return "not open now";
    case Truth::open:
      return "depends on what is not known";
  }
  return {};
}

bool has(ir::LevelMask mask, int level) {
  return ((mask >> static_cast<unsigned>(level)) & 1U) != 0;
}
bool is(std::optional<ir::Index> const& index, int level) {
  return index && static_cast<int>(*index) == level;
}

// ---- what stands on a stair -----------------------------------------------------------------------------------------

std::vector<Pill> pills_of(Marks const& marks, int level) {
  std::vector<Pill> out;
  if (is(marks.next, level)) {
    std::string const words = fmt::format("{}: {}", marks.determined ? "next" : "next for now", move_words(marks.move));
    out.push_back({words, "#1b2733", "#ffffff"});
  } else if (!marks.determined && has(marks.possible_next, level)) {
    out.push_back({"possible next", "#ffffff", "#1b2733"});
  }
  if (is(marks.placement, level)) out.push_back({"placed here meanwhile", "#ffe08a", "#1b2733"});
  if (is(marks.indicated, level)) out.push_back({"indicated", "#cfe8dc", "#0b3d2c"});
  if (marks.rules_apply && !has(marks.admissible, level)) out.push_back({"not admissible", "#dde2e7", "#3c4854"});
  if (has(marks.unavailable, level)) out.push_back({"no place today", "#f6d5c3", "#6b2400"});
  return out;
}

int pill_width(Pill const& pill) {
  return text_width(pill.words, pill_size, Face::bold) + 14;
}

std::vector<std::vector<Pill>> in_rows(std::vector<Pill> pills, int width) {
  std::vector<std::vector<Pill>> rows;
  int used = width + 1;
  for (Pill& pill : pills) {
    if (used + pill_width(pill) > width) {
      rows.emplace_back();
      used = 0;
    }
    used += pill_width(pill) + 6;
    rows.back().push_back(std::move(pill));
  }
  return rows;
}

// ---- the staircase --------------------------------------------------------------------------------------------------

/// Where everything is. Stair r stands one step to the right of and above stair r - 1, so that an arrow up goes
/// straight up from its stair and then right, an arrow down straight down and then left, and neither meets a stair on
/// its way.
class Layout {
 public:
  Layout(View const& view, Arrows const& arrows) : arrows_(arrows) {
    std::size_t const levels = view.model->levels.size();
    bool const dense = levels > 12;
    card_width_ = dense ? 280 : 236;
    run_ = dense ? 110 : levels > 8 ? 150 : 176;
    make_stairs(view, dense ? 1 : 3);
    place(head_room());
  }

  [[nodiscard]] std::vector<Stair> const& stairs() const { return stairs_; }
  [[nodiscard]] int card_width() const { return card_width_; }
  [[nodiscard]] int card_height() const { return card_height_; }
  [[nodiscard]] int run() const { return run_; }
  [[nodiscard]] int rise() const { return card_height_ + 40; }
  [[nodiscard]] int left() const { return margin; }
  [[nodiscard]] int bottom() const { return stairs_.front().y + card_height_; }
  [[nodiscard]] int width() const { return stairs_.back().x + card_width_ + margin; }
  [[nodiscard]] Stair const& stair(int level) const { return stairs_[static_cast<std::size_t>(level + 1)]; }
  void shift(int dy) {
    for (Stair& stair : stairs_) stair.y += dy;
  }

  /// An arrow leaves at the top or the bottom of its stair and arrives at the side of the other.
  struct Route {
    int x0, y0;  // leaves here, straight up or down
    int y1;      // to this height, then sideways
    int x1;      // to here
  };
  [[nodiscard]] Route route(Arrow const& arrow) const {
    Stair const& from = stair(arrow.from);
    Stair const& to = stair(arrow.to);
    bool const up = rising(arrow.kind);
    auto const [leave, leaving] = rank(arrow, true);
    auto const [arrive, arriving] = rank(arrow, false);
    int const nearest_y = card_height_ * (up ? 6 : 4) / 10;
    int const gap_y = std::min(16, (card_height_ * 5 / 10) / std::max(1, arriving));
    int const gap_x = std::min(24, (run_ - 108) / std::max(1, leaving));
    if (up) return {from.x + run_ - 44 - leave * gap_x, from.y, to.y + nearest_y - arrive * gap_y, to.x};
    int const first = from.x - run_ + card_width_ + 44;
    return {first + leave * gap_x, from.y + card_height_, to.y + nearest_y + arrive * gap_y, to.x + card_width_};
  }

  [[nodiscard]] bool has_broad(bool up) const {
    return std::any_of(arrows_.broad.begin(), arrows_.broad.end(), [&](Broad const& b) { return b.up == up; });
  }

 private:
  [[nodiscard]] int head_room() const { return has_broad(true) ? 96 : 56; }

  void make_stairs(View const& view, std::size_t most_lines) {
    int const inside = card_width_ - 28;
    stairs_.push_back({outside_care, wrapped("Outside care", inside, label_size, Face::bold, 1), {}, {}, 0, 0});
    for (std::size_t i = 0; i < view.model->levels.size(); ++i) {
      ir::Level const& level = view.model->levels[i];
      Stair stair;
      stair.level = static_cast<int>(i);
      if (!level.label.empty()) stair.label = wrapped(level.label, inside, label_size, Face::bold, most_lines);
      stair.name = wrapped(level.name, inside, name_size, Face::mono, 2);
      if (view.marks) stair.pills = in_rows(pills_of(*view.marks, stair.level), inside);
      stairs_.push_back(std::move(stair));
    }
    for (Stair const& stair : stairs_) card_height_ = std::max(card_height_, height_of(stair));
  }

  static int height_of(Stair const& stair) {
    return static_cast<int>(22 + stair.label.size() * 19 + stair.name.size() * 16 +
                            stair.pills.size() * (pill_height + 4));
  }

  void place(int top) {
    int const count = static_cast<int>(stairs_.size());
    for (int r = 0; r < count; ++r) {
      stairs_[static_cast<std::size_t>(r)].x = margin + r * run_;
      stairs_[static_cast<std::size_t>(r)].y = top + (count - 1 - r) * rise();
    }
  }

  /// The arrow's place among those that leave (or reach) the same stair on the same side, the nearest other end first;
  /// and how many they are.
  [[nodiscard]] std::pair<int, int> rank(Arrow const& arrow, bool leaving) const {
    int before = 0;
    int all = 0;
    int const own = leaving ? arrow.from : arrow.to;
    int const distance = std::abs(arrow.to - arrow.from);
    for (Arrow const& other : arrows_.arrows) {
      if (rising(other.kind) != rising(arrow.kind) || (leaving ? other.from : other.to) != own) continue;
      ++all;
      int const far = std::abs(other.to - other.from);
      if (far < distance || (far == distance && other.kind < arrow.kind)) ++before;
    }
    return {before, all};
  }

  Arrows const& arrows_;
  std::vector<Stair> stairs_;
  int card_width_ = 0;
  int card_height_ = 0;
  int run_ = 0;
};

// ---- drawing --------------------------------------------------------------------------------------------------------

class Painter {
 public:
  explicit Painter(View const& view)
      : view_(view), model_(*view.model), arrows_(arrows_of(view)), layout_(view, arrows_) {}

  std::string paint() {
    width_ = std::max(layout_.width(), 760);
    int y = title();
    layout_.shift(y);
    staircase();
    broad_arrows();
    for (Arrow const& arrow : arrows_.arrows) {
      if (arrow.step == 0) draw(arrow);
    }
    for (Arrow const& arrow : arrows_.arrows) {
      if (arrow.step != 0) draw(arrow);
    }
    for (Stair const& stair : layout_.stairs()) card(stair);
    for (Arrow const& arrow : arrows_.arrows) badges(arrow);
    for (Broad const& broad : arrows_.broad) broad_arrow(broad, true);
    person();
    y = legend(layout_.bottom() + 44);
    y = notes(y);
    return page(y + 8);
  }

 private:
  [[nodiscard]] Marks const* marks() const { return view_.marks ? &*view_.marks : nullptr; }

  // -- the head ---------------------------------------------------------------------------------------------------

  [[nodiscard]] std::string title_words() const { return model_.title.empty() ? model_.name : model_.title; }

  [[nodiscard]] std::string provenance_words() const {
    std::string out = model_.name;
    if (!model_.version.empty()) out += " " + model_.version;
    out += model_.status == ast::Status::draft     ? " · draft"
           : model_.status == ast::Status::retired ? " · retired"
                                                   : " · active";
    if (model_.effective) out += " · in force from " + to_string(*model_.effective);
    if (model_.expires) out += (model_.effective ? " to " : " · in force to ") + to_string(*model_.expires);
    return out;
  }

  int title() {
    int y = margin + 20;
    bool const stamped = model_.status != ast::Status::active;
    for (std::string const& line :
         wrapped(title_words(), width_ - 2 * margin - (stamped ? 190 : 0), 24, Face::bold, 4)) {
      canvas_.text(margin, y, line, {.size = 24, .bold = true});
      y += 30;
    }
    for (std::string const& line : wrapped(provenance_words(), width_ - 2 * margin, 14, Face::regular, 3)) {
      canvas_.text(margin, y, line, {.size = 14, .fill = "#4a5764"});
      y += 20;
    }
    if (stamped) stamp(model_.status == ast::Status::draft ? "DRAFT" : "RETIRED");
    if (marks() != nullptr && !marks()->caption.empty()) y = caption(y + 8);
    return y;
  }

  void stamp(std::string_view words) {
    int const width = text_width(words, 24, Face::bold) + 32;
    int const x = width_ - margin - width;
    canvas_.open_group("stamp");
    canvas_.rect(x, margin - 8, width, 42, 6, R"(fill="#ffffff" stroke="#a40000" stroke-width="3")");
    canvas_.text(x + width / 2, margin + 21, words, {.size = 24, .fill = "#a40000", .bold = true, .anchor = "middle"});
    canvas_.close_group();
  }

  int caption(int y) {
    for (std::string const& line : wrapped(marks()->caption, width_ - 2 * margin, 16, Face::bold, 4)) {
      canvas_.text(margin, y + 6, line, {.size = 16, .bold = true});
      y += 22;
    }
    return y;
  }

  // -- the stairs -------------------------------------------------------------------------------------------------

  void staircase() {
    int const floor = layout_.bottom() + 16;
    std::string d = fmt::format("M{} {}", layout_.stairs().front().x, floor);
    for (Stair const& stair : layout_.stairs()) d += fmt::format("V{}H{}", stair.y - 8, stair.x + layout_.run());
    d += fmt::format("H{}V{}Z", layout_.stairs().back().x + layout_.card_width() + 8, floor);
    canvas_.path(d, R"(class="staircase" fill="#eef3f7")");
  }

  [[nodiscard]] bool blocked(Stair const& stair) const {
    return marks() != nullptr && marks()->rules_apply && stair.level >= 0 && !has(marks()->admissible, stair.level);
  }

  void card(Stair const& stair) {
    std::string const tooltip =
        stair.level < 0 ? "Outside care" : tooltip_of(model_.levels[static_cast<std::size_t>(stair.level)]);
    canvas_.open_group(stair.level < 0 ? "outside" : blocked(stair) ? "level blocked" : "level", tooltip);
    canvas_.rect(stair.x, stair.y, layout_.card_width(), layout_.card_height(), 8, frame(stair));
    if (blocked(stair)) {
      canvas_.rect(stair.x, stair.y, layout_.card_width(), layout_.card_height(), 8, R"x(fill="url(#cg-hatch)")x");
    }
    int const extra = layout_.card_height() - content_height(stair);
    int y = stair.y + extra / 2 + 14;
    for (std::string const& line : stair.label) {
      canvas_.text(stair.x + 14, y, line,
                   {.size = label_size, .fill = ink(stair), .bold = true, .halo = blocked(stair)});
      y += 19;
    }
    for (std::string const& line : stair.name) {
      canvas_.text(
          stair.x + 14, y, line,
          {.size = name_size, .fill = ink(stair), .bold = stair.label.empty(), .mono = true, .halo = blocked(stair)});
      y += 16;
    }
    for (auto const& row : stair.pills) {
      pill_row(stair.x + 14, y - 8, row);
      y += pill_height + 4;
    }
    canvas_.close_group();
  }

  static int content_height(Stair const& stair) {
    return static_cast<int>(stair.label.size() * 19 + stair.name.size() * 16 + stair.pills.size() * (pill_height + 4));
  }

  static std::string tooltip_of(ir::Level const& level) {
    std::string out = level.label.empty() ? level.name : level.label + " (" + level.name + ")";
    if (!level.about.empty()) out += ": " + level.about;
    return out;
  }

  std::string_view ink(Stair const& stair) const { return blocked(stair) ? "#3c4854" : "#1b2733"; }

  std::string frame(Stair const& stair) const {
    if (stair.level < 0)
      return R"(fill="#ffffff" fill-opacity="0.6" stroke="#5b6b7a" stroke-width="1.5" stroke-dasharray="5 4")";
    std::string_view fill = "#ffffff";
    std::string_view stroke = "#33475b";
    int weight = 2;
    if (marks() != nullptr) {
      if (is(marks()->next, stair.level)) fill = "#fff8df";
      if (is(marks()->next, stair.level) || is(marks()->current, stair.level)) weight = 4;
      if (blocked(stair)) stroke = "#8795a3";
    }
    bool const unavailable = marks() != nullptr && has(marks()->unavailable, stair.level);
    return fmt::format(R"(fill="{}" stroke="{}" stroke-width="{}"{})", fill, unavailable ? "#a14a1c" : stroke, weight,
                       unavailable ? R"( stroke-dasharray="10 5")" : "");
  }

  void pill_row(int x, int y, std::vector<Pill> const& row) {
    for (Pill const& pill : row) {
      int const width = pill_width(pill);
      canvas_.rect(x, y, width, pill_height - 2, 9,
                   fmt::format(R"(fill="{}" stroke="{}" stroke-width="1")", pill.fill, pill.ink));
      canvas_.text(x + width / 2, y + 13, pill.words,
                   {.size = pill_size, .fill = pill.ink, .bold = true, .anchor = "middle"});
      x += width + 6;
    }
  }

  void person() {
    if (marks() == nullptr || (!marks()->current && !marks()->outside)) return;
    Stair const& stair = layout_.stair(marks()->outside ? outside_care : static_cast<int>(*marks()->current));
    figure(stair.x + 22, stair.y - 2);
    canvas_.rect(stair.x + 36, stair.y - 46, 40, 18, 3, R"(fill="#1b2733")");
    canvas_.text(stair.x + 56, stair.y - 33, "NOW", {.size = 12, .fill = "#ffffff", .bold = true, .anchor = "middle"});
  }

  void figure(int x, int floor) {
    canvas_.open_group("person", "where the person is now");
    canvas_.path(fmt::format("M{} {}V{}", x + 14, floor, floor - 46),
                 R"(stroke="#1b2733" stroke-width="2.5" fill="none")");
    canvas_.circle(x, floor - 36, 7, R"(fill="#1b2733")");
    canvas_.path(fmt::format("M{} {}q0-11 9-11t9 11v8h-4v12h-10v-12h-4z", x - 9, floor - 20), R"(fill="#1b2733")");
    canvas_.close_group();
  }

  // -- the arrows -------------------------------------------------------------------------------------------------

  /// Faint where the pathway of a person is what the picture is about.
  [[nodiscard]] std::string_view opacity(Arrow const& arrow) const {
    if (marks() == nullptr || arrow.step != 0) return "1";
    return arrow.closed ? "0.3" : "0.55";
  }

  void draw(Arrow const& arrow) {
    Layout::Route const r = layout_.route(arrow);
    bool const up = rising(arrow.kind);
    int const turn = 10;
    int const head = 13;
    int const side = up ? 1 : -1;  // the way it goes sideways; vertically the other way round on a screen
    std::string const d = fmt::format("M{} {}V{}Q{} {} {} {}H{}", r.x0, r.y0, r.y1 + side * turn, r.x0, r.y1,
                                      r.x0 + side * turn, r.y1, r.x1 - side * (head + 2));
    ArrowLook const style = look(arrow.kind);
    canvas_.open_group(arrow.step != 0 ? "move pathway" : "move", tooltip(arrow));
    canvas_.raw(fmt::format("<g opacity=\"{}\">\n", opacity(arrow)));
    if (arrow.step != 0) canvas_.path(d, R"(fill="none" stroke="#ffd23f" stroke-width="11" stroke-linecap="round")");
    canvas_.path(d, fmt::format(R"(fill="none" stroke="{}" stroke-width="{}"{})", style.colour, arrow.step != 0 ? 5 : 3,
                                style.dash.empty() ? "" : fmt::format(R"( stroke-dasharray="{}")", style.dash)));
    arrow_head(arrow.kind, r.x1 - side * 2, r.y1, side, head);
    canvas_.close_group();
    canvas_.close_group();
  }

  std::string tooltip(Arrow const& arrow) const {
    return fmt::format("{}: {} -> {}", kind_words(arrow.kind), place_name(arrow.from), place_name(arrow.to));
  }
  std::string place_name(int level) const {
    return level < 0 ? "outside care" : model_.levels[static_cast<std::size_t>(level)].name;
  }

  /// Up: a filled triangle. Down: an open one. Discharge: a square. Admission: a triangle behind a bar.
  void arrow_head(ArrowKind kind, int x, int y, int side, int size) {
    std::string_view const colour = look(kind).colour;
    int const back = x - side * size;
    std::string const triangle = fmt::format("M{} {}L{} {}L{} {}Z", x, y, back, y - 7, back, y + 7);
    std::string const solid = fmt::format(R"(fill="{}")", colour);
    std::string const hollow =
        fmt::format(R"(fill="#ffffff" stroke="{}" stroke-width="2.5" stroke-linejoin="round")", colour);
    switch (kind) {
      case ArrowKind::up:
        canvas_.path(triangle, solid);
        break;
      case ArrowKind::down:
        canvas_.path(triangle, hollow);
        break;
      case ArrowKind::discharge:
        canvas_.rect(std::min(x, back) + 1, y - 6, 12, 12, 1, hollow);
        break;
      case ArrowKind::admission:
        canvas_.path(triangle, solid);
        canvas_.path(fmt::format("M{} {}V{}", back - side * 3, y - 8, y + 8),
                     fmt::format(R"(stroke="{}" stroke-width="3")", colour));
        break;
    }
  }

  void badges(Arrow const& arrow) {
    Layout::Route const r = layout_.route(arrow);
    if (!arrow.notes.empty()) letters(r.x0, r.y1, arrow.notes, look(arrow.kind).colour, opacity(arrow));
    if (arrow.step == 0) return;
    int const y = r.y0 + (rising(arrow.kind) ? -26 : 26);
    canvas_.circle(r.x0, y, 12, R"(fill="#1b2733" stroke="#ffd23f" stroke-width="2.5")");
    canvas_.text(r.x0, y + 5, std::to_string(arrow.step),
                 {.size = 14, .fill = "#ffffff", .bold = true, .anchor = "middle"});
  }

  void letters(int x, int y, std::string const& words, std::string_view colour, std::string_view opacity) {
    int const width = std::max(20, text_width(words, 12, Face::bold) + 12);
    canvas_.rect(x - width / 2, y - 10, width, 20, 10,
                 fmt::format(R"(fill="#ffffff" stroke="{}" stroke-width="2" stroke-opacity="{}")", colour, opacity));
    canvas_.text(x, y + 4, words, {.size = 12, .fill = colour, .bold = true, .anchor = "middle"});
  }

  void broad_arrows() {
    for (Broad const& broad : arrows_.broad) broad_arrow(broad, false);
  }

  /// Parallel to the staircase, above it for up and below it for down. Its words are drawn last, over whatever crosses.
  void broad_arrow(Broad const& broad, bool words_only) {
    Stair const& low = layout_.stairs()[1];
    Stair const& high = layout_.stairs().back();
    int const dx = broad.up ? -4 : layout_.card_width() + 4;
    int const dy = broad.up ? -84 : layout_.card_height() + 62;
    int const x0 = low.x + dx;
    int const y0 = low.y + dy;
    int const x1 = high.x + dx;
    int const y1 = high.y + dy;
    double const length = std::hypot(x1 - x0, y1 - y0);
    double const angle = std::atan2(y1 - y0, x1 - x0) * 180.0 / 3.14159265358979323846;
    int const span = static_cast<int>(std::lround(length));
    ArrowLook const style = look(broad.up ? ArrowKind::up : ArrowKind::down);
    canvas_.open_group("broad", broad.words);
    canvas_.raw(fmt::format("<g transform=\"translate({} {}) rotate({:.2f})\">\n", x0, y0, angle));
    if (words_only) {
      std::string const words = broad.notes.empty() ? broad.words : broad.words + " (" + broad.notes + ")";
      int const at = clear_place(words, {x0, y0}, {x1, y1}, span);
      canvas_.text(at, broad.up ? -16 : 28, wrapped(words, span - 40, 14, Face::bold, 1).front(),
                   {.size = 14, .fill = style.colour, .bold = true, .anchor = "middle", .halo = true});
    } else {
      broad_shape(broad.up, span, style);
    }
    canvas_.raw("</g>\n");
    canvas_.close_group();
  }

  /// Where along a broad arrow its words meet no other arrow; its middle if they meet one everywhere.
  int clear_place(std::string const& words, std::pair<int, int> from, std::pair<int, int> to, int span) const {
    int const half = text_width(words, 14, Face::bold) / 2 + 12;
    int const reach_x = half * std::abs(to.first - from.first) / std::max(1, span);
    int const reach_y = half * std::abs(to.second - from.second) / std::max(1, span) + 16;
    for (int percent : {50, 35, 65, 20, 80}) {
      int const x = from.first + (to.first - from.first) * percent / 100;
      int const y = from.second + (to.second - from.second) * percent / 100;
      if (half * 100 > span * std::min(percent, 100 - percent)) continue;
      if (!crossed(x - reach_x, x + reach_x, y - reach_y, y + reach_y)) return span * percent / 100;
    }
    return span / 2;
  }

  [[nodiscard]] bool crossed(int left, int right, int top, int bottom) const {
    return std::any_of(arrows_.arrows.begin(), arrows_.arrows.end(), [&](Arrow const& arrow) {
      Layout::Route const r = layout_.route(arrow);
      bool const upright = r.x0 > left && r.x0 < right && std::max(r.y0, r.y1) > top && std::min(r.y0, r.y1) < bottom;
      bool const level = r.y1 > top && r.y1 < bottom && std::max(r.x0, r.x1) > left && std::min(r.x0, r.x1) < right;
      return upright || level;
    });
  }

  void broad_shape(bool up, int span, ArrowLook const& style) {
    std::string const body = up ? fmt::format("M0-6H{}V-13L{} 0L{} 13V6H0Z", span - 20, span, span - 20)
                                : fmt::format("M{} -6H20V-13L0 0L20 13V6H{}Z", span, span);
    if (up) {
      canvas_.path(body,
                   fmt::format(R"(fill="{}" fill-opacity="{}")", style.colour, marks() != nullptr ? "0.45" : "0.85"));
    } else {
      canvas_.path(body, fmt::format(R"(fill="#ffffff" stroke="{}" stroke-width="2.5" stroke-dasharray="{}")",
                                     style.colour, style.dash));
    }
  }

  // -- below the picture ------------------------------------------------------------------------------------------

  int legend(int y) {
    int x = margin;
    auto const room = [&](int width) {
      if (x + width > width_ - margin && x > margin) {
        x = margin;
        y += 30;
      }
    };
    for (ArrowKind kind : {ArrowKind::admission, ArrowKind::up, ArrowKind::down, ArrowKind::discharge}) {
      if (!occurs(kind)) continue;
      int const width = 64 + text_width(look(kind).words, note_size, Face::regular) + 24;
      room(width);
      legend_arrow(x, y, kind);
      canvas_.text(x + 58, y + 5, look(kind).words, {.size = note_size});
      x += width;
    }
    for (auto const& [draw_sample, words] : legend_marks()) {
      int const width = 38 + text_width(words, note_size, Face::regular) + 24;
      room(width);
      draw_sample(x, y);
      canvas_.text(x + 38, y + 5, words, {.size = note_size});
      x += width;
    }
    return y + 34;
  }

  [[nodiscard]] bool occurs(ArrowKind kind) const {
    auto const same = [&](Arrow const& a) { return a.kind == kind; };
    return std::any_of(arrows_.arrows.begin(), arrows_.arrows.end(), same) ||
           (kind == ArrowKind::up && layout_.has_broad(true)) || (kind == ArrowKind::down && layout_.has_broad(false));
  }

  void legend_arrow(int x, int y, ArrowKind kind) {
    ArrowLook const style = look(kind);
    int const side = rising(kind) ? 1 : -1;
    int const tail = side > 0 ? x : x + 48;
    int const tip = side > 0 ? x + 48 : x;
    canvas_.path(fmt::format("M{} {}H{}", tail, y, tip - side * 14),
                 fmt::format(R"(fill="none" stroke="{}" stroke-width="3"{})", style.colour,
                             style.dash.empty() ? "" : fmt::format(R"( stroke-dasharray="{}")", style.dash)));
    arrow_head(kind, tip, y, side, 13);
  }

  using Sample = std::function<void(int, int)>;
  std::vector<std::pair<Sample, std::string>> legend_marks() {
    std::vector<std::pair<Sample, std::string>> out;
    if (!arrows_.notes.empty()) {
      out.emplace_back([this](int x, int y) { letters(x + 16, y, "a", "#33475b", "1"); }, "only when (see below)");
    }
    if (marks() == nullptr) return out;
    if (!marks()->plan.empty() || marks()->move == Move::discharge) {
      out.emplace_back(
          [this](int x, int y) {
            canvas_.circle(x + 16, y, 11, R"(fill="#1b2733" stroke="#ffd23f" stroke-width="2.5")");
            canvas_.text(x + 16, y + 5, "1", {.size = 13, .fill = "#ffffff", .bold = true, .anchor = "middle"});
          },
          "the person's pathway, move by move");
    }
    if (marks()->rules_apply) {
      out.emplace_back(
          [this](int x, int y) {
            canvas_.rect(x, y - 10, 30, 20, 4, R"(fill="#ffffff" stroke="#8795a3" stroke-width="2")");
            canvas_.rect(x, y - 10, 30, 20, 4, R"x(fill="url(#cg-hatch)")x");
          },
          "not admissible");
    }
    if (marks()->unavailable != 0) {
      out.emplace_back(
          [this](int x, int y) {
            canvas_.rect(x, y - 10, 30, 20, 4,
                         R"(fill="#ffffff" stroke="#a14a1c" stroke-width="3" stroke-dasharray="8 4")");
          },
          "no place today");
    }
    return out;
  }

  int notes(int y) {
    for (Note const& note : arrows_.notes) {
      std::string words = note.words + " when " + note.when;
      if (!note.because.empty()) words += ". " + note.because;
      letters(margin + 14, y, note.letter, look(note.kind).colour, "1");
      if (note.open) words += fmt::format(" [{}]", truth_words(*note.open));
      for (std::string const& line : wrapped(words, width_ - 2 * margin - 44, note_size, Face::regular, 12)) {
        canvas_.text(margin + 40, y + 5, line, {.size = note_size});
        y += 20;
      }
      y += 8;
    }
    return y;
  }

  std::string page(int height) const {
    std::string description = "Levels from least to most intensive: ";
    for (std::size_t i = 0; i < model_.levels.size(); ++i) description += (i == 0 ? "" : ", ") + model_.levels[i].name;
    if (marks() != nullptr) description += ". " + marks()->caption;
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\" "
        "aria-labelledby=\"cg-title cg-desc\" font-family=\"'Segoe UI','Helvetica Neue',Arial,'DejaVu "
        "Sans',sans-serif\">\n"
        "<title id=\"cg-title\">{2}</title>\n<desc id=\"cg-desc\">{3}</desc>\n"
        "<defs><pattern id=\"cg-hatch\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><path d=\"M0 0V9\" stroke=\"#b9c3cc\" stroke-width=\"5\"/></pattern></defs>\n"
        "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n{4}</svg>\n",
        width_, height, encode::xml(title_words() + ": levels of care"), encode::xml(description), canvas_.str());
  }

  View const& view_;
  ir::Model const& model_;
  Arrows arrows_;
  Layout layout_;
  SvgCanvas canvas_;
  int width_ = 0;
};

}  // namespace

std::string render_svg(View const& view) {
  return Painter(view).paint();
}

}  // namespace carestep::graph

#include "format/layout.hpp"

#include <algorithm>

namespace carestep::format {
namespace {

// Deeply nested lists would otherwise drift off the page.
constexpr int deepest_indent = 60;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

class Printer {
 public:
  Printer(std::vector<Item> const& items, std::uint32_t segment, Comments const& comments, std::string& out)
      : items_(items), comments_(comments), out_(out), segment_(segment) {}

  void print() {
    for (std::size_t i = 0; i < items_.size(); ++i)
      std::visit(Overloaded{[&](Piece const& piece) { put(piece.text); }, [&](Space const& space) { put(space, i); },
                            [&](Line const& line) { break_line(line.segment, line.indent); },
                            [&](Open const& group) { open(group, i); }, [&](Close) { groups_.pop_back(); }},
                 items_[i]);
    end_segment();
    out_ += '\n';
  }

 private:
  struct Group {
    Breaking breaking;
    bool broken;
    int indent;
  };

  void put(std::string_view text) {
    out_ += text;
    column_ += width(text);
  }

  void put(Space const& space, std::size_t index) {
    Group const& group = groups_.back();
    bool const full =
        group.breaking == Breaking::fill ? !fits(index + 1, column_ + width(space.flat), space.segment) : group.broken;
    if (full || must_break(segment_, space.segment)) {
      break_line(space.segment, group.indent);
    } else {
      put(space.flat);
      segment_ = space.segment;
    }
  }

  void open(Open const& group, std::size_t index) {
    int const indent = group.from == Indent::column ? std::min(column_, deepest_indent) + group.by : indent_ + group.by;
    bool const broken =
        group.breaking == Breaking::always || (group.breaking == Breaking::all && !fits(index, column_, segment_));
    groups_.push_back({group.breaking, broken, indent});
  }

  /// A comment stands before `next`, or behind the segment that ends there.
  [[nodiscard]] bool must_break(std::uint32_t segment, std::uint32_t next) const {
    return comments_.trailing(segment) != nullptr || !comments_.leading(next).empty();
  }

  /// Whether the items from `index` fit on the line when they start at `column`: up to the end of the group that opens
  /// at `index`, or else to the next space of the group that is open, and with what cannot be parted from them.
  [[nodiscard]] bool fits(std::size_t index, int column, std::uint32_t segment) const {
    int depth = 0;
    bool left = false;  // a group has ended, so a space in the next one may break
    for (std::size_t i = index; i < items_.size() && column <= page_width; ++i) {
      if (std::holds_alternative<Line>(items_[i])) return true;
      if (std::holds_alternative<Open>(items_[i])) ++depth;
      if (std::holds_alternative<Close>(items_[i])) left = --depth <= 0;
      if (auto const* piece = std::get_if<Piece>(&items_[i])) column += width(piece->text);
      if (auto const* space = std::get_if<Space>(&items_[i])) {
        if (left || depth <= 0) return true;
        if (must_break(segment, space->segment)) return false;
        segment = space->segment;
        column += width(space->flat);
      }
    }
    return column <= page_width;
  }

  void end_segment() {
    if (std::string const* comment = comments_.trailing(segment_)) {
      out_ += "  ";
      out_ += *comment;
    }
  }

  void break_line(std::uint32_t next, int indent) {
    end_segment();
    out_ += '\n';
    std::string const blanks(static_cast<std::size_t>(indent), ' ');
    for (std::string const& comment : comments_.leading(next)) out_ += blanks + comment + '\n';
    out_ += blanks;
    segment_ = next;
    indent_ = indent;
    column_ = indent;
  }

  std::vector<Item> const& items_;
  Comments const& comments_;
  std::string& out_;
  std::uint32_t segment_;
  std::vector<Group> groups_;
  int indent_ = 0;
  int column_ = 0;
};

}  // namespace

int width(std::string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void print(std::vector<Item> const& items, std::uint32_t segment, Comments const& comments, std::string& out) {
  Printer(items, segment, comments, out).print();
}

}  // namespace carestep::format

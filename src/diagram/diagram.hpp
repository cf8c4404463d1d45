#pragma once

// Decision diagrams over variables with many codes: the exact structure behind every question about what is not known.
//
// A diagram is a function of the variables in a fixed order. A node asks one variable and has an edge for each stretch
// of its codes; a leaf is a number that its maker gives a meaning. Nodes are hash-consed and no node has two equal
// neighbouring edges or just one, so two diagrams are the same function exactly when they are the same reference.

#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace carestep::diagram {

/// A node, or a leaf.
struct Ref {
  std::uint32_t bits = 0;

  static constexpr std::uint32_t leaf_bit = 0x8000'0000U;
  static constexpr Ref leaf(std::uint32_t value) { return {value | leaf_bit}; }
  [[nodiscard]] constexpr bool is_leaf() const { return (bits & leaf_bit) != 0; }
  [[nodiscard]] constexpr std::uint32_t value() const { return bits & ~leaf_bit; }
  friend constexpr auto operator<=>(Ref, Ref) = default;
};

inline constexpr Ref no = Ref::leaf(0);
inline constexpr Ref yes = Ref::leaf(1);

/// The place of a variable in the order; leaves stand behind every variable.
using Position = std::uint32_t;
inline constexpr Position leaf_position = ~Position{0};

/// All codes above those of the edge before, up to and including `high`.
struct Edge {
  std::int64_t high = 0;
  Ref to;
  friend constexpr bool operator==(Edge const&, Edge const&) = default;
};

/// Thrown when a question takes more steps than its budget, or was told to stop; caught where the question was put.
struct OverBudget {};

class Diagram {
 public:
  /// `sizes`: the number of codes of each variable, in order. `budget`: how many steps all operations together may
  /// take.
  Diagram(std::vector<std::int64_t> sizes, std::uint64_t budget) : sizes_(std::move(sizes)), budget_(budget) {}

  [[nodiscard]] std::int64_t size(Position at) const { return sizes_[at]; }
  [[nodiscard]] Position position(Ref ref) const { return ref.is_leaf() ? leaf_position : nodes_[ref.bits].at; }
  [[nodiscard]] std::span<Edge const> edges(Ref ref) const {
    Node const& node = nodes_[ref.bits];
    return {edges_.data() + node.first, node.count};
  }
  [[nodiscard]] std::size_t node_count() const { return nodes_.size(); }

  /// The node with these edges: their bounds ascend, the last is the variable's last code.
  Ref node(Position at, std::span<Edge const> edges);

  Ref negation(Ref a);
  Ref both(Ref a, Ref b);
  Ref either(Ref a, Ref b);
  /// `a` where `condition` is yes, else `b`.
  Ref choose(Ref condition, Ref a, Ref b);

  /// Combines two functions leaf by leaf: `combine(uint32_t, uint32_t) -> uint32_t`.
  template <class Combine>
  Ref apply(Ref a, Ref b, Combine combine) {
    Pairs done;
    return apply_with(
        a, b,
        [&](Ref x, Ref y) -> Ref {
          if (x.is_leaf() && y.is_leaf()) return Ref::leaf(combine(x.value(), y.value()));
          return unknown;
        },
        done);
  }

  /// Replaces every leaf: `change(uint32_t) -> uint32_t`.
  template <class Change>
  Ref map(Ref a, Change change) {
    std::unordered_map<std::uint32_t, Ref> done;
    return map_with(a, change, done);
  }

  /// Starts counting afresh: the next question may take so many steps.
  void allow(std::uint64_t steps) { budget_ = steps; }
  /// Asked now and then; once it says yes, every question is over its budget. It lives as long as the diagram.
  void watch(std::function<bool()> const& stop) { stop_ = &stop; }

  /// Counts a step; throws OverBudget when there were too many.
  void step(std::uint64_t steps = 1) {
    if (steps > budget_) throw OverBudget{};
    budget_ -= steps;
    if (stop_ != nullptr && ++since_asked_ >= steps_between && stopped()) throw OverBudget{};
  }

 private:
  struct Node {
    Position at = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  using Pairs = std::unordered_map<std::uint64_t, Ref>;

  static constexpr std::uint32_t steps_between = 10'000;
  bool stopped() {
    since_asked_ = 0;
    return *stop_ && (*stop_)();
  }

  static constexpr Ref unknown{0x7FFF'FFFFU};  // no node has this number

  static std::uint64_t key(Ref a, Ref b) { return (std::uint64_t{a.bits} << 32U) | b.bits; }

  /// Walks the edges of two functions below a common variable in step: `visit(high, a_child, b_child)`.
  template <class Visit>
  void align(Position at, Ref a, Ref b, Visit visit) {
    bool const in_a = position(a) == at;
    bool const in_b = position(b) == at;
    std::size_t i = 0;
    std::size_t j = 0;
    for (;;) {
      // Edges are read afresh each time: visiting may add nodes and move them.
      Edge const ea = in_a ? edges(a)[i] : Edge{sizes_[at] - 1, a};
      Edge const eb = in_b ? edges(b)[j] : Edge{sizes_[at] - 1, b};
      std::int64_t const high = ea.high < eb.high ? ea.high : eb.high;
      visit(high, ea.to, eb.to);
      if (high == sizes_[at] - 1) return;
      if (ea.high == high) ++i;
      if (eb.high == high) ++j;
    }
  }

  template <class Known>
  Ref apply_with(Ref a, Ref b, Known const& known, Pairs& done) {
    if (Ref const result = known(a, b); result != unknown) return result;
    if (auto const it = done.find(key(a, b)); it != done.end()) return it->second;
    step();
    Position const at = std::min(position(a), position(b));
    std::vector<Edge> joined;
    align(at, a, b, [&](std::int64_t high, Ref x, Ref y) { joined.push_back({high, apply_with(x, y, known, done)}); });
    Ref const result = node(at, joined);
    done.emplace(key(a, b), result);
    return result;
  }

  template <class Change>
  Ref map_with(Ref a, Change& change, std::unordered_map<std::uint32_t, Ref>& done) {
    if (auto const it = done.find(a.bits); it != done.end()) return it->second;
    step();
    Ref result;
    if (a.is_leaf()) {
      result = Ref::leaf(change(a.value()));
    } else {
      std::vector<Edge> changed;
      std::size_t const count = edges(a).size();
      for (std::size_t i = 0; i < count; ++i) {
        Edge const edge = edges(a)[i];
        changed.push_back({edge.high, map_with(edge.to, change, done)});
      }
      result = node(position(a), changed);
    }
    done.emplace(a.bits, result);
    return result;
  }

  std::vector<std::int64_t> sizes_;
  std::uint64_t budget_;
  std::function<bool()> const* stop_ = nullptr;
  std::uint32_t since_asked_ = 0;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> known_;
  Pairs both_;
  Pairs either_;
};

}  // namespace carestep::diagram

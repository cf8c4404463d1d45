#pragma once

// The core language: a pure, total, hash-consed DAG of conditions and numbers over the variables of an assessment.
// Everything the rule language can say about a patient is one of these twelve kinds.

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace carestep::ir {

using VarId = std::uint32_t;
using NodeId = std::uint32_t;

/// A set of codes of one variable: sorted, disjoint, non-adjacent closed ranges.
struct CodeRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
  friend constexpr auto operator<=>(CodeRange const&, CodeRange const&) = default;
};
using CodeSet = std::vector<CodeRange>;

enum class NodeKind : std::uint8_t {
  // conditions
  constant,  // value: 0 or 1
  atom,      // var's code lies in `codes`
  at_least,  // number kids[0] >= value
  negation,  // kids[0]
  all,       // every kid
  any,       // some kid
  count,     // at least `value` of the kids
  // numbers: Decimal::scaled integers
  number,   // value
  reading,  // value + step * (code of var)
  sum,      // value + the kids
  choose,   // kids: condition, number, condition, number, …, number: the number of the first condition that holds
  lowest,   // of the kids
  highest,  // of the kids
};

struct Node {
  NodeKind kind = NodeKind::constant;
  VarId var = 0;
  std::int64_t value = 0;
  std::int64_t step = 0;
  CodeSet codes;
  std::vector<NodeId> kids;

  friend bool operator==(Node const&, Node const&) = default;
};

/// The DAG. INVARIANT: kids come before their node, so that one pass from the front evaluates everything.
///
/// The builders simplify what is plain (constants, double negation, nested and single-part lists, repeated parts) and
/// order the parts of symmetric nodes, so that equal conditions written differently often are one node.
class Nodes {
 public:
  Nodes();

  NodeId truth(bool value);
  /// `codes` may be unsorted; `size` is the number of codes of the variable, so that full and empty sets are constants.
  NodeId atom(VarId var, CodeSet codes, std::int64_t size);
  NodeId negation(NodeId inner);
  NodeId all(std::vector<NodeId> parts);
  NodeId any(std::vector<NodeId> parts);
  /// At least `least` of the parts; a part that stands twice counts twice.
  NodeId count(std::int64_t least, std::vector<NodeId> parts);
  /// `number >= bound`
  NodeId at_least(NodeId number, std::int64_t bound);

  NodeId number(std::int64_t value);
  NodeId reading(VarId var, std::int64_t base, std::int64_t step);
  NodeId sum(std::int64_t constant, std::vector<NodeId> parts);
  /// The number of the first case whose condition holds, else `otherwise`.
  NodeId choose(std::vector<std::pair<NodeId, NodeId>> const& cases, NodeId otherwise);
  NodeId lowest(std::vector<NodeId> parts);
  NodeId highest(std::vector<NodeId> parts);
  /// `factor / 10^8` times `number`, exactly. The caller has checked that the product has at most eight digits behind
  /// the point and fits (check/number_range).
  NodeId scaled(std::int64_t factor, NodeId number);

  [[nodiscard]] Node const& operator[](NodeId id) const { return nodes_[id]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  /// The DAG has outgrown its limit: what the builders gave since then is worthless, the ruleset must be refused.
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  [[nodiscard]] bool is_true(NodeId id) const { return id == 1; }
  [[nodiscard]] bool is_false(NodeId id) const { return id == 0; }

 private:
  NodeId intern(Node node);
  NodeId symmetric(NodeKind kind, std::vector<NodeId> parts);
  bool too_long(NodeKind kind, std::vector<NodeId> const& parts);
  /// The numbers that `top` is made of and that are not done, kids first.
  [[nodiscard]] std::vector<NodeId> numbers_under(NodeId top, std::unordered_map<NodeId, NodeId> const& done) const;
  NodeId scaled_one(std::int64_t factor, Node node, std::unordered_map<NodeId, NodeId> const& done);

  static constexpr std::size_t most_weight = 1'000'000;  // nodes, kids and code ranges together
  static constexpr std::size_t widest_inlined = 32;  // longer lists stay nodes of their own, or chains grow as squares

  std::vector<Node> nodes_;
  std::unordered_multimap<std::uint64_t, NodeId> known_;
  std::unordered_map<std::int64_t, std::unordered_map<NodeId, NodeId>>
      scaled_;  // by factor: what is multiplied already
  std::size_t weight_ = 0;
  bool exhausted_ = false;
};

/// Sorts and joins ranges.
CodeSet normalised(CodeSet codes);
/// The codes of [0, size) that are not in `codes`.
CodeSet complement(CodeSet const& codes, std::int64_t size);

}  // namespace carestep::ir

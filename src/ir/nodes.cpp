#include "ir/nodes.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace carestep::ir {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t one = 100'000'000;

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15U + (hash << 6U) + (hash >> 2U);
  return hash * 0xBF58476D1CE4E5B9U;
}

std::uint64_t hash_of(Node const& node) {
  std::uint64_t hash = mix(static_cast<std::uint64_t>(node.kind), node.var);
  hash = mix(hash, static_cast<std::uint64_t>(node.value));
  hash = mix(hash, static_cast<std::uint64_t>(node.step));
  for (CodeRange const& range : node.codes) {
    hash = mix(hash, static_cast<std::uint64_t>(range.low));
    hash = mix(hash, static_cast<std::uint64_t>(range.high));
  }
  for (NodeId const kid : node.kids) hash = mix(hash, kid);
  return hash;
}

std::int64_t times(std::int64_t factor, std::int64_t value) {
  return static_cast<std::int64_t>(static_cast<Wide>(factor) * value / one);
}

}  // namespace

CodeSet normalised(CodeSet codes) {
  std::sort(codes.begin(), codes.end());
  CodeSet joined;
  for (CodeRange const& range : codes) {
    if (range.low > range.high) continue;
    if (!joined.empty() && range.low <= joined.back().high + 1)
      joined.back().high = std::max(joined.back().high, range.high);
    else
      joined.push_back(range);
  }
  return joined;
}

CodeSet complement(CodeSet const& codes, std::int64_t size) {
  CodeSet rest;
  std::int64_t next = 0;
  for (CodeRange const& range : codes) {
    if (range.low > next) rest.push_back({next, range.low - 1});
    next = range.high + 1;
  }
  if (next < size) rest.push_back({next, size - 1});
  return rest;
}

Nodes::Nodes() {
  intern({.kind = NodeKind::constant, .value = 0, .codes = {}, .kids = {}});
  intern({.kind = NodeKind::constant, .value = 1, .codes = {}, .kids = {}});
}

NodeId Nodes::intern(Node node) {
  std::uint64_t const hash = hash_of(node);
  auto const [begin, end] = known_.equal_range(hash);
  for (auto it = begin; it != end; ++it)
    if (nodes_[it->second] == node) return it->second;
  auto const id = static_cast<NodeId>(nodes_.size());
  weight_ += 1 + node.kids.size() + node.codes.size();
  if (weight_ > most_weight) exhausted_ = true;
  nodes_.push_back(std::move(node));
  known_.emplace(hash, id);
  return id;
}

NodeId Nodes::truth(bool value) {
  return value ? 1 : 0;
}

NodeId Nodes::atom(VarId var, CodeSet codes, std::int64_t size) {
  codes = normalised(std::move(codes));
  for (CodeRange& range : codes) {
    range.low = std::max<std::int64_t>(range.low, 0);
    range.high = std::min(range.high, size - 1);
  }
  codes = normalised(std::move(codes));
  if (codes.empty()) return truth(false);
  if (codes.size() == 1 && codes[0].low == 0 && codes[0].high == size - 1) return truth(true);
  return intern({.kind = NodeKind::atom, .var = var, .codes = std::move(codes), .kids = {}});
}

NodeId Nodes::negation(NodeId inner) {
  if (inner <= 1) return 1 - inner;
  if (nodes_[inner].kind == NodeKind::negation) return nodes_[inner].kids[0];
  return intern({.kind = NodeKind::negation, .codes = {}, .kids = {inner}});
}

bool Nodes::too_long(NodeKind kind, std::vector<NodeId> const& parts) {
  std::size_t kids = 0;
  for (NodeId const part : parts) kids += nodes_[part].kind == kind ? nodes_[part].kids.size() : 1;
  if (weight_ + kids > most_weight) exhausted_ = true;
  return exhausted_;
}

NodeId Nodes::symmetric(NodeKind kind, std::vector<NodeId> parts) {
  if (too_long(kind, parts)) return truth(false);
  bool const neutral = kind == NodeKind::all;
  std::vector<NodeId> flat;
  for (NodeId const part : parts) {
    if (part == truth(!neutral)) return part;
    if (part == truth(neutral)) continue;
    if (nodes_[part].kind == kind && nodes_[part].kids.size() <= widest_inlined)
      flat.insert(flat.end(), nodes_[part].kids.begin(), nodes_[part].kids.end());
    else
      flat.push_back(part);
  }
  std::sort(flat.begin(), flat.end());
  flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
  for (NodeId const part : flat)
    if (nodes_[part].kind == NodeKind::negation && std::binary_search(flat.begin(), flat.end(), nodes_[part].kids[0]))
      return truth(!neutral);
  if (flat.empty()) return truth(neutral);
  if (flat.size() == 1) return flat[0];
  return intern({.kind = kind, .codes = {}, .kids = std::move(flat)});
}

NodeId Nodes::all(std::vector<NodeId> parts) {
  return symmetric(NodeKind::all, std::move(parts));
}
NodeId Nodes::any(std::vector<NodeId> parts) {
  return symmetric(NodeKind::any, std::move(parts));
}

NodeId Nodes::count(std::int64_t least, std::vector<NodeId> parts) {
  std::vector<NodeId> open;
  for (NodeId const part : parts) {
    if (is_true(part)) --least;
    if (part > 1) open.push_back(part);
  }
  auto const size = static_cast<std::int64_t>(open.size());
  if (least <= 0) return truth(true);
  if (least > size) return truth(false);
  if (least == 1) return any(std::move(open));
  if (least == size) return all(std::move(open));
  std::sort(open.begin(), open.end());
  return intern({.kind = NodeKind::count, .value = least, .codes = {}, .kids = std::move(open)});
}

NodeId Nodes::at_least(NodeId number, std::int64_t bound) {
  if (nodes_[number].kind == NodeKind::number) return truth(nodes_[number].value >= bound);
  if (nodes_[number].kind == NodeKind::sum && nodes_[number].value != 0) {
    bound -= nodes_[number].value;
    number = sum(0, nodes_[number].kids);
  }
  return intern({.kind = NodeKind::at_least, .value = bound, .codes = {}, .kids = {number}});
}

NodeId Nodes::number(std::int64_t value) {
  return intern({.kind = NodeKind::number, .value = value, .codes = {}, .kids = {}});
}

NodeId Nodes::reading(VarId var, std::int64_t base, std::int64_t step) {
  if (step == 0) return number(base);
  return intern({.kind = NodeKind::reading, .var = var, .value = base, .step = step, .codes = {}, .kids = {}});
}

NodeId Nodes::sum(std::int64_t constant, std::vector<NodeId> parts) {
  if (too_long(NodeKind::sum, parts)) return number(0);
  std::vector<NodeId> flat;
  std::map<VarId, std::int64_t> steps;  // readings of one variable are one reading
  auto const add = [&](NodeId part) {
    Node const& node = nodes_[part];
    if (node.kind != NodeKind::reading) return flat.push_back(part);
    constant += node.value;
    steps[node.var] += node.step;
  };
  for (NodeId const part : parts) {
    Node const& node = nodes_[part];
    if (node.kind == NodeKind::number || node.kind == NodeKind::sum) constant += node.value;
    if (node.kind == NodeKind::sum) std::for_each(node.kids.begin(), node.kids.end(), add);
    if (node.kind != NodeKind::number && node.kind != NodeKind::sum) add(part);
  }
  std::erase_if(steps, [](auto const& step) { return step.second == 0; });
  if (flat.empty() && steps.empty()) return number(constant);
  if (flat.empty() && steps.size() == 1) return reading(steps.begin()->first, constant, steps.begin()->second);
  if (flat.size() == 1 && steps.empty() && constant == 0) return flat[0];
  for (auto const& [var, step] : steps) flat.push_back(reading(var, 0, step));
  std::sort(flat.begin(), flat.end());
  return intern({.kind = NodeKind::sum, .value = constant, .codes = {}, .kids = std::move(flat)});
}

NodeId Nodes::choose(std::vector<std::pair<NodeId, NodeId>> const& cases, NodeId otherwise) {
  std::vector<NodeId> kids;
  for (auto const& [condition, value] : cases) {
    if (is_false(condition)) continue;
    if (is_true(condition)) {
      otherwise = value;
      break;
    }
    kids.push_back(condition);
    kids.push_back(value);
  }
  while (!kids.empty() && kids.back() == otherwise) kids.resize(kids.size() - 2);
  if (kids.empty()) return otherwise;
  kids.push_back(otherwise);
  return intern({.kind = NodeKind::choose, .codes = {}, .kids = std::move(kids)});
}

NodeId Nodes::lowest(std::vector<NodeId> parts) {
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  if (parts.size() == 1) return parts[0];
  return intern({.kind = NodeKind::lowest, .codes = {}, .kids = std::move(parts)});
}

NodeId Nodes::highest(std::vector<NodeId> parts) {
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  if (parts.size() == 1) return parts[0];
  return intern({.kind = NodeKind::highest, .codes = {}, .kids = std::move(parts)});
}

NodeId Nodes::scaled(std::int64_t factor, NodeId number_id) {
  if (factor == one) return number_id;
  if (factor == 0) return number(0);
  std::unordered_map<NodeId, NodeId>& done = scaled_[factor];
  if (auto const it = done.find(number_id); it != done.end()) return it->second;
  for (NodeId const id : numbers_under(number_id, done)) {
    NodeId const result = scaled_one(factor, nodes_[id], done);
    done.emplace(id, result);
  }
  return done.at(number_id);
}

std::vector<NodeId> Nodes::numbers_under(NodeId top, std::unordered_map<NodeId, NodeId> const& done) const {
  std::vector<NodeId> found{top};
  std::unordered_set<NodeId> seen{top};
  for (std::size_t next = 0; next < found.size(); ++next) {
    Node const& node = nodes_[found[next]];
    for (std::size_t i = 0; i < node.kids.size(); ++i) {
      bool const condition = node.kind == NodeKind::choose && i % 2 == 0 && i + 1 < node.kids.size();
      if (condition || done.contains(node.kids[i])) continue;
      if (seen.insert(node.kids[i]).second) found.push_back(node.kids[i]);
    }
  }
  std::sort(found.begin(), found.end());  // kids first
  return found;
}

NodeId Nodes::scaled_one(std::int64_t factor, Node node, std::unordered_map<NodeId, NodeId> const& done) {
  auto const kids = [&] {
    std::vector<NodeId> scaled;
    for (NodeId const kid : node.kids) scaled.push_back(done.at(kid));
    return scaled;
  };
  switch (node.kind) {
    case NodeKind::number:
      return number(times(factor, node.value));
    case NodeKind::reading:
      return reading(node.var, times(factor, node.value), times(factor, node.step));
    case NodeKind::sum:
      return sum(times(factor, node.value), kids());
    case NodeKind::lowest:
      return factor > 0 ? lowest(kids()) : highest(kids());
    case NodeKind::highest:
      return factor > 0 ? highest(kids()) : lowest(kids());
    case NodeKind::choose: {
      std::vector<std::pair<NodeId, NodeId>> cases;
      for (std::size_t i = 0; i + 1 < node.kids.size(); i += 2)
        cases.emplace_back(node.kids[i], done.at(node.kids[i + 1]));
      return choose(cases, done.at(node.kids.back()));
    }
    case NodeKind::constant:
    case NodeKind::atom:
    case NodeKind::at_least:
    case NodeKind::negation:
    case NodeKind::all:
    case NodeKind::any:
    case NodeKind::count:
      break;  // conditions are no numbers
  }
  return number(0);
}

}  // namespace carestep::ir

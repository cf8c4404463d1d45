#include "lower/boxes.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>

#include "program/take.hpp"

namespace carestep {
namespace {

using ir::CodeSet;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using program::Boxes;
using program::ConditionId;
using program::OpKind;
using program::Program;
using program::Slot;

constexpr std::size_t most_boxes_each = 128;  // of one condition; beyond, a part becomes an inner condition
constexpr std::size_t most_boxes = std::size_t{1} << 17U;
constexpr std::size_t most_row_words = std::size_t{1} << 21U;  // 16 MiB
constexpr std::int64_t most_table_codes = 40'000;

/// A variable of the model, or behind those an inner condition.
using Place = std::uint32_t;
using Box = std::vector<std::pair<Place, CodeSet>>;  // by place
using Union = std::vector<Box>;

CodeSet common(CodeSet const& a, CodeSet const& b) {
  CodeSet both;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    std::int64_t const low = std::max(a[i].low, b[j].low);
    std::int64_t const high = std::min(a[i].high, b[j].high);
    if (low <= high) both.push_back({low, high});
    (a[i].high < b[j].high ? i : j)++;
  }
  return both;
}

/// Nothing where the two have no record in common.
std::optional<Box> common(Box const& a, Box const& b) {
  Box both;
  both.reserve(a.size() + b.size());
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (j == b.size() || (i < a.size() && a[i].first < b[j].first)) {
      both.push_back(a[i++]);
    } else if (i == a.size() || b[j].first < a[i].first) {
      both.push_back(b[j++]);
    } else {
      both.emplace_back(a[i].first, common(a[i].second, b[j].second));
      if (both.back().second.empty()) return std::nullopt;
      ++i, ++j;
    }
  }
  return both;
}

bool contains(CodeSet const& codes, std::int64_t code) {
  return std::any_of(codes.begin(), codes.end(), [&](auto const& r) { return r.low <= code && code <= r.high; });
}

/// Conditions to unions of boxes.
class Expander {
 public:
  explicit Expander(ir::Model const& model) : model_(model) {}

  /// What is inside an inner condition: boxes, or nothing where operations evaluate it.
  struct Inner {
    NodeId node = 0;
    std::optional<Union> boxes;
  };

  Union expand(NodeId node) { return expand(node, true); }
  /// The condition left to its operation.
  Union evaluated(NodeId node) {
    return model_.nodes[node].kind == NodeKind::constant ? expand(node, true) : through_inner(node, true);
  }
  [[nodiscard]] std::vector<Inner> const& inner() const { return inner_; }
  [[nodiscard]] Place first_inner() const { return static_cast<Place>(model_.variables.size()); }

 private:
  Union expand(NodeId id, bool wanted) {
    auto const known = known_.find({id, wanted});
    if (known != known_.end()) return known->second;
    Union result = build(id, wanted);
    known_.emplace(std::pair(id, wanted), result);
    return result;
  }

  Union build(NodeId id, bool wanted) {
    Node const& node = model_.nodes[id];
    switch (node.kind) {
      case NodeKind::constant:
        return (node.value != 0) == wanted ? Union{{}} : Union{};
      case NodeKind::atom: {
        CodeSet codes = wanted ? node.codes : ir::complement(node.codes, model_.variables[node.var].size);
        return {{{node.var, std::move(codes)}}};
      }
      case NodeKind::negation:
        return expand(node.kids[0], !wanted);
      case NodeKind::all:
      case NodeKind::any:
        return (node.kind == NodeKind::all) == wanted ? every(node.kids, wanted) : some(node.kids, wanted);
      case NodeKind::count:
        return counted(id, wanted);
      case NodeKind::at_least:
        return compared(id, wanted);
      default:
        return through_inner(id, wanted);  // not a condition: never asked for
    }
  }

  Union through_inner(NodeId id, bool wanted) {
    auto [it, fresh] = inner_of_.try_emplace(id, static_cast<Place>(inner_.size()));
    if (fresh) {
      inner_.push_back({id, std::nullopt});
      if (auto const known = known_.find({id, true}); known != known_.end()) inner_[it->second].boxes = known->second;
    }
    std::int64_t const code = wanted ? 1 : 0;
    return {{{first_inner() + it->second, {{code, code}}}}};
  }

  /// The parts, the largest of them made inner conditions until `size` of them all is small enough.
  template <class Size>
  std::vector<Union> parts_within(std::vector<NodeId> const& kids, bool wanted, Size size) {
    std::vector<Union> parts;
    for (NodeId const kid : kids) parts.push_back(expand(kid, wanted));
    while (size(parts) > most_boxes_each) {
      auto const largest = std::max_element(parts.begin(), parts.end(),
                                            [](auto const& a, auto const& b) { return a.size() < b.size(); });
      if (largest->size() <= 1) break;
      NodeId const kid = kids[static_cast<std::size_t>(largest - parts.begin())];
      expand(kid, true);  // so that the inner condition is boxes itself
      *largest = through_inner(kid, wanted);
    }
    return parts;
  }

  Union every(std::vector<NodeId> const& kids, bool wanted) {
    std::vector<Union> const parts = parts_within(kids, wanted, [](std::vector<Union> const& all) {
      std::size_t product = 1;
      for (Union const& part : all) product = std::min(product * part.size(), 2 * most_boxes_each);
      return product;
    });
    Union result{{}};
    for (Union const& part : parts) {
      Union next;
      for (Box const& a : result)
        for (Box const& b : part)
          if (auto both = common(a, b)) next.push_back(*std::move(both));
      result = std::move(next);
    }
    return result;
  }

  Union some(std::vector<NodeId> const& kids, bool wanted) {
    std::vector<Union> const parts = parts_within(kids, wanted, [](std::vector<Union> const& all) {
      std::size_t sum = 0;
      for (Union const& part : all) sum += part.size();
      return sum;
    });
    Union result;
    for (Union const& part : parts) result.insert(result.end(), part.begin(), part.end());
    return result;
  }

  /// At least n of the kids: each choice of n of them; failing, n fewer than all of them fail.
  Union counted(NodeId id, bool wanted) {
    Node const& node = model_.nodes[id];
    auto const kids = static_cast<std::int64_t>(node.kids.size());
    std::int64_t const least = wanted ? node.value : kids - node.value + 1;
    double choices = 1;
    for (std::int64_t i = 0; i < least; ++i)
      choices = choices * static_cast<double>(kids - i) / static_cast<double>(i + 1);
    if (choices > static_cast<double>(most_boxes_each)) return through_inner(id, wanted);
    std::vector<Union> parts;
    for (NodeId const kid : node.kids) parts.push_back(expand(kid, wanted));
    Union result;
    if (!choose(parts, 0, least, {}, result)) return through_inner(id, wanted);
    return result;
  }

  static bool choose(std::vector<Union> const& parts, std::size_t next, std::int64_t least, Box const& so_far,
                     Union& result) {
    if (least == 0) {
      result.push_back(so_far);
      return result.size() <= most_boxes_each;
    }
    if (static_cast<std::int64_t>(parts.size() - next) < least) return true;
    for (Box const& box : parts[next])
      if (auto const with = common(box, so_far); with && !choose(parts, next + 1, least - 1, *with, result))
        return false;
    return choose(parts, next + 1, least, so_far, result);
  }

  /// A number that is compared: one variable's reading, or the cases of a grade or score.
  Union compared(NodeId id, bool wanted) {
    std::int64_t const bound = model_.nodes[id].value;
    NodeId const number = model_.nodes[id].kids[0];
    Node const& node = model_.nodes[number];
    if (node.kind == NodeKind::reading) return reading_at_least(node, bound, wanted);
    if (node.kind != NodeKind::choose) return through_inner(id, wanted);
    Union result;
    Union earlier{{}};  // no case so far holds
    for (std::size_t i = 0; i < node.kids.size(); i += 2) {
      bool const last = i + 1 == node.kids.size();
      Node const& value = model_.nodes[node.kids[last ? i : i + 1]];
      if (value.kind != NodeKind::number) return through_inner(id, wanted);
      if ((value.value >= bound) == wanted) {
        Union const here = last ? earlier : product(earlier, expand(node.kids[i], true));
        result.insert(result.end(), here.begin(), here.end());
      }
      if (!last) earlier = product(earlier, expand(node.kids[i], false));
      if (std::max(result.size(), earlier.size()) > most_boxes_each) return through_inner(id, wanted);
    }
    return result;
  }

  static Union product(Union const& a, Union const& b) {
    Union result;
    for (Box const& x : a)
      for (Box const& y : b)
        if (auto both = common(x, y)) result.push_back(*std::move(both));
    return result;
  }

  Union reading_at_least(Node const& reading, std::int64_t bound, bool wanted) const {
    std::int64_t const size = model_.variables[reading.var].size;
    // The codes ascend or descend with the number: the first (or last) code that reaches the bound is a division away.
    std::int64_t const need = bound - reading.value;
    auto const floor_div = [](std::int64_t a, std::int64_t b) {
      return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
    };
    CodeSet codes;
    if (reading.step > 0) {
      std::int64_t const from = std::max<std::int64_t>(-floor_div(-need, reading.step), 0);
      if (from < size) codes = {{from, size - 1}};
    } else {
      std::int64_t const to = std::min(floor_div(need, reading.step), size - 1);
      if (to >= 0) codes = {{0, to}};
    }
    if (!wanted) codes = ir::complement(codes, size);
    return codes.empty() ? Union{} : Union{{{reading.var, std::move(codes)}}};
  }

  ir::Model const& model_;
  std::map<std::pair<NodeId, bool>, Union> known_;
  std::map<NodeId, Place> inner_of_;
  std::vector<Inner> inner_;
};

/// One condition, its boxes, and in which round of blocks they can be found.
struct Owned {
  ConditionId condition = 0;
  Union boxes;
  std::size_t round = 0;
};

struct Placed {
  Owned const* owner = nullptr;
  Box const* box = nullptr;
};

class Builder {
 public:
  explicit Builder(Program& program)
      : program_(program), model_(*program.model), out_(program.boxes), expander_(*program.model) {}

  /// False where the table would be larger than it is worth. `plain`: every condition is left to its operation.
  bool build(bool plain) {
    plain_ = plain;
    collect();
    order();
    if (!lay_out()) return false;
    prepare_starts();
    prepare_single();
    return true;
  }

 private:
  void collect() {
    auto const begin = [&] { return static_cast<ConditionId>(conditions_.size()); };
    for (ir::Impossible const& one : model_.impossibles) add(one.when.node);
    out_.applies = begin();
    add(model_.applies.node);
    out_.rules = begin();
    for (ir::Rule const& rule : model_.rules) add(rule.active);
    out_.criteria = begin();
    for (ir::Criterion const& one : model_.criteria) add(one.node);
    out_.steps = begin();
    for (program::StepMove const& step : program_.steps) add(model_.steps[step.line].when.node);
    out_.discharges = begin();
    for (ir::DischargeLine const& line : model_.discharges) add(line.when.node);
    out_.guarantees = begin();
    for (ir::Guarantee const& one : model_.guarantees) add(one.whenever.node);
    out_.inner = begin();
    // Inner conditions that are boxes themselves may bring more of them: the list grows while it is read.
    for (std::size_t i = 0; i < expander_.inner().size(); ++i) {
      Expander::Inner const& inner = expander_.inner()[i];
      conditions_.push_back({out_.inner + static_cast<ConditionId>(i), inner.boxes.value_or(Union{}), 0});
    }
  }

  void add(NodeId node) {
    conditions_.push_back(
        {static_cast<ConditionId>(conditions_.size()), plain_ ? expander_.evaluated(node) : expander_.expand(node), 0});
  }

  /// A condition that reads an inner condition comes in a later round; one that operations evaluate is there at once.
  std::size_t round_of(ConditionId id) {
    if (auto const known = rounds_.find(id); known != rounds_.end()) return known->second;
    std::size_t round = 0;
    for (Box const& box : conditions_[id].boxes)
      for (auto const& [place, codes] : box) {
        if (place < expander_.first_inner()) continue;
        Place const inner = place - expander_.first_inner();
        if (expander_.inner()[inner].boxes) round = std::max(round, round_of(out_.inner + inner) + 1);
      }
    rounds_.emplace(id, round);
    return round;
  }

  void order() {
    for (Owned& one : conditions_) one.round = round_of(one.condition);
    for (Owned const& one : conditions_) {
      bool const always = std::any_of(one.boxes.begin(), one.boxes.end(), [](Box const& box) { return box.empty(); });
      if (always) always_.push_back(one.condition);
      if (!always && !one.boxes.empty()) ordered_.push_back(&one);
    }
    std::stable_sort(ordered_.begin(), ordered_.end(),
                     [](auto const* a, auto const* b) { return a->round < b->round; });
  }

  bool lay_out() {
    std::vector<Placed> boxes;
    for (Owned const* one : ordered_)
      for (Box const& box : one->boxes) boxes.push_back({one, &box});
    if (!plain_ && boxes.size() > most_boxes) return false;
    out_.words = boxes.size() <= 128 ? 1 : Boxes::wide;
    place_variables();
    place_inner();
    for (std::size_t begin = 0; begin < boxes.size();) {
      std::size_t end = begin;
      while (end < boxes.size() && end - begin < 64 * out_.words &&
             boxes[end].owner->round == boxes[begin].owner->round)
        ++end;
      add_block(std::span(boxes).subspan(begin, end - begin));
      if (!plain_ && out_.rows.size() > most_row_words) return false;
      begin = end;
    }
    return true;
  }

  void place_variables() {
    std::map<Place, std::set<std::int64_t>> cuts;
    for (Owned const* one : ordered_)
      for (Box const& box : one->boxes)
        for (auto const& [place, codes] : box) {
          if (place >= expander_.first_inner()) continue;
          std::set<std::int64_t>& at = cuts[place];
          for (ir::CodeRange const& range : codes) {
            at.insert(range.low);
            at.insert(range.high + 1);
          }
        }
    cuts[ir::current_level_var];  // every decision starts from it
    std::set<std::uint32_t> const counted = counted_variables();
    for (std::uint32_t const var : counted) cuts[var];
    for (auto const& [var, at] : cuts) place_variable(var, at, counted.contains(var));
  }

  void place_variable(std::uint32_t var, std::set<std::int64_t> cuts, bool counted) {
    std::int64_t const size = model_.variables[var].size;
    cuts.insert(0);
    cuts.erase(cuts.lower_bound(size), cuts.end());
    bool const direct = size <= 64;
    if (direct)
      for (std::int64_t code = 0; code < size; ++code) cuts.insert(code);
    out_.reads_days = out_.reads_days || var == ir::days_in_level_var;
    cell_of_var_[var] = static_cast<std::uint32_t>(out_.variables.size());
    Boxes::Variable variable{.var = var,
                             .counts_codes = counted,
                             .cell_count = static_cast<std::uint32_t>(cuts.size()),
                             .starts = static_cast<std::uint32_t>(out_.cell_starts.size())};
    out_.cell_starts.insert(out_.cell_starts.end(), cuts.begin(), cuts.end());
    variable.first = variable.starts;
    if (!direct) variable.cells = size <= most_table_codes ? Boxes::Cells::table : Boxes::Cells::search;
    if (variable.cells == Boxes::Cells::table) {
      out_.cell_of.push_back(static_cast<std::uint16_t>(cuts.size()));  // for unknown: an empty row
      variable.first = static_cast<std::uint32_t>(out_.cell_of.size());
      std::uint16_t cell = 0;
      for (auto it = cuts.begin(); it != cuts.end(); ++it, ++cell) {
        std::int64_t const end = std::next(it) == cuts.end() ? size : *std::next(it);
        out_.cell_of.insert(out_.cell_of.end(), static_cast<std::size_t>(end - *it), cell);
      }
    }
    out_.variables.push_back(variable);
  }

  /// Those that evaluated inner conditions read: as a number, each of their codes counts.
  std::set<std::uint32_t> counted_variables() {
    std::set<std::uint32_t> vars;
    std::vector<bool> wanted(program_.decision_ops, false);
    for (Expander::Inner const& inner : expander_.inner())
      if (!inner.boxes) wanted[program_.slot_of_node[inner.node]] = true;
    for (std::size_t slot = wanted.size(); slot-- > 0;) {
      if (!wanted[slot]) continue;
      program::Op const& op = program_.ops[slot];
      bool const reads = op.kind == OpKind::member || op.kind == OpKind::range || op.kind == OpKind::ranges ||
                         op.kind == OpKind::reading;
      if (reads) vars.insert(op.var);
      if (!reads)
        for (std::uint32_t i = op.first; i < op.first + op.count; ++i) wanted[program_.kids[i]] = true;
    }
    for (Slot slot = 0; slot < wanted.size(); ++slot)
      if (wanted[slot]) out_.inner_ops.push_back(slot);
    return vars;
  }

  void place_inner() {
    for (std::size_t i = 0; i < expander_.inner().size(); ++i)
      if (!expander_.inner()[i].boxes)
        out_.evaluated.push_back(
            {program_.slot_of_node[expander_.inner()[i].node], static_cast<std::uint32_t>(out_.variables.size() + i)});
    out_.cell_total = out_.variables.size() + expander_.inner().size();
  }

  void add_block(std::span<Placed const> boxes) {
    Boxes::Block block{.first_reader = static_cast<std::uint32_t>(out_.readers.size()),
                       .first_box = static_cast<std::uint32_t>(out_.owner.size())};
    std::set<Place> places;
    for (Placed const& one : boxes) {
      out_.owner.push_back(one.owner->condition);
      for (auto const& [place, codes] : *one.box) places.insert(place);
    }
    for (Place const place : places) add_reader(place, boxes);
    block.last_reader = static_cast<std::uint32_t>(out_.readers.size());
    out_.blocks.push_back(block);
    for (std::size_t word = 0; word < out_.words; ++word) {
      std::size_t const rest = boxes.size() - std::min(boxes.size(), 64 * word);
      out_.all_boxes.push_back(rest >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << rest) - 1);
    }
  }

  void add_reader(Place place, std::span<Placed const> boxes) {
    bool const inner = place >= expander_.first_inner();
    std::uint32_t const cell = inner
                                   ? static_cast<std::uint32_t>(out_.variables.size()) + place - expander_.first_inner()
                                   : cell_of_var_.at(place);
    std::size_t const cells = inner ? 2 : out_.variables[cell].cell_count;
    out_.rows.resize(out_.rows.size() + out_.words);  // for unknown
    std::size_t const first = out_.rows.size();
    out_.readers.push_back({cell, static_cast<std::uint32_t>(first)});
    out_.rows.resize(first + cells * out_.words, ~std::uint64_t{0});
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      Box const& box = *boxes[i].box;
      auto const it = std::find_if(box.begin(), box.end(), [&](auto const& part) { return part.first == place; });
      if (it == box.end()) continue;
      for (std::size_t c = 0; c < cells; ++c) {
        std::int64_t const code =
            inner ? static_cast<std::int64_t>(c) : out_.cell_starts[out_.variables[cell].starts + c];
        if (!contains(it->second, code)) out_.rows[first + c * out_.words + i / 64] &= ~(std::uint64_t{1} << (i % 64));
      }
    }
  }

  void prepare_single() {
    out_.single = out_.words == 1 && out_.blocks.size() == 1 && out_.owner.size() < 64 &&
                  out_.cell_total == out_.variables.size() &&
                  std::none_of(out_.variables.begin(), out_.variables.end(),
                               [](auto const& variable) { return variable.cells == Boxes::Cells::search; });
    if (!out_.single) return;
    out_.rows.push_back(0);  // behind the last row, for unknown
    program::Held const& outside = program_.start.front();
    out_.always_narrows = outside.standing.narrows;
    out_.only_rules_decide = program_.free_moves && program_.criteria.empty() && program_.discharges.empty() &&
                             outside.standing.applies && outside.whenever == 0 &&
                             outside.impossible == program::Held::nothing && program_.always_guaranteed.empty();
    if (out_.only_rules_decide) program_.ready = {program_.level_count(), program_.always_marks};
    for (Boxes::Reader const& reader : out_.readers) {
      Boxes::Variable const& variable = out_.variables[reader.cell];
      bool const direct = variable.cells == Boxes::Cells::direct;
      std::set<std::uint64_t> const rows(out_.rows.begin() + reader.rows,
                                         out_.rows.begin() + reader.rows + variable.cell_count);
      (direct ? out_.direct_looks : out_.table_looks).push_back({reader.rows, variable.first, variable.var});
      (direct ? out_.choices_of_direct : out_.choices_of_tables)
          .push_back({static_cast<std::uint32_t>(out_.choices.size()), static_cast<std::uint32_t>(rows.size())});
      out_.choices.insert(out_.choices.end(), rows.begin(), rows.end());
    }
    // Looks that every level, known or not, leaves as it is.
    out_.rows.resize(out_.rows.size() + program_.level_count() + 2, ~std::uint64_t{0});
    while (out_.direct_looks.size() % 4 != 0)
      out_.direct_looks.push_back({out_.rows.size() - program_.level_count() - 1, 0, ir::current_level_var});
    prepare_rules();
  }

  /// What the rules of a single word come to, by their boxes.
  void prepare_rules() {
    std::vector<ir::LevelMask> admits(64, program_.all_levels);
    out_.rule_of.assign(64, -1);
    for (std::size_t i = 0; i < out_.owner.size(); ++i) {
      std::uint64_t const box = std::uint64_t{1} << i;
      if (!program::is_rule(out_, out_.owner[i])) {
        out_.other_boxes |= box;
        continue;
      }
      std::uint32_t const rule = out_.owner[i] - out_.rules;
      out_.rule_of[i] = static_cast<std::int32_t>(rule);
      program::RuleEffect const& effect = program_.rules[rule];
      if (effect.narrows) out_.narrowing_boxes |= box;
      if (effect.advises) out_.advising_boxes |= box;
      if (effect.reassess_days >= 0) out_.timed_boxes |= box;
      admits[i] = effect.admits;
      for (std::uint32_t const always : program_.always_active) out_.always_first = out_.always_first && always < rule;
    }
    for (std::uint32_t const always : program_.always_active)
      out_.always_advises = out_.always_advises || program_.rules[always].advises;
    out_.admits.assign(512 * ((out_.owner.size() + 15) / 16), program_.start.front().standing.admits);
    for (std::size_t i = 0; i < out_.admits.size(); ++i)
      for (std::size_t bit = 0; bit < 8; ++bit)
        if ((i >> bit & 1U) != 0) out_.admits[i] &= admits[8 * (i / 256) + bit];
  }

  /// What holds for everybody is taken in once, for each current level.
  void prepare_starts() {
    program_.start.clear();
    for (int level = -1; level < static_cast<int>(program_.level_count()); ++level) {
      program::Held held{.standing = program::untouched(program_, static_cast<std::int8_t>(level))};
      held.standing.applies = false;
      for (ConditionId const id : always_) program::take(program_, id, held);
      program::settle_criteria(program_, held);
      program_.start.push_back(held);
    }
    for (ConditionId const id : always_) {
      if (program::is_rule(out_, id)) program_.always_active.push_back(id - out_.rules);
      if (id >= out_.guarantees && id < out_.inner) program_.always_guaranteed.push_back(id - out_.guarantees);
    }
  }

  Program& program_;
  ir::Model const& model_;
  Boxes& out_;
  Expander expander_;
  std::vector<Owned> conditions_;
  std::vector<Owned const*> ordered_;
  std::vector<ConditionId> always_;
  bool plain_ = false;
  std::map<ConditionId, std::size_t> rounds_;
  std::map<std::uint32_t, std::uint32_t> cell_of_var_;
};

}  // namespace

void lower_boxes(Program& program) {
  if (Builder(program).build(false)) return;
  program.boxes = Boxes{};
  Builder(program).build(true);
}

}  // namespace carestep

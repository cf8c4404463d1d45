#include "check/number.hpp"

#include <algorithm>
#include <unordered_map>

namespace carestep::checking {
namespace {

__extension__ using Wide = __int128;

/// Numbers stay far enough inside 64 bits that two of them can be subtracted and compared without care.
constexpr Wide most = Wide{1} << 61;
constexpr int most_places = 8;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  std::int64_t const quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}
std::int64_t ceil_div(std::int64_t a, std::int64_t b) {
  return -floor_div(-a, b);
}

/// match:  lowest/highest(a, b, …) >= c    result: all/any(a >= c, b >= c, …)
/// match:  choose(c1: n1, …, n) >= c       result: the conditions of the numbers that reach c, where the n are plain
/// match:  sum of choose(c1: w, 0), … >= c  result: count(…), where all have one weight w
class AtLeast {
 public:
  explicit AtLeast(Context& ctx) : ctx_(ctx), nodes_(ctx.model.nodes) {}

  ir::NodeId operator()(ir::NodeId number, std::int64_t bound, int depth = 0) {
    if (auto const it = done_.find(number); it != done_.end()) return it->second;
    ir::NodeId const result = lower(number, bound, depth);
    done_.emplace(number, result);
    return result;
  }

 private:
  static constexpr int deepest = 8;  // what is nested deeper is compared as a number

  ir::NodeId lower(ir::NodeId number, std::int64_t bound, int depth) {
    ir::Node const node = nodes_[number];  // a copy: building moves the nodes
    switch (node.kind) {
      case ir::NodeKind::reading:
        return reading(node, bound);
      case ir::NodeKind::sum:
        return sum(number, node, bound);
      case ir::NodeKind::choose:
        return plain(node) ? choose(node, bound) : nodes_.at_least(number, bound);
      case ir::NodeKind::lowest:
      case ir::NodeKind::highest:
        return depth < deepest ? extreme(node, bound, depth) : nodes_.at_least(number, bound);
      case ir::NodeKind::number:
      case ir::NodeKind::constant:
      case ir::NodeKind::atom:
      case ir::NodeKind::at_least:
      case ir::NodeKind::negation:
      case ir::NodeKind::all:
      case ir::NodeKind::any:
      case ir::NodeKind::count:
        break;
    }
    return nodes_.at_least(number, bound);
  }

  ir::NodeId reading(ir::Node const& node, std::int64_t bound) {
    std::int64_t const size = ctx_.model.variables[node.var].size;
    return nodes_.atom(node.var, codes_in({{bound, highest_position}}, node.value, node.step, size), size);
  }

  ir::NodeId extreme(ir::Node const& node, std::int64_t bound, int depth) {
    std::vector<ir::NodeId> parts;
    for (ir::NodeId const kid : node.kids) parts.push_back((*this)(kid, bound, depth + 1));
    return node.kind == ir::NodeKind::highest ? nodes_.any(std::move(parts)) : nodes_.all(std::move(parts));
  }

  bool plain(ir::Node const& choose) const {
    for (std::size_t i = 0; i < choose.kids.size(); ++i) {
      bool const condition = i % 2 == 0 && i + 1 < choose.kids.size();
      ir::NodeKind const kind = nodes_[choose.kids[i]].kind;
      if (!condition && kind != ir::NodeKind::number && kind != ir::NodeKind::reading) return false;
    }
    return true;
  }

  ir::NodeId choose(ir::Node const& node, std::int64_t bound) {
    ir::NodeId result = (*this)(node.kids.back(), bound);
    for (std::size_t i = node.kids.size() - 1; i >= 2; i -= 2) {
      ir::NodeId const condition = node.kids[i - 2];
      ir::NodeId const reached = (*this)(node.kids[i - 1], bound);
      ir::NodeId const here = nodes_.all({condition, reached});
      ir::NodeId const later = nodes_.is_true(reached) ? result : nodes_.all({nodes_.negation(condition), result});
      result = nodes_.any({here, later});
    }
    return result;
  }

  ir::NodeId sum(ir::NodeId number, ir::Node const& node, std::int64_t bound) {
    std::vector<ir::NodeId> conditions;
    std::int64_t base = node.value;
    std::int64_t weight = 0;
    for (ir::NodeId const kid : node.kids) {
      ir::Node const& part = nodes_[kid];
      bool const two_numbers = part.kind == ir::NodeKind::choose && part.kids.size() == 3 &&
                               nodes_[part.kids[1]].kind == ir::NodeKind::number &&
                               nodes_[part.kids[2]].kind == ir::NodeKind::number;
      if (!two_numbers) return nodes_.at_least(number, bound);
      std::int64_t const otherwise = nodes_[part.kids[2]].value;
      std::int64_t const difference = nodes_[part.kids[1]].value - otherwise;
      if (weight != 0 && difference != weight) return nodes_.at_least(number, bound);
      weight = difference;
      base += otherwise;
      conditions.push_back(part.kids[0]);
    }
    if (weight > 0) return nodes_.count(ceil_div(bound - base, weight), std::move(conditions));
    return nodes_.negation(nodes_.count(floor_div(base - bound, -weight) + 1, std::move(conditions)));
  }

  Context& ctx_;
  ir::Nodes& nodes_;
  std::unordered_map<ir::NodeId, ir::NodeId> done_;  // one AtLeast has one bound
};

bool fits(Context& ctx, Wide low, Wide high, Span at) {
  if (low >= -most && high <= most) return true;
  ctx.sink.report(Code::number_too_large, at, "`{}` can become larger than the engine's numbers", ctx.words(at))
      .help("numbers must stay below 20,000,000,000 in size");
  return false;
}

bool time_like(Unit const& unit) {
  return unit.kind == Unit::Kind::time || unit.kind == Unit::Kind::duration;
}

std::string unit_words(Unit const& unit) {
  switch (unit.kind) {
    case Unit::Kind::none:
      return "no unit";
    case Unit::Kind::named:
      return "the unit `" + unit.name + "`";
    case Unit::Kind::time:
      return unit.time == ast::TimeUnit::hour ? "hours" : unit.time == ast::TimeUnit::day ? "days" : "weeks";
    case Unit::Kind::counted_days:
      return "days";
    case Unit::Kind::duration:
      return "a unit of time";
  }
  return {};
}

/// Turns a constant duration (in hours) into one of `unit`.
bool convert_duration(Context& ctx, Value& value, Unit const& unit) {
  std::int64_t const hours = unit.kind == Unit::Kind::time ? hours_in(unit.time) : 24;
  if (value.low % hours != 0) {
    ctx.sink.report(Code::duration_not_whole, value.at, "`{}` is no exact number of {}", value.words, unit_words(unit))
        .help("write a duration that is one");
    return false;
  }
  bool const whole = value.low / hours % Decimal::one == 0;
  if (unit.kind == Unit::Kind::counted_days && !whole) {
    ctx.sink.report(Code::duration_not_whole, value.at, "`{}` is no whole number of days", value.words)
        .help("days are counted as whole days here");
    return false;
  }
  value = constant(value.low / hours, unit, value.at, value.words);
  return true;
}

/// Reports two units that never meet.
void report_units(Context& ctx, Value const& one, Value const& other, Span at) {
  Value const& timed = time_like(one.unit) ? one : other;
  Value const& bare = time_like(one.unit) ? other : one;
  if (timed.unit.kind == Unit::Kind::duration) {
    ctx.sink
        .report(Code::duration_does_not_fit, timed.at, "`{}` is a duration, but `{}` has {}", timed.words, bare.words,
                unit_words(bare.unit))
        .help("only numbers of hours, days or weeks meet durations");
    return;
  }
  if (timed.unit.kind == Unit::Kind::time && bare.constant && bare.unit.kind == Unit::Kind::none) {
    std::string const suggestion = fmt::format("{} {}", bare.words, unit_words(timed.unit));
    ctx.sink
        .report(Code::duration_expected, bare.at, "`{}` is counted in {}, so `{}` needs its unit", timed.words,
                unit_words(timed.unit), bare.words)
        .help("write `{}`", suggestion)
        .replace_with(suggestion);
    return;
  }
  ctx.sink
      .report(Code::units_differ, at, "`{}` has {}, but `{}` has {}", one.words, unit_words(one.unit), other.words,
              unit_words(other.unit))
      .help("different units never meet in a sum or a comparison");
}

/// The unit of a sum of two; nothing where they never meet. Durations meet everything that is timed and are converted
/// afterwards.
std::optional<Unit> met(Unit const& a, Unit const& b) {
  using Kind = Unit::Kind;
  if (a == b) return a;
  if (a.kind == Kind::duration || b.kind == Kind::duration) {
    Unit const& other = a.kind == Kind::duration ? b : a;
    bool const timed = other.kind == Kind::time || other.kind == Kind::counted_days;
    return timed ? std::optional(other) : std::nullopt;
  }
  auto const counted_meets = [](Unit const& other) {
    return other.kind == Kind::time && other.time == ast::TimeUnit::day;
  };
  if (a.kind == Kind::counted_days && counted_meets(b)) return b;
  if (b.kind == Kind::counted_days && counted_meets(a)) return a;
  if (a.kind == Kind::none && b.kind != Kind::time) return b;
  if (b.kind == Kind::none && a.kind != Kind::time) return a;
  return std::nullopt;
}

Value computed(Span at, std::string words) {
  Value value;
  value.type = TypeKind::number;
  value.at = at;
  value.words = std::move(words);
  return value;
}

}  // namespace

Intervals accepted(ast::Relation op, std::int64_t position) {
  switch (op) {
    case ast::Relation::equal:
      return {{position, position}};
    case ast::Relation::not_equal:
      return {{lowest_position, position - 1}, {position + 1, highest_position}};
    case ast::Relation::at_least:
      return {{position, highest_position}};
    case ast::Relation::at_most:
      return {{lowest_position, position}};
    case ast::Relation::above:
      return {{position + 1, highest_position}};
    case ast::Relation::below:
      return {{lowest_position, position - 1}};
  }
  return {};
}

ir::CodeSet codes_in(Intervals const& intervals, std::int64_t base, std::int64_t step, std::int64_t size) {
  ir::CodeSet codes;
  for (ir::CodeRange const& range : intervals) {
    std::int64_t const low = step > 0 ? ceil_div(range.low - base, step) : ceil_div(range.high - base, step);
    std::int64_t const high = step > 0 ? floor_div(range.high - base, step) : floor_div(range.low - base, step);
    codes.push_back({std::max<std::int64_t>(low, 0), std::min(high, size - 1)});
  }
  return ir::normalised(std::move(codes));
}

ir::NodeId at_least(Context& ctx, ir::NodeId number, std::int64_t bound) {
  return AtLeast(ctx)(number, bound);
}

ir::NodeId lies_in(Context& ctx, ir::NodeId number, int places, Intervals const& intervals) {
  ir::Nodes& nodes = ctx.model.nodes;
  if (ir::Node const node = nodes[number]; node.kind == ir::NodeKind::reading) {
    std::int64_t const size = ctx.model.variables[node.var].size;
    return nodes.atom(node.var, codes_in(intervals, node.value, node.step, size), size);
  }
  std::int64_t unit = Decimal::one;
  for (int place = 0; place < places; ++place) unit /= 10;
  // Bounds lie on values that the number can take, so that `> 2` and `>= 3` of a whole number are one node.
  auto const reaches = [&](std::int64_t bound) { return at_least(ctx, number, ceil_div(bound, unit) * unit); };
  std::vector<ir::NodeId> choices;
  for (ir::CodeRange const& range : intervals) {
    std::vector<ir::NodeId> both;
    if (range.low != lowest_position) both.push_back(reaches(range.low));
    if (range.high != highest_position) both.push_back(nodes.negation(reaches(range.high + 1)));
    choices.push_back(nodes.all(std::move(both)));
  }
  return nodes.any(std::move(choices));
}

int places_of(std::int64_t scaled) {
  int places = most_places;
  while (places > 0 && scaled % 10 == 0) {
    scaled /= 10;
    --places;
  }
  return places;
}

Value constant(std::int64_t scaled, Unit unit, Span at, std::string words) {
  Value value = computed(at, std::move(words));
  value.low = value.high = scaled;
  value.places = places_of(scaled);
  value.unit = std::move(unit);
  value.constant = true;
  return value;
}

namespace {

/// Constants have no node until they are needed, because their unit may still change.
ir::NodeId node_of(Context& ctx, Value const& value) {
  return value.constant ? ctx.model.nodes.number(value.low) : value.node;
}

}  // namespace

Value sum_of(Context& ctx, std::vector<std::pair<bool, Value>> const& terms, Span at) {
  Value sum = computed(at, ctx.words(at));
  sum.unit = terms.front().second.unit;
  sum.constant = true;
  Wide low = 0;
  Wide high = 0;
  std::int64_t constant_part = 0;
  std::vector<ir::NodeId> parts;
  for (auto const& [minus, term] : terms) {
    low += minus ? -Wide{term.high} : Wide{term.low};
    high += minus ? -Wide{term.low} : Wide{term.high};
    if (!fits(ctx, low, high, at)) return {};
    sum.places = std::max(sum.places, term.places);
    sum.constant = sum.constant && term.constant;
    sum.unit = met(sum.unit, term.unit).value_or(sum.unit);
    if (term.constant)
      constant_part += minus ? -term.low : term.low;
    else
      parts.push_back(minus ? ctx.model.nodes.scaled(-Decimal::one, term.node) : term.node);
  }
  sum.low = static_cast<std::int64_t>(low);
  sum.high = static_cast<std::int64_t>(high);
  sum.node = ctx.model.nodes.sum(constant_part, std::move(parts));
  return sum;
}

Value multiple_of(Context& ctx, ast::Number const& factor, Value const& value, Span at) {
  int const places = places_of(factor.value.scaled) + value.places;
  if (places > most_places) {
    ctx.sink.report(Code::number_too_precise, at, "`{}` can have {} digits behind the point", ctx.words(at), places)
        .help("numbers are exact to {} digits: use a factor with fewer", most_places);
    return {};
  }
  Wide low = Wide{factor.value.scaled} * value.low / Decimal::one;
  Wide high = Wide{factor.value.scaled} * value.high / Decimal::one;
  if (low > high) std::swap(low, high);
  if (!fits(ctx, low, high, at)) return {};
  Value product = computed(at, ctx.words(at));
  product.low = static_cast<std::int64_t>(low);
  product.high = static_cast<std::int64_t>(high);
  product.places = places;
  product.unit = value.unit;
  product.constant = value.constant;
  if (!value.constant) product.node = ctx.model.nodes.scaled(factor.value.scaled, value.node);
  return product;
}

Value extreme_of(Context& ctx, bool highest, std::vector<Value> const& parts, Span at) {
  Value extreme = computed(at, ctx.words(at));
  extreme.unit = parts.front().unit;
  extreme.low = parts.front().low;
  extreme.high = parts.front().high;
  extreme.constant = true;
  std::vector<ir::NodeId> nodes;
  for (Value const& part : parts) {
    extreme.low = highest ? std::max(extreme.low, part.low) : std::min(extreme.low, part.low);
    extreme.high = highest ? std::max(extreme.high, part.high) : std::min(extreme.high, part.high);
    extreme.places = std::max(extreme.places, part.places);
    extreme.constant = extreme.constant && part.constant;
    extreme.unit = met(extreme.unit, part.unit).value_or(extreme.unit);
    nodes.push_back(node_of(ctx, part));
  }
  extreme.node = highest ? ctx.model.nodes.highest(std::move(nodes)) : ctx.model.nodes.lowest(std::move(nodes));
  return extreme;
}

bool unify_units(Context& ctx, std::vector<Value*> const& values, Span at) {
  Unit unit = values.front()->unit;
  Value const* example = values.front();
  for (Value const* value : values) {
    auto const both = met(unit, value->unit);
    if (!both) {
      report_units(ctx, *example, *value, at);
      return false;
    }
    if (*both != unit) example = value;
    unit = *both;
  }
  bool converted = true;
  for (Value* value : values)
    if (value->unit.kind == Unit::Kind::duration && unit.kind != Unit::Kind::duration)
      converted = convert_duration(ctx, *value, unit) && converted;
  return converted;
}

}  // namespace carestep::checking

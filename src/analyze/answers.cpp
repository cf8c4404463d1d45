#include "analyze/answers.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>

#include "ir/words.hpp"

namespace carestep::analyze {

using diagram::Diagram;
using diagram::Edge;
using diagram::no;
using diagram::Position;
using diagram::Ref;
using ir::InputKind;

namespace {

std::string written(ir::Input const& input, std::int64_t code) {
  std::string const value = ir::value_words(input, &code, std::nullopt);
  return input.time_unit ? value + " " + input.unit : value;
}

std::string words_of_number(ir::Input const& input, std::string const& name, std::int64_t low, std::int64_t high) {
  std::int64_t const last = (input.high.scaled - input.low.scaled) / input.step.scaled;
  if (low == high) return fmt::format("{} = {}", name, written(input, low));
  if (low == 0) return fmt::format("{} <= {}", name, written(input, high));
  if (high >= last) return fmt::format("{} >= {}", name, written(input, low));
  return fmt::format("{} is between {} and {}", name, written(input, low), written(input, high));
}

/// `never` is longer ago than anything.
std::string words_of_date(ir::Input const& input, std::string const& name, std::int64_t low, std::int64_t high) {
  if (low == ir::never_code) return name + " is never";
  std::int64_t const last = input.or_never ? ir::never_code : ir::most_days;
  if (low == 0)
    return high == ir::most_days ? name + " is not never" : fmt::format("{} within {}", name, ir::days_words(high));
  if (high == last) return fmt::format("{} more than {} ago", name, ir::days_words(low - 1));
  if (high == ir::most_days) return fmt::format("{} more than {} ago and not never", name, ir::days_words(low - 1));
  if (low == high) return fmt::format("{} {} ago", name, ir::days_words(low));
  return fmt::format("{} {} to {} ago", name, low, ir::days_words(high));
}

/// A choice has no order: its values are named one by one.
std::string words_of_choice(ir::Input const& input, std::string const& name, std::int64_t low, std::int64_t high) {
  if (low == high) return fmt::format("{} is {}", name, written(input, low));
  std::string names;
  for (std::int64_t code = low; code <= high; ++code) names += (code == low ? "" : ", ") + written(input, code);
  return fmt::format("{} is one of ({})", name, names);
}

std::string words_of_scale(ir::Input const& input, std::string const& name, std::int64_t low, std::int64_t high) {
  auto const last = static_cast<std::int64_t>(input.values.size()) - 1;
  if (low == high) return fmt::format("{} is {}", name, written(input, low));
  if (input.kind == InputKind::level && low == 1 && high == last) return name + " is not none";
  if (high == last) return fmt::format("{} is at least {}", name, written(input, low));
  if (low == 0) return fmt::format("{} is at most {}", name, written(input, high));
  return fmt::format("{} is between {} and {}", name, written(input, low), written(input, high));
}

}  // namespace

std::string words_of_stretch(ir::Input const& input, std::string const& name, std::int64_t low, std::int64_t high) {
  switch (input.kind) {
    case InputKind::number:
      return words_of_number(input, name, low, high);
    case InputKind::date:
      return words_of_date(input, name, low, high);
    case InputKind::choice:
      return words_of_choice(input, name, low, high);
    default:
      return words_of_scale(input, name, low, high);
  }
}

void join_stretches(Stretches& stretches) {
  std::sort(stretches.begin(), stretches.end());
  Stretches joined;
  for (auto const& [low, high] : stretches) {
    if (!joined.empty() && low <= joined.back().second + 1)
      joined.back().second = std::max(joined.back().second, high);
    else
      joined.emplace_back(low, high);
  }
  stretches = std::move(joined);
}

std::int64_t size_of(Stretches const& stretches) {
  std::int64_t size = 0;
  for (auto const& [low, high] : stretches) size += high - low + 1;
  return size;
}

/// The codes that the assessments of a region have: every edge that does not lead to no is on a way to yes, and a
/// variable that some way does not ask has any code.
Answers answers_in(Diagram const& d, Ref region, std::size_t positions) {
  Answers found(positions);
  std::unordered_set<std::uint32_t> seen;
  auto const any_code = [&](Position from, Position to) {
    for (Position at = from; at < to; ++at) found[at] = {{0, d.size(at) - 1}};
  };
  auto const place = [&](Ref ref) { return std::min<Position>(d.position(ref), static_cast<Position>(positions)); };
  auto const walk = [&](auto& self, Ref ref) -> void {
    if (ref.is_leaf() || !seen.insert(ref.bits).second) return;
    Position const at = d.position(ref);
    std::int64_t low = 0;
    for (Edge const& edge : d.edges(ref)) {
      if (edge.to != no) {
        found[at].emplace_back(low, edge.high);
        any_code(at + 1, place(edge.to));
        self(self, edge.to);
      }
      low = edge.high + 1;
    }
    join_stretches(found[at]);
  };
  if (region == no) return found;
  any_code(0, place(region));
  walk(walk, region);
  return found;
}

std::string name_of(ir::Input const& input, bool previous) {
  return (previous ? "previous " : "") + input.name;
}

std::string words_of_answers(ir::Input const& input, std::string const& name, std::size_t part,
                             Stretches const& codes) {
  if (input.kind == InputKind::set || input.kind == InputKind::yes_no) {
    std::string const yes = input.kind == InputKind::set ? name + " includes " + input.values[part] : name;
    return codes.front().first == 1 ? yes : "not " + yes;
  }
  std::vector<std::string> parts;
  for (auto const& [low, high] : codes) parts.push_back(words_of_stretch(input, name, low, high));
  std::string const joined = fmt::format("{}", fmt::join(parts, " or "));
  return parts.size() == 1 ? joined : "(" + joined + ")";
}

}  // namespace carestep::analyze

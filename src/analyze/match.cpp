#include "analyze/match.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

#include "ir/words.hpp"

namespace carestep::analyze {
namespace {

using ir::Input;
using ir::InputKind;

/// More values than this are not listed one by one.
constexpr std::int64_t most_listed = 1'000'000;

template <class T>
bool contains(std::vector<T> const& list, T const& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// `base`, and what only `other` has, each behind what stands before it there.
template <class T>
std::vector<T> merged(std::vector<T> const& base, std::vector<T> const& other) {
  std::vector<T> all = base;
  auto place = all.begin();
  for (T const& item : other) {
    auto const known = std::find(all.begin(), all.end(), item);
    place = known != all.end() ? known + 1 : all.insert(place, item) + 1;
  }
  return all;
}

std::string renamed(std::map<std::string, std::string> const& names, std::string const& name) {
  auto const found = names.find(name);
  return found == names.end() ? name : found->second;
}

// ---- values
// -----------------------------------------------------------------------------------------------------------

std::vector<CodeRun> all_codes(std::int64_t size) {
  return {{size - 1, 0}};
}

/// `own_code(code)` for every joint code, as runs.
template <class OwnCode>
std::vector<CodeRun> runs_of(std::int64_t size, OwnCode own_code) {
  std::vector<CodeRun> runs;
  std::int64_t low = 0;
  for (std::int64_t code = 0; code < size; ++code) {
    std::int64_t const own = own_code(code);
    bool const goes_on = !runs.empty() && (own < 0 ? runs.back().own < 0
                                                   : runs.back().own >= 0 && runs.back().own + (code - low) == own);
    if (goes_on) {
      runs.back().high = code;
    } else {
      runs.push_back({code, own});
      low = code;
    }
  }
  return runs;
}

std::vector<CodeRun> runs_by_name(std::vector<std::string> const& joint, std::vector<std::string> const& own) {
  return runs_of(static_cast<std::int64_t>(joint.size()), [&](std::int64_t code) {
    auto const found = std::find(own.begin(), own.end(), joint[static_cast<std::size_t>(code)]);
    return found == own.end() ? std::int64_t{-1} : static_cast<std::int64_t>(found - own.begin());
  });
}

std::int64_t size_of(Input const& number) {
  return (number.high.scaled - number.low.scaled) / number.step.scaled + 1;
}

/// The grid that has every value of both ranges.
void join_ranges(Input const& other, Input& joint) {
  std::int64_t const apart = std::abs(other.low.scaled - joint.low.scaled);
  joint.step = {std::gcd(std::gcd(joint.step.scaled, other.step.scaled), apart)};
  joint.low = {std::min(joint.low.scaled, other.low.scaled)};
  joint.high = {std::max(joint.high.scaled, other.high.scaled)};
}

std::vector<CodeRun> runs_of_number(Input const& joint, Input const& own) {
  std::int64_t const size = size_of(joint);
  if (joint.step == own.step) {
    std::int64_t const before = (own.low.scaled - joint.low.scaled) / joint.step.scaled;
    std::vector<CodeRun> runs;
    if (before > 0) runs.push_back({before - 1, -1});
    runs.push_back({before + size_of(own) - 1, 0});
    if (runs.back().high < size - 1) runs.push_back({size - 1, -1});
    return runs;
  }
  return runs_of(size, [&](std::int64_t code) {
    std::int64_t const above = joint.low.scaled + code * joint.step.scaled - own.low.scaled;
    bool const on_grid = above >= 0 && above % own.step.scaled == 0 && above / own.step.scaled < size_of(own);
    return on_grid ? above / own.step.scaled : std::int64_t{-1};
  });
}

bool same_range(Input const& a, Input const& b) {
  return a.low == b.low && a.high == b.high && a.step == b.step;
}

/// Whether an answer to the one input is an answer to the other.
bool comparable(Input const& a, Input const& b) {
  if (a.kind != b.kind) return false;
  if (a.kind != InputKind::number || same_range(a, b)) return a.unit == b.unit || !(a.time_unit || b.time_unit);
  if (a.unit != b.unit && (a.time_unit || b.time_unit)) return false;
  Input joint = a;
  join_ranges(b, joint);
  return joint.step == a.step || size_of(joint) <= most_listed;
}

// ---- what changed, in words
// ------------------------------------------------------------------------------------------

void say_values(std::vector<std::string> const& older, std::vector<std::string> const& newer,
                std::vector<std::string>& changes) {
  std::vector<std::string> kept_before;
  std::vector<std::string> kept_now;
  for (std::string const& value : newer) {
    if (contains(older, value))
      kept_now.push_back(value);
    else
      changes.push_back(fmt::format("value `{}` added", value));
  }
  for (std::string const& value : older) {
    if (contains(newer, value))
      kept_before.push_back(value);
    else
      changes.push_back(fmt::format("value `{}` removed", value));
  }
  if (kept_before != kept_now) changes.emplace_back("the values stand in another order");
}

std::string or_none(std::string const& words, std::string const& none) {
  return words.empty() ? none : words;
}

std::string assumed_words(Input const& input) {
  return input.assume ? ir::value_words(input, input.assume->data(), std::nullopt) : "nothing";
}

std::string valid_words(Input const& input) {
  return input.valid_for_hours ? ir::hours_words(*input.valid_for_hours) : "any time";
}

/// What both versions ask, and how it differs. Wording (labels, questions) is left aside.
std::vector<std::string> changes_of(Input const& older, Input const& newer, bool joined) {
  std::vector<std::string> changes;
  auto const differ = [&](std::string_view what, std::string const& before, std::string const& now) {
    if (before != now) changes.push_back(fmt::format("{}: {}, was {}", what, now, before));
  };
  if (older.kind != newer.kind) {
    differ("type", ir::answer_words(older), ir::answer_words(newer));
  } else if (older.kind == InputKind::number) {
    differ("range", ir::answer_words(older), ir::answer_words(newer));
    differ("unit", or_none(older.unit, "none"), or_none(newer.unit, "none"));
  } else if (older.kind == InputKind::date) {
    differ("answers", ir::answer_words(older), ir::answer_words(newer));
  } else {
    say_values(older.values, newer.values, changes);
  }
  if (!joined) changes.emplace_back("compared as two inputs that have nothing to do with each other");
  differ("direction", or_none(ir::direction_words(older), "none"), or_none(ir::direction_words(newer), "none"));
  differ("assumed when unknown", assumed_words(older), assumed_words(newer));
  differ("valid for", valid_words(older), valid_words(newer));
  return changes;
}

// ---- building
// ---------------------------------------------------------------------------------------------------------

class Matcher {
 public:
  Matcher(std::shared_ptr<program::Program const> const& older, std::shared_ptr<program::Program const> const& newer,
          Renames const& renames)
      : renames_(renames) {
    out_.programs = {older, newer};
    for (Side const side : both_sides) {
      out_.joint_var[index(side)].resize(model(side).variables.size());
      out_.joint_input[index(side)].resize(model(side).inputs.size());
    }
  }

  Match build() {
    match_levels();
    for (Input const& input : model(Side::newer).inputs) add_input(counterpart(input), &input);
    for (Input const& input : model(Side::older).inputs)
      if (!matched(input)) add_input(&input, nullptr);
    finish();
    return std::move(out_);
  }

 private:
  [[nodiscard]] ir::Model const& model(Side side) const { return *out_.programs[index(side)]->model; }
  [[nodiscard]] std::string key(Input const& older) const { return renamed(renames_.inputs, older.name); }

  /// The old version's input of a new one.
  [[nodiscard]] Input const* counterpart(Input const& newer) const {
    for (Input const& input : model(Side::older).inputs)
      if (key(input) == newer.name) return &input;
    return nullptr;
  }
  [[nodiscard]] bool matched(Input const& older) const {
    auto const& inputs = model(Side::newer).inputs;
    return std::any_of(inputs.begin(), inputs.end(), [&](Input const& input) { return input.name == key(older); });
  }

  void match_levels() {
    PerSide<std::vector<std::string>> names;
    for (ir::Level const& level : model(Side::older).levels) names[0].push_back(renamed(renames_.levels, level.name));
    for (ir::Level const& level : model(Side::newer).levels) names[1].push_back(level.name);
    out_.levels = merged(names[1], names[0]);
    for (Side const side : both_sides) {
      for (std::string const& name : names[index(side)]) {
        auto const found = std::find(out_.levels.begin(), out_.levels.end(), name);
        out_.level[index(side)].push_back(static_cast<std::int8_t>(found - out_.levels.begin()));
      }
    }
    say_levels(names);
  }

  void say_levels(PerSide<std::vector<std::string>> const& names) {
    Declared& said = out_.level_changes;
    for (std::string const& name : names[1])
      if (!contains(names[0], name)) said.added.push_back(name);
    for (std::string const& name : names[0])
      if (!contains(names[1], name)) said.removed.push_back(name);
    PerSide<std::vector<std::string>> kept;
    for (Side const side : both_sides)
      for (std::string const& name : names[index(side)])
        if (contains(names[1 - index(side)], name)) kept[index(side)].push_back(name);
    for (std::size_t i = 0; i < kept[1].size(); ++i) {
      std::vector<std::string> changes;
      if (kept[0][i] != kept[1][i]) changes.emplace_back("stands elsewhere among the levels");
      auto const at = [&](Side side) -> ir::Level const& {
        auto const& list = names[index(side)];
        auto const found = std::find(list.begin(), list.end(), kept[1][i]);
        return model(side).levels[static_cast<std::size_t>(found - list.begin())];
      };
      say_level(at(Side::older), at(Side::newer), changes);
      if (changes.empty()) continue;
      said.changed.push_back(kept[1][i]);
      said.changes.push_back(std::move(changes));
    }
  }

  void say_level(ir::Level const& older, ir::Level const& newer, std::vector<std::string>& changes) const {
    PerSide<std::vector<std::string>> services;
    for (ir::Index const service : older.offers) services[0].push_back(model(Side::older).services[service].name);
    for (ir::Index const service : newer.offers) services[1].push_back(model(Side::newer).services[service].name);
    for (std::string const& name : services[1])
      if (!contains(services[0], name)) changes.push_back(fmt::format("offers `{}` now", name));
    for (std::string const& name : services[0])
      if (!contains(services[1], name)) changes.push_back(fmt::format("does not offer `{}` any more", name));
    auto const words = [](ir::Level const& level) {
      return level.reassess_days ? "every " + ir::days_words(*level.reassess_days) : std::string("not said");
    };
    if (words(older) != words(newer))
      changes.push_back(fmt::format("reassess: {}, was {}", words(newer), words(older)));
  }

  /// Adds the joint input of these (one may be missing), or two where they cannot be compared.
  void add_input(Input const* older, Input const* newer) {
    bool const joined = older == nullptr || newer == nullptr || comparable(*older, *newer);
    if (older != nullptr && newer != nullptr) {
      std::vector<std::string> changes;
      if (older->kind != InputKind::level) changes = changes_of(*older, *newer, joined);
      if (older->name != newer->name) changes.insert(changes.begin(), fmt::format("was `{}`", older->name));
      if (!changes.empty()) {
        out_.inputs.changed.push_back(newer->name);
        out_.inputs.changes.push_back(std::move(changes));
      }
    } else if (newer != nullptr) {
      out_.inputs.added.push_back(newer->name);
    } else {
      out_.inputs.removed.push_back(older->name);
    }
    if (joined) {
      join({older, newer});
    } else {
      join({nullptr, newer});
      join({older, nullptr});
      model_.inputs.back().name += " of the old version";
    }
  }

  void join(PerSide<Input const*> own) {
    Input joint = own[1] != nullptr ? *own[1] : *own[0];
    if (own[0] != nullptr && own[1] != nullptr) widen(*own[0], joint);
    if (joint.kind == InputKind::level) {
      joint.values = out_.levels;
      joint.values.insert(joint.values.begin(), "none");
    }
    joint.assume.reset();
    joint.valid_for_hours.reset();
    bool const built_in = joint.first_previous_var == 0;
    joint.width = joint.kind == InputKind::set ? static_cast<std::uint32_t>(joint.values.size()) : 1;
    auto const number = static_cast<std::uint32_t>(model_.inputs.size());
    for (Side const side : both_sides) {
      Input const* const input = own[index(side)];
      out_.own_input[index(side)].push_back(std::nullopt);
      if (input == nullptr) continue;
      auto const at = static_cast<std::uint32_t>(input - model(side).inputs.data());
      out_.own_input[index(side)].back() = at;
      out_.joint_input[index(side)][at] = number;
    }
    joint.first_var = add_variables(joint, own, false);
    if (!built_in) joint.first_previous_var = add_variables(joint, own, true);
    model_.inputs.push_back(std::move(joint));
  }

  /// Every value that the old version knows as well.
  static void widen(Input const& older, Input& joint) {
    if (joint.kind == InputKind::number && !same_range(older, joint)) join_ranges(older, joint);
    joint.or_never = joint.or_never || older.or_never;
    joint.values = merged(joint.values, older.values);
  }

  ir::VarId add_variables(Input const& joint, PerSide<Input const*> own, bool previous) {
    auto const first = static_cast<ir::VarId>(model_.variables.size());
    for (std::uint32_t i = 0; i < joint.width; ++i) {
      ir::Variable variable{static_cast<ir::Index>(model_.inputs.size()), previous, -1, joint_size(joint, own)};
      if (joint.kind == InputKind::set) variable.member = static_cast<std::int32_t>(i);
      for (Side const side : both_sides) {
        Counterpart found = counterpart_of(joint, own[index(side)], side, i, previous);
        if (found.var) out_.joint_var[index(side)][*found.var] = static_cast<ir::VarId>(model_.variables.size());
        out_.counterparts[index(side)].push_back(std::move(found));
      }
      model_.variables.push_back(variable);
    }
    return first;
  }

  [[nodiscard]] std::int64_t joint_size(Input const& joint, PerSide<Input const*> own) const {
    switch (joint.kind) {
      case InputKind::yes_no:
      case InputKind::set:
        return 2;
      case InputKind::level:
      case InputKind::scale:
      case InputKind::choice:
        return static_cast<std::int64_t>(joint.values.size());
      case InputKind::number:
        if (own[0] == nullptr || own[1] == nullptr || same_range(*own[0], *own[1])) return own_size(own);
        return size_of(joint);
      case InputKind::date:
        return ir::most_days + 1 + (joint.or_never ? 1 : 0);
    }
    return 0;
  }

  [[nodiscard]] std::int64_t own_size(PerSide<Input const*> own) const {
    Side const side = own[1] != nullptr ? Side::newer : Side::older;
    return model(side).variables[own[index(side)]->first_var].size;
  }

  [[nodiscard]] Counterpart counterpart_of(Input const& joint, Input const* own, Side side, std::uint32_t part,
                                           bool previous) const {
    std::int64_t const size = joint.kind == InputKind::level ? static_cast<std::int64_t>(joint.values.size()) : 0;
    if (own == nullptr) return {std::nullopt, all_codes(INT64_MAX)};
    ir::VarId const first = previous ? own->first_previous_var : own->first_var;
    std::int64_t const own_size = model(side).variables[first].size;
    switch (joint.kind) {
      case InputKind::set: {
        auto const found = std::find(own->values.begin(), own->values.end(), joint.values[part]);
        if (found == own->values.end()) return {std::nullopt, {{0, 0}, {1, -1}}};
        return {first + static_cast<ir::VarId>(found - own->values.begin()), all_codes(2)};
      }
      case InputKind::level:
        return {first, runs_of(size, [&](std::int64_t code) { return own_level(side, code); })};
      case InputKind::scale:
      case InputKind::choice:
        return {first, runs_by_name(joint.values, own->values)};
      case InputKind::number:
        if (same_range(joint, *own)) return {first, all_codes(own_size)};
        return {first, runs_of_number(joint, *own)};
      case InputKind::date:
        if (joint.or_never && !own->or_never) return {first, {{ir::most_days, 0}, {ir::never_code, -1}}};
        return {first, all_codes(own_size)};
      case InputKind::yes_no:
        break;
    }
    return {first, all_codes(2)};
  }

  /// Of `current_level`, where 0 is `none`.
  [[nodiscard]] std::int64_t own_level(Side side, std::int64_t code) const {
    if (code == 0) return 0;
    auto const& levels = out_.level[index(side)];
    auto const found = std::find(levels.begin(), levels.end(), static_cast<std::int8_t>(code - 1));
    return found == levels.end() ? -1 : found - levels.begin() + 1;
  }

  void finish() {
    for (std::string const& name : out_.levels) {
      ir::Level level;
      level.name = name;
      model_.levels.push_back(std::move(level));
    }
    auto joint = std::make_shared<program::Program>();
    joint->model = std::make_shared<ir::Model const>(std::move(model_));
    joint->ops.push_back({program::OpKind::constant, 0, 0, 0, 1, 0});  // applies to everybody
    joint->decision_ops = 1;
    out_.joint = std::move(joint);
  }

  Renames const& renames_;
  Match out_;
  ir::Model model_;
};

}  // namespace

Match match(std::shared_ptr<program::Program const> const& older, std::shared_ptr<program::Program const> const& newer,
            Renames const& renames) {
  return Matcher(older, newer, renames).build();
}

std::vector<ir::VarId> joint_order(Match const& match) {
  PerSide<std::vector<ir::VarId>> orders;
  for (Side const side : both_sides)
    for (ir::VarId const var : variable_order(*match.programs[index(side)]))
      orders[index(side)].push_back(match.joint_var[index(side)][var]);
  return merged(orders[index(Side::newer)], orders[index(Side::older)]);
}

std::vector<ir::VarId> own_order(Match const& match, Side side, std::vector<ir::VarId> const& order) {
  std::vector<ir::VarId> own;
  for (ir::VarId const var : order)
    if (auto const& there = match.counterparts[index(side)][var].var) own.push_back(*there);
  return own;
}

std::optional<std::int64_t> own_code(Counterpart const& counterpart, std::int64_t code) {
  std::int64_t low = 0;
  for (CodeRun const& run : counterpart.runs) {
    if (code <= run.high) return run.own < 0 ? std::nullopt : std::optional(run.own + (code - low));
    low = run.high + 1;
  }
  return std::nullopt;
}

Questions joint_questions(Match const& match, Side side, Questions const& own) {
  Questions joint;
  for (Question const& question : own)
    joint.push_back({{match.joint_input[index(side)][question.input.index]}, question.previous});
  std::sort(joint.begin(), joint.end());
  joint.erase(std::unique(joint.begin(), joint.end()), joint.end());
  return joint;
}

}  // namespace carestep::analyze

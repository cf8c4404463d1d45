#include "check/input.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/nearest.hpp"
#include "check/answer.hpp"

namespace carestep::checking {
namespace {

constexpr std::size_t most_members = 32;
constexpr std::int64_t most_numbers = (std::int64_t{1} << 31) - 1;

/// Words that a condition could not tell from its own (section 2 of the language).
constexpr std::array<std::string_view, 27> reserved_values{
    "and",    "or",    "not",     "is",   "to",    "at",     "above",    "below",     "between",
    "one",    "empty", "more",    "less", "worse", "better", "previous", "otherwise", "when",
    "unless", "then",  "unknown", "hour", "hours", "day",    "days",     "week",      "weeks"};

constexpr std::array<std::int64_t, 9> steps{100'000'000, 50'000'000, 25'000'000, 20'000'000, 10'000'000,
                                            5'000'000,   1'000'000,  100'000,    10'000};

bool is_time_unit(std::string const& unit) {
  static std::set<std::string> const units{"hour", "hours", "day", "days", "week", "weeks"};
  return units.contains(unit);
}

/// Fills in the part of an input that its type says, and how many codes each of its variables has. Size 0 when the type
/// is no good.
class TypeReader {
 public:
  TypeReader(Context& ctx, ir::Input& input, Span at) : ctx_(ctx), input_(input), at_(at) {}

  std::int64_t operator()(ast::YesNoType const&) {
    input_.kind = ir::InputKind::yes_no;
    return 2;
  }
  std::int64_t operator()(ast::ScaleType const& type) { return valued(ir::InputKind::scale, type.values); }
  std::int64_t operator()(ast::ChoiceType const& type) { return valued(ir::InputKind::choice, type.values); }

  std::int64_t operator()(ast::SetType const& type) {
    input_.kind = ir::InputKind::set;
    input_.values = texts_of(type.values);
    input_.width = static_cast<std::uint32_t>(type.values.size());
    check_values(ctx_, type.values, 1, at_);
    for (ast::Word const& value : type.values)
      if (value.text == "none")
        ctx_.sink.report(Code::reserved_value, value.at, "a set has no value named `none`")
            .help("the empty set is written `is empty`, and `none` in an example");
    if (type.values.size() > most_members)
      ctx_.sink.report(Code::too_many_values, type.values[most_members].at,
                       "a set has at most {} values, this one has {}", most_members, type.values.size());
    return 2;
  }

  std::int64_t operator()(ast::NumberType const& type) {
    input_.kind = ir::InputKind::number;
    input_.low = type.low.value;
    input_.high = type.high.value;
    input_.step = type.step ? type.step->value : Decimal::from_int(1);
    input_.unit = text_of(type.unit);
    input_.time_unit = is_time_unit(input_.unit);
    if (!good_step(type) || !good_bound(type.low) || !good_bound(type.high) || !good_range(type)) return 0;
    return (input_.high.scaled - input_.low.scaled) / input_.step.scaled + 1;
  }

  std::int64_t operator()(ast::DateType const& type) {
    input_.kind = ir::InputKind::date;
    input_.or_never = type.or_never;
    return ir::most_days + (type.or_never ? 2 : 1);
  }

 private:
  std::int64_t valued(ir::InputKind kind, std::vector<ast::Word> const& values) {
    input_.kind = kind;
    input_.values = texts_of(values);
    check_values(ctx_, values, 2, at_);
    return values.size() < 2 ? 0 : static_cast<std::int64_t>(values.size());
  }

  bool good_step(ast::NumberType const& type) {
    if (std::find(steps.begin(), steps.end(), input_.step.scaled) != steps.end()) return true;
    ctx_.sink
        .report(Code::step_not_allowed, type.step->at, "`{}` is no step that numbers may have",
                ctx_.words(type.step->at))
        .help("a step is one of 1, 0.5, 0.25, 0.2, 0.1, 0.05, 0.01, 0.001, 0.0001");
    return false;
  }

  bool good_bound(ast::Number const& bound) {
    std::int64_t const off = bound.value.scaled % input_.step.scaled;
    if (off == 0) return true;
    std::string const nearest = to_string(Decimal{bound.value.scaled - off});
    ctx_.sink
        .report(Code::value_off_step, bound.at, "`{}` is not on the step of {}", ctx_.words(bound.at),
                to_string(input_.step))
        .help("the nearest value is `{}`; a finer step is written `step 0.1`", nearest)
        .replace_with(nearest);
    return false;
  }

  bool good_range(ast::NumberType const& type) {
    if (type.low.value >= type.high.value) {
      ctx_.sink
          .report(Code::empty_range, cover(type.low.at, type.high.at), "the range from {} to {} has {}",
                  to_string(input_.low), to_string(input_.high),
                  type.low.value == type.high.value ? "one value only" : "no values")
          .help("write the lowest value first, then a higher one");
      return false;
    }
    std::int64_t const values = (input_.high.scaled - input_.low.scaled) / input_.step.scaled + 1;
    if (values <= most_numbers) return true;
    ctx_.sink
        .report(Code::too_many_values, cover(type.low.at, type.high.at),
                "a number has at most {} values, this one has {}", most_numbers, values)
        .help("narrow the range or widen the step");
    return false;
  }

  Context& ctx_;
  ir::Input& input_;
  Span at_;
};

void add_variables(ir::Model& model, ir::Index index, bool previous, std::int64_t size) {
  ir::Input& input = model.inputs[index];
  (previous ? input.first_previous_var : input.first_var) = static_cast<ir::VarId>(model.variables.size());
  for (std::uint32_t i = 0; i < input.width; ++i) {
    std::int32_t const member = input.kind == ir::InputKind::set ? static_cast<std::int32_t>(i) : -1;
    model.variables.push_back({.input = index, .previous = previous, .member = member, .size = size});
  }
}

void add_built_in(Context& ctx) {
  ir::Model& model = ctx.model;
  ir::Input& level = model.inputs.emplace_back();
  level.name = "current_level";
  level.label = "Current level of care";
  level.kind = ir::InputKind::level;
  level.values.emplace_back("none");
  for (ir::Level const& one : model.levels) level.values.push_back(one.name);
  add_variables(model, ir::current_level_var, false, static_cast<std::int64_t>(level.values.size()));

  ir::Input& days = model.inputs.emplace_back();
  days.name = "days_in_level";
  days.label = "Days at the current level";
  days.kind = ir::InputKind::number;
  days.high = Decimal::from_int(ir::most_days);
  days.step = Decimal::from_int(1);
  days.unit = "days";
  add_variables(model, ir::days_in_level_var, false, ir::most_days + 1);
  ctx.bad_inputs.assign(2, false);
}

std::optional<std::int64_t> valid_hours(Context& ctx, std::optional<ast::Duration> const& duration) {
  if (!duration) return std::nullopt;
  auto const hours = scaled_hours(ctx, *duration);
  if (!hours) return std::nullopt;
  if (*hours % Decimal::one == 0) return *hours / Decimal::one;
  ctx.sink.report(Code::duration_not_whole, duration->at, "`{}` is no whole number of hours", ctx.words(duration->at))
      .help("write whole hours, days or weeks");
  return std::nullopt;
}

TypeKind type_of(ast::InputType const& type) {
  return std::visit(Overloaded{
                        [](ast::YesNoType const&) { return TypeKind::yes_no; },
                        [](ast::ScaleType const&) { return TypeKind::scale; },
                        [](ast::ChoiceType const&) { return TypeKind::choice; },
                        [](ast::SetType const&) { return TypeKind::set; },
                        [](ast::NumberType const&) { return TypeKind::number; },
                        [](ast::DateType const&) { return TypeKind::date; },
                    },
                    type.kind);
}

void add_input(Context& ctx, ast::InputDecl const& decl) {
  auto const index = static_cast<ir::Index>(ctx.model.inputs.size());
  ir::Input& input = ctx.model.inputs.emplace_back();
  input.name = decl.heading.name.text;
  input.label = text_of(decl.heading.label);
  input.at = decl.heading.name.at;
  std::int64_t const size = std::visit(TypeReader(ctx, input, decl.type.at), decl.type.kind);
  ctx.bad_inputs.push_back(size == 0);
  input.worse = direction_of(ctx, decl.direction, type_of(decl.type));
  input.valid_for_hours = valid_hours(ctx, decl.valid_for);
  input.ask = text_of(decl.ask);
  input.help = text_of(decl.help);
  input.codes = codes_of(decl.codes);
  input.cites = citations_of(ctx, decl.cites);
  add_variables(ctx.model, index, false, std::max<std::int64_t>(size, 1));
  add_variables(ctx.model, index, true, std::max<std::int64_t>(size, 1));
}

}  // namespace

void check_inputs(Context& ctx) {
  add_built_in(ctx);
  each<ast::InputDecl>(ctx, [&](ast::Decl const&, ast::InputDecl const& decl) { add_input(ctx, decl); });
  ir::Index index = 2;
  each<ast::InputDecl>(ctx, [&](ast::Decl const&, ast::InputDecl const& decl) {
    if (decl.assume && !ctx.bad_inputs[index])
      ctx.model.inputs[index].assume = answer_codes(ctx, index, *decl.assume, std::nullopt);
    ++index;
  });
}

void check_values(Context& ctx, std::vector<ast::Word> const& values, std::size_t least, Span at) {
  if (values.size() < least)
    ctx.sink.report(Code::too_few_values, at, "at least {} values are needed here", least)
        .help("with one value there is nothing to ask");
  for (std::size_t i = 0; i < values.size(); ++i) {
    ast::Word const& value = values[i];
    if (std::find(reserved_values.begin(), reserved_values.end(), value.text) != reserved_values.end())
      ctx.sink.report(Code::reserved_value, value.at, "`{}` cannot be a value, because conditions use it", value.text)
          .help("choose another word");
    for (std::size_t j = 0; j < i; ++j)
      if (values[j].text == value.text) {
        ctx.sink.report(Code::value_declared_twice, value.at, "the value `{}` stands here twice", value.text)
            .help("leave it out, or choose another word")
            .related(values[j].at, "first here");
        break;
      }
  }
}

ir::Worse direction_of(Context& ctx, std::optional<ast::DirectionClause> const& clause, TypeKind type) {
  if (!clause) return ir::Worse::undeclared;
  bool const ordered = type == TypeKind::scale || type == TypeKind::number;
  bool fits = false;
  switch (clause->worse) {
    case ast::Direction::higher:
    case ast::Direction::lower:
      fits = ordered;
      break;
    case ast::Direction::yes:
    case ast::Direction::no:
      fits = type == TypeKind::yes_no;
      break;
    case ast::Direction::more:
      fits = type == TypeKind::set;
      break;
  }
  if (!fits) {
    std::string_view help = "a choice or a date has no direction";
    if (ordered) help = "write `higher is worse` or `lower is worse`";
    if (type == TypeKind::yes_no) help = "write `yes is worse` or `no is worse`";
    if (type == TypeKind::set) help = "write `more is worse`";
    ctx.sink
        .report(Code::direction_does_not_fit, clause->at, "`{}` does not fit {}", ctx.words(clause->at),
                type_words(type))
        .help("{}", help);
    return ir::Worse::undeclared;
  }
  bool const down = clause->worse == ast::Direction::lower || clause->worse == ast::Direction::no;
  return down ? ir::Worse::lower : ir::Worse::higher;
}

}  // namespace carestep::checking

#include "data/values.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.hpp"

namespace carestep::data {
namespace {

constexpr std::size_t longest_name = 64;

/// `[a-z][a-z0-9_]*`: what the rule language calls a name.
bool shaped_like_a_name(std::string_view text) {
  auto const letter = [](char c) { return c >= 'a' && c <= 'z'; };
  auto const inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= longest_name && letter(text[0]) &&
         std::all_of(text.begin(), text.end(), inner);
}

bool built_in(ir::Index input) {
  return input <= ir::days_in_level_var;
}

std::string expected_number(ir::Input const& input) {
  std::string const low = to_string(input.low);
  std::string const high = to_string(input.high);
  std::string const unit = input.unit.empty() ? "" : fmt::format(", in {}", input.unit);
  if (input.step.scaled == Decimal::one) return fmt::format("a whole number from {} to {}{}", low, high, unit);
  return fmt::format("a number from {} to {} in steps of {}{}", low, high, to_string(input.step), unit);
}

}  // namespace

Path Path::within(std::string_view step) const {
  Path inner = *this;
  inner.steps_[inner.count_++] = step;
  return inner;
}

Path Path::at(std::size_t place) const {
  Path inner = *this;
  inner.place_ = place;
  return inner;
}

std::string Path::text() const {
  std::string text = fmt::format("{}", fmt::join(steps_.begin(), steps_.begin() + count_, "."));
  if (place_) text += fmt::format("[{}]", *place_);
  return text;
}

Path path_of(ir::Input const& input, bool previous) {
  if (previous) return Path("previous").within(input.name);
  return built_in(input.first_var) ? Path(input.name) : Path("answers").within(input.name);
}

Refusal refuse(Code code, Path const& path, std::string message) {
  return {std::string(code_text(code)), path.text(), std::move(message)};
}

Refusal refuse_answer(Code code, Path const& path, ir::Input const& input) {
  switch (code) {
    case Code::number_out_of_range:
      return refuse(code, path, "out of range: expected " + expected(input));
    case Code::number_off_step:
      return refuse(code, path, "off its step: expected " + expected(input));
    case Code::answer_not_a_value:
      return refuse(code, path, "not one of its values: expected " + one_of(input.values));
    case Code::date_after_assessment:
      return refuse(code, path, "expected a day not after the assessment date");
    case Code::date_too_long_ago:
      return refuse(code, path,
                    fmt::format("expected a day at most {} days before the assessment date", ir::most_days));
    case Code::included_and_excluded:
      return refuse(code, path, "both included and excluded");
    case Code::repeated_key:
    case Code::repeated_item:
      return refuse(code, path, "given twice");
    default:
      return refuse(code, path, "expected " + expected(input));
  }
}

Refusal refuse_name(Path const& path, std::string_view name, std::vector<std::string_view> const& candidates) {
  if (!shaped_like_a_name(name)) return refuse(Code::unknown_key, path, "unknown key, not shown since it is no name");
  std::string message = fmt::format("unknown key `{}`", name);
  if (auto const near = nearest(name, candidates)) message += fmt::format("; did you mean `{}`?", *near);
  return refuse(Code::unknown_key, path.within(name), std::move(message));
}

Refusal refuse_input_name(ir::Model const& model, bool previous, std::string_view name) {
  Path const section(previous ? "previous" : "answers");
  std::vector<std::string_view> candidates;
  for (ir::Input const& input : model.inputs) {
    if (!built_in(input.first_var)) {
      candidates.emplace_back(input.name);
    } else if (input.name == name) {
      return refuse(Code::unknown_key, section.within(input.name),
                    previous ? fmt::format("`{}` has no previous value", input.name)
                             : fmt::format("`{}` stands beside `answers`, not in it", input.name));
    }
  }
  return refuse_name(section, name, candidates);
}

Refusal refuse_level(ir::Model const& model, Path const& path) {
  // The values of current_level are `none` and the levels.
  std::span<std::string const> const levels = std::span(model.inputs[ir::current_level_var].values).subspan(1);
  return refuse(Code::answer_not_a_value, path, "not one of the levels: expected " + one_of(levels));
}

std::string expected(ir::Input const& input) {
  switch (input.kind) {
    case ir::InputKind::yes_no:
      return "`true` or `false`";
    case ir::InputKind::level:
    case ir::InputKind::scale:
    case ir::InputKind::choice:
      return one_of(input.values);
    case ir::InputKind::set:
      return fmt::format("a list of members (`{}`), or an object with `includes` and `excludes`",
                         fmt::join(input.values, "`, `"));
    case ir::InputKind::number:
      return expected_number(input);
    case ir::InputKind::date:
      return input.or_never ? "a day as `YYYY-MM-DD`, or `never`" : "a day as `YYYY-MM-DD`";
  }
  return {};
}

std::string one_of(std::span<std::string const> names) {
  return fmt::format("one of `{}`", fmt::join(names, "`, `"));
}

Coded code_of_name(ir::Input const& input, std::string_view name) {
  auto const found = std::find(input.values.begin(), input.values.end(), name);
  if (found == input.values.end()) return Code::answer_not_a_value;
  return static_cast<std::int64_t>(found - input.values.begin());
}

Coded code_of_number(ir::Input const& input, Decimal number) {
  if (number < input.low || number > input.high) return Code::number_out_of_range;
  std::int64_t const above_low = number.scaled - input.low.scaled;
  if (above_low % input.step.scaled != 0) return Code::number_off_step;
  return above_low / input.step.scaled;
}

Coded code_of_day(Date day, Date assessment_date) {
  std::int64_t const ago = std::int64_t{assessment_date.days} - day.days;
  if (ago < 0) return Code::date_after_assessment;
  if (ago > ir::most_days) return Code::date_too_long_ago;
  return ago;
}

std::optional<Code> mark_member(std::span<program::AnswerCode> codes, std::int64_t member, program::AnswerCode present) {
  program::AnswerCode& code = codes[static_cast<std::size_t>(member)];
  if (code == present) return Code::repeated_item;
  if (code != unknown_code) return Code::included_and_excluded;
  code = present;
  return std::nullopt;
}

void complete_set(std::span<program::AnswerCode> codes) {
  std::replace(codes.begin(), codes.end(), unknown_code, program::AnswerCode{0});
}

Decimal number_of_code(ir::Input const& input, std::int64_t code) {
  return Decimal{input.low.scaled + code * input.step.scaled};
}

std::size_t record_of(ir::Model const& model, InputId input, bool previous) {
  return previous ? model.inputs.size() + input.index : input.index;
}

bool days_without_level(std::int64_t current_level, std::int64_t days_in_level) {
  return current_level == 0 && days_in_level > 0;
}

}  // namespace carestep::data

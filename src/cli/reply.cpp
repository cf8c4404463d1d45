#include "reply.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <iterator>
#include <vector>

#include "io.hpp"

namespace carestep::cli {
namespace {

std::optional<std::int32_t> whole_number(std::string_view text) {
  std::int32_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A value by its name or its place in the list.
std::optional<std::string_view> value(InputInfo const& input, std::string_view typed) {
  for (std::string const& name : input.values)
    if (name == typed) return name;
  std::optional<std::int32_t> const number = whole_number(typed);
  if (!number || *number < 1 || static_cast<std::size_t>(*number) > input.values.size()) return std::nullopt;
  return input.values[static_cast<std::size_t>(*number) - 1];
}

std::optional<Answer> yes_or_no(std::string_view typed) {
  for (std::string_view const yes : {"yes", "y", "true", "1"})
    if (typed == yes) return Answer(true);
  for (std::string_view const no : {"no", "n", "false", "2"})
    if (typed == no) return Answer(false);
  return std::nullopt;
}

std::optional<Answer> day(std::string_view typed, Date today) {
  if (typed == "never") return Answer(Never{});
  if (typed == "today") return Answer(today);
  if (std::optional<Date> const date = parse_date(typed)) return Answer(*date);
  std::size_t const blank = typed.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  std::string_view const words = trimmed(typed.substr(blank));
  std::optional<std::int32_t> const days = whole_number(typed.substr(0, blank));
  if (!days || *days < 0 || *days > 1'000'000 || (words != "days ago" && words != "day ago")) return std::nullopt;
  return Answer(Date{today.days - *days});
}

std::optional<Answer> members(InputInfo const& input, std::string_view typed) {
  std::vector<std::string> members;
  if (typed == "none") return Answer(members);
  while (!typed.empty()) {
    std::size_t const comma = std::min(typed.find(','), typed.size());
    std::optional<std::string_view> const member = value(input, trimmed(typed.substr(0, comma)));
    if (!member) return std::nullopt;
    members.emplace_back(*member);
    typed.remove_prefix(std::min(comma + 1, typed.size()));
  }
  return Answer(std::move(members));
}

std::string numbered(InputInfo const& input) {
  std::string text;
  for (std::size_t i = 0; i < input.values.size(); ++i)
    fmt::format_to(std::back_inserter(text), "  {}) {}\n", i + 1, input.values[i]);
  return text;
}

}  // namespace

std::optional<Answer> read_reply(InputInfo const& input, std::string_view typed, Date today) {
  typed = trimmed(typed);
  switch (input.type) {
    case InputType::yes_no:
      return yes_or_no(typed);
    case InputType::date:
      return day(typed, today);
    case InputType::set:
      return members(input, typed);
    case InputType::number:
      if (std::optional<Decimal> const number = parse_decimal(typed)) return Answer(*number);
      return std::nullopt;
    case InputType::level:
    case InputType::scale:
    case InputType::choice:
      if (std::optional<std::string_view> const named = value(input, typed)) return Answer(*named);
      return std::nullopt;
  }
  return std::nullopt;
}

std::string choices(InputInfo const& input) {
  switch (input.type) {
    case InputType::yes_no:
      return "  1) yes\n  2) no\n";
    case InputType::date:
      return fmt::format("  a date as YYYY-MM-DD, `today`, or `N days ago`{}\n", input.or_never ? ", or `never`" : "");
    case InputType::number: {
      std::string const step = input.step == Decimal{} || input.step == Decimal::from_int(1)
                                   ? ""
                                   : fmt::format(" in steps of {}", to_string(input.step));
      return fmt::format("  a number from {} to {}{}{}{}\n", to_string(input.low), to_string(input.high), step,
                         input.unit.empty() ? "" : ", in ", input.unit);
    }
    case InputType::set:
      return numbered(input) + "  several with commas between them; `none` for none of them\n";
    case InputType::level:
    case InputType::scale:
    case InputType::choice:
      break;
  }
  return numbered(input);
}

}  // namespace carestep::cli

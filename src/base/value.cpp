#include <carestep/value.hpp>

#include <fmt/format.h>

#include <chrono>

namespace carestep {
namespace {

using std::chrono::sys_days;

bool digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<Date> date(int year, int month, int day) noexcept {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  std::chrono::year_month_day const ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(sys_days{ymd}.time_since_epoch().count())};
}

std::optional<Date> parse_date(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto const number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
      if (!digit(text[i])) return -1;
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  return date(number(0, 4), number(5, 2), number(8, 2));
}

std::string to_string(Date day) {
  std::chrono::year_month_day const ymd{sys_days{std::chrono::days{day.days}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

std::optional<Decimal> parse_decimal(std::string_view text, DecimalError* error) noexcept {
  auto const fail = [&](DecimalError why) -> std::optional<Decimal> {
    if (error != nullptr) *error = why;
    return std::nullopt;
  };
  std::size_t i = 0;
  bool const negative = !text.empty() && text[0] == '-';
  if (negative) ++i;
  // The significant digits, and the power of ten that the last of them stands for.
  std::int64_t mantissa = 0;
  std::int64_t power = 0;
  int significant = 0;
  std::int64_t pending_zeros = 0;
  bool any = false;
  auto const take = [&](char c) {
    any = true;
    if (c == '0') {
      if (mantissa != 0) ++pending_zeros;
      return;
    }
    for (; pending_zeros > 0 && significant <= 19; --pending_zeros, ++significant) mantissa = significant < 18 ? mantissa * 10 : mantissa;
    if (significant < 18) mantissa = mantissa * 10 + (c - '0');
    ++significant;
  };
  for (; i < text.size() && digit(text[i]); ++i) take(text[i]);
  if (!any) return fail(DecimalError::not_a_number);
  std::int64_t fraction_digits = 0;
  if (i < text.size() && text[i] == '.') {
    ++i;
    std::size_t const start = i;
    for (; i < text.size() && digit(text[i]); ++i) take(text[i]);
    if (i == start) return fail(DecimalError::not_a_number);
    fraction_digits = static_cast<std::int64_t>(i - start);
  }
  std::int64_t exponent = 0;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    bool const down = i < text.size() && text[i] == '-';
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    std::size_t const start = i;
    for (; i < text.size() && digit(text[i]); ++i) exponent = exponent < 1'000'000 ? exponent * 10 + (text[i] - '0') : exponent;
    if (i == start) return fail(DecimalError::not_a_number);
    if (down) exponent = -exponent;
  }
  if (i != text.size()) return fail(DecimalError::not_a_number);
  if (mantissa == 0) return Decimal{};
  power = pending_zeros - fraction_digits + exponent;
  if (power < -8) return fail(DecimalError::too_precise);
  if (significant > 18) return fail(power + significant > 11 ? DecimalError::too_large : DecimalError::too_precise);
  std::int64_t const most = Decimal::limit * Decimal::one;
  for (std::int64_t p = power + 8; p > 0; --p) {
    if (mantissa > most / 10) return fail(DecimalError::too_large);
    mantissa *= 10;
  }
  if (mantissa > most) return fail(DecimalError::too_large);
  return Decimal{negative ? -mantissa : mantissa};
}

std::string to_string(Decimal value) {
  bool const negative = value.scaled < 0;
  auto const magnitude = static_cast<std::uint64_t>(negative ? -value.scaled : value.scaled);
  auto const one = static_cast<std::uint64_t>(Decimal::one);
  std::string text = fmt::format("{}{}", negative ? "-" : "", magnitude / one);
  if (magnitude % one == 0) return text;
  text += fmt::format(".{:08}", magnitude % one);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

}  // namespace carestep

#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carestep {

/// A calendar day of the proleptic Gregorian calendar.
///
/// Units    `days` counts whole days since 1970-01-01; there is no time of day and no time zone.
/// Threads  a value.
struct Date {
  std::int32_t days = 0;

  friend constexpr auto operator<=>(Date, Date) = default;
};

/// The day `year`-`month`-`day`.
///
/// Returns  nothing when that day does not exist, or the year is outside 1 to 9999.
std::optional<Date> date(int year, int month, int day) noexcept;

/// Reads `YYYY-MM-DD`, exactly ten characters.
///
/// Returns  nothing for any other text, and for days that do not exist.
std::optional<Date> parse_date(std::string_view text) noexcept;

/// `YYYY-MM-DD`.
std::string to_string(Date day);

/// An exact decimal number with at most eight digits behind the point.
///
/// Shape    `scaled` is the value times 100,000,000; the value lies within +-10,000,000,000.
/// Threads  a value.
struct Decimal {
  static constexpr std::int64_t one = 100'000'000;
  static constexpr std::int64_t limit = 10'000'000'000;

  std::int64_t scaled = 0;

  /// The decimal for a whole number; `whole` must lie within +-`limit`.
  static constexpr Decimal from_int(std::int64_t whole) noexcept { return {whole * one}; }

  friend constexpr auto operator<=>(Decimal, Decimal) = default;
};

/// Why a text is not a `Decimal`.
enum class DecimalError : std::uint8_t { not_a_number, too_precise, too_large };

/// Reads a decimal number digit by digit: an optional sign, digits, a point with digits, and (for JSON) an exponent.
///
/// Returns  the exact value; nothing, with the reason in `error` where given, when the text is no such number or its
///          exact value does not fit.
std::optional<Decimal> parse_decimal(std::string_view text, DecimalError* error = nullptr) noexcept;

/// The shortest plain form: `12`, `0.75`, `-3`.
std::string to_string(Decimal value);

}  // namespace carestep

#pragma once

#include <carestep/value.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace carestep {

class Ruleset;
namespace program {
struct Program;
}

/// An input of one ruleset, found once by name (`Ruleset::input`) and used many times.
struct InputId {
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(InputId, InputId) = default;
};

/// A value of one input of one ruleset (`Ruleset::value`), found once by name and set many times.
///
/// Shape    `ruleset` marks the rules that it was found in: an assessment of other rules refuses it.
struct ValueId {
  std::uint32_t ruleset = 0;
  InputId input;
  std::uint32_t code = 0;
  friend constexpr auto operator<=>(ValueId, ValueId) = default;
};

/// Why an assessment, or a part of one, was refused.
///
/// Shape    `path` names the place (`answers.phq9`); `message` never shows what somebody answered.
struct Refusal {
  std::string code;
  std::string path;
  std::string message;
};

/// The answer `never` to a `date or never` input.
struct Never {};

/// Some members of a set are known, the rest is open.
struct PartlyKnown {
  std::vector<std::string> includes;
  std::vector<std::string> excludes;
};

template <class I>
concept WholeNumber =
    std::integral<I> && !std::same_as<I, bool> && !std::same_as<I, char> && !std::same_as<I, wchar_t>;

/// What is too large for the type is too large for every input.
template <WholeNumber I>
constexpr std::int64_t as_whole(I whole) noexcept {
  return std::in_range<std::int64_t>(whole) ? static_cast<std::int64_t>(whole)
                                            : std::numeric_limits<std::int64_t>::max();
}

/// One answer, in the type of its input: `true`, `14`, `*parse_decimal("0.95")`, a `Date`, `Never{}`, `"severe"`,
/// a list of members for a set, or `PartlyKnown`.
///
/// Errors   a `double` does not compile: numbers are decimals. A text is only ever a value's name.
class Answer {
 public:
  template <std::same_as<bool> B>
  Answer(B yes) : value_(yes) {}
  template <WholeNumber I>
  Answer(I whole) : value_(as_whole(whole)) {}
  template <std::floating_point F>
  Answer(F) = delete;
  Answer(Decimal number) : value_(number) {}
  Answer(Date day) : value_(day) {}
  Answer(Never never) : value_(never) {}
  Answer(char const* value) : value_(std::string_view(value)) {}
  Answer(std::string_view value) : value_(value) {}
  Answer(std::string const& value) : value_(std::string_view(value)) {}
  Answer(std::vector<std::string> members) : value_(std::move(members)) {}
  Answer(PartlyKnown set) : value_(std::move(set)) {}

  using Value =
      std::variant<bool, std::int64_t, Decimal, Date, Never, std::string_view, std::vector<std::string>, PartlyKnown>;
  [[nodiscard]] Value const& value() const noexcept { return value_; }

 private:
  Value value_;
};

/// Why an answer is not known; kept with the record, not seen by the rules.
enum class Unknown : std::uint8_t { not_asked, refused, unable };

/// What is known about one person on one day, for one ruleset: at most one answer an input; the others are unknown.
///
/// Shape    made by `Ruleset::assessment`; holds a reference to that ruleset's compiled form.
/// Errors   a setter that refuses leaves the assessment as it was and says why; nothing is rounded or guessed.
/// Cost     one block of memory, four bytes for each answer that there may be; days and reasons of answers and
///          unavailable levels take a second one once they are told. Setting by `InputId` or `ValueId` does not
///          allocate; by name it is one look-up.
/// Threads  a value: one thread at a time.
class Assessment {
 public:
  Assessment(Assessment const& other);
  Assessment(Assessment&& other) noexcept : body_(std::exchange(other.body_, nullptr)) {}
  Assessment& operator=(Assessment const& other);
  Assessment& operator=(Assessment&& other) noexcept {
    std::swap(body_, other.body_);
    return *this;
  }
  ~Assessment();

  /// Answers an input of the person's present assessment. Built-in inputs: `current_level` (a level's name or `none`),
  /// `days_in_level`.
  [[nodiscard]] std::optional<Refusal> set(InputId input, Answer const& answer);
  [[nodiscard]] std::optional<Refusal> set(std::string_view input, Answer const& answer);
  /// Likewise, with the day on which the answer was given (for `valid for`).
  [[nodiscard]] std::optional<Refusal> set(InputId input, Answer const& answer, Date on);
  [[nodiscard]] std::optional<Refusal> set(std::string_view input, Answer const& answer, Date on);

  /// Likewise without an `Answer` in between: the quickest ways.
  [[nodiscard]] std::optional<Refusal> set(ValueId value);
  [[nodiscard]] std::optional<Refusal> set(InputId input, Decimal number);
  template <WholeNumber I>
  [[nodiscard]] std::optional<Refusal> set(InputId input, I whole) {
    return set_whole(input, as_whole(whole));
  }
  template <std::same_as<bool> B>
  [[nodiscard]] std::optional<Refusal> set(InputId input, B yes) {
    return set_yes_no(input, yes);
  }

  /// Says that an input has no answer, and why.
  [[nodiscard]] std::optional<Refusal> set_unknown(std::string_view input, Unknown reason);
  void clear(InputId input);

  /// Says that there was no previous assessment.
  void no_previous();
  /// Says that there was a previous assessment; what `set_previous` does not tell of it is unknown.
  void has_previous();
  [[nodiscard]] std::optional<Refusal> set_previous(InputId input, Answer const& answer);
  [[nodiscard]] std::optional<Refusal> set_previous(std::string_view input, Answer const& answer);

  /// Says that a level has no place today.
  [[nodiscard]] std::optional<Refusal> set_unavailable(std::string_view level);

  [[nodiscard]] Date date() const noexcept;
  [[nodiscard]] bool known(InputId input) const noexcept;

  enum class Previous : std::uint8_t { unknown, none, given };

 private:
  friend class Ruleset;
  friend struct AssessmentAccess;  // the library's own stages

  struct Body;
  class Setter;
  explicit Assessment(Body* body) noexcept : body_(body) {}
  std::optional<Refusal> set_whole(InputId input, std::int64_t whole);
  std::optional<Refusal> set_yes_no(InputId input, bool yes);

  Body* body_;
};

}  // namespace carestep

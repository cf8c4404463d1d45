#pragma once

#include <carestep/ruleset.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace carestep {

/// The answers of many people to one question, in the caller's memory.
///
/// Shape    made by the functions below; `known`: one bit a record, least significant first (the validity bitmap of
///          Arrow): 0 where the answer is unknown. Null: all are known. What stands in an unknown place does not
///          matter.
/// Threads  a view: the memory must outlive every use of the batch.
struct Column {
  enum class Kind : std::uint8_t { values, yes_no, numbers, days, members };
  enum class Type : std::uint8_t { bits, u8, i8, u16, i16, u32, i32 };

  Kind kind = Kind::values;
  Type type = Type::u8;
  void const* data = nullptr;
  std::size_t size = 0;
  std::uint8_t const* known = nullptr;
  int decimals = 0;

  /// Places in `InputInfo::values` (scale, choice; current_level: 0 none, 1 the least intensive level).
  static Column values(std::span<std::uint8_t const> places, std::uint8_t const* known = nullptr) {
    return {Kind::values, Type::u8, places.data(), places.size(), known, 0};
  }
  /// One bit a record, least significant first.
  static Column yes_no(std::uint8_t const* bits, std::size_t size, std::uint8_t const* known = nullptr) {
    return {Kind::yes_no, Type::bits, bits, size, known, 0};
  }
  /// Numbers times 10 to the power of `decimals`: with two, 87 is 0.87.
  template <class T>
  static Column numbers(std::span<T const> numbers, int decimals = 0, std::uint8_t const* known = nullptr) {
    return {Kind::numbers, type_of<T>(), numbers.data(), numbers.size(), known, decimals};
  }
  /// Days since 1970-01-01; `never` for a `date or never` input.
  static constexpr std::int32_t never = INT32_MIN;
  static Column days(std::span<std::int32_t const> days, std::uint8_t const* known = nullptr) {
    return {Kind::days, Type::i32, days.data(), days.size(), known, 0};
  }
  /// One bit for each member of a set, the first the least significant.
  template <class T>
  static Column members(std::span<T const> members, std::uint8_t const* known = nullptr) {
    return {Kind::members, type_of<T>(), members.data(), members.size(), known, 0};
  }

 private:
  template <class T>
  static constexpr Type type_of() {
    if constexpr (std::same_as<T, std::uint8_t>) return Type::u8;
    if constexpr (std::same_as<T, std::int8_t>) return Type::i8;
    if constexpr (std::same_as<T, std::uint16_t>) return Type::u16;
    if constexpr (std::same_as<T, std::int16_t>) return Type::i16;
    if constexpr (std::same_as<T, std::uint32_t>) return Type::u32;
    static_assert(sizeof(T) <= 4, "numbers of a column have at most 32 bits");
    return Type::i32;
  }
};

/// Many assessments of one ruleset on one day, as columns. An input without a column is unknown for everybody.
///
/// Threads  setters: one thread at a time; deciding only reads.
class Batch {
 public:
  /// Takes a column as it is: nothing is copied but dates, and numbers whose unit is not the input's step or whose type
  /// does not hold all that the input may be. Values out of range are refused record by record when the batch is
  /// decided.
  ///
  /// Errors   a column of another length, or of a kind or type that does not fit the input; the batch stays as it was.
  [[nodiscard]] std::optional<Refusal> set(InputId input, Column const& column);
  /// The answers of the previous assessment.
  [[nodiscard]] std::optional<Refusal> set_previous(InputId input, Column const& column);
  /// Says that nobody had a previous assessment: then `previous X` is X. Of a packed batch, nothing can be said any more.
  void no_previous();

  [[nodiscard]] std::size_t size() const noexcept;

  /// The same answers in the library's own form, a bit for each thing that the rules can tell apart: smaller and faster
  /// to decide again and again.
  [[nodiscard]] Batch packed() const;
  /// Bytes that deciding reads for each record, in this form.
  [[nodiscard]] double bytes_per_record() const;

  struct State;

 private:
  friend class Ruleset;
  friend class BatchBuilder;
  explicit Batch(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

/// Collects assessments one by one into a batch; their days may differ.
class BatchBuilder {
 public:
  /// Errors   an assessment of another ruleset, or outside the days in force.
  [[nodiscard]] std::optional<Refusal> add(Assessment const& assessment);
  [[nodiscard]] std::size_t size() const noexcept;
  /// What was added so far, packed; the builder is then empty.
  [[nodiscard]] Batch finish();

 private:
  friend class Ruleset;
  explicit BatchBuilder(std::shared_ptr<Batch::State> state) : state_(std::move(state)) {}
  std::shared_ptr<Batch::State> state_;
};

/// Where the decisions of a batch go: one element a record in each list that is wanted; the others are empty.
///
/// Shape    `next`, `indicated`: `LevelId::index`, -1 for none; `status`, `move`: the numbers of the enumerators;
///          `marks`: `MarkSet::bits`; `active`: one bit a record, `active_words()` words for each rule, in the order of
///          rules; bits behind the last record are 0. Refused: move `none`, both levels -1, no marks, no active rules.
struct BatchDecisions {
  std::span<std::uint8_t> status;
  std::span<std::uint8_t> move;
  std::span<std::int8_t> next;
  std::span<std::int8_t> indicated;
  std::span<std::uint16_t> marks;
  std::span<std::uint64_t> active;

  static constexpr std::size_t active_words(std::size_t records) { return (records + 63) / 64; }
};

struct BatchOptions {
  bool allow_out_of_force = false;
  std::uint64_t budget = 4'000'000;  // of each record, as in DecideOptions
  /// Records to decide: threads share a batch by deciding parts of it. `first` is a multiple of `part`.
  std::size_t first = 0;
  std::size_t count = static_cast<std::size_t>(-1);
  static constexpr std::size_t part = 4096;
};

/// What became of the records.
struct BatchTally {
  std::size_t records = 0;
  std::size_t undetermined = 0;
  std::size_t refused = 0;
  // Left open by the first pass over the columns, and settled exactly:
  std::size_t settled_singly = 0;    // one by one
  std::size_t settled_together = 0;  // over all completions of their unknown answers, many records at once
};

}  // namespace carestep

#pragma once

// The second workload: people for second.care, made from a seed, and its rules by hand. It is of another build than the
// common workload, so that nothing can be tuned to one of them.

#include <carestep/carestep.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace bench::second {

/// Conditions, as bits, in the order of the rule file.
enum : std::uint8_t {
  depression = 1,
  anxiety = 2,
  ptsd = 4,
  bipolar = 8,
  psychosis = 16,
  eating = 32,
  substance_use = 64
};

/// Units    scales and levels as the place of the value; `bmi` and `potassium` in tenths, `meals_completed` in
///          twentieths; dates as days before the assessment, `never` for none.
struct Person {
  static constexpr std::uint16_t never = 0xFFFF;

  std::int8_t current_level = -1;  // -1: none
  std::uint16_t days_in_level = 0;
  std::uint8_t age = 0;
  std::uint16_t bmi = 0;
  std::uint8_t weight_loss = 0;
  std::uint8_t pulse = 0;
  std::uint8_t potassium = 0;
  std::uint8_t phq9 = 0;
  std::uint8_t gad7 = 0;
  std::uint8_t suicide_risk = 0;
  std::uint16_t self_harm = never;
  std::uint8_t conditions = 0;
  std::uint8_t purging_days = 0;
  std::uint8_t meals_completed = 0;
  std::uint8_t home = 0;
  bool carer = false;
  bool crisis_plan = false;
  std::uint8_t travel_minutes = 0;
  std::uint8_t school_days_missed = 0;
  std::uint8_t engagement = 0;
  std::uint8_t progress = 0;
  std::uint16_t last_review = 0;
  std::uint16_t stable_days = 0;
  bool has_previous = false;
  std::uint8_t previous_phq9 = 0;
  std::uint8_t previous_weight_loss = 0;
};

std::vector<Person> make_people(std::size_t count, std::uint64_t seed = 1);

/// A brief decision; levels from 0, -1 for none.
struct Verdict {
  carestep::Move move = carestep::Move::none;
  std::int8_t next = -1;
  std::int8_t indicated = -1;
  carestep::MarkSet marks;
  friend bool operator==(Verdict const&, Verdict const&) = default;
};

/// The rules and the move by hand.
Verdict decide(Person const& person);
void decide_all(std::span<Person const> people, Verdict* out);

/// The person as an assessment of second.care.
carestep::Assessment assessment(carestep::Ruleset const& rules, Person const& person);

/// People as columns. Who had no previous assessment has what is known now as the previous one, which is the same.
class PeopleColumns {
 public:
  PeopleColumns(carestep::Ruleset const& rules, std::span<Person const> people);
  [[nodiscard]] carestep::Batch const& batch() const { return *batch_; }

 private:
  template <class T, class Answer>
  std::span<T const> column(std::span<Person const> people, Answer answer);
  template <class Answer>
  std::uint8_t const* bits(std::span<Person const> people, Answer answer);

  std::vector<std::shared_ptr<void const>> memory_;
  std::optional<carestep::Batch> batch_;
};

}  // namespace bench::second

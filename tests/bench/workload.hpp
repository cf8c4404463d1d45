#pragma once

// The common workload: records of 14 answers, made from a seed, and the forms in which they are handed over.
// sud-continuum.care holds the rules; baseline/ holds the same rules written by hand.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace bench {

/// The 14 answers of one person.
///
/// Units    scales and levels as the place of the value, from 0; `attendance_rate` in ten-thousandths.
struct Record {
  std::uint16_t days_abstinent = 0;
  std::uint16_t attendance_rate = 0;
  std::uint8_t withdrawal_risk = 0;
  std::uint8_t biomedical_stability = 0;
  std::uint8_t psychiatric_severity = 0;
  std::uint8_t suicidality = 0;
  std::uint8_t home_environment = 0;
  std::uint8_t social_support = 0;
  std::uint8_t relapse_risk = 0;
  std::uint8_t readiness = 0;
  std::uint8_t prior_treatment_episodes = 0;
  std::uint8_t positive_screens_30d = 0;
  std::uint8_t has_obligations = 0;
  std::uint8_t current_level = 0;  // 0: none
};
static_assert(sizeof(Record) == 16);

inline constexpr std::size_t input_count = 14;
enum class Kind : std::uint8_t { scale, number, yes_no };

/// One input of the workload, in the order of the rule file; `current_level` is the last.
struct Input {
  char const* name;
  Kind kind;
  std::span<char const* const> values;  // of a scale
  unsigned decimals;                    // of a number
  unsigned highest;                     // code
};
extern std::array<Input, input_count> const inputs;
inline constexpr std::size_t current_level_input = 13;
inline constexpr std::array level_names = {"none", "outpatient", "iop", "php", "residential", "detox"};

/// The code of one answer.
unsigned answer(Record const& record, std::size_t input);
void set_answer(Record& record, std::size_t input, unsigned code);

inline constexpr std::uint64_t default_seed = 20240229;
Record make_record(std::uint64_t index, std::uint64_t seed = default_seed);
std::vector<Record> make_records(std::size_t count);

/// A bit for each input without an answer: each is unknown with a chance of `per_ten_thousand`.
using UnknownMask = std::uint16_t;
UnknownMask make_unknown(std::uint64_t index, unsigned per_ten_thousand);

/// Days in the current level; 0 for nobody's level.
unsigned days_in_level(std::uint64_t index, Record const& record);

// ---- text forms; each appends one line
// --------------------------------------------------------------------------------

/// `{"id":0,"withdrawal_risk":"mild",…}`: the form whose digest the workload states.
void write_plain_line(std::string& out, std::uint64_t id, Record const& record);
/// The assessment of docs/data.md.
void write_assessment_line(std::string& out, std::uint64_t id, Record const& record, UnknownMask unknown);
/// A header of input names, and a row with an empty cell for what is unknown.
void write_csv_header(std::string& out);
void write_csv_line(std::string& out, std::uint64_t id, Record const& record, UnknownMask unknown);

inline constexpr char const* assessment_day = "2026-05-14";

}  // namespace bench

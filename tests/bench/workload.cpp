#include "workload.hpp"

#include <algorithm>
#include <string_view>

#include "random.hpp"

namespace bench {
namespace {

constexpr std::array severity = {"none", "mild", "moderate", "severe"};
constexpr std::array stability = {"stable", "monitored", "unstable"};
constexpr std::array suicidality = {"none", "passive", "active"};
constexpr std::array home = {"supportive", "neutral", "unstable", "unsafe"};
constexpr std::array support = {"strong", "some", "none"};
constexpr std::array relapse = {"low", "moderate", "high", "imminent"};
constexpr std::array readiness = {"action", "preparation", "contemplation", "precontemplation"};

template <std::size_t N>
constexpr Input scale(char const* name, std::array<char const*, N> const& values) {
  return {name, Kind::scale, values, 0, N - 1};
}
constexpr Input number(char const* name, unsigned highest, unsigned decimals = 0) {
  return {name, Kind::number, {}, decimals, highest};
}

// ---- how people are drawn: five hidden classes, each with weights of its own
// ------------------------------------------

constexpr std::size_t classes = 5;
template <std::size_t N>
using Weights = std::array<std::array<std::uint8_t, N>, classes>;  // of each class, in per cent

constexpr std::array<std::uint8_t, classes> class_weights = {30, 25, 20, 15, 10};
constexpr Weights<4> withdrawal_weights = {
    {{84, 12, 3, 1}, {70, 22, 6, 2}, {58, 27, 12, 3}, {42, 30, 20, 8}, {5, 15, 45, 35}}};
constexpr Weights<3> stability_weights = {{{92, 6, 2}, {86, 11, 3}, {78, 17, 5}, {68, 24, 8}, {35, 40, 25}}};
constexpr Weights<4> psychiatric_weights = {
    {{62, 32, 5, 1}, {45, 40, 12, 3}, {28, 38, 26, 8}, {22, 32, 30, 16}, {22, 30, 30, 18}}};
constexpr Weights<3> suicidality_weights = {{{97, 3, 0}, {92, 7, 1}, {82, 15, 3}, {72, 20, 8}, {72, 20, 8}}};
constexpr Weights<4> home_weights = {
    {{58, 34, 7, 1}, {46, 38, 13, 3}, {36, 36, 21, 7}, {18, 28, 34, 20}, {24, 30, 28, 18}}};
constexpr Weights<3> support_weights = {{{60, 33, 7}, {46, 40, 14}, {34, 46, 20}, {20, 45, 35}, {24, 42, 34}}};
constexpr Weights<4> relapse_weights = {
    {{70, 24, 5, 1}, {44, 38, 15, 3}, {24, 38, 30, 8}, {10, 26, 42, 22}, {8, 22, 42, 28}}};
constexpr Weights<4> readiness_weights = {
    {{56, 30, 10, 4}, {42, 34, 17, 7}, {34, 33, 22, 11}, {24, 28, 28, 20}, {22, 28, 28, 22}}};
constexpr Weights<6> level_weights = {{{26, 52, 14, 5, 2, 1},
                                       {26, 34, 26, 8, 4, 2},
                                       {26, 22, 22, 18, 8, 4},
                                       {30, 14, 14, 14, 18, 10},
                                       {44, 10, 8, 8, 10, 20}}};

constexpr std::array<std::uint16_t, 7> abstinence_starts = {0, 4, 14, 45, 120, 365, 3651};
constexpr Weights<6> abstinence_weights = {{{2, 4, 10, 18, 26, 40},
                                            {5, 9, 20, 26, 24, 16},
                                            {12, 18, 28, 22, 13, 7},
                                            {28, 28, 24, 12, 5, 3},
                                            {62, 24, 9, 3, 1, 1}}};
constexpr std::array<std::uint16_t, classes> episodes = {4, 6, 9, 14, 21};
constexpr std::array<std::uint16_t, classes> absences = {3001, 5001, 7001, 9001, 10001};
constexpr std::array<std::uint8_t, classes> clean_screens = {88, 66, 42, 22, 14};
constexpr std::array<std::uint8_t, classes> screens = {6, 10, 16, 24, 30};
constexpr std::array<std::uint8_t, classes> obligations = {72, 66, 58, 46, 40};

/// The draws of one record, by the number that the workload gives to each use.
class RecordDraws {
 public:
  RecordDraws(std::uint64_t index, std::uint64_t seed) : draws_{seed}, first_(32 * index) {}
  [[nodiscard]] unsigned below(unsigned use, unsigned bound) const { return draws_.below(first_ + use, bound); }
  template <std::size_t N>
  [[nodiscard]] std::uint8_t pick(unsigned use, std::array<std::uint8_t, N> const& weights) const {
    unsigned const drawn = below(use, 100);
    unsigned sum = 0;
    for (std::size_t i = 0; i < N; ++i)
      if (sum += weights[i]; drawn < sum) return static_cast<std::uint8_t>(i);
    return N - 1;
  }

 private:
  Draws draws_;
  std::uint64_t first_;
};

std::uint16_t make_abstinence(RecordDraws const& draws, std::size_t c) {
  std::size_t const stretch = draws.pick(9, abstinence_weights[c]);
  unsigned const low = abstinence_starts[stretch];
  return static_cast<std::uint16_t>(low + draws.below(15, abstinence_starts[stretch + 1] - low));
}

std::uint8_t make_screens(RecordDraws const& draws, std::size_t c) {
  if (draws.below(17, 100) < clean_screens[c]) return 0;
  return static_cast<std::uint8_t>(1 + std::min(draws.below(12, screens[c]), draws.below(18, screens[c])));
}

// ---- writing
// ----------------------------------------------------------------------------------------------------------

void write_number(std::string& out, unsigned code, unsigned decimals) {
  std::string digits = std::to_string(code);
  if (decimals == 0) {
    out += digits;
    return;
  }
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  digits.insert(digits.size() - decimals, 1, '.');
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  out += digits;
}

void write_value(std::string& out, Input const& input, unsigned code, std::string_view quote) {
  switch (input.kind) {
    case Kind::scale:
      out.append(quote).append(input.values[code]).append(quote);
      break;
    case Kind::number:
      write_number(out, code, input.decimals);
      break;
    case Kind::yes_no:
      out += code != 0 ? "true" : "false";
      break;
  }
}

void write_member(std::string& out, std::size_t input, Record const& record) {
  out.append("\"").append(inputs[input].name).append("\":");
  write_value(out, inputs[input], answer(record, input), "\"");
}

bool is_unknown(UnknownMask unknown, std::size_t input) {
  return (unknown >> input & 1U) != 0;
}

}  // namespace

std::array<Input, input_count> const inputs = {
    scale("withdrawal_risk", severity),
    scale("biomedical_stability", stability),
    scale("psychiatric_severity", severity),
    scale("suicidality", suicidality),
    scale("home_environment", home),
    scale("social_support", support),
    scale("relapse_risk", relapse),
    scale("readiness", readiness),
    number("days_abstinent", 3650),
    number("prior_treatment_episodes", 20),
    number("attendance_rate", 10000, 4),
    number("positive_screens_30d", 30),
    Input{"has_work_school_family_obligations", Kind::yes_no, {}, 0, 1},
    scale("current_level", level_names),
};

unsigned answer(Record const& record, std::size_t input) {
  switch (input) {
    case 0:
      return record.withdrawal_risk;
    case 1:
      return record.biomedical_stability;
    case 2:
      return record.psychiatric_severity;
    case 3:
      return record.suicidality;
    case 4:
      return record.home_environment;
    case 5:
      return record.social_support;
    case 6:
      return record.relapse_risk;
    case 7:
      return record.readiness;
    case 8:
      return record.days_abstinent;
    case 9:
      return record.prior_treatment_episodes;
    case 10:
      return record.attendance_rate;
    case 11:
      return record.positive_screens_30d;
    case 12:
      return record.has_obligations;
    default:
      return record.current_level;
  }
}

void set_answer(Record& record, std::size_t input, unsigned code) {
  auto const byte = static_cast<std::uint8_t>(code);
  switch (input) {
    case 0:
      record.withdrawal_risk = byte;
      break;
    case 1:
      record.biomedical_stability = byte;
      break;
    case 2:
      record.psychiatric_severity = byte;
      break;
    case 3:
      record.suicidality = byte;
      break;
    case 4:
      record.home_environment = byte;
      break;
    case 5:
      record.social_support = byte;
      break;
    case 6:
      record.relapse_risk = byte;
      break;
    case 7:
      record.readiness = byte;
      break;
    case 8:
      record.days_abstinent = static_cast<std::uint16_t>(code);
      break;
    case 9:
      record.prior_treatment_episodes = byte;
      break;
    case 10:
      record.attendance_rate = static_cast<std::uint16_t>(code);
      break;
    case 11:
      record.positive_screens_30d = byte;
      break;
    case 12:
      record.has_obligations = byte;
      break;
    default:
      record.current_level = byte;
      break;
  }
}

Record make_record(std::uint64_t index, std::uint64_t seed) {
  RecordDraws const draws(index, seed);
  std::size_t const c = draws.pick(0, class_weights);
  Record record;
  record.withdrawal_risk = draws.pick(1, withdrawal_weights[c]);
  record.biomedical_stability = draws.pick(2, stability_weights[c]);
  record.psychiatric_severity = draws.pick(3, psychiatric_weights[c]);
  record.suicidality = draws.pick(4, suicidality_weights[c]);
  record.home_environment = draws.pick(5, home_weights[c]);
  record.social_support = draws.pick(6, support_weights[c]);
  record.relapse_risk = draws.pick(7, relapse_weights[c]);
  record.readiness = draws.pick(8, readiness_weights[c]);
  record.days_abstinent = make_abstinence(draws, c);
  record.prior_treatment_episodes =
      static_cast<std::uint8_t>(std::min(draws.below(10, episodes[c]), draws.below(16, episodes[c])));
  record.attendance_rate = static_cast<std::uint16_t>(10000 - draws.below(11, absences[c]));
  record.positive_screens_30d = make_screens(draws, c);
  record.has_obligations = draws.below(13, 100) < obligations[c] ? 1 : 0;
  record.current_level = draws.pick(14, level_weights[c]);
  return record;
}

std::vector<Record> make_records(std::size_t count) {
  std::vector<Record> records(count);
  for (std::size_t i = 0; i < count; ++i) records[i] = make_record(i);
  return records;
}

UnknownMask make_unknown(std::uint64_t index, unsigned per_ten_thousand) {
  Draws const draws{default_seed ^ 0x756E6B6E6F776EU};  // apart from the answers' own
  unsigned mask = 0;
  for (std::size_t input = 0; input < input_count; ++input)
    if (draws.below(input_count * index + input, 10'000) < per_ten_thousand) mask |= 1U << input;
  return static_cast<UnknownMask>(mask);
}

unsigned days_in_level(std::uint64_t index, Record const& record) {
  return record.current_level == 0 ? 0 : 1 + RecordDraws(index, default_seed).below(19, 60);
}

void write_plain_line(std::string& out, std::uint64_t id, Record const& record) {
  out.append("{\"id\":").append(std::to_string(id));
  for (std::size_t input = 0; input < input_count; ++input) {
    out += ',';
    write_member(out, input, record);
  }
  out += "}\n";
}

void write_assessment_line(std::string& out, std::uint64_t id, Record const& record, UnknownMask unknown) {
  out.append("{\"id\":").append(std::to_string(id));
  out.append(",\"assessment_date\":\"").append(assessment_day).append("\"");
  if (!is_unknown(unknown, current_level_input)) {
    out += ',';
    write_member(out, current_level_input, record);
    out.append(",\"days_in_level\":").append(std::to_string(days_in_level(id, record)));
  }
  out += ",\"answers\":{";
  char const* separator = "";
  for (std::size_t input = 0; input < current_level_input; ++input) {
    if (is_unknown(unknown, input)) continue;
    out += separator;
    write_member(out, input, record);
    separator = ",";
  }
  out += "}}\n";
}

void write_csv_header(std::string& out) {
  out += "id,assessment_date,current_level,days_in_level";
  for (std::size_t input = 0; input < current_level_input; ++input) out.append(",").append(inputs[input].name);
  out += '\n';
}

void write_csv_line(std::string& out, std::uint64_t id, Record const& record, UnknownMask unknown) {
  out.append(std::to_string(id)).append(",").append(assessment_day).append(",");
  if (!is_unknown(unknown, current_level_input)) {
    write_value(out, inputs[current_level_input], record.current_level, "");
    out.append(",").append(std::to_string(days_in_level(id, record)));
  } else {
    out += ',';
  }
  for (std::size_t input = 0; input < current_level_input; ++input) {
    out += ',';
    if (!is_unknown(unknown, input)) write_value(out, inputs[input], answer(record, input), "");
  }
  out += '\n';
}

}  // namespace bench

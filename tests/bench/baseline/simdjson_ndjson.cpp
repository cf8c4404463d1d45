// NDJSON to brief decisions, file to file, by hand: simdjson On-Demand into a record, the rules as if/else, one
// prepared text for each possible decision. What a programmer would write for this one form with its keys in this one
// order, all answered; it says so and stops when a line is not of that form.
//
//   carestep_simdjson_baseline ASSESSMENTS DECISIONS

#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <simdjson.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "baseline/if_else.hpp"

namespace {

using namespace bench;
namespace ondemand = simdjson::ondemand;

constexpr std::size_t batch_bytes = std::size_t{1} << 20U;

/// The names of each input's values, measured once.
std::array<std::vector<std::string_view>, input_count> const names = [] {
  std::array<std::vector<std::string_view>, input_count> all;
  for (std::size_t input = 0; input < input_count; ++input)
    all[input].assign(inputs[input].values.begin(), inputs[input].values.end());
  return all;
}();

/// The place of a value among the names, compared in the text as it stands.
std::uint8_t code_of(ondemand::raw_json_string text, std::vector<std::string_view> const& of) {
  char const* const at = text.raw();
  for (std::size_t i = 0; i < of.size(); ++i)
    if (*at == of[i].front() && std::memcmp(at, of[i].data(), of[i].size()) == 0 && at[of[i].size()] == '"')
      return static_cast<std::uint8_t>(i);
  throw std::runtime_error("not one of the values");
}

class Reader {
 public:
  explicit Reader(ondemand::object& object) : object_(&object) {}

  template <std::size_t Input>
  std::uint8_t scale() {
    return code_of(object_->find_field(inputs[Input].name).get_raw_json_string(), names[Input]);
  }
  template <std::size_t Input>
  unsigned number() {
    std::uint64_t const value = object_->find_field(inputs[Input].name);
    if (value > inputs[Input].highest) throw std::runtime_error("out of range");
    return static_cast<unsigned>(value);
  }
  unsigned rate() {
    double const value = object_->find_field(inputs[10].name);
    if (!(value >= 0 && value <= 1)) throw std::runtime_error("out of range");
    return static_cast<unsigned>(std::lround(value * 10'000));
  }
  bool yes_no() { return bool(object_->find_field(inputs[12].name)); }

 private:
  ondemand::object* object_;
};

void read_answers(ondemand::object object, Record& record) {
  Reader reader(object);
  record.withdrawal_risk = reader.scale<0>();
  record.biomedical_stability = reader.scale<1>();
  record.psychiatric_severity = reader.scale<2>();
  record.suicidality = reader.scale<3>();
  record.home_environment = reader.scale<4>();
  record.social_support = reader.scale<5>();
  record.relapse_risk = reader.scale<6>();
  record.readiness = reader.scale<7>();
  record.days_abstinent = static_cast<std::uint16_t>(reader.number<8>());
  record.prior_treatment_episodes = static_cast<std::uint8_t>(reader.number<9>());
  record.attendance_rate = static_cast<std::uint16_t>(reader.rate());
  record.positive_screens_30d = static_cast<std::uint8_t>(reader.number<11>());
  record.has_obligations = reader.yes_no() ? 1 : 0;
}

std::uint64_t read_assessment(ondemand::object object, Record& record) {
  std::uint64_t const id = object.find_field("id");
  std::string_view const day = object.find_field("assessment_date");
  if (day.size() != 10) throw std::runtime_error("not a day");
  record.current_level = code_of(object.find_field("current_level").get_raw_json_string(), names[current_level_input]);
  std::uint64_t const days = object.find_field("days_in_level");
  if (days > 36'500) throw std::runtime_error("out of range");
  read_answers(object.find_field("answers").get_object(), record);
  return id;
}

// ---- answers
// ----------------------------------------------------------------------------------------------------------

/// What follows the id, for each current level and placement.
class Answers {
 public:
  Answers() {
    for (std::uint8_t current = 0; current <= 5; ++current)
      for (std::uint8_t level = 1; level <= 5; ++level)
        for (bool const conflict : {false, true})
          texts_[index(current, {level, conflict})] = text(current, {level, conflict});
  }
  [[nodiscard]] std::string const& operator()(std::uint8_t current, Placement placement) const {
    return texts_[index(current, placement)];
  }

 private:
  static std::size_t index(std::uint8_t current, Placement placement) {
    return std::size_t{current} * 16 + placement.level * 2U + (placement.conflict ? 1 : 0);
  }
  static std::string text(std::uint8_t current, Placement placement) {
    constexpr std::array moves = {"admit", "step_up", "stay", "step_down"};
    HandDecision const decision = brief_decision(current, placement);
    std::string const next = level_names[decision.next];
    return std::string(R"(,"status":"determined","move":")") + moves[static_cast<std::size_t>(decision.move)] +
           R"(","next_level":")" + next + R"(","indicated_level":")" + level_names[decision.indicated] +
           R"(","possible_next":[")" + next + R"("],"marks":[)" + (decision.conflict ? R"("conflict")" : "") + "]}\n";
  }
  std::array<std::string, 96> texts_;
};

void write_answer(std::string& out, std::uint64_t id, std::string const& answer) {
  std::array<char, 20> digits{};
  std::size_t first = digits.size();
  do digits[--first] = static_cast<char>('0' + id % 10);
  while ((id /= 10) != 0);
  out.append("{\"id\":").append(digits.data() + first, digits.size() - first).append(answer);
}

// ---- files
// ------------------------------------------------------------------------------------------------------------

class OutFile {
 public:
  explicit OutFile(char const* path) : file_(std::fopen(path, "wb")) {
    if (file_ == nullptr) throw std::runtime_error("cannot write");
  }
  OutFile(OutFile const&) = delete;
  OutFile& operator=(OutFile const&) = delete;
  ~OutFile() {
    if (file_ != nullptr) std::fclose(file_);
  }
  void write(std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) throw std::runtime_error("cannot write");
    text.clear();
  }
  void close() {
    if (std::fclose(std::exchange(file_, nullptr)) != 0) throw std::runtime_error("cannot write");
  }

 private:
  std::FILE* file_;
};

void decide_file(char const* from, char const* to) {
  static Answers const answers;
  simdjson::padded_string const text = simdjson::padded_string::load(from);
  OutFile out(to);
  std::string lines;
  lines.reserve(2 * batch_bytes);
  ondemand::parser parser;
  ondemand::document_stream documents = parser.iterate_many(text, batch_bytes);
  for (auto document : documents) {
    Record record;
    std::uint64_t const id = read_assessment(document.get_object(), record);
    write_answer(lines, id, answers(record.current_level, place(record)));
    if (lines.size() >= batch_bytes) out.write(lines);
  }
  out.write(lines);
  out.close();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s ASSESSMENTS DECISIONS\n", argv[0]);
    return 2;
  }
  try {
    decide_file(argv[1], argv[2]);
    return 0;
  } catch (std::exception const& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
  }
}

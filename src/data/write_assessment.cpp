#include "data/write_assessment.hpp"

#include <algorithm>
#include <span>

#include "base/json_writer.hpp"
#include "data/values.hpp"
#include "data/words.hpp"
#include "data/write_id.hpp"
#include "program/assessment_access.hpp"

namespace carestep::data {
namespace {

class AssessmentWriter {
 public:
  explicit AssessmentWriter(Assessment const& assessment)
      : assessment_(assessment), model_(*AssessmentAccess::program(assessment)->model) {}

  std::string write(std::string_view id);

 private:
  void built_in(ir::VarId var);
  void answers(std::string_view key, bool previous);
  void answer(InputId id, bool previous);
  void value(ir::Input const& input, std::span<program::AnswerCode const> codes);
  void set(ir::Input const& input, std::span<program::AnswerCode const> codes);
  void members(ir::Input const& input, std::span<program::AnswerCode const> codes, program::AnswerCode present);
  void unavailable();

  std::span<program::AnswerCode const> codes_of(ir::Input const& input, bool previous) const {
    return AssessmentAccess::codes(assessment_)
        .subspan(previous ? input.first_previous_var : input.first_var, input.width);
  }

  Assessment const& assessment_;
  ir::Model const& model_;
  JsonWriter json_;
};

std::string AssessmentWriter::write(std::string_view id) {
  json_.object();
  write_id(json_, id);
  json_.text("assessment_date", to_string(assessment_.date()));
  built_in(ir::current_level_var);
  built_in(ir::days_in_level_var);
  answers("answers", false);
  if (AssessmentAccess::previous(assessment_) == Assessment::Previous::none) json_.null("previous");
  if (AssessmentAccess::previous(assessment_) == Assessment::Previous::given) answers("previous", true);
  unavailable();
  json_.close();
  return json_.take();
}

void AssessmentWriter::built_in(ir::VarId var) {
  ir::Input const& input = model_.inputs[var];
  std::span<program::AnswerCode const> const codes = codes_of(input, false);
  if (codes[0] == unknown_code) return;
  json_.name(input.name);
  value(input, codes);
}

void AssessmentWriter::answers(std::string_view key, bool previous) {
  json_.object(key);
  for (std::uint32_t i = ir::days_in_level_var + 1; i < model_.inputs.size(); ++i) answer({i}, previous);
  json_.close();
}

void AssessmentWriter::answer(InputId id, bool previous) {
  ir::Input const& input = model_.inputs[id.index];
  std::span<program::AnswerCode const> const codes = codes_of(input, previous);
  std::size_t const record = record_of(model_, id, previous);
  std::int32_t const days_ago = AssessmentAccess::answered_on(assessment_, record);
  std::uint8_t const reason = AssessmentAccess::reason(assessment_, record);
  bool const answered = std::any_of(codes.begin(), codes.end(), [](auto code) { return code != unknown_code; });
  if (answered && days_ago >= 0) {
    json_.object(input.name).name("value");
    value(input, codes);
    json_.text("on", to_string(Date{assessment_.date().days - days_ago})).close();
  } else if (answered) {
    json_.name(input.name);
    value(input, codes);
  } else if (reason != 0) {
    json_.object(input.name).text("unknown", unknown_words[reason - 1U]).close();
  }
}

void AssessmentWriter::value(ir::Input const& input, std::span<program::AnswerCode const> codes) {
  program::AnswerCode const code = codes[0];
  switch (input.kind) {
    case ir::InputKind::yes_no:
      json_.raw(code == 1 ? "true" : "false");
      return;
    case ir::InputKind::level:
    case ir::InputKind::scale:
    case ir::InputKind::choice:
      json_.text(input.values[static_cast<std::size_t>(code)]);
      return;
    case ir::InputKind::number:
      json_.raw(to_string(number_of_code(input, code)));
      return;
    case ir::InputKind::set:
      set(input, codes);
      return;
    case ir::InputKind::date:
      json_.text(code == ir::never_code ? "never"
                                        : to_string(Date{assessment_.date().days - code}));
      return;
  }
}

void AssessmentWriter::set(ir::Input const& input, std::span<program::AnswerCode const> codes) {
  if (std::find(codes.begin(), codes.end(), unknown_code) == codes.end()) {
    json_.array();
    members(input, codes, 1);
  } else {
    json_.object().array("includes");
    members(input, codes, 1);
    json_.array("excludes");
    members(input, codes, 0);
    json_.close();
  }
}

/// Fills the list that is open, and closes it.
void AssessmentWriter::members(ir::Input const& input, std::span<program::AnswerCode const> codes, program::AnswerCode present) {
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (codes[i] == present) json_.text(input.values[i]);
  json_.close();
}

void AssessmentWriter::unavailable() {
  std::uint64_t const levels = AssessmentAccess::unavailable(assessment_);
  if (levels == 0) return;
  json_.array("unavailable");
  for (std::size_t i = 0; i < model_.levels.size(); ++i)
    if (((levels >> i) & 1U) != 0) json_.text(model_.levels[i].name);
  json_.close();
}

}  // namespace

std::string write_assessment(Assessment const& assessment, std::string_view id) {
  return AssessmentWriter(assessment).write(id);
}

}  // namespace carestep::data

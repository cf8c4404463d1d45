#include <algorithm>
#include <fmt/format.h>

#include "analyze/patient.hpp"
#include "ir/words.hpp"
#include "program/assessment_access.hpp"

namespace carestep::analyze {
namespace {

constexpr std::size_t line_width = 120;

/// One answer of an assessment: its input, and its codes.
struct Told {
  Question question;
  ir::Input const* input = nullptr;
  std::vector<std::int64_t> codes;
  bool mildest = true;
};

std::vector<Told> answers(Assessment const& assessment) {
  ir::Model const& model = *AssessmentAccess::program(assessment)->model;
  auto const codes = AssessmentAccess::codes(assessment);
  std::vector<Told> told;
  for (bool const previous : {false, true}) {
    for (std::uint32_t i = 0; i < model.inputs.size(); ++i) {
      ir::Input const& input = model.inputs[i];
      ir::VarId const first = previous ? input.first_previous_var : input.first_var;
      if (previous && first == 0) continue;
      Told one{{{i}, previous}, &input, {}, true};
      for (ir::VarId var = first; var < first + input.width; ++var) {
        one.codes.push_back(codes[var]);
        one.mildest = one.mildest && codes[var] == mildest_code(model, var);
      }
      bool const known = std::all_of(one.codes.begin(), one.codes.end(), [](std::int64_t code) { return code >= 0; });
      if (known) told.push_back(std::move(one));
    }
  }
  return told;
}

std::string name_of(Told const& told) {
  return (told.question.previous ? "previous " : "") + told.input->name;
}

/// The value as a rule file writes it.
std::string written(Told const& told) {
  std::string const value = ir::value_words(*told.input, told.codes.data(), std::nullopt);
  bool const list = told.input->kind == ir::InputKind::set && value != "none";
  return list ? "(" + value + ")" : value;
}

void fill(std::string& text, std::vector<std::string> const& items) {
  std::string const indent(8, ' ');
  std::string line = "  given ";
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string const item = items[i] + (i + 1 < items.size() ? "," : "");
    if (i > 0 && line.size() + 1 + item.size() > line_width) {
      text += line + "\n";
      line = indent + item;
    } else {
      line += (i > 0 ? " " : "") + item;
    }
  }
  text += line + "\n";
}

}  // namespace

std::string patient_words(Assessment const& assessment) {
  std::string words;
  for (Told const& told : answers(assessment)) {
    if (told.mildest) continue;
    words += (words.empty() ? "" : ", ") + name_of(told) + " " + written(told);
  }
  return words;
}

std::string example_block(std::string const& name, Assessment const& assessment,
                          std::vector<std::string> const& expectations) {
  std::vector<std::string> given;
  if (AssessmentAccess::previous(assessment) == Assessment::Previous::none) given.emplace_back("previous none");
  for (Told const& told : answers(assessment)) given.push_back(name_of(told) + " " + written(told));
  std::string text = "example \"" + name + "\"\n";
  if (!given.empty()) fill(text, given);
  for (std::size_t i = 0; i < expectations.size(); ++i)
    text += (i == 0 ? "  expect " : "     and ") + expectations[i] + "\n";
  return text;
}

}  // namespace carestep::analyze

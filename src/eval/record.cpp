#include "eval/record.hpp"

#include <algorithm>
#include <numeric>

#include "eval/values.hpp"
#include "program/assessment_access.hpp"

namespace carestep::eval {
namespace {

using program::Program;

void forget_stale(Program const& program, Assessment const& assessment, Record& record) {
  if (AssessmentAccess::told(assessment) == nullptr) return;
  std::vector<std::int32_t> const& answered_on = AssessmentAccess::told(assessment)->answered_on;
  for (std::uint32_t i = 0; i < program.model->inputs.size(); ++i) {
    ir::Input const& input = program.model->inputs[i];
    if (!input.valid_for_hours || answered_on[i] < 0 || std::int64_t{answered_on[i]} * 24 <= *input.valid_for_hours)
      continue;
    if (wholly_unknown(program, record, {i})) continue;
    std::fill_n(record.codes.begin() + input.first_var, input.width, unknown_code);
    record.stale.push_back({i});
  }
}

/// Without a previous assessment, nothing has changed yet.
void previous_is_present(Program const& program, Record& record) {
  for (ir::Input const& input : program.model->inputs) {
    if (input.first_previous_var == 0) continue;
    for (std::uint32_t i = 0; i < input.width; ++i) {
      record.codes[input.first_previous_var + i] = record.codes[input.first_var + i];
      record.stands_for[input.first_previous_var + i] = input.first_var + i;
    }
  }
}

}  // namespace

void prepare(Program const& program, Assessment const& assessment, Record& record) {
  auto const codes = AssessmentAccess::codes(assessment);
  record.codes.assign(codes.begin(), codes.end());
  record.stands_for.resize(record.codes.size());
  std::iota(record.stands_for.begin(), record.stands_for.end(), ir::VarId{0});
  record.stale.clear();
  record.unavailable = AssessmentAccess::unavailable(assessment);
  record.date = assessment.date();
  forget_stale(program, assessment, record);
  if (record.codes[ir::current_level_var] == 0) record.codes[ir::days_in_level_var] = 0;
  if (AssessmentAccess::previous(assessment) == Assessment::Previous::none) previous_is_present(program, record);
}

bool wholly_unknown(Program const& program, Record const& record, InputId input) {
  ir::Input const& in = program.model->inputs[input.index];
  auto const first = record.codes.begin() + in.first_var;
  return std::all_of(first, first + in.width, [](std::int64_t code) { return code == unknown_code; });
}

void assume(Program const& program, Record& record, InputId input) {
  ir::Input const& in = program.model->inputs[input.index];
  for (std::uint32_t i = 0; i < in.width; ++i) {
    record.codes[in.first_var + i] = (*in.assume)[i];
    if (in.first_previous_var != 0 && record.stands_for[in.first_previous_var + i] == in.first_var + i)
      record.codes[in.first_previous_var + i] = (*in.assume)[i];
  }
}

bool complete(Program const& program, Record const& record) {
  return std::all_of(program.decision_vars.begin(), program.decision_vars.end(),
                     [&](std::uint32_t var) { return record.codes[var] != unknown_code; });
}

}  // namespace carestep::eval

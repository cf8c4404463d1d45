#include "analyze/person.hpp"

#include <algorithm>
#include <numeric>

#include "analyze/space.hpp"
#include "program/assessment_access.hpp"

namespace carestep::analyze {
namespace {

bool contains(std::vector<InputId> const& inputs, InputId input) {
  return std::find(inputs.begin(), inputs.end(), input) != inputs.end();
}

}  // namespace

Variables variables_of(ir::Model const& model, Question const& question) {
  ir::Input const& input = model.inputs[question.input.index];
  return {question.previous ? input.first_previous_var : input.first_var, input.width};
}

Person::Person(Assessment const& assessment, Decision const& decision)
    : assessment_(assessment), program_(AssessmentAccess::program(assessment_)), order_(variable_order(*program_)) {
  eval::Record record;
  eval::prepare(*program_, assessment_, record);
  for (InputId const input : decision.assumed) eval::assume(*program_, record, input);
  codes_ = record.codes;

  auto const is_known = [&](Question const& question) {
    auto const [first, width] = variables_of(model(), question);
    return std::any_of(codes_.begin() + first, codes_.begin() + first + width,
                       [](std::int64_t code) { return code != eval::unknown_code; });
  };
  for (std::uint32_t i = 0; i < model().inputs.size(); ++i) {
    // Nobody outside care has days in a level: the days follow from the level, and are no answer of their own.
    if (i == ir::days_in_level_var && codes_[ir::current_level_var] == 0) continue;
    Question const question{{i}, false};
    bool const assumed = contains(decision.assumed, {i});
    if (is_known(question)) known_.push_back({assumed ? Known::Kind::assumed : Known::Kind::answer, question});
  }
  if (AssessmentAccess::previous(assessment_) == Assessment::Previous::none) {
    known_.push_back({Known::Kind::no_previous, {}});
    return;
  }
  for (std::uint32_t i = 0; i < model().inputs.size(); ++i) {
    Question const question{{i}, true};
    if (model().inputs[i].first_previous_var != 0 && is_known(question))
      known_.push_back({Known::Kind::answer, question});
  }
}

Pieces Person::everything() const {
  Pieces all(known_.size());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

Assessment Person::with_only(Pieces const& pieces) const {
  Assessment some = assessment_;
  std::span<program::AnswerCode> const codes = AssessmentAccess::codes(some);
  std::fill(codes.begin(), codes.end(), AssessmentAccess::unknown);
  // What was too old is gone already.
  if (AssessmentAccess::told(some) != nullptr) {
    std::vector<std::int32_t>& answered_on = AssessmentAccess::tell(some).answered_on;
    std::fill(answered_on.begin(), answered_on.end(), -1);
  }
  if (AssessmentAccess::previous(some) == Assessment::Previous::none)
    AssessmentAccess::previous(some) = Assessment::Previous::unknown;
  for (std::uint32_t const piece : pieces) {
    Known const& known = known_[piece];
    if (known.kind == Known::Kind::no_previous) {
      AssessmentAccess::previous(some) = Assessment::Previous::none;
      continue;
    }
    auto const [first, width] = variables_of(model(), known.question);
    for (ir::VarId var = first; var < first + width; ++var) codes[var] = static_cast<program::AnswerCode>(codes_[var]);
  }
  return some;
}

eval::Record Person::record_of(Pieces const& pieces) const {
  eval::Record record;
  eval::prepare(*program_, with_only(pieces), record);
  return record;
}

}  // namespace carestep::analyze

#pragma once

// Which answers still matter, and which of them to ask for first.

#include <carestep/decision.hpp>

#include <vector>

#include "eval/settlement.hpp"

namespace carestep::eval {

/// The unknown inputs in the order of declaration, `previous` ones behind them, each with its unknown variables.
struct UnknownInput {
  Question question;
  std::vector<ir::VarId> variables;
};
std::vector<UnknownInput> unknown_inputs(program::Program const& program, Record const& record);

/// The inputs that still matter, the most useful first: those that can change the decision, then assumed ones that can,
/// then those that can only change an alert or the reassessment date.
///
/// `assumed`: inputs that `settlement` treats as unknown although a value is assumed for them.
/// `undetermined`: the decision, assumptions made, is not determined.
std::vector<Question> questions(program::Program const& program, Record const& record, Settlement& settlement,
                                std::vector<InputId> const& assumed, bool undetermined);

}  // namespace carestep::eval

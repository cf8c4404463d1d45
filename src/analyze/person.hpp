#pragma once

// One person, as the questions of section 8 see them: what is known, piece by piece, and the same person of whom only
// some of it is known.

#include <carestep/assessment.hpp>
#include <carestep/decision.hpp>

#include <cstdint>
#include <vector>

#include "eval/record.hpp"
#include "eval/values.hpp"
#include "program/program.hpp"

namespace carestep::analyze {

/// Something that is known: an answer, present or previous, or that there was no previous assessment.
struct Known {
  enum class Kind : std::uint8_t { answer, assumed, no_previous };
  Kind kind = Kind::answer;
  Question question;  // not for `no_previous`

  [[nodiscard]] bool of_previous() const { return kind == Kind::no_previous || question.previous; }
};

/// Indices into `Person::known()`, ascending.
using Pieces = std::vector<std::uint32_t>;

/// Answers to an input: the variables [first, first + width) of the model.
struct Variables {
  ir::VarId first = 0;
  std::uint32_t width = 1;
};
Variables variables_of(ir::Model const& model, Question const& question);

class Person {
 public:
  /// `decision`: of this assessment, not refused. Answers too old to count are not known; what it
  /// assumed counts as known.
  Person(Assessment const& assessment, Decision const& decision);

  [[nodiscard]] program::Program const& program() const { return *program_; }
  [[nodiscard]] ir::Model const& model() const { return *program_->model; }

  /// In the order of declaration, previous answers behind the present ones.
  [[nodiscard]] std::vector<Known> const& known() const { return known_; }
  [[nodiscard]] Pieces everything() const;

  /// The codes as the rules saw them, one a variable.
  [[nodiscard]] std::vector<std::int64_t> const& codes() const { return codes_; }

  /// The same person of whom nothing but these pieces is known; assumed ones are answered. The ruleset may assume
  /// others again.
  [[nodiscard]] Assessment with_only(Pieces const& pieces) const;
  /// Likewise as a record, without further assumptions.
  [[nodiscard]] eval::Record record_of(Pieces const& pieces) const;

  /// The variables in the order of the diagrams about this person.
  [[nodiscard]] std::vector<ir::VarId> const& order() const { return order_; }

  /// As it was told.
  [[nodiscard]] Assessment const& assessment() const { return assessment_; }

 private:
  Assessment assessment_;
  program::Program const* program_;  // kept alive by the assessment
  std::vector<std::int64_t> codes_;
  std::vector<Known> known_;
  std::vector<ir::VarId> order_;
};

}  // namespace carestep::analyze

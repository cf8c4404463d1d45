#pragma once

#include <carestep/assessment.hpp>

#include "program/program.hpp"

namespace carestep {

/// The inside of an Assessment, for the library's own stages.
struct AssessmentAccess {
  static constexpr std::int64_t unknown = -1;

  static Assessment make(std::shared_ptr<program::Program const> program, Date date) {
    Assessment a;
    a.date_ = date;
    a.codes_.assign(program->model->variables.size(), unknown);
    a.answered_on_.assign(2 * program->model->inputs.size(), -1);
    a.reasons_.assign(2 * program->model->inputs.size(), 0);
    a.program_ = std::move(program);
    return a;
  }
  static std::shared_ptr<program::Program const> const& program(Assessment const& a) { return a.program_; }
  static Date& date(Assessment& a) { return a.date_; }
  /// One code a variable of the model, `unknown` where it is not known.
  static std::vector<std::int64_t>& codes(Assessment& a) { return a.codes_; }
  static std::vector<std::int64_t> const& codes(Assessment const& a) { return a.codes_; }
  /// Days before the assessment date on which the input was answered; -1 where that was not told. The
  /// answers of the previous assessment follow those of the present one; likewise for the reasons.
  static std::vector<std::int32_t>& answered_on(Assessment& a) { return a.answered_on_; }
  static std::vector<std::int32_t> const& answered_on(Assessment const& a) { return a.answered_on_; }
  static std::vector<std::uint8_t>& reasons(Assessment& a) { return a.reasons_; }
  static std::vector<std::uint8_t> const& reasons(Assessment const& a) { return a.reasons_; }
  static Assessment::Previous& previous(Assessment& a) { return a.previous_; }
  static Assessment::Previous previous(Assessment const& a) { return a.previous_; }
  static std::uint64_t& unavailable(Assessment& a) { return a.unavailable_; }
  static std::uint64_t unavailable(Assessment const& a) { return a.unavailable_; }
  static bool foreign(Assessment const& a) { return a.foreign_; }
};

}  // namespace carestep

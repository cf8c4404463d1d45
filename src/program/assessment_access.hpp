#pragma once

#include <carestep/assessment.hpp>

#include <algorithm>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include "program/program.hpp"

namespace carestep {

/// What few assessments tell of their answers.
struct Told {
  explicit Told(std::size_t inputs) : answered_on(2 * inputs, -1), reasons(2 * inputs, 0) {}
  void clear() {
    unavailable = 0;
    std::fill(answered_on.begin(), answered_on.end(), -1);
    std::fill(reasons.begin(), reasons.end(), std::uint8_t{0});
  }

  std::uint64_t unavailable = 0;
  /// One an input, then one a previous one. Days before the assessment date on which it was answered; -1 where that was
  /// not told.
  std::vector<std::int32_t> answered_on;
  /// Likewise: Unknown + 1; 0 where not told.
  std::vector<std::uint8_t> reasons;
};

/// The inside of an assessment: one block of memory, in which the codes stand behind the rest, so that a decision reads
/// one or two cache lines.
struct Assessment::Body {
  using Code = program::AnswerCode;

  Body(std::shared_ptr<program::Program const> of, Date day) : program(std::move(of)), date(day) {
    std::uninitialized_fill_n(codes(), count(), program::unknown_code);
  }
  Body(Body const& other)
      : program(other.program),
        told(other.told ? std::make_unique<Told>(*other.told) : nullptr),
        date(other.date),
        previous(other.previous),
        foreign(other.foreign) {
    std::uninitialized_copy_n(other.codes(), count(), codes());
  }
  Body& operator=(Body const&) = delete;

  static void* operator new(std::size_t size, program::Program const& program) {
    return ::operator new(size + program.model->variables.size() * sizeof(Code));
  }
  static void operator delete(void* memory) { ::operator delete(memory); }
  static void operator delete(void* memory, program::Program const&) { ::operator delete(memory); }

  [[nodiscard]] std::size_t count() const { return program->model->variables.size(); }
  [[nodiscard]] Code* codes() { return reinterpret_cast<Code*>(this + 1); }
  [[nodiscard]] Code const* codes() const { return reinterpret_cast<Code const*>(this + 1); }

  std::shared_ptr<program::Program const> program;
  std::unique_ptr<Told> told;
  Date date;
  Previous previous = Previous::unknown;
  bool foreign = false;  // answers were set with the handle of another ruleset
};

/// The inside of an Assessment, for the library's own stages.
struct AssessmentAccess {
  using Code = program::AnswerCode;
  static constexpr Code unknown = program::unknown_code;

  static Assessment make(std::shared_ptr<program::Program const> program, Date date) {
    program::Program const& of = *program;
    return Assessment(new (of) Assessment::Body(std::move(program), date));
  }
  /// Null for what was moved from.
  static program::Program const* program(Assessment const& a) {
    return a.body_ == nullptr ? nullptr : a.body_->program.get();
  }
  static Date& date(Assessment& a) { return a.body_->date; }
  static Date date(Assessment const& a) { return a.body_->date; }
  /// One code a variable of the model, `unknown` where it is not known.
  static std::span<Code> codes(Assessment& a) { return {a.body_->codes(), a.body_->count()}; }
  static std::span<Code const> codes(Assessment const& a) { return {a.body_->codes(), a.body_->count()}; }
  static Assessment::Previous& previous(Assessment& a) { return a.body_->previous; }
  static Assessment::Previous previous(Assessment const& a) { return a.body_->previous; }
  static bool foreign(Assessment const& a) { return a.body_->foreign; }

  /// What is told of answers and levels; null where nothing is.
  static Told const* told(Assessment const& a) { return a.body_->told.get(); }
  static Told& tell(Assessment& a) {
    if (!a.body_->told) a.body_->told = std::make_unique<Told>(a.body_->program->model->inputs.size());
    return *a.body_->told;
  }
  static std::uint64_t unavailable(Assessment const& a) { return told(a) == nullptr ? 0 : told(a)->unavailable; }
  static void set_unavailable(Assessment& a, std::uint64_t levels) {
    if (levels != unavailable(a)) tell(a).unavailable = levels;
  }
  /// `record` is the place of an answer in the lists of Told.
  static std::int32_t answered_on(Assessment const& a, std::size_t record) {
    return told(a) == nullptr ? -1 : told(a)->answered_on[record];
  }
  static std::uint8_t reason(Assessment const& a, std::size_t record) {
    return told(a) == nullptr ? std::uint8_t{0} : told(a)->reasons[record];
  }
  static void forget_told(Assessment& a, std::size_t record) {
    if (a.body_->told == nullptr) return;
    a.body_->told->answered_on[record] = -1;
    a.body_->told->reasons[record] = 0;
  }
};

}  // namespace carestep

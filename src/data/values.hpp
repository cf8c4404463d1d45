#pragma once

// Between the values of the data form and the codes of variables. The setters of Assessment and the JSON reader share
// this, so that both refuse the same things in the same words.

#include <carestep/assessment.hpp>
#include <carestep/result.hpp>
#include <carestep/value.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/code.hpp"
#include "ir/model.hpp"
#include "program/program.hpp"

namespace carestep::data {

/// Most members that a set may have, hence most variables of one answer.
inline constexpr std::size_t most_members = 32;
using program::unknown_code;

// ---- places and messages
// ----------------------------------------------------------------------------------------------

/// Where something stands in an assessment: `answers.conditions.value.includes[1]`. Views: it lives shorter than its
/// words.
class Path {
 public:
  Path() = default;
  explicit Path(std::string_view key) : steps_{key}, count_(1) {}

  [[nodiscard]] Path within(std::string_view step) const;
  [[nodiscard]] Path at(std::size_t place) const;
  [[nodiscard]] std::string text() const;

 private:
  std::array<std::string_view, 6> steps_;
  std::size_t count_ = 0;
  std::optional<std::size_t> place_;  // in a list
};

/// The place of an input's answer.
Path path_of(ir::Input const& input, bool previous);

Refusal refuse(Code code, Path const& path, std::string message);
/// Refuses an answer to `input` in the words for `code`; the answer itself is never shown.
Refusal refuse_answer(Code code, Path const& path, ir::Input const& input);
/// Refuses a name that nothing has; `name` is shown only where it is shaped like one, since it may be anybody's text.
Refusal refuse_name(Path const& path, std::string_view name, std::vector<std::string_view> const& candidates);
/// No input of this name may be answered here: `previous` of a built-in input, or no input at all.
Refusal refuse_input_name(ir::Model const& model, bool previous, std::string_view name);

Refusal refuse_level(ir::Model const& model, Path const& path);

/// What an answer to this input looks like: `a whole number from 0 to 27`.
std::string expected(ir::Input const& input);
/// `one of `none`, `mild`, `severe``
std::string one_of(std::span<std::string const> names);

// ---- codes
// ------------------------------------------------------------------------------------------------------------

/// A code, or why the value has none.
using Coded = Result<std::int64_t, Code>;

/// The code of a value's name, or the number of a set's member.
Coded code_of_name(ir::Input const& input, std::string_view name);
Coded code_of_number(ir::Input const& input, Decimal number);
Coded code_of_day(Date day, Date assessment_date);

/// Says of one member of a set that it is there (1) or not (0).
///
/// Returns  why not, when that was said before or contradicts what was said.
std::optional<Code> mark_member(std::span<program::AnswerCode> codes, std::int64_t member, program::AnswerCode present);
/// Members of which nothing was said are not there.
void complete_set(std::span<program::AnswerCode> codes);

Decimal number_of_code(ir::Input const& input, std::int64_t code);

/// Where Assessment keeps the day and the reason of an answer: the present ones, then those of the previous assessment.
std::size_t record_of(ir::Model const& model, InputId input, bool previous);

/// Nobody outside care has spent days at a level.
bool days_without_level(std::int64_t current_level, std::int64_t days_in_level);

}  // namespace carestep::data

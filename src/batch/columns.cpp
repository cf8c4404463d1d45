#include "batch/columns.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <fmt/format.h>

#include "diag/code.hpp"
#include "eval/record.hpp"
#include "eval/values.hpp"
#include "program/assessment_access.hpp"

namespace carestep {
namespace batch {
namespace {

template <class T>
std::int64_t value_at(void const* data, std::size_t record) {
  T value;
  std::memcpy(&value, static_cast<T const*>(data) + record, sizeof(T));
  return value;
}

std::int64_t value_at(Source const& source, std::size_t record) {
  switch (source.raw) {
    case Raw::bits:
      return static_cast<std::uint8_t const*>(source.data)[record / 8] >> (record % 8) & 1;
    case Raw::u8:
      return value_at<std::uint8_t>(source.data, record);
    case Raw::i8:
      return value_at<std::int8_t>(source.data, record);
    case Raw::u16:
      return value_at<std::uint16_t>(source.data, record);
    case Raw::i16:
      return value_at<std::int16_t>(source.data, record);
    case Raw::u32:
      return value_at<std::uint32_t>(source.data, record);
    case Raw::i32:
      break;
  }
  return value_at<std::int32_t>(source.data, record);
}

Raw raw_of(Column::Type type) {
  switch (type) {
    case Column::Type::bits:
      return Raw::bits;
    case Column::Type::u8:
      return Raw::u8;
    case Column::Type::i8:
      return Raw::i8;
    case Column::Type::u16:
      return Raw::u16;
    case Column::Type::i16:
      return Raw::i16;
    case Column::Type::u32:
      return Raw::u32;
    case Column::Type::i32:
      break;
  }
  return Raw::i32;
}

bool fits(ir::Input const& input, Column const& column) {
  bool const whole = column.type != Column::Type::bits;
  switch (column.kind) {
    case Column::Kind::values:
      return column.type == Column::Type::u8 &&
             (input.kind == ir::InputKind::scale || input.kind == ir::InputKind::choice ||
              input.kind == ir::InputKind::level || input.kind == ir::InputKind::yes_no);
    case Column::Kind::yes_no:
      return input.kind == ir::InputKind::yes_no && !whole;
    case Column::Kind::numbers:
      return input.kind == ir::InputKind::number && whole && column.decimals >= 0 && column.decimals <= 8;
    case Column::Kind::days:
      return input.kind == ir::InputKind::date && column.type == Column::Type::i32;
    case Column::Kind::members:
      return input.kind == ir::InputKind::set && whole && 8 * bytes_of(raw_of(column.type)) >= input.values.size();
  }
  return false;
}

std::string_view wanted_column(ir::InputKind kind) {
  switch (kind) {
    case ir::InputKind::yes_no:
      return "`Column::yes_no` or `Column::values`";
    case ir::InputKind::set:
      return "`Column::members` with a bit for each member";
    case ir::InputKind::number:
      return "`Column::numbers`";
    case ir::InputKind::date:
      return "`Column::days`";
    case ir::InputKind::level:
    case ir::InputKind::scale:
    case ir::InputKind::choice:
      break;
  }
  return "`Column::values`";
}

Refusal refusal(Code code, std::string path, std::string message) {
  return {std::string(code_text(code)), std::move(path), std::move(message)};
}

/// Reads a column once into codes of its own; a value that is none of the input's becomes a code out of range.
template <class CodeOf>
std::shared_ptr<std::vector<std::int32_t>> converted(Source const& source, std::size_t size, CodeOf code_of) {
  auto codes = std::make_shared<std::vector<std::int32_t>>(size);
  for (std::size_t i = 0; i < size; ++i) (*codes)[i] = static_cast<std::int32_t>(code_of(value_at(source, i)));
  return codes;
}

constexpr std::int64_t out_of_range = -1;

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

/// The number's own unit is the input's step, and its type holds all that the input may be: the column stays where it
/// is. Otherwise its codes are worked out.
void take_numbers(Batch::State& state, ir::Input const& input, Column const& column, Source& source) {
  std::int64_t const unit = Decimal::one / power_of_ten(column.decimals);
  std::int64_t const last = state.program->model->variables[input.first_var].size - 1;
  std::int64_t const low = input.low.scaled / unit;
  bool const own_unit = unit == input.step.scaled && input.low.scaled % unit == 0;
  if (own_unit && bounds_of(source.raw).hold({low, low + last})) {
    source.offset = source.least = low;
    source.most = low + last;
    return;
  }
  auto codes = converted(source, state.size, [&](std::int64_t value) {
    std::int64_t const over = value * unit - input.low.scaled;
    if (over < 0 || over % input.step.scaled != 0) return out_of_range;
    return over / input.step.scaled > last ? out_of_range : over / input.step.scaled;
  });
  source = {.raw = Raw::i32, .data = codes->data(), .known = source.known, .least = 0, .most = last};
  state.owned.push_back(std::move(codes));
}

/// Any bits that the input has; where the type has no more, its sign is one of them.
void take_members(ir::Input const& input, Source& source) {
  bool const all = input.width == 8 * bytes_of(source.raw);
  Bounds const bounds = all ? bounds_of(source.raw) : Bounds{0, (std::int64_t{1} << input.width) - 1};
  source.least = bounds.low;
  source.most = bounds.high;
}

void take_days(Batch::State& state, ir::Input const& input, Source& source) {
  auto codes = converted(source, state.size, [&](std::int64_t day) {
    if (day == Column::never) return input.or_never ? ir::never_code : out_of_range;
    std::int64_t const ago = state.date.days - day;
    return ago >= 0 && ago <= ir::most_days ? ago : out_of_range;
  });
  source = {.raw = Raw::i32, .data = codes->data(), .known = source.known, .least = 0, .most = ir::never_code};
  state.owned.push_back(std::move(codes));
}

}  // namespace

std::int64_t code_at(Source const& source, std::size_t record) {
  if (source.data == nullptr) return eval::unknown_code;
  if (source.known != nullptr && (source.known[record / 8] >> (record % 8) & 1) == 0) return eval::unknown_code;
  std::int64_t const value = value_at(source, record);
  return source.is_member ? value >> source.bit & 1 : value - source.offset;
}

namespace {

std::optional<Refusal> take(Batch::State& state, std::uint32_t index, Column const& column, bool previous) {
  ir::Input const& input = state.program->model->inputs[index];
  std::string const path = (previous ? "previous." : "") + input.name;
  if (state.sources.empty()) return refusal(Code::wrong_type, path, "a packed batch takes no columns");
  if (column.size != state.size)
    return refusal(Code::wrong_type, path,
                   fmt::format("a column of {} records in a batch of {}", column.size, state.size));
  if (!fits(input, column) || (previous && input.first_previous_var == 0))
    return refusal(Code::wrong_type, path, fmt::format("`{}` takes {}", input.name, wanted_column(input.kind)));
  std::int64_t const last = state.program->model->variables[input.first_var].size - 1;
  Source source{.raw = raw_of(column.type), .data = column.data, .known = column.known, .most = last};
  if (column.kind == Column::Kind::numbers) take_numbers(state, input, column, source);
  if (column.kind == Column::Kind::days) take_days(state, input, source);
  if (column.kind == Column::Kind::members) take_members(input, source);
  ir::VarId const first = previous ? input.first_previous_var : input.first_var;
  for (std::uint32_t i = 0; i < input.width; ++i) {
    source.is_member = column.kind == Column::Kind::members;
    source.bit = i;
    state.sources[first + i] = source;
  }
  return std::nullopt;
}

}  // namespace

std::shared_ptr<Batch::State> make_state(std::shared_ptr<program::Program const> program, Programs const& programs,
                                         std::shared_ptr<void const> keeps, std::size_t size, Date date) {
  auto state = std::make_shared<Batch::State>();
  state->sources.resize(program->model->variables.size());
  state->program = std::move(program);
  state->programs = &programs;
  state->keeps = std::move(keeps);
  state->size = size;
  state->date = date;
  return state;
}

}  // namespace batch

std::optional<Refusal> Batch::set(InputId input, Column const& column) {
  return batch::take(*state_, input.index, column, false);
}

std::optional<Refusal> Batch::set_previous(InputId input, Column const& column) {
  if (!state_->packed) state_->previous = Assessment::Previous::given;
  return batch::take(*state_, input.index, column, true);
}

void Batch::no_previous() {
  if (!state_->packed) state_->previous = Assessment::Previous::none;
}

std::size_t Batch::size() const noexcept {
  return state_->size;
}

// ---- one by one -----------------------------------------------------------------------------------------------------

std::size_t BatchBuilder::size() const noexcept {
  return state_->size;
}

std::optional<Refusal> BatchBuilder::add(Assessment const& assessment) {
  Batch::State& state = *state_;
  program::Program const& program = *state.program;
  if (AssessmentAccess::program(assessment) != &program || AssessmentAccess::foreign(assessment))
    return batch::refusal(Code::other_ruleset, "", "the assessment was made for another ruleset");
  if (assessment.date().days < program.first_day || assessment.date().days > program.last_day)
    return batch::refusal(Code::ruleset_not_in_force, "assessment_date", "the ruleset is not in force on that day");
  thread_local eval::Record record;
  eval::prepare(program, assessment, record);
  state.codes_of.resize(record.codes.size());
  for (std::size_t var = 0; var < record.codes.size(); ++var)
    state.codes_of[var].push_back(static_cast<std::int32_t>(record.codes[var]));
  state.previous_of.push_back(AssessmentAccess::previous(assessment));
  state.unavailable_of.push_back(record.unavailable);
  ++state.size;
  return std::nullopt;
}

Batch BatchBuilder::finish() {
  auto full = batch::make_state(state_->program, *state_->programs, state_->keeps, 0, {});
  std::swap(*full, *state_);
  state_->program = full->program;
  // Every variable becomes a column of codes with the bitmap of who is known.
  for (std::size_t var = 0; var < full->codes_of.size(); ++var) {
    std::vector<std::int32_t>& codes = full->codes_of[var];
    auto known = std::make_shared<std::vector<std::uint8_t>>((codes.size() + 7) / 8);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (codes[i] >= 0) (*known)[i / 8] = static_cast<std::uint8_t>((*known)[i / 8] | 1U << (i % 8));
      codes[i] = std::max(codes[i], 0);
    }
    full->sources[var] = {.raw = batch::Raw::i32,
                          .data = codes.data(),
                          .known = known->data(),
                          .most = full->program->model->variables[var].size - 1};
    full->owned.push_back(std::move(known));
  }
  auto result = Batch(std::move(full)).packed();
  return result;
}

}  // namespace carestep

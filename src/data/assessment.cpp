#include <carestep/assessment.hpp>

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <span>

#include "data/values.hpp"
#include "program/program.hpp"

namespace carestep {
namespace {

using data::Path;

/// The codes of one answer while it is being checked; nothing reaches the assessment before all of it has passed.
struct Codes {
  std::array<std::int64_t, data::most_members> room;  // of which only `all` is filled: answers are set in great numbers
  std::span<std::int64_t> all;

  explicit Codes(ir::Input const& input) : all(std::span(room).first(input.width)) {
    std::fill(all.begin(), all.end(), data::unknown_code);
  }
};

bool fits(std::int64_t whole) {
  return whole <= Decimal::limit && whole >= -Decimal::limit;
}

std::optional<std::int64_t> code_of(data::Coded const& coded) {
  return coded ? std::optional(*coded) : std::nullopt;
}

/// The code of an answer that is one value of its input, as most are; nothing where it takes the Encoder, to say why
/// not or for what is more than one value.
std::optional<std::int64_t> plain_code(ir::Input const& input, Answer::Value const& answer) {
  switch (input.kind) {
    case ir::InputKind::yes_no:
      if (auto const* const yes = std::get_if<bool>(&answer)) return std::int64_t{*yes};
      break;
    case ir::InputKind::scale:
    case ir::InputKind::choice:
    case ir::InputKind::level:
      if (auto const* const name = std::get_if<std::string_view>(&answer))
        return code_of(data::code_of_name(input, *name));
      break;
    case ir::InputKind::number:
      if (auto const* const number = std::get_if<Decimal>(&answer))
        return code_of(data::code_of_number(input, *number));
      if (auto const* const whole = std::get_if<std::int64_t>(&answer); whole != nullptr && fits(*whole))
        return code_of(data::code_of_number(input, Decimal::from_int(*whole)));
      break;
    case ir::InputKind::set:
    case ir::InputKind::date:
      break;
  }
  return std::nullopt;
}

/// Turns an answer into codes, or says why it does not fit its input.
class Encoder {
 public:
  Encoder(ir::Input const& input, Path path, Date assessment_date, std::span<std::int64_t> codes)
      : input_(input), path_(path), assessment_date_(assessment_date), codes_(codes) {}

  std::optional<Refusal> operator()(bool yes) const {
    if (input_.kind != ir::InputKind::yes_no) return wrong_type();
    return take(data::Coded(std::int64_t{yes}));
  }
  std::optional<Refusal> operator()(std::int64_t whole) const {
    if (input_.kind != ir::InputKind::number) return wrong_type();
    if (!fits(whole)) return take(Code::number_out_of_range);
    return (*this)(Decimal::from_int(whole));
  }
  std::optional<Refusal> operator()(Decimal number) const {
    if (input_.kind != ir::InputKind::number) return wrong_type();
    return take(data::code_of_number(input_, number));
  }
  std::optional<Refusal> operator()(Date day) const {
    if (input_.kind != ir::InputKind::date) return wrong_type();
    return take(data::code_of_day(day, assessment_date_));
  }
  std::optional<Refusal> operator()(Never) const {
    if (input_.kind != ir::InputKind::date || !input_.or_never) return wrong_type();
    return take(data::Coded(ir::never_code));
  }
  std::optional<Refusal> operator()(std::string_view name) const {
    bool const named = input_.kind == ir::InputKind::scale || input_.kind == ir::InputKind::choice ||
                       input_.kind == ir::InputKind::level;
    if (!named) return wrong_type();
    return take(data::code_of_name(input_, name));
  }
  std::optional<Refusal> operator()(std::vector<std::string> const& members) const {
    if (input_.kind != ir::InputKind::set) return wrong_type();
    if (auto refusal = mark(path_, members, 1)) return refusal;
    data::complete_set(codes_);
    return std::nullopt;
  }
  std::optional<Refusal> operator()(PartlyKnown const& set) const {
    if (input_.kind != ir::InputKind::set) return wrong_type();
    if (auto refusal = mark(path_.within("includes"), set.includes, 1)) return refusal;
    return mark(path_.within("excludes"), set.excludes, 0);
  }

 private:
  std::optional<Refusal> wrong_type() const { return data::refuse_answer(Code::wrong_type, path_, input_); }

  std::optional<Refusal> take(data::Coded const& coded) const {
    if (!coded) return data::refuse_answer(coded.error(), path_, input_);
    codes_[0] = *coded;
    return std::nullopt;
  }

  std::optional<Refusal> mark(Path const& path, std::vector<std::string> const& members, std::int64_t present) const {
    for (std::size_t i = 0; i < members.size(); ++i) {
      data::Coded const member = data::code_of_name(input_, members[i]);
      std::optional<Code> const fault =
          member ? data::mark_member(codes_, *member, present) : std::optional<Code>(member.error());
      if (fault) return data::refuse_answer(*fault, path.at(i), input_);
    }
    return std::nullopt;
  }

  ir::Input const& input_;
  Path path_;
  Date assessment_date_;
  std::span<std::int64_t> codes_;
};

std::optional<InputId> find_input(program::Program const& program, std::string_view name) {
  auto const found = program.input_by_name.find(name);
  if (found == program.input_by_name.end()) return std::nullopt;
  return InputId{found->second};
}

Refusal foreign_handle() {
  return data::refuse(Code::other_ruleset, {}, "the input's handle comes from another ruleset");
}

}  // namespace

std::optional<Refusal> Assessment::place(InputId id, bool previous, Answer const& answer, Date const* on) {
  ir::Model const& model = *program_->model;
  if (id.index >= model.inputs.size()) {
    foreign_ = true;
    return foreign_handle();
  }
  ir::Input const& input = model.inputs[id.index];
  if (previous && input.first_previous_var == 0) return data::refuse_input_name(model, true, input.name);
  if (std::optional<std::int64_t> const code = plain_code(input, answer.value()))
    return keep(id, previous, {&*code, 1}, on);
  Codes codes(input);
  Encoder const encoder(input, data::path_of(input, previous), date_, codes.all);
  if (auto refusal = std::visit(encoder, answer.value())) return refusal;
  return keep(id, previous, codes.all, on);
}

std::optional<Refusal> Assessment::keep(InputId id, bool previous, std::span<std::int64_t const> codes,
                                        Date const* on) {
  ir::Model const& model = *program_->model;
  ir::Input const& input = model.inputs[id.index];
  if (on != nullptr && *on > date_)
    return data::refuse_answer(Code::date_after_assessment, data::path_of(input, previous).within("on"), input);
  std::int64_t const level = id.index == ir::current_level_var ? codes[0] : codes_[ir::current_level_var];
  std::int64_t const days = id.index == ir::days_in_level_var ? codes[0] : codes_[ir::days_in_level_var];
  if (data::days_without_level(level, days))
    return data::refuse(Code::days_without_level, data::path_of(input, previous),
                        "nobody outside care has days in a level");

  std::copy(codes.begin(), codes.end(), codes_.begin() + (previous ? input.first_previous_var : input.first_var));
  if (previous) previous_ = Previous::given;
  std::size_t const record = data::record_of(model, id, previous);
  answered_on_[record] = on != nullptr ? date_.days - on->days : -1;
  reasons_[record] = 0;
  return std::nullopt;
}

std::optional<Refusal> Assessment::set(InputId input, Answer const& answer) {
  return place(input, false, answer, nullptr);
}

std::optional<Refusal> Assessment::set(InputId input, Answer const& answer, Date on) {
  return place(input, false, answer, &on);
}

std::optional<Refusal> Assessment::set(std::string_view input, Answer const& answer) {
  auto const id = find_input(*program_, input);
  return id ? set(*id, answer) : data::refuse_input_name(*program_->model, false, input);
}

std::optional<Refusal> Assessment::set(std::string_view input, Answer const& answer, Date on) {
  auto const id = find_input(*program_, input);
  return id ? set(*id, answer, on) : data::refuse_input_name(*program_->model, false, input);
}

std::optional<Refusal> Assessment::set_unknown(std::string_view input, Unknown reason) {
  auto const id = find_input(*program_, input);
  if (!id) return data::refuse_input_name(*program_->model, false, input);
  clear(*id);
  reasons_[id->index] = static_cast<std::uint8_t>(static_cast<unsigned>(reason) + 1);
  return std::nullopt;
}

void Assessment::clear(InputId id) {
  if (id.index >= program_->model->inputs.size()) {
    foreign_ = true;
    return;
  }
  ir::Input const& input = program_->model->inputs[id.index];
  std::fill_n(codes_.begin() + input.first_var, input.width, data::unknown_code);
  answered_on_[id.index] = -1;
  reasons_[id.index] = 0;
}

void Assessment::no_previous() {
  std::vector<ir::Input> const& inputs = program_->model->inputs;
  for (ir::Input const& input : inputs)
    if (input.first_previous_var != 0)
      std::fill_n(codes_.begin() + input.first_previous_var, input.width, data::unknown_code);
  std::fill(answered_on_.begin() + static_cast<std::ptrdiff_t>(inputs.size()), answered_on_.end(), -1);
  std::fill(reasons_.begin() + static_cast<std::ptrdiff_t>(inputs.size()), reasons_.end(), std::uint8_t{0});
  previous_ = Previous::none;
}

void Assessment::has_previous() {
  previous_ = Previous::given;
}

std::optional<Refusal> Assessment::set_previous(InputId input, Answer const& answer) {
  return place(input, true, answer, nullptr);
}

std::optional<Refusal> Assessment::set_previous(std::string_view input, Answer const& answer) {
  auto const id = find_input(*program_, input);
  return id ? set_previous(*id, answer) : data::refuse_input_name(*program_->model, true, input);
}

std::optional<Refusal> Assessment::set_unavailable(std::string_view level) {
  auto const found = program_->level_by_name.find(level);
  if (found != program_->level_by_name.end()) {
    unavailable_ |= std::uint64_t{1} << found->second;
    return std::nullopt;
  }
  return data::refuse_level(*program_->model, Path("unavailable"));
}

bool Assessment::known(InputId id) const noexcept {
  if (id.index >= program_->model->inputs.size()) return false;
  ir::Input const& input = program_->model->inputs[id.index];
  auto const first = codes_.begin() + input.first_var;
  return std::none_of(first, first + input.width, [](std::int64_t code) { return code == data::unknown_code; });
}

}  // namespace carestep

#include <carestep/assessment.hpp>

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <span>

#include "data/values.hpp"
#include "program/assessment_access.hpp"

namespace carestep {
namespace {

using data::Path;
using program::AnswerCode;
using program::InputForm;

/// The codes of one answer while it is being checked; nothing reaches the assessment before all of it has passed.
struct Codes {
  std::array<AnswerCode, data::most_members> room;  // of which only `all` is filled
  std::span<AnswerCode> all;

  explicit Codes(ir::Input const& input) : all(std::span(room).first(input.width)) {
    std::fill(all.begin(), all.end(), data::unknown_code);
  }
};

bool fits(std::int64_t whole) {
  return whole <= Decimal::limit && whole >= -Decimal::limit;
}

/// Turns an answer into codes, or says why it does not fit its input.
class Encoder {
 public:
  Encoder(ir::Input const& input, Path path, Date assessment_date, std::span<AnswerCode> codes)
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
    codes_[0] = static_cast<AnswerCode>(*coded);
    return std::nullopt;
  }

  std::optional<Refusal> mark(Path const& path, std::vector<std::string> const& members, AnswerCode present) const {
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
  std::span<AnswerCode> codes_;
};

std::optional<InputId> find_input(program::Program const& program, std::string_view name) {
  auto const found = program.input_by_name.find(name);
  if (found == program.input_by_name.end()) return std::nullopt;
  return InputId{found->second};
}

Refusal foreign_handle() {
  return data::refuse(Code::other_ruleset, {}, "the handle comes from another ruleset");
}

/// The code of an answer that is one value of its input, as most are; nothing where it takes the Encoder, to say why
/// not or for what is more than one value.
std::optional<AnswerCode> plain_code(InputForm const& form, ir::Input const& input, Answer::Value const& answer) {
  std::uint64_t code = form.most + 1;
  switch (form.kind) {
    case ir::InputKind::yes_no:
      if (auto const* const yes = std::get_if<bool>(&answer)) code = *yes ? 1 : 0;
      break;
    case ir::InputKind::scale:
    case ir::InputKind::choice:
    case ir::InputKind::level:
      if (auto const* const name = std::get_if<std::string_view>(&answer))
        if (data::Coded const value = data::code_of_name(input, *name)) code = static_cast<std::uint64_t>(*value);
      break;
    case ir::InputKind::number:
      if (auto const* const number = std::get_if<Decimal>(&answer))
        code = form.number.code(static_cast<std::uint64_t>(number->scaled));
      else if (auto const* const whole = std::get_if<std::int64_t>(&answer); whole != nullptr && fits(*whole))
        code = form.number.code(static_cast<std::uint64_t>(Decimal::from_int(*whole).scaled));
      break;
    case ir::InputKind::set:
    case ir::InputKind::date:
      break;
  }
  return code <= form.most ? std::optional(static_cast<AnswerCode>(code)) : std::nullopt;
}

}  // namespace

/// Puts answers into one assessment.
class Assessment::Setter {
 public:
  explicit Setter(Assessment& assessment) : assessment_(assessment), program_(*assessment.body_->program) {}

  /// Null where the handle comes from another ruleset, which is remembered.
  InputForm const* form_of(InputId id) {
    if (id.index < program_.forms.size()) return &program_.forms[id.index];
    assessment_.body_->foreign = true;
    return nullptr;
  }

  /// Any answer; also says why not.
  std::optional<Refusal> place(InputId id, bool previous, Answer const& answer, Date const* on = nullptr) {
    InputForm const* const form = form_of(id);
    if (form == nullptr) return foreign_handle();
    ir::Input const& input = program_.model->inputs[id.index];
    if (previous && form->first_previous_var == 0) return data::refuse_input_name(*program_.model, true, input.name);
    if (std::optional<AnswerCode> const code = plain_code(*form, input, answer.value())) {
      if (!previous && on == nullptr) return put(id, *form, *code);
      return keep(id, previous, {&*code, 1}, on);
    }
    Codes codes(input);
    Encoder const encoder(input, data::path_of(input, previous), assessment_.date(), codes.all);
    if (auto refusal = std::visit(encoder, answer.value())) return refusal;
    return keep(id, previous, codes.all, on);
  }

  /// A code that is right in itself.
  std::optional<Refusal> put(InputId id, InputForm const& form, AnswerCode code) {
    if (id.index <= ir::days_in_level_var) return keep(id, false, {&code, 1}, nullptr);
    assessment_.body_->codes()[form.first_var] = code;
    AssessmentAccess::forget_told(assessment_, id.index);
    return std::nullopt;
  }

 private:
  /// Codes that are right in themselves; looks at the rest.
  std::optional<Refusal> keep(InputId id, bool previous, std::span<AnswerCode const> codes, Date const* on) {
    Body& body = *assessment_.body_;
    ir::Input const& input = program_.model->inputs[id.index];
    if (on != nullptr && *on > body.date)
      return data::refuse_answer(Code::date_after_assessment, data::path_of(input, previous).within("on"), input);
    AnswerCode const level = id.index == ir::current_level_var ? codes[0] : body.codes()[ir::current_level_var];
    AnswerCode const days = id.index == ir::days_in_level_var ? codes[0] : body.codes()[ir::days_in_level_var];
    if (data::days_without_level(level, days))
      return data::refuse(Code::days_without_level, data::path_of(input, previous),
                          "nobody outside care has days in a level");

    std::copy(codes.begin(), codes.end(), body.codes() + (previous ? input.first_previous_var : input.first_var));
    if (previous) body.previous = Previous::given;
    std::size_t const record = data::record_of(*program_.model, id, previous);
    AssessmentAccess::forget_told(assessment_, record);
    if (on != nullptr) AssessmentAccess::tell(assessment_).answered_on[record] = body.date.days - on->days;
    return std::nullopt;
  }

  Assessment& assessment_;
  program::Program const& program_;
};

// ---- the quick ways -------------------------------------------------------------------------------------------------

std::optional<Refusal> Assessment::set(ValueId value) {
  Setter setter(*this);
  InputForm const* const form = value.ruleset == body_->program->mark ? setter.form_of(value.input) : nullptr;
  if (form == nullptr || form->kind == ir::InputKind::set || value.code > form->most) {
    body_->foreign = true;
    return foreign_handle();
  }
  return setter.put(value.input, *form, static_cast<AnswerCode>(value.code));
}

std::optional<Refusal> Assessment::set(InputId input, Decimal number) {
  Setter setter(*this);
  InputForm const* const form = setter.form_of(input);
  if (form != nullptr && form->kind == ir::InputKind::number)
    if (std::uint64_t const code = form->number.code(static_cast<std::uint64_t>(number.scaled)); code <= form->most)
      return setter.put(input, *form, static_cast<AnswerCode>(code));
  return setter.place(input, false, number);
}

std::optional<Refusal> Assessment::set_whole(InputId input, std::int64_t whole) {
  if (fits(whole)) return set(input, Decimal::from_int(whole));
  return Setter(*this).place(input, false, whole);
}

std::optional<Refusal> Assessment::set_yes_no(InputId input, bool yes) {
  Setter setter(*this);
  InputForm const* const form = setter.form_of(input);
  if (form != nullptr && form->kind == ir::InputKind::yes_no) return setter.put(input, *form, yes ? 1 : 0);
  return setter.place(input, false, yes);
}

// ---- any answer -----------------------------------------------------------------------------------------------------

std::optional<Refusal> Assessment::set(InputId input, Answer const& answer) {
  return Setter(*this).place(input, false, answer);
}

std::optional<Refusal> Assessment::set(InputId input, Answer const& answer, Date on) {
  return Setter(*this).place(input, false, answer, &on);
}

std::optional<Refusal> Assessment::set(std::string_view input, Answer const& answer) {
  auto const id = find_input(*body_->program, input);
  return id ? set(*id, answer) : data::refuse_input_name(*body_->program->model, false, input);
}

std::optional<Refusal> Assessment::set(std::string_view input, Answer const& answer, Date on) {
  auto const id = find_input(*body_->program, input);
  return id ? set(*id, answer, on) : data::refuse_input_name(*body_->program->model, false, input);
}

std::optional<Refusal> Assessment::set_unknown(std::string_view input, Unknown reason) {
  auto const id = find_input(*body_->program, input);
  if (!id) return data::refuse_input_name(*body_->program->model, false, input);
  clear(*id);
  AssessmentAccess::tell(*this).reasons[id->index] = static_cast<std::uint8_t>(static_cast<unsigned>(reason) + 1);
  return std::nullopt;
}

void Assessment::clear(InputId id) {
  InputForm const* const form = Setter(*this).form_of(id);
  if (form == nullptr) return;
  std::fill_n(body_->codes() + form->first_var, form->width, data::unknown_code);
  AssessmentAccess::forget_told(*this, id.index);
}

// ---- the previous assessment, levels --------------------------------------------------------------------------------

void Assessment::no_previous() {
  std::vector<InputForm> const& forms = body_->program->forms;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    if (forms[i].first_previous_var == 0) continue;
    std::fill_n(body_->codes() + forms[i].first_previous_var, forms[i].width, data::unknown_code);
    AssessmentAccess::forget_told(*this, forms.size() + i);
  }
  body_->previous = Previous::none;
}

void Assessment::has_previous() {
  body_->previous = Previous::given;
}

std::optional<Refusal> Assessment::set_previous(InputId input, Answer const& answer) {
  return Setter(*this).place(input, true, answer);
}

std::optional<Refusal> Assessment::set_previous(std::string_view input, Answer const& answer) {
  auto const id = find_input(*body_->program, input);
  return id ? set_previous(*id, answer) : data::refuse_input_name(*body_->program->model, true, input);
}

std::optional<Refusal> Assessment::set_unavailable(std::string_view level) {
  auto const found = body_->program->level_by_name.find(level);
  if (found == body_->program->level_by_name.end())
    return data::refuse_level(*body_->program->model, Path("unavailable"));
  AssessmentAccess::tell(*this).unavailable |= std::uint64_t{1} << found->second;
  return std::nullopt;
}

bool Assessment::known(InputId id) const noexcept {
  if (id.index >= body_->program->forms.size()) return false;
  InputForm const& form = body_->program->forms[id.index];
  AnswerCode const* const first = body_->codes() + form.first_var;
  return std::none_of(first, first + form.width, [](AnswerCode code) { return code == data::unknown_code; });
}

Date Assessment::date() const noexcept {
  return body_->date;
}

// ---- a value --------------------------------------------------------------------------------------------------------

Assessment::Assessment(Assessment const& other)
    : body_(other.body_ == nullptr ? nullptr : new (*other.body_->program) Body(*other.body_)) {}

Assessment& Assessment::operator=(Assessment const& other) {
  Assessment copy(other);
  std::swap(body_, copy.body_);
  return *this;
}

Assessment::~Assessment() {
  delete body_;
}

}  // namespace carestep

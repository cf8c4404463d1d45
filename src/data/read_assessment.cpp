#include "data/read_assessment.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <new>
#include <simdjson.h>
#include <span>
#include <vector>

#include "data/json_token.hpp"
#include "data/values.hpp"
#include "data/words.hpp"
#include "program/assessment_access.hpp"

namespace carestep::data {
namespace {

namespace ondemand = simdjson::ondemand;
using Kind = Token::Kind;

enum class TopKey : std::uint8_t { id, assessment_date, current_level, days_in_level, answers, previous, unavailable };

enum class PartKey : std::uint8_t { value, on, unknown, includes, excludes };

/// Which keys an object has had.
struct Seen {
  std::uint32_t bits = 0;

  /// Returns  false when it was there already.
  bool add(std::size_t key) {
    std::uint32_t const before = bits;
    bits |= std::uint32_t{1} << key;
    return bits != before;
  }
  [[nodiscard]] bool has(PartKey key) const { return ((bits >> static_cast<unsigned>(key)) & 1U) != 0; }
};

/// An input, now or in the previous assessment.
struct Asked {
  InputId id;
  ir::Input const& input;
  bool previous = false;
  Path path;
};

/// A day that waits for the assessment date, which may stand behind it.
struct PendingDay {
  InputId id;
  bool previous = false;
  bool on = false;  // the day on which the answer was given; else the answer itself
  Path path;
  Date day;
};

/// Whether a text that is no object starts like a JSON value of another type.
bool starts_other_value(std::string_view text) {
  std::size_t const at = text.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && std::string_view("[\"-0123456789tfn").find(text[at]) != std::string_view::npos;
}

/// Reads one object. A member returns false when the text turned out not to be JSON, and the reading ends; everything
/// else that is wrong is noted, and it goes on.
class Reading {
 public:
  Reading(std::shared_ptr<program::Program const> const& program, OtherNames const& others, std::vector<bool>& answered)
      : program_(*program),
        model_(*program->model),
        others_(others),
        answered_(answered),
        assessment_(AssessmentAccess::make(program, Date{})),
        codes_(AssessmentAccess::codes(assessment_)) {}

  void read(ondemand::parser& parser, char const* text, std::size_t size, std::size_t capacity);
  Result<ReadAssessment, RefusedAssessment> take();

 private:
  simdjson::error_code whole(ondemand::document& document);

  // objects and lists
  bool failed(simdjson::error_code error);
  bool look(ondemand::value& value, Token& token);
  template <class Each>
  bool each_field(ondemand::object object, Each each);
  template <std::size_t N, class Each, class Unknown>
  bool each_field_of(std::array<std::string_view, N> const& keys, ondemand::object object, Path const& path, Seen& seen,
                     Each each, Unknown unknown);
  template <class Each>
  bool each_item(ondemand::value& list, Each each);

  // the keys of an assessment
  bool top_field(TopKey key, ondemand::value& value, Token const& token);
  void unknown_top_key(std::string_view key);
  void id(Token const& token);
  void assessment_date(Token const& token);
  void built_in(ir::VarId input, Token const& token);
  bool answers(ondemand::value& value, Token const& token, bool previous);
  bool unavailable(ondemand::value& value, Token const& token);

  // names of another version
  template <class Own>
  static std::string_view own_name(Own const& own, std::map<std::string, std::string, std::less<>> const& others,
                                   std::string_view name);
  [[nodiscard]] std::string_view own_level(std::string_view name) const;

  // one answer
  bool answer(Asked const& asked, ondemand::value& value, Token const& token);
  bool answer_object(Asked const& asked, ondemand::value& value);
  bool answer_field(Asked const& asked, PartKey key, ondemand::value& value, Token const& token);
  bool bare_value(Asked const& asked, ondemand::value& value, Token const& token);
  bool partly_known(Asked const& asked, ondemand::value& value);
  bool members(Asked const& asked, ondemand::value& value, Token const& token, program::AnswerCode present);
  void scalar(Asked const& asked, Token const& token);
  static Coded code_of_digits(ir::Input const& input, std::string_view digits);
  std::optional<Coded> code_of_date(Asked const& asked, Token const& token);
  void answered_on(Asked const& asked, Token const& token);
  void reason(Asked const& asked, Token const& token);

  // when all is read
  void settle();
  void settle(PendingDay const& pending);
  void malformed(simdjson::error_code error, std::string_view text, char const* at);

  std::span<program::AnswerCode> codes_of(ir::Input const& input, bool previous) {
    return codes_.subspan(previous ? input.first_previous_var : input.first_var, input.width);
  }
  [[nodiscard]] bool full() const { return refusals_.size() >= ThoroughReader::most_refusals; }
  void refuse(Refusal refusal) {
    if (!full()) refusals_.push_back(std::move(refusal));
  }
  void refuse(Code code, Path const& path, std::string message) {
    refuse(data::refuse(code, path, std::move(message)));
  }
  void refuse(Code code, Asked const& asked) {
    if (!full()) refuse(refuse_answer(code, asked.path, asked.input));
  }

  program::Program const& program_;
  ir::Model const& model_;
  OtherNames const& others_;
  std::vector<bool>& answered_;  // room: one an input
  Assessment assessment_;
  std::span<program::AnswerCode> codes_;
  std::optional<Date> date_;
  std::string id_;
  bool dated_ = false;  // there was an assessment_date, good or not
  std::vector<PendingDay> pending_;
  std::vector<Refusal> refusals_;
  simdjson::error_code error_ = simdjson::SUCCESS;
};

// ---- objects and lists
// ------------------------------------------------------------------------------------------------

bool Reading::failed(simdjson::error_code error) {
  error_ = error;
  return false;
}

/// Each value is looked at exactly once: a text is unescaped into room that is made for all of them, once.
bool Reading::look(ondemand::value& value, Token& token) {
  simdjson::error_code const error = data::look(value, token);
  return error == simdjson::SUCCESS || failed(error);
}

template <class Each>
bool Reading::each_field(ondemand::object object, Each each) {
  for (auto item : object) {
    ondemand::field field;
    if (auto const error = std::move(item).get(field)) return failed(error);
    std::string_view key;
    if (auto const error = field.unescaped_key().get(key)) return failed(error);
    Token token;
    if (!look(field.value(), token) || !each(key, field.value(), token)) return false;
  }
  return true;
}

/// Calls `each` with the number of the key; a key that is not among `keys`, or there a second time, is refused and its
/// value passed over.
template <std::size_t N, class Each, class Unknown>
bool Reading::each_field_of(std::array<std::string_view, N> const& keys, ondemand::object object, Path const& path,
                            Seen& seen, Each each, Unknown unknown) {
  return each_field(object, [&](std::string_view key, ondemand::value& value, Token const& token) {
    auto const found = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
    if (found == N) {
      if (!full()) unknown(key);
      return true;
    }
    if (!seen.add(found)) {
      refuse(Code::repeated_key, path.within(key), "given twice");
      return true;
    }
    return each(found, value, token);
  });
}

template <class Each>
bool Reading::each_item(ondemand::value& list, Each each) {
  ondemand::array array;
  if (auto const error = list.get_array().get(array)) return failed(error);
  std::size_t place = 0;
  for (auto item : array) {
    ondemand::value value;
    if (auto const error = std::move(item).get(value)) return failed(error);
    Token token;
    if (!look(value, token)) return false;
    each(place++, token);
  }
  return true;
}

// ---- the keys of an assessment
// ------------------------------------------------------------------------------------------

void Reading::read(ondemand::parser& parser, char const* text, std::size_t size, std::size_t capacity) {
  ondemand::document document;
  simdjson::error_code error = parser.iterate(text, size, capacity).get(document);
  char const* at = nullptr;
  if (error == simdjson::SUCCESS) {
    error = whole(document);
    if (error != simdjson::SUCCESS && document.current_location().get(at) != simdjson::SUCCESS) at = text + size;
  }
  if (error == simdjson::MEMALLOC) throw std::bad_alloc();
  if (error == simdjson::INCORRECT_TYPE && starts_other_value({text, size})) {
    refuse(Code::wrong_type, {}, "expected a JSON object");
  } else if (error != simdjson::SUCCESS) {
    malformed(error, {text, size}, at);
  } else {
    settle();
  }
}

/// The object, and nothing behind it.
simdjson::error_code Reading::whole(ondemand::document& document) {
  ondemand::object object;
  if (auto const error = document.get_object().get(object)) return error;
  Seen seen;
  bool const read = each_field_of(
      top_keys, object, {}, seen,
      [&](std::size_t key, ondemand::value& value, Token const& token) {
        return top_field(static_cast<TopKey>(key), value, token);
      },
      [&](std::string_view key) { unknown_top_key(key); });
  if (!read) return error_;
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
}

bool Reading::top_field(TopKey key, ondemand::value& value, Token const& token) {
  switch (key) {
    case TopKey::id:
      id(token);
      return true;
    case TopKey::assessment_date:
      assessment_date(token);
      return true;
    case TopKey::current_level:
      built_in(ir::current_level_var, token);
      return true;
    case TopKey::days_in_level:
      built_in(ir::days_in_level_var, token);
      return true;
    case TopKey::answers:
      return answers(value, token, false);
    case TopKey::previous:
      return answers(value, token, true);
    case TopKey::unavailable:
      return unavailable(value, token);
  }
  return true;
}

void Reading::unknown_top_key(std::string_view key) {
  if (program_.input_by_name.contains(key)) {
    refuse(Code::unknown_key, Path(key), fmt::format("the input `{}` stands in `answers`", key));
  } else {
    refuse(refuse_name({}, key, {top_keys.begin(), top_keys.end()}));
  }
}

void Reading::id(Token const& token) {
  if (token.kind == Kind::text || token.kind == Kind::number) {
    id_ = token.raw;
  } else if (token.kind != Kind::null) {
    refuse(Code::wrong_type, Path("id"), "expected a text or a number");
  }
}

void Reading::assessment_date(Token const& token) {
  dated_ = token.kind != Kind::null;
  if (token.kind == Kind::text) date_ = parse_date(token.text);
  if (!dated_ || date_) return;
  Code const code = token.kind == Kind::text ? Code::answer_not_a_date : Code::wrong_type;
  refuse(code, Path("assessment_date"), "expected a day as `YYYY-MM-DD`");
}

void Reading::built_in(ir::VarId var, Token const& token) {
  ir::Input const& input = model_.inputs[var];
  if (token.kind != Kind::null) scalar({{var}, input, false, path_of(input, false)}, token);
}

bool Reading::answers(ondemand::value& value, Token const& token, bool previous) {
  if (previous) {
    bool const none = token.kind == Kind::null;
    AssessmentAccess::previous(assessment_) = none ? Assessment::Previous::none : Assessment::Previous::given;
    if (none) return true;
  }
  Path const path(previous ? "previous" : "answers");
  if (token.kind != Kind::object) {
    refuse(Code::wrong_type, path, previous ? "expected an object, or `null`" : "expected an object");
    return true;
  }
  ondemand::object object;
  if (auto const error = value.get_object().get(object)) return failed(error);
  answered_.assign(model_.inputs.size(), false);
  return each_field(object, [&](std::string_view key, ondemand::value& field, Token const& inner) {
    std::string_view const name = own_name(program_.input_by_name, others_.inputs, key);
    if (name.empty() && !key.empty()) return true;
    auto const found = program_.input_by_name.find(name);
    if (found == program_.input_by_name.end() || found->second <= ir::days_in_level_var) {
      if (!full()) refuse(refuse_input_name(model_, previous, key));
      return true;
    }
    ir::Input const& input = model_.inputs[found->second];
    Asked const asked{{found->second}, input, previous, path.within(input.name)};
    if (answered_[found->second]) {
      refuse(Code::repeated_key, asked);
      return true;
    }
    answered_[found->second] = true;
    return answer(asked, field, inner);
  });
}

/// The name as this ruleset has it; empty where what it stands for is passed over.
template <class Own>
std::string_view Reading::own_name(Own const& own, std::map<std::string, std::string, std::less<>> const& others,
                                   std::string_view name) {
  if (others.empty() || own.contains(name)) return name;
  auto const other = others.find(name);
  return other == others.end() ? name : std::string_view(other->second);
}

/// Nobody's current level is passed over: a level that this ruleset does not have is refused.
std::string_view Reading::own_level(std::string_view name) const {
  std::string_view const own = own_name(program_.level_by_name, others_.levels, name);
  return own.empty() ? name : own;
}

bool Reading::unavailable(ondemand::value& value, Token const& token) {
  Path const path("unavailable");
  if (token.kind != Kind::list) {
    refuse(Code::wrong_type, path, "expected a list of levels");
    return true;
  }
  std::uint64_t& levels = AssessmentAccess::tell(assessment_).unavailable;
  return each_item(value, [&](std::size_t place, Token const& item) {
    if (item.kind != Kind::text) return refuse(Code::wrong_type, path.at(place), "expected a level");
    std::string_view const name = own_name(program_.level_by_name, others_.levels, item.text);
    if (name.empty() && !item.text.empty()) return;
    auto const found = program_.level_by_name.find(name);
    if (found == program_.level_by_name.end()) return refuse(refuse_level(model_, path.at(place)));
    std::uint64_t const bit = std::uint64_t{1} << found->second;
    if ((levels & bit) != 0) refuse(Code::repeated_item, path.at(place), "given twice");
    levels |= bit;
  });
}

// ---- one answer
// ---------------------------------------------------------------------------------------------------------

bool Reading::answer(Asked const& asked, ondemand::value& value, Token const& token) {
  if (token.kind == Kind::null) return true;
  if (token.kind == Kind::object) return answer_object(asked, value);
  return bare_value(asked, value, token);
}

bool Reading::answer_object(Asked const& asked, ondemand::value& value) {
  ondemand::object object;
  if (auto const error = value.get_object().get(object)) return failed(error);
  bool const set = asked.input.kind == ir::InputKind::set;
  // `includes` and `excludes` are keys of a set's answer only.
  std::size_t const keys = set ? part_keys.size() : part_keys.size() - 2;
  std::vector<std::string_view> const known(part_keys.begin(), part_keys.begin() + keys);
  Seen seen;
  bool clear = true;
  bool const read = each_field_of(
      part_keys, object, asked.path, seen,
      [&](std::size_t key, ondemand::value& field, Token const& token) {
        if (key < keys) return answer_field(asked, static_cast<PartKey>(key), field, token);
        refuse(refuse_name(asked.path, part_keys[key], known));
        clear = false;
        return true;
      },
      [&](std::string_view key) {
        refuse(refuse_name(asked.path, key, known));
        clear = false;
      });
  if (!read) return false;
  bool const has_value = seen.has(PartKey::value);
  bool const has_parts = seen.has(PartKey::includes) || seen.has(PartKey::excludes);
  bool const has_reason = seen.has(PartKey::unknown);
  if (clear && int{has_value} + int{has_parts} + int{has_reason} != 1) {
    refuse(Code::unclear_answer, asked.path,
           set ? "expected either `value`, or `unknown`, or `includes` and `excludes`"
               : "expected either `value` or `unknown`");
  } else if (clear && seen.has(PartKey::on) && !has_value) {
    refuse(Code::unclear_answer, asked.path, "expected `on` beside `value` only");
  }
  return true;
}

bool Reading::answer_field(Asked const& asked, PartKey key, ondemand::value& value, Token const& token) {
  Asked const part{asked.id, asked.input, asked.previous, asked.path.within(part_keys[static_cast<std::size_t>(key)])};
  switch (key) {
    case PartKey::value:
      if (token.kind == Kind::object && asked.input.kind == ir::InputKind::set) return partly_known(part, value);
      return bare_value(part, value, token);
    case PartKey::on:
      answered_on(part, token);
      return true;
    case PartKey::unknown:
      reason(part, token);
      return true;
    case PartKey::includes:
      return members(part, value, token, 1);
    case PartKey::excludes:
      return members(part, value, token, 0);
  }
  return true;
}

bool Reading::bare_value(Asked const& asked, ondemand::value& value, Token const& token) {
  if (asked.input.kind != ir::InputKind::set) {
    scalar(asked, token);
    return true;
  }
  if (!members(asked, value, token, 1)) return false;
  complete_set(codes_of(asked.input, asked.previous));
  return true;
}

/// `{ "includes": …, "excludes": … }` under `value`.
bool Reading::partly_known(Asked const& asked, ondemand::value& value) {
  static constexpr std::array<std::string_view, 2> keys{"includes", "excludes"};
  ondemand::object object;
  if (auto const error = value.get_object().get(object)) return failed(error);
  Seen seen;
  bool const read = each_field_of(
      keys, object, asked.path, seen,
      [&](std::size_t key, ondemand::value& field, Token const& token) {
        Asked const part{asked.id, asked.input, asked.previous, asked.path.within(keys[key])};
        return members(part, field, token, key == 0 ? 1 : 0);
      },
      [&](std::string_view key) {
        refuse(refuse_name(asked.path, key, {keys.begin(), keys.end()}));
      });
  if (read && seen.bits == 0) refuse(Code::unclear_answer, asked.path, "expected `includes`, `excludes`, or both");
  return read;
}

bool Reading::members(Asked const& asked, ondemand::value& value, Token const& token, program::AnswerCode present) {
  if (token.kind != Kind::list) {
    refuse(Code::wrong_type, asked);
    return true;
  }
  std::span<program::AnswerCode> const codes = codes_of(asked.input, asked.previous);
  return each_item(value, [&](std::size_t place, Token const& item) {
    Coded const member = item.kind == Kind::text ? code_of_name(asked.input, item.text) : Coded(Code::wrong_type);
    std::optional<Code> const fault =
        member ? mark_member(codes, *member, present) : std::optional<Code>(member.error());
    if (fault) refuse(*fault, {asked.id, asked.input, asked.previous, asked.path.at(place)});
  });
}

void Reading::scalar(Asked const& asked, Token const& token) {
  std::optional<Coded> coded = Coded(Code::wrong_type);
  switch (asked.input.kind) {
    case ir::InputKind::yes_no:
      if (token.kind == Kind::yes || token.kind == Kind::no) coded = Coded(std::int64_t{token.kind == Kind::yes});
      break;
    case ir::InputKind::level:
      if (token.kind == Kind::text) coded = code_of_name(asked.input, own_level(token.text));
      break;
    case ir::InputKind::scale:
    case ir::InputKind::choice:
      if (token.kind == Kind::text) coded = code_of_name(asked.input, token.text);
      break;
    case ir::InputKind::number:
      if (token.kind == Kind::number) coded = code_of_digits(asked.input, token.text);
      break;
    case ir::InputKind::date:
      if (token.kind == Kind::text) coded = code_of_date(asked, token);
      break;
    case ir::InputKind::set:
      break;  // no scalar
  }
  if (!coded) return;
  if (!*coded) return refuse(coded->error(), asked);
  codes_of(asked.input, asked.previous)[0] = static_cast<program::AnswerCode>(**coded);
}

Coded Reading::code_of_digits(ir::Input const& input, std::string_view digits) {
  DecimalError error{};
  auto const number = parse_decimal(digits, &error);
  if (number) return code_of_number(input, *number);
  return error == DecimalError::too_precise ? Code::number_off_step : Code::number_out_of_range;
}

/// Nothing, while the day waits for the assessment date.
std::optional<Coded> Reading::code_of_date(Asked const& asked, Token const& token) {
  if (asked.input.or_never && token.text == "never") return Coded(ir::never_code);
  auto const day = parse_date(token.text);
  if (!day) return Coded(Code::answer_not_a_date);
  pending_.push_back({asked.id, asked.previous, false, asked.path, *day});
  return std::nullopt;
}

void Reading::answered_on(Asked const& asked, Token const& token) {
  auto const day = token.kind == Kind::text ? parse_date(token.text) : std::nullopt;
  if (day) {
    pending_.push_back({asked.id, asked.previous, true, asked.path, *day});
  } else {
    refuse(token.kind == Kind::text ? Code::answer_not_a_date : Code::wrong_type, asked.path,
           "expected a day as `YYYY-MM-DD`");
  }
}

void Reading::reason(Asked const& asked, Token const& token) {
  std::size_t found = unknown_words.size();
  if (token.kind == Kind::text)
    found = static_cast<std::size_t>(std::find(unknown_words.begin(), unknown_words.end(), token.text) -
                                     unknown_words.begin());
  if (found == unknown_words.size()) {
    refuse(token.kind == Kind::text ? Code::answer_not_a_value : Code::wrong_type, asked.path,
           fmt::format("expected one of `{}`", fmt::join(unknown_words, "`, `")));
  } else {
    AssessmentAccess::tell(assessment_).reasons[record_of(model_, asked.id, asked.previous)] =
        static_cast<std::uint8_t>(found + 1);
  }
}

// ---- when all is read
// -----------------------------------------------------------------------------------------------------

void Reading::settle() {
  if (!dated_) refuse(Code::missing_key, Path("assessment_date"), "required: expected a day as `YYYY-MM-DD`");
  if (date_) {
    AssessmentAccess::date(assessment_) = *date_;
    for (PendingDay const& pending : pending_) settle(pending);
  }
  if (days_without_level(codes_[ir::current_level_var], codes_[ir::days_in_level_var]))
    refuse(Code::days_without_level, Path("days_in_level"), "nobody outside care has days in a level");
}

void Reading::settle(PendingDay const& pending) {
  Asked const asked{pending.id, model_.inputs[pending.id.index], pending.previous, pending.path};
  Coded const coded = code_of_day(pending.day, *date_);
  if (pending.on) {
    if (pending.day > *date_) return refuse(Code::date_after_assessment, asked);
    AssessmentAccess::tell(assessment_).answered_on[record_of(model_, pending.id, pending.previous)] =
        date_->days - pending.day.days;
  } else {
    if (!coded) return refuse(coded.error(), asked);
    codes_of(asked.input, asked.previous)[0] = static_cast<program::AnswerCode>(*coded);
  }
}

/// What was noted before is dropped: the text is not what it seemed to be.
void Reading::malformed(simdjson::error_code error, std::string_view text, char const* at) {
  refusals_.clear();
  switch (error) {
    case simdjson::EMPTY:
      return refuse(Code::malformed_json, {}, "expected a JSON object, found nothing");
    case simdjson::UTF8_ERROR:
      return refuse(Code::malformed_json, {}, "the text is not UTF-8");
    case simdjson::UNCLOSED_STRING:
      return refuse(Code::malformed_json, {}, "a text has no closing quote");
    case simdjson::UNESCAPED_CHARS:
      return refuse(Code::malformed_json, {}, "a text holds a control character that is not escaped");
    case simdjson::CAPACITY:
      return refuse(Code::malformed_json, {}, "too large for one assessment");
    default:
      break;
  }
  if (at == nullptr) return refuse(Code::malformed_json, {}, "not well-formed JSON");
  std::string_view const before = text.substr(0, static_cast<std::size_t>(at - text.data()));
  auto const line = std::count(before.begin(), before.end(), '\n') + 1;
  std::size_t const column = before.size() - (before.rfind('\n') + 1) + 1;
  refuse(Code::malformed_json, {}, fmt::format("not well-formed JSON near line {}, byte {}", line, column));
}

Result<ReadAssessment, RefusedAssessment> Reading::take() {
  if (!refusals_.empty()) return RefusedAssessment{std::move(refusals_), std::move(id_)};
  return ReadAssessment{std::move(assessment_), std::move(id_)};
}

}  // namespace

// ---- the reader
// -------------------------------------------------------------------------------------------------------------

struct ThoroughReader::Buffers {
  ondemand::parser parser;
  std::vector<char> text;
  std::vector<bool> answered;

  /// A copy with the padding that simdjson reads beyond its end; blank, so that nothing there can close what is open.
  char const* padded(std::string_view json) {
    std::size_t const size = json.size() + simdjson::SIMDJSON_PADDING;
    if (text.size() < size) text.resize(size + size / 2);
    std::copy(json.begin(), json.end(), text.begin());
    std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(json.size()), simdjson::SIMDJSON_PADDING, '\0');
    return text.data();
  }
};

ThoroughReader::ThoroughReader() : buffers_(std::make_unique<Buffers>()) {}
ThoroughReader::ThoroughReader(ThoroughReader&&) noexcept = default;
ThoroughReader& ThoroughReader::operator=(ThoroughReader&&) noexcept = default;
ThoroughReader::~ThoroughReader() = default;

Result<ReadAssessment, RefusedAssessment> ThoroughReader::read(std::shared_ptr<program::Program const> const& program,
                                                               std::string_view json, OtherNames const& others) {
  static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (json.starts_with(byte_order_mark)) json.remove_prefix(byte_order_mark.size());
  char const* const text = buffers_->padded(json);
  Reading reading(program, others, buffers_->answered);
  reading.read(buffers_->parser, text, json.size(), buffers_->text.size());
  return reading.take();
}

Result<ReadAssessment, RefusedAssessment> read_assessment(std::shared_ptr<program::Program const> const& program,
                                                          std::string_view json) {
  return ThoroughReader().read(program, json);
}

}  // namespace carestep::data

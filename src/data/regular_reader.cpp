#include "data/regular_reader.hpp"

#include <algorithm>
#include <simdjson.h>

#include "data/json_token.hpp"
#include "data/values.hpp"
#include "data/words.hpp"

namespace carestep::data {

enum class RegularReader::TopKey : std::uint8_t {
  id,
  assessment_date,
  current_level,
  days_in_level,
  answers,
  previous,
  unavailable
};
enum class RegularReader::PartKey : std::uint8_t { value, on, unknown, includes, excludes };

namespace {

constexpr std::uint64_t word_of(std::string_view text) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < text.size(); ++i) word |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
  return word;
}

/// Whether a short text stands at `at`.
template <std::size_t Size>
bool stands(char const (&text)[Size], char const* at) {
  static_assert(Size <= 9);
  return (raw::load(at) & raw::first_bytes(Size - 1)) == word_of({text, Size - 1});
}

/// Adds a key to those that an object has had. Returns false when it was there.
template <class Key>
bool add(std::uint32_t& seen, Key key) {
  std::uint32_t const before = seen;
  seen |= std::uint32_t{1} << static_cast<unsigned>(key);
  return seen != before;
}

template <class Key>
bool has(std::uint32_t seen, Key key) {
  return ((seen >> static_cast<unsigned>(key)) & 1U) != 0;
}

std::vector<std::string_view> input_names(ir::Model const& model) {
  std::vector<std::string_view> names;
  for (std::size_t i = ir::days_in_level_var + 1; i < model.inputs.size(); ++i)
    names.emplace_back(model.inputs[i].name);
  return names;
}

std::vector<std::string_view> level_names(ir::Model const& model) {
  std::vector<std::string_view> names;
  for (ir::Level const& level : model.levels) names.emplace_back(level.name);
  return names;
}

}  // namespace

RegularReader::RegularReader(std::shared_ptr<program::Program const> program)
    : program_(std::move(program)),
      levels_(level_names(*program_->model)),
      reasons_(unknown_words),
      top_keys_(top_keys),
      part_keys_(part_keys),
      answer_keys_{RawKeys(input_names(*program_->model)), RawKeys(input_names(*program_->model))},
      assessment_(AssessmentAccess::make(program_, Date{})),
      codes_(AssessmentAccess::codes(assessment_)),
      answered_(program_->model->inputs.size()) {
  for (program::InputForm const& form : program_->forms) {
    forms_.push_back({form, static_cast<std::uint32_t>(values_.size())});
    values_.emplace_back(program_->model->inputs[forms_.size() - 1].values);
  }
}

bool RegularReader::read(std::string_view json) {
  forget();
  At const end = json.data() + json.size();
  At const at = object(json.data());
  return at != nullptr && at <= end && skip_blanks(at) >= end && settle();
}

void RegularReader::forget() {
  std::fill(codes_.begin(), codes_.end(), AssessmentAccess::unknown);
  AssessmentAccess::previous(assessment_) = Assessment::Previous::unknown;
  id_ = {};
  dated_ = false;
  pending_.clear();
  if (AssessmentAccess::told(assessment_) != nullptr) AssessmentAccess::tell(assessment_).clear();
}

/// What can be checked only when all is read.
bool RegularReader::settle() {
  if (!dated_) return false;
  std::int32_t const today = assessment_.date().days;
  for (PendingDay const& pending : pending_) {
    std::int32_t const ago = today - pending.day;
    if (ago < 0 || (!pending.on && ago > ir::most_days)) return false;
    if (pending.on) {
      AssessmentAccess::tell(assessment_).answered_on[pending.place] = ago;
    } else {
      codes_[pending.place] = ago;
    }
  }
  return !days_without_level(codes_[ir::current_level_var], codes_[ir::days_in_level_var]);
}

// ---- objects and lists
// ------------------------------------------------------------------------------------------------

/// What stands behind the opening bracket of an object, its closing one included.
template <class Field>
RegularReader::At RegularReader::fields(At at, RawKeys& keys, Field field) {
  at = skip_blanks(at);
  if (*at == '}') return at + 1;
  for (std::uint32_t key = keys.start();;) {
    key = keys.find(at, key);
    if (key == RawKeys::none) return nullptr;
    at = field(at, key);
    if (at == nullptr) return nullptr;
    if (*at != ',') at = skip_blanks(at);
    if (*at == '}') return at + 1;
    if (*at != ',') return nullptr;
    at = skip_blanks(at + 1);
  }
}

/// A whole list.
template <class Item>
RegularReader::At RegularReader::items(At at, Item item) {
  if (*at != '[') return nullptr;
  at = skip_blanks(at + 1);
  if (*at == ']') return at + 1;
  for (;;) {
    at = item(at);
    if (at == nullptr) return nullptr;
    at = skip_blanks(at);
    if (*at == ']') return at + 1;
    if (*at != ',') return nullptr;
    at = skip_blanks(at + 1);
  }
}

// ---- the keys of an assessment
// ----------------------------------------------------------------------------------------

RegularReader::At RegularReader::object(At at) {
  at = skip_blanks(at);
  if (*at != '{') return nullptr;
  std::uint32_t seen = 0;
  return fields(at + 1, top_keys_, [&](At value, std::uint32_t key) -> At {
    return add(seen, key) ? top_field(value, static_cast<TopKey>(key)) : nullptr;
  });
}

RegularReader::At RegularReader::top_field(At at, TopKey key) {
  switch (key) {
    case TopKey::id:
      return id(at);
    case TopKey::assessment_date:
      return assessment_date(at);
    case TopKey::current_level:
      return built_in(at, ir::current_level_var);
    case TopKey::days_in_level:
      return built_in(at, ir::days_in_level_var);
    case TopKey::answers:
      return *at == '{' ? section(at + 1, false) : nullptr;
    case TopKey::previous:
      AssessmentAccess::previous(assessment_) = *at == '{' ? Assessment::Previous::given : Assessment::Previous::none;
      if (*at == '{') return section(at + 1, true);
      return stands("null", at) ? at + 4 : nullptr;
    case TopKey::unavailable:
      return unavailable(at);
  }
  return nullptr;
}

RegularReader::At RegularReader::id(At at) {
  if (stands("null", at)) return at + 4;
  At end = at;
  if (*at == '"') {
    bool ascii = true;
    for (++end;; ++end) {
      while (unsigned const plain = raw::plain(end)) end += plain;
      if (static_cast<unsigned char>(*end) < 0x80) break;
      ascii = false;
    }
    if (*end != '"') return nullptr;
    if (!ascii && !simdjson::validate_utf8(at + 1, static_cast<std::size_t>(end - at - 1))) return nullptr;
    ++end;
  } else {
    while (*end > ' ' && *end != ',' && *end != '}') ++end;
    if (!is_json_number({at, static_cast<std::size_t>(end - at)})) return nullptr;
  }
  id_ = {at, static_cast<std::size_t>(end - at)};
  return end;
}

RegularReader::At RegularReader::assessment_date(At at) {
  if (*at != '"') return nullptr;
  std::array<std::uint64_t, 2> const text{raw::load(at + 1), raw::load(at + 3)};  // ten bytes
  if (text != last_date_text_) {
    std::optional<Date> const date = parse_date({at + 1, 10});
    if (!date) return nullptr;
    last_date_text_ = text;
    last_date_ = *date;
  }
  AssessmentAccess::date(assessment_) = last_date_;
  dated_ = true;
  return at[11] == '"' ? at + 12 : nullptr;
}

RegularReader::At RegularReader::built_in(At at, ir::VarId var) {
  return stands("null", at) ? at + 4 : bare(at, forms_[var], {var, false});
}

RegularReader::At RegularReader::section(At at, bool previous) {
  ++sections_;
  return fields(at, answer_keys_[previous ? 1 : 0], [&](At value, std::uint32_t key) -> At {
    std::uint32_t const input = key + ir::days_in_level_var + 1;
    if (answered_[input] == sections_) return nullptr;
    answered_[input] = sections_;
    return answer(value, {input, previous});
  });
}

RegularReader::At RegularReader::unavailable(At at) {
  std::uint64_t& levels = AssessmentAccess::tell(assessment_).unavailable;
  return items(at, [&](At item) -> At {
    RawValues::Found const found = levels_.find(item);
    std::uint64_t const bit = std::uint64_t{1} << found.value;
    if (found.size == 0 || (levels & bit) != 0) return nullptr;
    levels |= bit;
    return item + found.size;
  });
}

// ---- one answer
// -------------------------------------------------------------------------------------------------------

inline RegularReader::At RegularReader::answer(At at, Asked asked) {
  Form const& form = forms_[asked.input];
  if (*at == '{') return answer_object(at + 1, form, asked);
  return *at == 'n' && stands("null", at) ? at + 4 : bare(at, form, asked);
}

inline RegularReader::At RegularReader::bare(At at, Form const& form, Asked asked) {
  CodeType& code = codes_[form.first(asked.previous)];
  switch (form.kind) {
    case ir::InputKind::yes_no:
      return yes_no(at, code);
    case ir::InputKind::level:
    case ir::InputKind::scale:
    case ir::InputKind::choice:
      return named(at, form, code);
    case ir::InputKind::number:
      return number(at, form, code);
    case ir::InputKind::date:
      return date(at, form, asked);
    case ir::InputKind::set:
      return set(at, form, asked);
  }
  return nullptr;
}

RegularReader::At RegularReader::yes_no(At at, CodeType& code) {
  bool const yes = stands("true", at);
  code = yes ? 1 : 0;
  return yes || stands("false", at) ? at + (yes ? 4 : 5) : nullptr;
}

inline RegularReader::At RegularReader::named(At at, Form const& form, CodeType& code) const {
  RawValues::Found const found = values_[form.values].find(at);
  code = static_cast<CodeType>(found.value);
  return found.size != 0 ? at + found.size : nullptr;
}

/// Up to eight digits before and behind the point. One more is where a comma or a bracket should be.
RegularReader::At RegularReader::number(At at, Form const& form, CodeType& code) {
  bool const negative = *at == '-';
  if (negative) ++at;
  raw::Digits const digits = raw::digits(at);
  if (digits.count == 0 || (*at == '0' && digits.count > 1)) return nullptr;
  std::uint64_t scaled = raw::whole(digits) * static_cast<std::uint64_t>(Decimal::one);
  at += digits.count;
  if (*at == '.') {
    raw::Digits const decimals = raw::digits(++at);
    if (decimals.count == 0) return nullptr;
    scaled += raw::fraction(decimals);
    at += decimals.count;
  }
  if (negative) scaled = 0 - scaled;
  std::uint64_t const steps = form.number.code(scaled);
  code = static_cast<CodeType>(steps);
  return steps <= form.most ? at : nullptr;
}

RegularReader::At RegularReader::day(At at, std::int32_t& day) {
  if (*at != '"') return nullptr;
  std::optional<Date> const date = parse_date({at + 1, 10});
  if (!date || at[11] != '"') return nullptr;
  day = date->days;
  return at + 12;
}

RegularReader::At RegularReader::date(At at, Form const& form, Asked asked) {
  std::uint32_t const place = form.first(asked.previous);
  if (form.or_never && stands("\"never\"", at)) {
    codes_[place] = static_cast<CodeType>(ir::never_code);
    return at + 7;
  }
  std::int32_t given = 0;
  at = day(at, given);
  if (at != nullptr) pending_.push_back({place, given, false});
  return at;
}

RegularReader::At RegularReader::set(At at, Form const& form, Asked asked) {
  at = members(at, form, asked, 1);
  auto const first = codes_.begin() + form.first(asked.previous);
  std::replace(first, first + form.width, AssessmentAccess::unknown, CodeType{0});
  return at;
}

RegularReader::At RegularReader::members(At at, Form const& form, Asked asked, CodeType present) {
  std::uint32_t const first = form.first(asked.previous);
  return items(at, [&](At item) -> At {
    RawValues::Found const found = values_[form.values].find(item);
    if (found.size == 0) return nullptr;
    CodeType& code = codes_[first + found.value];
    if (code != AssessmentAccess::unknown) return nullptr;
    code = present;
    return item + found.size;
  });
}

/// Behind the opening bracket.
RegularReader::At RegularReader::answer_object(At at, Form const& form, Asked asked) {
  std::uint32_t seen = 0;
  at = fields(at, part_keys_, [&](At value, std::uint32_t key) -> At {
    return add(seen, key) ? part(value, form, asked, static_cast<PartKey>(key)) : nullptr;
  });
  bool const has_parts = has(seen, PartKey::includes) || has(seen, PartKey::excludes);
  bool const has_value = has(seen, PartKey::value);
  bool const one = int{has_parts} + int{has_value} + int{has(seen, PartKey::unknown)} == 1;
  return one && (has_value || !has(seen, PartKey::on)) ? at : nullptr;
}

RegularReader::At RegularReader::part(At at, Form const& form, Asked asked, PartKey key) {
  bool const of_set = form.kind == ir::InputKind::set;
  switch (key) {
    case PartKey::value:
      return of_set && *at == '{' ? partly_known(at + 1, form, asked) : bare(at, form, asked);
    case PartKey::on:
      return answered_on(at, asked);
    case PartKey::unknown:
      return reason(at, asked);
    case PartKey::includes:
      return of_set ? members(at, form, asked, 1) : nullptr;
    case PartKey::excludes:
      return of_set ? members(at, form, asked, 0) : nullptr;
  }
  return nullptr;
}

/// `{ "includes": …, "excludes": … }` under `value`, behind the opening bracket.
RegularReader::At RegularReader::partly_known(At at, Form const& form, Asked asked) {
  std::uint32_t seen = 0;
  at = fields(at, part_keys_, [&](At value, std::uint32_t key) -> At {
    bool const includes = key == static_cast<std::uint32_t>(PartKey::includes);
    bool const excludes = key == static_cast<std::uint32_t>(PartKey::excludes);
    return (includes || excludes) && add(seen, key) ? members(value, form, asked, includes ? 1 : 0) : nullptr;
  });
  return seen != 0 ? at : nullptr;
}

RegularReader::At RegularReader::answered_on(At at, Asked asked) {
  std::int32_t given = 0;
  at = day(at, given);
  if (at != nullptr) pending_.push_back({record(asked), given, true});
  return at;
}

RegularReader::At RegularReader::reason(At at, Asked asked) {
  RawValues::Found const found = reasons_.find(at);
  if (found.size == 0) return nullptr;
  AssessmentAccess::tell(assessment_).reasons[record(asked)] = static_cast<std::uint8_t>(found.value + 1);
  return at + found.size;
}

}  // namespace carestep::data

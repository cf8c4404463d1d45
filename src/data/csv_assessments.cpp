#include "data/csv_assessments.hpp"

#include <carestep/csv.hpp>

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "data/json_token.hpp"
#include "data/values.hpp"

namespace carestep::data {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view previous_prefix = "previous.";
constexpr std::array<std::string_view, 3> part_suffixes{"", ".on", ".unknown"};

std::string_view without_blanks(std::string_view text) {
  std::size_t const begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Whether a cell says a word, in any case: spreadsheets shout `TRUE`.
bool says(std::string_view text, std::string_view word) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return text.size() == word.size() &&
         std::equal(text.begin(), text.end(), word.begin(), [&](char a, char b) { return lower(a) == b; });
}

/// As a JSON string. Bytes that are no UTF-8 stay, for the reader to refuse.
void append_text(std::string& json, std::string_view text) {
  json += '"';
  for (char const c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      if (c == '"' || c == '\\') json += '\\';
      json += c;
    }
  }
  json += '"';
}

/// A comma before all but the first key.
void append_key(std::string& json, std::string_view key) {
  if (json.back() != '{') json += ',';
  json += '"';
  json += key;
  json += "\":";
}

Refusal refuse_column(Code code, std::string_view column, std::string message) {
  return {std::string(code_text(code)), std::string(column), std::move(message)};
}

}  // namespace

// ---- the header
// -------------------------------------------------------------------------------------------------------

CsvAssessments::CsvAssessments(program::Program const& program, std::string_view header, std::vector<Refusal>& refusals)
    : program_(&program), separator_(csv_separator(header)) {
  if (header.starts_with(byte_order_mark)) header.remove_prefix(byte_order_mark.size());
  if (!cells_.split(header, separator_)) {
    refusals.push_back(refuse_column(Code::malformed_json, {}, "the quotes of the header do not close"));
    return;
  }
  columns_ = cells_.size();
  for (std::size_t column = 0; column < columns_; ++column)
    if (without_blanks(cells_[column]) == "assessment_date") date_ = column;
  if (date_ == absent) {  // then it may be no header but somebody's answers: nothing of it is shown
    refusals.push_back(
        refuse_column(Code::missing_key, "assessment_date", "required: the first row has no such column"));
    return;
  }
  date_ = absent;
  for (std::size_t column = 0; column < columns_; ++column)
    if (auto refusal = place(without_blanks(cells_[column]), column)) refusals.push_back(*std::move(refusal));
}

std::optional<Refusal> CsvAssessments::place(std::string_view name, std::size_t column) {
  struct Known {
    std::string_view name;
    std::size_t* column;
  };
  std::array<Known, 6> const known{{{"id", &id_},
                                    {"assessment_date", &date_},
                                    {"current_level", &built_in_[ir::current_level_var]},
                                    {"days_in_level", &built_in_[ir::days_in_level_var]},
                                    {"previous", &previous_},
                                    {"unavailable", &unavailable_}}};
  auto const found = std::find_if(known.begin(), known.end(), [&](Known const& one) { return one.name == name; });
  if (found == known.end()) return place_answer(name, column);
  if (*found->column != absent) return refuse_column(Code::repeated_key, name, "there are two columns of this name");
  *found->column = column;
  return std::nullopt;
}

std::optional<Refusal> CsvAssessments::place_answer(std::string_view name, std::size_t column) {
  bool const previous = name.starts_with(previous_prefix);
  std::string_view input = previous ? name.substr(previous_prefix.size()) : name;
  Part part = Part::value;
  for (std::size_t i = 1; i < part_suffixes.size(); ++i) {
    if (!input.ends_with(part_suffixes[i])) continue;
    input.remove_suffix(part_suffixes[i].size());
    part = static_cast<Part>(i);
  }
  auto const found = program_->input_by_name.find(input);
  if (found == program_->input_by_name.end() || found->second <= ir::days_in_level_var) {
    Refusal refusal = refuse_input_name(*program_->model, previous, input);
    refusal.path = column_of(refusal.path);
    return refusal;
  }
  std::vector<Answer>& answers = previous ? previous_answers_ : answers_;
  auto answer = std::find_if(answers.begin(), answers.end(), [&](Answer const& a) { return a.input == found->second; });
  if (answer == answers.end()) answer = answers.insert(answers.end(), {found->second, {}});
  bool const twice =
      std::any_of(answer->cells.begin(), answer->cells.end(), [&](Cell const& cell) { return cell.part == part; });
  if (twice) return refuse_column(Code::repeated_key, name, "there are two columns of this name");
  answer->cells.push_back({column, part});
  return std::nullopt;
}

// ---- a row
// ------------------------------------------------------------------------------------------------------------

std::string_view CsvAssessments::cell(std::size_t column) const {
  return column == absent ? std::string_view() : without_blanks(cells_[column]);
}

std::optional<Refusal> CsvAssessments::to_json(std::string_view row, std::string& json) {
  json = "{";
  if (!cells_.split(row, separator_))
    return refuse_column(Code::malformed_json, {}, "a quote is not closed, or something stands behind its end");
  if (cells_.size() != columns_)
    return refuse_column(Code::malformed_json, {},
                         fmt::format("expected {} cells as in the header, found {}", columns_, cells_.size()));
  write_id(json);
  if (std::string_view const date = cell(date_); !date.empty()) {
    append_key(json, "assessment_date");
    append_text(json, date);
  }
  write_built_in(json, ir::current_level_var);
  write_built_in(json, ir::days_in_level_var);
  write_answers(json, "answers", answers_);
  std::string_view const previous = cell(previous_);
  bool const none = says(previous, "none");
  if (!none && !previous.empty()) return refuse_column(Code::wrong_type, "previous", "expected `none`, or nothing");
  bool const given = write_answers(json, "previous", previous_answers_);
  if (none && given)
    return refuse_column(Code::unclear_answer, "previous", "`none`, but there are answers of a previous assessment");
  if (none) append_key(json, "previous"), json += "null";
  if (std::string_view const levels = cell(unavailable_); !levels.empty()) {
    append_key(json, "unavailable");
    write_list(json, levels);
  }
  json += '}';
  return std::nullopt;
}

void CsvAssessments::write_id(std::string& json) {
  if (id_ == absent || cells_[id_].empty()) return;
  append_key(json, "id");
  if (is_json_number(cells_[id_])) {
    json += cells_[id_];
  } else {
    append_text(json, cells_[id_]);
  }
}

void CsvAssessments::write_built_in(std::string& json, ir::VarId var) {
  std::string_view const text = cell(built_in_[var]);
  if (text.empty()) return;
  ir::Input const& input = program_->model->inputs[var];
  append_key(json, input.name);
  write_value(json, input, text);
}

/// Returns whether there was any answer.
bool CsvAssessments::write_answers(std::string& json, std::string_view key, std::vector<Answer> const& answers) {
  std::size_t const before = json.size();
  append_key(json, key);
  json += '{';
  bool any = false;
  for (Answer const& answer : answers) any = write_answer(json, answer) || any;
  json += '}';
  if (!any) json.resize(before);
  return any;
}

/// As a bare value, or as an object where there is more to say than a value.
bool CsvAssessments::write_answer(std::string& json, Answer const& answer) {
  ir::Input const& input = program_->model->inputs[answer.input];
  std::array<std::string_view, part_suffixes.size()> parts;
  for (Cell const& one : answer.cells) parts[static_cast<std::size_t>(one.part)] = cell(one.column);
  auto const& [value, on, unknown] = parts;
  if (value.empty() && on.empty() && unknown.empty()) return false;
  append_key(json, input.name);
  if (on.empty() && unknown.empty()) {
    write_value(json, input, value);
    return true;
  }
  json += '{';
  if (!value.empty()) append_key(json, "value"), write_value(json, input, value);
  if (!on.empty()) append_key(json, "on"), append_text(json, on);
  if (!unknown.empty()) append_key(json, "unknown"), append_text(json, unknown);
  json += '}';
  return true;
}

/// What is none of the forms of its input becomes a text, which its input refuses.
void CsvAssessments::write_value(std::string& json, ir::Input const& input, std::string_view text) const {
  switch (input.kind) {
    case ir::InputKind::yes_no:
      if (says(text, "true") || says(text, "yes")) {
        json += "true";
      } else if (says(text, "false") || says(text, "no")) {
        json += "false";
      } else {
        append_text(json, text);
      }
      return;
    case ir::InputKind::number:
      return write_number(json, text);
    case ir::InputKind::set: {
      bool const member = std::find(input.values.begin(), input.values.end(), "none") != input.values.end();
      return write_list(json, text == "none" && !member ? std::string_view() : text);
    }
    case ir::InputKind::level:
    case ir::InputKind::scale:
    case ir::InputKind::choice:
    case ir::InputKind::date:
      return append_text(json, text);
  }
}

/// Where semicolons separate the cells, a number may have a comma for its point.
void CsvAssessments::write_number(std::string& json, std::string_view text) const {
  std::size_t const begin = json.size();
  json += text;
  if (separator_ == ';') {
    std::size_t const comma = json.find(',', begin);
    if (comma != std::string::npos) json[comma] = '.';
  }
  if (is_json_number(std::string_view(json).substr(begin))) return;
  json.resize(begin);
  append_text(json, text);
}

void CsvAssessments::write_list(std::string& json, std::string_view text) const {
  json += '[';
  while (!text.empty()) {
    std::size_t const end = std::min(text.find(';'), text.size());
    if (json.back() != '[') json += ',';
    append_text(json, without_blanks(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  json += ']';
}

std::string CsvAssessments::column_of(std::string_view path) {
  if (path == "answers") return {};
  if (path.starts_with("answers.")) path.remove_prefix(8);
  path = path.substr(0, path.find('['));
  if (path.ends_with(".value")) path.remove_suffix(6);
  return std::string(path);
}

}  // namespace carestep::data

#include "data/csv_text.hpp"

#include <carestep/csv.hpp>

#include <algorithm>
#include <array>

namespace carestep::data {
namespace {

std::string_view without_line_break(std::string_view row) {
  if (row.ends_with('\n')) row.remove_suffix(1);
  if (row.ends_with('\r')) row.remove_suffix(1);
  return row;
}

bool starts_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
}

}  // namespace

/// Takes a cell behind its opening quote, up to what stands behind the closing one.
bool CsvCells::take_quoted(std::string_view& rest) {
  std::size_t end = rest.find('"');
  if (end == std::string_view::npos) return false;
  if (!rest.substr(end).starts_with("\"\"")) {
    cells_.push_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    return true;
  }
  std::string& text = kept_[kept_count_++];
  text.clear();
  for (; rest.substr(end).starts_with("\"\""); end = rest.find('"')) {
    text += rest.substr(0, end + 1);
    rest.remove_prefix(end + 2);
    if (rest.find('"') == std::string_view::npos) return false;
  }
  text += rest.substr(0, end);
  rest.remove_prefix(end + 1);
  cells_.emplace_back(text);
  return true;
}

bool CsvCells::split(std::string_view row, char separator) {
  cells_.clear();
  kept_count_ = 0;
  row = without_line_break(row);
  kept_.resize(std::max(kept_.size(), static_cast<std::size_t>(std::count(row.begin(), row.end(), separator)) + 1));
  for (;;) {
    if (row.starts_with('"')) {
      row.remove_prefix(1);
      if (!take_quoted(row) || (!row.empty() && row[0] != separator)) return false;
    } else {
      std::size_t const end = std::min(row.find(separator), row.size());
      cells_.push_back(row.substr(0, end));
      row.remove_prefix(end);
    }
    if (row.empty()) return true;
    row.remove_prefix(1);
  }
}

void append_csv_cell(std::string& row, std::string_view text, char separator) {
  std::array<char, 5> const special{separator, '"', '\r', '\n', '\0'};
  bool const formula = starts_formula(text);
  bool const quoted = formula || text.find_first_of({special.data(), 4}) != std::string_view::npos ||
                      text.starts_with(' ') || text.ends_with(' ');
  if (quoted) row += '"';
  if (formula) row += '\'';
  if (!quoted) {
    row += text;
    return;
  }
  for (char const c : text) row.append(c == '"' ? 2 : 1, c);
  row += '"';
}

}  // namespace carestep::data

namespace carestep {

char csv_separator(std::string_view header) noexcept {
  header = header.substr(0, header.find('\n'));
  char separator = ',';
  std::ptrdiff_t most = 0;
  for (char const candidate : {',', ';', '\t'}) {
    std::ptrdiff_t const count = std::count(header.begin(), header.end(), candidate);
    if (count > most) separator = candidate, most = count;
  }
  return separator;
}

std::size_t csv_row_size(std::string_view text, char separator) noexcept {
  std::size_t const line = text.find('\n');
  if (text.substr(0, line).find('"') == std::string_view::npos) return line == std::string_view::npos ? line : line + 1;
  bool quoted = false;
  bool cell_begins = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (quoted) {
      quoted = c != '"';  // the second of two opens it again
      cell_begins = !quoted;
    } else if (c == '"' && cell_begins) {
      quoted = true;
    } else if (c == '\n') {
      return i + 1;
    } else {
      cell_begins = c == separator;
    }
  }
  return std::string_view::npos;
}

bool csv_row_blank(std::string_view row, char separator) noexcept {
  return std::all_of(row.begin(), row.end(),
                     [&](char c) { return c == separator || c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
}

}  // namespace carestep

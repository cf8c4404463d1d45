#pragma once

#include <carestep/ruleset.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Assessments and decisions as rows of a CSV file: the forms of docs/data.md.

namespace carestep {

/// What separates the cells of a file: a comma, a semicolon or a tab, whichever its header has most of.
char csv_separator(std::string_view header) noexcept;

/// How long the first row of a text is, its line break included. Line breaks in quotes do not end it.
///
/// Returns  `npos` when no line break ends it.
std::size_t csv_row_size(std::string_view text, char separator) noexcept;

/// Reads the rows of one CSV file as assessments of one ruleset.
///
/// Shape    a refusal's `path` is the row's line and the column: `line 12, column phq9`.
/// Threads  one at a time; make one a thread.
class CsvReader {
 public:
  /// `header` is the first row.
  ///
  /// Errors   a column that stands for nothing, stands there twice, or is missing; each with its code.
  static Result<CsvReader, std::vector<Refusal>> make(Ruleset const& rules, std::string_view header);
  CsvReader(CsvReader&&) noexcept;
  CsvReader& operator=(CsvReader&&) noexcept;
  ~CsvReader();

  /// Reads a row that starts on this line of the file, from 1.
  ///
  /// Returns  whether it was read: then `assessment` and `id` hold it until the next call, else `refused` says why.
  [[nodiscard]] bool read(std::string_view row, std::size_t line);

  [[nodiscard]] Assessment const& assessment() const noexcept;
  /// As JSON: a number where it is one, else a text; empty where there was none.
  [[nodiscard]] std::string_view id() const noexcept;
  [[nodiscard]] RefusedAssessment const& refused() const noexcept;

  /// Where something stands in the row that was read last: `answers.phq9` is `line 12, column phq9`.
  [[nodiscard]] std::string place(std::string_view path) const;

 private:
  struct State;
  explicit CsvReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Whether nothing is in any cell of a row: what spreadsheets write below the last one.
bool csv_row_blank(std::string_view row, char separator) noexcept;

/// Writes decisions as rows. A text that a spreadsheet would take for a formula gets an apostrophe in front.
///
/// Threads  const; safe from many threads at once.
class CsvWriter {
 public:
  explicit CsvWriter(Ruleset const& rules, bool brief = false, char separator = ',');

  /// The names of the columns, with a line break.
  [[nodiscard]] std::string header() const;
  /// Adds a decision to `out` as one row, with a line break. `id` is JSON as it came.
  void append(std::string& out, Decision const& decision, std::string_view id = {}) const;

 private:
  Ruleset rules_;
  bool brief_;
  char separator_;
};

}  // namespace carestep

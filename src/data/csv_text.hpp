#pragma once

// The rows and cells of CSV (RFC 4180). A quote opens a cell only where the cell begins; inside one it is written
// twice.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace carestep::data {

/// The cells of one row, and what their quotes held.
class CsvCells {
 public:
  /// Views into `row`, or into what this keeps of cells with doubled quotes; until the next call.
  ///
  /// Returns  false when a quote is not closed, or something stands behind a closing one.
  bool split(std::string_view row, char separator);

  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t which) const { return cells_[which]; }

 private:
  bool take_quoted(std::string_view& rest);

  std::vector<std::string_view> cells_;
  std::vector<std::string> kept_;
  std::size_t kept_count_ = 0;
};

/// Adds a cell to a row: in quotes where it needs them, and never one that a spreadsheet would take for a formula.
void append_csv_cell(std::string& row, std::string_view text, char separator);

}  // namespace carestep::data

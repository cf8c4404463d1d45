#pragma once

#include <carestep/assessment.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/csv_text.hpp"
#include "program/program.hpp"

namespace carestep::data {

/// What the columns of a CSV file stand for; turns its rows into the JSON of assessments, so that both forms are read
/// and refused by one reader.
///
/// Threads  one at a time.
class CsvAssessments {
 public:
  /// Errors   in `refusals`: columns that stand for nothing, stand there twice, or are missing.
  CsvAssessments(program::Program const& program, std::string_view header, std::vector<Refusal>& refusals);

  /// Writes the row as a JSON object in the place of what `json` held.
  ///
  /// Returns  why it cannot be one; `path` is the column's name.
  std::optional<Refusal> to_json(std::string_view row, std::string& json);

  /// The name of the column where a path of the JSON object stands; empty when it is no column.
  [[nodiscard]] static std::string column_of(std::string_view path);

 private:
  /// What a column says of an answer.
  enum class Part : std::uint8_t { value, on, unknown };
  struct Cell {
    std::size_t column = 0;
    Part part = Part::value;
  };
  /// An answer, and the columns that speak of it.
  struct Answer {
    ir::Index input = 0;
    std::vector<Cell> cells;
  };
  static constexpr std::size_t absent = ~std::size_t{0};

  std::optional<Refusal> place(std::string_view name, std::size_t column);
  std::optional<Refusal> place_answer(std::string_view name, std::size_t column);
  void write_id(std::string& json);
  void write_built_in(std::string& json, ir::VarId var);
  bool write_answers(std::string& json, std::string_view key, std::vector<Answer> const& answers);
  bool write_answer(std::string& json, Answer const& answer);
  void write_value(std::string& json, ir::Input const& input, std::string_view text) const;
  void write_number(std::string& json, std::string_view text) const;
  void write_list(std::string& json, std::string_view text) const;
  [[nodiscard]] std::string_view cell(std::size_t column) const;

  program::Program const* program_;
  char separator_;
  CsvCells cells_;
  std::size_t columns_ = 0;
  std::size_t id_ = absent;
  std::size_t date_ = absent;
  std::size_t built_in_[2] = {absent, absent};
  std::size_t previous_ = absent;
  std::size_t unavailable_ = absent;
  std::vector<Answer> answers_;
  std::vector<Answer> previous_answers_;
};

}  // namespace carestep::data

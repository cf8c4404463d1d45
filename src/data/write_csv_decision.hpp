#pragma once

#include <carestep/decision.hpp>

#include <string>
#include <string_view>

#include "data/write_decision.hpp"
#include "ir/model.hpp"

namespace carestep::data {

struct CsvForm {
  bool brief = false;
  char separator = ',';
};

/// The names of the columns, with a line break.
std::string csv_decision_header(CsvForm const& form);

/// Adds a decision as one row, its columns in the order of the header, with a line break. Lists are joined by `;`.
void append_csv_decision(std::string& out, ir::Model const& model, RulesetIdentity const& ruleset,
                         Decision const& decision, std::string_view id, CsvForm const& form);

}  // namespace carestep::data

#include <carestep/csv.hpp>
#include <carestep/stream.hpp>

#include <fmt/format.h>

#include "api/ruleset_state.hpp"
#include "data/csv_assessments.hpp"
#include "data/write_csv_decision.hpp"

namespace carestep {

// ---- reading
// ----------------------------------------------------------------------------------------------------------

struct CsvReader::State {
  State(Ruleset const& rules, std::string_view header, std::vector<Refusal>& refusals)
      : rows(*RulesetAccess::state(rules).program, header, refusals), reader(rules) {}

  data::CsvAssessments rows;
  AssessmentReader reader;
  std::string json;
  RefusedAssessment refused;
  std::size_t line = 0;
};

CsvReader::CsvReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

Result<CsvReader, std::vector<Refusal>> CsvReader::make(Ruleset const& rules, std::string_view header) {
  std::vector<Refusal> refusals;
  auto state = std::make_unique<State>(rules, header, refusals);
  if (!refusals.empty()) return refusals;
  return CsvReader(std::move(state));
}

bool CsvReader::read(std::string_view row, std::size_t line) {
  State& state = *state_;
  state.line = line;
  if (auto refusal = state.rows.to_json(row, state.json)) {
    state.refused = {{*std::move(refusal)}, {}};
  } else {
    std::size_t const size = state.json.size();
    state.json.append(AssessmentReader::padding + 1, '\0');
    if (state.reader.read_in_place(std::string_view(state.json).substr(0, size))) return true;
    state.refused = state.reader.refused();
  }
  for (Refusal& one : state.refused.refusals) one.path = place(one.path);
  return false;
}

std::string CsvReader::place(std::string_view path) const {
  std::string const column = data::CsvAssessments::column_of(path);
  return column.empty() ? fmt::format("line {}", state_->line)
                        : fmt::format("line {}, column {}", state_->line, column);
}

Assessment const& CsvReader::assessment() const noexcept {
  return state_->reader.assessment();
}
std::string_view CsvReader::id() const noexcept {
  return state_->reader.id();
}
RefusedAssessment const& CsvReader::refused() const noexcept {
  return state_->refused;
}

// ---- writing
// ----------------------------------------------------------------------------------------------------------

CsvWriter::CsvWriter(Ruleset const& rules, bool brief, char separator)
    : rules_(rules), brief_(brief), separator_(separator) {}

std::string CsvWriter::header() const {
  return data::csv_decision_header({brief_, separator_});
}

void CsvWriter::append(std::string& out, Decision const& decision, std::string_view id) const {
  data::RulesetIdentity const ruleset{rules_.name(), rules_.version(), rules_.status(), rules_.sha256()};
  data::append_csv_decision(out, *RulesetAccess::state(rules_).model, ruleset, decision, id, {brief_, separator_});
}

}  // namespace carestep

#include "diag/code.hpp"

#include <array>

namespace carestep {
namespace {

struct Row {
  std::string_view text;
  Severity severity;
};

constexpr std::array rows{
#define CARESTEP_CODE(number, name, severity) Row{#number, Severity::severity},
#include "diag/codes.def"
#undef CARESTEP_CODE
};

}  // namespace

std::string_view code_text(Code code) noexcept { return rows[static_cast<std::size_t>(code)].text; }
Severity code_severity(Code code) noexcept { return rows[static_cast<std::size_t>(code)].severity; }

std::vector<std::string_view> diagnostic_codes() {
  std::vector<std::string_view> codes;
  for (Row const& row : rows) codes.push_back(row.text);
  return codes;
}

bool has_errors(Diagnostics const& diagnostics) noexcept {
  for (Diagnostic const& diagnostic : diagnostics)
    if (diagnostic.severity == Severity::error) return true;
  return false;
}

}  // namespace carestep

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace carestep {

enum class Severity : std::uint8_t { error, warning };

/// A stretch of a rule file.
///
/// Units    lines and columns count from 1, columns in Unicode code points; the end is the place just behind.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  /// The whole source line that `line` names, without its line break: what a caret is drawn under.
  std::string source_line;
};

/// A second place that helps to understand a diagnostic ("first declared here").
struct Related {
  std::string message;
  Place place;
};

/// One finding about a rule file, in its author's words.
///
/// Shape    `code` is stable for ever (`E0203`, `W0101`) and has a page (`diagnostic_page`); `help` may be empty;
///          `replacement` is the text that put in the place of the span mends the file, where there is one.
struct Diagnostic {
  std::string code;
  Severity severity = Severity::error;
  std::string message;
  Place place;
  std::string help;
  std::string replacement;
  std::vector<Related> related;
};

using Diagnostics = std::vector<Diagnostic>;

bool has_errors(Diagnostics const& diagnostics) noexcept;

/// The diagnostics for people: message, source line with carets, help. `colour` adds ANSI colours.
std::string diagnostics_text(Diagnostics const& diagnostics, bool colour = false);

/// `{"diagnostics":[…]}`, one line.
std::string diagnostics_json(Diagnostics const& diagnostics);

/// A SARIF 2.1.0 log with one run.
std::string diagnostics_sarif(Diagnostics const& diagnostics);

/// The page that explains a code: what it means, a wrong and a right example. Empty for an unknown code.
std::string diagnostic_page(std::string_view code);

/// Every code that this engine can give, in order.
std::vector<std::string_view> diagnostic_codes();

}  // namespace carestep

#pragma once

// One function and one struct of options for each subcommand; main.cpp reads the options. Each function returns the
// exit status, or throws UsageError or SystemError.

#include <carestep/carestep.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace carestep::cli {

/// Where a ruleset comes from.
struct RulesSource {
  std::string file;  // `-`: standard input
  std::string root;  // the folder that `use` may not leave; the file's own where empty
};

enum class DiagnosticFormat : std::uint8_t { text, json, sarif };
struct CheckOptions {
  std::vector<std::string> files;
  std::string root;
  DiagnosticFormat format = DiagnosticFormat::text;
  bool strict = false;
};
int run_check(CheckOptions const& options);

struct FmtOptions {
  std::vector<std::string> files;
  bool write = false;
  bool check = false;
};
int run_fmt(FmtOptions const& options);

enum class BatchFormat : std::uint8_t { ndjson, csv, text };
/// What assessments are written in: told by the file's name or its beginning where it is not said.
enum class InputFormat : std::uint8_t { told, ndjson, csv };
struct DecideCommand {
  RulesSource rules;
  std::string file = "-";
  InputFormat input_format = InputFormat::told;
  BatchFormat format = BatchFormat::ndjson;
  bool brief = false;
  bool explain = false;
  unsigned jobs = 0;  // 0: as many as there are processors
  std::string out;
  bool resume = false;
  DecideOptions options;
};
int run_decide(DecideCommand const& command);

enum class ReportFormat : std::uint8_t { text, markdown, html, json };
struct ExplainCommand {
  RulesSource rules;
  std::string file;
  ReportFormat format = ReportFormat::text;
  std::string level;  // ask what would lead to it; empty: nobody asked
  DecideOptions options;
};
int run_explain(ExplainCommand const& command);

struct AskCommand {
  RulesSource rules;
  std::string answers;
  std::string date;  // YYYY-MM-DD; today where empty
  std::string out;
  DecideOptions options;
};
int run_ask(AskCommand const& command);

enum class ListFormat : std::uint8_t { text, json };
struct TestCommand {
  std::vector<std::string> files;
  std::string root;
  ListFormat format = ListFormat::text;
};
int run_test(TestCommand const& command);

struct DiffCommand {
  std::string older;
  std::string newer;
  std::string root;
  std::string assessments;  // a caseload to compare; every complete assessment where empty
  ListFormat format = ListFormat::text;
  std::vector<std::string> renamed_inputs;  // OLD=NEW
  std::vector<std::string> renamed_levels;
  std::optional<double> seconds;
};
int run_diff(DiffCommand const& command);

enum class CasesFormat : std::uint8_t { ndjson, examples };
struct CasesCommand {
  RulesSource rules;
  CasesFormat format = CasesFormat::ndjson;
  bool decisions = false;
  AnalysisLimits limits;
};
int run_cases(CasesCommand const& command);

struct ProveCommand {
  std::vector<std::string> files;
  std::string root;
  std::vector<Check> only;
  double seconds = 0;  // after which the rest is given up; no limit for 0
  DiagnosticFormat format = DiagnosticFormat::text;
};
int run_prove(ProveCommand const& command);

struct GraphCommand {
  RulesSource rules;
  GraphFormat format = GraphFormat::dot;
  std::string assessment;
  DecideOptions options;
};
int run_graph(GraphCommand const& command);

struct DescribeCommand {
  RulesSource rules;
  DocumentFormat format = DocumentFormat::text;
};
int run_describe(DescribeCommand const& command);

/// The page of a code; without one, the list of all codes.
int run_help(std::string const& code);

}  // namespace carestep::cli

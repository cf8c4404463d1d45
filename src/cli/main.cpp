// The command's options, and how its errors become exit statuses. What each subcommand does is in the file of its name.

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <new>
#include <sstream>
#include <system_error>

#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"

namespace carestep::cli {
namespace {

/// What the chosen subcommand is to run.
using Job = std::function<int()>;

template <class Format>
void add_choice(CLI::App& command, std::string const& option, Format& format,
                std::map<std::string, Format> const& names, std::string const& help) {
  // One option, so that the help lists the names and an unknown one is refused.
  command.add_option(option, format, help)
      ->transform(CLI::CheckedTransformer(names, CLI::ignore_case))
      ->option_text([&] {
        std::string text;
        for (auto const& [name, unused] : names) text += (text.empty() ? "" : "|") + name;
        return text;
      }());
}

template <class Format>
void add_format(CLI::App& command, Format& format, std::map<std::string, Format> const& names) {
  add_choice(command, "--format", format, names, "how to write the answer");
}

void add_rules(CLI::App& command, RulesSource& source) {
  command.add_option("RULES", source.file, "the rule file, or - for standard input")->required();
  command.add_option("--root", source.root, "the folder that `use` may not leave (else that of RULES)");
}

void add_files(CLI::App& command, std::vector<std::string>& files, std::string& root) {
  command.add_option("FILE", files, "rule files, or - for standard input")->required();
  command.add_option("--root", root, "the folder that `use` may not leave (else that of each FILE)");
}

void add_decide_options(CLI::App& command, DecideOptions& options) {
  command.add_flag("--allow-out-of-force", options.allow_out_of_force,
                   "decide even when the ruleset is retired, not yet effective or expired on the assessment's date");
  command.add_option("--budget", options.budget, "steps to spend on one assessment before it is marked approximate")
      ->option_text("STEPS");
}

void add_check(CLI::App& app, Job& job) {
  auto* const command = app.add_subcommand("check", "Read and check rule files");
  auto const options = std::make_shared<CheckOptions>();
  add_files(*command, options->files, options->root);
  add_format<DiagnosticFormat>(
      *command, options->format,
      {{"text", DiagnosticFormat::text}, {"json", DiagnosticFormat::json}, {"sarif", DiagnosticFormat::sarif}});
  command->add_flag("--strict", options->strict, "fail on warnings too");
  command->callback([&job, options] { job = [options] { return run_check(*options); }; });
}

void add_fmt(CLI::App& app, Job& job) {
  auto* const command = app.add_subcommand("fmt", "Print rule files in the canonical layout");
  auto const options = std::make_shared<FmtOptions>();
  command->add_option("FILE", options->files, "rule files, or - for standard input")->required();
  auto* const write = command->add_flag("--write", options->write, "write the files in place");
  command->add_flag("--check", options->check, "only name the files that would change, and fail if there are any")
      ->excludes(write);
  command->callback([&job, options] { job = [options] { return run_fmt(*options); }; });
}

void add_decide(CLI::App& app, Job& job) {
  auto* const command = app.add_subcommand("decide", "Decide assessments: JSON or NDJSON in, one decision a line out");
  auto const options = std::make_shared<DecideCommand>();
  add_rules(*command, options->rules);
  command->add_option("FILE", options->file, "one JSON object, one a line, or CSV (else standard input)");
  add_choice<InputFormat>(*command, "--input-format", options->input_format,
                          {{"ndjson", InputFormat::ndjson}, {"csv", InputFormat::csv}},
                          "what the input is (else told by its name or its first line)");
  add_format<BatchFormat>(*command, options->format,
                          {{"ndjson", BatchFormat::ndjson}, {"csv", BatchFormat::csv}, {"text", BatchFormat::text}});
  auto* const brief = command->add_flag("--brief", options->brief, "only the move, the levels and the marks");
  command->add_flag("--explain", options->explain, "with the reasoning")->excludes(brief);
  command
      ->add_option("--jobs", options->jobs, "threads (else one a processor); the answers are the same for any number")
      ->check(CLI::Range(1U, 1024U))
      ->option_text("N");
  auto* const out = command->add_option("--out", options->out, "write to this file instead of standard output");
  command->add_flag("--resume", options->resume, "keep the whole lines that --out has already, and go on behind them")
      ->needs(out);
  add_decide_options(*command, options->options);
  command->callback([&job, options] { job = [options] { return run_decide(*options); }; });
}

void add_explain(CLI::App& app, Job& job) {
  auto* const command = app.add_subcommand("explain", "Explain the decision for one assessment");
  auto const options = std::make_shared<ExplainCommand>();
  add_rules(*command, options->rules);
  command->add_option("FILE", options->file, "the assessment, or - for standard input")->required();
  add_format<ReportFormat>(*command, options->format,
                           {{"text", ReportFormat::text},
                            {"markdown", ReportFormat::markdown},
                            {"html", ReportFormat::html},
                            {"json", ReportFormat::json}});
  command->add_option("--level", options->level, "ask also what would lead to this level");
  add_decide_options(*command, options->options);
  command->callback([&job, options] { job = [options] { return run_explain(*options); }; });
}

void add_ask(CLI::App& app, Job& job) {
  auto* const command = app.add_subcommand("ask", "Interview: ask what matters, one question at a time");
  auto const options = std::make_shared<AskCommand>();
  add_rules(*command, options->rules);
  command->add_option("--answers", options->answers, "an assessment to start from")->option_text("FILE");
  command->add_option("--date", options->date, "the assessment's date (else today, or that of --answers)")
      ->option_text("YYYY-MM-DD");
  command->add_option("--out", options->out, "write the assessment to this file instead of standard output")
      ->option_text("FILE");
  add_decide_options(*command, options->options);
  command->callback([&job, options] { job = [options] { return run_ask(*options); }; });
}

void add_test(CLI::App& app, Job& job) {
  auto* const command = app.add_subcommand("test", "Run the examples of rule files");
  auto const options = std::make_shared<TestCommand>();
  add_files(*command, options->files, options->root);
  add_format<ListFormat>(*command, options->format, {{"text", ListFormat::text}, {"json", ListFormat::json}});
  command->callback([&job, options] { job = [options] { return run_test(*options); }; });
}

void add_diff(CLI::App& app, Job& job) {
  auto* const command =
      app.add_subcommand("diff", "Say which assessments two versions of a ruleset decide differently");
  auto const options = std::make_shared<DiffCommand>();
  command->add_option("OLD", options->older, "the old version's rule file, or - for standard input")->required();
  command->add_option("NEW", options->newer, "the new version's rule file, or - for standard input")->required();
  command->add_option("--root", options->root, "the folder that `use` may not leave (else that of each file)");
  add_format<ListFormat>(*command, options->format, {{"text", ListFormat::text}, {"json", ListFormat::json}});
  command
      ->add_option("--assessments", options->assessments,
                   "compare these assessments, one a line, and list the people whose placement changes")
      ->option_text("FILE");
  command->add_option("--renamed-input", options->renamed_inputs, "an input that has another name now")
      ->option_text("OLD=NEW ...");
  command->add_option("--renamed-level", options->renamed_levels, "a level that has another name now")
      ->option_text("OLD=NEW ...");
  command->add_option("--budget", options->seconds, "give up when every possible assessment takes longer")
      ->check(CLI::NonNegativeNumber)
      ->option_text("SECONDS");
  command->callback([&job, options] { job = [options] { return run_diff(*options); }; });
}

void add_cases(CLI::App& app, Job& job) {
  auto* const command =
      app.add_subcommand("cases", "Write test assessments that make every rule active and every clause decide");
  auto const options = std::make_shared<CasesCommand>();
  add_rules(*command, options->rules);
  add_format<CasesFormat>(*command, options->format,
                          {{"ndjson", CasesFormat::ndjson}, {"examples", CasesFormat::examples}});
  command->add_flag("--decisions", options->decisions,
                    "each assessment with its decision and what it is there for, in one object a line");
  command->add_option("--budget", options->limits.budget, "steps to spend on one thing before it is given up")
      ->option_text("STEPS");
  command->callback([&job, options] { job = [options] { return run_cases(*options); }; });
}

std::map<std::string, Check> checks_by_name() {
  std::map<std::string, Check> names;
  for (int i = 0; i < check_count; ++i) {
    auto const check = static_cast<Check>(i);
    names.emplace(to_string(check), check);
  }
  return names;
}

void add_prove(CLI::App& app, Job& job) {
  auto* const command =
      app.add_subcommand("prove", "Prove or refute what rule files promise, for every possible patient");
  auto const options = std::make_shared<ProveCommand>();
  add_files(*command, options->files, options->root);
  command->add_option("--only", options->only, "only this check; may be given several times")
      ->transform(CLI::CheckedTransformer(checks_by_name()))
      ->option_text("CHECK");
  command->add_option("--budget", options->seconds, "give up whatever is not settled after so long")
      ->check(CLI::PositiveNumber)
      ->option_text("SECONDS");
  add_format<DiagnosticFormat>(
      *command, options->format,
      {{"text", DiagnosticFormat::text}, {"json", DiagnosticFormat::json}, {"sarif", DiagnosticFormat::sarif}});
  command->callback([&job, options] { job = [options] { return run_prove(*options); }; });
}

void add_graph(CLI::App& app, Job& job) {
  auto* const command = app.add_subcommand("graph", "Draw the care-level graph");
  auto const options = std::make_shared<GraphCommand>();
  add_rules(*command, options->rules);
  add_format<GraphFormat>(*command, options->format,
                          {{"dot", GraphFormat::dot}, {"mermaid", GraphFormat::mermaid}, {"svg", GraphFormat::svg}});
  command->add_option("--assessment", options->assessment, "mark this person's level, pathway and blocked levels")
      ->option_text("FILE");
  add_decide_options(*command, options->options);
  command->callback([&job, options] { job = [options] { return run_graph(*options); }; });
}

void add_describe(CLI::App& app, Job& job) {
  auto* const command = app.add_subcommand("describe", "Write the ruleset as a document for review");
  auto const options = std::make_shared<DescribeCommand>();
  add_rules(*command, options->rules);
  add_format<DocumentFormat>(*command, options->format,
                             {{"text", DocumentFormat::text},
                              {"markdown", DocumentFormat::markdown},
                              {"html", DocumentFormat::html},
                              {"json", DocumentFormat::json}});
  command->callback([&job, options] { job = [options] { return run_describe(*options); }; });
}

void add_help(CLI::App& app, Job& job) {
  auto* const command = app.add_subcommand("help", "Explain a diagnostic's code; without one, list them");
  auto const code = std::make_shared<std::string>();
  command->add_option("CODE", *code, "such as E0203");
  command->callback([&job, code] { job = [code] { return run_help(*code); }; });
}

void add_subcommands(CLI::App& app, Job& job) {
  add_check(app, job);
  add_fmt(app, job);
  add_decide(app, job);
  add_explain(app, job);
  add_ask(app, job);
  add_test(app, job);
  add_diff(app, job);
  add_cases(app, job);
  add_prove(app, job);
  add_graph(app, job);
  add_describe(app, job);
  add_help(app, job);
}

/// `--help` and `--version` are answers; anything else that stops the reading of the options is a wrong call.
int answer(CLI::App const& app, CLI::ParseError const& stopped) {
  std::ostringstream out;
  std::ostringstream err;
  int const status = app.exit(stopped, out, err);
  say(err.str());
  print(out.str());
  return status == 0 ? done_and_good : called_wrongly;
}

int run(int argc, char** argv) {
  prepare_streams();
  Job job;
  CLI::App app("Level-of-care placement rules that a clinician can read", "carestep");
  app.set_version_flag("--version", fmt::format("carestep {}", engine_version()));
  app.require_subcommand(1);
  add_subcommands(app, job);
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& stopped) {
    return answer(app, stopped);
  }
  return job();
}

int report(std::string_view message, ExitStatus status) {
  say(fmt::format("carestep: {}\n", message));
  return status;
}

}  // namespace
}  // namespace carestep::cli

int main(int argc, char** argv) {
  using namespace carestep::cli;
  try {
    return run(argc, argv);
  } catch (UsageError const& error) {
    return report(error.what(), called_wrongly);
  } catch (SystemError const& error) {
    return report(error.what(), system_failed);
  } catch (std::system_error const& error) {
    return report(error.code().message(), system_failed);
  } catch (std::bad_alloc const&) {
    return report("out of memory", system_failed);
  }
}

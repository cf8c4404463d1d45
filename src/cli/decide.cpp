// Streams assessments to decisions: blocks of lines go through the threads and come out in the order of the input, so
// that memory is bounded and the answers do not depend on the number of threads.

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <unistd.h>

#include "assessment_blocks.hpp"
#include "commands.hpp"
#include "decision_text.hpp"
#include "exit_status.hpp"
#include "in_order.hpp"
#include "io.hpp"
#include "load.hpp"
#include "progress.hpp"

namespace carestep::cli {
namespace {

// ---- one assessment
// ----------------------------------------------------------------------------------------------------

RefusedAssessment too_long() {
  return {{{"E0601", "", fmt::format("the line is longer than {} MiB", AssessmentBlocks::longest >> 20U)}}, {}};
}

/// How the assessments stand in the input: one a line, or one a row of CSV.
struct Records {
  bool csv = false;
  char separator = ',';
  std::string header;

  /// Takes the first record off a text, blank at neither end; it is empty where it is blank at all.
  [[nodiscard]] std::string_view take(std::string_view& text, std::size_t& lines) const {
    std::size_t const size = csv ? csv_row_size(text, separator) : text.find('\n') + 1;
    std::string_view record = text.substr(0, size == 0 ? text.size() : size);
    text.remove_prefix(record.size());
    if (!csv) {
      if (record.ends_with('\n')) record.remove_suffix(1);
      lines += 1;
      return record.empty() || (record.front() > ' ' && record.back() > ' ') ? record : trimmed(record);
    }
    lines += std::max<std::size_t>(1, static_cast<std::size_t>(std::count(record.begin(), record.end(), '\n')));
    return csv_row_blank(record, separator) ? std::string_view() : record;
  }
};

/// Answers assessments one after the other; one a thread.
class Answerer {
 public:
  Answerer(Ruleset const& rules, DecideCommand const& command, Records const& records)
      : rules_(&rules),
        command_(&command),
        options_(command.options),
        reader_(rules),
        writer_(rules, command.brief),
        csv_writer_(rules, command.brief, records.separator) {
    options_.brief = command.brief;
    if (!records.csv) return;
    auto reader = CsvReader::make(rules, records.header);
    if (reader) csv_reader_ = *std::move(reader);
  }

  /// Adds the answer to `out`, as whole lines; `json` stands in a block. `line` is its number, where that is counted.
  ///
  /// Returns  the first code of a refusal, else nothing.
  std::string_view answer(std::string_view json, std::size_t line, std::string& out) {
    if (!read(json, line)) return refuse(csv_reader_ ? csv_reader_->refused() : reader_.refused(), line, out);
    if (command_->format == BatchFormat::text) {
      in_words(line, out);
    } else if (command_->explain) {
      explained(out);
    } else {
      decide();
      write(id(), out);
    }
    return decision_.status == DecisionStatus::refused ? decision_.refusals.front().code : std::string_view();
  }

  std::string_view refuse(RefusedAssessment const& refused, std::size_t line, std::string& out) {
    decision_ = {};
    decision_.status = DecisionStatus::refused;
    decision_.refusals = refused.refusals;
    if (command_->format == BatchFormat::text) {
      out += refusal_text(refused.refusals, who(refused.id, line));
    } else {
      write(refused.id, out);
    }
    return decision_.refusals.front().code;
  }

 private:
  bool read(std::string_view record, std::size_t line) {
    return csv_reader_ ? csv_reader_->read(record, line) : reader_.read_in_place(record);
  }
  [[nodiscard]] Assessment const& assessment() const {
    return csv_reader_ ? csv_reader_->assessment() : reader_.assessment();
  }
  [[nodiscard]] std::string_view id() const { return csv_reader_ ? csv_reader_->id() : reader_.id(); }

  void decide() {
    rules_->decide(assessment(), decision_, options_);
    place_refusals(decision_);
  }

  void place_refusals(Decision& decision) const {
    if (!csv_reader_) return;
    for (Refusal& refusal : decision.refusals) refusal.path = csv_reader_->place(refusal.path);
  }

  void write(std::string_view id, std::string& out) {
    if (command_->format == BatchFormat::csv) return csv_writer_.append(out, decision_, id);
    writer_.append(out, decision_, id);
    out += '\n';
  }

  [[nodiscard]] static std::string who(std::string_view id, std::size_t line) {
    return id.empty() || id == "null" ? fmt::format("line {}", line) : shown_id(id);
  }

  /// Steps for the reasons of one person: less than when one person is all that is asked about.
  static constexpr std::uint64_t steps_of_a_batch = 200'000;

  [[nodiscard]] ExplainOptions reasoning(std::uint64_t budget) const {
    return {.decide = options_, .level = std::nullopt, .budget = budget};
  }

  void explained(std::string& out) {
    Explanation explanation = rules_->explain(assessment(), reasoning(steps_of_a_batch));
    place_refusals(explanation.decision);
    out += explained_decision_to_json(*rules_, explanation, id());
    out += '\n';
    decision_ = std::move(explanation.decision);
  }

  void in_words(std::size_t line, std::string& out) {
    std::string const name = who(id(), line);
    if (command_->brief) {
      decide();
      bool const refused = decision_.status == DecisionStatus::refused;
      out += refused ? refusal_text(decision_.refusals, name) : brief_text(*rules_, decision_, name);
      return;
    }
    Explanation explanation = rules_->explain(assessment(), reasoning(command_->explain ? steps_of_a_batch : 0));
    place_refusals(explanation.decision);
    explanation.id = shown_id(id());
    bool const whole = command_->explain && explanation.decision.status != DecisionStatus::refused;
    out += whole ? explanation.text() : decision_text(*rules_, explanation, name);
    out += '\n';
    decision_ = std::move(explanation.decision);
  }

  Ruleset const* rules_;
  DecideCommand const* command_;
  DecideOptions options_;
  AssessmentReader reader_;
  DecisionWriter writer_;
  std::optional<CsvReader> csv_reader_;
  CsvWriter csv_writer_;
  Decision decision_;
};

// ---- a block of them
// -----------------------------------------------------------------------------------------------------

/// What became of the assessments so far.
struct Tally {
  std::size_t lines = 0;    // of the input, blank ones among them
  std::size_t decided = 0;  // answered, refusals among them
  std::size_t refused = 0;
  std::size_t first_refused = 0;  // line of the input; 0: not known
  std::map<std::string, std::size_t, std::less<>> codes;

  void add(Tally const& later) {
    if (first_refused == 0 && later.first_refused != 0) first_refused = lines + later.first_refused;
    lines += later.lines;
    decided += later.decided;
    refused += later.refused;
    for (auto const& [code, count] : later.codes) codes[code] += count;
  }
};

/// A block and what it is answered with.
struct Work {
  Block block;
  std::string answers;
  Tally tally;
};

void count(Tally& tally, std::string_view refused_with) {
  ++tally.decided;
  if (refused_with.empty()) return;
  ++tally.refused;
  if (tally.first_refused == 0) tally.first_refused = tally.lines + 1;
  auto const code = tally.codes.find(refused_with);
  if (code == tally.codes.end()) {
    tally.codes.emplace(refused_with, 1);
  } else {
    ++code->second;
  }
}

void answer_block(Answerer& answerer, Records const& records, Work& work) {
  Block const& block = work.block;
  Tally& tally = work.tally;
  work.answers.clear();
  tally = {};
  tally.lines = block.lines_passed;
  if (block.holds == Block::Holds::long_line) {
    count(tally, answerer.refuse(too_long(), block.first_line, work.answers));
    ++tally.lines;
  } else if (block.holds == Block::Holds::one_value) {
    count(tally, answerer.answer(block.text(), block.first_line, work.answers));
  }
  if (block.holds != Block::Holds::lines) return;
  std::size_t lines = 0;
  for (std::string_view text = block.text(); !text.empty(); tally.lines = block.lines_passed + lines) {
    std::size_t const line = block.first_line + lines;
    std::string_view const record = records.take(text, lines);
    if (!record.empty()) count(tally, answerer.answer(record, line, work.answers));
  }
}

// ---- --resume
// ------------------------------------------------------------------------------------------------------------

/// What an earlier run has written already.
struct Kept {
  std::uint64_t bytes = 0;  // whole lines
  Tally tally;
};

/// Inside a JSON string the quotes would be escaped: what is found is the decision's own key.
bool is_refusal(std::string_view answer) {
  return answer.find(R"("status":"refused")") != std::string_view::npos;
}

/// Answers of another ruleset must not be continued: the file would be a blend.
void require_same_ruleset(std::string_view answer, Ruleset const& rules, std::string const& out) {
  if (answer.find(R"("sha256":")") == std::string_view::npos) return;  // --brief does not tell
  if (answer.find(fmt::format(R"("sha256":"{}")", rules.sha256())) != std::string_view::npos) return;
  throw SystemError(fmt::format("cannot resume: `{}` holds answers of another version of the ruleset", out));
}

Kept whole_lines_of(std::string const& out, Ruleset const& rules) {
  Kept kept;
  if (::access(out.c_str(), F_OK) != 0) return kept;
  Input input(out);
  std::string line;
  std::string chunk(std::size_t{64} << 10U, '\0');
  while (std::size_t const count = input.read(chunk.data(), chunk.size())) {
    std::string_view rest(chunk.data(), count);
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      line += rest.substr(0, end);
      rest.remove_prefix(end + 1);
      require_same_ruleset(line, rules, out);
      ++kept.tally.decided;
      if (is_refusal(line)) ++kept.tally.refused;
      kept.bytes += line.size() + 1;
      line.clear();
    }
    line += rest;
  }
  return kept;
}

/// Leaves out the assessments that an earlier run has answered; counts them down.
void pass_over_answered(Block& block, Records const& records, std::size_t& answered) {
  if (answered == 0) return;
  std::size_t lines = 0;
  if (block.holds != Block::Holds::lines) {
    block.holds = Block::Holds::lines;
    block.begin = block.end;
    lines = 1;
    --answered;
  }
  std::string_view text = block.text();
  while (answered > 0 && !text.empty())
    if (!records.take(text, lines).empty()) --answered;
  block.begin = block.end - text.size();
  block.lines_passed += lines;
  block.first_line += lines;
}

// ---- the stream
// ----------------------------------------------------------------------------------------------------------

/// About how much of the input one thread has at a time. An answer may be a hundred times as long as its question.
std::size_t block_size(DecideCommand const& command) {
  bool const brief_answers = command.format == BatchFormat::ndjson && !command.explain;
  return std::size_t{brief_answers ? 256U : 32U} << 10U;
}

unsigned threads(DecideCommand const& command) {
  return command.jobs != 0 ? command.jobs : std::max(1U, std::thread::hardware_concurrency());
}

/// The blocks of the input, without what an earlier run has answered.
class Questions {
 public:
  Questions(AssessmentBlocks& blocks, Records const& records, std::size_t answered)
      : blocks_(&blocks), records_(&records), answered_(answered) {}

  bool take(Work& work) {
    if (!blocks_->next(work.block)) {
      if (answered_ > 0) throw SystemError("cannot resume: there are more answers than assessments");
      return false;
    }
    pass_over_answered(work.block, *records_, answered_);
    return true;
  }
  [[nodiscard]] bool exhausted() const { return answered_ == 0 && blocks_->exhausted(); }
  void stop() { blocks_->stop(); }

 private:
  AssessmentBlocks* blocks_;
  Records const* records_;
  std::size_t answered_;
};

/// What one run reads and writes.
struct Streams {
  AssessmentBlocks& blocks;
  Output& output;
  Progress& progress;
};

/// Answers everything behind what is kept from an earlier run.
Tally answer_all(Ruleset const& rules, DecideCommand const& command, Records const& records, Streams streams,
                 Kept const& kept) {
  Questions questions(streams.blocks, records, kept.tally.decided);
  Tally tally = kept.tally;
  if (command.format == BatchFormat::csv)
    streams.output.write(CsvWriter(rules, command.brief, records.separator).header());
  auto const make_work = [&] {
    return [&records, answerer = Answerer(rules, command, records)](Work& work) mutable {
      answer_block(answerer, records, work);
    };
  };
  auto const give = [&](Work const& work) {
    streams.output.write(work.answers);
    tally.add(work.tally);
    streams.progress.show(work.block.bytes_read, tally.decided);
  };
  InOrder<Work, Questions, decltype(make_work), decltype(give)>(threads(command), questions, make_work, give).run();
  return tally;
}

void summarise(Tally const& tally) {
  if (tally.refused == 0) return;
  std::string text = fmt::format("carestep: {} of {} assessments refused", tally.refused, tally.decided);
  if (tally.first_refused != 0) text += fmt::format(", the first on line {}", tally.first_refused);
  std::string codes;
  for (auto const& [code, count] : tally.codes)
    codes += fmt::format("{}{} {}", codes.empty() ? ": " : ", ", count, code);
  say(text + codes + "\n");
}

void refuse_contradictions(DecideCommand const& command) {
  if (command.file == "-" && command.rules.file == "-")
    throw UsageError("rules and assessments cannot both come from standard input");
  if (command.resume && command.format != BatchFormat::ndjson) throw UsageError("--resume needs --format ndjson");
  if (command.explain && command.format == BatchFormat::csv) throw UsageError("--explain has no --format csv");
  for (std::string const& file : {command.file, command.rules.file})
    if (!command.out.empty() && file != "-" && same_file(command.out, file))
      throw UsageError(fmt::format("--out would overwrite `{}`", file));
}

InputFormat input_format(DecideCommand const& command) {
  bool const named_csv = command.file.size() > 4 && command.file.ends_with(".csv");
  return command.input_format == InputFormat::told && named_csv ? InputFormat::csv : command.input_format;
}

/// Whether the columns of CSV stand for something; says why not.
bool header_is_good(Ruleset const& rules, Records const& records, std::string const& file) {
  if (!records.csv) return true;
  auto const reader = CsvReader::make(rules, records.header);
  if (!reader) say(fmt::format("carestep: the header of `{}` is refused\n{}", file, refusals_text(reader.error())));
  return reader.ok();
}

}  // namespace

int run_decide(DecideCommand const& command) {
  refuse_contradictions(command);
  std::optional<Ruleset> const rules = load_rules(command.rules);
  if (!rules) return bad_news;
  Input input(command.file);
  AssessmentBlocks blocks(input, input_format(command), block_size(command), command.format == BatchFormat::text);
  blocks.begin();
  Records const records{blocks.csv(), blocks.separator(), blocks.header()};
  if (!header_is_good(*rules, records, input.name())) return bad_news;
  Kept const kept = command.resume ? whole_lines_of(command.out, *rules) : Kept{};
  Output output = command.out.empty() ? Output() : Output(command.out, kept.bytes);
  Progress progress(input.size(), kept.tally.decided, command.out.empty() && is_terminal(STDOUT_FILENO));
  Tally const tally = answer_all(*rules, command, records, {blocks, output, progress}, kept);
  output.finish();
  summarise(tally);
  return tally.refused == 0 ? done_and_good : bad_news;
}

}  // namespace carestep::cli

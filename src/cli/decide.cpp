// Streams assessments to decisions: batches of lines go through the workers and come out in the order of the input, so
// that memory is bounded and the answers do not depend on the number of threads.

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <unistd.h>

#include "assessment_lines.hpp"
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

/// An answer and, where it is a refusal, its first code.
struct Answered {
  std::string text;  // whole lines
  std::string refused_with;
};

RefusedAssessment too_long() {
  return {{{"E0601", "", fmt::format("the line is longer than {} MiB", AssessmentLines::longest >> 20U)}}, {}};
}

class Answerer {
 public:
  Answerer(Ruleset const& rules, DecideCommand const& command)
      : rules_(&rules), command_(&command), options_(command.options) {
    options_.brief = command.brief;
  }

  [[nodiscard]] Answered answer(std::string_view json, Line const& line) const {
    if (line.too_long) return refuse(too_long(), line);
    auto const read = assessment_from_json(*rules_, json);
    if (!read) return refuse(read.error(), line);
    return command_->format == BatchFormat::text ? in_words(*read, line) : as_json(*read);
  }

 private:
  [[nodiscard]] std::string who(std::string_view id, Line const& line) const {
    return id.empty() || id == "null" ? fmt::format("line {}", line.number) : shown_id(id);
  }

  [[nodiscard]] Answered refuse(RefusedAssessment const& refused, Line const& line) const {
    std::string const code = refused.refusals.empty() ? "" : refused.refusals.front().code;
    if (command_->format == BatchFormat::text) return {refusal_text(refused.refusals, who(refused.id, line)), code};
    Decision decision;
    decision.status = DecisionStatus::refused;
    decision.refusals = refused.refusals;
    return {decision_to_json(*rules_, decision, refused.id, command_->brief) + "\n", code};
  }

  [[nodiscard]] static std::string refused_with(Decision const& decision) {
    return decision.status == DecisionStatus::refused ? decision.refusals.front().code : "";
  }

  [[nodiscard]] Answered as_json(ReadAssessment const& read) const {
    if (command_->explain) {
      Explanation const explanation = rules_->explain(read.assessment, options_);
      return {explained_decision_to_json(*rules_, explanation, read.id) + "\n", refused_with(explanation.decision)};
    }
    Decision const decision = rules_->decide(read.assessment, options_);
    return {decision_to_json(*rules_, decision, read.id, command_->brief) + "\n", refused_with(decision)};
  }

  [[nodiscard]] Answered in_words(ReadAssessment const& read, Line const& line) const {
    std::string const name = who(read.id, line);
    if (command_->brief) {
      Decision const decision = rules_->decide(read.assessment, options_);
      bool const refused = decision.status == DecisionStatus::refused;
      return {refused ? refusal_text(decision.refusals, name) : brief_text(*rules_, decision, name),
              refused_with(decision)};
    }
    Explanation explanation = rules_->explain(read.assessment, options_);
    explanation.id = shown_id(read.id);
    bool const whole = command_->explain && explanation.decision.status != DecisionStatus::refused;
    std::string const text = whole ? explanation.text() : decision_text(*rules_, explanation, name);
    return {text + "\n", refused_with(explanation.decision)};
  }

  Ruleset const* rules_;
  DecideCommand const* command_;
  DecideOptions options_;
};

// ---- a batch of them
// -----------------------------------------------------------------------------------------------------

/// What became of the assessments so far.
struct Tally {
  std::size_t decided = 0;  // answered, refusals among them
  std::size_t refused = 0;
  std::size_t first_refused = 0;  // line of the input; 0: not known
  std::map<std::string, std::size_t> codes;

  void add(Tally const& later) {
    decided += later.decided;
    refused += later.refused;
    if (first_refused == 0) first_refused = later.first_refused;
    for (auto const& [code, count] : later.codes) codes[code] += count;
  }
};

struct Work {
  Batch batch;
  std::string answers;
  Tally tally;
};

void answer_batch(Answerer const& answerer, Work& work) {
  for (Line const& line : work.batch.lines) {
    Answered answered = answerer.answer(work.batch.line(line), line);
    work.answers += answered.text;
    ++work.tally.decided;
    if (answered.refused_with.empty()) continue;
    ++work.tally.refused;
    if (work.tally.first_refused == 0) work.tally.first_refused = line.number;
    ++work.tally.codes[answered.refused_with];
  }
  work.batch.text = {};
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

/// Leaves out the assessments that have been answered before; counts them down.
void skip_answered(Batch& batch, std::size_t& answered) {
  std::size_t const skipped = std::min(answered, batch.lines.size());
  batch.lines.erase(batch.lines.begin(), batch.lines.begin() + static_cast<std::ptrdiff_t>(skipped));
  answered -= skipped;
}

// ---- the stream
// ----------------------------------------------------------------------------------------------------------

class Stream {
 public:
  Stream(Ruleset const& rules, DecideCommand const& command, Input& input, Output& output)
      : answerer_(rules, command),
        output_(&output),
        lines_(input),
        progress_(input.size(), command.out.empty() && is_terminal(STDOUT_FILENO)),
        workers_(threads(command), [this](Work& work) { answer_batch(answerer_, work); }) {}

  /// Answers everything behind what is kept from an earlier run.
  Tally run(Kept const& kept) {
    tally_ = kept.tally;
    std::size_t answered = kept.tally.decided;
    while (std::optional<Batch> batch = lines_.next()) {
      skip_answered(*batch, answered);
      if (workers_.full()) deliver();
      workers_.put({*std::move(batch), {}, {}});
      if (!lines_.ready()) deliver_all();  // whoever writes the input may wait for the answers
    }
    if (answered > 0) throw SystemError("cannot resume: there are more answers than assessments");
    deliver_all();
    return tally_;
  }

 private:
  static unsigned threads(DecideCommand const& command) {
    return command.jobs != 0 ? command.jobs : std::max(1U, std::thread::hardware_concurrency());
  }

  void deliver() {
    Work const work = workers_.take();
    output_->write(work.answers);
    tally_.add(work.tally);
    progress_.show(work.batch.bytes_read, tally_.decided);
  }

  void deliver_all() {
    while (!workers_.empty()) deliver();
    output_->flush();
  }

  Answerer answerer_;
  Output* output_;
  AssessmentLines lines_;
  Progress progress_;
  Tally tally_;
  InOrder<Work> workers_;
};

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
  if (command.resume && command.format == BatchFormat::text) throw UsageError("--resume needs --format ndjson");
  for (std::string const& file : {command.file, command.rules.file})
    if (!command.out.empty() && file != "-" && same_file(command.out, file))
      throw UsageError(fmt::format("--out would overwrite `{}`", file));
}

}  // namespace

int run_decide(DecideCommand const& command) {
  refuse_contradictions(command);
  std::optional<Ruleset> const rules = load_rules(command.rules);
  if (!rules) return bad_news;
  Input input(command.file);
  Kept const kept = command.resume ? whole_lines_of(command.out, *rules) : Kept{};
  Output output = command.out.empty() ? Output() : Output(command.out, kept.bytes);
  Tally const tally = Stream(*rules, command, input, output).run(kept);
  output.finish();
  summarise(tally);
  return tally.refused == 0 ? done_and_good : bad_news;
}

}  // namespace carestep::cli

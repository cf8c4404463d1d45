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

/// Answers assessments one after the other; one a thread.
class Answerer {
 public:
  Answerer(Ruleset const& rules, DecideCommand const& command)
      : rules_(&rules), command_(&command), options_(command.options), reader_(rules), writer_(rules, command.brief) {
    options_.brief = command.brief;
  }

  /// Adds the answer to `out`, as whole lines; `json` stands in a block. `line` is its number, where that is counted.
  ///
  /// Returns  the first code of a refusal, else nothing.
  std::string_view answer(std::string_view json, std::size_t line, std::string& out) {
    if (!reader_.read_in_place(json)) return refuse(reader_.refused(), line, out);
    if (command_->format == BatchFormat::text) {
      in_words(line, out);
    } else if (command_->explain) {
      explained(out);
    } else {
      rules_->decide(reader_.assessment(), decision_, options_);
      writer_.append(out, decision_, reader_.id());
      out += '\n';
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
      writer_.append(out, decision_, refused.id);
      out += '\n';
    }
    return decision_.refusals.front().code;
  }

 private:
  [[nodiscard]] static std::string who(std::string_view id, std::size_t line) {
    return id.empty() || id == "null" ? fmt::format("line {}", line) : shown_id(id);
  }

  void explained(std::string& out) {
    Explanation const explanation = rules_->explain(reader_.assessment(), options_);
    out += explained_decision_to_json(*rules_, explanation, reader_.id());
    out += '\n';
    decision_ = explanation.decision;
  }

  void in_words(std::size_t line, std::string& out) {
    std::string const name = who(reader_.id(), line);
    if (command_->brief) {
      rules_->decide(reader_.assessment(), decision_, options_);
      bool const refused = decision_.status == DecisionStatus::refused;
      out += refused ? refusal_text(decision_.refusals, name) : brief_text(*rules_, decision_, name);
      return;
    }
    Explanation explanation = rules_->explain(reader_.assessment(), options_);
    explanation.id = shown_id(reader_.id());
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
  std::size_t lines_passed = 0;  // of the input before the block's text, answered by an earlier run
  Tally tally;
};

/// Calls `each` with every line of a text, blank at neither end; those that are blank at all are empty.
template <class Each>
void each_line(std::string_view text, Each each) {
  while (!text.empty()) {
    std::size_t const end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && (line.front() <= ' ' || line.back() <= ' ')) line = trimmed(line);
    each(line);
  }
}

void count(Tally& tally, std::string_view refused_with) {
  ++tally.decided;
  if (refused_with.empty()) return;
  ++tally.refused;
  if (tally.first_refused == 0) tally.first_refused = tally.lines;
  auto const code = tally.codes.find(refused_with);
  if (code == tally.codes.end()) {
    tally.codes.emplace(refused_with, 1);
  } else {
    ++code->second;
  }
}

void answer_block(Answerer& answerer, Work& work) {
  Block const& block = work.block;
  work.answers.clear();
  work.tally = {};
  work.tally.lines = work.lines_passed;
  std::size_t line_number = block.first_line;
  auto const answer = [&](std::string_view line) {
    ++work.tally.lines;
    if (!line.empty()) count(work.tally, answerer.answer(line, line_number, work.answers));
    ++line_number;
  };
  switch (block.holds) {
    case Block::Holds::lines:
      return each_line(block.text(), answer);
    case Block::Holds::one_value:
      return answer(block.text());
    case Block::Holds::long_line:
      ++work.tally.lines;
      return count(work.tally, answerer.refuse(too_long(), line_number, work.answers));
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
void pass_over_answered(Work& work, std::size_t& answered) {
  Block& block = work.block;
  work.lines_passed = 0;
  if (answered == 0) return;
  if (block.holds != Block::Holds::lines) {
    block.holds = Block::Holds::lines;
    block.begin = block.end;
    work.lines_passed = 1;
    --answered;
    return;
  }
  while (answered > 0 && block.begin < block.end) {
    std::size_t const length = std::min(block.text().find('\n'), block.text().size() - 1) + 1;
    if (!trimmed(block.text().substr(0, length)).empty()) --answered;
    block.begin += length;
    ++work.lines_passed;
  }
  block.first_line += work.lines_passed;
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
  Questions(Input& input, DecideCommand const& command, std::size_t answered)
      : blocks_(input, block_size(command), command.format == BatchFormat::text), answered_(answered) {}

  bool take(Work& work) {
    if (!blocks_.next(work.block)) {
      if (answered_ > 0) throw SystemError("cannot resume: there are more answers than assessments");
      return false;
    }
    pass_over_answered(work, answered_);
    return true;
  }
  [[nodiscard]] bool exhausted() const { return answered_ == 0 && blocks_.exhausted(); }

 private:
  AssessmentBlocks blocks_;
  std::size_t answered_;
};

/// Answers everything behind what is kept from an earlier run.
Tally answer_all(Ruleset const& rules, DecideCommand const& command, Input& input, Output& output, Kept const& kept) {
  Questions questions(input, command, kept.tally.decided);
  Progress progress(input.size(), command.out.empty() && is_terminal(STDOUT_FILENO));
  Tally tally = kept.tally;
  auto const make_work = [&] {
    return [answerer = Answerer(rules, command)](Work& work) mutable { answer_block(answerer, work); };
  };
  auto const give = [&](Work const& work) {
    output.write(work.answers);
    tally.add(work.tally);
    progress.show(work.block.bytes_read, tally.decided);
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
  Tally const tally = answer_all(*rules, command, input, output, kept);
  output.finish();
  summarise(tally);
  return tally.refused == 0 ? done_and_good : bad_news;
}

}  // namespace carestep::cli

// The interview. Questions and remarks go to standard error, the assessment at the end to standard output or --out.

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

#include "commands.hpp"
#include "decision_text.hpp"
#include "exit_status.hpp"
#include "io.hpp"
#include "load.hpp"
#include "reply.hpp"

namespace carestep::cli {
namespace {

/// Lines that a person types, or that a file or pipe holds.
class TypedLines {
 public:
  std::optional<std::string> next() {
    std::size_t end = pending_.find('\n');
    while (end == std::string::npos) {
      char chunk[4096];
      std::size_t const count = input_.read(chunk, sizeof chunk);
      if (count == 0) return last();
      pending_.append(chunk, count);
      end = pending_.find('\n');
    }
    std::string line = pending_.substr(0, end);
    pending_.erase(0, end + 1);
    return line;
  }

 private:
  std::optional<std::string> last() {
    if (pending_.empty()) return std::nullopt;
    return std::exchange(pending_, {});
  }

  Input input_{"-"};
  std::string pending_;
};

constexpr std::string_view commands =
    "  Enter or `skip`: not known. `back`: to the question before. `quit`: stop here. `?`: this help.\n";

class Interview {
 public:
  Interview(Ruleset const& rules, Assessment person, DecideOptions const& options)
      : rules_(&rules), options_(options), person_(std::move(person)), decision_(rules.decide(person_, options)) {}

  /// Asks until the decision is determined, nothing is left to ask, or the person stops.
  void run() {
    while (std::optional<Question> const question = next_question()) {
      show(*question);
      say("> ");
      std::optional<std::string> const typed = lines_.next();
      if (!typed || trimmed(*typed) == "quit") break;
      take(*question, std::string(trimmed(*typed)));
    }
    say("\n");
  }

  [[nodiscard]] Assessment const& person() const { return person_; }
  [[nodiscard]] Decision const& decision() const { return decision_; }

 private:
  struct Step {
    Assessment person;
    std::vector<Question> skipped;
  };

  [[nodiscard]] std::optional<Question> next_question() const {
    if (decision_.status != DecisionStatus::undetermined) return std::nullopt;
    for (Question const& question : decision_.ask)
      if (std::find(skipped_.begin(), skipped_.end(), question) == skipped_.end()) return question;
    return std::nullopt;
  }

  void show(Question const& question) const {
    InputInfo const input = rules_->input(question.input);
    say(fmt::format("\n{}{}\n", question.previous ? "In the previous assessment: " : "",
                    input.question.empty() ? input.name : input.question));
    if (!input.help.empty()) say(fmt::format("  {}\n", input.help));
    say(choices(input));
    if (question.previous) say("  `no previous`: there was no previous assessment\n");
  }

  void take(Question const& question, std::string const& typed) {
    if (typed == "?") return explain_question(question);
    if (typed == "back") return go_back();
    if (typed.empty() || typed == "skip") {
      history_.push_back({person_, skipped_});
      skipped_.push_back(question);
      return;
    }
    if (question.previous && typed == "no previous") {
      Assessment changed = person_;
      changed.no_previous();
      return accept(std::move(changed));
    }
    answer(question, typed);
  }

  void explain_question(Question const& question) const {
    say(fmt::format("  This is {}.\n{}", name_and_label(*rules_, question), commands));
  }

  void go_back() {
    if (history_.empty()) return say("  this is the first question\n");
    person_ = std::move(history_.back().person);
    skipped_ = std::move(history_.back().skipped);
    history_.pop_back();
    decision_ = rules_->decide(person_, options_);
  }

  void answer(Question const& question, std::string const& typed) {
    InputInfo const input = rules_->input(question.input);
    std::optional<Answer> const reply = read_reply(input, typed, person_.date());
    if (!reply) return say("  that is none of the answers; type `?` for help\n");
    Assessment changed = person_;
    std::optional<Refusal> const refusal =
        question.previous ? changed.set_previous(question.input, *reply) : changed.set(question.input, *reply);
    if (refusal) return say(fmt::format("  {} {}\n", refusal->code, refusal->message));
    accept(std::move(changed));
  }

  /// Goes on with one more answer, unless the rules refuse the whole.
  void accept(Assessment changed) {
    Decision decision = rules_->decide(changed, options_);
    if (decision.status == DecisionStatus::refused) return say("  " + refusals_text(decision.refusals));
    history_.push_back({std::exchange(person_, std::move(changed)), skipped_});
    decision_ = std::move(decision);
    if (decision_.status == DecisionStatus::undetermined)
      say(fmt::format("  still possible: {}\n", names(*rules_, decision_.possible_next)));
  }

  Ruleset const* rules_;
  DecideOptions options_;
  TypedLines lines_;
  Assessment person_;
  Decision decision_;
  std::vector<Question> skipped_;
  std::vector<Step> history_;
};

/// The day of the interview, by the clock of this machine: nothing but the command ever asks it.
Date today() {
  std::time_t const now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  return *date(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

Date interview_day(std::string const& given) {
  if (given.empty()) return today();
  std::optional<Date> const day = parse_date(given);
  if (!day) throw UsageError("--date: expected a day as YYYY-MM-DD");
  return *day;
}

/// Where the interview starts: the answers that are known, or none.
std::optional<ReadAssessment> start(Ruleset const& rules, AskCommand const& command) {
  if (!command.answers.empty()) return load_assessment(rules, command.answers);
  return ReadAssessment{rules.assessment(interview_day(command.date)), {}};
}

void refuse_contradictions(AskCommand const& command) {
  if (command.rules.file == "-" || command.answers == "-")
    throw UsageError("standard input is where the answers are typed: rules and --answers must be files");
  if (!command.answers.empty() && !command.date.empty())
    throw UsageError("--date and --answers: the answers have their date already");
}

void deliver(std::string const& out, std::string const& assessment) {
  if (out.empty()) return print(assessment);
  replace_file(out, assessment);
}

}  // namespace

int run_ask(AskCommand const& command) {
  refuse_contradictions(command);
  std::optional<Ruleset> const rules = load_rules(command.rules);
  if (!rules) return bad_news;
  std::optional<ReadAssessment> read = start(*rules, command);
  if (!read) return bad_news;
  say(fmt::format("{}\nAssessment of {}. Type `?` for help.\n", rules->title(), to_string(read->assessment.date())));
  Interview interview(*rules, std::move(read->assessment), command.options);
  if (interview.decision().status == DecisionStatus::refused) {
    say(refusals_text(interview.decision().refusals));
    return bad_news;
  }
  interview.run();
  std::string const who = read->id.empty() ? "decision" : shown_id(read->id);
  say(decision_text(
      *rules, rules->explain(interview.person(), ExplainOptions{.decide = command.options, .level = {}, .budget = 0}),
      who));
  deliver(command.out, assessment_to_json(*rules, interview.person(), read->id) + "\n");
  return done_and_good;
}

}  // namespace carestep::cli

#include "explain/reasons.hpp"

#include "analyze/changes.hpp"
#include "analyze/reasons.hpp"
#include "explain/summary.hpp"
#include "ir/words.hpp"

namespace carestep::explain {
namespace {

ReasonStrength strength(analyze::Proof proof) {
  switch (proof) {
    case analyze::Proof::smallest:
      return ReasonStrength::smallest;
    case analyze::Proof::irreducible:
      return ReasonStrength::irreducible;
    case analyze::Proof::sufficient:
      return ReasonStrength::sufficient;
    case analyze::Proof::gave_up:
      break;
  }
  return ReasonStrength::not_settled;
}

ChangeVerdict verdict(analyze::Changes::Verdict verdict) {
  switch (verdict) {
    case analyze::Changes::Verdict::already:
      return ChangeVerdict::already;
    case analyze::Changes::Verdict::found:
      return ChangeVerdict::found;
    case analyze::Changes::Verdict::none:
      return ChangeVerdict::none;
    case analyze::Changes::Verdict::gave_up:
      break;
  }
  return ChangeVerdict::not_settled;
}

std::string goal_name(analyze::Aim::Kind kind) {
  switch (kind) {
    case analyze::Aim::Kind::step_down:
      return "step_down";
    case analyze::Aim::Kind::step_up:
      return "step_up";
    case analyze::Aim::Kind::lower:
      return "lower_level";
    case analyze::Aim::Kind::higher:
      return "higher_level";
    case analyze::Aim::Kind::level:
      break;
  }
  return "level";
}

class Shower {
 public:
  explicit Shower(Seen const& seen) : seen_(seen) {}

  [[nodiscard]] ShownAnswer answer(analyze::Known const& known) const {
    if (known.kind == analyze::Known::Kind::no_previous) return {"previous", "", "no previous assessment"};
    return seen_.answer(known.question.input.index, known.question.previous);
  }

  [[nodiscard]] ShownGoal goal(analyze::Changes const& changes) const {
    ShownGoal shown{goal_name(changes.goal.kind), "", verdict(changes.verdict), {}, changes.more};
    if (changes.goal.kind == analyze::Aim::Kind::level) shown.level = level_name(seen_.model(), changes.goal.level);
    for (analyze::Alternative const& each : changes.alternatives) shown.alternatives.push_back(alternative(each));
    return shown;
  }

 private:
  [[nodiscard]] ShownAlternative alternative(analyze::Alternative const& alternative) const {
    BriefDecision const& decision = alternative.decision;
    ShownAlternative shown{{},
                           std::string(to_string(decision.move)),
                           level_name(seen_.model(), decision.next),
                           level_name(seen_.model(), decision.indicated)};
    for (analyze::OtherAnswer const& each : alternative.changes) shown.changes.push_back(change(each));
    return shown;
  }

  [[nodiscard]] ShownChange change(analyze::OtherAnswer const& change) const {
    ir::Input const& input = seen_.model().inputs[change.input.index];
    ShownAnswer const now = seen_.answer(change.input.index, false);
    Date const day = seen_.assessment().date();
    ShownChange shown{now.input, now.label, now.value, ir::value_words(input, change.codes.data(), day), ""};
    if (change.low < change.high) {
      shown.within = ir::value_words(input, &change.low, day) + " to " + ir::value_words(input, &change.high, day);
    }
    return shown;
  }

  Seen const& seen_;
};

}  // namespace

void add_reasons(Seen const& seen, ExplainOptions const& options, Explanation& out) {
  analyze::Person const person(seen.assessment(), seen.decision());
  Shower const shower(seen);
  analyze::Reason const reason = analyze::sufficient_reason(person, seen.decision(), options.budget);
  out.reason = {strength(reason.proof), out.shown.possible_indicated, {}};
  for (std::uint32_t const piece : reason.pieces) out.reason.answers.push_back(shower.answer(person.known()[piece]));

  std::vector<analyze::Aim> goals = analyze::usual_aims(person);
  if (options.level) goals.push_back({analyze::Aim::Kind::level, *options.level});
  for (analyze::Changes const& changes : analyze::what_would_change(person, seen.decision(), goals, options.budget)) {
    out.changes.push_back(shower.goal(changes));
  }
}

}  // namespace carestep::explain

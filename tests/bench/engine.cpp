#include "engine.hpp"

#include <cstdio>
#include <cstdlib>

namespace bench {

using namespace carestep;

namespace {

constexpr std::size_t attendance_input = 10;

void must(std::optional<Refusal> const& refusal) {
  if (refusal) give_up(refusal->path + ": " + refusal->message);
}

Decimal attendance_of(unsigned code) {
  return {static_cast<std::int64_t>(code) * (Decimal::one / 10'000)};
}

Answer answer_of(std::size_t input, unsigned code) {
  switch (inputs[input].kind) {
    case Kind::scale:
      return inputs[input].values[code];
    case Kind::yes_no:
      return code != 0;
    case Kind::number:
      break;
  }
  if (input == attendance_input) return attendance_of(code);
  return static_cast<std::int64_t>(code);
}

}  // namespace

void give_up(std::string const& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  std::exit(1);
}

Ruleset load_rules(std::string const& name) {
  auto rules = load(std::string(CARESTEP_SOURCE_DIR) + "/tests/bench/" + name);
  if (!rules) give_up(name + " has errors");
  return *rules;
}

Engine::Engine(Ruleset rules) : rules_(std::move(rules)) {
  for (std::size_t i = 0; i < input_count; ++i) {
    std::optional<InputId> const id = rules_.input(inputs[i].name);
    if (!id) give_up(std::string("no input ") + inputs[i].name);
    ids_[i] = *id;
    for (char const* const name : inputs[i].values) values_[i].push_back(*rules_.value(*id, name));
    if (inputs[i].highest > 255) continue;
    for (unsigned code = 0; code <= inputs[i].highest; ++code) answers_[i].push_back(answer_of(i, code));
  }
  days_in_level_ = *rules_.input("days_in_level");
}

Answer Engine::made(std::size_t input, Record const& record) const {
  unsigned const code = answer(record, input);
  return answers_[input].empty() ? answer_of(input, code) : answers_[input][code];
}

Assessment Engine::assessment(std::uint64_t index, Record const& record, UnknownMask unknown) const {
  Assessment made_of = rules_.assessment(*parse_date(assessment_day));
  for (std::size_t i = 0; i < input_count; ++i)
    if ((unknown >> i & 1U) == 0) must(made_of.set(ids_[i], made(i, record)));
  if ((unknown >> current_level_input & 1U) == 0)
    must(made_of.set(days_in_level_, static_cast<std::int64_t>(days_in_level(index, record))));
  return made_of;
}

void Engine::answer_all(Assessment& assessment, Record const& record) const {
  assessment.clear(days_in_level_);
  for (std::size_t i = 0; i < input_count; ++i) {
    if (answers_[i].empty()) {
      must(assessment.set(ids_[i], answer_of(i, answer(record, i))));
    } else {
      must(assessment.set(ids_[i], answers_[i][answer(record, i)]));
    }
  }
  must(assessment.set(days_in_level_, record.current_level == 0 ? 0 : 7));
}

void Engine::set_all(Assessment& assessment, Record const& record) const {
  std::size_t input = 0;
  auto const value = [&](unsigned code) {
    must(assessment.set(values_[input][code]));
    ++input;
  };
  auto const plain = [&](auto answer) { must(assessment.set(ids_[input++], answer)); };
  assessment.clear(days_in_level_);
  value(record.withdrawal_risk);
  value(record.biomedical_stability);
  value(record.psychiatric_severity);
  value(record.suicidality);
  value(record.home_environment);
  value(record.social_support);
  value(record.relapse_risk);
  value(record.readiness);
  plain(record.days_abstinent);
  plain(record.prior_treatment_episodes);
  plain(attendance_of(record.attendance_rate));
  plain(record.positive_screens_30d);
  plain(record.has_obligations != 0);
  value(record.current_level);
  must(assessment.set(days_in_level_, record.current_level == 0 ? 0 : 7));
}

HandDecision brief_of(carestep::BriefDecision const& decision) {
  if (decision.status != DecisionStatus::determined) give_up("a complete record is not determined");
  HandDecision brief;
  switch (decision.move) {
    case Move::admit:
      brief.move = MoveWord::admit;
      break;
    case Move::step_up:
      brief.move = MoveWord::step_up;
      break;
    case Move::stay:
      brief.move = MoveWord::stay;
      break;
    case Move::step_down:
      brief.move = MoveWord::step_down;
      break;
    case Move::discharge:
    case Move::none:
      give_up("a move that the workload does not have");
  }
  brief.next = static_cast<std::uint8_t>(decision.next.index + 1);
  brief.indicated = static_cast<std::uint8_t>(decision.indicated.index + 1);
  MarkSet only_conflict;
  brief.conflict = decision.marks.contains(Mark::conflict);
  if (brief.conflict) only_conflict.insert(Mark::conflict);
  if (decision.marks != only_conflict) give_up("a mark that the workload does not have");
  return brief;
}

}  // namespace bench

#include "engine_batch.hpp"

namespace bench {

namespace {

constexpr std::size_t obligations_input = 12;

void must(std::optional<carestep::Refusal> const& refusal) {
  if (refusal) give_up(refusal->path + ": " + refusal->message);
}

void set_bit(std::uint8_t* bits, std::size_t at) {
  bits[at / 8] = static_cast<std::uint8_t>(bits[at / 8] | 1U << (at % 8));
}

std::uint8_t const* narrow_column(ByteColumns const& c, std::size_t input) {
  switch (input) {
    case 0:
      return c.withdrawal_risk;
    case 1:
      return c.biomedical_stability;
    case 2:
      return c.psychiatric_severity;
    case 3:
      return c.suicidality;
    case 4:
      return c.home_environment;
    case 5:
      return c.social_support;
    case 6:
      return c.relapse_risk;
    case 7:
      return c.readiness;
    case 9:
      return c.prior_treatment_episodes;
    case 11:
      return c.positive_screens_30d;
    default:
      return c.current_level;
  }
}

}  // namespace

ColumnBatch::ColumnBatch(Engine const& engine, std::shared_ptr<ColumnStore const> columns, unsigned unknown)
    : columns_(std::move(columns)), obligations_(size() / 8) {
  for (std::size_t i = 0; i < size(); ++i)
    if (columns_->columns().has_obligations[i] != 0) set_bit(obligations_.data(), i);
  for (std::size_t input = 0; unknown != 0 && input < input_count; ++input) known_.emplace_back(size() / 8);
  for (std::size_t i = 0; unknown != 0 && i < size(); ++i) {
    UnknownMask const mask = make_unknown(i, unknown);
    for (std::size_t input = 0; input < input_count; ++input)
      if ((mask >> input & 1U) == 0) set_bit(known_[input].data(), i);
  }
  batch_ = engine.rules().batch(size(), *carestep::parse_date(assessment_day));
  for (std::size_t input = 0; input < input_count; ++input)
    add(engine, input, unknown != 0 ? known_[input].data() : nullptr);
}

void ColumnBatch::add(Engine const& engine, std::size_t input, std::uint8_t const* known) {
  using carestep::Column;
  ByteColumns const& columns = columns_->columns();
  auto const set = [&](Column const& column) { must(batch_->set(engine.input(input), column)); };
  if (input == obligations_input) return set(Column::yes_no(obligations_.data(), size(), known));
  if (inputs[input].highest > 255) {
    std::uint16_t const* const wide = inputs[input].decimals != 0 ? columns.attendance_rate : columns.days_abstinent;
    return set(Column::numbers(std::span(wide, size()), static_cast<int>(inputs[input].decimals), known));
  }
  std::span<std::uint8_t const> const narrow(narrow_column(columns, input), size());
  set(inputs[input].kind == Kind::scale ? Column::values(narrow, known) : Column::numbers(narrow, 0, known));
}

DecidedColumns::DecidedColumns(std::size_t count, std::size_t rules)
    : count_(count),
      status_(count),
      move_(count),
      next_(count),
      indicated_(count),
      marks_(count),
      active_words_(carestep::BatchDecisions::active_words(count)),
      active_(rules * active_words_ + 1),
      rules_(rules) {}

carestep::BatchDecisions DecidedColumns::all() {
  return {.status = {status_.data(), count_},
          .move = {move_.data(), count_},
          .next = {next_.data(), count_},
          .indicated = {indicated_.data(), count_},
          .marks = {marks_.data(), count_},
          .active = {active_.data(), rules_ * active_words_}};
}

carestep::BatchDecisions DecidedColumns::next_only() {
  carestep::BatchDecisions decisions;
  decisions.next = {next_.data(), count_};
  return decisions;
}

carestep::BriefDecision DecidedColumns::operator[](std::size_t record) const {
  carestep::BriefDecision decision;
  decision.status = carestep::DecisionStatus{status_[record]};
  decision.move = carestep::Move{move_[record]};
  decision.next = {next_[record]};
  decision.indicated = {indicated_[record]};
  decision.marks = {marks_[record]};
  return decision;
}

bool DecidedColumns::active(std::size_t rule, std::size_t record) const {
  return (active_[rule * active_words_ + record / 64] >> (record % 64) & 1U) != 0;
}

}  // namespace bench

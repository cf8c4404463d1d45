#include "batch/decide.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "batch/block.hpp"
#include "batch/completions.hpp"
#include "batch/output.hpp"
#include "eval/decide.hpp"
#include "eval/known.hpp"
#include "program/assessment_access.hpp"

namespace carestep::batch {
namespace {

class BatchRun {
 public:
  BatchRun(Batch::State const& state, BatchDecisions const& into, BatchOptions const& options)
      : state_(state),
        wanted_(wanted_by(into)),
        writer_(state, into),
        options_{.allow_out_of_force = true, .brief = true, .budget = options.budget},
        reader_(state),
        completions_(state, wanted_by(into)),
        single_(AssessmentAccess::make(state.program, state.date)) {
    std::vector<Coding> const& codings = state.programs->codings();
    for (std::uint32_t var = 0; var < codings.size(); ++var)
      if (codings[var].read) read_.push_back(var);
  }

  BatchTally run(std::size_t first, std::size_t count) {
    for (std::size_t begin = first; begin < first + count; begin += block_records)
      decide_block(begin, std::min(block_records, first + count - begin));
    completions_.flush([&](Completions::Settled const& settled) { take(settled); });
    return tally_;
  }

 private:
  void decide_block(std::size_t first, std::size_t count) {
    first_ = first;
    count_ = count;
    tally_.records += count;
    if (!state_.programs->usable()) {
      for (std::size_t i = 0; i < count; ++i) settle(first + i);
      return;
    }
    ahead_.clear();
    bool const refused = state_.packed ? open_packed() : open_columns();
    writer_.look_ahead(first, count, ahead_);
    take_steps(compiled_->schedule.steps, memory_.places(), ahead_);
    writer_.write(*compiled_, memory_, first, count);
    finish(refused);
  }

  /// Another program from now on.
  void use(Programs::Compiled const& compiled) {
    if (compiled_ == &compiled) return;
    compiled_ = &compiled;
    memory_.place(compiled.schedule.planes);
    if (!state_.packed) reader_.plan(compiled.inputs, compiled.schedule.used, memory_.places());
  }

  bool open_columns() {
    reader_.open(first_, count_);
    use(state_.programs->compiled(Form::columns, complete_block(), wanted_));
    if (any_refused_) refused_.fill(0);
    any_refused_ = reader_.read(refused_.data());
    reader_.look_ahead(ahead_);
    return any_refused_;
  }

  bool complete_block() {
    if (needed_.empty()) find_needed();
    return all_told_ ||
           std::all_of(needed_.begin(), needed_.end(), [&](std::uint32_t var) { return reader_.complete(var); });
  }

  void find_needed() {
    Programs::Compiled const& exact = state_.programs->compiled(Form::columns, true, wanted_);
    for (std::uint32_t const i : exact.schedule.used) needed_.push_back(exact.inputs[i].var);
    std::sort(needed_.begin(), needed_.end());
    needed_.erase(std::unique(needed_.begin(), needed_.end()), needed_.end());
    all_told_ = std::all_of(needed_.begin(), needed_.end(), [&](std::uint32_t var) { return reader_.all_told(var); });
  }

  bool open_packed() {
    Packed const& packed = *state_.packed;
    std::size_t const block = first_ / block_records;
    bool const complete = packed.complete[block] != 0;
    use(state_.programs->compiled(Form::packed, complete, wanted_));
    for (std::uint32_t const i : compiled_->schedule.used) {
      PlaneInput const& input = compiled_->inputs[i];
      std::uint32_t const behind = input.kind == PlaneInput::Kind::known ? state_.programs->packed_bits(input.var)
                                                                         : static_cast<std::uint32_t>(input.arg);
      std::uint64_t const* const plane = packed.plane(block, packed.places[input.var].first + behind);
      memory_.stand(i, plane);
      ahead_.push_back(
          {reinterpret_cast<char const*>(plane + packed.planes * block_words), block_words * 8 / Ahead::line});
    }
    if (complete) return false;
    std::copy_n(packed.plane(block, 0), block_words, refused_.begin());
    return std::any_of(refused_.begin(), refused_.end(), [](std::uint64_t word) { return word != 0; });
  }

  // ---- what is not plain
  // ------------------------------------------------------------------------------------------------

  void finish(bool refused) {
    Output const& open = compiled_->schedule.outputs[compiled_->outputs.open];
    Output const& impossible = compiled_->schedule.outputs[compiled_->outputs.refused];
    bool const placement = wanted_.marks && !state_.unavailable_of.empty();
    if (!refused && !placement && open.never() && impossible.never()) return;
    opened_ = false;
    for (std::size_t word = 0; word * 64 < count_; ++word) {
      std::uint64_t const bad = memory_.word(impossible, word) | (refused ? refused_[word] : 0);
      std::uint64_t rest = bad | memory_.word(open, word);
      if (placement) rest |= speaks_of_placement(word);
      for (; rest != 0; rest &= rest - 1) {
        std::size_t const i = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        if (i >= count_) return;
        if ((bad >> (i % 64) & 1U) != 0)
          put(first_ + i, refusal());
        else if (!settle_together(i))
          settle(first_ + i);
      }
    }
  }

  /// Where a level has no place, a guarantee speaks of the placement: that is decided alone.
  [[nodiscard]] std::uint64_t speaks_of_placement(std::size_t word) const {
    std::uint64_t bits = 0;
    for (std::size_t i = word * 64; i < std::min(word * 64 + 64, count_); ++i)
      if (state_.unavailable_of[first_ + i] != 0) bits |= std::uint64_t{1} << (i % 64);
    return bits;
  }

  static BriefDecision refusal() {
    BriefDecision brief;
    brief.status = DecisionStatus::refused;
    return brief;
  }

  void put(std::size_t record, BriefDecision const& brief) {
    if (brief.status == DecisionStatus::refused) ++tally_.refused;
    if (brief.status == DecisionStatus::undetermined) ++tally_.undetermined;
    writer_.put(record, brief);
  }

  /// Records with a few unknown answers, over all their completions.
  bool settle_together(std::size_t i) {
    std::size_t const record = first_ + i;
    bool const placement = wanted_.marks && !state_.unavailable_of.empty() && state_.unavailable_of[record] != 0;
    // With less than the usual budget a record may be decided roughly: only deciding it alone tells.
    if (placement || options_.budget < DecideOptions{}.budget) return false;
    if (!opened_) completions_.open(*compiled_, memory_);
    opened_ = true;
    bool const no_previous = previous_of(record) == Assessment::Previous::none;
    bool const days_there = completions_.level_unknown(i) && code_of(ir::days_in_level_var, record) > 0;
    return completions_.add(i, record, no_previous, days_there,
                            [&](Completions::Settled const& settled) { take(settled); });
  }

  void take(Completions::Settled const& settled) {
    if (!settled.possible) return settle(settled.record);
    ++tally_.settled_together;
    put(settled.record, settled.brief);
    if (wanted_.active) writer_.put_active(settled.record, settled.active);
  }

  [[nodiscard]] Assessment::Previous previous_of(std::size_t record) const {
    return state_.previous_of.empty() ? state_.previous : state_.previous_of[record];
  }

  void settle(std::size_t record) {
    ++tally_.settled_singly;
    std::span<program::AnswerCode> const codes = AssessmentAccess::codes(single_);
    for (std::uint32_t const var : read_) codes[var] = static_cast<program::AnswerCode>(code_of(var, record));
    BriefDecision brief;
    bool const plain = !wanted_.active && state_.previous_of.empty() && state_.previous != Assessment::Previous::none;
    if (plain && eval::find_brief(*state_.program, codes.data(), 0, scratch_, true, brief)) return put(record, brief);
    AssessmentAccess::previous(single_) = previous_of(record);
    AssessmentAccess::set_unavailable(single_, state_.unavailable_of.empty() ? 0 : state_.unavailable_of[record]);
    if (!wanted_.active) {
      put(record, eval::brief(*state_.program, single_, options_));
      return;
    }
    DecideOptions whole = options_;
    whole.brief = false;
    eval::decide(*state_.program, single_, whole, decision_);
    put(record, decision_);
    writer_.put_active(record, decision_.active);
  }

  [[nodiscard]] std::int64_t code_of(std::uint32_t var, std::size_t record) const {
    if (!state_.packed) return code_at(state_.sources[var], record);
    Packed const& packed = *state_.packed;
    std::size_t const block = record / block_records;
    std::size_t const word = record % block_records / 64;
    std::uint32_t const bits = state_.programs->packed_bits(var);
    auto const bit = [&](std::uint32_t plane) {
      return static_cast<std::int64_t>(packed.plane(block, packed.places[var].first + plane)[word] >> (record % 64) &
                                       1U);
    };
    if (!packed.places[var].read || bit(bits) == 0) return -1;
    std::int64_t number = 0;
    for (std::uint32_t i = 0; i < bits; ++i) number |= bit(i) << i;
    if (!state_.programs->packed_as_cells(var)) return number;
    return number == 0 ? 0 : state_.programs->codings()[var].cuts[static_cast<std::size_t>(number) - 1];
  }

  Batch::State const& state_;
  Wanted wanted_;
  BlockWriter writer_;
  DecideOptions options_;
  BlockReader reader_;
  Completions completions_;
  bool opened_ = false;  // the block, for completions
  Assessment single_;
  Decision decision_;
  eval::Scratch scratch_;
  Memory memory_;
  std::vector<Ahead> ahead_;
  std::array<std::uint64_t, block_words> refused_{};
  bool any_refused_ = false;
  Programs::Compiled const* compiled_ = nullptr;
  std::vector<std::uint32_t> read_;    // variables
  std::vector<std::uint32_t> needed_;  // those that the exact circuit of columns reads
  bool all_told_ = false;              // and they are known in every block
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  BatchTally tally_;
};

bool in_force(program::Program const& program, Date day) {
  return program.first_day <= day.days && day.days <= program.last_day;
}

/// Nobody is decided by a ruleset that is not in force.
BatchTally refuse_all(Batch::State const& state, BatchDecisions const& into, std::size_t first, std::size_t count) {
  auto const fill = [&](auto list, auto value) {
    if (!list.empty()) std::fill_n(list.begin() + static_cast<std::ptrdiff_t>(first), count, value);
  };
  fill(into.status, static_cast<std::uint8_t>(DecisionStatus::refused));
  fill(into.move, static_cast<std::uint8_t>(Move::none));
  fill(into.next, no_level.index);
  fill(into.indicated, no_level.index);
  fill(into.marks, std::uint16_t{0});
  std::size_t const words = BatchDecisions::active_words(state.size);
  for (std::size_t rule = 0; !into.active.empty() && rule < state.program->rules.size(); ++rule)
    std::fill_n(into.active.begin() + static_cast<std::ptrdiff_t>(rule * words + first / 64),
                BatchDecisions::active_words(count), std::uint64_t{0});
  return {.records = count, .undetermined = 0, .refused = count, .settled_singly = 0, .settled_together = 0};
}

bool long_enough(Batch::State const& state, BatchDecisions const& into) {
  auto const ok = [&](auto list) { return list.empty() || list.size() >= state.size; };
  return ok(into.status) && ok(into.move) && ok(into.next) && ok(into.indicated) && ok(into.marks) &&
         (into.active.empty() ||
          into.active.size() >= state.program->rules.size() * BatchDecisions::active_words(state.size));
}

}  // namespace

BatchTally decide(Batch::State const& state, BatchDecisions const& into, BatchOptions const& options) {
  if (!long_enough(state, into) || options.first > state.size || options.first % BatchOptions::part != 0) return {};
  std::size_t const count = std::min(options.count, state.size - options.first);
  // Assessments collected one by one were looked at when they came.
  bool const one_day = state.previous_of.empty();
  if (one_day && !options.allow_out_of_force && !in_force(*state.program, state.date))
    return refuse_all(state, into, options.first, count);
  return BatchRun(state, into, options).run(options.first, count);
}

std::shared_ptr<Packed const> pack(Batch::State const& state) {
  auto packed = std::make_shared<Packed>();
  Programs const& programs = *state.programs;
  packed->places.resize(programs.codings().size());
  packed->planes = 1;
  for (std::uint32_t var = 0; var < packed->places.size(); ++var) {
    if (!programs.codings()[var].read) continue;
    packed->places[var] = {packed->planes, true};
    packed->planes += programs.packed_bits(var) + 1;
  }
  std::size_t const blocks = (state.size + block_records - 1) / block_records;
  packed->words.assign(blocks * packed->planes * block_words, 0);
  packed->complete.assign(blocks, 1);
  BlockReader reader(state);
  std::array<std::uint64_t, block_words> reached;
  for (std::size_t block = 0; block < blocks; ++block) {
    reader.open(block * block_records, std::min(block_records, state.size - block * block_records));
    auto const plane = [&](std::uint32_t number) {
      return packed->words.data() + (block * packed->planes + number) * block_words;
    };
    bool refused = reader.add_days_without_level(plane(0));
    for (std::uint32_t var = 0; var < packed->places.size(); ++var)
      refused = reader.add_out_of_range(var, plane(0)) || refused;
    if (refused) packed->complete[block] = 0;
    for (std::uint32_t var = 0; var < packed->places.size(); ++var) {
      Packed::Place const place = packed->places[var];
      if (!place.read) continue;
      std::uint32_t const bits = programs.packed_bits(var);
      auto const read = [&](PlaneInput const& input, std::uint64_t* to) { reader.read(input, to); };
      read({var, PlaneInput::Kind::known, 0}, plane(place.first + bits));
      if (!reader.complete(var) && (var != ir::days_in_level_var || state.program->boxes.reads_days))
        packed->complete[block] = 0;
      if (!programs.packed_as_cells(var)) {
        for (std::uint32_t bit = 0; bit < bits; ++bit)
          read({var, PlaneInput::Kind::bit, bit}, plane(place.first + bit));
        continue;
      }
      // The number of the cell, in binary: each bit changes at every so many cuts.
      std::vector<std::int64_t> const& cuts = programs.codings()[var].cuts;
      for (std::size_t cut = 0; cut < cuts.size(); ++cut) {
        read({var, PlaneInput::Kind::at_least, cuts[cut]}, reached.data());
        for (std::uint32_t bit = 0; bit < bits; ++bit) {
          if ((((cut + 1) ^ cut) >> bit & 1U) == 0) continue;
          std::uint64_t* const to = plane(place.first + bit);
          for (std::size_t word = 0; word < block_words; ++word) to[word] ^= reached[word];
        }
      }
    }
  }
  return packed;
}

}  // namespace carestep::batch

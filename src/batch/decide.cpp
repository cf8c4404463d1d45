#include "batch/decide.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "batch/block.hpp"
#include "eval/decide.hpp"
#include "eval/known.hpp"
#include "program/assessment_access.hpp"

namespace carestep::batch {
namespace {

/// Planes of one block at work, and where each plane of a schedule stands.
class Memory {
 public:
  void place(std::size_t planes) {
    words_.resize(planes * block_words);
    places_.resize(planes);
    for (std::size_t i = 0; i < planes; ++i) places_[i] = words_.data() + i * block_words;
  }
  /// An input that stands elsewhere: steps never write to inputs.
  void stand(std::size_t input, std::uint64_t const* plane) { places_[input] = const_cast<std::uint64_t*>(plane); }
  [[nodiscard]] std::uint64_t* plane(std::size_t i) { return places_[i]; }
  [[nodiscard]] std::uint64_t* const* places() const { return places_.data(); }

 private:
  PlaneWords words_;
  std::vector<std::uint64_t*> places_;
};

Wanted wanted_by(BatchDecisions const& into) {
  return {.move = !into.move.empty(),
          .next = !into.next.empty(),
          .indicated = !into.indicated.empty(),
          .marks = !into.marks.empty(),
          .active = !into.active.empty()};
}

class BatchRun {
 public:
  BatchRun(Batch::State const& state, BatchDecisions const& into, BatchOptions const& options)
      : state_(state),
        into_(into),
        wanted_(wanted_by(into)),
        options_{.allow_out_of_force = true, .brief = true, .budget = options.budget},
        reader_(state),
        single_(AssessmentAccess::make(state.program, state.date)) {
    std::vector<Coding> const& codings = state.programs->codings();
    for (std::uint32_t var = 0; var < codings.size(); ++var)
      if (codings[var].read) read_.push_back(var);
  }

  BatchTally run(std::size_t first, std::size_t count) {
    for (std::size_t begin = first; begin < first + count; begin += block_records)
      decide_block(begin, std::min(block_records, first + count - begin));
    return tally_;
  }

 private:
  void decide_block(std::size_t first, std::size_t count) {
    first_ = first;
    count_ = count;
    tally_.records += count;
    if (!state_.programs->usable()) {
      for (std::size_t i = 0; i < count; ++i) settle(i);
      return;
    }
    bool const refused = state_.packed ? open_packed() : open_columns();
    take_steps(compiled_->schedule.steps, memory_.places());
    write();
    finish(refused);
  }

  /// Another program from now on: its planes, and its inputs by variable, so that a column is read while it is near.
  void use(Programs::Compiled const& compiled) {
    if (compiled_ == &compiled) return;
    compiled_ = &compiled;
    memory_.place(compiled.schedule.planes);
    inputs_ = compiled.schedule.used;
    std::stable_sort(inputs_.begin(), inputs_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return compiled.inputs[a].var < compiled.inputs[b].var; });
    planes_.clear();
    for (std::uint32_t const output : compiled.schedule.outputs) planes_.push_back(memory_.plane(output));
  }

  bool open_columns() {
    reader_.open(first_, count_);
    use(complete_block() ? state_.programs->compiled(Form::columns, true, wanted_)
                         : state_.programs->compiled(Form::columns, false, wanted_));
    refused_.fill(0);
    bool refused = reader_.add_days_without_level(refused_.data());
    std::size_t next = 0;
    for (std::uint32_t var = 0; var < state_.sources.size(); ++var) {
      inputs_here_.clear();
      planes_here_.clear();
      for (; next < inputs_.size() && compiled_->inputs[inputs_[next]].var == var; ++next) {
        inputs_here_.push_back(&compiled_->inputs[inputs_[next]]);
        planes_here_.push_back(memory_.plane(inputs_[next]));
      }
      // Where every code is read on the way, and none can be too low, there is nothing more to look at.
      bool const within = reader_.read(var, inputs_here_, planes_here_);
      bool const seen = !inputs_here_.empty() && inputs_here_.front()->kind != PlaneInput::Kind::known;
      if (!within || !seen || !reader_.never_low(var))
        refused = reader_.add_out_of_range(var, refused_.data()) || refused;
    }
    return refused;
  }

  bool complete_block() {
    Programs::Compiled const& exact = state_.programs->compiled(Form::columns, true, wanted_);
    return std::all_of(exact.schedule.used.begin(), exact.schedule.used.end(),
                       [&](std::uint32_t i) { return reader_.complete(exact.inputs[i].var); });
  }

  bool open_packed() {
    Packed const& packed = *state_.packed;
    std::size_t const block = first_ / block_records;
    bool const complete = packed.complete[block] != 0;
    use(state_.programs->compiled(Form::packed, complete, wanted_));
    for (std::uint32_t const i : inputs_) {
      PlaneInput const& input = compiled_->inputs[i];
      std::uint32_t const behind = input.kind == PlaneInput::Kind::known ? state_.programs->packed_bits(input.var)
                                                                         : static_cast<std::uint32_t>(input.arg);
      std::uint64_t const* const plane = packed.plane(block, packed.places[input.var].first + behind);
      memory_.stand(i, plane);
      for (std::size_t word = 0; word < block_words; word += 8)  // of the next block, a line at a time
        __builtin_prefetch(plane + packed.planes * block_words + word, 0, 2);
    }
    if (complete) return false;
    std::copy_n(packed.plane(block, 0), block_words, refused_.begin());
    return std::any_of(refused_.begin(), refused_.end(), [](std::uint64_t word) { return word != 0; });
  }

  // ---- output
  // ---------------------------------------------------------------------------------------------------------

  /// One byte a record; the last block goes through memory of its own.
  void write_bytes(std::uint32_t first_plane, std::uint32_t count, std::uint8_t less, std::uint8_t* out) {
    std::span<std::uint64_t const* const> const planes = std::span(planes_).subspan(first_plane, count);
    if (count_ == block_records) return to_bytes(planes, less, out);
    to_bytes(planes, less, bytes_.data());
    std::copy_n(bytes_.begin(), count_, out);
  }

  void write() {
    Outputs const& out = compiled_->outputs;
    std::uint32_t const level_bits = state_.programs->level_bits();
    auto const signed_bytes = [&](std::span<std::int8_t> list) {
      return reinterpret_cast<std::uint8_t*>(list.data() + first_);
    };
    if (!into_.status.empty())
      std::fill_n(into_.status.begin() + static_cast<std::ptrdiff_t>(first_), count_, std::uint8_t{0});
    if (wanted_.move) write_bytes(out.move, 3, 0, into_.move.data() + first_);
    if (wanted_.next) write_bytes(out.next, level_bits, 1, signed_bytes(into_.next));
    if (wanted_.indicated) write_bytes(out.indicated, level_bits, 1, signed_bytes(into_.indicated));
    if (wanted_.marks) write_marks();
    if (wanted_.active) write_active();
  }

  void write_marks() {
    to_bytes(std::span(planes_).subspan(compiled_->outputs.marks, marks_of_planes.size()), 0, bytes_.data());
    for (std::size_t i = 0; i < count_; ++i)
      into_.marks[first_ + i] = static_cast<std::uint16_t>(bytes_[i] | state_.program->always_marks.bits);
  }

  void write_active() {
    std::size_t const words = BatchDecisions::active_words(state_.size);
    std::size_t const here = BatchDecisions::active_words(count_);
    for (std::size_t rule = 0; rule < state_.program->rules.size(); ++rule) {
      std::uint64_t* const out = into_.active.data() + rule * words + first_ / 64;
      std::copy_n(planes_[compiled_->outputs.active + rule], here, out);
      if (count_ % 64 != 0) out[here - 1] &= (std::uint64_t{1} << count_ % 64) - 1;
    }
  }

  // ---- what is not plain
  // ------------------------------------------------------------------------------------------------

  void finish(bool refused) {
    std::uint64_t const* const open = planes_[compiled_->outputs.open];
    std::uint64_t const* const impossible = planes_[compiled_->outputs.refused];
    for (std::size_t word = 0; word * 64 < count_; ++word) {
      std::uint64_t const bad = impossible[word] | (refused ? refused_[word] : 0);
      for (std::uint64_t rest = bad | open[word] | speaks_of_placement(word); rest != 0; rest &= rest - 1) {
        std::size_t const i = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        if (i >= count_) return;
        if ((bad >> (i % 64) & 1U) != 0)
          put(first_ + i, refusal());
        else
          settle(i);
      }
    }
  }

  /// Where a level has no place, a guarantee speaks of the placement: that is decided alone.
  [[nodiscard]] std::uint64_t speaks_of_placement(std::size_t word) const {
    std::uint64_t bits = 0;
    if (!wanted_.marks || state_.unavailable_of.empty()) return bits;
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
    if (!into_.status.empty()) into_.status[record] = static_cast<std::uint8_t>(brief.status);
    if (wanted_.move) into_.move[record] = static_cast<std::uint8_t>(brief.move);
    if (wanted_.next) into_.next[record] = brief.next.index;
    if (wanted_.indicated) into_.indicated[record] = brief.indicated.index;
    if (wanted_.marks) into_.marks[record] = brief.marks.bits;
    if (wanted_.active && brief.status == DecisionStatus::refused) put_active(record, {});
  }

  void put_active(std::size_t record, std::vector<RuleId> const& active) {
    std::size_t const words = BatchDecisions::active_words(state_.size);
    std::uint64_t const bit = std::uint64_t{1} << (record % 64);
    for (std::size_t rule = 0; rule < state_.program->rules.size(); ++rule)
      into_.active[rule * words + record / 64] &= ~bit;
    for (RuleId const rule : active) into_.active[rule.index * words + record / 64] |= bit;
  }

  void settle(std::size_t i) {
    ++tally_.settled_singly;
    std::size_t const record = first_ + i;
    std::span<program::AnswerCode> const codes = AssessmentAccess::codes(single_);
    for (std::uint32_t const var : read_) codes[var] = static_cast<program::AnswerCode>(code_of(var, record));
    BriefDecision brief;
    bool const plain = !wanted_.active && state_.previous_of.empty() && state_.previous != Assessment::Previous::none;
    if (plain && eval::find_brief(*state_.program, codes.data(), 0, scratch_, true, brief)) return put(record, brief);
    AssessmentAccess::previous(single_) = state_.previous_of.empty() ? state_.previous : state_.previous_of[record];
    AssessmentAccess::set_unavailable(single_, state_.unavailable_of.empty() ? 0 : state_.unavailable_of[record]);
    if (!wanted_.active) {
      put(record, eval::brief(*state_.program, single_, options_));
      return;
    }
    DecideOptions whole = options_;
    whole.brief = false;
    eval::decide(*state_.program, single_, whole, decision_);
    put(record, decision_);
    put_active(record, decision_.active);
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
  BatchDecisions const& into_;
  Wanted wanted_;
  DecideOptions options_;
  BlockReader reader_;
  Assessment single_;
  Decision decision_;
  eval::Scratch scratch_;
  Memory memory_;
  std::array<std::uint64_t, block_words> refused_{};
  std::array<std::uint8_t, block_records> bytes_{};
  Programs::Compiled const* compiled_ = nullptr;
  std::vector<std::uint32_t> read_;  // variables
  std::vector<std::uint32_t> inputs_;
  std::vector<PlaneInput const*> inputs_here_;  // of one variable
  std::vector<std::uint64_t*> planes_here_;
  std::vector<std::uint64_t const*> planes_;  // the outputs
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
  return {.records = count, .undetermined = 0, .refused = count, .settled_singly = 0};
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
      auto const read = [&](PlaneInput const& input, std::uint64_t* to) {
        PlaneInput const* const one = &input;
        reader.read(var, std::span(&one, 1), std::span(&to, 1));
      };
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

#include "batch/completions.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <tuple>

namespace carestep::batch {
namespace {

constexpr std::size_t slack = 64;  // bytes that may be written behind the last completion
constexpr std::uint16_t impossible_bit = 0x8000;

// The rank of a completion: next level, indicated level, kind of move, and then what else makes it another decision.
constexpr unsigned flag_bits = 3;
constexpr unsigned move_at = flag_bits;
constexpr unsigned indicated_at = move_at + 3;
constexpr unsigned next_at = indicated_at + 5;
constexpr std::array flags = {Mark::conflict, Mark::not_eligible, Mark::not_applicable};

std::size_t bytes_for(std::size_t bits) {
  return (bits + 7) / 8;
}

/// The variable itself, or the one that it is the previous answer of.
std::uint32_t present_of(ir::Model const& model, std::uint32_t var) {
  if (!model.variables[var].previous) return var;
  ir::Input const& input = model.inputs[model.variables[var].input];
  return input.first_var + (var - input.first_previous_var);
}

/// A list of bytes each for eight planes.
void read_bytes(std::vector<std::uint32_t> const& planes, Memory const& memory,
                std::vector<std::vector<std::uint8_t>>& bytes) {
  for (std::size_t byte = 0; byte < bytes.size(); ++byte) {
    Digits digits;
    for (std::size_t i = 8 * byte; i < std::min(8 * byte + 8, planes.size()); ++i)
      digits.add(memory.plane(planes[i]), static_cast<std::uint16_t>(1U << i % 8));
    to_numbers(digits, bytes[byte].data());
  }
}

/// Bytes of sixteen completions.
class Sixteen {
 public:
  static constexpr std::size_t size = 16;

  explicit Sixteen(unsigned byte) : low_(byte * 0x0101'0101'0101'0101U), high_(low_) {}
  explicit Sixteen(std::uint8_t const* from) {
    std::memcpy(&low_, from, 8);
    std::memcpy(&high_, from + 8, 8);
  }
  void store(std::uint8_t* to) const {
    std::memcpy(to, &low_, 8);
    std::memcpy(to + 8, &high_, 8);
  }
  friend Sixteen operator|(Sixteen a, Sixteen b) {
    a.low_ |= b.low_;
    a.high_ |= b.high_;
    return a;
  }

 private:
  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
};
constexpr std::array<std::uint8_t, Sixteen::size> no_bits{};

}  // namespace

Wanted wanted_of_completions(Wanted wanted) {
  return {.move = true,
          .next = true,
          .indicated = true,
          .marks = true,
          .active = wanted.active,
          .guarantees = wanted.marks};
}

Completions::Completions(Batch::State const& state, Wanted wanted)
    : state_(state), wanted_(wanted), form_(state.packed ? Form::packed : Form::columns) {}

// ---- the rows -------------------------------------------------------------------------------------------------------

std::uint32_t Completions::choices_of(std::uint32_t var) const {
  Coding const& coding = state_.programs->codings()[var];
  auto const choices =
      coding.number ? state_.program->model->variables[var].size : static_cast<std::int64_t>(coding.cuts.size()) + 1;
  return choices > static_cast<std::int64_t>(block_records) ? 0 : static_cast<std::uint32_t>(choices);
}

bool Completions::bit_of(PlaneInput const& input, std::uint32_t choice) const {
  Coding const& coding = state_.programs->codings()[input.var];
  std::int64_t code = choice;
  if (!coding.number && choice > 0) code = coding.cuts[choice - 1];
  if (input.kind == PlaneInput::Kind::at_least) return code >= input.arg;
  bool const as_cell = form_ == Form::packed && state_.programs->packed_as_cells(input.var);
  return ((as_cell ? choice : code) >> input.arg & 1) != 0;
}

Completions::Variable Completions::variable_of(std::vector<std::uint32_t> const& vars) const {
  Variable variable;
  auto const is_of = [&](std::uint32_t input) {
    return std::find(vars.begin(), vars.end(), exact_->inputs[input].var) != vars.end();
  };
  auto const first = std::find_if(row_.begin(), row_.end(), is_of) - row_.begin();
  auto const behind = row_.rend() - std::find_if(row_.rbegin(), row_.rend(), is_of);
  variable.choices = choices_of(vars.front());
  variable.first_byte = static_cast<std::uint32_t>(first / 8);
  variable.clear.assign(static_cast<std::size_t>((behind + 7) / 8 - first / 8), 0xFF);
  variable.choose.assign(variable.bytes() * variable.stride() + Sixteen::size, 0);
  for (auto i = first; i < behind; ++i) {
    PlaneInput const& input = exact_->inputs[row_[static_cast<std::size_t>(i)]];
    if (!is_of(row_[static_cast<std::size_t>(i)])) continue;
    auto const byte = static_cast<std::size_t>(i / 8) - variable.first_byte;
    auto const bit = static_cast<std::uint8_t>(1U << (i % 8));
    variable.clear[byte] = static_cast<std::uint8_t>(variable.clear[byte] & ~bit);
    for (std::uint32_t choice = 0; choice < variable.choices; ++choice)
      if (bit_of(input, choice)) variable.choose[byte * variable.stride() + choice] |= bit;
  }
  return variable;
}

void Completions::lay_out() {
  ir::Model const& model = *state_.program->model;
  exact_ = &state_.programs->compiled(form_, true, wanted_of_completions(wanted_));
  row_ = exact_->schedule.used;
  auto const order = [&](std::uint32_t input) {
    std::uint32_t const var = exact_->inputs[input].var;
    return std::tuple(present_of(model, var), var, input);
  };
  std::sort(row_.begin(), row_.end(), [&](std::uint32_t a, std::uint32_t b) { return order(a) < order(b); });
  for (std::uint32_t const i : row_) {
    std::uint32_t const var = exact_->inputs[i].var;
    if (!known_.empty() && known_.back().var == var) continue;
    bool const behind_present = !known_.empty() && known_.back().var == present_of(model, var);
    Known known;
    known.var = var;
    known.alone = variable_of({var});
    known.assumable = model.inputs[model.variables[var].input].assume.has_value();
    if (behind_present) {
      known.present = static_cast<std::uint32_t>(known_.size() - 1);
      known_.back().with_previous = variable_of({known_.back().var, var});
    }
    known_.push_back(std::move(known));
  }
  base_.assign(bytes_for(row_.size()), std::vector<std::uint8_t>(block_records));
  known_bytes_.assign(bytes_for(known_.size()), std::vector<std::uint8_t>(block_records));
  rows_.assign(base_.size(), std::vector<std::uint8_t>(block_records + slack));
  memory_.place(exact_->schedule.planes);
  record_.resize(block_records + InCommon::slack);
  row_passes_.clear();
  for (std::size_t byte = 0; byte < rows_.size(); ++byte)
    for (std::size_t first = 8 * byte; first < std::min(8 * byte + 8, row_.size()); first += 4)
      row_passes_.push_back(row_pass(byte, first));
}

void Completions::find_planes(Programs::Compiled const& kleene) {
  std::map<std::tuple<std::uint32_t, PlaneInput::Kind, std::int64_t>, std::uint32_t> places;
  for (std::uint32_t i = 0; i < kleene.inputs.size(); ++i)
    places[{kleene.inputs[i].var, kleene.inputs[i].kind, kleene.inputs[i].arg}] = i;
  row_planes_.clear();
  for (std::uint32_t const i : row_) {
    PlaneInput const& input = exact_->inputs[i];
    row_planes_.push_back(places.at({input.var, input.kind, input.arg}));
  }
  known_planes_.clear();
  for (Known const& known : known_) known_planes_.push_back(places.at({known.var, PlaneInput::Kind::known, 0}));
  kleene_ = &kleene;
}

void Completions::open(Programs::Compiled const& kleene, Memory const& memory) {
  if (exact_ == nullptr) lay_out();
  if (kleene_ != &kleene) find_planes(kleene);
  read_bytes(row_planes_, memory, base_);
  read_bytes(known_planes_, memory, known_bytes_);
}

bool Completions::level_unknown(std::size_t place) const {
  for (std::size_t i = 0; i < known_.size() && known_[i].var <= ir::current_level_var; ++i)
    if (known_[i].var == ir::current_level_var) return (known_bytes_[i / 8][place] >> (i % 8) & 1U) == 0;
  return false;
}

std::size_t Completions::count_completions(std::size_t place, bool no_previous, bool days_there) {
  unknown_.clear();
  std::size_t count = 1;
  for (std::size_t byte = 0; byte < known_bytes_.size(); ++byte) {
    unsigned rest = ~unsigned{known_bytes_[byte][place]} & 0xFFU;
    if (byte + 1 == known_bytes_.size() && known_.size() % 8 != 0) rest &= (1U << known_.size() % 8) - 1;
    for (; rest != 0; rest &= rest - 1) {
      Known const& known = known_[8 * byte + static_cast<std::size_t>(std::countr_zero(rest))];
      if (known.assumable) return 0;
      if (no_previous && known.present) continue;  // it goes with the present answer
      Variable const& variable = no_previous && known.with_previous.choices != 0 ? known.with_previous : known.alone;
      // Nobody outside care has days in a level.
      std::uint32_t const first = known.var == ir::current_level_var && days_there ? 1 : 0;
      unknown_.push_back({&variable, first});
      count *= variable.choices - std::min(first, variable.choices);
      if (count == 0 || count > block_records) return 0;
    }
  }
  return count;
}

/// One byte of the rows of a record: each unknown answer repeats what stands there for each of its choices. Sixteen
/// completions at a time; what is written too far is written again.
void Completions::repeat_byte(std::uint8_t* out, std::uint32_t byte, std::uint8_t base, std::size_t count) const {
  unsigned kept = base;
  bool touched = false;
  for (Open const& open : unknown_) {
    std::uint32_t const at = byte - open.variable->first_byte;
    if (at >= open.variable->bytes()) continue;
    kept &= open.variable->clear[at];
    touched = true;
  }
  if (!touched) {
    for (std::size_t i = 0; i < count; i += Sixteen::size) Sixteen(kept).store(out + i);
    return;
  }
  std::size_t length = 1;
  for (Open const& open : unknown_) {
    Variable const& variable = *open.variable;
    std::uint32_t const at = byte - variable.first_byte;
    std::size_t const choices = variable.choices - open.first;
    std::uint8_t const* const bits =
        at < variable.bytes() ? variable.choose.data() + at * variable.stride() + open.first : no_bits.data();
    if (length == 1) {
      for (std::size_t i = 0; i < choices; i += Sixteen::size)
        (Sixteen(kept) | Sixteen(at < variable.bytes() ? bits + i : no_bits.data())).store(out + i);
    } else {
      for (std::size_t choice = 1; choice < choices; ++choice) {
        Sixteen const add(at < variable.bytes() ? bits[choice] : 0U);
        for (std::size_t i = 0; i < length; i += Sixteen::size)
          (Sixteen(out + i) | add).store(out + choice * length + i);
      }
      for (std::size_t i = 0; bits[0] != 0 && i < length; ++i) out[i] = static_cast<std::uint8_t>(out[i] | bits[0]);
    }
    length *= choices;
  }
}

void Completions::repeat(std::size_t place, std::size_t count) {
  for (std::size_t i = 0; i < count; i += Sixteen::size)  // what is too much is written again
    std::fill_n(record_.data() + filled_ + i, std::size_t{Sixteen::size}, static_cast<std::uint16_t>(records_.size()));
  if (unknown_.size() == 1 && count <= Sixteen::size) {  // by far the most
    auto const [variable, first] = unknown_.front();
    for (std::size_t byte = 0; byte < rows_.size(); ++byte)
      Sixteen(base_[byte][place]).store(rows_[byte].data() + filled_);
    for (std::size_t i = 0; i < variable->bytes(); ++i) {
      std::size_t const byte = variable->first_byte + i;
      unsigned const kept = base_[byte][place] & variable->clear[i];
      (Sixteen(kept) | Sixteen(variable->choose.data() + i * variable->stride() + first))
          .store(rows_[byte].data() + filled_);
    }
    return;
  }
  for (std::uint32_t byte = 0; byte < rows_.size(); ++byte)
    repeat_byte(rows_[byte].data() + filled_, byte, base_[byte][place], count);
}

// ---- the decisions --------------------------------------------------------------------------------------------------

Pass Completions::row_pass(std::size_t byte, std::size_t first) const {
  std::array<unsigned, 4> bits{};
  std::size_t const count = std::min(bits.size(), row_.size() - first);
  for (std::size_t i = 0; i < count; ++i) bits[i] = static_cast<unsigned>(first + i) % 8;
  Pass pass = Pass::bits(Raw::u8, 0, std::span(bits).first(count), {0, 255});
  pass.values = rows_[byte].data();
  for (std::size_t i = 0; i < count; ++i) pass.planes[i] = memory_.places()[row_[first + i]];
  return pass;
}

void Completions::decide() {
  find(row_passes_);
  take_steps(exact_->schedule.steps, memory_.places());
  read_outputs();
  compare();
}

void Completions::read_outputs() {
  Outputs const& out = exact_->outputs;
  std::vector<Output> const& planes = exact_->schedule.outputs;
  rank_.resize(block_records + InCommon::slack);
  marks_.resize(block_records + InCommon::slack);
  Digits rank;
  auto const level_bits = state_.programs->level_bits();
  for (unsigned i = 0; i < level_bits; ++i) memory_.add_digit(planes[out.next + i], 1U << (next_at + i), rank);
  for (unsigned i = 0; i < level_bits; ++i)
    memory_.add_digit(planes[out.indicated + i], 1U << (indicated_at + i), rank);
  for (unsigned i = 0; i < 3; ++i) {  // the first kind of move is the greatest
    Output const& bit = planes[out.move + i];
    memory_.add_digit({bit.constant, !bit.negated, bit.plane}, 1U << (move_at + i), rank);
  }
  for (unsigned i = 0; i < flags.size(); ++i) {
    auto const at = std::find(marks_of_planes.begin(), marks_of_planes.end(), flags[i]) - marks_of_planes.begin();
    memory_.add_digit(planes[out.marks + static_cast<std::size_t>(at)], 1U << i, rank);
  }
  to_numbers(rank, rank_.data());
  Digits marks;
  for (std::size_t i = 0; i < marks_of_planes.size(); ++i)
    if (marks_of_planes[i] != Mark::guarantee_broken)
      memory_.add_digit(planes[out.marks + i], 1U << static_cast<unsigned>(marks_of_planes[i]), marks);
  memory_.add_digit(planes[out.refused], impossible_bit, marks);
  to_numbers(marks, marks_.data());
  // Guarantees and rules, a bit each.
  std::size_t const count = out.count - out.active;
  shared_.resize(bytes_for(count), std::vector<std::uint8_t>(block_records));
  for (std::size_t byte = 0; byte < shared_.size(); ++byte) {
    Digits digits;
    for (std::size_t i = 8 * byte; i < std::min(8 * byte + 8, count); ++i)
      memory_.add_digit(planes[out.active + i], 1U << i % 8, digits);
    to_numbers(digits, shared_[byte].data());
  }
}

void Completions::compare() {
  std::fill_n(record_.begin() + static_cast<std::ptrdiff_t>(filled_), InCommon::slack, std::uint16_t{0xFFFF});
  for (auto* const list : {&least_, &most_, &common_marks_}) list->resize(block_records + InCommon::slack);
  find_common({.record = record_.data(),
               .rank = rank_.data(),
               .marks = marks_.data(),
               .flag_bits = flag_bits,
               .impossible = impossible_bit,
               .count = filled_,
               .least = least_.data(),
               .most = most_.data(),
               .shared = common_marks_.data()});
}

Completions::Common Completions::common_of(Repeated const& one) const {
  Common common{least_[one.first], most_[one.first], common_marks_[one.first]};
  for (std::size_t i = one.first + InCommon::reach; i < one.last; i += InCommon::reach) {
    unsigned const rank = common.most >> flag_bits;
    unsigned const other = unsigned{most_[i]} >> flag_bits;
    if (other > rank) common.marks = common_marks_[i];
    if (other == rank) common.marks &= common_marks_[i];
    common.least = std::min<unsigned>(common.least, least_[i]);
    common.most = std::max<unsigned>(common.most, most_[i]);
  }
  return common;
}

void Completions::sum_up(Repeated const& one) {
  Common const common = common_of(one);
  unsigned const rank = common.most;
  settled_.record = one.record;
  settled_.possible = common.least <= rank;
  BriefDecision& brief = settled_.brief;
  brief.status = common.least == rank ? DecisionStatus::determined : DecisionStatus::undetermined;
  brief.move = static_cast<Move>(7U - (rank >> move_at & 7U));
  brief.next.index = static_cast<std::int8_t>((rank >> next_at & 31U) - 1U);
  brief.indicated.index = static_cast<std::int8_t>((rank >> indicated_at & 31U) - 1U);
  brief.marks.bits = static_cast<std::uint16_t>(common.marks | state_.program->always_marks.bits);
  settled_.active.clear();
  std::size_t const rules = wanted_.active ? state_.program->rules.size() : 0;
  for (std::size_t byte = 0; byte < shared_.size(); ++byte) {
    unsigned all = 0xFF;
    for (std::size_t i = one.first; i < one.last; ++i)
      if ((marks_[i] & impossible_bit) == 0) all &= shared_[byte][i];
    for (; all != 0; all &= all - 1) {
      std::size_t const i = 8 * byte + static_cast<std::size_t>(std::countr_zero(all));
      if (i < rules)
        settled_.active.push_back({static_cast<std::uint32_t>(i)});
      else
        brief.marks.insert(Mark::guarantee_broken);
    }
  }
}

}  // namespace carestep::batch

#include "batch/block.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <tuple>

namespace carestep::batch {
namespace {

using Plane = std::array<std::uint64_t, block_words>;

/// The first `count` bits.
std::uint64_t first_bits(std::size_t word, std::size_t count) {
  std::size_t const left = count - std::min(count, word * 64);
  return left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
}

bool same_column(Source const& one, Source const& other) {
  return one.data == other.data && one.known == other.known && one.raw == other.raw && one.least == other.least &&
         one.most == other.most;
}

}  // namespace

BlockReader::BlockReader(Batch::State const& state) : state_(state), stands_for_(state.sources.size()) {
  std::iota(stands_for_.begin(), stands_for_.end(), 0U);
  // Packed planes were made with it in mind.
  if (state.packed || state.previous != Assessment::Previous::none) return;
  for (ir::Input const& input : state.program->model->inputs)
    if (input.first_previous_var != 0)
      std::iota(stands_for_.begin() + input.first_previous_var,
                stands_for_.begin() + input.first_previous_var + input.width, input.first_var);
}

void BlockReader::open(std::size_t first, std::size_t count) {
  first_ = first;
  count_ = count;
  tails_.clear();
  if (count_ < block_records) copy_tail();
}

void BlockReader::copy_tail() {
  tails_.resize(state_.sources.size());
  for (std::size_t var = 0; var < state_.sources.size(); ++var) {
    Source const& source = state_.sources[var];
    if (source.data == nullptr) continue;
    tails_[var].assign(block_records, 0);
    std::size_t const bytes = source.raw == Raw::bits ? (count_ + 7) / 8 : count_ * bytes_of(source.raw);
    std::size_t const begin = source.raw == Raw::bits ? first_ / 8 : first_ * bytes_of(source.raw);
    std::memcpy(tails_[var].data(), static_cast<std::uint8_t const*>(source.data) + begin, bytes);
  }
}

void const* BlockReader::values(std::uint32_t var) const {
  std::uint32_t const at = stands_for_[var];
  if (!tails_.empty()) return tails_[at].data();
  Source const& source = state_.sources[at];
  std::size_t const begin = source.raw == Raw::bits ? first_ / 8 : first_ * bytes_of(source.raw);
  return static_cast<std::uint8_t const*>(source.data) + begin;
}

void BlockReader::known(std::uint32_t var, std::uint64_t* plane) const {
  Source const& from = source(var);
  std::fill_n(plane, block_words, from.data == nullptr ? 0 : ~std::uint64_t{0});
  if (from.known == nullptr || from.data == nullptr) return;
  std::memcpy(plane, from.known + first_ / 8, (count_ + 7) / 8);
  if (count_ < block_records)  // nobody stands there
    for (std::size_t word = count_ / 64; word < block_words; ++word) plane[word] |= ~first_bits(word, count_);
}

bool BlockReader::complete(std::uint32_t var) const {
  Source const& from = source(var);
  if (from.data == nullptr) return false;
  if (from.known == nullptr) return true;
  std::uint8_t const* const bits = from.known + first_ / 8;
  std::size_t const whole = count_ / 8;
  std::uint64_t all = ~std::uint64_t{0};
  std::size_t i = 0;
  for (; i + 8 <= whole; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, bits + i, 8);
    all &= word;
  }
  for (; i < whole; ++i) all &= bits[i] | ~std::uint64_t{0xFF};
  auto const tail = static_cast<std::uint8_t>((1U << count_ % 8) - 1);
  return all == ~std::uint64_t{0} && (tail == 0 || (bits[whole] & tail) == tail);
}

bool BlockReader::is_copied(PlaneInput const& input) const {
  Source const& from = source(input.var);
  return input.kind == PlaneInput::Kind::known || from.data == nullptr || from.raw == Raw::bits;
}

void BlockReader::copy(Copy const& copy) const {
  std::uint32_t const var = copy.input.var;
  if (copy.input.kind == PlaneInput::Kind::known) return known(var, copy.plane);
  if (!has(var)) return static_cast<void>(std::fill_n(copy.plane, block_words, std::uint64_t{0}));
  std::memcpy(copy.plane, values(var), block_words * 8);
}

bool BlockReader::goes_with(Group const& group, PlaneInput const& input) const {
  Source const& one = source(group.var);
  Source const& other = source(input.var);
  if (group.count == most_tests) return false;
  if (one.is_member) return other.is_member && same_column(one, other);
  return group.var == input.var && group.kind == input.kind;
}

void BlockReader::add_to(Group& group, PlaneInput const& input, std::uint64_t* plane) const {
  Source const& from = source(input.var);
  group.numbers[group.count] = input.arg + from.offset;
  group.bits[group.count] = from.is_member ? from.bit : static_cast<unsigned>(input.arg);
  group.planes[group.count++] = plane;
}

Pass BlockReader::pass_of(Group const& group) const {
  Source const& from = source(group.var);
  Bounds const within{from.least, from.most};
  bool const at_least = group.kind == PlaneInput::Kind::at_least && !from.is_member;
  Pass pass = at_least ? Pass::at_least(from.raw, std::span(group.numbers).first(group.count), within)
                       : Pass::bits(from.raw, from.offset, std::span(group.bits).first(group.count), within);
  pass.planes = group.planes;
  return pass;
}

void BlockReader::plan(std::vector<PlaneInput> const& inputs, std::span<std::uint32_t const> used,
                       std::uint64_t* const* planes) {
  copies_.clear();
  passes_.clear();
  vars_.clear();
  std::vector<std::uint32_t> by_column(used.begin(), used.end());  // a column is read while it is near
  auto const place = [&](std::uint32_t i) { return std::tuple(inputs[i].var, inputs[i].kind); };
  std::stable_sort(by_column.begin(), by_column.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
  std::vector<Group> groups;
  for (std::uint32_t const i : by_column) {
    PlaneInput const& input = inputs[i];
    if (is_copied(input)) {
      copies_.push_back({input, planes[i]});
      continue;
    }
    if (groups.empty() || !goes_with(groups.back(), input)) groups.push_back({.var = input.var, .kind = input.kind});
    add_to(groups.back(), input, planes[i]);
  }
  for (Group const& group : groups) {
    passes_.push_back(pass_of(group));
    vars_.push_back(group.var);
  }
  add_unseen();
}

void BlockReader::add_unseen() {
  for (std::uint32_t var = 0; var < state_.sources.size(); ++var) {
    Source const& from = source(var);
    auto const is_seen = [&](std::uint32_t seen) { return same_column(source(seen), from); };
    if (from.data == nullptr || from.raw == Raw::bits || std::any_of(vars_.begin(), vars_.end(), is_seen)) continue;
    passes_.push_back(Pass::at_least(from.raw, {}, {from.least, from.most}));
    vars_.push_back(var);
  }
}

void BlockReader::read(PlaneInput const& input, std::uint64_t* plane) const {
  if (is_copied(input)) return copy({input, plane});
  Group group{.var = input.var, .kind = input.kind};
  add_to(group, input, plane);
  static_cast<void>(take(pass_of(group), input.var));
}

bool BlockReader::take(Pass pass, std::uint32_t var) const {
  pass.values = values(var);
  return find({&pass, 1});
}

bool BlockReader::read(std::uint64_t* refused) {
  bool any = add_days_without_level(refused);
  for (Copy const& one : copies_) copy(one);
  // A whole block comes next: its second half meanwhile, the first while steps are taken.
  bool const another = first_ + 2 * block_records <= state_.size;
  for (std::size_t i = 0; i < passes_.size(); ++i) {
    Pass& pass = passes_[i];
    pass.values = values(vars_[i]);
    std::size_t const behind = block_records / 2 * 3 * bytes_of(pass.raw);
    pass.ahead = another ? static_cast<char const*>(pass.values) + behind : nullptr;
  }
  if (find(passes_)) return any;
  for (std::size_t i = 0; i < passes_.size(); ++i)
    if (!passes_[i].within) any = add_out_of_range(vars_[i], refused) || any;
  return any;
}

void BlockReader::look_ahead(std::vector<Ahead>& ahead) const {
  if (first_ + 2 * block_records > state_.size) return;
  void const* last = nullptr;
  for (Pass const& pass : passes_) {
    std::size_t const bytes = block_records * bytes_of(pass.raw);
    if (pass.values != last) ahead.push_back({static_cast<char const*>(pass.values) + bytes, bytes / 2 / Ahead::line});
    last = pass.values;
  }
}

bool BlockReader::in_range(std::uint32_t var) const {
  Source const& from = source(var);
  if (from.data == nullptr || from.raw == Raw::bits) return true;
  return take(Pass::at_least(from.raw, {}, {from.least, from.most}), var);
}

void BlockReader::at_least(std::uint32_t var, std::int64_t value, std::uint64_t* plane) const {
  Source const& from = source(var);
  Pass pass = Pass::at_least(from.raw, std::span(&value, 1), {from.least, from.most});
  pass.planes[0] = plane;
  static_cast<void>(take(pass, var));
}

template <class Bad>
bool BlockReader::add(std::uint64_t* plane, Bad bad) const {
  std::uint64_t any = 0;
  for (std::size_t word = 0; word < block_words; ++word) {
    std::uint64_t const here = bad(word) & first_bits(word, count_);
    plane[word] |= here;
    any |= here;
  }
  return any != 0;
}

bool BlockReader::add_out_of_range(std::uint32_t var, std::uint64_t* plane) const {
  if (in_range(var)) return false;
  Plane low_enough;
  Plane too_high;
  Plane answered;
  at_least(var, source(var).least, low_enough.data());
  at_least(var, source(var).most + 1, too_high.data());
  known(var, answered.data());
  return add(plane, [&](std::size_t word) { return (~low_enough[word] | too_high[word]) & answered[word]; });
}

bool BlockReader::add_days_without_level(std::uint64_t* plane) const {
  if (!has(ir::current_level_var) || !has(ir::days_in_level_var)) return false;
  Plane in_care;
  Plane days_there;
  Plane level_known;
  Plane days_known;
  at_least(ir::current_level_var, source(ir::current_level_var).offset + 1, in_care.data());
  at_least(ir::days_in_level_var, source(ir::days_in_level_var).offset + 1, days_there.data());
  known(ir::current_level_var, level_known.data());
  known(ir::days_in_level_var, days_known.data());
  return add(plane, [&](std::size_t word) {
    return ~in_care[word] & days_there[word] & level_known[word] & days_known[word];
  });
}

}  // namespace carestep::batch

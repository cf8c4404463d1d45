#include "batch/kernels.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "batch/kernels.cpp"
#include <hwy/foreach_target.h>
// Behind the loop over targets.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace carestep::batch::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The records of a word: `test(vector)` gives a mask.
template <class T, class Test>
HWY_INLINE std::uint64_t find_word(T const* values, Test test) {
  hn::ScalableTag<T> const d;
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < 64; i += hn::Lanes(d)) {
    std::uint8_t bits[8] = {};  // as many as the library may write
    hn::StoreMaskBits(d, test(hn::LoadU(d, values + i)), bits);
    std::uint64_t part = 0;
    hwy::CopyBytes<8>(bits, &part);
    found |= part << i;
  }
  return found;
}

/// The masks of two vectors that stand side by side, as bits.
template <class D, class V, class Test>
HWY_INLINE void put(D d, V first, V second, V constant, Test test, std::uint8_t* to) {
  hn::StoreMaskBits(d, test(first, constant), to);
  hn::StoreMaskBits(d, test(second, constant), to + hn::Lanes(d) / 8);
}

/// The least and the greatest value of each lane.
template <class V>
struct Extremes {
  V least;
  V most;
};

/// The planes of a pass, and what was seen on the way: `test(vector, constant)` gives a mask. The bits go straight to
/// the planes, but for the last words where the library may write more than a mask has.
template <unsigned count, class T, class Test>
HWY_INLINE auto find(Pass const& pass, T const* values, Test test) {
  hn::ScalableTag<T> const d;
  constexpr bool exact = HWY_TARGET <= HWY_AVX3;  // and what came after it
  std::size_t const lanes = hn::Lanes(d);
  auto const constant = [&](unsigned k)
                            HWY_ATTR { return hn::Set(d, static_cast<T>(pass.constants[count > k ? k : 0])); };
  auto const c0 = constant(0), c1 = constant(1), c2 = constant(2), c3 = constant(3), c4 = constant(4), c5 = constant(5);
  auto const* const ahead = pass.ahead != nullptr ? static_cast<T const*>(pass.ahead) : values;
  std::uint8_t* to[most_tests];
  for (unsigned k = 0; k < count; ++k) to[k] = reinterpret_cast<std::uint8_t*>(pass.planes[k]);
  Extremes<decltype(hn::Zero(d))> seen{hn::LoadU(d, values), hn::LoadU(d, values)};
  auto const see = [&](auto one, auto other) HWY_ATTR {
    seen.most = hn::Max(seen.most, hn::Max(one, other));
    if constexpr (std::is_signed_v<T>) seen.least = hn::Min(seen.least, hn::Min(one, other));
  };
  std::size_t done = 0;
  if (lanes >= 8) {
    done = exact ? block_records : block_records - 128;
    for (std::size_t i = 0; i < done; i += 2 * lanes) {
      __builtin_prefetch(ahead + i / 2, 0, 2);
      auto const v = hn::LoadU(d, values + i);
      auto const w = hn::LoadU(d, values + i + lanes);
      see(v, w);
      if constexpr (count > 0) put(d, v, w, c0, test, to[0] + i / 8);
      if constexpr (count > 1) put(d, v, w, c1, test, to[1] + i / 8);
      if constexpr (count > 2) put(d, v, w, c2, test, to[2] + i / 8);
      if constexpr (count > 3) put(d, v, w, c3, test, to[3] + i / 8);
      if constexpr (count > 4) put(d, v, w, c4, test, to[4] + i / 8);
      if constexpr (count > 5) put(d, v, w, c5, test, to[5] + i / 8);
    }
  }
  for (; done < block_records; done += 64) {
    T const* const word = values + done;
    for (std::size_t i = 0; i < 64; i += lanes) see(hn::LoadU(d, word + i), hn::LoadU(d, word + i));
    for (unsigned k = 0; k < count; ++k) {
      auto const c = hn::Set(d, static_cast<T>(pass.constants[k]));
      pass.planes[k][done / 64] = find_word(word, [&](auto v) HWY_ATTR { return test(v, c); });
    }
  }
  return seen;
}

/// The least is looked for here where hardly a column has one that matters.
template <class T>
HWY_NOINLINE bool at_least_low(Pass const& pass) {
  hn::ScalableTag<T> const d;
  auto const* const values = static_cast<T const*>(pass.values);
  auto least = hn::LoadU(d, values);
  for (std::size_t i = 0; i < block_records; i += hn::Lanes(d)) least = hn::Min(least, hn::LoadU(d, values + i));
  return hn::AllFalse(d, hn::Lt(least, hn::Set(d, static_cast<T>(pass.low))));
}

template <class T, class Seen>
HWY_INLINE bool lie_within(Pass const& pass, Seen const& seen) {
  hn::ScalableTag<T> const d;
  if (!hn::AllFalse(d, hn::Gt(seen.most, hn::Set(d, static_cast<T>(pass.high))))) return false;
  if constexpr (std::is_signed_v<T>)
    return hn::AllFalse(d, hn::Lt(seen.least, hn::Set(d, static_cast<T>(pass.low))));
  else
    return pass.low == 0 || at_least_low<T>(pass);
}

/// `constant`: of a number, one less, as what a value is above.
template <class T, bool tests_bits, unsigned count>
bool take_pass(Pass const& pass) {
  auto const* const values = static_cast<T const*>(pass.values);
  if constexpr (tests_bits) {
    hn::ScalableTag<T> const d;
    auto const zero = hn::Set(d, static_cast<T>(pass.offset));
    return lie_within<T>(
        pass, find<count>(pass, values, [&](auto v, auto c) HWY_ATTR { return hn::TestBit(hn::Sub(v, zero), c); }));
  } else {
    bool const ok =
        lie_within<T>(pass, find<count>(pass, values, [](auto v, auto c) HWY_ATTR { return hn::Gt(v, c); }));
    for (unsigned k = 0; pass.full != 0 && k < count; ++k)
      if ((pass.full >> k & 1U) != 0) std::fill_n(pass.planes[k], block_words, ~std::uint64_t{0});
    return ok;
  }
}

using TakePass = bool (*)(Pass const&);
constexpr std::size_t passes_of_type = 2 * (most_tests + 1);

template <class T, std::size_t... numbers>
constexpr std::array<TakePass, passes_of_type> passes_of(std::index_sequence<numbers...>) {
  return {&take_pass<T, numbers / (most_tests + 1) != 0, numbers % (most_tests + 1)>...};
}
template <class T>
constexpr auto by_test = passes_of<T>(std::make_index_sequence<passes_of_type>());

bool find_passes(std::span<Pass> passes) {
  static constexpr std::array<TakePass const*, 7> by_raw = {
      nullptr,
      by_test<std::uint8_t>.data(),
      by_test<std::int8_t>.data(),
      by_test<std::uint16_t>.data(),
      by_test<std::int16_t>.data(),
      by_test<std::uint32_t>.data(),
      by_test<std::int32_t>.data(),
  };
  bool all = true;
  for (Pass& pass : passes) {
    std::size_t const test = (pass.tests_bits ? most_tests + 1 : 0U) + pass.count;
    pass.within = by_raw[static_cast<std::size_t>(pass.raw)][test](pass);
    all = all && pass.within;
  }
  return all;
}

// ---- steps on planes ------------------------------------------------------------------------------------------------

using Words = hn::ScalableTag<std::uint64_t>;

/// Vectors that stand side by side in a plane. A step makes as many before it stores them: loads that come behind
/// stores take half as long again. Two rows fit the registers.
constexpr std::size_t row_size = HWY_TARGET == HWY_AVX2 ? 4 : 8;
struct Row {
  HWY_INLINE Row() {}  // GCC compiles an implicit one without the instruction set, on Arm
  hn::Vec<Words> at[row_size];
};

/// Joins each vector of the row with that of the other.
template <class Operation>
HWY_INLINE void join(Row& row, Row const& other, Operation operation) {
#pragma GCC unroll 8
  for (std::size_t k = 0; k < row_size; ++k) row.at[k] = operation(row.at[k], other.at[k]);
}
HWY_INLINE Row load(std::uint64_t const* plane) {
  Words const d;
  Row row;
#pragma GCC unroll 8
  for (std::size_t k = 0; k < row_size; ++k) row.at[k] = hn::Load(d, plane + k * hn::Lanes(d));
  return row;
}
HWY_INLINE void store(Row const& row, std::uint64_t* plane) {
  Words const d;
#pragma GCC unroll 8
  for (std::size_t k = 0; k < row_size; ++k) hn::Store(row.at[k], d, plane + k * hn::Lanes(d));
}

struct And {
  template <class V>
  HWY_INLINE V operator()(V row, V other) const {
    return hn::And(row, other);
  }
};
struct AndNot {
  template <class V>
  HWY_INLINE V operator()(V row, V other) const {
    return hn::AndNot(other, row);
  }
};
struct Differ {
  template <class V>
  HWY_INLINE V operator()(V row, V other) const {
    return hn::Xor(row, other);
  }
};

HWY_INLINE Row everybody() {
  Words const d;
  Row row;
#pragma GCC unroll 8
  for (std::size_t k = 0; k < row_size; ++k) row.at[k] = hn::Set(d, ~std::uint64_t{0});
  return row;
}

/// The row at `i` of a conjunction of planes; says what stands behind it.
HWY_INLINE std::uint32_t const* find_all(Row& row, std::uint32_t const* code, std::uint64_t* const* planes,
                                         std::size_t i) {
  std::uint32_t const plain = code[0];
  std::uint32_t const* const negated = code + 2 + plain;
  std::uint32_t const* const behind = negated + code[1];
  std::uint32_t const* next = code + 2;
  if (plain != 0)
    row = load(planes[*next++] + i);
  else
    row = everybody();
  for (; next < negated; ++next) join(row, load(planes[*next] + i), And{});
  for (; next < behind; ++next) join(row, load(planes[*next] + i), AndNot{});
  return behind;
}

/// The row of the plane that a step makes; says what stands behind the step.
HWY_INLINE std::uint32_t const* make_row(Row& row, std::uint32_t const* code, std::uint64_t* const* planes,
                                         std::size_t i) {
  std::uint32_t const conjunctions = *code++;
  if (conjunctions == 0) {
    row = load(planes[code[0]] + i);
    join(row, load(planes[code[1]] + i), Differ{});
    return code + 2;
  }
  code = find_all(row, code, planes, i);
  for (std::uint32_t k = 1; k < conjunctions; ++k) {
    Row other;
    code = find_all(other, code, planes, i);
    join(row, other, AndNot{});
  }
  return code;
}

HWY_INLINE std::uint32_t const* take_step(std::uint32_t const* code, std::uint64_t* const* planes) {
  std::uint64_t* const to = planes[code[0]];
  std::uint32_t const* behind = code;
  constexpr std::size_t row_words = row_size * hn::MaxLanes(Words());
  static_assert(block_words % row_words == 0);
  for (std::size_t i = 0; i < block_words; i += row_words) {
    Row row;
    behind = make_row(row, code + 1, planes, i);
    store(row, to + i);
  }
  return behind;
}

/// Lines of memory in turn, a few at a time.
class Lines {
 public:
  explicit Lines(std::span<Ahead const> ahead) : next_(ahead.data()), end_(ahead.data() + ahead.size()) {
    for (Ahead const& range : ahead) left_ += range.lines;
  }
  [[nodiscard]] std::size_t left() const { return left_; }

  void fetch(std::size_t count) {
    while (count > 0 && next_ != end_) {
      std::size_t const here = HWY_MIN(count, next_->lines - done_);
      char const* const from = next_->at + done_ * Ahead::line;
      for (std::size_t i = 0; i < here; ++i) __builtin_prefetch(from + i * Ahead::line, 0, 2);
      count -= here;
      done_ += here;
      if (done_ < next_->lines) return;
      ++next_;
      done_ = 0;
    }
  }

 private:
  Ahead const* next_;
  Ahead const* end_;
  std::size_t done_ = 0;  // lines of the next range
  std::size_t left_ = 0;
};

void steps(Steps const& list, std::uint64_t* const* planes, std::span<Ahead const> ahead) {
  Lines lines(ahead);
  std::size_t const share = lines.left() / (list.count + 1) + 1;
  std::uint32_t const* const end = list.code.data() + list.code.size();
  for (std::uint32_t const* code = list.code.data(); code != end;) {
    code = take_step(code, planes);
    lines.fetch(share);
  }
}

// ---- planes to numbers ----------------------------------------------------------------------------------------------

/// `unrolled`: the digits of these take no loop; the rest does. By value: what is written might else be taken for
/// digits.
template <unsigned unrolled, class T>
void sum_up(Digits const digits, T* out) {
  hn::ScalableTag<T> const d;
  auto const base = hn::Set(d, static_cast<T>(digits.base));
  auto const digit = [&](std::size_t k, std::size_t i) HWY_ATTR {
    auto const* const bits = reinterpret_cast<std::uint8_t const*>(digits.planes[k]) + i / 8;
    return hn::IfThenElseZero(hn::LoadMaskBits(d, bits), hn::Set(d, static_cast<T>(digits.values[k])));
  };
  for (std::size_t i = 0; i < block_records; i += hn::Lanes(d)) {
    auto sum = base;
    for (unsigned k = 0; k < unrolled; ++k) sum = hn::Add(sum, digit(k, i));
    for (std::size_t k = unrolled; k < digits.count; ++k) sum = hn::Add(sum, digit(k, i));
    hn::StoreU(sum, d, out + i);
  }
}

template <class T>
void numbers(Digits const& digits, T* out) {
  if (hn::Lanes(hn::ScalableTag<T>()) < 8) {
    for (std::size_t i = 0; i < block_records; ++i) {
      unsigned sum = digits.base;
      for (std::size_t k = 0; k < digits.count; ++k)
        if ((digits.planes[k][i / 64] >> (i % 64) & 1U) != 0) sum += digits.values[k];
      out[i] = static_cast<T>(sum);
    }
    return;
  }
  static constexpr std::array by_count = {&sum_up<0, T>, &sum_up<1, T>, &sum_up<2, T>, &sum_up<3, T>, &sum_up<4, T>,
                                          &sum_up<5, T>, &sum_up<6, T>, &sum_up<7, T>, &sum_up<8, T>};
  by_count[HWY_MIN(digits.count, by_count.size() - 1)](digits, out);
}

void bytes(Digits const& digits, std::uint8_t* out) {
  numbers(digits, out);
}
void words(Digits const& digits, std::uint16_t* out) {
  numbers(digits, out);
}

// ---- completions ----------------------------------------------------------------------------------------------------

using Codes = hn::ScalableTag<std::uint16_t>;

void start_common(InCommon const& c) {
  Codes const d;
  auto const ones = hn::Set(d, 0xFFFF);
  auto const impossible = hn::Set(d, c.impossible);
  for (std::size_t i = 0; i < c.count; i += hn::Lanes(d)) {
    auto const rank = hn::LoadU(d, c.rank + i);
    auto const marks = hn::LoadU(d, c.marks + i);
    auto const none = hn::TestBit(marks, impossible);
    hn::StoreU(hn::IfThenElse(none, ones, rank), d, c.least + i);
    hn::StoreU(hn::IfThenZeroElse(none, rank), d, c.most + i);
    hn::StoreU(hn::IfThenElse(none, ones, marks), d, c.shared + i);
  }
}

/// Each completion is joined with the one so far behind it, where that is of the same record.
void join_common(InCommon const& c, std::size_t distance) {
  Codes const d;
  auto const ones = hn::Set(d, 0xFFFF);
  auto const flags = hn::Set(d, static_cast<std::uint16_t>((1U << c.flag_bits) - 1));
  for (std::size_t i = 0; i + distance < c.count; i += hn::Lanes(d)) {
    std::size_t const j = i + distance;
    auto const same = hn::Eq(hn::LoadU(d, c.record + i), hn::LoadU(d, c.record + j));
    auto const least = hn::Min(hn::LoadU(d, c.least + i), hn::IfThenElse(same, hn::LoadU(d, c.least + j), ones));
    auto const most = hn::LoadU(d, c.most + i);
    auto const other_most = hn::IfThenElseZero(same, hn::LoadU(d, c.most + j));
    auto const shared = hn::LoadU(d, c.shared + i);
    auto const other_shared = hn::IfThenElse(same, hn::LoadU(d, c.shared + j), ones);
    auto const rank = hn::Or(most, flags);
    auto const other_rank = hn::Or(other_most, flags);
    auto const greatest = hn::IfThenElse(hn::Eq(rank, other_rank), hn::And(shared, other_shared),
                                         hn::IfThenElse(hn::Gt(other_rank, rank), other_shared, shared));
    hn::StoreU(least, d, c.least + i);
    hn::StoreU(hn::Max(most, other_most), d, c.most + i);
    hn::StoreU(greatest, d, c.shared + i);
  }
}

void common(InCommon const& completions) {
  start_common(completions);
  for (std::size_t distance = 1; distance < InCommon::reach; distance *= 2) join_common(completions, distance);
}

char const* name() {
  return hwy::TargetName(HWY_TARGET);
}

}  // namespace carestep::batch::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace carestep::batch {

HWY_EXPORT(find_passes);
HWY_EXPORT(steps);
HWY_EXPORT(bytes);
HWY_EXPORT(words);
HWY_EXPORT(common);
HWY_EXPORT(name);

Pass::Pass(Raw type, std::size_t tests, Bounds bounds) : raw(type), count(static_cast<std::uint8_t>(tests)) {
  auto const [least, most] = bounds_of(raw);
  bool const some = bounds.high >= least && bounds.low <= most;  // otherwise every value is out of bounds
  low = static_cast<std::uint32_t>(some ? std::max(bounds.low, least) : 1);
  high = static_cast<std::uint32_t>(some ? std::min(bounds.high, most) : 0);
}

Pass Pass::at_least(Raw raw, std::span<std::int64_t const> numbers, Bounds bounds) {
  Pass pass(raw, numbers.size(), bounds);
  auto const [least, most] = bounds_of(raw);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    pass.constants[k] = static_cast<std::uint32_t>(std::clamp(numbers[k] - 1, least, most));
    if (numbers[k] <= least) pass.full = static_cast<std::uint8_t>(pass.full | 1U << k);
  }
  return pass;
}

Pass Pass::bits(Raw raw, std::int64_t offset, std::span<unsigned const> bits, Bounds bounds) {
  Pass pass(raw, bits.size(), bounds);
  pass.tests_bits = true;
  pass.offset = static_cast<std::uint32_t>(offset);
  for (std::size_t k = 0; k < bits.size(); ++k)
    pass.constants[k] = static_cast<std::uint32_t>(std::uint64_t{1} << bits[k]);
  return pass;
}

bool find(std::span<Pass> passes) {
  return HWY_DYNAMIC_DISPATCH(find_passes)(passes);
}
void take_steps(Steps const& steps, std::uint64_t* const* planes, std::span<Ahead const> ahead) {
  HWY_DYNAMIC_DISPATCH(steps)(steps, planes, ahead);
}
void to_numbers(Digits const& digits, std::uint8_t* numbers) {
  HWY_DYNAMIC_DISPATCH(bytes)(digits, numbers);
}
void to_numbers(Digits const& digits, std::uint16_t* numbers) {
  HWY_DYNAMIC_DISPATCH(words)(digits, numbers);
}
void find_common(InCommon const& completions) {
  HWY_DYNAMIC_DISPATCH(common)(completions);
}
std::string_view instruction_set() {
  return HWY_DYNAMIC_DISPATCH(name)();
}

std::vector<std::string_view> instruction_sets() {
  std::vector<std::string_view> names;
  for (std::int64_t const target : hwy::SupportedAndGeneratedTargets()) names.emplace_back(hwy::TargetName(target));
  return names;
}
void use_instruction_set(std::string_view name) {
  hwy::SetSupportedTargetsForTest(0);
  for (std::int64_t const target : hwy::SupportedAndGeneratedTargets())
    if (name == hwy::TargetName(target)) return hwy::SetSupportedTargetsForTest(target);
}

}  // namespace carestep::batch
#endif

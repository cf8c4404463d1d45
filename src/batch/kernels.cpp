#include "batch/kernels.hpp"

#include <algorithm>
#include <array>
#include <limits>
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

/// Up to `most_tests` planes of one column in one pass: `test(vector, constant)` gives a mask. The bits go straight to
/// the planes, but for the last words where the library may write more than a mask has.
template <unsigned count, class T, class Test>
HWY_INLINE auto find(T const* values, T const* constants, std::uint64_t* const* planes, Test test) {
  hn::ScalableTag<T> const d;
  constexpr bool exact = HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL;
  std::size_t const lanes = hn::Lanes(d);
  auto const constant = [&](unsigned k) HWY_ATTR { return hn::Set(d, constants[count > k ? k : 0]); };
  auto const c0 = constant(0), c1 = constant(1), c2 = constant(2), c3 = constant(3), c4 = constant(4), c5 = constant(5);
  std::uint8_t* to[most_tests];
  for (unsigned k = 0; k < count; ++k) to[k] = reinterpret_cast<std::uint8_t*>(planes[k]);
  Extremes<decltype(hn::Zero(d))> seen{hn::LoadU(d, values), hn::LoadU(d, values)};
  auto const see = [&](auto one) HWY_ATTR {
    seen.most = hn::Max(seen.most, one);
    if constexpr (std::is_signed_v<T>) seen.least = hn::Min(seen.least, one);
  };
  std::size_t done = 0;
  if (lanes >= 8) {
    done = exact ? block_records : block_records - 128;
    for (std::size_t i = 0; i < done; i += 2 * lanes) {
      // A column's part of a block is about a page, at whose end the machine's own look ahead stops. The second cache:
      // the next block does not fit the first beside this one.
      __builtin_prefetch(values + i + block_records, 0, 2);
      __builtin_prefetch(values + i + lanes + block_records, 0, 2);
      auto const v = hn::LoadU(d, values + i);
      auto const w = hn::LoadU(d, values + i + lanes);
      see(v);
      see(w);
      put(d, v, w, c0, test, to[0] + i / 8);
      if constexpr (count > 1) put(d, v, w, c1, test, to[1] + i / 8);
      if constexpr (count > 2) put(d, v, w, c2, test, to[2] + i / 8);
      if constexpr (count > 3) put(d, v, w, c3, test, to[3] + i / 8);
      if constexpr (count > 4) put(d, v, w, c4, test, to[4] + i / 8);
      if constexpr (count > 5) put(d, v, w, c5, test, to[5] + i / 8);
    }
  }
  for (; done < block_records; done += 64) {
    T const* const word = values + done;
    for (std::size_t i = 0; i < 64; i += lanes) see(hn::LoadU(d, word + i));
    for (unsigned k = 0; k < count; ++k) {
      auto const c = hn::Set(d, constants[k]);
      planes[k][done / 64] = find_word(word, [&](auto v) HWY_ATTR { return test(v, c); });
    }
  }
  return seen;
}

/// Whether what was seen lies within the bounds.
template <class T, class Seen>
HWY_INLINE bool lie_within(Seen const& seen, Bounds bounds) {
  hn::ScalableTag<T> const d;
  constexpr auto first = static_cast<std::int64_t>(std::numeric_limits<T>::lowest());
  constexpr auto last = static_cast<std::int64_t>(std::numeric_limits<T>::max());
  auto const [low, high] = bounds;
  if (high < first || low > last) return false;
  if (high < last && !hn::AllFalse(d, hn::Gt(seen.most, hn::Set(d, static_cast<T>(high))))) return false;
  return low <= first || hn::AllFalse(d, hn::Lt(seen.least, hn::Set(d, static_cast<T>(low))));
}

template <class T>
bool within(void const* values, Bounds bounds) {
  hn::ScalableTag<T> const d;
  auto const* const typed = static_cast<T const*>(values);
  Extremes<decltype(hn::Zero(d))> seen{hn::LoadU(d, typed), hn::LoadU(d, typed)};
  for (std::size_t i = 0; i < block_records; i += hn::Lanes(d)) {
    auto const v = hn::LoadU(d, typed + i);
    seen = {hn::Min(seen.least, v), hn::Max(seen.most, v)};
  }
  return lie_within<T>(seen, bounds);
}

template <class T, class Test>
HWY_INLINE bool find_few(T const* values, T const* constants, std::size_t count, std::uint64_t* const* planes,
                         Bounds bounds, Test test) {
  auto const seen = count == 1   ? find<1>(values, constants, planes, test)
                    : count == 2 ? find<2>(values, constants, planes, test)
                    : count == 3 ? find<3>(values, constants, planes, test)
                    : count == 4 ? find<4>(values, constants, planes, test)
                    : count == 5 ? find<5>(values, constants, planes, test)
                                 : find<6>(values, constants, planes, test);
  // The least is not looked for where hardly a column has one that matters.
  if (std::is_unsigned_v<T> && bounds.low > 0) return within<T>(values, bounds);
  return lie_within<T>(seen, bounds);
}

/// The numbers one less, as what a value is above; one that no value of the type reaches leaves an empty plane, one
/// that all do a full one.
template <class T>
bool find_bounds(void const* values, std::int64_t const* numbers, std::size_t count, std::uint64_t* const* planes,
                 Bounds bounds) {
  T constants[most_tests] = {};
  for (std::size_t k = 0; k < count; ++k)
    constants[k] =
        static_cast<T>(HWY_MIN(HWY_MAX(numbers[k] - 1, static_cast<std::int64_t>(std::numeric_limits<T>::lowest())),
                               static_cast<std::int64_t>(std::numeric_limits<T>::max())));
  bool const ok = find_few(static_cast<T const*>(values), constants, count, planes, bounds,
                           [](auto v, auto c) HWY_ATTR { return hn::Gt(v, c); });
  for (std::size_t k = 0; k < count; ++k)
    if (numbers[k] - 1 < static_cast<std::int64_t>(std::numeric_limits<T>::lowest()))
      for (std::size_t i = 0; i < block_words; ++i) planes[k][i] = ~std::uint64_t{0};
  return ok;
}

template <class T>
bool find_tested(void const* values, std::int64_t offset, unsigned const* bits, std::size_t count,
                 std::uint64_t* const* planes, Bounds bounds) {
  hn::ScalableTag<T> const d;
  T constants[most_tests] = {};
  for (std::size_t k = 0; k < count; ++k) constants[k] = static_cast<T>(std::int64_t{1} << bits[k]);
  auto const zero = hn::Set(d, static_cast<T>(offset));
  auto const* const typed = static_cast<T const*>(values);
  if (offset == 0)
    return find_few(typed, constants, count, planes, bounds, [](auto v, auto c) HWY_ATTR { return hn::TestBit(v, c); });
  return find_few(typed, constants, count, planes, bounds,
                  [&](auto v, auto c) HWY_ATTR { return hn::TestBit(hn::Sub(v, zero), c); });
}

// ---- steps on planes ------------------------------------------------------------------------------------------------

using Words = hn::ScalableTag<std::uint64_t>;

/// The conjunction of the planes that begin at `from`, in the i-th vector.
template <unsigned plain, unsigned negated>
HWY_INLINE auto all_of(std::uint64_t const* const* from, std::size_t i) {
  Words const d;
  static_assert(plain + negated > 0);
  if constexpr (plain == 0) {
    auto any = hn::Load(d, from[0] + i);
    for (unsigned k = 1; k < negated; ++k) any = hn::Or(any, hn::Load(d, from[k] + i));
    return hn::Not(any);
  } else {
    auto all = hn::Load(d, from[0] + i);
    for (unsigned k = 1; k < plain; ++k) all = hn::And(all, hn::Load(d, from[k] + i));
    for (unsigned k = plain; k < plain + negated; ++k) all = hn::AndNot(hn::Load(d, from[k] + i), all);
    return all;
  }
}

template <Shape shape>
HWY_INLINE auto made(std::uint64_t const* const* from, std::size_t i) {
  Words const d;
  constexpr Shape::Conjunction all = shape.all, one = shape.not_one, other = shape.not_other;
  if constexpr (shape.difference) {
    return hn::Xor(hn::Load(d, from[0] + i), hn::Load(d, from[1] + i));
  } else if constexpr (all.size() + one.size() == 0) {
    return hn::Set(d, ~std::uint64_t{0});
  } else if constexpr (one.size() == 0) {
    return all_of<all.plain, all.negated>(from, i);
  } else if constexpr (other.size() == 0) {
    return hn::AndNot(all_of<one.plain, one.negated>(from + all.size(), i), all_of<all.plain, all.negated>(from, i));
  } else {
    auto const either = hn::Or(all_of<one.plain, one.negated>(from + all.size(), i),
                               all_of<other.plain, other.negated>(from + all.size() + one.size(), i));
    if constexpr (all.size() == 0)
      return hn::Not(either);
    else
      return hn::AndNot(either, all_of<all.plain, all.negated>(from, i));
  }
}

template <std::size_t number>
void take_step(Step const& step, std::uint64_t* const* planes) {
  constexpr Shape shape = shapes[number];
  std::uint64_t const* from[Step::most + 1];
  for (unsigned k = 0; k < shape.all.size() + shape.not_one.size() + shape.not_other.size(); ++k)
    from[k] = planes[step.from[k]];
  std::uint64_t* const to = planes[step.to];
  Words const d;
  for (std::size_t i = 0; i < block_words; i += hn::Lanes(d)) hn::Store(made<shape>(from, i), d, to + i);
}

template <std::size_t... numbers>
constexpr auto steps_of(std::index_sequence<numbers...>) {
  return std::array{&take_step<numbers>...};
}

void steps(Step const* step, Step const* end, std::uint64_t* const* planes) {
  static constexpr auto by_shape = steps_of(std::make_index_sequence<shape_count>());
  for (; step != end; ++step) by_shape[step->shape](*step, planes);
}

// ---- planes to numbers ----------------------------------------------------------------------------------------------

/// `unrolled`: the digits of these take no loop; the rest does.
template <unsigned unrolled, class T>
void sum_up(Digits const& digits, T* out) {
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

Common common(std::uint16_t const* ranks, std::uint16_t const* marks, std::size_t count, unsigned flag_bits,
              std::uint16_t impossible) {
  hn::ScalableTag<std::uint16_t> const d;
  std::size_t const lanes = hn::Lanes(d);
  auto const never = hn::Set(d, impossible);
  auto const ones = hn::Set(d, 0xFFFF);
  auto const counts = [&](std::size_t i, auto mark)
                          HWY_ATTR { return hn::And(hn::FirstN(d, count - i), hn::Not(hn::TestBit(mark, never))); };
  auto least = ones;
  auto most = hn::Zero(d);
  for (std::size_t i = 0; i < count; i += lanes) {
    auto const rank = hn::LoadU(d, ranks + i);
    auto const mask = counts(i, hn::LoadU(d, marks + i));
    least = hn::Min(least, hn::IfThenElse(mask, rank, ones));
    most = hn::Max(most, hn::IfThenElseZero(mask, rank));
  }
  HWY_ALIGN std::uint16_t lane[HWY_MAX_BYTES / 2];
  Common result;
  hn::Store(least, d, lane);
  for (std::size_t i = 0; i < lanes; ++i) result.least = HWY_MIN(result.least, lane[i]);
  hn::Store(most, d, lane);
  for (std::size_t i = 0; i < lanes; ++i) result.most = HWY_MAX(result.most, lane[i]);
  auto const flags = hn::Set(d, static_cast<std::uint16_t>((1U << flag_bits) - 1));
  auto const best = hn::Or(hn::Set(d, result.most), flags);
  auto all = ones;
  for (std::size_t i = 0; i < count; i += lanes) {
    auto const mark = hn::LoadU(d, marks + i);
    auto const mask = hn::And(counts(i, mark), hn::Eq(hn::Or(hn::LoadU(d, ranks + i), flags), best));
    all = hn::And(all, hn::IfThenElse(mask, mark, ones));
  }
  hn::Store(all, d, lane);
  for (std::size_t i = 0; i < lanes; ++i) result.marks = static_cast<std::uint16_t>(result.marks & lane[i]);
  return result;
}

char const* name() {
  return hwy::TargetName(HWY_TARGET);
}

// ---- by type --------------------------------------------------------------------------------------------------------

/// Calls `work` with a value of the column's type. Bits have none: nothing is out of range.
template <class Work>
bool typed(Raw raw, Work work) {
  switch (raw) {
    case Raw::bits:
      break;
    case Raw::u8:
      return work(std::uint8_t{});
    case Raw::i8:
      return work(std::int8_t{});
    case Raw::u16:
      return work(std::uint16_t{});
    case Raw::i16:
      return work(std::int16_t{});
    case Raw::u32:
      return work(std::uint32_t{});
    case Raw::i32:
      return work(std::int32_t{});
  }
  return true;
}

bool find_at_least(Raw raw, void const* values, std::int64_t const* numbers, std::size_t count,
                   std::uint64_t* const* planes, Bounds bounds) {
  return typed(raw, [&](auto t) { return find_bounds<decltype(t)>(values, numbers, count, planes, bounds); });
}

bool find_bits(Raw raw, void const* values, std::int64_t offset, unsigned const* bits, std::size_t count,
               std::uint64_t* const* planes, Bounds bounds) {
  return typed(raw, [&](auto t) { return find_tested<decltype(t)>(values, offset, bits, count, planes, bounds); });
}

bool all_within(Raw raw, void const* values, Bounds bounds) {
  return typed(raw, [&](auto t) { return within<decltype(t)>(values, bounds); });
}

}  // namespace carestep::batch::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace carestep::batch {

HWY_EXPORT(find_at_least);
HWY_EXPORT(find_bits);
HWY_EXPORT(all_within);
HWY_EXPORT(steps);
HWY_EXPORT(bytes);
HWY_EXPORT(words);
HWY_EXPORT(common);
HWY_EXPORT(name);

bool find_at_least(Raw raw, void const* values, std::span<std::int64_t const> numbers, std::uint64_t* const* planes,
                   Bounds within) {
  return HWY_DYNAMIC_DISPATCH(find_at_least)(raw, values, numbers.data(), numbers.size(), planes, within);
}
bool find_bits(Raw raw, void const* values, std::int64_t offset, std::span<unsigned const> bits,
               std::uint64_t* const* planes, Bounds within) {
  return HWY_DYNAMIC_DISPATCH(find_bits)(raw, values, offset, bits.data(), bits.size(), planes, within);
}
bool all_within(Raw raw, void const* values, Bounds within) {
  return HWY_DYNAMIC_DISPATCH(all_within)(raw, values, within);
}
void take_steps(std::span<Step const> steps, std::uint64_t* const* planes) {
  HWY_DYNAMIC_DISPATCH(steps)(steps.data(), steps.data() + steps.size(), planes);
}
void to_numbers(Digits const& digits, std::uint8_t* numbers) {
  HWY_DYNAMIC_DISPATCH(bytes)(digits, numbers);
}
void to_numbers(Digits const& digits, std::uint16_t* numbers) {
  HWY_DYNAMIC_DISPATCH(words)(digits, numbers);
}
Common common_of(std::span<std::uint16_t const> ranks, std::uint16_t const* marks, unsigned flag_bits,
                 std::uint16_t impossible) {
  constexpr std::size_t few = 24;
  if (ranks.size() > few) return HWY_DYNAMIC_DISPATCH(common)(ranks.data(), marks, ranks.size(), flag_bits, impossible);
  Common result;
  auto const none = [&](std::size_t i) { return (marks[i] & impossible) != 0; };
  for (std::size_t i = 0; i < ranks.size(); ++i) {  // without a branch on what was decided
    result.least = std::min(result.least, none(i) ? std::uint16_t{0xFFFF} : ranks[i]);
    result.most = std::max(result.most, none(i) ? std::uint16_t{0} : ranks[i]);
  }
  unsigned shared = 0xFFFF;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    unsigned const other = (ranks[i] ^ result.most) >> flag_bits | (marks[i] & impossible);
    shared &= marks[i] | (other != 0 ? 0xFFFFU : 0U);
  }
  result.marks = static_cast<std::uint16_t>(shared);
  return result;
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

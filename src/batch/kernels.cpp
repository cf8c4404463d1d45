#include "batch/kernels.hpp"

#include <limits>

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

/// Up to four planes of one column in one pass: `test(vector, constant)` gives a mask. The bits go straight to the
/// planes, but for the last word, behind which the library might write more than the mask has. Gives the greatest value
/// of each lane.
template <unsigned count, class T, class Test>
HWY_INLINE auto find(T const* values, T const* constants, std::uint64_t* const* planes, Test test) {
  hn::ScalableTag<T> const d;
  std::size_t const lanes = hn::Lanes(d);
  auto const c0 = hn::Set(d, constants[0]);
  auto const c1 = hn::Set(d, constants[count > 1 ? 1 : 0]);
  auto const c2 = hn::Set(d, constants[count > 2 ? 2 : 0]);
  auto const c3 = hn::Set(d, constants[count > 3 ? 3 : 0]);
  std::uint8_t* to[4];
  for (unsigned k = 0; k < count; ++k) to[k] = reinterpret_cast<std::uint8_t*>(planes[k]);
  auto most = hn::LoadU(d, values);
  std::size_t done = 0;
  if (lanes >= 8) {
    done = block_records - 64;
    for (std::size_t i = 0; i < done; i += lanes) {
      // A column's part of a block is about a page, at whose end the machine's own look ahead stops. The second cache:
      // the next block does not fit the first beside this one.
      __builtin_prefetch(values + i + block_records, 0, 2);
      auto const v = hn::LoadU(d, values + i);
      most = hn::Max(most, v);
      hn::StoreMaskBits(d, test(v, c0), to[0] + i / 8);
      if constexpr (count > 1) hn::StoreMaskBits(d, test(v, c1), to[1] + i / 8);
      if constexpr (count > 2) hn::StoreMaskBits(d, test(v, c2), to[2] + i / 8);
      if constexpr (count > 3) hn::StoreMaskBits(d, test(v, c3), to[3] + i / 8);
    }
  }
  for (; done < block_records; done += 64) {
    T const* const word = values + done;
    for (std::size_t i = 0; i < 64; i += lanes) most = hn::Max(most, hn::LoadU(d, word + i));
    planes[0][done / 64] = find_word(word, [&](auto v) HWY_ATTR { return test(v, c0); });
    if constexpr (count > 1) planes[1][done / 64] = find_word(word, [&](auto v) HWY_ATTR { return test(v, c1); });
    if constexpr (count > 2) planes[2][done / 64] = find_word(word, [&](auto v) HWY_ATTR { return test(v, c2); });
    if constexpr (count > 3) planes[3][done / 64] = find_word(word, [&](auto v) HWY_ATTR { return test(v, c3); });
  }
  return most;
}

template <class T, class Test>
HWY_INLINE bool find_few(T const* values, T const* constants, std::size_t count, std::uint64_t* const* planes,
                         std::int64_t high, Test test) {
  hn::ScalableTag<T> const d;
  auto const most = count == 1   ? find<1>(values, constants, planes, test)
                    : count == 2 ? find<2>(values, constants, planes, test)
                    : count == 3 ? find<3>(values, constants, planes, test)
                                 : find<4>(values, constants, planes, test);
  if (high >= static_cast<std::int64_t>(std::numeric_limits<T>::max())) return true;
  if (high < static_cast<std::int64_t>(std::numeric_limits<T>::lowest())) return false;
  return hn::AllFalse(d, hn::Gt(most, hn::Set(d, static_cast<T>(high))));
}

/// The bounds one less, as what a value is above; one that no value of the type reaches leaves an empty plane, one that
/// all do a full one.
template <class T>
bool find_bounds(void const* values, std::int64_t const* bounds, std::size_t count, std::uint64_t* const* planes,
                 std::int64_t high) {
  T constants[most_tests] = {};
  for (std::size_t k = 0; k < count; ++k)
    constants[k] =
        static_cast<T>(HWY_MIN(HWY_MAX(bounds[k] - 1, static_cast<std::int64_t>(std::numeric_limits<T>::lowest())),
                               static_cast<std::int64_t>(std::numeric_limits<T>::max())));
  bool const ok = find_few(static_cast<T const*>(values), constants, count, planes, high,
                           [](auto v, auto c) HWY_ATTR { return hn::Gt(v, c); });
  for (std::size_t k = 0; k < count; ++k)
    if (bounds[k] - 1 < static_cast<std::int64_t>(std::numeric_limits<T>::lowest()))
      for (std::size_t i = 0; i < block_words; ++i) planes[k][i] = ~std::uint64_t{0};
  return ok;
}

template <class T>
bool find_tested(void const* values, std::int64_t offset, unsigned const* bits, std::size_t count,
                 std::uint64_t* const* planes, std::int64_t high) {
  hn::ScalableTag<T> const d;
  T constants[most_tests] = {};
  for (std::size_t k = 0; k < count; ++k) constants[k] = static_cast<T>(std::int64_t{1} << bits[k]);
  auto const zero = hn::Set(d, static_cast<T>(offset));
  auto const* const typed = static_cast<T const*>(values);
  if (offset == 0)
    return find_few(typed, constants, count, planes, high, [](auto v, auto c) HWY_ATTR { return hn::TestBit(v, c); });
  return find_few(typed, constants, count, planes, high,
                  [&](auto v, auto c) HWY_ATTR { return hn::TestBit(hn::Sub(v, zero), c); });
}

template <class T>
bool within(void const* values, std::int64_t low, std::int64_t high) {
  hn::ScalableTag<T> const d;
  auto const* const typed = static_cast<T const*>(values);
  auto most = hn::LoadU(d, typed);
  auto least = most;
  bool const may_be_low = low > static_cast<std::int64_t>(std::numeric_limits<T>::lowest());
  for (std::size_t i = 0; i < block_records; i += hn::Lanes(d)) {
    most = hn::Max(most, hn::LoadU(d, typed + i));
  }
  for (std::size_t i = 0; may_be_low && i < block_records; i += hn::Lanes(d))
    least = hn::Min(least, hn::LoadU(d, typed + i));
  if (high < std::numeric_limits<T>::max() && !hn::AllFalse(d, hn::Gt(most, hn::Set(d, static_cast<T>(high)))))
    return false;
  return !may_be_low || hn::AllFalse(d, hn::Lt(least, hn::Set(d, static_cast<T>(low))));
}

// ---- steps on planes ------------------------------------------------------------------------------------------------

using Words = hn::ScalableTag<std::uint64_t>;

template <unsigned plain, unsigned negated>
HWY_INLINE void conjunction(Step const& step, std::uint64_t* const* planes) {
  Words const d;
  std::uint64_t* const to = planes[step.to];
  std::uint64_t const* from[plain + negated + 1];
  for (unsigned k = 0; k < plain + negated; ++k) from[k] = planes[step.from[k]];
  for (std::size_t i = 0; i < block_words; i += hn::Lanes(d)) {
    if constexpr (plain == 0) {
      auto any = hn::Load(d, from[0] + i);
      for (unsigned k = 1; k < negated; ++k) any = hn::Or(any, hn::Load(d, from[k] + i));
      hn::Store(hn::Not(any), d, to + i);
    } else {
      auto all = hn::Load(d, from[0] + i);
      for (unsigned k = 1; k < plain; ++k) all = hn::And(all, hn::Load(d, from[k] + i));
      for (unsigned k = plain; k < plain + negated; ++k) all = hn::AndNot(hn::Load(d, from[k] + i), all);
      hn::Store(all, d, to + i);
    }
  }
}

HWY_INLINE void differ(Step const& step, std::uint64_t* const* planes) {
  Words const d;
  std::uint64_t const* const a = planes[step.from[0]];
  std::uint64_t const* const b = planes[step.from[1]];
  std::uint64_t* const to = planes[step.to];
  for (std::size_t i = 0; i < block_words; i += hn::Lanes(d))
    hn::Store(hn::Xor(hn::Load(d, a + i), hn::Load(d, b + i)), d, to + i);
}

HWY_INLINE void fill(Step const& step, std::uint64_t* const* planes) {
  Words const d;
  auto const ones = hn::Set(d, ~std::uint64_t{0});
  for (std::size_t i = 0; i < block_words; i += hn::Lanes(d)) hn::Store(ones, d, planes[step.to] + i);
}

void steps(Step const* step, Step const* end, std::uint64_t* const* planes) {
  for (; step != end; ++step) {
    if (step->negated == difference) {
      differ(*step, planes);
      continue;
    }
    switch (step->plain * 8 + step->negated) {
      case 0:
        fill(*step, planes);
        break;
      case 1:
        conjunction<0, 1>(*step, planes);
        break;
      case 2:
        conjunction<0, 2>(*step, planes);
        break;
      case 3:
        conjunction<0, 3>(*step, planes);
        break;
      case 4:
        conjunction<0, 4>(*step, planes);
        break;
      case 8:
        conjunction<1, 0>(*step, planes);
        break;
      case 9:
        conjunction<1, 1>(*step, planes);
        break;
      case 10:
        conjunction<1, 2>(*step, planes);
        break;
      case 11:
        conjunction<1, 3>(*step, planes);
        break;
      case 16:
        conjunction<2, 0>(*step, planes);
        break;
      case 17:
        conjunction<2, 1>(*step, planes);
        break;
      case 18:
        conjunction<2, 2>(*step, planes);
        break;
      case 24:
        conjunction<3, 0>(*step, planes);
        break;
      case 25:
        conjunction<3, 1>(*step, planes);
        break;
      case 32:
        conjunction<4, 0>(*step, planes);
        break;
      default:
        HWY_ABORT("no such step");
    }
  }
}

void bytes(std::uint64_t const* const* planes, std::size_t count, std::uint8_t less, std::uint8_t* out) {
  hn::ScalableTag<std::uint8_t> const d;
  auto const lower = hn::Set(d, less);
  if (hn::Lanes(d) < 8) {
    for (std::size_t i = 0; i < block_records; ++i) {
      unsigned value = 0;
      for (std::size_t k = 0; k < count; ++k) value |= static_cast<unsigned>(planes[k][i / 64] >> (i % 64) & 1U) << k;
      out[i] = static_cast<std::uint8_t>(value - less);
    }
    return;
  }
  for (std::size_t i = 0; i < block_records; i += hn::Lanes(d)) {
    auto value = hn::Zero(d);
    for (std::size_t k = 0; k < count; ++k) {
      auto const mask = hn::LoadMaskBits(d, reinterpret_cast<std::uint8_t const*>(planes[k]) + i / 8);
      value = hn::Or(value, hn::IfThenElseZero(mask, hn::Set(d, static_cast<std::uint8_t>(1U << k))));
    }
    hn::StoreU(hn::Sub(value, lower), d, out + i);
  }
}

char const* name() {
  return hwy::TargetName(HWY_TARGET);
}

// ---- by type --------------------------------------------------------------------------------------------------------

bool find_at_least(Raw raw, void const* values, std::int64_t const* bounds, std::size_t count,
                   std::uint64_t* const* planes, std::int64_t high) {
  switch (raw) {
    case Raw::bits:
      break;
    case Raw::u8:
      return find_bounds<std::uint8_t>(values, bounds, count, planes, high);
    case Raw::i8:
      return find_bounds<std::int8_t>(values, bounds, count, planes, high);
    case Raw::u16:
      return find_bounds<std::uint16_t>(values, bounds, count, planes, high);
    case Raw::i16:
      return find_bounds<std::int16_t>(values, bounds, count, planes, high);
    case Raw::u32:
      return find_bounds<std::uint32_t>(values, bounds, count, planes, high);
    case Raw::i32:
      return find_bounds<std::int32_t>(values, bounds, count, planes, high);
  }
  return true;
}

bool find_bits(Raw raw, void const* values, std::int64_t offset, unsigned const* bits, std::size_t count,
               std::uint64_t* const* planes, std::int64_t high) {
  switch (raw) {
    case Raw::bits:
      break;
    case Raw::u8:
      return find_tested<std::uint8_t>(values, offset, bits, count, planes, high);
    case Raw::i8:
      return find_tested<std::int8_t>(values, offset, bits, count, planes, high);
    case Raw::u16:
      return find_tested<std::uint16_t>(values, offset, bits, count, planes, high);
    case Raw::i16:
      return find_tested<std::int16_t>(values, offset, bits, count, planes, high);
    case Raw::u32:
      return find_tested<std::uint32_t>(values, offset, bits, count, planes, high);
    case Raw::i32:
      return find_tested<std::int32_t>(values, offset, bits, count, planes, high);
  }
  return true;
}

bool all_within(Raw raw, void const* values, std::int64_t low, std::int64_t high) {
  switch (raw) {
    case Raw::bits:
      return true;
    case Raw::u8:
      return within<std::uint8_t>(values, low, high);
    case Raw::i8:
      return within<std::int8_t>(values, low, high);
    case Raw::u16:
      return within<std::uint16_t>(values, low, high);
    case Raw::i16:
      return within<std::int16_t>(values, low, high);
    case Raw::u32:
      return within<std::uint32_t>(values, low, high);
    case Raw::i32:
      return within<std::int32_t>(values, low, high);
  }
  return true;
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
HWY_EXPORT(name);

bool find_at_least(Raw raw, void const* values, std::span<std::int64_t const> bounds, std::uint64_t* const* planes,
                   std::int64_t high) {
  return HWY_DYNAMIC_DISPATCH(find_at_least)(raw, values, bounds.data(), bounds.size(), planes, high);
}
bool find_bits(Raw raw, void const* values, std::int64_t offset, std::span<unsigned const> bits,
               std::uint64_t* const* planes, std::int64_t high) {
  return HWY_DYNAMIC_DISPATCH(find_bits)(raw, values, offset, bits.data(), bits.size(), planes, high);
}
bool all_within(Raw raw, void const* values, std::int64_t low, std::int64_t high) {
  return HWY_DYNAMIC_DISPATCH(all_within)(raw, values, low, high);
}
void take_steps(std::span<Step const> steps, std::uint64_t* const* planes) {
  HWY_DYNAMIC_DISPATCH(steps)(steps.data(), steps.data() + steps.size(), planes);
}
void to_bytes(std::span<std::uint64_t const* const> planes, std::uint8_t less, std::uint8_t* out) {
  HWY_DYNAMIC_DISPATCH(bytes)(planes.data(), planes.size(), less, out);
}
std::string_view instruction_set() {
  return HWY_DYNAMIC_DISPATCH(name)();
}

}  // namespace carestep::batch
#endif

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

/// 64 records at a time: `test(vector)` gives a mask.
template <class T, class Test>
HWY_INLINE void find(T const* values, std::uint64_t* plane, Test test) {
  hn::ScalableTag<T> const d;
  std::size_t const lanes = hn::Lanes(d);
  for (std::size_t word = 0; word < block_words; ++word, values += 64) {
    std::uint8_t bytes[16];
    if (lanes >= 8) {
      for (std::size_t i = 0; i < 64; i += lanes) hn::StoreMaskBits(d, test(hn::LoadU(d, values + i)), bytes + i / 8);
    } else {
      for (std::size_t i = 0; i < 64; i += 8) {
        unsigned all = 0;
        for (std::size_t k = 0; k < 8; k += lanes) {
          std::uint8_t few[8] = {};
          hn::StoreMaskBits(d, test(hn::LoadU(d, values + i + k)), few);
          all |= static_cast<unsigned>(few[0]) << k;
        }
        bytes[i / 8] = static_cast<std::uint8_t>(all);
      }
    }
    std::uint64_t found;
    hwy::CopyBytes<8>(bytes, &found);
    plane[word] = found;
  }
}

/// `above`: value > bound, else value < bound; a bound outside the type decides for all.
template <class T>
void compare(void const* values, bool above, std::int64_t bound, std::uint64_t* plane) {
  hn::ScalableTag<T> const d;
  if (bound < std::numeric_limits<T>::lowest() || bound > std::numeric_limits<T>::max()) {
    bool const all = (bound < 0) == above;
    for (std::size_t i = 0; i < block_words; ++i) plane[i] = all ? ~std::uint64_t{0} : 0;
    return;
  }
  auto const limit = hn::Set(d, static_cast<T>(bound));
  auto const* const typed = static_cast<T const*>(values);
  if (above)
    find(typed, plane, [&](auto v) HWY_ATTR { return hn::Gt(v, limit); });
  else
    find(typed, plane, [&](auto v) HWY_ATTR { return hn::Lt(v, limit); });
}

template <class T>
void test_bit(void const* values, std::int64_t offset, unsigned bit, std::uint64_t* plane) {
  hn::ScalableTag<T> const d;
  auto const mask = hn::Set(d, static_cast<T>(std::int64_t{1} << bit));
  auto const zero = hn::Set(d, static_cast<T>(offset));
  auto const* const typed = static_cast<T const*>(values);
  if (offset != 0)
    find(typed, plane, [&](auto v) HWY_ATTR { return hn::TestBit(hn::Sub(v, zero), mask); });
  else
    find(typed, plane, [&](auto v) HWY_ATTR { return hn::TestBit(v, mask); });
}

template <class T>
bool within(void const* values, std::int64_t low, std::int64_t high) {
  hn::ScalableTag<T> const d;
  auto const* const typed = static_cast<T const*>(values);
  auto least = hn::LoadU(d, typed);
  auto most = least;
  for (std::size_t i = 0; i < block_records; i += hn::Lanes(d)) {
    auto const v = hn::LoadU(d, typed + i);
    least = hn::Min(least, v);
    most = hn::Max(most, v);
  }
  HWY_ALIGN T lanes[2][HWY_MAX_BYTES];
  hn::StoreU(least, d, lanes[0]);
  hn::StoreU(most, d, lanes[1]);
  for (std::size_t i = 0; i < hn::Lanes(d); ++i)
    if (lanes[0][i] < low || lanes[1][i] > high) return false;
  return true;
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

void find_compared(Raw raw, void const* values, bool above, std::int64_t bound, std::uint64_t* plane) {
  switch (raw) {
    case Raw::bits:
      break;
    case Raw::u8:
      return compare<std::uint8_t>(values, above, bound, plane);
    case Raw::i8:
      return compare<std::int8_t>(values, above, bound, plane);
    case Raw::u16:
      return compare<std::uint16_t>(values, above, bound, plane);
    case Raw::i16:
      return compare<std::int16_t>(values, above, bound, plane);
    case Raw::u32:
      return compare<std::uint32_t>(values, above, bound, plane);
    case Raw::i32:
      return compare<std::int32_t>(values, above, bound, plane);
  }
}

void find_bit(Raw raw, void const* values, std::int64_t offset, unsigned bit, std::uint64_t* plane) {
  switch (bytes_of(raw)) {
    case 1:
      return test_bit<std::uint8_t>(values, offset, bit, plane);
    case 2:
      return test_bit<std::uint16_t>(values, offset, bit, plane);
    case 4:
      return test_bit<std::uint32_t>(values, offset, bit, plane);
    default:
      return;
  }
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

HWY_EXPORT(find_compared);
HWY_EXPORT(find_bit);
HWY_EXPORT(all_within);
HWY_EXPORT(steps);
HWY_EXPORT(bytes);
HWY_EXPORT(name);

void find_at_least(Raw raw, void const* values, std::int64_t bound, std::uint64_t* plane) {
  HWY_DYNAMIC_DISPATCH(find_compared)(raw, values, true, bound - 1, plane);
}
void find_at_most(Raw raw, void const* values, std::int64_t bound, std::uint64_t* plane) {
  HWY_DYNAMIC_DISPATCH(find_compared)(raw, values, false, bound + 1, plane);
}
void find_bit(Raw raw, void const* values, std::int64_t offset, unsigned bit, std::uint64_t* plane) {
  HWY_DYNAMIC_DISPATCH(find_bit)(raw, values, offset, bit, plane);
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

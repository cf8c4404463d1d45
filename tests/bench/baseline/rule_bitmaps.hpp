#pragma once

// One record without a branch on its answers: every rule as alternatives, every alternative a stretch of values for
// some inputs. A table for each input says, for each of its values, which alternatives that value leaves standing;
// what stands after all inputs holds. The lowest standing bit decides.

#include <array>
#include <cstdint>
#include <vector>

#include "baseline/if_else.hpp"

namespace bench {

class RuleBitmaps {
 public:
  RuleBitmaps();

  [[nodiscard]] Placement place(Record const& r) const {
    std::uint64_t const standing =
        days_[r.days_abstinent] & attendance(r.attendance_rate) & small_[0][r.withdrawal_risk] &
        small_[1][r.biomedical_stability] & small_[2][r.psychiatric_severity] & small_[3][r.suicidality] &
        small_[4][r.home_environment] & small_[5][r.social_support] & small_[6][r.relapse_risk] &
        small_[7][r.readiness] & small_[9][r.prior_treatment_episodes] & small_[11][r.positive_screens_30d] &
        small_[12][r.has_obligations] & small_[13][r.current_level];
    std::uint8_t const least = least_[lowest_bit(standing | 1ULL << most_first)];
    std::uint8_t const most = most_[lowest_bit(standing >> most_first | 1ULL << 31U)];
    return {least, least > most};
  }

 private:
  static constexpr unsigned most_first = 32;  // alternatives of `at most` rules have the bits from here on

  static unsigned lowest_bit(std::uint64_t bits) { return static_cast<unsigned>(__builtin_ctzll(bits)); }
  [[nodiscard]] std::uint64_t attendance(unsigned rate) const {
    return attendance_[unsigned{rate >= 5500} + unsigned{rate >= 8500} + unsigned{rate >= 9200}];
  }
  [[nodiscard]] std::uint64_t* table(std::size_t input);

  std::array<std::array<std::uint64_t, 32>, input_count> small_{};
  std::array<std::uint64_t, 4> attendance_{};
  std::array<std::uint64_t, 3651> days_{};
  std::array<std::uint8_t, 33> least_{};
  std::array<std::uint8_t, 33> most_{};
};

}  // namespace bench

#pragma once

// The rules over words of any width that know &, | and ~: each bit, or each byte, is one record. Everything here is
// `static` and inlined, since each instruction set compiles a copy of its own.

#include <cstddef>
#include <cstdint>

#include "baseline/columns.hpp"

#define BENCH_INLINE static inline __attribute__((always_inline))

namespace bench {

/// `x_at_k`: the answer is at least k. Of the current level, equality.
template <class W>
struct Atoms {
  W withdrawal_1, withdrawal_2, withdrawal_3, biomedical_1, biomedical_2, psychiatric_1, psychiatric_2, psychiatric_3;
  W suicidal_1, suicidal_2, home_2, home_3, support_1, support_2, relapse_1, relapse_2, relapse_3, ready_1, ready_2;
  W episodes_2, episodes_4, episodes_6, screens_1, screens_2, screens_3, screens_6, obliged;
  W at_outpatient, at_php, at_residential, at_detox;
  W days_4, days_6, days_14, days_30, days_45, days_60, days_90, days_120, days_180, days_365;
  W attended_5500, attended_8500, attended_9200;
};

/// The levels as a thermometer: `iop` is "at least iop".
template <class W>
struct Floors {
  W iop, php, residential, detox, conflict;
};

template <class W>
BENCH_INLINE Floors<W> apply_rules(Atoms<W> const& a) {
  W const detox = (a.withdrawal_3 & (a.biomedical_1 | ~a.days_6)) | (a.withdrawal_2 & a.biomedical_2) |
                  (a.withdrawal_2 & a.psychiatric_3 & ~a.days_4);
  W const residential = (a.suicidal_2 & a.psychiatric_2) | (a.home_3 & (a.relapse_2 | a.support_2) & ~a.days_90) |
                        (a.relapse_3 & a.support_1 & a.ready_2) | (a.episodes_4 & a.screens_6 & a.home_2) |
                        (a.withdrawal_3 & (a.support_2 | a.home_2)) | (a.at_detox & ~a.days_14 & a.relapse_2);
  W const php = (a.psychiatric_3 & (a.suicidal_1 | a.support_1)) | (a.suicidal_1 & a.psychiatric_2 & a.support_1) |
                (a.relapse_2 & a.home_2 & a.screens_3) |
                (a.at_residential & ~a.days_45 & (a.relapse_2 | a.psychiatric_2)) |
                (a.biomedical_2 & (a.psychiatric_1 | ~a.obliged));
  W const iop = (a.relapse_2 & (~a.days_60 | a.screens_1)) | (a.ready_2 & a.episodes_2 & ~a.days_180) |
                (a.at_outpatient & ~a.attended_5500 & a.screens_2) | a.psychiatric_2 |
                (a.suicidal_1 & ~a.suicidal_2 & a.support_1) |
                ((a.at_php | a.at_residential) & ~a.days_120 & (a.ready_1 | a.relapse_1));
  W const most_outpatient = a.days_365 & ~(a.relapse_1 | a.withdrawal_1 | a.screens_1 | a.psychiatric_2);
  W const most_iop = (a.obliged & a.attended_8500 & ~(a.support_1 | a.ready_2 | a.relapse_2)) |
                     (a.attended_9200 & a.days_180 & ~(a.screens_1 | a.episodes_6));
  W const most_php = a.days_30 & ~(a.home_2 | a.suicidal_1 | a.withdrawal_2);
  W const most_residential = ~(a.withdrawal_3 | a.biomedical_1 | a.episodes_2);
  Floors<W> f;
  f.detox = detox;
  f.residential = detox | residential;
  f.php = f.residential | php;
  f.iop = f.php | iop;
  f.conflict =
      (f.iop & most_outpatient) | (f.php & most_iop) | (f.residential & most_php) | (f.detox & most_residential);
  return f;
}

// ---- bit planes
// --------------------------------------------------------------------------------------------------------

/// The planes of one word of records.
template <class W>
struct Planes {
  static constexpr std::size_t words = block_records / 8 / sizeof(W);  // of a plane
  W const* first;
  W operator[](std::size_t plane) const { return first[plane * words]; }
  [[nodiscard]] Planes from(std::size_t plane) const { return {first + plane * words}; }
};

/// Whether the number whose bits stand in `planes` is at least K.
template <unsigned K, int Bits, class W>
BENCH_INLINE W plane_at_least(Planes<W> planes) {
  W result = ~(W{});
#pragma GCC unroll 16
  for (int bit = 0; bit < Bits; ++bit) {
    W const plane = planes[static_cast<std::size_t>(bit)];
    result = (K >> bit & 1U) != 0 ? (result & plane) : (result | plane);
  }
  return result;
}

/// The atoms of one block; `p` is its first plane, in the order of pack_planes.
template <class W>
BENCH_INLINE Atoms<W> plane_atoms(Planes<W> p) {
  Atoms<W> a;
  a.withdrawal_1 = p[0] | p[1], a.withdrawal_2 = p[1], a.withdrawal_3 = p[0] & p[1];
  a.biomedical_1 = p[2] | p[3], a.biomedical_2 = p[3];
  a.psychiatric_1 = p[4] | p[5], a.psychiatric_2 = p[5], a.psychiatric_3 = p[4] & p[5];
  a.suicidal_1 = p[6] | p[7], a.suicidal_2 = p[7];
  a.home_2 = p[9], a.home_3 = p[8] & p[9];
  a.support_1 = p[10] | p[11], a.support_2 = p[11];
  a.relapse_1 = p[12] | p[13], a.relapse_2 = p[13], a.relapse_3 = p[12] & p[13];
  a.ready_1 = p[14] | p[15], a.ready_2 = p[15];
  Planes<W> const days = p.from(16);
  a.days_4 = plane_at_least<4, 12>(days), a.days_6 = plane_at_least<6, 12>(days);
  a.days_14 = plane_at_least<14, 12>(days), a.days_30 = plane_at_least<30, 12>(days);
  a.days_45 = plane_at_least<45, 12>(days), a.days_60 = plane_at_least<60, 12>(days);
  a.days_90 = plane_at_least<90, 12>(days), a.days_120 = plane_at_least<120, 12>(days);
  a.days_180 = plane_at_least<180, 12>(days), a.days_365 = plane_at_least<365, 12>(days);
  Planes<W> const episodes = p.from(28);
  a.episodes_2 = plane_at_least<2, 5>(episodes), a.episodes_4 = plane_at_least<4, 5>(episodes);
  a.episodes_6 = plane_at_least<6, 5>(episodes);
  Planes<W> const attended = p.from(33);
  a.attended_5500 = plane_at_least<5500, 14>(attended), a.attended_8500 = plane_at_least<8500, 14>(attended);
  a.attended_9200 = plane_at_least<9200, 14>(attended);
  Planes<W> const screens = p.from(47);
  a.screens_1 = plane_at_least<1, 5>(screens), a.screens_2 = plane_at_least<2, 5>(screens);
  a.screens_3 = plane_at_least<3, 5>(screens), a.screens_6 = plane_at_least<6, 5>(screens);
  a.obliged = p[52];
  a.at_outpatient = p[53] & ~p[54] & ~p[55], a.at_php = p[53] & p[54];
  a.at_residential = ~p[53] & p[55], a.at_detox = p[53] & p[55];
  return a;
}

/// Decides `blocks` blocks of 512 records. W is a word of 64 to 512 bits that may lie over the planes' memory.
template <class W>
BENCH_INLINE void place_planes(std::uint64_t const* planes, std::size_t blocks, std::uint64_t* answers) {
  constexpr std::size_t words = Planes<W>::words;
  for (std::size_t block = 0; block < blocks; ++block) {
    for (std::size_t word = 0; word < words; ++word) {
      auto const* const from = reinterpret_cast<W const*>(planes + block * input_planes * plane_words) + word;
      Floors<W> const f = apply_rules(plane_atoms(Planes<W>{from}));
      auto* const to = reinterpret_cast<W*>(answers + block * answer_planes * plane_words) + word;
      to[0] = ~f.iop | (f.php & ~f.residential) | f.detox;  // outpatient 1, php 3, detox 5
      to[words] = f.iop & ~f.residential;                   // iop 2, php 3
      to[2 * words] = f.residential;                        // residential 4, detox 5
      to[3 * words] = f.conflict;
    }
  }
}

/// The words added up in `W`, which is as wide as the instruction set has them: reading and nothing else.
template <class W>
BENCH_INLINE std::uint64_t sum_words(std::uint64_t const* words, std::size_t count) {
  constexpr std::size_t lanes = sizeof(W) / sizeof(std::uint64_t);
  W sums[4] = {};
  auto const* const from = reinterpret_cast<W const*>(words);
  for (std::size_t i = 0; i + 4 <= count / lanes; i += 4)
    for (std::size_t k = 0; k < 4; ++k) sums[k] += from[i + k];
  W const sum = sums[0] + sums[1] + sums[2] + sums[3];
  std::uint64_t total = 0;
  for (std::size_t lane = 0; lane < lanes; ++lane) total += reinterpret_cast<std::uint64_t const*>(&sum)[lane];
  return total;
}

}  // namespace bench

// Compiled for AVX-512; called only where the processor has it. Nothing of the standard library may be instantiated
// here: the linker could choose such a copy for the whole program.

#include <immintrin.h>

#include "baseline/columns.hpp"
#include "baseline/word_rules.hpp"

namespace bench {
namespace {

/// A bit for each of 64 records.
typedef std::uint64_t Mask;
typedef std::uint64_t Word __attribute__((vector_size(64)));

BENCH_INLINE __m512i load(void const* from) {
  return _mm512_load_si512(from);
}
BENCH_INLINE Mask at_least(__m512i values, int k) {
  return _mm512_cmpge_epu8_mask(values, _mm512_set1_epi8(static_cast<char>(k)));
}
BENCH_INLINE Mask equals(__m512i values, int k) {
  return _mm512_cmpeq_epi8_mask(values, _mm512_set1_epi8(static_cast<char>(k)));
}

/// 64 values of two bytes.
struct Wide {
  __m512i first, second;
};
BENCH_INLINE Wide load_wide(std::uint16_t const* from) {
  return {load(from), load(from + 32)};
}
BENCH_INLINE Mask at_least(Wide const& values, int k) {
  __m512i const bound = _mm512_set1_epi16(static_cast<short>(k));
  return _mm512_kunpackd(_mm512_cmpge_epu16_mask(values.second, bound), _mm512_cmpge_epu16_mask(values.first, bound));
}

BENCH_INLINE Atoms<Mask> atoms(ByteColumns const& c, std::size_t i) {
  Atoms<Mask> a;
  __m512i v = load(c.withdrawal_risk + i);
  a.withdrawal_1 = at_least(v, 1), a.withdrawal_2 = at_least(v, 2), a.withdrawal_3 = at_least(v, 3);
  v = load(c.biomedical_stability + i);
  a.biomedical_1 = at_least(v, 1), a.biomedical_2 = at_least(v, 2);
  v = load(c.psychiatric_severity + i);
  a.psychiatric_1 = at_least(v, 1), a.psychiatric_2 = at_least(v, 2), a.psychiatric_3 = at_least(v, 3);
  v = load(c.suicidality + i);
  a.suicidal_1 = at_least(v, 1), a.suicidal_2 = at_least(v, 2);
  v = load(c.home_environment + i);
  a.home_2 = at_least(v, 2), a.home_3 = at_least(v, 3);
  v = load(c.social_support + i);
  a.support_1 = at_least(v, 1), a.support_2 = at_least(v, 2);
  v = load(c.relapse_risk + i);
  a.relapse_1 = at_least(v, 1), a.relapse_2 = at_least(v, 2), a.relapse_3 = at_least(v, 3);
  v = load(c.readiness + i);
  a.ready_1 = at_least(v, 1), a.ready_2 = at_least(v, 2);
  v = load(c.prior_treatment_episodes + i);
  a.episodes_2 = at_least(v, 2), a.episodes_4 = at_least(v, 4), a.episodes_6 = at_least(v, 6);
  v = load(c.positive_screens_30d + i);
  a.screens_1 = at_least(v, 1), a.screens_2 = at_least(v, 2), a.screens_3 = at_least(v, 3),
  a.screens_6 = at_least(v, 6);
  a.obliged = at_least(load(c.has_obligations + i), 1);
  v = load(c.current_level + i);
  a.at_outpatient = equals(v, 1), a.at_php = equals(v, 3), a.at_residential = equals(v, 4), a.at_detox = equals(v, 5);
  Wide const days = load_wide(c.days_abstinent + i);
  a.days_4 = at_least(days, 4), a.days_6 = at_least(days, 6), a.days_14 = at_least(days, 14);
  a.days_30 = at_least(days, 30), a.days_45 = at_least(days, 45), a.days_60 = at_least(days, 60);
  a.days_90 = at_least(days, 90), a.days_120 = at_least(days, 120), a.days_180 = at_least(days, 180);
  a.days_365 = at_least(days, 365);
  Wide const attended = load_wide(c.attendance_rate + i);
  a.attended_5500 = at_least(attended, 5500), a.attended_8500 = at_least(attended, 8500);
  a.attended_9200 = at_least(attended, 9200);
  return a;
}

BENCH_INLINE __m512i level_bytes(Floors<Mask> const& f) {
  __m512i level = _mm512_set1_epi8(1);
  level = _mm512_mask_mov_epi8(level, f.iop, _mm512_set1_epi8(2));
  level = _mm512_mask_mov_epi8(level, f.php, _mm512_set1_epi8(3));
  level = _mm512_mask_mov_epi8(level, f.residential, _mm512_set1_epi8(4));
  return _mm512_mask_mov_epi8(level, f.detox, _mm512_set1_epi8(5));
}

BENCH_INLINE __m512i all(MoveWord move) {
  return _mm512_set1_epi8(static_cast<char>(move));
}

}  // namespace

void place_avx512(ByteColumns const& columns, std::uint8_t* levels) {
  for (std::size_t i = 0; i < columns.count; i += 64) {
    Floors<Mask> const f = apply_rules(atoms(columns, i));
    __m512i const level = level_bytes(f);
    __m512i const bit = _mm512_set1_epi8(static_cast<char>(conflict_bit));
    _mm512_store_si512(levels + i, _mm512_or_si512(level, _mm512_maskz_mov_epi8(f.conflict, bit)));
  }
}

void decide_avx512(ByteColumns const& columns, BriefColumns const& out) {
  for (std::size_t i = 0; i < columns.count; i += 64) {
    Floors<Mask> const f = apply_rules(atoms(columns, i));
    __m512i const level = level_bytes(f);
    __m512i const current = load(columns.current_level + i);
    Mask const nowhere = equals(current, 0);
    Mask const up = _mm512_cmpgt_epu8_mask(level, current) & ~nowhere;
    Mask const down = _mm512_cmplt_epu8_mask(level, current) & ~f.conflict;
    __m512i move = all(MoveWord::stay);
    move = _mm512_mask_mov_epi8(move, nowhere, all(MoveWord::admit));
    move = _mm512_mask_mov_epi8(move, up, all(MoveWord::step_up));
    move = _mm512_mask_mov_epi8(move, down, all(MoveWord::step_down));
    _mm512_store_si512(out.move + i, move);
    _mm512_store_si512(out.next + i, _mm512_mask_mov_epi8(current, nowhere | up | down, level));
    _mm512_store_si512(out.indicated + i, level);
    _mm512_store_si512(out.conflict + i, _mm512_maskz_mov_epi8(f.conflict, _mm512_set1_epi8(1)));
  }
}

void place_planes_avx512(std::uint64_t const* planes, std::size_t blocks, std::uint64_t* answers) {
  place_planes<Word>(planes, blocks, answers);
}

std::uint64_t sum_avx512(std::uint64_t const* words, std::size_t count) { return sum_words<Word>(words, count); }

}  // namespace bench

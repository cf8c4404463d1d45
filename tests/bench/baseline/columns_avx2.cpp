// Compiled for AVX2; called only where the processor has it. Nothing of the standard library may be instantiated here:
// the linker could choose such a copy for the whole program.

#include <immintrin.h>

#include "baseline/columns.hpp"
#include "baseline/word_rules.hpp"

namespace bench {
namespace {

/// 256 bits that know &, | and ~; as bytes, 0 or 255 for each of 32 records.
typedef std::uint64_t Word __attribute__((vector_size(32)));

BENCH_INLINE __m256i load(void const* from) {
  return _mm256_load_si256(static_cast<__m256i const*>(from));
}

// Every code of a byte column is below 128, so that the signed comparison is right.
BENCH_INLINE Word at_least(__m256i values, int k) {
  return reinterpret_cast<Word>(_mm256_cmpgt_epi8(values, _mm256_set1_epi8(static_cast<char>(k - 1))));
}
BENCH_INLINE Word equals(__m256i values, int k) {
  return reinterpret_cast<Word>(_mm256_cmpeq_epi8(values, _mm256_set1_epi8(static_cast<char>(k))));
}

/// 32 values of two bytes.
struct Wide {
  __m256i first, second;
};
BENCH_INLINE Wide load_wide(std::uint16_t const* from) {
  return {load(from), load(from + 16)};
}
BENCH_INLINE Word at_least(Wide const& values, int k) {
  __m256i const below = _mm256_set1_epi16(static_cast<short>(k - 1));
  __m256i const packed =
      _mm256_packs_epi16(_mm256_cmpgt_epi16(values.first, below), _mm256_cmpgt_epi16(values.second, below));
  return reinterpret_cast<Word>(_mm256_permute4x64_epi64(packed, 0xD8));  // packing works in halves
}

BENCH_INLINE Atoms<Word> atoms(ByteColumns const& c, std::size_t i) {
  Atoms<Word> a;
  __m256i v = load(c.withdrawal_risk + i);
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

BENCH_INLINE __m256i bytes(Word word) {
  return reinterpret_cast<__m256i>(word);
}

}  // namespace

void place_avx2(ByteColumns const& columns, std::uint8_t* levels) {
  for (std::size_t i = 0; i < columns.count; i += 32) {
    Floors<Word> const f = apply_rules(atoms(columns, i));
    // A byte that holds is -1: taking it away adds one level.
    __m256i const upper = _mm256_add_epi8(bytes(f.residential), bytes(f.detox));
    __m256i const lower = _mm256_add_epi8(bytes(f.iop), bytes(f.php));
    __m256i const level = _mm256_sub_epi8(_mm256_sub_epi8(_mm256_set1_epi8(1), lower), upper);
    __m256i const conflict = _mm256_and_si256(bytes(f.conflict), _mm256_set1_epi8(static_cast<char>(conflict_bit)));
    _mm256_store_si256(reinterpret_cast<__m256i*>(levels + i), _mm256_or_si256(level, conflict));
  }
}

void place_planes_avx2(std::uint64_t const* planes, std::size_t blocks, std::uint64_t* answers) {
  place_planes<Word>(planes, blocks, answers);
}

std::uint64_t sum_avx2(std::uint64_t const* words, std::size_t count) { return sum_words<Word>(words, count); }

}  // namespace bench

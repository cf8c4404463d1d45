#include "baseline/columns.hpp"

#include <algorithm>

#include "baseline/word_rules.hpp"

namespace bench {
namespace {

/// The bits that an input takes in the planes.
unsigned plane_bits(std::size_t input) {
  unsigned bits = 0;
  for (unsigned highest = inputs[input].highest; highest != 0; highest >>= 1U) ++bits;
  return bits;
}

}  // namespace

void pack_planes(std::span<Record const> records, std::uint64_t* planes) {
  std::fill_n(planes, records.size() / block_records * input_planes * plane_words, 0);
  for (std::size_t i = 0; i < records.size(); ++i) {
    std::uint64_t* word = planes + i / block_records * input_planes * plane_words + i % block_records / 64;
    for (std::size_t input = 0; input < input_count; ++input) {
      unsigned code = answer(records[i], input);
      for (unsigned bit = 0; bit < plane_bits(input); ++bit, code >>= 1U, word += plane_words)
        *word |= std::uint64_t{code & 1U} << (i % 64);
    }
  }
}

Placement unpack_plane_answer(std::uint64_t const* answers, std::size_t record) {
  std::uint64_t const* word =
      answers + record / block_records * answer_planes * plane_words + record % block_records / 64;
  auto const bit = [&](std::size_t plane) {
    return static_cast<unsigned>(word[plane * plane_words] >> (record % 64) & 1U);
  };
  return {static_cast<std::uint8_t>(bit(0) | bit(1) << 1U | bit(2) << 2U), bit(3) != 0};
}

void place_planes_plain(std::uint64_t const* planes, std::size_t blocks, std::uint64_t* answers) {
  place_planes<std::uint64_t>(planes, blocks, answers);
}

std::uint64_t sum_best(std::uint64_t const* words, std::size_t count) {
#ifdef BENCH_X86
  if (has_avx512()) return sum_avx512(words, count);
  if (has_avx2()) return sum_avx2(words, count);
#endif
  return sum_words<std::uint64_t>(words, count);
}

#ifdef BENCH_X86
bool has_avx2() {
  return __builtin_cpu_supports("avx2") != 0;
}
bool has_avx512() {
  return __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vl") != 0;
}
#endif

}  // namespace bench

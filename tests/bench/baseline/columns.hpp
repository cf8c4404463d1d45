#pragma once

// The rules by hand over columns of many records: what a team that knows its processor would write for one ruleset.
//
// Byte columns take 16 bytes a record: one byte for each answer, two for days and for attendance (in ten-thousandths).
// Bit planes take 7: input by input one bit of the answer for each of 512 records.

#include <cstddef>
#include <cstdint>
#include <span>

#include "baseline/if_else.hpp"

namespace bench {

inline constexpr std::size_t block_records = 512;

/// `count` is a multiple of block_records; columns start on cache lines.
struct ByteColumns {
  std::size_t count = 0;
  std::uint8_t const* withdrawal_risk = nullptr;
  std::uint8_t const* biomedical_stability = nullptr;
  std::uint8_t const* psychiatric_severity = nullptr;
  std::uint8_t const* suicidality = nullptr;
  std::uint8_t const* home_environment = nullptr;
  std::uint8_t const* social_support = nullptr;
  std::uint8_t const* relapse_risk = nullptr;
  std::uint8_t const* readiness = nullptr;
  std::uint8_t const* prior_treatment_episodes = nullptr;
  std::uint8_t const* positive_screens_30d = nullptr;
  std::uint8_t const* has_obligations = nullptr;
  std::uint8_t const* current_level = nullptr;
  std::uint16_t const* days_abstinent = nullptr;
  std::uint16_t const* attendance_rate = nullptr;
};

/// The level of each record, with the bit `conflict_bit` in a conflict.
inline constexpr std::uint8_t conflict_bit = 0x80;

/// A brief decision as columns: what a batch has to write to say the move as well.
struct BriefColumns {
  std::uint8_t* move = nullptr;  // MoveWord
  std::uint8_t* next = nullptr;
  std::uint8_t* indicated = nullptr;
  std::uint8_t* conflict = nullptr;
};

/// Planes of one block stand together: for each input the bits of its code, the lowest first; a plane is 64 bytes.
inline constexpr std::size_t input_planes = 56;
/// The level's three bits, then the conflict.
inline constexpr std::size_t answer_planes = 4;
inline constexpr std::size_t plane_words = block_records / 64;

void pack_planes(std::span<Record const> records, std::uint64_t* planes);
Placement unpack_plane_answer(std::uint64_t const* answers, std::size_t record);

void place_planes_plain(std::uint64_t const* planes, std::size_t blocks, std::uint64_t* answers);

/// The sum of `count` words, a multiple of 256: the time that reading takes, with the widest loads there are.
std::uint64_t sum_best(std::uint64_t const* words, std::size_t count);

#ifdef BENCH_X86
bool has_avx2();
bool has_avx512();
void place_avx2(ByteColumns const& columns, std::uint8_t* levels);
void place_planes_avx2(std::uint64_t const* planes, std::size_t blocks, std::uint64_t* answers);
std::uint64_t sum_avx2(std::uint64_t const* words, std::size_t count);
std::uint64_t sum_avx512(std::uint64_t const* words, std::size_t count);
void place_avx512(ByteColumns const& columns, std::uint8_t* levels);
void decide_avx512(ByteColumns const& columns, BriefColumns const& out);
void place_planes_avx512(std::uint64_t const* planes, std::size_t blocks, std::uint64_t* answers);
#endif

}  // namespace bench

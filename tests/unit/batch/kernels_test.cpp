#include "batch/kernels.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "batch/columns.hpp"
#include "unit/batch/instruction_sets.hpp"

// Every instruction set that this machine has, beside loops that nobody can get wrong.

using namespace carestep::batch;

namespace {

using Random = std::mt19937_64;
constexpr unsigned seed = 20261127;

/// Planes of random bits.
struct Planes {
  Planes(std::size_t count, Random& random) : words(count * block_words) {
    for (std::uint64_t& word : words) word = random();
    for (std::size_t i = 0; i < count; ++i) at.push_back(words.data() + i * block_words);
  }
  Planes(Planes const& other) : words(other.words) {
    for (std::size_t i = 0; i < other.at.size(); ++i) at.push_back(words.data() + i * block_words);
  }
  [[nodiscard]] bool bit(std::size_t plane, std::size_t record) const {
    return (at[plane][record / 64] >> (record % 64) & 1U) != 0;
  }

  PlaneWords words;
  std::vector<std::uint64_t*> at;
};

template <class T>
std::vector<T> random_values(Random& random, std::int64_t low, std::int64_t high) {
  std::uniform_int_distribution<std::int64_t> value(low, high);
  std::vector<T> values(block_records);
  for (T& one : values) one = static_cast<T>(value(random));
  return values;
}

/// Takes the pass over values within its bounds; `holds(plane, value)` is what its planes ought to say.
template <class T, class Holds>
void check_planes(Pass pass, std::vector<T> const& values, Random& random, Holds holds) {
  CAPTURE(pass.count);
  Planes planes(most_tests, random);
  pass.values = values.data();
  std::copy(planes.at.begin(), planes.at.end(), pass.planes.begin());
  CHECK(find({&pass, 1}));
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < pass.count; ++k)
    for (std::size_t i = 0; i < block_records; ++i)
      if (planes.bit(k, i) != holds(k, std::int64_t{values[i]})) ++wrong;
  CHECK(wrong == 0);
}

template <class T>
void check_at_least(Raw raw, Random& random) {
  constexpr std::int64_t lowest = std::numeric_limits<T>::lowest();
  constexpr std::int64_t highest = std::numeric_limits<T>::max();
  std::int64_t const low = lowest < 0 ? -100 : 0;
  auto values = random_values<T>(random, low, 120);
  values[4095] = static_cast<T>(lowest);
  values[77] = static_cast<T>(highest);
  // Beyond the type at both ends too.
  std::array<std::int64_t, most_tests> const numbers{lowest - 1, lowest, low + 50, 100, highest, highest + 1};
  for (std::size_t count = 0; count <= most_tests; ++count)
    check_planes(Pass::at_least(raw, std::span(numbers).first(count), {lowest, highest}), values, random,
                 [&](std::size_t k, std::int64_t value) { return value >= numbers[k]; });
}

template <class T>
void check_bounds(Raw raw, Random& random) {
  auto const within = [&](std::vector<T> const& values, std::int64_t low, std::int64_t high) {
    Pass pass = Pass::at_least(raw, {}, {low, high});
    pass.values = values.data();
    bool const all = find({&pass, 1});
    CHECK(pass.within == all);
    return all;
  };
  std::vector<T> const zeros(block_records);
  CHECK(within(zeros, 0, 0));
  CHECK_FALSE(within(zeros, 5'000'000'000, 6'000'000'000));
  CHECK_FALSE(within(zeros, -6'000'000'000, -5'000'000'000));
  std::int64_t const low = std::is_signed_v<T> ? -90 : 20;
  std::vector<T> values = random_values<T>(random, low, 90);
  CHECK(within(values, low, 90));
  CHECK(within(values, -70'000, 5'000'000'000));
  for (std::size_t const place : {std::size_t{0}, std::size_t{1'000}, block_records - 1}) {
    T const was = values[place];
    values[place] = 91;
    CHECK_FALSE(within(values, low, 90));
    values[place] = static_cast<T>(low - 1);
    CHECK_FALSE(within(values, low, 90));
    values[place] = was;
  }
}

template <class T>
void check_bits(Raw raw, Random& random) {
  std::int64_t const offset = std::is_signed_v<T> ? -60 : 10;
  std::vector<T> const values = random_values<T>(random, offset, offset + 120);
  std::array<unsigned, most_tests> const bits{5, 0, 6, 3, 1, 2};
  for (std::size_t count = 0; count <= bits.size(); ++count)
    check_planes(Pass::bits(raw, offset, std::span(bits).first(count), {offset, offset + 120}), values, random,
                 [&](std::size_t k, std::int64_t value) { return ((value - offset) >> bits[k] & 1) != 0; });
}

template <class T>
void check_column(Raw raw, Random& random) {
  check_at_least<T>(raw, random);
  check_bounds<T>(raw, random);
  check_bits<T>(raw, random);
}

/// A random step over planes [0, 12) that makes plane 12, and whether it holds for a record.
struct RandomStep {
  explicit RandomStep(Random& random) {
    auto const some = [&](unsigned most) { return static_cast<std::uint32_t>(random() % (most + 1)); };
    code = {12, some(3)};
    for (std::uint32_t k = 0; k < code[1]; ++k) {
      std::uint32_t const plain = some(4);
      std::uint32_t const negated = some(3);
      code.push_back(plain);
      code.push_back(negated);
      for (std::uint32_t i = 0; i < plain + negated; ++i) code.push_back(some(11));
    }
    if (code[1] == 0) code.insert(code.end(), {some(11), some(11)});
  }

  [[nodiscard]] bool holds(Planes const& planes, std::size_t record) const {
    if (code[1] == 0) return planes.bit(code[2], record) != planes.bit(code[3], record);
    std::size_t at = 2;
    bool result = true;
    for (std::uint32_t k = 0; k < code[1]; ++k) {
      std::uint32_t const plain = code[at];
      std::uint32_t const all = plain + code[at + 1];
      bool here = true;
      for (std::uint32_t i = 0; i < all; ++i) here = here && planes.bit(code[at + 2 + i], record) == (i < plain);
      result = result && here == (k == 0);
      at += 2 + all;
    }
    return result;
  }

  std::vector<std::uint32_t> code;
};

/// Completions of records of 1 to 80 each, with few different ranks, so that many are alike.
struct Repeated {
  explicit Repeated(Random& random) {
    for (std::uint16_t number = 0; record.size() < 3'900; ++number) {
      begin.push_back(record.size());
      for (std::uint64_t left = 1 + random() % 80; left > 0; --left) {
        record.push_back(number);
        rank.push_back(static_cast<std::uint16_t>(random() % 24));
        marks.push_back(static_cast<std::uint16_t>(random() % 512 | (random() % 4 == 0 ? impossible : 0U)));
      }
    }
    count = record.size();
    for (auto* const list : {&record, &rank, &marks}) list->resize(count + InCommon::slack, 0xFFFF);
    for (auto* const list : {&least, &most, &shared}) list->resize(count + InCommon::slack);
  }

  static constexpr std::uint16_t impossible = 0x8000;
  static constexpr unsigned flag_bits = 3;
  std::vector<std::size_t> begin;
  std::vector<std::uint16_t> record, rank, marks, least, most, shared;
  std::size_t count = 0;

  /// How many completions do not say what they have in common with the next ones.
  [[nodiscard]] std::size_t wrong() const {
    std::size_t found = 0;
    for (std::size_t i = 0; i < count; ++i) {
      unsigned low = 0xFFFF, high = 0, common = 0xFFFF;
      std::size_t end = i;
      while (end < std::min(count, i + InCommon::reach) && record[end] == record[i]) ++end;
      for (std::size_t k = i; k < end; ++k) {
        if ((marks[k] & impossible) != 0) continue;
        low = std::min<unsigned>(low, rank[k]);
        high = std::max<unsigned>(high, rank[k]);
      }
      for (std::size_t k = i; k < end; ++k)
        if ((marks[k] & impossible) == 0 && rank[k] >> flag_bits == high >> flag_bits) common &= marks[k];
      if (least[i] != low || most[i] != high || shared[i] != common) ++found;
    }
    return found;
  }
};

}  // namespace

TEST_CASE("planes out of columns of every type") {
  with_each_instruction_set([] {
    Random random(seed);
    check_column<std::uint8_t>(Raw::u8, random);
    check_column<std::int8_t>(Raw::i8, random);
    check_column<std::uint16_t>(Raw::u16, random);
    check_column<std::int16_t>(Raw::i16, random);
    check_column<std::uint32_t>(Raw::u32, random);
    check_column<std::int32_t>(Raw::i32, random);
  });
}

TEST_CASE("steps of every size") {
  with_each_instruction_set([] {
    Random random(seed);
    for (int round = 0; round < 60; ++round) {
      RandomStep step(random);
      if (round % 3 == 0) step.code[0] = static_cast<std::uint32_t>(random() % 12);  // perhaps one that it reads
      Planes planes(13, random);
      Planes const before(planes);
      take_steps({step.code, 1}, planes.at.data());
      std::size_t wrong = 0;
      for (std::size_t plane = 0; plane < 13; ++plane)
        for (std::size_t i = 0; i < block_records; ++i)
          if (planes.bit(plane, i) != (plane == step.code[0] ? step.holds(before, i) : before.bit(plane, i))) ++wrong;
      CHECK(wrong == 0);
    }
  });
}

TEST_CASE("numbers out of planes") {
  with_each_instruction_set([] {
    Random random(seed);
    Planes const planes(Digits::most, random);
    for (std::size_t count = 0; count <= Digits::most; ++count) {
      CAPTURE(count);
      Digits digits;
      digits.base = 200;
      for (std::size_t k = 0; k < count; ++k) digits.add(planes.at[k], static_cast<std::uint16_t>(random()));
      std::vector<std::uint8_t> bytes(block_records);
      std::vector<std::uint16_t> numbers(block_records);
      to_numbers(digits, bytes.data());
      to_numbers(digits, numbers.data());
      std::size_t wrong = 0;
      for (std::size_t i = 0; i < block_records; ++i) {
        unsigned sum = digits.base;
        for (std::size_t k = 0; k < count; ++k) sum += planes.bit(k, i) ? digits.values[k] : 0U;
        if (bytes[i] != (sum & 0xFFU) || numbers[i] != (sum & 0xFFFFU)) ++wrong;
      }
      CHECK(wrong == 0);
    }
  });
}

TEST_CASE("what completions have in common") {
  with_each_instruction_set([] {
    Random random(seed);
    for (int round = 0; round < 20; ++round) {
      Repeated completions(random);
      find_common({.record = completions.record.data(),
                   .rank = completions.rank.data(),
                   .marks = completions.marks.data(),
                   .flag_bits = Repeated::flag_bits,
                   .impossible = Repeated::impossible,
                   .count = completions.count,
                   .least = completions.least.data(),
                   .most = completions.most.data(),
                   .shared = completions.shared.data()});
      CHECK(completions.wrong() == 0);
    }
  });
}

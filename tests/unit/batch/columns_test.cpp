#include <carestep/carestep.hpp>

#include <array>
#include <doctest/doctest.h>
#include <random>
#include <string>
#include <vector>

#include "unit/batch/instruction_sets.hpp"

// Columns of several blocks, as the caller has them: complete blocks and others in turn, refused records in some.

using namespace carestep;

namespace {

constexpr auto rules_text =
    "ruleset r\nlevels a < b < c\n"
    "input x scale fine < poor < bad  higher is worse\n"
    "input y scale fine < poor < bad < worst  higher is worse\n"
    "input n number -20 to 100  higher is worse\n"
    "input m number 5 to 90  higher is worse\n"
    "input z yes/no\n"
    "rule r1 when x >= poor and y >= bad then at least b\n"
    "rule r2 when n + m >= 60 then at least b\n"
    "rule r3 when n >= 90 or z then at least c\n"
    "rule r4 when m < 10 and previous x >= poor then at least b\n";
constexpr std::size_t rule_count = 4;
constexpr std::size_t size = 4 * 4096 + 777;
constexpr Date day{20'587};

bool bit(std::vector<std::uint8_t> const& bits, std::size_t i) {
  return (bits[i / 8] >> (i % 8) & 1U) != 0;
}

class People {
 public:
  /// In which blocks some values are out of range, and whether the even or the odd ones have unknown answers.
  People(std::array<bool, 5> const& bad, std::size_t open) {
    auto const one_of = [&](unsigned count) { return random_() % count; };
    for (std::size_t i = 0; i < size; ++i) {
      std::size_t const block = i / 4096;
      x[i] = static_cast<std::uint8_t>(bad[block] && one_of(50) == 0 ? 7 : one_of(3));
      y[i] = static_cast<std::uint8_t>(one_of(4));
      level[i] = static_cast<std::uint8_t>(bad[block] && one_of(70) == 0 ? 9 : one_of(4));
      n[i] = static_cast<std::int16_t>(bad[block] && one_of(70) == 0 ? 101 : static_cast<int>(one_of(121)) - 20);
      m[i] = static_cast<std::uint8_t>(bad[block] && one_of(70) == 0 ? 4 : 5 + one_of(86));
      before[i] = static_cast<std::uint8_t>(one_of(3));
      auto const clear = [&](std::vector<std::uint8_t>& bits) {
        bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] & ~(1U << (i % 8)));
      };
      if (one_of(2) == 0) clear(z);
      for (auto* const known : {&x_known, &y_known, &n_known, &z_known})
        if (block % 2 == open && one_of(10) == 0) clear(*known);
    }
  }

  [[nodiscard]] Batch columns(Ruleset const& rules) const {
    Batch batch = rules.batch(size, day);
    auto const set = [&](char const* name, Column const& column) {
      CHECK_FALSE(batch.set(*rules.input(name), column));
    };
    set("x", Column::values(x, x_known.data()));
    set("y", Column::values(y, y_known.data()));
    set("n", Column::numbers(std::span(n), 0, n_known.data()));
    set("m", Column::numbers(std::span(m)));
    set("z", Column::yes_no(z.data(), size, z_known.data()));
    set("current_level", Column::values(level));
    CHECK_FALSE(batch.set_previous(*rules.input("x"), Column::values(before)));
    return batch;
  }

  [[nodiscard]] Decision alone(Ruleset const& rules, std::size_t i) const {
    Decision decision;
    decision.status = DecisionStatus::refused;
    bool const refused = (bit(x_known, i) && x[i] > 2) || (bit(n_known, i) && n[i] > 100) || m[i] < 5 || level[i] > 3;
    if (refused) return decision;
    static constexpr std::array words{"fine", "poor", "bad", "worst"};
    static constexpr std::array levels{"none", "a", "b", "c"};
    Assessment person = rules.assessment(day);
    if (bit(x_known, i)) CHECK_FALSE(person.set("x", Answer(words.at(x[i]))));
    if (bit(y_known, i)) CHECK_FALSE(person.set("y", Answer(words.at(y[i]))));
    if (bit(n_known, i)) CHECK_FALSE(person.set("n", Answer(int{n[i]})));
    if (bit(z_known, i)) CHECK_FALSE(person.set("z", Answer(bit(z, i))));
    CHECK_FALSE(person.set("m", Answer(int{m[i]})));
    CHECK_FALSE(person.set("current_level", Answer(levels.at(level[i]))));
    CHECK_FALSE(person.set_previous("x", Answer(words.at(before[i]))));
    return rules.decide(person);
  }

 private:
  std::mt19937_64 random_{20261127};
  std::vector<std::uint8_t> x = std::vector<std::uint8_t>(size), y = x, level = x, m = x, before = x;
  std::vector<std::int16_t> n = std::vector<std::int16_t>(size);
  std::vector<std::uint8_t> z = std::vector<std::uint8_t>((size + 7) / 8, 0xFF), x_known = z, y_known = z, n_known = z,
                            z_known = z;
};

/// How many records of a batch are not decided as alone; `parts`: in two calls.
std::size_t wrong_of(Ruleset const& rules, Batch const& batch, std::vector<Decision> const& alone, bool parts) {
  std::vector<std::uint8_t> status(size), move(size);
  std::vector<std::int8_t> next(size), indicated(size);
  std::vector<std::uint16_t> marks(size);
  std::size_t const words = BatchDecisions::active_words(size);
  std::vector<std::uint64_t> active(words * rule_count);
  BatchDecisions const into{status, move, next, indicated, marks, active};
  std::size_t const part = 2 * BatchOptions::part;
  for (std::size_t first = 0; first < size; first += parts ? part : size)
    rules.decide(batch, into, BatchOptions{.first = first, .count = parts ? part : size});
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < size; ++i) {
    Decision const& one = alone[i];
    bool same = static_cast<std::uint8_t>(one.status) == status[i] && static_cast<std::uint8_t>(one.move) == move[i] &&
                one.next.index == next[i] && one.indicated.index == indicated[i] && one.marks.bits == marks[i];
    for (std::uint32_t rule = 0; rule < rule_count; ++rule) {
      bool const is = std::find(one.active.begin(), one.active.end(), RuleId{rule}) != one.active.end();
      same = same && is == ((active[rule * words + i / 64] >> (i % 64) & 1U) != 0);
    }
    if (!same) ++wrong;
  }
  return wrong;
}

/// Every value of a byte in `strain`, decided in columns and packed: how many are not decided as alone.
std::size_t wrong_bytes(std::string const& text) {
  auto const rules = load_text(text);
  REQUIRE(rules.ok());
  std::vector<std::uint8_t> strain(256), zeros(256);
  for (std::size_t i = 0; i < strain.size(); ++i) strain[i] = static_cast<std::uint8_t>(i);
  Batch batch = rules->batch(strain.size(), day);
  CHECK_FALSE(batch.set(*rules->input("strain"), Column::numbers(std::span<std::uint8_t const>(strain))));
  CHECK_FALSE(batch.set(*rules->input("other"), Column::numbers(std::span<std::uint8_t const>(zeros))));
  CHECK_FALSE(batch.set(*rules->input("current_level"), Column::values(zeros)));
  std::size_t wrong = 0;
  for (Batch const& form : {batch, batch.packed()}) {
    std::vector<std::int8_t> next(strain.size());
    BatchDecisions into;
    into.next = next;
    rules->decide(form, into, {});
    for (std::size_t i = 0; i < strain.size(); ++i) {
      Assessment person = rules->assessment(day);
      CHECK_FALSE(person.set("strain", Answer(int{strain[i]})));
      CHECK_FALSE(person.set("other", Answer(0)));
      CHECK_FALSE(person.set("current_level", Answer("none")));
      if (rules->decide_brief(person).next.index != next[i]) ++wrong;
    }
  }
  return wrong;
}

}  // namespace

TEST_CASE("several blocks of columns, with refused records and unknown answers in some") {
  auto const rules = load_text(rules_text);
  REQUIRE(rules.ok());
  constexpr std::array<std::array<bool, 5>, 3> bad{
      {{true, false, false, true, false}, {true, true, true, true, true}, {false, false, true, false, false}}};
  for (std::size_t round = 0; round < bad.size(); ++round) {
    CAPTURE(round);
    People const people(bad.at(round), round % 2);
    std::vector<Decision> alone;
    for (std::size_t i = 0; i < size; ++i) alone.push_back(people.alone(*rules, i));
    Batch const columns = people.columns(*rules);
    Batch const packed = columns.packed();
    batch::with_each_instruction_set([&] {
      for (bool const parts : {false, true}) {
        CHECK(wrong_of(*rules, columns, alone, parts) == 0);
        CHECK(wrong_of(*rules, packed, alone, parts) == 0);
      }
    });
  }
}

TEST_CASE("a column whose type is narrower than its input") {
  std::string bands;
  for (int cut = 10; cut < 250; cut += 10)
    bands += "rule r" + std::to_string(cut) + " when strain >= " + std::to_string(cut) + " and strain < " +
             std::to_string(cut + 5) + " then at least " + "abc"[cut / 10 % 3] + "\n";
  auto const text = [&](std::string const& range, std::string const& rules) {
    return "ruleset r\nlevels a < b < c\ninput strain number " + range + "  higher is worse\ninput other number " +
           range + "  higher is worse\n" + rules;
  };
  batch::with_each_instruction_set([&] {
    for (std::string const range : {"0 to 255", "0 to 300", "-100 to 300"}) {
      CAPTURE(range);
      CHECK(wrong_bytes(text(range, bands)) == 0);
      CHECK(wrong_bytes(text(range, "rule r when strain + other >= 200 then at least b\n")) == 0);
    }
  });
}

TEST_CASE("two inputs in the same memory, known for different people") {
  auto const rules = load_text(
      "ruleset r\nlevels a < b\ninput x scale fine < poor  higher is worse\ninput y scale fine < poor  higher is "
      "worse\nrule r when x is poor then at least b\n");
  REQUIRE(rules.ok());
  std::vector<std::uint8_t> const values(64, 9), levels(64, 0), nobody(8, 0), everybody(8, 0xFF);
  Batch batch = rules->batch(64, day);
  CHECK_FALSE(batch.set(*rules->input("x"), Column::values(values, nobody.data())));
  CHECK_FALSE(batch.set(*rules->input("y"), Column::values(values, everybody.data())));
  CHECK_FALSE(batch.set(*rules->input("current_level"), Column::values(levels)));
  std::vector<std::uint8_t> status(64);
  BatchDecisions into;
  into.status = status;
  CHECK(rules->decide(batch, into, {}).refused == 64);
  CHECK(rules->decide(batch.packed(), into, {}).refused == 64);
}

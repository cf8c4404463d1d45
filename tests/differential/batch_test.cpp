// A batch decides what single calls decide, on random rulesets: packed batches of any assessments, and columns in the
// caller's memory. CARESTEP_SEED sets the first seed.

#include <carestep/batch.hpp>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <doctest/doctest.h>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/ruleset_state.hpp"
#include "differential/generate.hpp"
#include "program/assessment_access.hpp"
#include "unit/batch/instruction_sets.hpp"

using namespace carestep;

namespace {

constexpr std::uint64_t rulesets = 120;

std::uint64_t first_seed() {
  char const* const set = std::getenv("CARESTEP_SEED");
  return set == nullptr ? 1 : std::strtoull(set, nullptr, 10);
}

/// Room for everything that a batch can say.
struct Results {
  explicit Results(Ruleset const& rules, std::size_t size)
      : status(size, 9),
        move(size, 9),
        next(size, 99),
        indicated(size, 99),
        marks(size, 0xFFFF),
        active(rules.rule_count() * BatchDecisions::active_words(size), ~std::uint64_t{0}) {}

  BatchDecisions all() { return {status, move, next, indicated, marks, active}; }
  BatchDecisions brief() { return {status, move, next, indicated, marks, {}}; }

  friend bool operator==(Results const&, Results const&) = default;

  std::vector<std::uint8_t> status;
  std::vector<std::uint8_t> move;
  std::vector<std::int8_t> next;
  std::vector<std::int8_t> indicated;
  std::vector<std::uint16_t> marks;
  std::vector<std::uint64_t> active;
};

void check_record(Ruleset const& rules, Results const& got, std::size_t i, Decision const& expected, bool with_active) {
  CHECK(got.status[i] == static_cast<std::uint8_t>(expected.status));
  CHECK(got.move[i] == static_cast<std::uint8_t>(expected.move));
  CHECK(got.next[i] == expected.next.index);
  CHECK(got.indicated[i] == expected.indicated.index);
  CHECK(got.marks[i] == expected.marks.bits);
  if (!with_active) return;
  std::size_t const words = got.active.size() / std::max<std::size_t>(rules.rule_count(), 1);
  for (std::uint32_t rule = 0; rule < rules.rule_count(); ++rule) {
    bool const active = (got.active[rule * words + i / 64] >> (i % 64) & 1U) != 0;
    CHECK(active == (std::find(expected.active.begin(), expected.active.end(), RuleId{rule}) != expected.active.end()));
  }
}

std::vector<Assessment> random_people(Ruleset const& rules, reference::Ruleset const& judge,
                                      differential::Random& random, int count) {
  std::vector<Assessment> people;
  for (int i = 0; i < count; ++i) {
    auto const read =
        assessment_from_json(rules, differential::to_json(differential::random_assessment(judge, random), judge));
    if (read) people.push_back(read->assessment);
  }
  return people;
}

// ---- the same people as columns -------------------------------------------------------------------------------------

/// Columns say nothing of days of answers, unavailable levels and sets known in part.
bool fits_columns(program::Program const& program, Assessment const& person) {
  if (AssessmentAccess::unavailable(person) != 0 || AssessmentAccess::previous(person) == Assessment::Previous::none)
    return false;
  if (Told const* const told = AssessmentAccess::told(person))
    for (std::int32_t const on : told->answered_on)
      if (on >= 0) return false;
  auto const codes = AssessmentAccess::codes(person);
  for (ir::Input const& input : program.model->inputs)
    for (ir::VarId const first : {input.first_var, input.first_previous_var}) {
      auto const begin = codes.begin() + first;
      auto const known = std::count_if(begin, begin + input.width, [](std::int64_t code) { return code >= 0; });
      if (known != 0 && known != static_cast<std::ptrdiff_t>(input.width)) return false;
    }
  return true;
}

/// One input's answers of many people, in memory of their own.
struct Answers {
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint32_t> masks;
  std::vector<std::int32_t> numbers;
  std::vector<std::uint8_t> narrow;
  std::vector<std::uint8_t> known;
};

void set_bit(std::vector<std::uint8_t>& bits, std::size_t i) {
  bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
}

/// Numbers of the narrowest type that holds them, with the decimals of the input's step where these are enough: such a
/// column may stay where it is.
template <class T>
std::optional<Column> narrow_numbers(ir::Input const& input, std::size_t size, Answers& to) {
  std::int64_t unit = 10'000;
  int decimals = 4;
  for (; decimals > 0 && input.step.scaled % (unit * 10) == 0 && input.low.scaled % (unit * 10) == 0; --decimals)
    unit *= 10;
  to.narrow.assign(size * sizeof(T), 0);
  for (std::size_t i = 0; i < size; ++i) {
    if ((to.known[i / 8] >> (i % 8) & 1U) == 0) continue;
    std::int64_t const value = std::int64_t{to.numbers[i]} * 10'000 / unit;
    if (value < std::numeric_limits<T>::lowest() || value > std::numeric_limits<T>::max()) return std::nullopt;
    auto const narrow = static_cast<T>(value);
    std::memcpy(to.narrow.data() + i * sizeof(T), &narrow, sizeof(T));
  }
  return Column::numbers(std::span(reinterpret_cast<T const*>(to.narrow.data()), size), decimals, to.known.data());
}

Column numbers_of(ir::Input const& input, std::size_t size, Answers& to) {
  if (auto column = narrow_numbers<std::uint8_t>(input, size, to)) return *column;
  if (auto column = narrow_numbers<std::int8_t>(input, size, to)) return *column;
  if (auto column = narrow_numbers<std::uint16_t>(input, size, to)) return *column;
  if (auto column = narrow_numbers<std::int16_t>(input, size, to)) return *column;
  return Column::numbers<std::int32_t>(to.numbers, 4, to.known.data());
}

Column column_of(ir::Input const& input, ir::VarId first, std::vector<Assessment> const& people, Date day,
                 Answers& to) {
  std::size_t const size = people.size();
  to.known.assign((size + 7) / 8, 0);
  to.bytes.assign(size, 77);  // what stands in unknown places does not matter
  to.masks.assign(size, 0);
  to.numbers.assign(size, 123456789);
  std::vector<std::uint8_t> yes((size + 7) / 8, 0);
  for (std::size_t i = 0; i < size; ++i) {
    auto const codes = AssessmentAccess::codes(people[i]);
    std::int64_t const code = codes[first];
    if (code < 0) continue;
    set_bit(to.known, i);
    to.bytes[i] = static_cast<std::uint8_t>(code);
    if (code == 1) set_bit(yes, i);
    for (std::uint32_t m = 0; m < input.width; ++m) to.masks[i] |= static_cast<std::uint32_t>(codes[first + m]) << m;
    if (input.kind == ir::InputKind::number)
      to.numbers[i] = static_cast<std::int32_t>((input.low.scaled + code * input.step.scaled) / 10'000);
    if (input.kind == ir::InputKind::date)
      to.numbers[i] = code == ir::never_code ? Column::never : day.days - static_cast<std::int32_t>(code);
  }
  switch (input.kind) {
    case ir::InputKind::yes_no:
      to.bytes = yes;
      return Column::yes_no(to.bytes.data(), size, to.known.data());
    case ir::InputKind::set:
      return Column::members<std::uint32_t>(to.masks, to.known.data());
    case ir::InputKind::number:
      return numbers_of(input, size, to);
    case ir::InputKind::date:
      return Column::days(to.numbers, to.known.data());
    case ir::InputKind::level:
    case ir::InputKind::scale:
    case ir::InputKind::choice:
      break;
  }
  return Column::values(to.bytes, to.known.data());
}

Batch columns_of(Ruleset const& rules, program::Program const& program, std::vector<Assessment> const& people, Date day,
                 std::vector<std::unique_ptr<Answers>>& memory) {
  Batch batch = rules.batch(people.size(), day);
  for (std::uint32_t i = 0; i < program.model->inputs.size(); ++i) {
    ir::Input const& input = program.model->inputs[i];
    memory.push_back(std::make_unique<Answers>());
    CHECK_FALSE(batch.set({i}, column_of(input, input.first_var, people, day, *memory.back())));
    if (input.first_previous_var == 0) continue;
    memory.push_back(std::make_unique<Answers>());
    CHECK_FALSE(batch.set_previous({i}, column_of(input, input.first_previous_var, people, day, *memory.back())));
  }
  return batch;
}

struct Decided {
  Results whole;
  Results brief;
  BatchTally tally;
};

Decided decided_by(Ruleset const& rules, Batch const& batch) {
  BatchOptions const options{.allow_out_of_force = true};
  Decided decided{Results(rules, batch.size()), Results(rules, batch.size()), {}};
  decided.tally = rules.decide(batch, decided.whole.all(), options);
  rules.decide(batch, decided.brief.brief(), options);
  return decided;
}

/// Every instruction set gives what single calls give. How many records were settled with others.
std::size_t check_batch(Ruleset const& rules, Batch const& batch, std::vector<Assessment> const& people) {
  DecideOptions const single{.allow_out_of_force = true};
  Decided const decided = decided_by(rules, batch);
  CHECK(decided.tally.records == people.size());
  std::size_t undetermined = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    CAPTURE(i);
    Decision const expected = rules.decide(people[i], single);
    if (expected.status == DecisionStatus::undetermined) ++undetermined;
    check_record(rules, decided.whole, i, expected, true);
    check_record(rules, decided.brief, i, expected, false);
  }
  CHECK(decided.tally.undetermined == undetermined);
  batch::with_each_instruction_set([&] {
    Decided const again = decided_by(rules, batch);
    CHECK(again.whole == decided.whole);
    CHECK(again.brief == decided.brief);
  });
  return decided.tally.settled_together;
}

/// The same people, of whom an answer or two is forgotten.
std::vector<Assessment> forgetful(Ruleset const& rules, std::vector<Assessment> people, differential::Random& random) {
  for (Assessment& person : people)
    for (int i = random.percent(50) ? 1 : 2; i > 0; --i)
      person.clear({static_cast<std::uint32_t>(random.below(rules.input_count()))});
  return people;
}

}  // namespace

TEST_CASE("a batch decides what single calls decide") {
  std::size_t in_columns = 0;
  std::size_t together = 0;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + rulesets; ++seed) {
    CAPTURE(seed);
    differential::Random random(seed);
    std::string text;
    for (std::string const& declaration : differential::random_declarations(random)) text += declaration + "\n";
    auto const loaded = load_text(text);
    REQUIRE(loaded.ok());
    Ruleset const& rules = *loaded;
    reference::Ruleset const judge(RulesetAccess::state(rules).bundle);
    program::Program const& program = *RulesetAccess::state(rules).program;
    std::vector<Assessment> people = random_people(rules, judge, random, 60);
    for (Assessment const& person : forgetful(rules, people, random)) people.push_back(person);

    BatchBuilder builder = rules.batch_builder();
    std::vector<Assessment> collected;
    for (Assessment const& person : people)
      if (!builder.add(person)) collected.push_back(person);
    together += check_batch(rules, builder.finish(), collected);

    if (people.empty()) continue;
    Date const day = people.front().date();
    std::vector<Assessment> plain;
    for (Assessment const& person : people)
      if (fits_columns(program, person)) plain.push_back(person);
    std::vector<std::unique_ptr<Answers>> memory;
    Batch const columns = columns_of(rules, program, plain, day, memory);
    together += check_batch(rules, columns, plain);
    together += check_batch(rules, columns.packed(), plain);
    in_columns += plain.size();
  }
  CHECK(in_columns > 100);
  CHECK(together > 1000);
}

TEST_CASE("many records wait for each other across blocks") {
  for (std::uint64_t seed = first_seed() + rulesets; seed < first_seed() + rulesets + 6; ++seed) {
    CAPTURE(seed);
    differential::Random random(seed);
    std::string text;
    for (std::string const& declaration : differential::random_declarations(random)) text += declaration + "\n";
    auto const loaded = load_text(text);
    REQUIRE(loaded.ok());
    reference::Ruleset const judge(RulesetAccess::state(*loaded).bundle);
    std::vector<Assessment> const people = random_people(*loaded, judge, random, 40);
    BatchBuilder builder = loaded->batch_builder();
    std::vector<Assessment> kept;
    std::vector<Decision> alone;
    for (Assessment const& person : people) {
      if (builder.add(person)) continue;
      kept.push_back(person);
      alone.push_back(loaded->decide(person, {.allow_out_of_force = true}));
    }
    if (kept.empty()) continue;
    while (builder.size() < 9'001) CHECK_FALSE(builder.add(kept[builder.size() % kept.size()]));
    Decided const decided = decided_by(*loaded, builder.finish());
    for (std::size_t i = 0; i < 9'001; ++i) check_record(*loaded, decided.whole, i, alone[i % kept.size()], true);
  }
}

// The workload is the one that its digests name; every hand-written form, and the engine, agree with the if/else; and
// where answers are missing, with all its completions.

#include <doctest/doctest.h>
#include <map>
#include <set>
#include <string>

#include "base/sha256.hpp"
#include "baseline/column_store.hpp"
#include "baseline/place_all.hpp"
#include "engine.hpp"
#include "engine_batch.hpp"

using namespace bench;

namespace {

constexpr std::size_t agreed_records = 20'480;  // whole blocks

std::vector<Record> const& records() {
  static std::vector<Record> const made = make_records(agreed_records);
  return made;
}

std::vector<Placement> const& expected() {
  static std::vector<Placement> const placements = [] {
    std::vector<Placement> all(agreed_records);
    place_all_if_else(records(), all.data());
    return all;
  }();
  return placements;
}

Placement placement_of(std::uint8_t level) {
  return {static_cast<std::uint8_t>(level & ~conflict_bit), (level & conflict_bit) != 0};
}

template <class Found>
std::size_t disagreements(Found found) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < agreed_records; ++i)
    if (!(found(i) == expected()[i])) ++count;
  return count;
}

Engine const& engine() {
  static Engine const made(load_rules("sud-continuum.care"));
  return made;
}

}  // namespace

TEST_CASE("the first hundred thousand records are those of the workload") {
  std::string plain;
  std::string answers;
  std::map<std::string, int> counts;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    Record const record = make_record(i);
    write_plain_line(plain, i, record);
    Placement const placement = place(record);
    std::string const result = placement.conflict ? "conflict" : level_names[placement.level];
    answers += "{\"id\":" + std::to_string(i) + ",\"level\":\"" + result + "\"}\n";
    ++counts[result];
  }
  CHECK(carestep::sha256_hex(plain) == "eca141da915a9c963691060516273cf949592d5eb729e4e195cf30554b912d2a");
  CHECK(carestep::sha256_hex(answers) == "17cf42f17ad6be4ca8e9f2bb9ec15dc48ba9690924480ea0cb357631fc783709");
  std::map<std::string, int> const told = {{"outpatient", 47'983}, {"iop", 27'175},  {"php", 8'742},
                                           {"residential", 9'359}, {"detox", 5'988}, {"conflict", 753}};
  CHECK(counts == told);
}

TEST_CASE("rule bitmaps agree") {
  RuleBitmaps const bitmaps;
  CHECK(disagreements([&](std::size_t i) { return bitmaps.place(records()[i]); }) == 0);
}

TEST_CASE("byte columns and bit planes agree") {
  ColumnStore const columns(records(), agreed_records);
  PlaneStore const planes(records(), agreed_records);
  Column<std::uint8_t> levels(agreed_records);
  Column<std::uint64_t> answers(planes.blocks() * answer_planes * plane_words);
  auto const in_planes = [&](std::size_t i) { return unpack_plane_answer(answers.data(), i); };
  place_planes_plain(planes.planes(), planes.blocks(), answers.data());
  CHECK(disagreements(in_planes) == 0);
#ifdef BENCH_X86
  auto const in_columns = [&](std::size_t i) { return placement_of(levels[i]); };
  if (has_avx2()) {
    place_avx2(columns.columns(), levels.data());
    CHECK(disagreements(in_columns) == 0);
    place_planes_avx2(planes.planes(), planes.blocks(), answers.data());
    CHECK(disagreements(in_planes) == 0);
  }
  if (has_avx512()) {
    place_avx512(columns.columns(), levels.data());
    CHECK(disagreements(in_columns) == 0);
    place_planes_avx512(planes.planes(), planes.blocks(), answers.data());
    CHECK(disagreements(in_planes) == 0);
    Column<std::uint8_t> move(agreed_records), next(agreed_records), indicated(agreed_records),
        conflict(agreed_records);
    decide_avx512(columns.columns(), {move.data(), next.data(), indicated.data(), conflict.data()});
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < agreed_records; ++i)
      if (!(HandDecision{MoveWord{move[i]}, next[i], indicated[i], conflict[i] != 0} == decide(records()[i]))) ++wrong;
    CHECK(wrong == 0);
  }
#endif
}

TEST_CASE("the engine agrees on complete records") {
  carestep::Decision full;
  carestep::Assessment reused = engine().assessment(0, records()[0]);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < agreed_records; ++i) {
    HandDecision const judged = decide(records()[i]);
    engine().answer_all(reused, records()[i]);
    if (!(brief_of(engine().rules().decide_brief(reused)) == judged)) ++wrong;
    engine().rules().decide(reused, full);
    if (!(brief_of(full) == judged)) ++wrong;
    if (i % 8 == 0 && !(brief_of(engine().rules().decide(engine().assessment(i, records()[i]))) == judged)) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("batches agree on complete records") {
  ColumnBatch const columns(engine(), std::make_shared<ColumnStore>(records(), agreed_records));
  DecidedColumns decided(agreed_records);
  for (carestep::Batch const& batch : {columns.batch(), columns.batch().packed()}) {
    CHECK(engine().rules().decide(batch, decided.all(), {}).records == agreed_records);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < agreed_records; ++i)
      if (!(brief_of(decided[i]) == decide(records()[i]))) ++wrong;
    CHECK(wrong == 0);
  }
}

TEST_CASE("batches decide records with unknown answers as they are decided alone") {
  ColumnBatch const columns(engine(), std::make_shared<ColumnStore>(records(), 4'096), 1'000);
  DecidedColumns decided(columns.size());
  for (carestep::Batch const& batch : {columns.batch(), columns.batch().packed()}) {
    carestep::BatchTally const tally = engine().rules().decide(batch, decided.all(), {});
    CHECK(tally.undetermined > 100);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      carestep::BriefDecision const alone =
          engine().rules().decide_brief(engine().assessment(i, records()[i], make_unknown(i, 1'000)));
      carestep::BriefDecision const found = decided[i];
      if (found.status != alone.status || found.move != alone.move || found.next != alone.next ||
          found.indicated != alone.indicated || found.marks != alone.marks)
        ++wrong;
    }
    CHECK(wrong == 0);
  }
}

namespace {

/// The codes that the rules can tell apart, one for each stretch that their constants cut out.
std::vector<unsigned> stretches(std::size_t input) {
  switch (input) {
    case 8:
      return {0, 4, 6, 14, 30, 45, 60, 90, 120, 180, 365};
    case 9:
      return {0, 2, 4, 6};
    case 10:
      return {0, 5500, 8500, 9200};
    case 11:
      return {0, 1, 2, 3, 6};
    default:
      break;
  }
  std::vector<unsigned> all;
  for (unsigned code = 0; code <= inputs[input].highest; ++code) all.push_back(code);
  return all;
}

std::size_t completion_count(UnknownMask unknown) {
  std::size_t count = 1;
  for (std::size_t input = 0; input < input_count; ++input)
    if ((unknown >> input & 1U) != 0) count *= stretches(input).size();
  return count;
}

template <class Visit>
void visit_completions(Record& record, UnknownMask unknown, std::size_t input, Visit visit) {
  while (input < input_count && (unknown >> input & 1U) == 0) ++input;
  if (input == input_count) return visit(record);
  for (unsigned const code : stretches(input)) {
    set_answer(record, input, code);
    visit_completions(record, unknown, input + 1, visit);
  }
}

/// What the rule language says of a record with unknown answers, from all its completions.
struct Judged {
  bool determined = true;
  std::set<std::uint8_t> next;
  HandDecision provisional;
};

Judged judge(Record record, UnknownMask unknown) {
  Judged judged;
  bool first = true;
  auto const rank = [](HandDecision const& d) { return std::tuple(d.next, d.indicated, -static_cast<int>(d.move)); };
  visit_completions(record, unknown, 0, [&](Record const& completion) {
    HandDecision const decision = decide(completion);
    judged.next.insert(decision.next);
    if (first) {
      judged.provisional = decision;
      first = false;
      return;
    }
    if (!(decision == judged.provisional)) judged.determined = false;
    if (rank(decision) > rank(judged.provisional)) judged.provisional = decision;
  });
  return judged;
}

bool agrees(carestep::BriefDecision const& decision, Judged const& judged) {
  if ((decision.status == carestep::DecisionStatus::determined) != judged.determined) return false;
  std::set<std::uint8_t> next;
  for (std::uint8_t level = 1; level <= 5; ++level)
    if (decision.possible_next.contains({static_cast<std::int8_t>(level - 1)})) next.insert(level);
  return next == judged.next && decision.next.index + 1 == judged.provisional.next &&
         decision.indicated.index + 1 == judged.provisional.indicated;
}

}  // namespace

TEST_CASE("the engine agrees with all completions of records with unknown answers") {
  std::size_t wrong = 0;
  std::size_t undetermined = 0;
  std::size_t judged_records = 0;
  for (std::size_t i = 0; i < 4'000; ++i) {
    UnknownMask const unknown = make_unknown(i, 1'000);
    if (unknown == 0 || completion_count(unknown) > 1'500) continue;
    Judged const judged = judge(records()[i], unknown);
    carestep::BriefDecision const decision =
        engine().rules().decide_brief(engine().assessment(i, records()[i], unknown));
    if (!agrees(decision, judged)) ++wrong;
    ++judged_records;
    if (!judged.determined) ++undetermined;
  }
  CHECK(wrong == 0);
  CHECK(judged_records > 2'000);
  CHECK(undetermined > 100);
}

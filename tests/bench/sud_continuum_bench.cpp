// The engine beside the same rules written by hand, on the common workload. Prints Markdown tables.
//
//   carestep_sud_continuum_bench [--quick] [--rounds N] [--seconds S] [--table TEXT] [--only TEXT]
//
// Before anything is measured, every form has to agree with the if/else on its records.

#include <cstdio>
#include <fmt/format.h>
#include <memory>

#include "baseline/column_store.hpp"
#include "baseline/place_all.hpp"
#include "engine.hpp"
#include "engine_batch.hpp"
#include "harness.hpp"

namespace {

using namespace bench;
using carestep::Assessment;
using carestep::Decision;

constexpr std::size_t one_record_count = 100'000;
constexpr std::size_t agreed_records = 102'400;  // whole blocks

std::vector<Record> const& records() {
  static std::vector<Record> const made = make_records(std::size_t{1} << 20U);
  return made;
}

std::span<Record const> first(std::size_t count) {
  return std::span(records()).first(count);
}

/// The yardstick: records that fit the second-level cache, one after the other.
Row if_else() {
  auto out = std::make_shared<std::vector<Placement>>(one_record_count);
  return {.name = "hand-written if/else", .records = one_record_count, .pass = [out] {
            place_all_if_else(first(one_record_count), out->data());
            keep(out->data());
          }};
}

template <class Found>
void require_agreement(std::string const& form, std::size_t count, Found found) {
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < count; ++i)
    if (!(found(i) == decide(records()[i]))) ++wrong;
  if (wrong != 0) give_up(fmt::format("{}: {} of {} records disagree with the if/else", form, wrong, count));
}

template <class Found>
void require_placements(std::string const& form, std::size_t count, Found found) {
  require_agreement(form, count, [&](std::size_t i) { return brief_decision(records()[i].current_level, found(i)); });
}

// ---- one record
// -------------------------------------------------------------------------------------------------------

void add_rows_by_hand(Table& table) {
  auto placements = std::make_shared<std::vector<Placement>>(one_record_count);
  auto decisions = std::make_shared<std::vector<HandDecision>>(one_record_count);
  auto bitmaps = std::make_shared<RuleBitmaps>();
  require_placements("rule bitmaps", agreed_records, [&](std::size_t i) { return bitmaps->place(records()[i]); });
  table.add({.name = "by hand: if/else, with the move", .records = one_record_count, .pass = [=] {
               decide_all_if_else(first(one_record_count), decisions->data());
               keep(decisions->data());
             }});
  table.add({.name = "by hand: rule bitmaps", .records = one_record_count, .pass = [=] {
               place_all_bitmaps(*bitmaps, first(one_record_count), placements->data());
               keep(placements->data());
             }});
}

using People = std::shared_ptr<std::vector<Assessment>>;

People prepared(Engine const& engine, std::size_t count, unsigned unknown = 0) {
  auto people = std::make_shared<std::vector<Assessment>>();
  for (std::size_t i = 0; i < count; ++i)
    people->push_back(engine.assessment(i, records()[i], make_unknown(i, unknown)));
  return people;
}

Row brief_row(Engine const& engine, std::string name, People people) {
  std::size_t const count = people->size();
  return {.name = std::move(name), .records = count, .pass = [&engine, people = std::move(people)] {
            for (Assessment const& person : *people) {
              carestep::BriefDecision const decision = engine.rules().decide_brief(person);
              keep(&decision);
            }
          }};
}

Row full_row(Engine const& engine, std::string name, People people) {
  std::size_t const count = people->size();
  auto decision = std::make_shared<Decision>();
  return {.name = std::move(name), .records = count, .pass = [&engine, people = std::move(people), decision] {
            for (Assessment const& person : *people) {
              engine.rules().decide(person, *decision);
              keep(decision.get());
            }
          }};
}

using AnswerAll = void (Engine::*)(Assessment&, Record const&) const;

Row answering_row(Engine const& engine, std::string name, AnswerAll answer_all) {
  auto person = std::make_shared<Assessment>(engine.assessment(0, records()[0]));
  return {.name = std::move(name), .records = one_record_count, .pass = [&engine, person, answer_all] {
            for (Record const& record : first(one_record_count)) {
              (engine.*answer_all)(*person, record);
              carestep::BriefDecision const decision = engine.rules().decide_brief(*person);
              keep(&decision);
            }
          }};
}

void require_engine_agrees(Engine const& engine) {
  Assessment person = engine.assessment(0, records()[0]);
  Decision full;
  require_agreement("carestep, brief", agreed_records, [&](std::size_t i) {
    engine.answer_all(person, records()[i]);
    return brief_of(engine.rules().decide_brief(person));
  });
  require_agreement("carestep, brief, by handles of values", agreed_records, [&](std::size_t i) {
    engine.set_all(person, records()[i]);
    return brief_of(engine.rules().decide_brief(person));
  });
  require_agreement("carestep, full", agreed_records, [&](std::size_t i) {
    engine.answer_all(person, records()[i]);
    engine.rules().decide(person, full);
    return brief_of(full);
  });
}

void measure_one_record(Engine const& engine, HarnessOptions const& options) {
  std::string const title = "One record after the other, all answered, one core";
  if (!wanted(options, title)) return;
  require_engine_agrees(engine);
  Table table(title, if_else());
  add_rows_by_hand(table);
  People const few = prepared(engine, 4'096);
  People const many = prepared(engine, one_record_count);
  table.add(brief_row(engine, "carestep: brief, 4,096 assessments prepared", few));
  table.add(brief_row(engine, "carestep: brief, 100,000 assessments prepared", many));
  table.add(answering_row(engine, "carestep: 14 answers set by handle, then brief", &Engine::set_all));
  table.add(answering_row(engine, "carestep: 14 answers set by handle and name, then brief", &Engine::answer_all));
  table.add(full_row(engine, "carestep: full, with active rules, 4,096 prepared", few));
  table.add(full_row(engine, "carestep: full, with active rules, 100,000 prepared", many));
  table.run(options);
}

void measure_unknown(Engine const& engine, HarnessOptions const& options) {
  std::string const title = "One record after the other, answers unknown, one core";
  if (!wanted(options, title)) return;
  Table table(title, if_else());
  table.add(brief_row(engine, "carestep: brief, 1 % of answers unknown", prepared(engine, 20'000, 100)));
  table.add(brief_row(engine, "carestep: brief, 10 % of answers unknown", prepared(engine, 4'096, 1'000)));
  table.add(full_row(engine, "carestep: full, 1 % of answers unknown", prepared(engine, 20'000, 100)));
  table.add(full_row(engine, "carestep: full, 10 % of answers unknown", prepared(engine, 1'024, 1'000)));
  table.run(options);
}

// ---- many records
// -----------------------------------------------------------------------------------------------------

using PlaceColumns = void (*)(ByteColumns const&, std::uint8_t*);
using PlacePlanes = void (*)(std::uint64_t const*, std::size_t, std::uint64_t*);

void add_columns(Table& table, std::string const& name, std::shared_ptr<ColumnStore> const& store, PlaceColumns place) {
  std::size_t const count = store->columns().count;
  auto levels = std::make_shared<Column<std::uint8_t>>(count);
  place(store->columns(), levels->data());
  require_placements(name, std::min(count, agreed_records), [&](std::size_t i) {
    std::uint8_t const level = (*levels)[i];
    return Placement{static_cast<std::uint8_t>(level & ~conflict_bit), (level & conflict_bit) != 0};
  });
  table.add({.name = name,
             .records = count,
             .pass =
                 [=] {
                   place(store->columns(), levels->data());
                   keep(levels->data());
                 },
             .bytes = ColumnStore::bytes_a_record});
}

#ifdef BENCH_X86
void add_decided_columns(Table& table, std::string const& name, std::shared_ptr<ColumnStore> const& store) {
  std::size_t const count = store->columns().count;
  auto memory = std::make_shared<Column<std::uint8_t>>(4 * count);
  std::uint8_t* const out = memory->data();
  BriefColumns const columns{out, out + count, out + 2 * count, out + 3 * count};
  decide_avx512(store->columns(), columns);
  require_agreement(name, std::min(count, agreed_records), [&](std::size_t i) {
    return HandDecision{MoveWord{columns.move[i]}, columns.next[i], columns.indicated[i], columns.conflict[i] != 0};
  });
  table.add({.name = name,
             .records = count,
             .pass =
                 [store, memory, columns] {
                   decide_avx512(store->columns(), columns);
                   keep(memory->data());
                 },
             .bytes = ColumnStore::bytes_a_record});
}
#endif

void add_planes(Table& table, std::string const& name, std::shared_ptr<PlaneStore> const& store, PlacePlanes place) {
  auto answers = std::make_shared<Column<std::uint64_t>>(store->blocks() * answer_planes * plane_words);
  place(store->planes(), store->blocks(), answers->data());
  require_placements(name, std::min(store->blocks() * block_records, agreed_records),
                     [&](std::size_t i) { return unpack_plane_answer(answers->data(), i); });
  table.add({.name = name,
             .records = store->blocks() * block_records,
             .pass =
                 [=] {
                   place(store->planes(), store->blocks(), answers->data());
                   keep(answers->data());
                 },
             .bytes = PlaneStore::bytes_a_record});
}

template <class Store>
void add_bound(Table& table, std::string const& name, std::shared_ptr<Store> const& store, std::size_t count) {
  table.add({.name = name,
             .records = count,
             .pass =
                 [store] {
                   std::uint64_t const sum = store->sum();
                   keep(&sum);
                 },
             .bytes = Store::bytes_a_record});
}

// ---- the engine's batch
// -------------------------------------------------------------------------------------------------

using Batches = std::shared_ptr<ColumnBatch const>;
using Decided = std::shared_ptr<DecidedColumns>;

/// Every decision as it is made alone; of complete records also as by hand.
void require_batch_agrees(Engine const& engine, std::string const& form, carestep::Batch const& batch,
                          unsigned unknown) {
  std::size_t const rules = engine.rules().rule_count();
  DecidedColumns decided(batch.size(), rules);
  if (engine.rules().decide(batch, decided.all(), {}).records != batch.size()) give_up(form + ": not all were decided");
  std::size_t const count = std::min(batch.size(), unknown == 0 ? agreed_records : agreed_records / 4);
  for (std::size_t i = 0; i < count; ++i) {
    Decision const alone = engine.rules().decide(engine.assessment(i, records()[i], make_unknown(i, unknown)));
    carestep::BriefDecision const found = decided[i];
    bool same = found.status == alone.status && found.move == alone.move && found.next == alone.next &&
                found.indicated == alone.indicated && found.marks == alone.marks;
    std::size_t next_active = 0;
    for (std::size_t rule = 0; rule < rules; ++rule) {
      bool const told = next_active < alone.active.size() && alone.active[next_active].index == rule;
      if (told) ++next_active;
      same = same && told == decided.active(rule, i);
    }
    if (!same) give_up(fmt::format("{}: record {} is decided otherwise alone", form, i));
  }
  if (unknown == 0) require_agreement(form, count, [&](std::size_t i) { return brief_of(decided[i]); });
}

struct BatchForm {
  std::string name;
  bool active = false;
  bool next_only = false;
};

Row batch_row(Engine const& engine, BatchForm const& form, std::shared_ptr<carestep::Batch const> batch,
              Batches keeps_columns) {
  auto const decided = std::make_shared<DecidedColumns>(batch->size(), form.active ? engine.rules().rule_count() : 0);
  carestep::BatchDecisions const into = form.next_only ? decided->next_only() : decided->all();
  double const bytes = batch->bytes_per_record();
  std::size_t const count = batch->size();
  return {.name = form.name,
          .records = count,
          .pass =
              [&engine, batch, keeps_columns, decided, into] {
                carestep::BatchTally const tally = engine.rules().decide(*batch, into, {});
                keep(&tally);
                keep(decided.get());
              },
          .bytes = bytes};
}

void add_batches(Table& table, Engine const& engine, std::shared_ptr<ColumnStore> const& columns) {
  auto const store = std::make_shared<ColumnBatch const>(engine, columns);
  auto const plain = std::make_shared<carestep::Batch const>(store->batch());
  auto const packed = std::make_shared<carestep::Batch const>(plain->packed());
  require_batch_agrees(engine, "carestep: byte columns", *plain, 0);
  require_batch_agrees(engine, "carestep: packed", *packed, 0);
  auto const add = [&](BatchForm const& form, auto const& batch, std::string peer) {
    Row row = batch_row(engine, form, batch, store);
    row.peer = std::move(peer);
    table.add(std::move(row));
  };
  add({"carestep: byte columns"}, plain, "by hand: byte columns, AVX-512, with the move");
  add({.name = "carestep: byte columns, the next level alone", .next_only = true}, plain,
      "by hand: byte columns, AVX-512");
  add({.name = "carestep: byte columns, and active rules", .active = true}, plain, "");
  add({"carestep: packed"}, packed, "");
  add({.name = "carestep: packed, the next level alone", .next_only = true}, packed, "by hand: bit planes, AVX-512");
}

void measure_batches_unknown(Engine const& engine, HarnessOptions const& options) {
  std::string const title = "1 Mi records in columns, answers unknown, one core";
  if (!wanted(options, title)) return;
  Table table(title, if_else());
  auto const columns = std::make_shared<ColumnStore>(records(), records().size());
  std::string shares;
  for (unsigned const unknown : {100U, 1'000U}) {
    auto const store = std::make_shared<ColumnBatch const>(engine, columns, unknown);
    auto const plain = std::make_shared<carestep::Batch const>(store->batch());
    auto const packed = std::make_shared<carestep::Batch const>(plain->packed());
    require_batch_agrees(engine, "carestep: byte columns with unknown answers", *plain, unknown);
    require_batch_agrees(engine, "carestep: packed with unknown answers", *packed, unknown);
    table.add(batch_row(engine, {fmt::format("carestep: byte columns, {} % unknown", unknown / 100)}, plain, store));
    table.add(batch_row(engine, {fmt::format("carestep: packed, {} % unknown", unknown / 100)}, packed, store));
    DecidedColumns decided(plain->size());
    carestep::BatchTally const tally = engine.rules().decide(*plain, decided.all(), {});
    auto const share = [&](std::size_t part) {
      return 100 * static_cast<double>(part) / static_cast<double>(tally.records);
    };
    shares += fmt::format(
        "{} % of answers unknown: the planes leave {:.2f} % of the records open; {:.2f} % are settled over all their "
        "completions together, {:.2f} % one by one; {:.2f} % stay undetermined.\n\n",
        unknown / 100, share(tally.settled_together + tally.settled_singly), share(tally.settled_together),
        share(tally.settled_singly), share(tally.undetermined));
  }
  table.run(options);
  if (!options.raw) fmt::print("{}", shares);
}

/// Columns of `count` records: by hand, and the engine's batch.
void measure_many(Engine const& engine, std::string const& size, std::size_t count, HarnessOptions const& options) {
  std::string const title = size + " records in columns, one core";
  if (!wanted(options, title)) return;
  Table table(title, if_else());
  auto const columns = std::make_shared<ColumnStore>(records(), count);
  auto const planes = std::make_shared<PlaneStore>(records(), count);
  add_bound(table, "bound: the byte columns summed", columns, count);
  add_bound(table, "bound: the planes summed", planes, count);
#ifdef BENCH_X86
  if (has_avx2()) add_columns(table, "by hand: byte columns, AVX2", columns, place_avx2);
  if (has_avx512()) {
    add_columns(table, "by hand: byte columns, AVX-512", columns, place_avx512);
    add_decided_columns(table, "by hand: byte columns, AVX-512, with the move", columns);
  }
  if (has_avx2()) add_planes(table, "by hand: bit planes, AVX2", planes, place_planes_avx2);
  if (has_avx512()) add_planes(table, "by hand: bit planes, AVX-512", planes, place_planes_avx512);
#endif
  add_planes(table, "by hand: bit planes, plain", planes, place_planes_plain);
  add_batches(table, engine, columns);
  table.run(options);
}

}  // namespace

int main(int argc, char** argv) {
  HarnessOptions const options = harness_options(argc, argv);
  Engine const engine(load_rules("sud-continuum.care"));
  measure_one_record(engine, options);
  measure_unknown(engine, options);
  measure_many(engine, "64 Ki", std::size_t{1} << 16U, options);
  measure_many(engine, "1 Mi", std::size_t{1} << 20U, options);
  measure_batches_unknown(engine, options);
  if (!options.quick) measure_many(engine, "16 Mi", std::size_t{1} << 24U, options);
  return 0;
}

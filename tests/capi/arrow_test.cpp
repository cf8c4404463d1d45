// Columns by the Arrow C data interface: every layout decides as the same answers set one by one, and what is handed
// over is released exactly once.

#include <array>
#include <cstring>
#include <deque>
#include <memory>
#include <random>
#include <vector>

#include "support.hpp"

using namespace capi_tests;

namespace {

// ---- a producer of arrays, which counts what is released ------------------------------------------------------------

struct Made {
  int schemas_out = 0;
  int arrays_out = 0;
};

struct Node {
  Made* made = nullptr;
  std::string format;
  std::string name;
  std::vector<std::unique_ptr<Node>> children;
  std::unique_ptr<Node> dictionary;
  std::vector<std::vector<std::uint8_t>> data;  // a buffer each; empty: NULL
  std::vector<bool> null_buffer;
  std::int64_t length = 0;
  std::int64_t offset = 0;
  std::int64_t null_count = -1;

  // What the structs point to.
  std::vector<void const*> buffers;
  std::vector<ArrowSchema> child_schemas;
  std::vector<ArrowSchema*> schema_places;
  std::vector<ArrowArray> child_arrays;
  std::vector<ArrowArray*> array_places;
  ArrowSchema dictionary_schema{};
  ArrowArray dictionary_array{};

  ArrowSchema schema() {
    ++made->schemas_out;
    child_schemas.clear();
    schema_places.clear();
    for (auto const& child : children) child_schemas.push_back(child->schema());
    for (ArrowSchema& child : child_schemas) schema_places.push_back(&child);
    if (dictionary) dictionary_schema = dictionary->schema();
    return {format.c_str(),
            name.c_str(),
            nullptr,
            ARROW_FLAG_NULLABLE,
            std::int64_t(children.size()),
            schema_places.data(),
            dictionary ? &dictionary_schema : nullptr,
            [](ArrowSchema* self) {
              for (std::int64_t i = 0; i < self->n_children; ++i)
                if (self->children[i]->release != nullptr) self->children[i]->release(self->children[i]);
              if (self->dictionary != nullptr && self->dictionary->release != nullptr)
                self->dictionary->release(self->dictionary);
              --static_cast<Node*>(self->private_data)->made->schemas_out;
              self->release = nullptr;
            },
            this};
  }
  ArrowArray array() {
    ++made->arrays_out;
    buffers.clear();
    child_arrays.clear();
    array_places.clear();
    for (std::size_t i = 0; i < data.size(); ++i) buffers.push_back(null_buffer[i] ? nullptr : data[i].data());
    for (auto const& child : children) child_arrays.push_back(child->array());
    for (ArrowArray& child : child_arrays) array_places.push_back(&child);
    if (dictionary) dictionary_array = dictionary->array();
    return {length,
            null_count,
            offset,
            std::int64_t(buffers.size()),
            std::int64_t(children.size()),
            buffers.data(),
            array_places.data(),
            dictionary ? &dictionary_array : nullptr,
            [](ArrowArray* self) {
              for (std::int64_t i = 0; i < self->n_children; ++i)
                if (self->children[i]->release != nullptr) self->children[i]->release(self->children[i]);
              if (self->dictionary != nullptr && self->dictionary->release != nullptr)
                self->dictionary->release(self->dictionary);
              --static_cast<Node*>(self->private_data)->made->arrays_out;
              self->release = nullptr;
            },
            this};
  }

  void buffer(std::vector<std::uint8_t> bytes, bool null = false) {
    if (bytes.empty()) bytes.push_back(0);
    data.push_back(std::move(bytes));
    null_buffer.push_back(null);
  }
};

template <class T>
std::vector<std::uint8_t> bytes_of(std::vector<T> const& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

std::vector<std::uint8_t> bits_of(std::vector<bool> const& values) {
  std::vector<std::uint8_t> bits((values.size() + 7) / 8);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i]) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
  return bits;
}

/// A table whose columns begin at some offset of their own, before which there is something else.
class Table {
 public:
  explicit Table(Made& made, std::int64_t skipped) : skipped_(skipped) {
    root_.made = &made;
    root_.format = "+s";
    root_.buffer({}, true);
  }

  /// `valid` empty: no bitmap.
  Node& column(char const* name, char const* format, std::vector<bool> valid, std::size_t size) {
    auto node = std::make_unique<Node>();
    node->made = root_.made;
    node->name = name;
    node->format = format;
    node->length = std::int64_t(size);
    node->offset = skipped_;
    if (valid.empty()) {
      node->buffer({}, true);
      node->null_count = 0;
    } else {
      valid.insert(valid.begin(), std::size_t(skipped_), true);
      node->buffer(bits_of(valid));
    }
    root_.length = node->length;
    root_.children.push_back(std::move(node));
    return *root_.children.back();
  }
  template <class T>
  Node& numbers(char const* name, char const* format, std::vector<T> values, std::vector<bool> valid = {}) {
    Node& node = column(name, format, std::move(valid), values.size());
    values.insert(values.begin(), std::size_t(skipped_), T(-1));
    node.buffer(bytes_of(values));
    return node;
  }
  void bools(char const* name, std::vector<bool> values, std::vector<bool> valid = {}) {
    Node& node = column(name, "b", std::move(valid), values.size());
    values.insert(values.begin(), std::size_t(skipped_), true);
    node.buffer(bits_of(values));
  }
  static void fill_texts(Node& node, std::vector<std::string> const& texts) {
    std::vector<std::int32_t> offsets{0};
    std::vector<std::uint8_t> all;
    for (std::string const& text : texts) {
      all.insert(all.end(), text.begin(), text.end());
      offsets.push_back(std::int32_t(all.size()));
    }
    node.buffer(bytes_of(offsets));
    node.buffer(all);
  }
  void texts(char const* name, std::vector<std::string> texts, std::vector<bool> valid = {}) {
    Node& node = column(name, "u", std::move(valid), texts.size());
    texts.insert(texts.begin(), std::size_t(skipped_), "something else");
    fill_texts(node, texts);
  }
  template <class T>
  void in_dictionary(char const* name, char const* format, std::vector<T> places, std::vector<std::string> const& words,
                     std::vector<bool> valid = {}) {
    Node& node = numbers(name, format, std::move(places), std::move(valid));
    node.dictionary = words_of(words);
  }
  std::unique_ptr<Node> words_of(std::vector<std::string> const& words) {
    auto node = std::make_unique<Node>();
    node->made = root_.made;
    node->format = "u";
    node->length = std::int64_t(words.size());
    node->null_count = 0;
    node->buffer({}, true);
    fill_texts(*node, words);
    return node;
  }
  void lists(char const* name, std::vector<std::vector<std::string>> lists, std::vector<bool> valid = {}) {
    Node& node = column(name, "+l", std::move(valid), lists.size());
    lists.insert(lists.begin(), std::size_t(skipped_), {"something", "else"});
    std::vector<std::int32_t> offsets{0};
    std::vector<std::string> items;
    for (auto const& list : lists) {
      items.insert(items.end(), list.begin(), list.end());
      offsets.push_back(std::int32_t(items.size()));
    }
    node.buffer(bytes_of(offsets));
    node.children.push_back(words_of(items));
  }

  Node& root() { return root_; }

 private:
  std::int64_t skipped_;
  Node root_;
};

// ---- what is read from decisions ------------------------------------------------------------------------------------

struct Decisions {
  ArrowSchema schema{};
  ArrowArray array{};

  Decisions() = default;
  Decisions(Decisions const&) = delete;
  Decisions& operator=(Decisions const&) = delete;
  ~Decisions() {
    if (schema.release != nullptr) schema.release(&schema);
    if (array.release != nullptr) array.release(&array);
  }
  /// The word of a record in a column of a dictionary; `null` where there is none.
  [[nodiscard]] std::string word(int column, std::size_t record) const {
    ArrowArray const& of = *array.children[column];
    auto const* const valid = static_cast<std::uint8_t const*>(of.buffers[0]);
    if (valid != nullptr && (valid[record / 8] >> (record % 8) & 1) == 0) return "null";
    int const place = static_cast<std::int8_t const*>(of.buffers[1])[record];
    auto const* const offsets = static_cast<std::int32_t const*>(of.dictionary->buffers[1]);
    auto const* const bytes = static_cast<char const*>(of.dictionary->buffers[2]);
    REQUIRE(place < of.dictionary->length);
    return {bytes + offsets[place], bytes + offsets[place + 1]};
  }
};

// More than a batch decides at once; fewer where a sanitizer makes everything slow.
#ifdef NDEBUG
constexpr std::size_t records = 5000;
#else
constexpr std::size_t records = 1000;
#endif
constexpr std::array levels{"none", "outpatient", "iop", "php", "residential", "detox"};
constexpr std::array homes{"supportive", "neutral", "unstable", "unsafe"};
constexpr std::array relapse{"low", "moderate", "high", "imminent"};
constexpr std::array conditions{"depression", "anxiety", "ptsd", "bipolar", "psychosis"};

/// Random answers as plain lists; some unknown, some of no value at all.
struct Answers {
  std::vector<int> level, home, relapse_risk, phq9, phq9_before, attendance, housing, last_use, members;

  explicit Answers(unsigned seed) {
    std::mt19937 random(seed);
    auto const draw = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
    for (std::size_t i = 0; i < records; ++i) {
      level.push_back(draw(0, 5));
      home.push_back(draw(0, 3));
      relapse_risk.push_back(draw(-1, 3));  // -1: unknown
      phq9.push_back(draw(-1, 28));         // 28: out of range
      phq9_before.push_back(draw(-1, 27));
      attendance.push_back(draw(0, 100));
      housing.push_back(draw(-1, 1));
      last_use.push_back(draw(-1, 400));  // days before; -1: never
      members.push_back(draw(0, 31));
    }
  }
  static std::vector<bool> known(std::vector<int> const& values) {
    std::vector<bool> known;
    for (int const value : values) known.push_back(value >= 0);
    return known;
  }
};

std::string json_of(Answers const& all, std::size_t i) {
  std::string json =
      R"({"assessment_date":"2026-05-14","current_level":")" + std::string(levels[std::size_t(all.level[i])]) +
      R"(","answers":{"age":34,"withdrawal_risk":"none","home_environment":")" + homes[std::size_t(all.home[i])] + "\"";
  if (all.relapse_risk[i] >= 0)
    json += R"(,"relapse_risk":")" + std::string(relapse[std::size_t(all.relapse_risk[i])]) + "\"";
  if (all.phq9[i] >= 0) json += ",\"phq9\":" + std::to_string(all.phq9[i]);
  json += ",\"attendance\":" + std::to_string(all.attendance[i]) + "e-2";
  if (all.housing[i] >= 0) json += all.housing[i] == 1 ? ",\"sober_housing\":true" : ",\"sober_housing\":false";
  char text[11];
  carestep_date_format(day(2026, 5, 14) - all.last_use[i], text);
  json += all.last_use[i] < 0 ? ",\"last_use\":\"never\"" : ",\"last_use\":\"" + std::string(text) + "\"";
  json += ",\"conditions\":[";
  bool first = true;
  for (std::size_t k = 0; k < conditions.size(); ++k) {
    if ((all.members[i] >> k & 1) == 0) continue;
    json += std::string(first ? "\"" : ",\"") + conditions[k] + "\"";
    first = false;
  }
  json += "]},\"previous\":{";
  if (all.phq9_before[i] >= 0) json += "\"phq9\":" + std::to_string(all.phq9_before[i]);
  return json + "}}";
}

template <class T>
std::vector<T> as(std::vector<int> const& values) {
  return {values.begin(), values.end()};
}

template <std::size_t N>
std::vector<std::string> words(std::vector<int> const& places, std::array<char const*, N> const& names) {
  std::vector<std::string> list;
  for (int const place : places) list.emplace_back(place < 0 ? "" : names[std::size_t(place)]);
  return list;
}

/// The same answers in the layouts that are taken as they stand.
void add_native(Table& table, Answers const& all) {
  std::vector<int> const fixed(records, 34);
  table.in_dictionary("current_level", "c", as<std::int8_t>(all.level), {levels.begin(), levels.end()});
  table.numbers("age", "C", as<std::uint8_t>(fixed));
  table.in_dictionary("withdrawal_risk", "C", std::vector<std::uint8_t>(records, 0), {"none"});
  table.in_dictionary("home_environment", "C", as<std::uint8_t>(all.home), {homes.begin(), homes.end()});
  table.in_dictionary("relapse_risk", "c", as<std::int8_t>(all.relapse_risk), {relapse.begin(), relapse.end()},
                      Answers::known(all.relapse_risk));
  table.numbers("phq9", "s", as<std::int16_t>(all.phq9), Answers::known(all.phq9));
  table.numbers("previous.phq9", "i", as<std::int32_t>(all.phq9_before), Answers::known(all.phq9_before));
  table.numbers("attendance", "d:3,2,32", as<std::int32_t>(all.attendance));
  std::vector<bool> housing;
  for (int const one : all.housing) housing.push_back(one == 1);
  table.bools("sober_housing", housing, Answers::known(all.housing));
  std::vector<std::int32_t> days;
  for (int const ago : all.last_use) days.push_back(ago < 0 ? INT32_MIN : day(2026, 5, 14) - ago);
  table.numbers("last_use", "tdD", days);
  table.numbers("conditions", "C", as<std::uint8_t>(all.members));
  table.texts("id", std::vector<std::string>(records, "x"));
}

/// And in those that are written anew.
void add_others(Table& table, Answers const& all) {
  table.texts("current_level", words(all.level, levels));
  table.numbers("age", "l", std::vector<std::int64_t>(records, 34));
  table.in_dictionary("withdrawal_risk", "I", std::vector<std::uint32_t>(records, 1), {"severe", "none"});
  std::vector<int> reversed;
  for (int const one : all.home) reversed.push_back(3 - one);
  table.in_dictionary("home_environment", "c", as<std::int8_t>(reversed), {homes.rbegin(), homes.rend()});
  table.texts("relapse_risk", words(all.relapse_risk, relapse), Answers::known(all.relapse_risk));
  table.numbers("phq9", "L", as<std::uint64_t>(all.phq9), Answers::known(all.phq9));
  std::vector<std::int64_t> before;
  for (int const one : all.phq9_before) before.push_back(one);
  table.numbers("previous.phq9", "d:18,0,64", before, Answers::known(all.phq9_before));
  std::vector<std::array<std::int64_t, 2>> wide;
  for (int const one : all.attendance) wide.push_back({one * 10, 0});
  Node& attendance = table.column("attendance", "d:38,3", {}, records);
  wide.insert(wide.begin(), std::size_t(attendance.offset), {1, 1});
  attendance.buffer(bytes_of(wide));
  std::vector<bool> housing;
  for (int const one : all.housing) housing.push_back(one == 1);
  table.bools("sober_housing", housing, Answers::known(all.housing));
  std::vector<std::string> days;
  for (int const ago : all.last_use) {
    char text[11];
    carestep_date_format(day(2026, 5, 14) - ago, text);
    days.emplace_back(ago < 0 ? "never" : text);
  }
  table.texts("last_use", days);
  std::vector<std::vector<std::string>> members;
  for (int const bits : all.members) {
    members.emplace_back();
    for (std::size_t k = 0; k < conditions.size(); ++k)
      if ((bits >> k & 1) != 0) members.back().insert(members.back().begin(), conditions[k]);
  }
  table.lists("conditions", members);
}

/// Deciding a table gives what deciding the same answers one by one gives.
void compare(carestep_ruleset const* rules, Table& table, Answers const& all, std::size_t from, Made const& made) {
  Batch batch;
  Error error;
  {
    ArrowSchema schema = table.root().schema();
    ArrowArray array = table.root().array();
    carestep_status const status = carestep_batch_from_arrow(rules, day(2026, 5, 14), &schema, &array, &batch, &error);
    INFO(carestep_error_message(error));
    REQUIRE(status == CARESTEP_OK);
    CHECK((schema.release == nullptr));
    CHECK((array.release == nullptr));
  }
  CHECK(made.schemas_out == 0);
  CHECK(made.arrays_out > 0);
  Decisions decisions;
  auto options = sized<carestep_arrow_options>();
  options.active = 1;
  REQUIRE(carestep_batch_decide_arrow(batch, &options, &decisions.schema, &decisions.array, &error) == CARESTEP_OK);
  REQUIRE(std::size_t(decisions.array.length) == carestep_batch_size(batch));
  Assessment person;
  Decision alone;
  REQUIRE(carestep_decision_new(rules, &alone, nullptr) == CARESTEP_OK);
  std::size_t refused = 0;
  for (std::size_t i = 0; i < carestep_batch_size(batch); ++i) {
    std::string const json = json_of(all, from + i);
    INFO(json);
    if (carestep_assessment_from_json(rules, json.data(), json.size(), &person, nullptr) != CARESTEP_OK) {
      CHECK(decisions.word(0, i) == "refused");
      CHECK(decisions.word(2, i) == "null");
      ++refused;
      continue;
    }
    REQUIRE(carestep_decide(rules, person, nullptr, alone, nullptr) == CARESTEP_OK);
    auto outcome = sized<carestep_outcome>();
    REQUIRE(carestep_decision_get(alone, &outcome) == CARESTEP_OK);
    REQUIRE(decisions.word(0, i) == carestep_decision_status_name(outcome.status));
    REQUIRE(decisions.word(1, i) == carestep_move_name(outcome.move));
    bool const decided = outcome.status != CARESTEP_REFUSED;
    REQUIRE(decisions.word(2, i) == (decided ? levels[std::size_t(outcome.next + 1)] : "null"));
    REQUIRE(decisions.word(3, i) == (decided ? levels[std::size_t(outcome.indicated + 1)] : "null"));
    REQUIRE(static_cast<std::uint16_t const*>(decisions.array.children[4]->buffers[1])[i] == outcome.marks);
    refused += decided ? 0 : 1;
    std::size_t active = 0;
    ArrowArray const& rule_bits = *decisions.array.children[5];
    for (std::int64_t rule = 0; rule < rule_bits.n_children; ++rule)
      active += static_cast<std::uint8_t const*>(rule_bits.children[rule]->buffers[1])[i / 8] >> (i % 8) & 1U;
    REQUIRE(active == carestep_decision_count(alone, CARESTEP_LIST_ACTIVE));
  }
  CHECK(refused > 0);
  CHECK(std::size_t(decisions.array.children[2]->null_count) == refused);
}

}  // namespace

TEST_CASE("columns of every layout decide as the same answers do one by one") {
  Ruleset rules;
  load(rules);
  unsigned const seed = std::random_device()();
  MESSAGE("seed ", seed);
  Answers const all(seed);
  for (std::int64_t const skipped : {0, 8, 13}) {
    CAPTURE(skipped);
    for (auto const add : {add_native, add_others}) {
      Made made;
      {
        Table table(made, skipped);
        add(table, all);
        compare(rules, table, all, 0, made);
      }
      CHECK(made.arrays_out == 0);
      CHECK(made.schemas_out == 0);
    }
  }
}

TEST_CASE("a slice of a table is a table") {
  Ruleset rules;
  load(rules);
  Answers const all(7);
  for (auto const add : {add_native, add_others})
    for (std::int64_t const first : {std::int64_t{8}, std::int64_t{records} - 901}) {
      Made made;
      Table table(made, 3);
      add(table, all);
      table.root().offset = first;
      table.root().length -= first + 5;
      compare(rules, table, all, std::size_t(first), made);
    }
}

TEST_CASE("a row that is null as a whole is unknown as a whole") {
  Ruleset rules;
  load(rules);
  Made made;
  Table table(made, 0);
  table.numbers("phq9", "C", std::vector<std::uint8_t>{99, 99, 3});
  table.root().data[0] = {0b101};
  table.root().null_buffer[0] = false;
  ArrowSchema schema = table.root().schema();
  ArrowArray array = table.root().array();
  Batch batch;
  REQUIRE(carestep_batch_from_arrow(rules, day(2026, 5, 14), &schema, &array, &batch, nullptr) == CARESTEP_OK);
  Decisions decisions;
  REQUIRE(carestep_batch_decide_arrow(batch, nullptr, &decisions.schema, &decisions.array, nullptr) == CARESTEP_OK);
  CHECK(decisions.word(0, 0) == "refused");
  CHECK(decisions.word(0, 1) == "undetermined");
  CHECK(decisions.word(0, 2) == "undetermined");
}

TEST_CASE("columns that do not fit are refused by name, and released") {
  Ruleset rules;
  load(rules);
  auto const refused = [&](auto const& fill, char const* code, char const* path) {
    Made made;
    Table table(made, 0);
    fill(table);
    ArrowSchema schema = table.root().schema();
    ArrowArray array = table.root().array();
    Batch batch;
    Error error;
    CAPTURE(path);
    CHECK(carestep_batch_from_arrow(rules, day(2026, 5, 14), &schema, &array, &batch, &error) == CARESTEP_ERR_REFUSED);
    auto refusal = sized<carestep_refusal>();
    REQUIRE(carestep_error_refusal(error, 0, &refusal) == CARESTEP_OK);
    CHECK(std::string(refusal.code) == code);
    CHECK(std::string(refusal.path) == path);
    CHECK(made.arrays_out == 0);
    CHECK(made.schemas_out == 0);
  };
  refused([](Table& t) { t.numbers("phq9", "f", std::vector<float>{1}); }, "E0602", "phq9");
  refused([](Table& t) { t.numbers("phq9", "g", std::vector<double>{1}); }, "E0602", "phq9");
  refused([](Table& t) { t.numbers("phq9", "d:9,9,32", std::vector<std::int32_t>{1}); }, "E0602", "phq9");
  refused([](Table& t) { t.numbers("phq9", "d:9,-1,32", std::vector<std::int32_t>{1}); }, "E0602", "phq9");
  refused([](Table& t) { t.texts("phq9", {"3"}); }, "E0602", "phq9");
  refused([](Table& t) { t.numbers("home_environment", "C", std::vector<std::uint8_t>{1}); }, "E0602",
          "home_environment");
  refused([](Table& t) { t.numbers("sober_housing", "C", std::vector<std::uint8_t>{1}); }, "E0602", "sober_housing");
  refused([](Table& t) { t.numbers("last_use", "tsu:", std::vector<std::int64_t>{1}); }, "E0602", "last_use");
  refused([](Table& t) { t.numbers("conditions", "c", std::vector<std::int8_t>{1}); }, "E0602", "conditions");
  refused([](Table& t) { t.numbers("phq", "C", std::vector<std::uint8_t>{1}); }, "E0603", "answers.phq");
  refused([](Table& t) { t.numbers("previous.days_in_level", "C", std::vector<std::uint8_t>{1}); }, "E0602",
          "previous.days_in_level");
  refused(
      [](Table& t) {
        t.numbers("phq9", "C", std::vector<std::uint8_t>{1});
        t.numbers("phq9", "C", std::vector<std::uint8_t>{1});
      },
      "E0604", "phq9");
  refused(
      [](Table& t) {
        t.numbers("phq9", "C", std::vector<std::uint8_t>{1});
        t.numbers("age", "C", std::vector<std::uint8_t>{});
        t.root().length = 1;
      },
      "E0602", "");
}

TEST_CASE("names that are none of the values, and numbers too wide, refuse their record alone") {
  Ruleset rules;
  load(rules);
  Made made;
  Table table(made, 0);
  table.texts("relapse_risk", {"low", "hihg", "high", "low"});
  table.numbers("phq9", "l", std::vector<std::int64_t>{3, 3, INT64_MAX, 4});
  table.lists("conditions", {{"ptsd"}, {}, {}, {"ptsd", "ptsd"}});
  ArrowSchema schema = table.root().schema();
  ArrowArray array = table.root().array();
  Batch batch;
  REQUIRE(carestep_batch_from_arrow(rules, day(2026, 5, 14), &schema, &array, &batch, nullptr) == CARESTEP_OK);
  Decisions decisions;
  REQUIRE(carestep_batch_decide_arrow(batch, nullptr, &decisions.schema, &decisions.array, nullptr) == CARESTEP_OK);
  CHECK(decisions.word(0, 0) == "undetermined");
  for (std::size_t record = 1; record <= 3; ++record) CHECK(decisions.word(0, record) == "refused");
}

TEST_CASE("what is handed over is released whatever is wrong with the call") {
  Ruleset rules;
  load(rules);
  Made made;
  Table table(made, 0);
  table.numbers("phq9", "C", std::vector<std::uint8_t>{1});
  Batch batch;
  auto const wrong = [&](carestep_ruleset const* of, carestep_date date, bool with_schema, carestep_batch** out) {
    ArrowSchema schema = table.root().schema();
    ArrowArray array = table.root().array();
    if (!with_schema) schema.release(&schema);
    CHECK(carestep_batch_from_arrow(of, date, &schema, &array, out, nullptr) == CARESTEP_ERR_ARGUMENT);
    CHECK(made.arrays_out == 0);
    CHECK(made.schemas_out == 0);
  };
  carestep_batch* out = nullptr;
  wrong(nullptr, day(2026, 5, 14), true, &out);
  wrong(rules, CARESTEP_NO_DATE, true, &out);
  wrong(rules, day(2026, 5, 14), false, &out);
  wrong(rules, day(2026, 5, 14), true, nullptr);
  table.root().format = "i";
  wrong(rules, day(2026, 5, 14), true, &out);
}

// ---- streams --------------------------------------------------------------------------------------------------------

namespace {

/// Hands out tables one after the other; fails at one of them if told to.
struct Source {
  std::vector<Table*> tables;
  std::size_t next = 0;
  int fails_with = 0;
  int* released = nullptr;

  ArrowArrayStream stream() {
    return {[](ArrowArrayStream* self, ArrowSchema* out) {
              *out = static_cast<Source*>(self->private_data)->tables[0]->root().schema();
              return 0;
            },
            [](ArrowArrayStream* self, ArrowArray* out) {
              auto& source = *static_cast<Source*>(self->private_data);
              *out = {};
              if (source.next < source.tables.size()) {
                *out = source.tables[source.next++]->root().array();
              } else if (source.fails_with != 0) {
                return source.fails_with;
              }
              return 0;
            },
            [](ArrowArrayStream*) { return "the disk is gone"; },
            [](ArrowArrayStream* self) {
              ++*static_cast<Source*>(self->private_data)->released;
              self->release = nullptr;
            },
            this};
  }
};

}  // namespace

TEST_CASE("a stream of assessments becomes a stream of decisions") {
  Ruleset rules;
  load(rules);
  Answers const all(3);
  Made made;
  Table first(made, 0);
  Table second(made, 5);
  add_native(first, all);
  add_native(second, all);
  int released = 0;
  for (int const fails_with : {0, 5}) {
    Source source{{&first, &second}, 0, fails_with, &released};
    ArrowArrayStream from = source.stream();
    ArrowArrayStream decisions{};
    REQUIRE(carestep_decide_arrow_stream(rules, day(2026, 5, 14), &from, nullptr, &decisions, nullptr) == CARESTEP_OK);
    CHECK((from.release == nullptr));
    for (int i = 0; i < 2; ++i) {
      Decisions one;
      REQUIRE(decisions.get_schema(&decisions, &one.schema) == 0);
      REQUIRE(decisions.get_next(&decisions, &one.array) == 0);
      CHECK(one.array.length == std::int64_t(records));
      CHECK(one.schema.n_children == one.array.n_children);
    }
    ArrowArray end{};
    CHECK(decisions.get_next(&decisions, &end) == fails_with);
    CHECK((end.release == nullptr));
    if (fails_with != 0) CHECK(std::string(decisions.get_last_error(&decisions)) == "the disk is gone");
    decisions.release(&decisions);
    CHECK((decisions.release == nullptr));
  }
  CHECK(released == 2);
  CHECK(made.arrays_out == 0);
  CHECK(made.schemas_out == 0);
}

TEST_CASE("a part of the decisions may be moved out and outlives the rest") {
  Ruleset rules;
  load(rules);
  Batch batch;
  REQUIRE(carestep_batch_new(rules, 3, day(2026, 5, 14), &batch, nullptr) == CARESTEP_OK);
  ArrowArray status{};
  {
    Decisions decisions;
    REQUIRE(carestep_batch_decide_arrow(batch, nullptr, &decisions.schema, &decisions.array, nullptr) == CARESTEP_OK);
    status = *decisions.array.children[0];
    decisions.array.children[0]->release = nullptr;
  }
  CHECK(static_cast<std::int8_t const*>(status.buffers[1])[2] == CARESTEP_UNDETERMINED);
  status.release(&status);
}

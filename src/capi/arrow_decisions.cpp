// Decisions as an array of Arrow: what a batch was decided into is what the consumer reads.

#include <carestep/ruleset.hpp>

#include <algorithm>
#include <array>

#include "arrow.hpp"

namespace carestep::capi {
namespace {

// ---- schemas --------------------------------------------------------------------------------------------------------

struct SchemaContent {
  std::string format;
  std::string name;
  std::vector<Taken<ArrowSchema>> children;
  std::vector<ArrowSchema*> places;
  Taken<ArrowSchema> dictionary;
};

void release_schema(ArrowSchema* schema) {
  delete static_cast<SchemaContent*>(schema->private_data);
  schema->release = nullptr;
}

Taken<ArrowSchema> make_schema(std::string format, std::string name, bool nullable,
                               std::vector<Taken<ArrowSchema>> children = {}, Taken<ArrowSchema> dictionary = {}) {
  auto content = std::make_unique<SchemaContent>();
  content->format = std::move(format);
  content->name = std::move(name);
  content->children = std::move(children);
  content->dictionary = std::move(dictionary);
  for (Taken<ArrowSchema>& child : content->children) content->places.push_back(&child.get());
  ArrowSchema schema = {};
  schema.format = content->format.c_str();
  schema.name = content->name.c_str();
  schema.flags = nullable ? ARROW_FLAG_NULLABLE : 0;
  schema.n_children = static_cast<std::int64_t>(content->places.size());
  schema.children = content->places.data();
  schema.dictionary = content->dictionary.there() ? &content->dictionary.get() : nullptr;
  schema.release = release_schema;
  schema.private_data = content.release();
  return Taken<ArrowSchema>(&schema);
}

Taken<ArrowSchema> dictionary_schema(std::string name, bool nullable) {
  return make_schema("c", std::move(name), nullable, {}, make_schema("u", "", false));
}

// ---- arrays ---------------------------------------------------------------------------------------------------------

struct ArrayContent {
  std::shared_ptr<void const> memory;  // in which the buffers are
  std::array<void const*, 3> buffers{};
  std::vector<Taken<ArrowArray>> children;
  std::vector<ArrowArray*> places;
  Taken<ArrowArray> dictionary;
};

void release_array(ArrowArray* array) {
  delete static_cast<ArrayContent*>(array->private_data);
  array->release = nullptr;
}

struct Buffers {
  std::size_t count = 0;
  std::array<void const*, 3> all{};
};

Taken<ArrowArray> make_array(std::size_t length, std::size_t nulls, Buffers const& buffers,
                             std::shared_ptr<void const> memory, std::vector<Taken<ArrowArray>> children = {},
                             Taken<ArrowArray> dictionary = {}) {
  auto content = std::make_unique<ArrayContent>();
  content->memory = std::move(memory);
  content->buffers = buffers.all;
  content->children = std::move(children);
  content->dictionary = std::move(dictionary);
  for (Taken<ArrowArray>& child : content->children) content->places.push_back(&child.get());
  ArrowArray array = {};
  array.length = static_cast<std::int64_t>(length);
  array.null_count = static_cast<std::int64_t>(nulls);
  array.n_buffers = static_cast<std::int64_t>(buffers.count);
  array.buffers = content->buffers.data();
  array.n_children = static_cast<std::int64_t>(content->places.size());
  array.children = content->places.data();
  array.dictionary = content->dictionary.there() ? &content->dictionary.get() : nullptr;
  array.release = release_array;
  array.private_data = content.release();
  return Taken<ArrowArray>(&array);
}

Taken<ArrowArray> text_array(std::vector<std::string_view> const& texts) {
  struct Texts {
    std::vector<std::int32_t> offsets{0};
    std::string bytes;
  };
  auto const all = std::make_shared<Texts>();
  for (std::string_view const text : texts) {
    all->bytes += text;
    all->offsets.push_back(static_cast<std::int32_t>(all->bytes.size()));
  }
  return make_array(texts.size(), 0, {3, {nullptr, all->offsets.data(), all->bytes.data()}}, all);
}

std::vector<std::string_view> status_words() {
  return {to_string(DecisionStatus::determined), to_string(DecisionStatus::undetermined),
          to_string(DecisionStatus::refused)};
}
std::vector<std::string_view> move_words() {
  return {to_string(Move::admit),     to_string(Move::step_up),   to_string(Move::stay),
          to_string(Move::step_down), to_string(Move::discharge), to_string(Move::none)};
}
std::vector<std::string_view> level_words(Ruleset const& rules) {
  std::vector<std::string_view> words{"none"};
  for (std::size_t i = 0; i < rules.level_count(); ++i)
    words.push_back(rules.level(LevelId{static_cast<std::int8_t>(i)}).name);
  return words;
}

}  // namespace

struct DecisionLists {
  std::size_t size = 0;
  std::vector<std::uint8_t> status;
  std::vector<std::uint8_t> move;
  std::vector<std::int8_t> next;
  std::vector<std::int8_t> indicated;
  std::vector<std::uint16_t> marks;
  bool with_active = false;
  std::vector<std::uint64_t> active;
  std::vector<std::uint8_t> decided;  // a bit for each record that is not refused
};

std::shared_ptr<DecisionLists> lists_for(Ruleset const& rules, std::size_t size, bool active) {
  auto lists = std::make_shared<DecisionLists>();
  lists->size = size;
  lists->status.resize(size);
  lists->move.resize(size);
  lists->next.resize(size);
  lists->indicated.resize(size);
  lists->marks.resize(size);
  lists->with_active = active;
  if (active) lists->active.resize(rules.rule_count() * BatchDecisions::active_words(size));
  return lists;
}

BatchDecisions places_in(DecisionLists& lists) {
  return {.status = lists.status,
          .move = lists.move,
          .next = lists.next,
          .indicated = lists.indicated,
          .marks = lists.marks,
          .active = lists.active};
}

Taken<ArrowSchema> schema_of_decisions(Ruleset const& rules, bool active) {
  std::vector<Taken<ArrowSchema>> columns;
  columns.push_back(dictionary_schema("status", false));
  columns.push_back(dictionary_schema("move", false));
  columns.push_back(dictionary_schema("next_level", true));
  columns.push_back(dictionary_schema("indicated_level", true));
  columns.push_back(make_schema("S", "marks", false));
  if (active) {
    std::vector<Taken<ArrowSchema>> all;
    for (std::size_t i = 0; i < rules.rule_count(); ++i)
      all.push_back(make_schema("b", std::string(rules.rule(RuleId{static_cast<std::uint32_t>(i)}).name), false));
    columns.push_back(make_schema("+s", "active", false, std::move(all)));
  }
  return make_schema("+s", "", false, std::move(columns));
}

namespace {

/// From -1 for none to 0: a place in a dictionary.
void count_from_none(std::vector<std::int8_t>& levels) {
  for (std::int8_t& level : levels) ++level;
}

void find_decided(DecisionLists& lists) {
  lists.decided.assign((lists.size + 7) / 8, 0);
  for (std::size_t i = 0; i < lists.size; ++i) {
    bool const decided = lists.status[i] != static_cast<std::uint8_t>(DecisionStatus::refused);
    if (decided) lists.decided[i / 8] = static_cast<std::uint8_t>(lists.decided[i / 8] | 1U << (i % 8));
  }
}

Taken<ArrowArray> active_array(Ruleset const& rules, std::shared_ptr<DecisionLists> const& lists) {
  std::vector<Taken<ArrowArray>> all;
  std::size_t const words = BatchDecisions::active_words(lists->size);
  for (std::size_t i = 0; i < rules.rule_count(); ++i)
    all.push_back(make_array(lists->size, 0, {2, {nullptr, lists->active.data() + i * words}}, lists));
  return make_array(lists->size, 0, {1, {nullptr}}, {}, std::move(all));
}

}  // namespace

Taken<ArrowArray> array_of_decisions(Ruleset const& rules, std::shared_ptr<DecisionLists> lists, std::size_t refused) {
  count_from_none(lists->next);
  count_from_none(lists->indicated);
  if (refused != 0) find_decided(*lists);
  std::size_t const size = lists->size;
  void const* const known = refused == 0 ? nullptr : lists->decided.data();
  std::vector<std::string_view> const levels = level_words(rules);
  auto const words = [&](void const* numbers, std::size_t nulls, void const* valid,
                         std::vector<std::string_view> const& texts) {
    return make_array(size, nulls, {2, {valid, numbers}}, lists, {}, text_array(texts));
  };
  std::vector<Taken<ArrowArray>> columns;
  columns.push_back(words(lists->status.data(), 0, nullptr, status_words()));
  columns.push_back(words(lists->move.data(), 0, nullptr, move_words()));
  columns.push_back(words(lists->next.data(), refused, known, levels));
  columns.push_back(words(lists->indicated.data(), refused, known, levels));
  columns.push_back(make_array(size, 0, {2, {nullptr, lists->marks.data()}}, lists));
  if (lists->with_active) columns.push_back(active_array(rules, lists));
  return make_array(size, 0, {1, {nullptr}}, {}, std::move(columns));
}

}  // namespace carestep::capi

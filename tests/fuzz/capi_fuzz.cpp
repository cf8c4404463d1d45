// Random sequences of calls of the C interface: any order, null and wrong handles among them, any numbers and texts.
// Freed handles are not used again: that is seen only as long as their memory is not.

#include <carestep/carestep.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

constexpr char const* rules_text = R"(ruleset fuzzed "Fuzzed"
  language 1
  version "1"
  status active
levels a < b < c
input risk
  scale low < high
  higher is worse
input points
  number 0 to 10 step 0.5
  higher is worse
input housing
  yes/no
input seen
  date or never
input kinds
  any of red, green, blue
rule everyone then at least a
rule unsafe when risk is high and not housing then at least c
rule middling when points >= 5 or points >= previous points + 3 then at least b and alert "Look"
rule recent when seen within 7 days and kinds includes red then at least b
step up any -> any
step down c -> b
step down b -> a
)";

/// Reads decisions off the fuzzer's bytes; zeros when they have run out.
class Bytes {
 public:
  Bytes(std::uint8_t const* data, std::size_t size) : data_(data), size_(size) {}
  [[nodiscard]] bool more() const { return size_ > 0; }
  std::uint8_t byte() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }
  std::int32_t number() {
    std::uint8_t const kind = byte();
    if (kind < 200) return kind % 12 - 1;
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | byte();
    return static_cast<std::int32_t>(value);
  }
  std::int64_t wide() { return (static_cast<std::int64_t>(number()) << 32) ^ number(); }
  std::string text() {
    static constexpr std::array words{"low", "high",  "risk", "points", "red",  "none", "a",     "previous points",
                                      "0.5", "kinds", "1e3",  "",       "seen", "b",    "\"x\"", "7"};
    std::uint8_t const kind = byte();
    if (kind < 224) return words[kind % words.size()];
    std::string text;
    for (int i = kind & 31; i > 0; --i) text += static_cast<char>(byte());
    return text;
  }

 private:
  std::uint8_t const* data_;
  std::size_t size_;
};

carestep_status from_memory(void* user, char const*, char const** text, std::size_t* size) {
  auto& bytes = *static_cast<Bytes*>(user);
  static constexpr char more[] = "input extra\n  yes/no\n";
  *text = more;
  *size = sizeof(more) - 1;
  return bytes.byte() % 4 == 0 ? bytes.number() : CARESTEP_OK;
}

/// All that is out, some of each kind.
struct World {
  static constexpr std::size_t slots = 3;
  std::array<carestep_ruleset*, slots> rules{};
  std::array<carestep_assessment*, slots> people{};
  std::array<carestep_decision*, slots> decisions{};
  std::array<carestep_explanation*, slots> explanations{};
  std::array<carestep_batch*, slots> batches{};
  std::array<carestep_batch_builder*, slots> builders{};
  carestep_error* error = nullptr;
  char* text = nullptr;

  World() = default;
  World(World const&) = delete;
  World& operator=(World const&) = delete;
  ~World() {
    for (auto* one : rules) carestep_ruleset_free(one);
    for (auto* one : people) carestep_assessment_free(one);
    for (auto* one : decisions) carestep_decision_free(one);
    for (auto* one : explanations) carestep_explanation_free(one);
    for (auto* one : batches) carestep_batch_free(one);
    for (auto* one : builders) carestep_batch_builder_free(one);
    settle();
  }
  /// What a call may have given besides.
  void settle() {
    if (error != nullptr) {
      if (std::strlen(carestep_error_message(error)) == 0) std::abort();
      carestep_refusal refusal = {sizeof(refusal), nullptr, nullptr, nullptr};
      for (std::size_t i = 0; i < carestep_error_refusal_count(error); ++i)
        if (carestep_error_refusal(error, i, &refusal) != CARESTEP_OK) std::abort();
    }
    if (carestep_error_free(error) != CARESTEP_OK || carestep_text_free(text) != CARESTEP_OK) std::abort();
    error = nullptr;
    text = nullptr;
  }
};

/// A slot to be filled anew.
template <class T>
T** place(std::array<T*, World::slots>& all, Bytes& bytes, carestep_status (*release)(T*)) {
  T*& slot = all[bytes.byte() % World::slots];
  if (release(slot) != CARESTEP_OK) std::abort();
  slot = nullptr;
  return &slot;
}

/// A handle of this kind; now and then one of another kind, or none.
template <class T>
T* pick(std::array<T*, World::slots> const& all, World const& world, Bytes& bytes) {
  std::uint8_t const which = bytes.byte();
  if (which >= 250) return reinterpret_cast<T*>(which % 2 == 0 ? static_cast<void*>(world.rules[0]) : world.people[0]);
  return all[which % World::slots];
}

void answer(World& world, Bytes& bytes) {
  carestep_assessment* const person = pick(world.people, world, bytes);
  std::int32_t const input = bytes.number() | (bytes.byte() % 4 == 0 ? CARESTEP_PREVIOUS : 0);
  carestep_date const on = bytes.byte() % 4 == 0 ? bytes.number() : CARESTEP_NO_DATE;
  std::string const word = bytes.text();
  std::string const second = bytes.text();
  char const* const words[] = {word.c_str(), second.c_str()};
  switch (bytes.byte() % 13) {
    case 0:
      carestep_assessment_set_yes_no(person, input, bytes.number(), on, &world.error);
      break;
    case 1:
      carestep_assessment_set_number(person, input, bytes.wide(), bytes.number(), on, &world.error);
      break;
    case 2:
      carestep_assessment_set_number_text(person, input, word.c_str(), on, &world.error);
      break;
    case 3:
      carestep_assessment_set_value(person, input, word.c_str(), on, &world.error);
      break;
    case 4:
      carestep_assessment_set_date(person, input, bytes.number(), on, &world.error);
      break;
    case 5:
      carestep_assessment_set_never(person, input, on, &world.error);
      break;
    case 6:
      carestep_assessment_set_members(person, input, words, bytes.byte() % 3, on, &world.error);
      break;
    case 7:
      carestep_assessment_set_partly(person, input, words, 1, words + 1, bytes.byte() % 2, on, &world.error);
      break;
    case 8:
      carestep_assessment_set_unknown(person, input, bytes.number(), &world.error);
      break;
    case 9:
      carestep_assessment_clear(person, input);
      carestep_assessment_known(person, input);
      break;
    case 10:
      carestep_assessment_set_id(person, word.c_str(), &world.error);
      break;
    case 11:
      carestep_assessment_set_unavailable(person, bytes.number(), &world.error);
      break;
    default:
      bytes.byte() % 2 == 0 ? carestep_assessment_no_previous(person) : carestep_assessment_has_previous(person);
  }
}

void look_at(carestep_decision const* decision, Bytes& bytes) {
  carestep_outcome outcome = {};
  outcome.struct_size = bytes.byte() % 2 == 0 ? sizeof(outcome) : bytes.byte() % sizeof(outcome);
  carestep_decision_get(decision, &outcome);
  std::int32_t const list = bytes.number();
  std::size_t read = 0;
  for (std::size_t i = 0; i <= carestep_decision_count(decision, list); ++i) {
    std::int32_t item = 0;
    carestep_decision_item(decision, list, i, &item);
    read += std::strlen(carestep_decision_text(decision, list, i));
  }
  if (read > 1'000'000) std::abort();
}

void look_at(carestep_ruleset const* rules, Bytes& bytes) {
  carestep_declaration declared = {};
  declared.struct_size = sizeof(declared);
  std::int32_t const kind = bytes.number();
  std::int32_t const number = bytes.number();
  carestep_ruleset_get(rules, kind, number, &declared);
  carestep_ruleset_find(rules, kind, bytes.text().c_str(), &declared.type);
  if (std::strlen(carestep_ruleset_value(rules, number, bytes.byte())) > 1000) std::abort();
  carestep_diagnostics_count(carestep_ruleset_warnings(rules));
}

void look_at(carestep_explanation const* explanation, Bytes& bytes) {
  std::int32_t const kind = bytes.number();
  carestep_shown_rule rule = {};
  rule.struct_size = bytes.byte() % 2 == 0 ? sizeof(rule) : bytes.byte() % sizeof(rule);
  std::size_t read = 0;
  for (std::size_t i = 0; i <= carestep_explanation_rule_count(explanation, kind); ++i) {
    carestep_explanation_rule(explanation, kind, i, &rule);
    read += std::strlen(carestep_explanation_action(explanation, kind, i, bytes.byte()));
  }
  for (std::size_t i = 0; i <= carestep_explanation_excluded_count(explanation); ++i) {
    read += std::strlen(carestep_explanation_excluded_level(explanation, i));
    for (std::size_t j = 0; j <= carestep_explanation_reason_count(explanation, i, kind); ++j)
      read += std::strlen(carestep_explanation_reason(explanation, i, kind, j));
  }
  read += std::strlen(carestep_explanation_question(explanation, bytes.byte()));
  if (read > 1'000'000) std::abort();
}

void ask_about_everybody(World& world, Bytes& bytes) {
  carestep_ruleset* const rules = pick(world.rules, world, bytes);
  std::uint64_t const budget = 1 + bytes.byte() * 8U;
  std::int32_t const format = bytes.number();
  carestep_analysis_options options = {};
  options.struct_size = sizeof(options);
  options.budget = budget;
  carestep_prove_options how = {};
  how.struct_size = sizeof(how);
  how.budget = budget;
  how.checks = static_cast<std::uint32_t>(bytes.number());
  carestep_proof_tally tally = {};
  tally.struct_size = bytes.byte() % 2 == 0 ? sizeof(tally) : bytes.byte() % sizeof(tally);
  switch (bytes.byte() % 3) {
    case 0:
      carestep_prove(rules, &how, format, &tally, &world.text, nullptr, &world.error);
      break;
    case 1:
      carestep_diff(rules, pick(world.rules, world, bytes), &options, format, nullptr, &world.text, nullptr,
                    &world.error);
      break;
    default:
      carestep_ruleset_cases(rules, &options, format, &world.text, nullptr, &world.error);
  }
}

void use_batch(World& world, Bytes& bytes) {
  carestep_batch* const batch = pick(world.batches, world, bytes);
  std::size_t const size = carestep_batch_size(batch);
  static std::array<std::uint8_t, 4 * 300> const column_data{};
  carestep_column column = {sizeof(column), bytes.number(), bytes.number(), column_data.data(),
                            size,           nullptr,        bytes.number()};
  switch (bytes.byte() % 5) {
    case 0:
      if (size <= 300) carestep_batch_set(batch, bytes.number(), &column, &world.error);
      break;
    case 1:
      carestep_batch_no_previous(batch);
      break;
    case 2: {
      carestep_batch* packed = nullptr;
      carestep_batch_pack(batch, &packed, &world.error);
      carestep_batch_free(packed);
      break;
    }
    case 3: {
      std::vector<std::uint8_t> status(size);
      std::vector<std::uint64_t> active(((size + 63) / 64) * 64);
      carestep_batch_decisions const into = {sizeof(into), status.data(), nullptr,      nullptr,
                                             nullptr,      nullptr,       active.data()};
      carestep_batch_options options = {};
      options.struct_size = sizeof(options);
      options.first = static_cast<std::size_t>(bytes.byte()) * 64;
      options.budget = 1000;
      carestep_batch_decide(batch, &options, &into, nullptr, &world.error);
      break;
    }
    default: {
      ArrowSchema schema = {};
      ArrowArray array = {};
      carestep_arrow_options options = {};
      options.struct_size = sizeof(options);
      options.budget = 1000;
      options.active = bytes.byte() % 2;
      if (carestep_batch_decide_arrow(batch, &options, &schema, &array, &world.error) != CARESTEP_OK) break;
      // What we gave out, we take in: its columns are not those of an assessment.
      carestep_ruleset* const rules = pick(world.rules, world, bytes);
      carestep_batch* again = nullptr;
      carestep_batch_from_arrow(rules, bytes.number(), &schema, &array, &again, &world.error);
      carestep_batch_free(again);
      if (schema.release != nullptr || array.release != nullptr) std::abort();
    }
  }
}

void call(World& world, Bytes& bytes) {
  carestep_ruleset* const rules = pick(world.rules, world, bytes);
  carestep_assessment* const person = pick(world.people, world, bytes);
  carestep_decide_options options = {};
  options.struct_size = sizeof(options);
  options.budget = 1 + bytes.byte() * 8U;
  options.brief = bytes.byte() % 2;
  switch (bytes.byte() % 18) {
    case 0: {
      carestep_load_options from = {};
      from.struct_size = sizeof(from);
      from.loader = from_memory;
      from.loader_user = &bytes;
      std::string text = rules_text;
      if (bytes.byte() % 4 == 0) text.insert(text.find("levels"), "use \"more.care\"\n");
      if (bytes.byte() % 8 == 0) text.erase(bytes.byte());
      carestep_ruleset_load_text(text.data(), text.size(), nullptr, &from,
                                 place(world.rules, bytes, carestep_ruleset_free), &world.error);
      break;
    }
    case 1:
      carestep_assessment_new(rules, 20'000 + bytes.number(), place(world.people, bytes, carestep_assessment_free),
                              &world.error);
      break;
    case 2: {
      std::string const json = R"({"assessment_date":"2026-05-14","answers":{"points":)" + bytes.text() + "}}";
      carestep_assessment_from_json(rules, json.data(), json.size(),
                                    place(world.people, bytes, carestep_assessment_free), &world.error);
      break;
    }
    case 3:
      carestep_decision_new(rules, place(world.decisions, bytes, carestep_decision_free), &world.error);
      break;
    case 4:
      carestep_decide(rules, person, &options, pick(world.decisions, world, bytes), &world.error);
      break;
    case 5:
      look_at(pick(world.decisions, world, bytes), bytes);
      break;
    case 6:
      carestep_decision_json(pick(world.decisions, world, bytes), bytes.byte() % 2, &world.text, nullptr, &world.error);
      break;
    case 7:
      carestep_explain(rules, person, &options, place(world.explanations, bytes, carestep_explanation_free),
                       &world.error);
      break;
    case 8:
      carestep_explanation_render(pick(world.explanations, world, bytes), bytes.number(), &world.text, nullptr,
                                  &world.error);
      break;
    case 9:
      carestep_batch_new(rules, bytes.byte(), 20'500, place(world.batches, bytes, carestep_batch_free), &world.error);
      break;
    case 10:
      use_batch(world, bytes);
      break;
    case 11:
      carestep_batch_builder_new(rules, place(world.builders, bytes, carestep_batch_builder_free), &world.error);
      break;
    case 12:
      carestep_batch_builder_add(pick(world.builders, world, bytes), person, &world.error);
      break;
    case 13:
      carestep_batch_builder_finish(pick(world.builders, world, bytes),
                                    place(world.batches, bytes, carestep_batch_free), &world.error);
      break;
    case 14:
      look_at(rules, bytes);
      look_at(carestep_explanation_decision(pick(world.explanations, world, bytes)), bytes);
      break;
    case 15:
      look_at(pick(world.explanations, world, bytes), bytes);
      break;
    case 16:
      ask_about_everybody(world, bytes);
      break;
    default:
      answer(world, bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  World world;
  // Something to begin with.
  carestep_ruleset_load_text(rules_text, std::strlen(rules_text), nullptr, nullptr, &world.rules[0], nullptr);
  if (world.rules[0] == nullptr) std::abort();
  carestep_assessment_new(world.rules[0], 20'500, &world.people[0], nullptr);
  carestep_decision_new(world.rules[0], &world.decisions[0], nullptr);
  Bytes bytes(data, size);
  for (int i = 0; i < 200 && bytes.more(); ++i) {
    call(world, bytes);
    world.settle();
  }
  return 0;
}

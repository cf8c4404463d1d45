// What a process that hosts the library relies on.
//
//   host stack BYTES RULES JSON    the whole way on a thread with a stack of this size
//   host threads RULES JSON        8 threads on one ruleset give one answer
//   host cycles COUNT RULES JSON   loading and freeing again and again does not grow the process

#include <carestep/carestep.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <pthread.h>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

std::string read(char const* path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

int wrong(char const* what) {
  std::fprintf(stderr, "%s\n", what);
  return 1;
}

// ---- the whole way --------------------------------------------------------------------------------------------------

struct Input {
  std::string rules;
  std::string json;
  std::string result;
  int failed = 1;
};

bool render(carestep_ruleset const* rules, carestep_assessment const* person, std::string& result) {
  char* text = nullptr;
  carestep_explanation* explanation = nullptr;
  bool ok = carestep_explain(rules, person, nullptr, &explanation, nullptr) == CARESTEP_OK;
  for (int const format :
       {CARESTEP_FORMAT_TEXT, CARESTEP_FORMAT_JSON, CARESTEP_FORMAT_MARKDOWN, CARESTEP_FORMAT_HTML}) {
    ok = ok && carestep_explanation_render(explanation, format, &text, nullptr, nullptr) == CARESTEP_OK;
    if (ok) result += text;
    carestep_text_free(text);
    text = nullptr;
    ok = ok && carestep_ruleset_describe(rules, format, &text, nullptr, nullptr) == CARESTEP_OK;
    carestep_text_free(text);
    text = nullptr;
  }
  carestep_explanation_free(explanation);
  for (int const format : {CARESTEP_FORMAT_DOT, CARESTEP_FORMAT_MERMAID, CARESTEP_FORMAT_SVG}) {
    ok = ok && carestep_ruleset_graph(rules, format, person, nullptr, &text, nullptr, nullptr) == CARESTEP_OK;
    carestep_text_free(text);
    text = nullptr;
  }
  return ok;
}

bool analyse(carestep_ruleset const* rules, std::string& result) {
  char* proofs = nullptr;
  char* differences = nullptr;
  char* cases = nullptr;
  bool const ok =
      carestep_prove(rules, nullptr, CARESTEP_FORMAT_JSON, nullptr, &proofs, nullptr, nullptr) == CARESTEP_OK &&
      carestep_diff(rules, rules, nullptr, CARESTEP_FORMAT_JSON, nullptr, &differences, nullptr, nullptr) ==
          CARESTEP_OK &&
      carestep_ruleset_cases(rules, nullptr, CARESTEP_FORMAT_JSON, &cases, nullptr, nullptr) == CARESTEP_OK;
  if (ok) result.append(proofs).append(differences).append(cases);
  carestep_text_free(proofs);
  carestep_text_free(differences);
  carestep_text_free(cases);
  return ok;
}

bool decide(carestep_ruleset const* rules, std::string const& json, std::string& result) {
  carestep_assessment* person = nullptr;
  carestep_decision* decision = nullptr;
  carestep_batch* batch = nullptr;
  char* text = nullptr;
  bool ok = carestep_assessment_from_json(rules, json.data(), json.size(), &person, nullptr) == CARESTEP_OK &&
            carestep_decision_new(rules, &decision, nullptr) == CARESTEP_OK &&
            carestep_decide(rules, person, nullptr, decision, nullptr) == CARESTEP_OK &&
            carestep_decision_json(decision, 0, &text, nullptr, nullptr) == CARESTEP_OK;
  if (ok) result += text;
  carestep_text_free(text);
  ok = ok && render(rules, person, result) && analyse(rules, result);
  std::vector<std::uint8_t> status(16);
  carestep_batch_decisions into = {};
  into.struct_size = sizeof(into);
  into.status = status.data();
  ok = ok && carestep_batch_new(rules, status.size(), 20'500, &batch, nullptr) == CARESTEP_OK &&
       carestep_batch_decide(batch, nullptr, &into, nullptr, nullptr) == CARESTEP_OK;
  carestep_batch_free(batch);
  carestep_decision_free(decision);
  carestep_assessment_free(person);
  return ok;
}

void* whole_way(void* given) {
  auto& input = *static_cast<Input*>(given);
  carestep_ruleset* rules = nullptr;
  input.failed = carestep_ruleset_load(input.rules.c_str(), &rules, nullptr) == CARESTEP_OK &&
                         decide(rules, input.json, input.result)
                     ? 0
                     : 1;
  carestep_ruleset_free(rules);
  return nullptr;
}

int on_stack(std::size_t bytes, char const* rules, char const* json) {
  Input input{rules, read(json), {}, 1};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_t thread;
  if (pthread_attr_setstacksize(&attributes, bytes) != 0 ||
      pthread_create(&thread, &attributes, whole_way, &input) != 0)
    return wrong("no such thread can be made");
  pthread_join(thread, nullptr);
  return input.failed == 0 ? 0 : wrong("the whole way failed");
}

int threads(char const* path, char const* json) {
  carestep_ruleset* rules = nullptr;
  if (carestep_ruleset_load(path, &rules, nullptr) != CARESTEP_OK) return wrong("the rules do not load");
  std::string const assessment = read(json);
  std::vector<std::string> results(8);
  std::vector<std::thread> all;
  for (std::string& result : results)
    all.emplace_back([&] {
      for (int i = 0; i < 2; ++i) {
        result.clear();
        if (!decide(rules, assessment, result)) result = "failed";
      }
    });
  for (std::thread& one : all) one.join();
  carestep_ruleset_free(rules);
  for (std::string const& result : results)
    if (result != results[0] || result.size() < 100) return wrong("the threads disagree");
  return 0;
}

// ---- growth ---------------------------------------------------------------------------------------------------------

/// In pages; what the process has to itself.
long resident() {
  std::ifstream file("/proc/self/statm");
  long size = 0;
  long pages = 0;
  file >> size >> pages;
  return pages;
}

int cycles(long count, char const* path, char const* json) {
  std::string const rules = read(path);
  std::string const assessment = read(json);
  long after_a_tenth = 0;
  for (long i = 0; i < count; ++i) {
    carestep_ruleset* loaded = nullptr;
    carestep_assessment* person = nullptr;
    carestep_decision* decision = nullptr;
    bool const ok =
        carestep_ruleset_load_text(rules.data(), rules.size(), nullptr, nullptr, &loaded, nullptr) == CARESTEP_OK &&
        carestep_assessment_from_json(loaded, assessment.data(), assessment.size(), &person, nullptr) == CARESTEP_OK &&
        carestep_decision_new(loaded, &decision, nullptr) == CARESTEP_OK &&
        carestep_decide(loaded, person, nullptr, decision, nullptr) == CARESTEP_OK;
    carestep_ruleset_free(loaded);
    carestep_assessment_free(person);
    carestep_decision_free(decision);
    if (!ok) return wrong("a cycle failed");
    if (i == count / 10) after_a_tenth = resident();
  }
  long const grown = resident() - after_a_tenth;
  std::printf("%ld cycles: %ld pages more than after a tenth of them\n", count, grown);
  return grown <= 64 ? 0 : wrong("the process grows");
}

}  // namespace

int main(int argc, char** argv) {
  std::string const mode = argc > 1 ? argv[1] : "";
  if (mode == "stack" && argc == 5) return on_stack(std::strtoul(argv[2], nullptr, 10), argv[3], argv[4]);
  if (mode == "threads" && argc == 4) return threads(argv[2], argv[3]);
  if (mode == "cycles" && argc == 5) return cycles(std::strtol(argv[2], nullptr, 10), argv[3], argv[4]);
  return wrong("usage: see the head of this file");
}

// Every allocation, and every call that reads a file, fails in turn: once, and for ever. The scenario then ends with
// the same result, or with a clean error; nothing leaks and nothing crashes.
//
//   faults RULES [STRIDE]   STRIDE n tries every n-th allocation only

#include <carestep/carestep.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

// ---- the process's allocator and file calls, which fail when told to ------------------------------------------------

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);
}

namespace {

/// Counts calls, and lets one of them, or all from it on, fail.
struct Fault {
  bool armed = false;
  bool for_ever = false;
  long at = 0;
  long calls = 0;
  long failed = 0;

  bool strikes() {
    if (!armed) return false;
    long const call = ++calls;
    if (for_ever ? call < at : call != at) return false;
    ++failed;
    return true;
  }
};

Fault memory;
Fault files;
int file_error = EIO;
long blocks = 0;

void* counted(void* block) {
  if (block != nullptr) ++blocks;
  return block;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) {
  return memory.strikes() ? nullptr : counted(__libc_malloc(size));
}
void* calloc(std::size_t count, std::size_t size) {
  return memory.strikes() ? nullptr : counted(__libc_calloc(count, size));
}
void* realloc(void* old, std::size_t size) {
  if (memory.strikes()) return nullptr;
  if (old == nullptr) return counted(__libc_malloc(size));
  return __libc_realloc(old, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return memory.strikes() ? nullptr : counted(__libc_memalign(alignment, size));
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  *out = aligned_alloc(alignment, size);
  return *out == nullptr ? ENOMEM : 0;
}
void free(void* block) {
  if (block != nullptr) --blocks;
  __libc_free(block);
}

ssize_t read(int descriptor, void* buffer, std::size_t size) {
  static auto const real = reinterpret_cast<ssize_t (*)(int, void*, std::size_t)>(dlsym(RTLD_NEXT, "read"));
  if (files.strikes()) return errno = file_error, -1;
  return real(descriptor, buffer, size);
}
int open(char const* path, int flags, ...) {
  static auto const real = reinterpret_cast<int (*)(char const*, int, ...)>(dlsym(RTLD_NEXT, "open"));
  if (files.strikes()) return errno = file_error, -1;
  return real(path, flags);
}
int fstat(int descriptor, struct stat* out) {
  static auto const real = reinterpret_cast<int (*)(int, struct stat*)>(dlsym(RTLD_NEXT, "fstat"));
  if (files.strikes()) return errno = file_error, -1;
  return real(descriptor, out);
}

}  // extern "C"

namespace {

// ---- the scenario ---------------------------------------------------------------------------------------------------

constexpr char assessment[] = R"({"id":"x","assessment_date":"2026-05-14","current_level":"none","answers":{}})";

struct Run {
  carestep_status status = CARESTEP_OK;
  bool clean = true;  // an error came with the status, and says the same
  char text[65536];   // the result, without an allocation
  std::size_t size = 0;

  void take(char const* more) {
    std::size_t const length = std::strlen(more);
    std::size_t const fits = length < sizeof(text) - size ? length : sizeof(text) - size;
    std::memcpy(text + size, more, fits);
    size += fits;
  }
};

/// Whether to go on; looks at the error.
bool good(Run& run, carestep_status status, carestep_error*& error) {
  run.status = status;
  if (status == CARESTEP_OK) return true;
  run.clean = run.clean && error != nullptr && carestep_error_status(error) == status &&
              carestep_error_message(error)[0] != '\0';
  carestep_error_free(error);
  error = nullptr;
  return false;
}

/// Loads, answers, decides, explains, proves, collects a batch and decides it.
void run_scenario(char const* path, Run& run) {
  carestep_ruleset* rules = nullptr;
  carestep_assessment* person = nullptr;
  carestep_decision* decision = nullptr;
  carestep_explanation* explanation = nullptr;
  carestep_batch* batch = nullptr;
  char* text = nullptr;
  char* reasons = nullptr;
  char* proofs = nullptr;
  carestep_error* error = nullptr;
  ArrowSchema schema = {};
  ArrowArray array = {};
  bool const done =
      good(run, carestep_ruleset_load(path, &rules, &error), error) &&
      good(run, carestep_assessment_from_json(rules, assessment, sizeof(assessment) - 1, &person, &error), error) &&
      good(run, carestep_assessment_set_number(person, CARESTEP_INPUT_DAYS_IN_LEVEL, 0, 0, CARESTEP_NO_DATE, &error),
           error) &&
      good(run, carestep_decision_new(rules, &decision, &error), error) &&
      good(run, carestep_decide(rules, person, nullptr, decision, &error), error) &&
      good(run, carestep_decision_json(decision, 0, &text, nullptr, &error), error) &&
      good(run, carestep_explain(rules, person, nullptr, &explanation, &error), error) &&
      good(run, carestep_explanation_render(explanation, CARESTEP_FORMAT_MARKDOWN, &reasons, nullptr, &error), error) &&
      good(run, carestep_prove(rules, nullptr, CARESTEP_FORMAT_JSON, nullptr, &proofs, nullptr, &error), error) &&
      good(run, carestep_batch_new(rules, 2, 20'000, &batch, &error), error) &&
      good(run, carestep_batch_decide_arrow(batch, nullptr, &schema, &array, &error), error);
  if (done) {
    run.take(text);
    run.take(reasons);
    run.take(proofs);
    run.take(static_cast<std::uint8_t const*>(array.children[0]->buffers[1])[1] == CARESTEP_UNDETERMINED ? "?" : "!");
  }
  if (schema.release != nullptr) schema.release(&schema);
  if (array.release != nullptr) array.release(&array);
  carestep_batch_free(batch);
  carestep_explanation_free(explanation);
  carestep_text_free(text);
  carestep_text_free(reasons);
  carestep_text_free(proofs);
  carestep_decision_free(decision);
  carestep_assessment_free(person);
  carestep_ruleset_free(rules);
}

int fail(char const* what, Fault const& fault, Run const& run) {
  std::fprintf(stderr, "%s: call %ld%s: status %s, clean %d\n", what, fault.at,
               fault.for_ever ? " and all after it" : "", carestep_status_name(run.status), run.clean);
  return 1;
}

Run expected;
Run now;

/// One kind of fault at one place after the other, until it does not strike any more.
int sweep(char const* what, Fault& fault, char const* path, long stride, bool may_go_on, carestep_status status) {
  for (int const for_ever : {0, 1}) {
    long tried = 0;
    for (fault.at = 1;; fault.at += stride, ++tried) {
      now = {};
      fault.for_ever = for_ever != 0;
      fault.calls = fault.failed = 0;
      fault.armed = true;
      run_scenario(path, now);
      fault.armed = false;
      if (fault.failed == 0) break;
      bool const same =
          now.status == CARESTEP_OK && now.size == expected.size && std::memcmp(now.text, expected.text, now.size) == 0;
      bool const refused = now.status == status && now.clean;
      if (!refused && !(same && may_go_on)) return fail(what, fault, now);
    }
    std::printf("%s, %s: %ld places\n", what, for_ever != 0 ? "for ever" : "once", tried);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  char const* const path = argv[1];
  long const stride = argc > 2 ? std::atol(argv[2]) : 1;
  std::printf("stride %ld\n", stride);
  run_scenario(path, expected);
  if (expected.status != CARESTEP_OK || expected.size < 100) return fail("without a fault", memory, expected);
  // What is made once in a process is there after this: the buffers of exceptions, say.
  if (sweep("allocations, roughly", memory, path, stride * 50, true, CARESTEP_ERR_NO_MEMORY) != 0) return 1;
  long const before = blocks;
  // Where an attempt to use more memory fails, the library may have a way without (a sort in place).
  if (sweep("allocations", memory, path, stride, true, CARESTEP_ERR_NO_MEMORY) != 0) return 1;
  if (sweep("reads failing", files, path, 1, false, CARESTEP_ERR_IO) != 0) return 1;
  now = {};
  run_scenario(path, now);
  if (blocks != before) {
    std::fprintf(stderr, "%ld blocks more than before\n", blocks - before);
    return 1;
  }
  // An interrupted call is made again.
  file_error = EINTR;
  for (files.at = 1;; ++files.at) {
    now = {};
    files.for_ever = false;
    files.calls = files.failed = 0;
    files.armed = true;
    run_scenario(path, now);
    files.armed = false;
    if (files.failed == 0) break;
    if (now.status != CARESTEP_OK && now.status != CARESTEP_ERR_IO) return fail("interrupted", files, now);
  }
  std::printf("interrupted: %ld places\n", files.at - 1);
  return 0;
}

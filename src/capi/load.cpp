#include <carestep/ruleset.hpp>

#include <algorithm>
#include <string>

#include "border.hpp"
#include "ruleset.hpp"

using namespace carestep;
using namespace carestep::capi;

namespace {

/// The options of a caller, looked at; `wrong` says what is the matter with them.
struct Load {
  carestep_load_options options;
  Allocator allocator;
  char const* wrong = nullptr;

  explicit Load(carestep_load_options const* given) {
    if (!read_sized(given, options)) {
      wrong = "the options are larger than this library knows, or have no size";
    } else if (options.allocator != nullptr) {
      carestep_allocator own;
      bool const whole = read_sized(options.allocator, own) && own.allocate != nullptr && own.release != nullptr;
      if (!whole) wrong = "the allocator is incomplete";
      if (whole) allocator = {own.allocate, own.release, own.user};
    }
  }
};

bool not_readable(Diagnostic const& diagnostic) {
  return diagnostic.code == "E0001";
}

carestep_status give(Result<Ruleset> loaded, bool from_file, Allocator const& allocator, carestep_ruleset** out,
                     carestep_error** err) {
  if (!loaded) {
    Diagnostics& list = loaded.error();
    bool const io = from_file && std::any_of(list.begin(), list.end(), not_readable);
    return fail_for_diagnostics(err, allocator, io ? CARESTEP_ERR_IO : CARESTEP_ERR_DIAGNOSTICS, std::move(list));
  }
  carestep_diagnostics warnings{{Tag::diagnostics, allocator}, loaded->warnings()};
  void const* const identity = loaded->sha256().data();
  *out = make<carestep_ruleset>(allocator, *std::move(loaded), std::move(warnings), identity);
  return CARESTEP_OK;
}

/// The caller's loader, as the library calls it. What it failed with is kept: no exception passes through a parser.
class CallersLoader {
 public:
  explicit CallersLoader(carestep_load_options const& options) : options_(options) {}

  std::optional<std::string> operator()(std::string const& path) {
    if (options_.loader == nullptr || failed_ != CARESTEP_OK) return std::nullopt;
    char const* text = nullptr;
    std::size_t size = 0;
    carestep_status const status = options_.loader(options_.loader_user, path.c_str(), &text, &size);
    if (status != CARESTEP_OK && status != CARESTEP_ERR_NOT_FOUND) failed_ = status;
    if (status != CARESTEP_OK) return std::nullopt;
    return text == nullptr ? std::string() : std::string(text, size);
  }
  [[nodiscard]] carestep_status failed() const { return failed_; }

 private:
  carestep_load_options const& options_;
  carestep_status failed_ = CARESTEP_OK;
};

}  // namespace

carestep_status carestep_ruleset_load(char const* path, carestep_ruleset** out, carestep_error** err) {
  return carestep_ruleset_load_file(path, nullptr, out, err);
}

carestep_status carestep_ruleset_load_file(char const* path, carestep_load_options const* options,
                                           carestep_ruleset** out, carestep_error** err) {
  Load const asked(options);
  if (asked.wrong != nullptr) return wrong_argument(err, {}, asked.wrong);
  if (path == nullptr || out == nullptr) return wrong_argument(err, asked.allocator, "`path` or `out` is NULL");
  return guarded(err, asked.allocator, [&]() -> carestep_status {
    LoadOptions from;
    if (asked.options.root != nullptr) from.root = asked.options.root;
    return give(load(path, from), true, asked.allocator, out, err);
  });
}

carestep_status carestep_ruleset_load_text(char const* text, size_t size, char const* name,
                                           carestep_load_options const* options, carestep_ruleset** out,
                                           carestep_error** err) {
  Load const asked(options);
  if (asked.wrong != nullptr) return wrong_argument(err, {}, asked.wrong);
  if ((text == nullptr && size != 0) || out == nullptr)
    return wrong_argument(err, asked.allocator, "`text` or `out` is NULL");
  return guarded(err, asked.allocator, [&]() -> carestep_status {
    CallersLoader loader(asked.options);
    auto loaded = load_text(std::string(text == nullptr ? "" : text, size), name == nullptr ? "rules.care" : name,
                            [&](std::string const& path) { return loader(path); });
    if (loader.failed() != CARESTEP_OK) return fail(err, asked.allocator, loader.failed(), "the loader gave up");
    return give(std::move(loaded), false, asked.allocator, out, err);
  });
}

carestep_status carestep_ruleset_free(carestep_ruleset* ruleset) {
  return free_handle(ruleset);
}

carestep_status carestep_format_rules(char const* rules, size_t rules_size, char const* name, char** text, size_t* size,
                                      carestep_error** err) {
  if ((rules == nullptr && rules_size != 0) || text == nullptr)
    return wrong_argument(err, {}, "`rules` or `text` is NULL");
  return guarded(err, {}, [&]() -> carestep_status {
    Result<std::string> formatted =
        format_text(std::string(rules == nullptr ? "" : rules, rules_size), name == nullptr ? "rules.care" : name);
    if (!formatted) return fail_for_diagnostics(err, {}, CARESTEP_ERR_DIAGNOSTICS, std::move(formatted.error()));
    give_text({}, *formatted, text, size);
    return CARESTEP_OK;
  });
}

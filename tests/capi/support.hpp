#pragma once

// What the tests of the C interface share. They see carestep.h alone and link the shared library.

#include <carestep/carestep.h>

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>
#include <string>

namespace capi_tests {

inline std::string in_source(std::string const& path) {
  return std::string(CARESTEP_SOURCE_DIR) + "/" + path;
}

inline std::string read(std::string const& path) {
  std::ostringstream text;
  text << std::ifstream(in_source(path)).rdbuf();
  return text.str();
}

/// Frees a handle at the end of its block.
template <class T, carestep_status (*release)(T*)>
struct Handle {
  T* it = nullptr;

  Handle() = default;
  Handle(Handle const&) = delete;
  Handle& operator=(Handle const&) = delete;
  ~Handle() { CHECK(release(it) == CARESTEP_OK); }
  operator T*() const { return it; }
  T** operator&() {
    release(it);
    it = nullptr;
    return &it;
  }
};
using Ruleset = Handle<carestep_ruleset, carestep_ruleset_free>;
using Error = Handle<carestep_error, carestep_error_free>;
using Assessment = Handle<carestep_assessment, carestep_assessment_free>;
using Decision = Handle<carestep_decision, carestep_decision_free>;
using Explanation = Handle<carestep_explanation, carestep_explanation_free>;
using Batch = Handle<carestep_batch, carestep_batch_free>;
using Builder = Handle<carestep_batch_builder, carestep_batch_builder_free>;
using Text = Handle<char, carestep_text_free>;

template <class T>
T sized() {
  T value = {};
  value.struct_size = sizeof(value);
  return value;
}

inline void load(Ruleset& rules, std::string const& path = "examples/riverbend.care") {
  Error error;
  carestep_status const status = carestep_ruleset_load(in_source(path).c_str(), &rules, &error);
  INFO(carestep_error_message(error));
  REQUIRE(status == CARESTEP_OK);
}

inline std::int32_t number_of(carestep_ruleset const* rules, std::int32_t kind, char const* name) {
  std::int32_t number = -7;
  REQUIRE(carestep_ruleset_find(rules, kind, name, &number) == CARESTEP_OK);
  return number;
}
inline std::int32_t input(carestep_ruleset const* rules, char const* name) {
  return number_of(rules, CARESTEP_KIND_INPUT, name);
}

inline carestep_date day(int year, int month, int number) {
  carestep_date date = 0;
  REQUIRE(carestep_date_of(year, month, number, &date) == CARESTEP_OK);
  return date;
}

}  // namespace capi_tests

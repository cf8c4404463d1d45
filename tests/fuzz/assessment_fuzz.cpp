// Any bytes as an assessment of one ruleset. Nothing may crash; what is read and written again must be read as the
// same, and must be decided alike.
//
// A long run: build/fuzz/bin/assessment_fuzz CORPUS -jobs=2 -max_total_time=28800 (CORPUS: see tests/fuzz/seeds.cmake).

#include <carestep/carestep.hpp>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

namespace {

void require(bool holds, char const* what) {
  if (holds) return;
  std::cerr << "violated: " << what << '\n';
  std::abort();
}

carestep::Ruleset const& riverbend() {
  static auto const rules = carestep::load(CARESTEP_SOURCE_DIR "/examples/riverbend.care");
  require(rules.ok(), "examples/riverbend.care checks");
  return *rules;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  carestep::Ruleset const& rules = riverbend();
  auto const read = carestep::assessment_from_json(rules, {reinterpret_cast<char const*>(data), size});
  if (!read) {
    require(!read.error().refusals.empty(), "a refusal says why");
    return 0;
  }
  carestep::DecideOptions options;
  options.budget = 100'000;
  std::string const written = carestep::assessment_to_json(rules, read->assessment, read->id);
  auto const again = carestep::assessment_from_json(rules, written);
  require(again.ok(), "what was written is read");
  require(carestep::assessment_to_json(rules, again->assessment, again->id) == written, "and written the same");
  auto const decide = [&](carestep::ReadAssessment const& it) {
    return carestep::decision_to_json(rules, rules.decide(it.assessment, options), it.id);
  };
  require(decide(*read) == decide(*again), "and decided alike");
  return 0;
}

// Any bytes as a rule file. Nothing may crash; what checks must keep its digest when it is formatted, and formatting
// twice must change nothing.
//
// A long run: build/fuzz/bin/rules_fuzz CORPUS -jobs=2 -max_total_time=28800 (CORPUS: see tests/fuzz/seeds.cmake).

#include <carestep/carestep.hpp>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace {

void require(bool holds, char const* what) {
  if (holds) return;
  std::cerr << "violated: " << what << '\n';
  std::abort();
}

/// What formatting keeps of a ruleset without files of its own.
void check_format(std::string const& text) {
  auto const formatted = carestep::format_text(text);
  if (!formatted) return;
  auto const again = carestep::format_text(*formatted);
  require(again.ok() && *again == *formatted, "formatting twice changes nothing");
  auto const before = carestep::load_text(text);
  auto const after = carestep::load_text(*formatted);
  require(before.ok() == after.ok(), "formatting keeps whether a file checks");
  if (before) require(before->sha256() == after->sha256(), "formatting keeps the digest");
}

void check_diagnostics(carestep::Diagnostics const& diagnostics) {
  (void)carestep::diagnostics_text(diagnostics);
  (void)carestep::diagnostics_json(diagnostics);
  (void)carestep::diagnostics_sarif(diagnostics);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const text(reinterpret_cast<char const*>(data), size);
  auto const rules = carestep::load_text(text);
  check_diagnostics(rules ? rules->warnings() : rules.error());
  if (rules) {
    carestep::DecideOptions options;
    options.budget = 10'000;
    options.allow_out_of_force = true;
    (void)rules->decide(rules->assessment(*carestep::date(2026, 5, 14)), options);
    (void)rules->graph(carestep::GraphFormat::svg);
    (void)rules->describe(carestep::DocumentFormat::html);
  }
  check_format(text);
  return 0;
}

// Any bytes as a CSV file of one ruleset, and as a line for the fast reader. Nothing may crash; what is read and
// written again must be read as the same; rows must cover the file; the two readers of JSON must agree.
//
// A long run: build/fuzz/bin/csv_fuzz CORPUS -jobs=2 -max_total_time=28800 (CORPUS: see tests/fuzz/seeds.cmake).

#include <carestep/carestep.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
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

std::string_view take_row(std::string_view& text, char separator) {
  std::string_view const row = text.substr(0, std::min(carestep::csv_row_size(text, separator), text.size()));
  text.remove_prefix(row.size());
  return row;
}

void read_file(std::string_view text) {
  char const separator = carestep::csv_separator(text);
  auto reader = carestep::CsvReader::make(riverbend(), take_row(text, separator));
  if (!reader) {
    require(!reader.error().empty(), "a refused header says why");
    return;
  }
  for (std::size_t line = 2; !text.empty(); ++line) {
    if (!reader->read(take_row(text, separator), line)) {
      require(!reader->refused().refusals.empty(), "a refused row says why");
      continue;
    }
    std::string const json = carestep::assessment_to_json(riverbend(), reader->assessment(), reader->id());
    auto const again = carestep::assessment_from_json(riverbend(), json);
    require(again.ok(), "what a row says can be said in JSON");
    require(carestep::assessment_to_json(riverbend(), again->assessment, again->id) == json, "and is the same");
  }
}

void read_line(std::string_view text) {
  static carestep::AssessmentReader reader(riverbend());
  auto const judged = carestep::assessment_from_json(riverbend(), text);
  require(reader.read(text) == judged.ok(), "both readers accept the same");
  if (!judged) return;
  require(carestep::assessment_to_json(riverbend(), reader.assessment(), reader.id()) ==
              carestep::assessment_to_json(riverbend(), judged->assessment, judged->id),
          "both readers read the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  read_file(text);
  read_line(text);
  return 0;
}

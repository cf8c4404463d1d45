// Every diagnostic about rule files is provoked by a golden file: the `#!` lines below tests/lang, which the golden
// runner proves true, name its code.

#include <carestep/carestep.hpp>

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

std::set<std::string> codes_of_golden_files() {
  static std::regex const code("[EW][0-9]{4}");
  std::set<std::string> codes;
  for (fs::directory_entry const& entry :
       fs::recursive_directory_iterator(fs::path(CARESTEP_SOURCE_DIR) / "tests/lang")) {
    if (entry.path().extension() != ".care" || entry.path().parent_path().filename() != "bad") continue;
    std::ifstream file(entry.path());
    std::smatch match;
    for (std::string line; std::getline(file, line);)
      if (line.starts_with("#!") && std::regex_search(line, match, code)) codes.insert(match.str());
  }
  return codes;
}

/// What a file for reading cannot show: one of more than 1 MiB, hundreds of files, hundreds of errors (they are
/// provoked in tests/unit/parse), a proof that takes too long (tests/unit/analyze).
std::set<std::string_view> const beyond_a_golden_file{"E0002", "E0008", "E0009", "W0703"};

}  // namespace

TEST_CASE("every diagnostic about rule files has a golden file that provokes it") {
  std::set<std::string> const provoked = codes_of_golden_files();
  for (std::string_view const code : carestep::diagnostic_codes()) {
    bool const about_assessments = code.starts_with("E06");  // their pages provoke these
    if (about_assessments || beyond_a_golden_file.count(code) == 1) continue;
    INFO(code);
    CHECK(provoked.count(std::string(code)) == 1);
  }
}

// The one direction of the library, read from the sources themselves: the table in src/CMakeLists.txt says which stage
// may include which, and the table below which third-party headers may be seen where.

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

fs::path const root = CARESTEP_SOURCE_DIR;

std::string read(fs::path const& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

struct Include {
  fs::path file;
  std::string stage;   // the folder of src that it stands in; `include` for public headers
  std::string target;  // what it names, without its brackets
  bool quoted = false;
};

std::vector<Include> includes_below(fs::path const& folder, std::string const& stage) {
  static std::regex const line(R"(^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"])", std::regex::multiline);
  std::vector<Include> found;
  for (fs::directory_entry const& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::string const text = read(entry.path());
    for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match)
      found.push_back({entry.path(), stage, (*match)[2], (*match)[1] == "\""});
  }
  return found;
}

/// The table CARESTEP_STAGES: a stage, and those whose headers it may include (itself among them).
std::map<std::string, std::set<std::string>> stages() {
  std::map<std::string, std::set<std::string>> table;
  std::string const text = read(root / "src/CMakeLists.txt");
  static std::regex const row(R"rx("(\w+):([\w ]*)")rx");
  std::string const rows =
      text.substr(text.find("set(CARESTEP_STAGES"), text.find("\n)") - text.find("set(CARESTEP_STAGES"));
  for (std::sregex_iterator match(rows.begin(), rows.end(), row), end; match != end; ++match) {
    std::set<std::string>& allowed = table[(*match)[1]];
    allowed.insert((*match)[1]);
    std::istringstream names((*match)[2]);
    for (std::string name; names >> name;) allowed.insert(name);
  }
  return table;
}

std::vector<Include> library_includes() {
  std::vector<Include> all;
  for (auto const& [stage, allowed] : stages()) {
    if (!fs::is_directory(root / "src" / stage)) continue;
    std::vector<Include> const some = includes_below(root / "src" / stage, stage);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

/// The front ends, which are no stages.
std::set<std::string> const doors{"cli", "capi"};

std::string first_folder(std::string const& path) {
  return path.substr(0, path.find('/'));
}

}  // namespace

TEST_CASE("a stage includes only the stages that the table allows") {
  auto const table = stages();
  REQUIRE(table.size() >= 10);
  for (Include const& include : library_includes()) {
    if (!include.quoted) continue;
    INFO(include.file.string(), " includes ", include.target);
    CHECK(table.at(include.stage).count(first_folder(include.target)) == 1);
  }
}

TEST_CASE("every folder of src is a stage of the table or a door") {
  auto const table = stages();
  for (fs::directory_entry const& entry : fs::directory_iterator(root / "src")) {
    if (!entry.is_directory() || fs::is_empty(entry.path())) continue;
    std::string const name = entry.path().filename().string();
    INFO(name);
    CHECK((table.count(name) == 1 || doors.count(name) == 1));
  }
}

TEST_CASE("a door sees the public headers and its own only") {
  for (std::string const& door : doors)
    for (Include const& include : includes_below(root / "src" / door, door)) {
      INFO(include.file.string(), " includes ", include.target);
      if (include.quoted) CHECK(fs::exists(root / "src" / door / include.target));
    }
}

TEST_CASE("the C interface names standard and public headers only") {
  for (Include const& include : includes_below(root / "src/capi", "capi")) {
    if (include.quoted) continue;
    INFO(include.file.string(), " includes ", include.target);
    CHECK((include.target.find_first_of("/.") == std::string::npos || include.target.starts_with("carestep/")));
  }
}

TEST_CASE("third-party headers are seen only where they belong") {
  std::map<std::string, std::set<std::string>> const belongs{
      {"boost/spirit", {"parse"}}, {"boost/fusion", {"parse"}}, {"boost/graph", {"graph"}},
      {"simdjson.h", {"data"}},    {"openssl", {"base"}},       {"CLI", {}},
  };
  for (Include const& include : library_includes())
    for (auto const& [prefix, homes] : belongs) {
      if (!include.target.starts_with(prefix)) continue;
      INFO(include.file.string(), " includes ", include.target);
      CHECK(homes.count(include.stage) == 1);
    }
}

TEST_CASE("public headers name standard and public headers only") {
  for (Include const& include : includes_below(root / "include", "include")) {
    INFO(include.file.string(), " includes ", include.target);
    CHECK_FALSE(include.quoted);
    // Those of C have a dot: carestep.h is C.
    bool const standard = include.target.find_first_of("/.") == std::string::npos || include.target == "stddef.h" ||
                          include.target == "stdint.h";
    CHECK((standard || include.target.starts_with("carestep/")));
  }
}

#include "parse/load.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

#include "ast/print.hpp"
#include "parse/path.hpp"
#include "parse/text.hpp"

using namespace carestep;

namespace {

using Files = std::map<std::string, std::string>;

/// The names of the files in order, then the codes of the errors.
std::string load(Files const& files, std::string const& main, std::string const& root = "") {
  SourceMap sources;
  Sink sink(sources);
  Loader const loader = [&](std::string const& path) -> std::optional<std::string> {
    auto const file = files.find(path);
    return file == files.end() ? std::nullopt : std::optional(file->second);
  };
  ast::Bundle const bundle = load_files(main, root, loader, sources, sink);
  std::string text;
  for (ast::File const& file : bundle.files) text += sources.file(file.index).name() + " ";
  for (Diagnostic const& d : sink.take()) text += d.code + " " + d.place.file + " ";
  if (!text.empty()) text.pop_back();
  return text;
}

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("carestep-load-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_ / "rules" / "sub");
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  void write(std::string const& name, std::string const& text) const { std::ofstream(path_ / name) << text; }
  [[nodiscard]] std::string operator/(std::string const& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("load: files in the place of their first use") {
  CHECK(load({{"m.care", ""}}, "m.care") == "m.care");
  CHECK(load({{"r/m.care", "use \"a.care\" use \"sub/b.care\""},
              {"r/a.care", "use \"sub/c.care\""},
              {"r/sub/b.care", "use \"c.care\" use \"../a.care\""},
              {"r/sub/c.care", ""}},
             "r/m.care") == "r/m.care r/a.care r/sub/c.care r/sub/b.care");
  CHECK(load({{"m.care", "use \"./a.care\" use \"x/../a.care\""}, {"a.care", "service s"}}, "m.care") ==
        "m.care a.care");
}

TEST_CASE("load: files that cannot be used") {
  CHECK(load({}, "m.care") == "E0001 m.care");
  CHECK(load({{"m.care", "use \"a.care\" service s"}}, "m.care") == "m.care E0001 m.care");
  CHECK(load({{"r/m.care", "use \"../a.care\""}, {"a.care", ""}}, "r/m.care") == "r/m.care E0006 r/m.care");
  CHECK(load({{"m.care", "use \"/a.care\""}, {"/a.care", ""}}, "m.care") == "m.care E0006 m.care");
  CHECK(load({{"m.care", "use \"\""}}, "m.care") == "m.care E0006 m.care");
  CHECK(load({{"m.care", "use \".\""}}, "m.care") == "m.care E0006 m.care");
  CHECK(load({{"r/s/m.care", "use \"../a.care\""}, {"r/a.care", ""}}, "r/s/m.care", "r") == "r/s/m.care r/a.care");
}

TEST_CASE("load: files that use each other in a circle") {
  CHECK(load({{"m.care", "use \"m.care\""}}, "m.care") == "m.care E0007 m.care");
  CHECK(load({{"m.care", "use \"a.care\""}, {"a.care", "use \"b.care\""}, {"b.care", "use \"a.care\""}}, "m.care") ==
        "m.care a.care b.care E0007 b.care");
}

TEST_CASE("load: a chain of many files ends") {
  Files files;
  for (int i = 0; i < 600; ++i)
    files["f" + std::to_string(i) + ".care"] = "use \"f" + std::to_string(i + 1) + ".care\"";
  std::string const loaded = load(files, "f0.care");
  CHECK(loaded.ends_with("f499.care E0008 f499.care"));
}

TEST_CASE("load: the file loader reads regular files below the root only") {
  Folder const folder;
  folder.write("rules/m.care", "service s");
  folder.write("outside.care", "service t");
  std::filesystem::create_symlink(folder / "outside.care", folder / "rules/link.care");
  std::filesystem::create_symlink(folder / "rules/m.care", folder / "rules/sub/inside.care");
  REQUIRE(::mkfifo((folder / "rules/pipe.care").c_str(), 0600) == 0);
  Loader const loader = file_loader(folder / "rules");
  CHECK(loader(folder / "rules/m.care") == "service s");
  CHECK(loader(folder / "rules/sub/inside.care") == "service s");
  CHECK_FALSE(loader(folder / "rules/link.care"));
  CHECK_FALSE(loader(folder / "rules/../outside.care"));
  CHECK_FALSE(loader(folder / "rules/pipe.care"));
  CHECK_FALSE(loader(folder / "rules/sub"));
  CHECK_FALSE(loader(folder / "rules/missing.care"));
  CHECK_FALSE(loader(std::string("m.care\0", 7)));
}

TEST_CASE("load: of a file that is too large no more is read than shows it") {
  Folder const folder;
  folder.write("rules/m.care", std::string(3 * parse::max_file_bytes, ' '));
  std::optional<std::string> const text = file_loader(folder / "rules")(folder / "rules/m.care");
  REQUIRE(text);
  CHECK(text->size() > parse::max_file_bytes);
  CHECK(text->size() < 2 * parse::max_file_bytes);
}

TEST_CASE("load: paths") {
  using parse::parse_path;
  CHECK(parse_path("a/./b/../c").text() == "a/c");
  CHECK(parse_path("../a").text() == "../a");
  CHECK(parse_path("/../a").text() == "/a");
  CHECK(parse_path("").text() == ".");
  CHECK(parse_path("a").parent().text() == ".");
  CHECK(parse_path("a/b").below(parse_path("a")));
  CHECK_FALSE(parse_path("ab/c").below(parse_path("a")));
  CHECK_FALSE(parse_path("../a").below(parse_path(".")));
}

TEST_CASE("load: the running example") {
  SourceMap sources;
  std::string const path = CARESTEP_SOURCE_DIR "/tests/rulesets/riverbend.care";
  Sink sink(sources);
  ast::Bundle const bundle = load_files(path, "", file_loader(CARESTEP_SOURCE_DIR "/tests/rulesets"), sources, sink);
  CHECK(sink.diagnostics().empty());
  REQUIRE(bundle.files.size() == 1);
  CHECK(bundle.files[0].decls.size() == 43);
  CHECK(bundle.files[0].comments.size() == 7);
}

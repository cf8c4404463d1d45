// Golden rule files. Under tests/lang/CONSTRUCT/ok every file must check clean, its examples must pass, and formatting
// must keep its meaning. Under tests/lang/CONSTRUCT/bad a file carries what is to be said about it, below the line it
// is said about:
//
//   rule r1 when withdrawal_rsk is severe then at least detox
//   #!           ^^^^^^^^^^^^^^ E0203 unknown input `withdrawal_rsk`
//   #!           help: did you mean `withdrawal_risk`?
//   #!           note: 3:7 first declared here
//   #!           fix: withdrawal_risk
//
// The `#!` lines are taken out before the file is read, and places are those of the file without them. Where carets do
// not fit (columns 1 and 2, behind a tab) the columns are written: `#! @1..5 E0101 …`. `--bless` writes what is said
// now into the files; read the difference before you commit it. Files that others `use` lie in a folder below.
//
// The rules under tests/lang/prove are proved as well: what `prove` finds is part of what is said about them.
//
//   carestep_golden [--bless] FOLDER…      each FOLDER a construct's, with ok and bad in it

#include <carestep/carestep.hpp>

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

std::string read(fs::path const& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Lines split(std::string const& text) {
  Lines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string join(Lines const& lines) {
  std::string text;
  for (std::string const& line : lines) text += line + '\n';
  return text;
}

bool is_expectation(std::string const& line) {
  return line.starts_with("#!");
}

Lines without_expectations(Lines lines) {
  lines.erase(std::remove_if(lines.begin(), lines.end(), is_expectation), lines.end());
  return lines;
}

carestep::FileLoader beside(fs::path const& file) {
  return [folder = file.parent_path()](std::string const& path) -> std::optional<std::string> {
    if (!fs::is_regular_file(folder / path)) return std::nullopt;
    return read(folder / path);
  };
}

// ---- what is said about a file, as `#!` lines
// --------------------------------------------------------------------------

/// `#!` and blanks up to where the carets stand, or the columns in words.
std::string marker(carestep::Place const& at) {
  std::string_view const line = at.source_line;
  bool const tab_before = line.substr(0, std::min<std::size_t>(at.column, line.size())).find('\t') != line.npos;
  bool const one_line = at.end_line == at.line;
  if (at.column < 3 || tab_before || !one_line) {
    std::string const end =
        one_line ? fmt::format("{}", at.end_column) : fmt::format("{}:{}", at.end_line, at.end_column);
    return fmt::format("#! @{}..{}", at.column, end);
  }
  std::size_t const length = at.end_column > at.column ? at.end_column - at.column : 1;
  return "#!" + std::string(at.column - 3, ' ') + std::string(length, '^');
}

std::string indent(std::string const& marked) {
  return marked.substr(0, std::max<std::size_t>(marked.find_first_of("^@"), 3));
}

Lines said(carestep::Diagnostic const& diagnostic, std::string const& file) {
  carestep::Place const& at = diagnostic.place;
  bool const elsewhere = at.file != file || at.line == 0;
  std::string const head = elsewhere ? fmt::format("#! {}:{}:{}", at.file, at.line, at.column) : marker(at);
  std::string const margin = elsewhere ? "#! " : indent(head);
  Lines lines{fmt::format("{} {} {}", head, diagnostic.code, diagnostic.message)};
  if (!diagnostic.help.empty()) lines.push_back(fmt::format("{}help: {}", margin, diagnostic.help));
  for (carestep::Related const& related : diagnostic.related) {
    std::string const where = related.place.file == file ? "" : related.place.file + ":";
    lines.push_back(
        fmt::format("{}note: {}{}:{} {}", margin, where, related.place.line, related.place.column, related.message));
  }
  if (!diagnostic.replacement.empty()) lines.push_back(fmt::format("{}fix: {}", margin, diagnostic.replacement));
  return lines;
}

/// The file's own lines with what is said about each below it; what is said of other files comes last.
Lines annotated(Lines const& source, carestep::Diagnostics const& diagnostics, std::string const& file) {
  Lines out;
  auto const add = [&](auto const& belongs) {
    for (carestep::Diagnostic const& diagnostic : diagnostics) {
      if (!belongs(diagnostic.place)) continue;
      Lines const lines = said(diagnostic, file);
      out.insert(out.end(), lines.begin(), lines.end());
    }
  };
  for (std::size_t i = 0; i < source.size(); ++i) {
    out.push_back(source[i]);
    add([&](carestep::Place const& at) { return at.file == file && at.line == i + 1; });
  }
  add([&](carestep::Place const& at) { return at.file != file || at.line == 0 || at.line > source.size(); });
  return out;
}

// ---- the two kinds of file
// ---------------------------------------------------------------------------------------------

bool is_to_be_proved(fs::path const& path) {
  return path.parent_path().parent_path().filename() == "prove";
}

/// Everything that is said about a file.
carestep::Diagnostics diagnostics_of(carestep::Result<carestep::Ruleset> const& rules, fs::path const& path) {
  if (!rules) return rules.error();
  carestep::Diagnostics all = rules->warnings();
  if (is_to_be_proved(path)) {
    carestep::Diagnostics const found = prove(*rules).diagnostics;
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

/// What is wrong with a file of `ok`; empty when nothing is.
std::string judge_ok(fs::path const& path) {
  std::string const text = join(without_expectations(split(read(path))));
  std::string const name = path.filename().string();
  auto const rules = carestep::load_text(text, name, beside(path));
  if (!rules) return carestep::diagnostics_text(rules.error());
  if (!rules->warnings().empty()) return carestep::diagnostics_text(rules->warnings());
  carestep::TestReport const report = rules->test();
  if (!report.passed()) return report.text();
  if (is_to_be_proved(path)) {
    carestep::Diagnostics const found = prove(*rules).diagnostics;
    if (!found.empty()) return carestep::diagnostics_text(found);
  }
  auto const formatted = carestep::format_text(text, name);
  if (!formatted) return "cannot be formatted:\n" + carestep::diagnostics_text(formatted.error());
  auto const again = carestep::format_text(*formatted, name);
  if (!again || *again != *formatted) return "formatting twice gives another text\n";
  auto const reread = carestep::load_text(*formatted, name, beside(path));
  if (!reread) return "does not check any more when formatted:\n" + carestep::diagnostics_text(reread.error());
  if (reread->sha256() != rules->sha256()) return "formatting changes the digest\n";
  return {};
}

std::string first_difference(Lines const& expected, Lines const& got) {
  auto const [left, right] = std::mismatch(expected.begin(), expected.end(), got.begin(), got.end());
  return fmt::format("line {}:\n  expected: {}\n  got:      {}\n", left - expected.begin() + 1,
                     left == expected.end() ? "(nothing)" : *left, right == got.end() ? "(nothing)" : *right);
}

/// What is wrong with a file of `bad`.
std::string judge_bad(fs::path const& path, bool bless) {
  Lines const expected = split(read(path));
  Lines const source = without_expectations(expected);
  std::string const name = path.filename().string();
  auto const rules = carestep::load_text(join(source), name, beside(path));
  carestep::Diagnostics const diagnostics = diagnostics_of(rules, path);
  if (diagnostics.empty()) return "checks clean, but lies in bad\n";
  Lines const got = annotated(source, diagnostics, name);
  if (got == expected) return {};
  if (!bless) return first_difference(expected, got);
  std::ofstream(path, std::ios::binary) << join(got);
  fmt::print("blessed {}\n", path.string());
  return {};
}

std::vector<fs::path> care_files(fs::path const& folder) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (fs::directory_entry const& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".care") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

struct Count {
  int passed = 0;
  int failed = 0;

  void add(fs::path const& path, std::string const& wrong) {
    ++(wrong.empty() ? passed : failed);
    if (!wrong.empty()) fmt::print("FAILED {}\n{}\n", path.string(), wrong);
  }
};

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> folders(argv + 1, argv + argc);
  auto const flag = std::find(folders.begin(), folders.end(), "--bless");
  bool const bless = flag != folders.end();
  if (bless) folders.erase(flag);
  Count count;
  for (fs::path const folder : folders) {
    for (fs::path const& path : care_files(folder / "ok")) count.add(path, judge_ok(path));
    for (fs::path const& path : care_files(folder / "bad")) count.add(path, judge_bad(path, bless));
  }
  fmt::print("{} passed, {} failed\n", count.passed, count.failed);
  return count.failed == 0 && count.passed > 0 ? 0 : 1;
}

// Whole commands, file to file: `carestep decide --brief` beside the hand-written simdjson program. Commands run
// alternately; what they write has to be the same, byte for byte. Prints a Markdown table.
//
//   carestep_files_bench [--quick] [--rounds N] [--records N] [--rules FILE] [--folder DIR]
//
// The commands are looked for beside this program. Files of about 460 bytes a record are made in DIR (default: a new
// folder for temporary files) and removed again.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <spawn.h>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <vector>

#include "engine.hpp"
#include "harness.hpp"

extern char** environ;

namespace {

namespace fs = std::filesystem;
using namespace bench;

struct Options {
  int rounds = 7;
  std::size_t records = 500'000;
  std::string rules = CARESTEP_SOURCE_DIR "/tests/bench/sud-continuum.care";
  fs::path programs;
  fs::path folder;
};

Options read_options(int argc, char** argv) {
  Options options;
  options.programs = fs::absolute(argv[0]).parent_path();
  for (int i = 1; i < argc; ++i) {
    std::string_view const word = argv[i];
    bool const more = i + 1 < argc;
    if (word == "--quick") {
      options.rounds = 3;
      options.records = 100'000;
    } else if (word == "--rounds" && more) {
      options.rounds = std::max(1, std::atoi(argv[++i]));
    } else if (word == "--records" && more) {
      options.records = std::strtoull(argv[++i], nullptr, 10);
    } else if (word == "--rules" && more) {
      options.rules = argv[++i];
    } else if (word == "--folder" && more) {
      options.folder = argv[++i];
    } else {
      std::fprintf(stderr, "usage: %s [--quick] [--rounds N] [--records N] [--rules FILE] [--folder DIR]\n", argv[0]);
      std::exit(2);
    }
  }
  return options;
}

/// A folder that goes with what is in it.
class Folder {
 public:
  explicit Folder(fs::path const& wanted) {
    std::string name = ((wanted.empty() ? fs::temp_directory_path() : wanted) / "carestep-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) give_up("cannot make a folder for files");
    path_ = name;
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(std::string const& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

// ---- commands
// ---------------------------------------------------------------------------------------------------------

struct Ran {
  double seconds = 0;
  double cpu_seconds = 0;
  double peak_mib = 0;
};

double in_seconds(timeval time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

Ran run(std::vector<std::string> const& command) {
  std::vector<char*> words;
  for (std::string const& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  auto const start = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (posix_spawn(&child, words[0], nullptr, nullptr, words.data(), environ) != 0) give_up("cannot run " + command[0]);
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    give_up(command[0] + " failed");
  std::chrono::duration<double> const spent = std::chrono::steady_clock::now() - start;
  return {spent.count(), in_seconds(used.ru_utime) + in_seconds(used.ru_stime),
          static_cast<double>(used.ru_maxrss) / 1024};
}

struct Form {
  std::string name;
  std::vector<std::string> command;
  std::string out;
  std::vector<double> gains = {};
  std::vector<Ran> runs = {};
};

/// Byte by byte: what this program holds would count as the peak memory of the commands that it runs afterwards.
bool same_bytes(std::string const& path, std::string const& other) {
  std::ifstream one(path, std::ios::binary);
  std::ifstream two(other, std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return std::equal(Bytes(one), {}, Bytes(two), {});
}

void require_same(Form const& form, Form const& other) {
  run(form.command);
  run(other.command);
  if (!same_bytes(form.out, other.out))
    give_up(fmt::format("`{}` and `{}` wrote different decisions", form.name, other.name));
}

template <class Member>
double median_of(Form const& form, Member member) {
  std::vector<double> values;
  for (Ran const& ran : form.runs) values.push_back(ran.*member);
  return median(values);
}

void print_row(Form const& form, std::size_t records, double bytes) {
  double const seconds = median_of(form, &Ran::seconds);
  double const a_record = seconds * 1e9 / static_cast<double>(records);
  fmt::print("| {} | {} | {:.3g} M | {:.0f} | {} | {} | {:.2f} | {:.0f} MiB |\n", form.name, shown_time(a_record),
             1e3 / a_record, bytes / seconds / 1e6, form.gains.empty() ? "1" : shown_gain(median(form.gains)),
             form.gains.empty() ? "" : shown_spread(form.gains), median_of(form, &Ran::cpu_seconds) / seconds,
             median_of(form, &Ran::peak_mib));
}

void make_file(std::string const& path, std::size_t records, void (*line)(std::string&, std::uint64_t, Record const&)) {
  std::ofstream file(path, std::ios::binary);
  std::string text;
  for (std::uint64_t id = 0; id < records; ++id) {
    line(text, id, make_record(id));
    if (text.size() > (std::size_t{1} << 20U) || id + 1 == records) {
      file << text;
      text.clear();
    }
  }
  if (!file.flush()) give_up("cannot write " + path);
}

}  // namespace

int main(int argc, char** argv) {
  Options const options = read_options(argc, argv);
  Folder const folder(options.folder);
  std::string const in = folder.file("assessments.ndjson");
  make_file(in, options.records, [](std::string& out, std::uint64_t id, Record const& record) {
    write_assessment_line(out, id, record, 0);
  });
  auto const decide = [&](std::string const& jobs) {
    std::string const out = folder.file("decided-" + jobs);
    return Form{"carestep decide --brief --jobs " + jobs,
                {(options.programs / "carestep").string(), "decide", "--brief", "--jobs", jobs, "--out", out,
                 options.rules, in},
                out};
  };
  std::string const out = folder.file("by-hand");
  Form by_hand{"by hand: simdjson On-Demand, if/else",
               {(options.programs / "carestep_simdjson_baseline").string(), in, out},
               out};
  std::vector<Form> forms = {decide("1"), decide("2")};
  for (Form const& form : forms) require_same(form, by_hand);
  for (int round = 0; round < options.rounds; ++round) {
    Ran before = run(by_hand.command);
    for (Form& form : forms) {
      form.runs.push_back(run(form.command));
      by_hand.runs.push_back(run(by_hand.command));
      Ran const after = by_hand.runs.back();
      form.gains.push_back((before.seconds + after.seconds) / 2 / form.runs.back().seconds);
      before = after;
    }
  }
  auto const bytes = static_cast<double>(fs::file_size(in));
  fmt::print("### {} assessments as NDJSON, file to file\n\n{:.0f} bytes a record. {} rounds.\n\n", options.records,
             bytes / static_cast<double>(options.records), options.rounds);
  fmt::print("| command | a record | records/s | MB/s | against by hand | spread | cores busy | peak memory |\n");
  fmt::print("|---|--:|--:|--:|--:|--:|--:|--:|\n");
  print_row(by_hand, options.records, bytes);
  for (Form const& form : forms) print_row(form, options.records, bytes);
  fmt::print("\n");
  return 0;
}

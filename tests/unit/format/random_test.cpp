#include <cctype>
#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <random>

#include "support.hpp"

// Every rule file of the repository, with comments and blanks thrown in at random between its tokens. Another seed than
// the fixed one: CARESTEP_SEED=7 carestep_unit_tests --source-file=*/format/*

namespace fs = std::filesystem;
using carestep::format_test::Parsed;
using carestep::format_test::read;

namespace {

struct RuleFile {
  std::string path;
  std::string canonical;
};

std::string bytes(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// What the shipped files have little of: long conditions, lists in lists, sums, trees and cases that do not fit a
/// line.
constexpr char const* dense = R"(
rule long_one "Long" when first_condition_of_many is severe or worse and (second_condition_of_many >= 2 * (a + b) - 3 * c
  or not third_condition is one of (alpha, beta, gamma, -3, 2.5)) and any of (x is y "label one", at least 2 of (p, q, r) >= 3,
  none of scores is unsafe, count of (one_thing, another_thing, a_third_thing, a_fourth_thing, a_fifth_thing_at_last) > 1)
  unless exactly 1 of (a, b) then only residential, php, iop and needs a, b and alert "A \"quoted\" # text"
  overrides rule_a, rule_b because "B" cites s "p. 1" cites s2
rule bullets when serious and at least 2 of
  - first_condition_of_many is severe or worse and second_condition_of_many is severe or worse and third_condition_of_many
  - (a or b) and any of (c, d) "label"
  - -3 <= x
  - y within 7 days
  then at least iop
score s "S" = 2 * count of (home_environment is unsafe, relapse_risk is imminent) - highest of (a_long_name_here, b_long_name_here)
  + lowest of scores - 3 - a_very_long_name_of_an_input_that_goes_on_and_on_and_on - another_very_long_name_of_an_input + 1
score t 10 when a and b 2 when any of (c, d) 0 otherwise lower is worse
score u -1 when a 0 otherwise
grade g "G" v1 < v2 < v3 v3 when first_condition_of_many is severe or worse and second_condition_of_many is severe or worse
  and third v2 when at least 2 of
  - a
  - b
  v1 otherwise higher is worse
tree t "T" start "Is it so?": first_condition_of_many is severe or worse and second_condition_of_many is severe or worse and c
  yes -> at least residential and suggest family_therapy and alert "A long text so that the line does not fit any more" and note "N"
  no -> next next: at least 1 of
  - a
  - b
  yes -> - no -> not outpatient because "B"
table f first "F"
  | a | previous b | count of c | then |
  | -3 or more | x or y | 1 to 2 | needs a, b and reassess in 3 days |
  | < 5 | z or worse | - | continue iop |
  cites s
levels level_number_one < level_number_two < level_number_three < level_number_four < level_number_five < level_number_six < seven
level iop "I" code a "1" code b "2" reassess every 2 weeks offers a, b
admit iop as fits when first_condition_of_many is severe or worse and second_condition_of_many is severe or worse and third is x
continue iop when any of
  - a
  - b
  because "B"
step down residential, php -> iop, outpatient when a or b
discharge iop, outpatient
waive dead of x because "B"
list scores = one_score, another_score, a_third_score, a_fourth_score, a_fifth_score, a_sixth_score, a_seventh_score, eighth
example "E" given current_level none, unavailable (iop, php), first_condition_of_many severe on 2026-01-03, conditions (a, b), d -3,
  previous x 3, last_use 45 days ago, wait 3 days, seen 2026-01-01 expect undetermined between iop and php and not ask previous x
)";

/// The files that parse, formatted.
std::vector<RuleFile> rule_files() {
  std::vector<RuleFile> files;
  for (char const* folder : {"rules", "tests", "examples"}) {
    fs::path const root = fs::path(CARESTEP_SOURCE_DIR) / folder;
    if (!fs::exists(root)) continue;
    for (fs::directory_entry const& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".care") continue;
      Parsed const parsed = read(bytes(entry.path()));
      if (!parsed.failed()) files.push_back({entry.path().string(), parsed.formatted()});
    }
  }
  Parsed const parsed = read(dense);
  REQUIRE_MESSAGE(!parsed.failed(), parsed.problem());
  files.push_back({"dense", parsed.formatted()});
  std::sort(files.begin(), files.end(), [](auto const& a, auto const& b) { return a.path < b.path; });
  return files;
}

unsigned seed() {
  char const* given = std::getenv("CARESTEP_SEED");
  return given == nullptr ? 20260514U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.substr(0, word.size()) == word &&
         (text.size() == word.size() || (std::isalnum(static_cast<unsigned char>(text[word.size()])) == 0));
}

/// Writes a text again with other blanks between its tokens, and with comments where asked.
class Shaker {
 public:
  Shaker(std::string_view text, std::mt19937& random, bool comments)
      : text_(text), random_(random), comments_(comments) {}

  std::string shaken() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    char const c = text_[at_];
    if (c == '"') return copy(text_end());
    if (c == '#') return copy(line_end());
    if (c == '|' && only_blanks_on_line()) return copy_row();
    if (c == ' ' || c == '\n') return gap();
    if (c == '(' || c == ')' || c == ',') maybe_shake();
    copy(at_ + 1);
  }

  void gap() {
    std::size_t end = at_;
    while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\n')) ++end;
    std::size_t const line_break = text_.substr(at_, end - at_).rfind('\n');
    bool const in_line = line_break == std::string_view::npos;
    if (!in_line) begin_line(end - at_ - line_break - 1, text_.substr(end, 2) == "- ");
    copy(end);
    if (in_line || comments_) maybe_shake();
  }

  /// A bullet goes on for as long as its further lines are indented deeper.
  void begin_line(std::size_t indent, bool bullet) {
    in_bullet_ = bullet || (in_bullet_ && indent > bullet_indent_);
    if (bullet) bullet_indent_ = indent;
  }

  /// Blanks before what comes next, a line break or a comment among them if that can begin a line.
  void maybe_shake() {
    if (at_ >= text_.size() || random_() % 8 != 0) return;
    std::string_view const next = text_.substr(at_);
    bool const joins = starts_with_word(next, "and") || starts_with_word(next, "or");
    bool const may_break = next[0] != '-' && next[0] != '|' && next[0] != '#' && !(joins && in_bullet_);
    if (!may_break || random_() % 3 == 0) {
      if (next[0] != '-' && next[0] != '#') out_ += std::string(random_() % 4, ' ');
    } else if (comments_ && random_() % 2 == 0) {
      out_ += fmt::format("{}# {} \"(and -{}", random_() % 2 == 0 ? " " : "\n  ", ++number_, blanks());
    } else {
      out_ += comments_ ? blanks() : "\n   ";
    }
  }

  std::string blanks() {
    static constexpr char const* all[] = {"\n", "\n\n\n", " \n  ", "\r\n\t", "\n      "};
    return all[random_() % std::size(all)];
  }

  void copy(std::size_t end) {
    out_ += text_.substr(at_, end - at_);
    at_ = end;
  }

  void copy_row() {
    copy(line_end());
    if (comments_ && random_() % 4 == 0) out_ += fmt::format(" # row {}", ++number_);
  }

  [[nodiscard]] std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }

  [[nodiscard]] std::size_t text_end() const {
    std::size_t i = at_ + 1;
    while (text_[i] != '"') i += text_[i] == '\\' ? 2 : 1;
    return i + 1;
  }

  [[nodiscard]] bool only_blanks_on_line() const {
    std::size_t const last = out_.find_last_not_of(" \t");
    return last == std::string::npos || out_[last] == '\n';
  }

  std::string_view text_;
  std::mt19937& random_;
  bool comments_;
  std::size_t at_ = 0;
  std::string out_;
  int number_ = 0;
  bool in_bullet_ = false;
  std::size_t bullet_indent_ = 0;
};

void check_form(std::string const& text) {
  CHECK((text.empty() || text.back() == '\n'));
  CHECK(text.find('\t') == std::string::npos);
  CHECK(text.find('\r') == std::string::npos);
  CHECK(text.find(" \n") == std::string::npos);
  CHECK(text.find("\n\n\n") == std::string::npos);
}

}  // namespace

TEST_CASE("the rule files of the repository keep their tree and comments and format to themselves") {
  std::vector<RuleFile> const files = rule_files();
  CHECK(files.size() >= 10);
  for (RuleFile const& file : files) {
    CAPTURE(file.path);
    Parsed const again = read(file.canonical);
    REQUIRE_MESSAGE(!again.failed(), again.problem());
    CHECK(again.formatted() == file.canonical);
    check_form(file.canonical);
  }
}

TEST_CASE("comments thrown in at random are all kept") {
  std::mt19937 random(seed());
  for (RuleFile const& file : rule_files()) {
    Parsed const before = read(file.canonical);
    for (int round = 0; round < 10; ++round) {
      std::string const text = Shaker(file.canonical, random, true).shaken();
      CAPTURE(seed());
      CAPTURE(file.path);
      CAPTURE(text);
      Parsed const shaken = read(text);
      REQUIRE_MESSAGE(!shaken.failed(), shaken.problem());
      REQUIRE(shaken.tokens() == before.tokens());
      REQUIRE(shaken.trees() == before.trees());
      std::string const once = shaken.formatted();
      Parsed const after = read(once);
      REQUIRE_MESSAGE(!after.failed(), after.problem(), "\n", once);
      REQUIRE(after.tokens() == before.tokens());
      REQUIRE(after.trees() == before.trees());
      REQUIRE(after.comments() == shaken.comments());
      REQUIRE(after.formatted() == once);
      check_form(once);
    }
  }
}

TEST_CASE("blanks thrown in at random change nothing") {
  std::mt19937 random(seed());
  for (RuleFile const& file : rule_files()) {
    for (int round = 0; round < 5; ++round) {
      std::string const text = Shaker(file.canonical, random, false).shaken();
      CAPTURE(seed());
      CAPTURE(file.path);
      CAPTURE(text);
      Parsed const shaken = read(text);
      REQUIRE_MESSAGE(!shaken.failed(), shaken.problem());
      REQUIRE(shaken.formatted() == file.canonical);
    }
  }
}

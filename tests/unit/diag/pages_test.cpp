// Every code has a page, and the page is true: what it shows as wrong provokes the code, what it shows as right does
// not.

#include <carestep/carestep.hpp>

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

/// A fenced block of a page. The first word behind the fence is the language; a second names the file.
struct Block {
  std::string language;
  std::string file;
  std::string text;
};

/// The blocks of a page by their heading.
std::map<std::string, std::vector<Block>> blocks_of(std::string const& page) {
  std::map<std::string, std::vector<Block>> blocks;
  std::istringstream in(page);
  std::string heading;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      blocks[heading].back().text += line + '\n';
    } else if (line.starts_with("```")) {
      std::istringstream info(line.substr(3));
      Block block;
      info >> block.language >> block.file;
      blocks[heading].push_back(block);
      inside = true;
    } else if (line.starts_with("## ")) {
      heading = line.substr(3);
    }
  }
  return blocks;
}

using Codes = std::vector<std::string>;

/// What is said about a ruleset: the first block is the main file, the others are files that it uses. `proved`: what
/// `prove` finds too.
Codes codes_of_rules(std::vector<Block> const& blocks, bool proved) {
  carestep::FileLoader const loader = [&](std::string const& path) -> std::optional<std::string> {
    for (Block const& block : blocks)
      if (block.file == path) return block.text;
    return std::nullopt;
  };
  auto const rules = carestep::load_text(blocks.front().text, "rules.care", loader);
  Codes codes;
  for (carestep::Diagnostic const& diagnostic : rules ? rules->warnings() : rules.error())
    codes.push_back(diagnostic.code);
  if (rules && proved)
    for (carestep::Diagnostic const& diagnostic : prove(*rules).diagnostics) codes.push_back(diagnostic.code);
  return codes;
}

/// What is said about an assessment, by its reading or by the decision.
Codes codes_of_assessment(carestep::Ruleset const& rules, std::string const& json) {
  Codes codes;
  auto const read = carestep::assessment_from_json(rules, json);
  std::vector<carestep::Refusal> const refusals =
      read ? rules.decide(read->assessment).refusals : read.error().refusals;
  for (carestep::Refusal const& refusal : refusals) codes.push_back(refusal.code);
  return codes;
}

bool has(Codes const& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool has_error(Codes const& codes) {
  return std::any_of(codes.begin(), codes.end(), [](std::string const& code) { return code.front() == 'E'; });
}

/// What no rule file or JSON on a page can show: files that are too large, too many, or no text (tests/unit/parse), an
/// assessment of another ruleset (tests/unit/api), and a proof that takes too long (tests/unit/analyze).
bool is_beyond_a_page(std::string_view code) {
  return code == "E0002" || code == "E0003" || code == "E0008" || code == "E0618" || code == "W0703";
}

bool is_about_assessments(std::string_view code) {
  return code.starts_with("E06");
}

void check_rules_page(std::string_view code, std::map<std::string, std::vector<Block>> const& blocks) {
  REQUIRE(blocks.count("Wrong") == 1);
  REQUIRE(blocks.count("Right") == 1);
  bool const proved = code.substr(1, 2) == "07";
  CHECK(has(codes_of_rules(blocks.at("Wrong"), proved), code));
  Codes const right = codes_of_rules(blocks.at("Right"), proved);
  CHECK_FALSE(has(right, code));
  CHECK_FALSE(has_error(right));
}

void check_assessment_page(std::string_view code, std::map<std::string, std::vector<Block>> const& blocks) {
  REQUIRE(blocks.count("Rules") == 1);
  REQUIRE(blocks.count("Wrong") == 1);
  REQUIRE(blocks.count("Right") == 1);
  auto const rules = carestep::load_text(blocks.at("Rules").front().text);
  REQUIRE(rules.ok());
  for (Block const& block : blocks.at("Wrong")) CHECK(has(codes_of_assessment(*rules, block.text), code));
  for (Block const& block : blocks.at("Right")) CHECK(codes_of_assessment(*rules, block.text).empty());
}

}  // namespace

TEST_CASE("every code has a page that is true") {
  for (std::string_view const code : carestep::diagnostic_codes()) {
    INFO(code);
    std::string const page = carestep::diagnostic_page(code);
    CHECK(page.starts_with("# " + std::string(code) + ": "));
    if (page.empty() || is_beyond_a_page(code)) continue;
    if (is_about_assessments(code)) {
      check_assessment_page(code, blocks_of(page));
    } else {
      check_rules_page(code, blocks_of(page));
    }
  }
}

TEST_CASE("codes are in order, and none stands twice") {
  std::vector<std::string_view> const codes = carestep::diagnostic_codes();
  CHECK(std::adjacent_find(codes.begin(), codes.end(), std::greater_equal<>()) == codes.end());
}

TEST_CASE("an unknown code has no page") {
  CHECK(carestep::diagnostic_page("E9999").empty());
}

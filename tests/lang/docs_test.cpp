// docs/language.md is true: its ```care blocks are read, checked and tried, and its lists of keywords are the parser's.
//
//   ```care                 a complete ruleset
//   ```care prelude         the ruleset that fragments are added to
//   ```care fragment        declarations behind the prelude
//   ```care wrong E0417     likewise, with a mistake: the errors are of this code
//   ```care file NAME       a file that others `use`
//
// Every block but a wrong one must load without an error, and its examples must pass.
//
//   carestep_docs [FILE]    docs/language.md without FILE

#include <carestep/carestep.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "parse/keywords.hpp"

namespace {

using Words = std::vector<std::string>;

struct Block {
  std::size_t line = 0;  // of the first line of its text
  std::string language;  // `care`, `text`
  std::string kind;      // `prelude`, `fragment`, `wrong`, `file`; empty for a complete ruleset
  std::string argument;  // of `wrong` the code, of `file` the name
  std::string heading;   // the one above it
  std::string text;
};

std::vector<Block> blocks_of(std::istream& document) {
  constexpr std::string_view fence = "```";
  std::vector<Block> blocks;
  std::string heading;
  bool inside = false;
  std::size_t number = 1;
  for (std::string line; std::getline(document, line); ++number) {
    if (line.starts_with(fence)) {
      inside = !inside;
      if (!inside) continue;
      Block& block = blocks.emplace_back();
      block.line = number + 1;
      block.heading = heading;
      std::istringstream(line.substr(fence.size())) >> block.language >> block.kind >> block.argument;
    } else if (inside) {
      blocks.back().text += line + '\n';
    } else if (line.starts_with('#')) {
      heading = line.substr(std::min(line.size(), line.find_first_not_of("# ")));
    }
  }
  return blocks;
}

Words words_of(std::string const& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), std::istream_iterator<std::string>()};
}

class Judge {
 public:
  explicit Judge(std::vector<Block> const& blocks) : blocks_(blocks) {
    for (Block const& block : blocks_) {
      if (block.kind == "prelude") prelude_ += block.text;
      if (block.kind == "file") files_[block.argument] = block.text;
    }
  }

  /// What is wrong with a block; empty when nothing is.
  [[nodiscard]] std::string operator()(Block const& block) const {
    if (block.kind == "file") return {};
    if (block.kind == "wrong") return wrong(block);
    if (block.kind.empty() || block.kind == "prelude") return right(block.text);
    if (block.kind == "fragment") return right(prelude_ + block.text);
    return fmt::format("`{}` is no kind of block\n", block.kind);
  }

 private:
  [[nodiscard]] carestep::Result<carestep::Ruleset> load(std::string text) const {
    return carestep::load_text(std::move(text), "rules.care",
                               [this](std::string const& path) -> std::optional<std::string> {
                                 auto const file = files_.find(path);
                                 return file == files_.end() ? std::nullopt : std::optional(file->second);
                               });
  }

  [[nodiscard]] std::string right(std::string const& text) const {
    auto const rules = load(text);
    if (!rules) return carestep::diagnostics_text(rules.error());
    carestep::TestReport const report = rules->test();
    return report.passed() ? std::string() : report.text();
  }

  [[nodiscard]] std::string wrong(Block const& block) const {
    auto const rules = load(block.text.starts_with("ruleset") ? block.text : prelude_ + block.text);
    if (rules) return fmt::format("has no error, {} is expected\n", block.argument);
    bool const as_said = std::all_of(rules.error().begin(), rules.error().end(), [&](carestep::Diagnostic const& one) {
      return one.severity != carestep::Severity::error || one.code == block.argument;
    });
    return as_said ? std::string() : carestep::diagnostics_text(rules.error());
  }

  std::vector<Block> const& blocks_;
  std::string prelude_;
  std::map<std::string, std::string> files_;
};

/// What is wrong with the list of words below a heading.
template <class Table>
std::string judge_words(std::vector<Block> const& blocks, std::string_view heading, Table const& table) {
  auto const block = std::find_if(blocks.begin(), blocks.end(),
                                  [&](Block const& b) { return b.language == "text" && b.heading == heading; });
  if (block == blocks.end()) return fmt::format("there is no list below \"{}\"\n", heading);
  Words const said = words_of(block->text);
  Words const meant(table.begin(), table.end());
  if (said == meant) return {};
  auto const [in_document, in_parser] = std::mismatch(said.begin(), said.end(), meant.begin(), meant.end());
  return fmt::format("\"{}\": the document has `{}` where the parser has `{}`\n", heading,
                     in_document == said.end() ? "" : *in_document, in_parser == meant.end() ? "" : *in_parser);
}

struct Count {
  int passed = 0;
  int failed = 0;

  void add(std::string const& what, std::string const& wrong) {
    ++(wrong.empty() ? passed : failed);
    if (!wrong.empty()) fmt::print("FAILED {}\n{}\n", what, wrong);
  }
};

}  // namespace

int main(int argc, char** argv) {
  std::string const path = argc > 1 ? argv[1] : CARESTEP_SOURCE_DIR "/docs/language.md";
  std::ifstream document(path);
  std::vector<Block> const blocks = blocks_of(document);
  Judge const judge(blocks);
  Count count;
  for (Block const& block : blocks)
    if (block.language == "care") count.add(fmt::format("{}:{} {}", path, block.line, block.kind), judge(block));

  using namespace carestep::parse;
  count.add(path, judge_words(blocks, "Words that cannot be declared names", keywords));
  count.add(path, judge_words(blocks, "Keywords in the `ruleset` block only", attribute_words));
  count.add(path, judge_words(blocks, "Words that cannot be values", reserved_values));
  fmt::print("{} passed, {} failed\n", count.passed, count.failed);
  return count.failed == 0 && count.passed > 3 ? 0 : 1;
}

#include <carestep/analysis.hpp>

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

#include "assessment_blocks.hpp"
#include "commands.hpp"
#include "decision_text.hpp"
#include "exit_status.hpp"
#include "io.hpp"
#include "load.hpp"

namespace carestep::cli {
namespace {

/// `OLD=NEW`, each a name of its version.
template <class Known>
Renamed renamed(std::string const& text, std::string_view what, Ruleset const& older, Ruleset const& newer,
                Known known) {
  std::size_t const at = text.find('=');
  if (at == std::string::npos) throw UsageError(fmt::format("{} wants OLD=NEW", what));
  Renamed names{text.substr(0, at), text.substr(at + 1)};
  if (!known(older, names.older)) throw UsageError(fmt::format("{}: the old version has no `{}`", what, names.older));
  if (!known(newer, names.newer)) throw UsageError(fmt::format("{}: the new version has no `{}`", what, names.newer));
  return names;
}

DiffOptions options_of(DiffCommand const& command, Ruleset const& older, Ruleset const& newer) {
  DiffOptions options;
  if (command.seconds) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::duration<double>(*command.seconds);
    options.limits.stop = [end] { return std::chrono::steady_clock::now() >= end; };
  }
  for (std::string const& text : command.renamed_inputs)
    options.inputs.push_back(
        renamed(text, "--renamed-input", older, newer,
                [](Ruleset const& r, std::string const& name) { return r.input(name).has_value(); }));
  for (std::string const& text : command.renamed_levels)
    options.levels.push_back(
        renamed(text, "--renamed-level", older, newer,
                [](Ruleset const& r, std::string const& name) { return r.level(name).has_value(); }));
  return options;
}

int status_of(DiffVerdict verdict) {
  switch (verdict) {
    case DiffVerdict::same:
      return done_and_good;
    case DiffVerdict::different:
      return bad_news;
    case DiffVerdict::gave_up:
      break;
  }
  return gave_up;
}

// ---- a caseload
// -------------------------------------------------------------------------------------------------------

/// Where a person stands in the file.
struct Person {
  std::size_t line = 0;
  std::string_view id;
};

/// Compares a caseload line by line, and tells of everybody whose decision changes or whom a version refuses.
class Caseload {
 public:
  Caseload(Ruleset const& older, Ruleset const& newer, DiffOptions const& options, ListFormat format)
      : older_(older), newer_(newer), compared_(older, newer, options), json_(format == ListFormat::json) {}

  /// Adds to `out` what there is to tell of one line.
  void take(std::string_view json, std::size_t line, std::string& out) {
    CaseDifference const& found = compared_.compare(json);
    Person const person{line, found.id};
    ++people_;
    bool const refused = found.older.status == DecisionStatus::refused && found.newer.status == DecisionStatus::refused;
    if (refused) ++refused_;
    if (found.changed) ++changed_;
    if (refused || found.changed) out += json_ ? as_json(found, person) : in_words(found, person);
  }

  /// Likewise of a line that is too long to be read.
  void take_long_line(std::size_t line, std::string& out) {
    ++people_;
    ++refused_;
    out += json_ ? fmt::format("{{\"line\":{},\"changed\":false,\"refused\":\"the line is too long\"}}\n", line)
                 : fmt::format("line {}: refused by both: the line is too long\n", line);
  }

  [[nodiscard]] std::string summary() const {
    std::size_t const same = people_ - changed_ - refused_;
    if (json_)
      return fmt::format("{{\"people\":{},\"changed\":{},\"refused_by_both\":{},\"same\":{}}}\n", people_, changed_,
                         refused_, same);
    return fmt::format("{} people: {} change, {} stay as they are, {} refused by both versions\n", people_, changed_,
                       same, refused_);
  }
  [[nodiscard]] bool all_same() const { return changed_ == 0 && refused_ == 0; }

 private:
  [[nodiscard]] std::string as_json(CaseDifference const& found, Person const& person) const {
    std::string const id = person.id.empty() ? "" : fmt::format("\"id\":{},", person.id);
    std::string const change = found.changed ? fmt::format("\"aspect\":\"{}\",\"from\":\"{}\",\"to\":\"{}\",",
                                                           to_string(found.aspect), found.from, found.to)
                                             : "";
    return fmt::format("{{\"line\":{},{}\"changed\":{},{}\"old\":{},\"new\":{}}}\n", person.line, id, found.changed,
                       change, decision_to_json(older_, found.older, {}, true),
                       decision_to_json(newer_, found.newer, {}, true));
  }

  [[nodiscard]] std::string in_words(CaseDifference const& found, Person const& person) const {
    std::string const who = person.id.empty() ? "" : fmt::format(", {}", shown_id(person.id));
    std::string text = found.changed ? fmt::format("line {}{}: {} {} -> {}\n", person.line, who,
                                                   aspect_words(found.aspect), found.from, found.to)
                                     : fmt::format("line {}{}: refused by both\n", person.line, who);
    return text + "  old  " + decided(older_, found.older) + "  new  " + decided(newer_, found.newer);
  }

  static std::string decided(Ruleset const& rules, Decision const& decision) {
    if (decision.status == DecisionStatus::refused) return "refused: " + refusals_text(decision.refusals);
    std::string const open = decision.status == DecisionStatus::undetermined
                                 ? fmt::format("; possible: {}", names(rules, decision.possible_next))
                                 : "";
    return fmt::format("{}, indicated {}{}\n", move_in_words(rules, decision), rules.level(decision.indicated).name,
                       open);
  }

  static std::string_view aspect_words(Aspect aspect) {
    switch (aspect) {
      case Aspect::refused:
      case Aspect::applies:
      case Aspect::status:
        return "decided";
      case Aspect::next_level:
        return "next level";
      case Aspect::indicated_level:
        return "indicated level";
      case Aspect::move:
        return "move";
      case Aspect::marks:
        return "marks";
      case Aspect::possible:
        break;
    }
    return "possible";
  }

  Ruleset older_;
  Ruleset newer_;
  CaseloadDiff compared_;
  bool json_;
  std::size_t people_ = 0;
  std::size_t changed_ = 0;
  std::size_t refused_ = 0;
};

void take_block(Caseload& caseload, Block const& block, std::string& out) {
  if (block.holds == Block::Holds::long_line) return caseload.take_long_line(block.first_line, out);
  if (block.holds == Block::Holds::one_value) return caseload.take(block.text(), block.first_line, out);
  std::size_t line = block.first_line;
  for (std::string_view text = block.text(); !text.empty(); ++line) {
    std::size_t const end = std::min(text.find('\n'), text.size());
    std::string_view const record = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!record.empty()) caseload.take(record, line, out);
  }
}

int run_caseload(DiffCommand const& command, Ruleset const& older, Ruleset const& newer) {
  Input input(command.assessments);
  constexpr std::size_t block_size = std::size_t{256} << 10U;
  AssessmentBlocks blocks(input, InputFormat::ndjson, block_size, true);
  blocks.begin();
  Caseload caseload(older, newer, options_of(command, older, newer), command.format);
  Output out;
  Block block;
  while (blocks.next(block)) {
    std::string told;
    take_block(caseload, block, told);
    out.write(told);
  }
  out.write(caseload.summary());
  out.finish();
  return caseload.all_same() ? done_and_good : bad_news;
}

}  // namespace

int run_diff(DiffCommand const& command) {
  if ((command.older == "-") + (command.newer == "-") + (command.assessments == "-") > 1)
    throw UsageError("only one of OLD, NEW and --assessments can be standard input");
  std::optional<Ruleset> const older = load_rules({command.older, command.root});
  std::optional<Ruleset> const newer = load_rules({command.newer, command.root});
  if (!older || !newer) return bad_news;
  if (!command.assessments.empty()) return run_caseload(command, *older, *newer);
  DiffReport const report = diff(*older, *newer, options_of(command, *older, *newer));
  print(command.format == ListFormat::json ? report.json() + "\n" : report.text());
  return status_of(report.verdict);
}

}  // namespace carestep::cli

#pragma once

// The reference evaluator: language.md, sections 3 to 7, said again in the slowest and most obvious way. It walks the
// syntax tree and shares nothing with check, ir, lower, eval or diagram, because it is the judge of those.

#include <carestep/value.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ast/ast.hpp"

namespace carestep::reference {

/// One answer, as the caller knows it.
struct Answer {
  enum class Kind : std::uint8_t { unknown, word, number, date, never, set };
  Kind kind = Kind::unknown;
  std::string word;                   // yes, no, or a value of a scale or choice
  Decimal number;                     // in the input's own unit
  Date day;                           // a date
  std::vector<std::string> includes;  // of a set
  std::vector<std::string> excludes;  // members in neither are unknown
  std::optional<Date> on;             // when the answer was given
};

/// What data.md calls an assessment, without its JSON.
struct Assessment {
  enum class Previous : std::uint8_t { untold, none, told };
  Date day;
  std::optional<std::string> current_level;  // `none` for someone not in care; unknown when not there
  std::optional<std::int64_t> days_in_level;
  std::map<std::string, Answer> answers;
  Previous previous = Previous::untold;
  std::map<std::string, Answer> previous_answers;
  std::vector<std::string> unavailable;
};

/// What data.md calls a decision; the fields have its names and its words.
struct Decision {
  std::optional<std::string> refused_by;  // the name of an `impossible`; the other fields are then empty
  std::string status;
  std::string move;
  std::string next_level;
  std::string indicated_level;
  std::vector<std::string> admissible;
  std::optional<std::vector<std::string>> plan;
  std::vector<std::string> marks;
  std::vector<std::string> possible_next;
  std::vector<std::string> possible_indicated;
  std::vector<std::vector<std::string>> ask;  // three tiers: deciding, deciding but assumed, advice only
  std::vector<std::string> active;
  std::vector<std::string> open;
  std::vector<std::string> suggest;
  std::vector<std::string> alerts;
  std::vector<std::string> open_alerts;
  std::vector<std::string> notes;
  std::optional<std::string> reassess_on;
  std::vector<std::string> assumed;
  std::vector<std::string> stale;
  std::vector<std::string> conflict;
  std::vector<std::string> broken_guarantees;
  std::vector<std::string> open_guarantees;
  std::optional<std::string> placement;
  std::vector<std::string> lacking;
};

struct Rules;

/// A valid ruleset, ready to be asked. Throws std::logic_error for what no valid ruleset contains.
class Ruleset {
 public:
  explicit Ruleset(ast::Bundle const& bundle);

  /// The completions that `decide` will look at: one for each combination of values that the rules can tell apart.
  std::uint64_t completions(Assessment const& assessment) const;

  Decision decide(Assessment const& assessment) const;

  Rules const& rules() const { return *rules_; }

 private:
  std::shared_ptr<Rules const> rules_;
};

}  // namespace carestep::reference

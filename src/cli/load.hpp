#pragma once

#include <carestep/carestep.hpp>

#include <optional>
#include <string>

#include "commands.hpp"

namespace carestep::cli {

/// Reads a ruleset from its file or from standard input.
Result<Ruleset> read_rules(RulesSource const& source);

/// Likewise; prints what is wrong with it to standard error and gives nothing.
std::optional<Ruleset> load_rules(RulesSource const& source);

/// Reads one assessment; prints why it is refused to standard error and gives nothing.
std::optional<ReadAssessment> load_assessment(Ruleset const& rules, std::string const& path);

/// An assessment's id for people: a JSON string without its quotes.
std::string shown_id(std::string_view json);

/// Refusals, one a line, for standard error.
std::string refusals_text(std::vector<Refusal> const& refusals);

}  // namespace carestep::cli

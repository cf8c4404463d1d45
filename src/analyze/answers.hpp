#pragma once

// The answers to one input: which of them the assessments of a region have, and how the rule language says so.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analyze/space.hpp"

namespace carestep::analyze {

/// Codes from `first` to `second`; ascending, with a gap between one and the next.
using Stretches = std::vector<std::pair<std::int64_t, std::int64_t>>;
/// One a position.
using Answers = std::vector<Stretches>;

/// Puts stretches in order, and those together that touch.
void join_stretches(Stretches& stretches);
std::int64_t size_of(Stretches const& stretches);

/// The codes that the assessments of a region have, for each of the diagram's `positions`.
Answers answers_in(diagram::Diagram const& diagram, diagram::Ref region, std::size_t positions);

/// `phq9`, `previous phq9`
std::string name_of(ir::Input const& input, bool previous);

/// `phq9 >= 15`, `risk is between mild and severe`, `last_use within 7 days`
std::string words_of_stretch(ir::Input const& input, std::string const& name, std::int64_t low, std::int64_t high);

/// Likewise for several stretches. `part`: the member of a set.
std::string words_of_answers(ir::Input const& input, std::string const& name, std::size_t part, Stretches const& codes);

}  // namespace carestep::analyze

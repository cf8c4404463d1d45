#pragma once

// Conditions and actions in words, for every page that people read.

#include <string>

#include "ir/model.hpp"

namespace carestep::ir {

/// The whole condition on one line: `a and (b or not c)`, `at least 2 of (a, b, c)`. Empty for a condition left out.
std::string words(Clause const& clause);

/// What stands before the parts of a clause: `all of`, `at least 2 of`, `not`; a test's own words.
std::string head_words(Clause const& clause);

/// `at least residential`, `needs overnight_supervision`
std::string words(Model const& model, Narrowing const& action);

/// Every action of a rule in the order narrowing, suggest, alert, note, reassess.
std::vector<std::string> action_words(Model const& model, Rule const& rule);

/// `admit detox`, `continue detox`
std::string words(Model const& model, Criterion const& criterion);

/// `7 days`, `1 day`
std::string days_words(std::int64_t days);
/// `72 hours`, `14 days`: days where the hours make whole days.
std::string hours_words(std::int64_t hours);

/// What may be answered: `none < mild < severe`, `0 to 27`, `yes or no`.
std::string answer_words(Input const& input);

/// Which way is worse: `higher is worse`; empty where no direction is declared.
std::string direction_words(Input const& input);

/// An answer: `severe`, `12`, `2026-05-14`, `depression, anxiety`, `includes ptsd; bipolar not known`.
///
/// Shape    `codes` holds one code a variable of the input, negative where it is not known. Without a day that dates
/// are
///          counted from, a date is told in days.
std::string value_words(Input const& input, std::int64_t const* codes, std::optional<Date> counted_from);

}  // namespace carestep::ir

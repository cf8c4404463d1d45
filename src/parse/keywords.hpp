#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace carestep::parse {

/// The words of the language (section 13 of the language reference): no declared name may be one of them.
inline constexpr auto keywords = std::to_array<std::string_view>({
    "about",
    "above",
    "active",
    "admit",
    "after",
    "ago",
    "alert",
    "all",
    "and",
    "any",
    "applies",
    "as",
    "ask",
    "assessment_date",
    "assume",
    "at",
    "because",
    "before",
    "below",
    "better",
    "between",
    "by_default",
    "cites",
    "code",
    "conflict",
    "continue",
    "count",
    "covered",
    "current_level",
    "date",
    "day",
    "days",
    "days_in_level",
    "dead",
    "discharge",
    "down",
    "draft",
    "effective",
    "eligible",
    "empty",
    "every",
    "exactly",
    "example",
    "expect",
    "expires",
    "fact",
    "first",
    "for",
    "gap",
    "given",
    "grade",
    "guarantee",
    "held",
    "help",
    "higher",
    "highest",
    "hour",
    "hours",
    "if",
    "impossible",
    "in",
    "includes",
    "indicated",
    "input",
    "is",
    "language",
    "least",
    "less",
    "level",
    "levels",
    "list",
    "lower",
    "lowest",
    "monotone",
    "more",
    "most",
    "needs",
    "never",
    "no",
    "none",
    "not",
    "not_applicable",
    "not_eligible",
    "note",
    "nowhere",
    "number",
    "of",
    "off_pathway",
    "offers",
    "on",
    "one",
    "only",
    "or",
    "otherwise",
    "overlap",
    "overrides",
    "placed",
    "previous",
    "reassess",
    "redundant",
    "retired",
    "rule",
    "ruleset",
    "scale",
    "score",
    "service",
    "since",
    "source",
    "status",
    "stay",
    "step",
    "stranded",
    "suggest",
    "table",
    "than",
    "then",
    "to",
    "tree",
    "unavailable",
    "undetermined",
    "unknown",
    "unless",
    "up",
    "url",
    "use",
    "valid",
    "version",
    "waive",
    "week",
    "weeks",
    "when",
    "whenever",
    "within",
    "worse",
    "yes",
});

/// The source attributes of section 10, in the order of the reference: keywords inside the `ruleset` block only.
inline constexpr auto attribute_words = std::to_array<std::string_view>({
    "developer",
    "funding",
    "intended_use",
    "intended_users",
    "out_of_scope",
    "evidence",
    "citation",
    "release_date",
    "revision_date",
    "uses_race",
    "uses_ethnicity",
    "uses_language",
    "uses_sexual_orientation",
    "uses_gender_identity",
    "uses_sex",
    "uses_age",
    "uses_social_determinants",
    "uses_health_status",
});

/// The words that cannot be values of a scale, choice or set (section 2).
inline constexpr auto reserved_values = std::to_array<std::string_view>({
    "above",    "and",   "at", "below",   "better", "between", "day",   "days", "empty",
    "hour",     "hours", "is", "less",    "more",   "not",     "one",   "or",   "otherwise",
    "previous", "then",  "to", "unknown", "unless", "week",    "weeks", "when", "worse",
});

/// The words that begin a declaration, in the order of section 3.
inline constexpr auto declaration_words = std::to_array<std::string_view>({
    "ruleset",    "use",  "source",    "levels",    "service", "level",   "input", "list",
    "impossible", "fact", "grade",     "score",     "rule",    "table",   "tree",  "admit",
    "continue",   "step", "discharge", "guarantee", "waive",   "example",
});

static_assert(std::is_sorted(keywords.begin(), keywords.end()));
static_assert(std::is_sorted(reserved_values.begin(), reserved_values.end()));

constexpr bool is_keyword(std::string_view word) {
  return std::binary_search(keywords.begin(), keywords.end(), word);
}

constexpr bool is_reserved_value(std::string_view word) {
  return std::binary_search(reserved_values.begin(), reserved_values.end(), word);
}

constexpr bool is_attribute_word(std::string_view word) {
  return std::find(attribute_words.begin(), attribute_words.end(), word) != attribute_words.end();
}

constexpr bool begins_declaration(std::string_view word) {
  return std::find(declaration_words.begin(), declaration_words.end(), word) != declaration_words.end();
}

struct DeclarationClauses {
  std::string_view declaration;
  std::string_view clauses;  // the words that begin them, one space between
};

/// Which clauses a declaration takes, for the help of a misspelt one.
inline constexpr auto declaration_clauses = std::to_array<DeclarationClauses>({
    {"ruleset", "language version status effective expires applies about"},
    {"use", ""},
    {"source", "url"},
    {"levels", ""},
    {"service", ""},
    {"level", "offers code reassess about"},
    {"input", "scale number one any date yes ask help code higher lower more no valid if cites step of"},
    {"list", ""},
    {"impossible", "when because"},
    {"fact", "when because cites"},
    {"grade", "when otherwise higher lower"},
    {"score", "when otherwise higher lower"},
    {"rule", "when unless then overrides because cites"},
    {"table", "first because cites"},
    {"tree", "because cites"},
    {"admit", "as when because cites"},
    {"continue", "as when because cites"},
    {"step", "when because cites"},
    {"discharge", "when because cites"},
    {"guarantee", "whenever then because cites"},
    {"waive", "because"},
    {"example", "given expect"},
});

/// The two built-in inputs: keywords that stand where a name of an input stands.
constexpr bool is_built_in(std::string_view word) {
  return word == "current_level" || word == "days_in_level";
}

}  // namespace carestep::parse

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "format/families.hpp"

namespace carestep::format {
namespace {

std::string_view spell(ast::Status status) {
  switch (status) {
    case ast::Status::draft:
      return "draft";
    case ast::Status::active:
      return "active";
    case ast::Status::retired:
      return "retired";
  }
  return "";
}

constexpr std::array<std::string_view, 18> attribute_order = {"developer",
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
                                                              "uses_health_status"};

void write_attributes(Writer& w, std::vector<ast::Attribute> const& attributes) {
  std::vector<ast::Attribute const*> ordered;
  for (ast::Attribute const& attribute : attributes) ordered.push_back(&attribute);
  auto const place = [](ast::Attribute const* attribute) {
    return std::find(attribute_order.begin(), attribute_order.end(), attribute->name.text);
  };
  std::stable_sort(ordered.begin(), ordered.end(), [&](auto a, auto b) { return place(a) < place(b); });
  for (ast::Attribute const* attribute : ordered) write_text_clause(w, attribute->name.text, attribute->value);
}

void write_date(Writer& w, std::string_view keyword, std::optional<ast::DateLiteral> const& date) {
  if (!date) return;
  w.clause(keyword, date->at.begin);
  w.put(to_string(date->value));
}

/// `NAME "label"`, the label in the column that the neighbours share.
void write_aligned(Writer& w, ast::Heading const& heading) {
  if (!heading.label) return w.put(heading.name.text);
  w.put(padded(heading.name.text, w.shared().name) + " " + quote(*heading.label));
}

/// The codes stand behind the label, since they are what a level is called elsewhere.
void write_codes(Writer& w, ast::LevelDecl const& level) {
  int const label = level.heading.label ? width(quote(*level.heading.label)) : w.shared().label;
  std::string between = padded("  ", w.shared().label - label + 2);
  w.open(Breaking::fill, Indent::line, clause_indent);
  for (ast::CodeClause const& code : level.codes) {
    w.space(code.at.begin, between);
    write(w, code);
    between = "  ";
  }
  w.close();
}

}  // namespace

Columns columns(ast::Decl const& decl) {
  ast::Heading const* heading = nullptr;
  auto const* level = std::get_if<ast::LevelDecl>(&decl.kind);
  if (level != nullptr) heading = &level->heading;
  if (auto const* service = std::get_if<ast::ServiceDecl>(&decl.kind)) heading = &service->heading;
  if (heading == nullptr || !heading->label) return {};
  bool const coded = level != nullptr && !level->codes.empty();
  return {width(heading->name.text), coded ? width(quote(*heading->label)) : 0};
}

std::string padded(std::string text, int columns) {
  int const missing = columns - width(text);
  if (missing > 0) text.append(static_cast<std::size_t>(missing), ' ');
  return text;
}

void write(Writer& w, ast::RulesetDecl const& ruleset) {
  w.put("ruleset ");
  write(w, ruleset.heading);
  if (ruleset.language) {
    w.clause("language", ruleset.language->at.begin);
    w.put(to_string(ruleset.language->value));
  }
  write_text_clause(w, "version", ruleset.version);
  if (ruleset.status) {
    w.clause("status", ruleset.status->second.begin);
    w.put(spell(ruleset.status->first));
  }
  write_date(w, "effective", ruleset.effective);
  write_date(w, "expires", ruleset.expires);
  write_text_clause(w, "about", ruleset.about);
  write_attributes(w, ruleset.attributes);
  write_condition_clause(w, "applies when", ruleset.applies);
}

void write(Writer& w, ast::UseDecl const& use) {
  w.put("use " + quote(use.path));
}

void write(Writer& w, ast::SourceDecl const& source) {
  w.put("source ");
  write(w, source.heading);
  write_text_clause(w, "url", source.url);
}

void write(Writer& w, ast::LevelsDecl const& levels) {
  w.put("levels ");
  write_words(w, levels.names, " <");
}

void write(Writer& w, ast::ServiceDecl const& service) {
  w.put("service ");
  write_aligned(w, service.heading);
}

void write(Writer& w, ast::LevelDecl const& level) {
  w.put("level ");
  write_aligned(w, level.heading);
  write_codes(w, level);
  if (!level.offers.empty()) {
    w.clause("offers", level.offers.front().at.begin);
    write_words(w, level.offers);
  }
  if (level.reassess) {
    w.clause("reassess every", level.reassess->at.begin);
    w.put(format::spell(*level.reassess));
  }
  write_text_clause(w, "about", level.about);
}

}  // namespace carestep::format

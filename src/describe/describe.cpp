#include "describe/describe.hpp"

#include <carestep/version.hpp>

#include "describe/sections.hpp"
#include "graph/picture.hpp"
#include "ir/words.hpp"

namespace carestep::describe {
namespace {

using document::code;
using document::Document;
using document::emphasis;
using document::Facts;
using document::Line;
using document::plain;
using document::Tone;

std::string_view status_words(ast::Status status) {
  switch (status) {
    case ast::Status::draft:
      return "draft";
    case ast::Status::active:
      return "active";
    case ast::Status::retired:
      return "retired";
  }
  return {};
}

/// `intended_use` to `Intended use`.
std::string attribute_words(std::string name) {
  for (char& c : name) c = c == '_' ? ' ' : c;
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

void add_status_banner(ir::Model const& model, Document& out) {
  if (model.status == ast::Status::draft) {
    out.paragraph({plain("DRAFT. Not approved for care: every decision made with these rules is marked as a draft.")},
                  Tone::warning);
  }
  if (model.status == ast::Status::retired) {
    out.paragraph({plain("RETIRED. These rules are no longer in force.")}, Tone::warning);
  }
}

Facts identity(Subject const& subject) {
  ir::Model const& model = subject.model;
  Facts facts;
  facts.rows.emplace_back("Ruleset", Line{code(model.name)});
  if (!model.version.empty()) facts.rows.emplace_back("Version", Line{plain(model.version)});
  facts.rows.emplace_back("Status", Line{plain(status_words(model.status))});
  if (model.effective) facts.rows.emplace_back("First day in force", Line{plain(to_string(*model.effective))});
  if (model.expires) facts.rows.emplace_back("Last day in force", Line{plain(to_string(*model.expires))});
  if (!subject.provenance.sha256.empty()) {
    facts.rows.emplace_back("SHA-256 of the canonical text", Line{code(subject.provenance.sha256)});
  }
  facts.rows.emplace_back("Written by", Line{plain("carestep " + std::string(engine_version()))});
  return facts;
}

Document build(Subject const& subject) {
  Document out;
  add_head(subject, out);
  add_levels(subject, out);
  add_questions(subject, out);
  add_definitions(subject, out);
  add_rules(subject, out);
  add_tables(subject, out);
  add_trees(subject, out);
  add_criteria(subject, out);
  add_ways_to_levels(subject, out);
  add_moves(subject, out);
  add_promises(subject, out);
  add_examples(subject, out);
  add_sources(subject, out);
  out.section("Review");
  out.paragraph(
      {plain("These rules support a decision; a clinician makes it. Signing says that this document, by the "
             "digest above, was read and found right for the people it is made for.")});
  out.blocks.emplace_back(document::Signatures{{"Clinical lead", "Medical director", "Quality and safety"}});
  return out;
}

}  // namespace

void add_head(Subject const& subject, Document& out) {
  ir::Model const& model = subject.model;
  out.title = model.title.empty() ? model.name : model.title;
  add_status_banner(model, out);
  out.facts(identity(subject));
  if (!model.about.empty()) out.paragraph({plain(model.about)});
  if (left_out(model, model.applies)) {
    out.paragraph({plain("These rules apply to every person assessed.")});
  } else {
    add_condition("These rules apply when", model.applies, {}, out);
    out.paragraph({plain("For anybody else there is no decision.")});
  }
  if (model.attributes.empty()) return;
  out.section("Source attributes");
  Facts facts;
  for (ir::Attribute const& attribute : model.attributes) {
    facts.rows.emplace_back(attribute_words(attribute.name), Line{plain(attribute.value)});
  }
  out.facts(std::move(facts));
}

void add_levels(Subject const& subject, Document& out) {
  ir::Model const& model = subject.model;
  out.section("Levels of care");
  std::string order;
  for (ir::Level const& level : model.levels) order += (order.empty() ? "" : " < ") + level.name;
  out.paragraph({plain("From least to most intensive: "), code(order)});
  out.blocks.emplace_back(document::Picture{graph::render_svg({&model, {}}), {}});
  document::Table table{{"Level", "Name", "Offers", "Codes", "Reassess"}, {}};
  for (std::size_t i = model.levels.size(); i-- > 0;) {
    ir::Level const& level = model.levels[i];
    std::string codes;
    for (ir::Code const& each : level.codes) codes += (codes.empty() ? "" : ", ") + each.system + " " + each.value;
    table.rows.push_back({{plain(level.label.empty() ? level.name : level.label)},
                          {code(level.name)},
                          {plain(service_words(model, level.offers))},
                          {plain(codes)},
                          {plain(level.reassess_days ? "every " + ir::days_words(*level.reassess_days) : "")}});
  }
  out.table(std::move(table));
  for (ir::Level const& level : model.levels) {
    if (!level.about.empty()) out.paragraph({code(level.name), plain(": " + level.about)});
  }
}

void add_sources(Subject const& subject, Document& out) {
  if (subject.model.sources.empty()) return;
  out.section("Sources");
  std::vector<document::Item> items;
  for (ir::Source const& source : subject.model.sources) {
    Line line{code(source.name), plain(": ")};
    line.push_back(source.url.empty() ? plain(source.citation) : document::link(source.citation, source.url));
    items.push_back({std::move(line), document::Mark::none, {}});
  }
  out.list(std::move(items));
}

// ---- what several sections write
// --------------------------------------------------------------------------------------

bool left_out(ir::Model const& model, ir::Clause const& clause) {
  return clause.words.empty() && clause.parts.empty() &&
         (model.nodes.is_true(clause.node) || model.nodes.is_false(clause.node));
}

document::Item item(ir::Clause const& clause) {
  document::Item out;
  bool const test = clause.kind == ir::ClauseKind::test;
  out.line.push_back(test ? code(clause.words) : plain(ir::head_words(clause) + ":"));
  if (!clause.label.empty()) out.line.push_back(plain(" — " + clause.label));
  for (ir::Clause const& part : clause.parts) out.parts.push_back(item(part));
  return out;
}

namespace {

bool labelled(ir::Clause const& clause) {
  if (!clause.label.empty()) return true;
  for (ir::Clause const& part : clause.parts) {
    if (labelled(part)) return true;
  }
  return false;
}

constexpr std::size_t longest_inline = 110;

}  // namespace

bool short_enough(ir::Clause const& clause) {
  return clause.kind == ir::ClauseKind::test || (ir::words(clause).size() <= longest_inline && !labelled(clause));
}

void add_condition(std::string_view lead, ir::Clause const& clause, Line const& then, Document& out) {
  Line line{plain(lead), plain(" ")};
  if (short_enough(clause)) {
    line.push_back(code(ir::words(clause)));
    if (!then.empty()) line.push_back(plain(": "));
    line.insert(line.end(), then.begin(), then.end());
    out.paragraph(std::move(line));
    return;
  }
  line.push_back(plain(ir::head_words(clause) + ":"));
  out.paragraph(std::move(line));
  out.list(item(clause).parts);
  if (then.empty()) return;
  Line rest{plain("Then ")};
  rest.insert(rest.end(), then.begin(), then.end());
  out.paragraph(std::move(rest));
}

Line heading(std::string const& name, std::string const& label) {
  if (label.empty()) return {code(name)};
  return {plain(label + " ("), code(name), plain(")")};
}

Line citation(ir::Model const& model, ir::Citation const& citation) {
  ir::Source const& source = model.sources[citation.source];
  Line line{source.url.empty() ? plain(source.citation) : document::link(source.citation, source.url)};
  if (!citation.where.empty()) line.push_back(plain(", " + citation.where));
  return line;
}

std::string place(SourceMap const& sources, Span at) {
  if (at.file >= sources.size() || at.end == 0) return {};
  Place const found = sources.place(at);
  return found.file + ":" + std::to_string(found.line);
}

void add_reasons(Subject const& subject, ir::Reasons const& reasons, Span at, Document& out) {
  if (!reasons.because.empty()) out.paragraph({document::strong("Because: "), plain(reasons.because)});
  for (ir::Citation const& each : reasons.cites) {
    Line line{document::strong("Source: ")};
    Line const cited = citation(subject.model, each);
    line.insert(line.end(), cited.begin(), cited.end());
    out.paragraph(std::move(line));
  }
  std::string const where = place(subject.sources, at);
  if (!where.empty()) out.paragraph({plain(where)}, Tone::quiet);
}

std::string service_words(ir::Model const& model, std::vector<ir::Index> const& services) {
  std::string out;
  for (ir::Index i : services) {
    ir::Service const& service = model.services[i];
    out += (out.empty() ? "" : ", ") + (service.label.empty() ? service.name : service.label);
  }
  return out;
}

std::string describe(ir::Model const& model, ast::Bundle const& bundle, SourceMap const& sources, DocumentFormat format,
                     Provenance const& provenance, Worked const& worked) {
  Subject const subject{model, bundle, sources, provenance, worked};
  switch (format) {
    case DocumentFormat::text:
      return document::render_text(build(subject));
    case DocumentFormat::markdown:
      return document::render_markdown(build(subject));
    case DocumentFormat::html:
      return document::render_html(build(subject));
    case DocumentFormat::json:
      return as_json(subject);
  }
  return {};
}

}  // namespace carestep::describe

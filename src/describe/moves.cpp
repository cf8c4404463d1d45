#include "describe/sections.hpp"
#include "graph/care_graph.hpp"
#include "ir/words.hpp"

namespace carestep::describe {
namespace {

using document::code;
using document::Document;
using document::Item;
using document::Line;
using document::Mark;
using document::plain;
using document::strong;

Line because_and_sources(Subject const& subject, ir::Reasons const& reasons) {
  Line line{plain(reasons.because)};
  for (ir::Citation const& each : reasons.cites) {
    if (line.size() > 1 || !reasons.because.empty()) line.push_back(plain(" "));
    Line const cited = citation(subject.model, each);
    line.insert(line.end(), cited.begin(), cited.end());
  }
  return line;
}

Line when_line(ir::Model const& model, ir::Clause const& when) {
  return left_out(model, when) ? Line{plain("always")} : Line{code(ir::words(when))};
}

std::vector<Line> move_row(Subject const& subject, std::string const& words, ir::Clause const& when,
                           ir::Reasons const& reasons, Span at) {
  return {{code(words)},
          when_line(subject.model, when),
          because_and_sources(subject, reasons),
          {plain(place(subject.sources, at))}};
}

std::string level_names(ir::Model const& model, ir::LevelMask levels) {
  std::string out;
  for (std::size_t i = 0; i < model.levels.size(); ++i) {
    if (((levels >> i) & 1U) != 0) out += (out.empty() ? "" : ", ") + model.levels[i].name;
  }
  return out;
}

/// What a committee overlooks most easily: levels that no series of steps leaves towards less care.
void add_reach(ir::Model const& model, Document& out) {
  graph::LevelGraph const levels = graph::level_graph(model);
  ir::LevelMask const all = ~ir::LevelMask{0} >> (64 - model.levels.size());
  std::vector<Item> items;
  for (ir::Index level = 1; level < model.levels.size(); ++level) {
    ir::LevelMask const below = (ir::LevelMask{1} << level) - 1;
    ir::LevelMask const missing = below & ~graph::reachable(levels, level, graph::Way::down, all);
    if (missing == 0) continue;
    items.push_back({{plain("from "), code(model.levels[level].name), plain(" no series of step-down lines leads to "),
                      code(level_names(model, missing))},
                     Mark::none,
                     {}});
  }
  if (items.empty()) {
    out.paragraph({plain("Series of step-down lines lead from every level to every less intensive one.")});
    return;
  }
  out.paragraph({plain("Ways down that the lines leave out:")});
  out.list(std::move(items));
}

void add_waivers(ir::Model const& model, Document& out) {
  if (model.waivers.empty()) return;
  out.section("Waivers");
  out.paragraph({plain("Findings of the proof that were accepted, on the record.")});
  document::Table table{{"Check", "About", "Because"}, {}};
  for (ir::Waiver const& waiver : model.waivers) {
    table.rows.push_back({{code(waiver.check)}, {code(waiver.subject)}, {plain(waiver.because)}});
  }
  out.table(std::move(table));
}

}  // namespace

void add_criteria(Subject const& subject, Document& out) {
  ir::Model const& model = subject.model;
  if (model.criteria.empty()) return;
  out.section("Admission and continued stay");
  out.paragraph(
      {plain("Somebody else may be placed at a level with admission lines only if one of them holds; somebody "
             "at a level with continued-stay lines may stay only if one of them holds.")});
  for (ir::Criterion const& criterion : model.criteria) {
    out.part(heading(ir::words(model, criterion), criterion.name));
    if (left_out(model, criterion.when)) {
      out.paragraph({plain("Always.")});
    } else {
      add_condition("When", criterion.when, {}, out);
    }
    add_reasons(subject, criterion.reasons, criterion.at, out);
  }
}

void add_moves(Subject const& subject, Document& out) {
  ir::Model const& model = subject.model;
  out.section("How people move");
  if (model.steps.empty()) {
    out.paragraph({plain("There are no step lines: anybody may move from any level to any other.")});
  } else {
    out.paragraph(
        {plain("A line is open when its condition holds. A step up never waits for a line; a step down does.")});
    document::Table table{{"Line", "Open when", "Because", "Where"}, {}};
    for (ir::StepLine const& line : model.steps) {
      table.rows.push_back(move_row(subject, line.words, line.when, line.reasons, line.at));
    }
    out.table(std::move(table));
    add_reach(model, out);
  }
  add_move_ways(subject, out);
  out.section("Discharge");
  if (model.discharges.empty()) out.paragraph({plain("No line discharges anybody.")});
  document::Table table{{"Line", "Open when", "Because", "Where"}, {}};
  for (ir::DischargeLine const& line : model.discharges) {
    table.rows.push_back(move_row(subject, line.words, line.when, line.reasons, line.at));
  }
  out.table(std::move(table));
}

namespace {

/// What became of a promise when every possible assessment was looked at.
void add_verdict(Proof const* proof, Document& out) {
  if (proof == nullptr) return;
  Line line;
  switch (proof->verdict) {
    case Verdict::proved:
      line = {strong("Proved"), plain(" for every possible assessment.")};
      return out.paragraph(std::move(line), document::Tone::good);
    case Verdict::gave_up:
      line = {strong("Not judged: "), plain("it takes longer than this document may. Ask `carestep prove`.")};
      return out.paragraph(std::move(line));
    case Verdict::refuted:
      break;
  }
  line = {strong("Refuted: "), plain(proof->tally.count + " of " + proof->tally.of + " profiles break it")};
  if (!proof->tally.share.empty()) line.push_back(plain(" (" + proof->tally.share + ")"));
  if (proof->example) line.push_back(plain("; for one: " + proof->example->words + " — " + proof->example->decision));
  line.push_back(plain("."));
  if (proof->waived) {
    line.push_back(strong(" Accepted: "));
    line.push_back(plain(proof->waived_because));
  }
  out.paragraph(std::move(line), proof->waived ? document::Tone::normal : document::Tone::warning);
}

}  // namespace

void add_promises(Subject const& subject, Document& out) {
  if (!subject.model.guarantees.empty()) {
    out.section("Guarantees");
    out.paragraph(
        {plain("Promises about every possible assessment: proved before use, and watched in every decision.")});
  }
  for (ir::Guarantee const& guarantee : subject.model.guarantees) {
    out.part(heading(guarantee.name, guarantee.label));
    add_condition("Whenever", guarantee.whenever, {strong(guarantee.words), plain(".")}, out);
    add_verdict(proof_of(subject, guarantee), out);
    add_reasons(subject, guarantee.reasons, guarantee.at, out);
  }
  add_waivers(subject.model, out);
}

void add_examples(Subject const& subject, Document& out) {
  bool any = false;
  each<ast::ExampleDecl>(subject.bundle, [&](ast::ExampleDecl const& example, Span at) {
    if (!any) out.section("Examples");
    any = true;
    std::string given;
    for (ast::Given const& each : example.given) given += (given.empty() ? "" : ", ") + subject.sources.words(each.at);
    std::string expect;
    for (ast::Expectation const& each : example.expect) {
      expect += (expect.empty() ? "" : " and ") + subject.sources.words(each.at);
    }
    out.part({plain(example.name.value)});
    out.paragraph({strong("Given: "), plain(given)});
    out.paragraph({strong("Expected: "), plain(expect)});
    std::string const where = place(subject.sources, at);
    if (!where.empty()) out.paragraph({plain(where)}, document::Tone::quiet);
  });
}

}  // namespace carestep::describe

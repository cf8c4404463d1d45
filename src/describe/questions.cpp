#include "describe/sections.hpp"
#include "ir/words.hpp"

namespace carestep::describe {
namespace {

using document::code;
using document::Document;
using document::Item;
using document::Line;
using document::Mark;
using document::plain;

/// The first of the declared inputs; the two before it are built in.
constexpr std::size_t first_declared = 2;

std::string notes_of(ir::Input const& input) {
  std::string out;
  auto const add = [&](std::string const& words) {
    if (!words.empty()) out += (out.empty() ? "" : "; ") + words;
  };
  add(ir::direction_words(input));
  if (input.valid_for_hours) add("valid for " + ir::hours_words(*input.valid_for_hours));
  if (input.assume) add("if unknown, assumed: " + ir::value_words(input, input.assume->data(), std::nullopt));
  for (ir::Code const& each : input.codes) add(each.system + " " + each.value);
  return out;
}

Line question_of(ir::Input const& input) {
  std::string const words = !input.ask.empty() ? input.ask : !input.label.empty() ? input.label : input.name;
  Line line{plain(words)};
  if (!input.ask.empty() && !input.label.empty()) line.push_back(plain(" (" + input.label + ")"));
  if (input.help.empty()) return line;
  line.push_back(plain(" "));
  line.push_back(document::emphasis(input.help));
  return line;
}

void add_citations(Subject const& subject, Document& out) {
  std::vector<Item> items;
  for (ir::Input const& input : subject.model.inputs) {
    for (ir::Citation const& cite : input.cites) {
      Line line{code(input.name), plain(": ")};
      Line const cited = citation(subject.model, cite);
      line.insert(line.end(), cited.begin(), cited.end());
      items.push_back({std::move(line), Mark::none, {}});
    }
  }
  out.list(std::move(items));
}

void add_cases(ir::Definition const& definition, Document& out) {
  document::Table table{{definition.kind == ir::DefinitionKind::grade ? "Value" : "Points", "When"}, {}};
  for (ir::DefinitionCase const& each : definition.cases) {
    std::string const when = ir::words(each.when);
    table.rows.push_back({{code(each.value)}, {when.empty() ? plain("otherwise") : code(when)}});
  }
  out.paragraph({plain("The first line that holds counts.")});
  out.table(std::move(table));
}

bool is_formula(Subject const& subject, ir::Definition const& definition) {
  return definition.kind == ir::DefinitionKind::score && definition.cases.size() == 1 &&
         left_out(subject.model, definition.cases.front().when);
}

void add_definition(Subject const& subject, ir::Definition const& definition, Document& out) {
  out.part(heading(definition.name, definition.label));
  if (definition.kind == ir::DefinitionKind::fact) {
    add_condition("A fact, true when", definition.cases.front().when, {}, out);
  } else if (is_formula(subject, definition)) {
    out.paragraph({plain("A score: "), code(definition.cases.front().value)});
  } else {
    std::string values;
    for (std::string const& value : definition.values) values += (values.empty() ? "" : " < ") + value;
    out.paragraph(definition.kind == ir::DefinitionKind::grade ? Line{plain("A grade: "), code(values)}
                                                               : Line{plain("A score.")});
    add_cases(definition, out);
  }
  if (definition.worse == ir::Worse::higher) out.paragraph({plain("Higher is worse.")});
  if (definition.worse == ir::Worse::lower) out.paragraph({plain("Lower is worse.")});
  add_reasons(subject, definition.reasons, definition.at, out);
}

}  // namespace

void add_questions(Subject const& subject, Document& out) {
  ir::Model const& model = subject.model;
  out.section("What the assessment asks");
  out.paragraph({plain("Every assessment also has its date, the level the person is at now ("), code("current_level"),
                 plain(") and the days spent there ("), code("days_in_level"), plain(").")});
  document::Table table{{"Question", "Name", "Answers", "Notes"}, {}};
  for (std::size_t i = first_declared; i < model.inputs.size(); ++i) {
    ir::Input const& input = model.inputs[i];
    table.rows.push_back(
        {question_of(input), {code(input.name)}, {plain(ir::answer_words(input))}, {plain(notes_of(input))}});
  }
  out.table(std::move(table));
  add_citations(subject, out);
  if (model.impossibles.empty()) return;
  out.section("Impossible combinations");
  out.paragraph({plain("An assessment that has one of these is refused with its name.")});
  for (ir::Impossible const& impossible : model.impossibles) {
    out.part(heading(impossible.name, impossible.label));
    add_condition("Impossible:", impossible.when, {}, out);
    add_reasons(subject, {impossible.because, {}}, impossible.at, out);
  }
}

void add_definitions(Subject const& subject, Document& out) {
  std::vector<Item> lists;
  each<ast::ListDecl>(subject.bundle, [&](ast::ListDecl const& list, Span) {
    std::string members;
    for (ast::Word const& member : list.members) members += (members.empty() ? "" : ", ") + member.text;
    lists.push_back({{code(list.name.text), plain(" stands for "), code(members)}, Mark::none, {}});
  });
  if (subject.model.definitions.empty() && lists.empty()) return;
  out.section("Definitions");
  out.list(std::move(lists));
  for (ir::Definition const& definition : subject.model.definitions) add_definition(subject, definition, out);
}

}  // namespace carestep::describe

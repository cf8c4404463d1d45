#pragma once

#include "ast/ast.hpp"
#include "base/source.hpp"
#include "describe/describe.hpp"
#include "document/document.hpp"
#include "ir/model.hpp"

namespace carestep::describe {

/// What the sections are written from.
struct Subject {
  ir::Model const& model;
  ast::Bundle const& bundle;
  SourceMap const& sources;
  Provenance const& provenance;
  Worked const& worked;
};

// The sections in the order of the document; each leaves itself out where there is nothing to tell.
void add_head(Subject const& subject, document::Document& out);
void add_levels(Subject const& subject, document::Document& out);
void add_questions(Subject const& subject, document::Document& out);
void add_definitions(Subject const& subject, document::Document& out);
void add_rules(Subject const& subject, document::Document& out);
void add_tables(Subject const& subject, document::Document& out);
void add_trees(Subject const& subject, document::Document& out);
void add_criteria(Subject const& subject, document::Document& out);
void add_ways_to_levels(Subject const& subject, document::Document& out);
void add_moves(Subject const& subject, document::Document& out);
void add_promises(Subject const& subject, document::Document& out);
void add_examples(Subject const& subject, document::Document& out);
void add_sources(Subject const& subject, document::Document& out);

/// What then happens, by current and indicated level; a part of the moves.
void add_move_ways(Subject const& subject, document::Document& out);

std::string as_json(Subject const& subject);

// ---- what several sections write
// --------------------------------------------------------------------------------------

/// Whether a condition was left out.
bool left_out(ir::Model const& model, ir::Clause const& clause);

/// The judgement of a guarantee; null where there is none.
Proof const* proof_of(Subject const& subject, ir::Guarantee const& guarantee);
/// `admit to iop`, `stay (held)`
std::string move_words(ir::Model const& model, analyze::MoveWays const& ways, std::size_t move);

/// A condition as an item: its words, or what stands before its parts and the parts below.
document::Item item(ir::Clause const& clause);

/// Whether a condition reads well inside a sentence.
bool short_enough(ir::Clause const& clause);

/// `lead`, the condition behind it on one line where it is short, or below it as a list, and what follows from it.
void add_condition(std::string_view lead, ir::Clause const& clause, document::Line const& then,
                   document::Document& out);

/// `label (name)`, or the name alone.
document::Line heading(std::string const& name, std::string const& label);

/// Because, citations, and where it is written.
void add_reasons(Subject const& subject, ir::Reasons const& reasons, Span at, document::Document& out);
document::Line citation(ir::Model const& model, ir::Citation const& citation);
/// `rules.care:12`; empty for what was not read from a file.
std::string place(SourceMap const& sources, Span at);

/// The names or labels of services, in the order given.
std::string service_words(ir::Model const& model, std::vector<ir::Index> const& services);

/// Calls `use` for every declaration of one kind, in the order of the files.
template <class Declaration, class Use>
void each(ast::Bundle const& bundle, Use use) {
  for (ast::File const& file : bundle.files) {
    for (ast::Decl const& decl : file.decls) {
      if (auto const* wanted = std::get_if<Declaration>(&decl.kind)) use(*wanted, decl.at);
    }
  }
}

}  // namespace carestep::describe

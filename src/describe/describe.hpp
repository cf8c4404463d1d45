#pragma once

// A rule file as a document that a clinical committee can read, discuss and sign.

#include <carestep/analysis.hpp>
#include <carestep/ruleset.hpp>

#include <optional>
#include <string>
#include <vector>

#include "analyze/overview.hpp"
#include "ast/ast.hpp"
#include "base/source.hpp"
#include "ir/model.hpp"

namespace carestep::describe {

/// Where the document comes from; it is printed on it.
struct Provenance {
  std::string sha256;
};

/// What was worked out over every possible assessment. Nothing where it would have taken too long.
struct Worked {
  std::vector<Proof> guarantees;  // those that were judged
  std::optional<std::vector<analyze::WaysToLevel>> levels;
  std::optional<std::vector<analyze::MoveWays>> moves;
};

/// The whole ruleset: every level, question, definition, rule, move, promise, example and source.
///
/// Shape    text, Markdown and HTML tell the same in the same order; JSON has the keys of this folder's README.
/// Cost     linear in the size of the ruleset.
std::string describe(ir::Model const& model, ast::Bundle const& bundle, SourceMap const& sources, DocumentFormat format,
                     Provenance const& provenance, Worked const& worked);

}  // namespace carestep::describe

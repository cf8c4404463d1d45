#pragma once

#include <string>

#include "ast/ast.hpp"
#include "base/source.hpp"

namespace carestep {

/// The canonical text of one rule file: the text that `carestep fmt` prints and whose SHA-256 names a ruleset.
///
/// Shape    `file` was parsed from `sources` without an error: what the parser left out cannot be written.
/// Returns  text that parses to the same tree, holds every comment, and formats to itself.
/// Cost     linear in the size of the file.
std::string format_file(ast::File const& file, SourceMap const& sources);

}  // namespace carestep

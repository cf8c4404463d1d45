#pragma once

#include <cstdint>

#include "ast/ast.hpp"
#include "diag/sink.hpp"

namespace carestep {

/// Parses one file of the source map.
///
/// Returns  the declarations that could be read, in order, and the file's comments.
/// Errors   every syntax error is reported into the sink; after one, the parser resumes at the next declaration.
/// Cost     linear in the length of the file; conditions nested more than 100 levels deep are refused.
ast::File parse_file(SourceMap const& sources, std::uint32_t file, Sink& sink);

}  // namespace carestep

#pragma once

#include <functional>
#include <optional>
#include <string>

#include "ast/ast.hpp"
#include "diag/sink.hpp"

namespace carestep {

/// Reads a file: its text, or nothing when it cannot be read.
using Loader = std::function<std::optional<std::string>(std::string const& path)>;

/// Reads the main file and all that it uses.
///
/// Shape    `root` is the folder that no file may lie outside of; the main file's own folder if empty. The loader is
///          asked for `main_path` as it is, and for the others by their path below the root, joined with the root.
/// Returns  the main file, then the others in the place of their first use, as if they were written there; numbered as
///          in `sources`. Files that cannot be read are left out.
/// Errors   files that cannot be read, lie outside the root or use each other in a circle, and every syntax error.
ast::Bundle load_files(std::string const& main_path, std::string const& root, Loader const& loader, SourceMap& sources,
                       Sink& sink);

/// A loader of regular files below `root`. Symbolic links are followed as long as they stay below it.
///
/// Returns  nothing for whatever is no regular file, and for a file that changes while it is read. Of a file that is
///          too large to be a rule file only as much as shows that.
Loader file_loader(std::string const& root);

}  // namespace carestep

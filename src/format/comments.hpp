#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "ast/ast.hpp"
#include "format/tokens.hpp"

namespace carestep::format {

/// A comment on its own line between two declarations, and whether a blank line stands before it.
struct LooseComment {
  std::string text;
  bool blank_before = false;
};

/// What stands between one declaration and the next, or before the first, or behind the last.
struct Gap {
  std::vector<std::string> tail;       // comments that close the declaration before
  std::vector<LooseComment> comments;  // comments that lead the declaration behind
  bool blank_before_next = false;
};

/// Gives each comment of a file its place: at the end of the segment that it follows on its line, or on its own lines
/// before a segment, or between declarations. A comment inside a segment moves before it, so that none is lost.
///
/// Shape    `segments` are the offsets where the segments begin, ascending; `decls` those of the declarations, which
///          are segments too.
class Comments {
 public:
  Comments(ast::File const& file, Tokens const& tokens, std::vector<std::uint32_t> const& segments,
           std::vector<std::uint32_t> const& decls);

  [[nodiscard]] std::vector<std::string> const& leading(std::uint32_t segment) const;
  [[nodiscard]] std::string const* trailing(std::uint32_t segment) const;
  /// The gap before declaration `decl`; behind the last one for the number of declarations.
  [[nodiscard]] Gap const& gap(std::size_t decl) const { return gaps_[decl]; }

 private:
  std::unordered_map<std::uint32_t, std::vector<std::string>> leading_;
  std::unordered_map<std::uint32_t, std::string> trailing_;
  std::vector<Gap> gaps_;
};

}  // namespace carestep::format

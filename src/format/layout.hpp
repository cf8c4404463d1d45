#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "format/comments.hpp"

// A declaration is laid out in two steps, after Oppen ("Prettyprinting", 1980): the families write a flat list of
// items, and `print` decides which spaces become line breaks, by width and by the comments that stand there.
//
// Every place where a line may break starts a *segment*: the stretch of source up to the next such place. Comments stay
// between segments, so a break and a comment can never meet inside a word's worth of code.

namespace carestep::format {

inline constexpr int page_width = 120;

/// How the spaces of a group break.
enum class Breaking : std::uint8_t {
  fill,    // only those that must
  all,     // none or all
  always,  // all
};

/// Where the lines of a broken group begin: behind the column where the group opens, or behind the line's own indent.
enum class Indent : std::uint8_t { column, line };

struct Piece {
  std::string text;
};
struct Space {
  std::string flat;  // what stands there when the line does not break
  std::uint32_t segment = 0;
};
struct Line {
  int indent = 0;
  std::uint32_t segment = 0;
};
struct Open {
  Breaking breaking = Breaking::fill;
  Indent from = Indent::column;
  int by = 0;
};
struct Close {};
using Item = std::variant<Piece, Space, Line, Open, Close>;

/// The number of columns that `text` takes: its code points.
int width(std::string_view text);

/// Appends the lines of one declaration to `out`, which ends with a line break or is empty.
///
/// Shape    `segment` is the first one, where the declaration begins; its own leading comments are the caller's.
void print(std::vector<Item> const& items, std::uint32_t segment, Comments const& comments, std::string& out);

}  // namespace carestep::format

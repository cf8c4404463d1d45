// Diagnostics as people read them:
//
//   error[E0203]: unknown input `withdrawal_rsk`
//     --> rules.care:7:8
//      |
//    7 |   when withdrawal_rsk is severe
//      |        ^^^^^^^^^^^^^^
//      |
//      = help: did you mean `withdrawal_risk`?

#include <carestep/diagnostic.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "base/encode.hpp"

namespace carestep {
namespace {

struct Paint {
  std::string_view error;
  std::string_view warning;
  std::string_view note;
  std::string_view gutter;
  std::string_view bold;
  std::string_view plain;
};

constexpr Paint no_colours{};
constexpr Paint ansi{"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;32m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"};

/// Characters that would move the cursor, hide text or reorder it when they are printed, and bytes that are no text.
bool unprintable(char32_t c) {
  bool const control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  bool const reorders = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  bool const hides = (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0x2028 || c == 0x2029;
  bool const broken = c == 0xFFFD;
  return broken || control || reorders || hides;
}

constexpr std::string_view tab = "    ";
constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// A source line as it is shown, and where the columns of the source came to stand in it.
struct ShownLine {
  std::string text;
  std::vector<std::size_t> starts;  // of each source column, and of the one behind the last
};

ShownLine show(std::string_view source) {
  ShownLine line;
  std::size_t width = 0;
  auto const add = [&](std::string_view shown, std::size_t columns) {
    line.starts.push_back(width);
    line.text += shown;
    width += columns;
  };
  for (std::size_t at = 0; at < source.size();) {
    encode::CodePoint const point = encode::code_point(source, at);
    if (point.value == U'\t') {
      add(tab, tab.size());
    } else if (unprintable(point.value)) {
      add(replacement_character, 1);
    } else {
      add(source.substr(at, point.size), 1);
    }
    at += point.size;
  }
  line.starts.push_back(width);
  return line;
}

std::string safe(std::string_view text) {
  return show(text).text;
}

struct Carets {
  std::size_t indent = 0;
  std::size_t count = 1;
};

/// Under the whole span where it stays on its line, else to the line's end; at least one.
Carets carets(Place const& at, ShownLine const& line) {
  auto const position = [&](std::uint32_t column) {
    std::size_t const last = line.starts.size() - 1;
    return line.starts[std::min<std::size_t>(column == 0 ? 0 : column - 1, last)];
  };
  std::size_t const begin = position(at.column);
  std::size_t const end = at.end_line > at.line ? line.starts.back() : position(at.end_column);
  return {begin, std::max<std::size_t>(end > begin ? end - begin : 1, 1)};
}

void append_snippet(std::string& out, Place const& at, std::size_t gutter, Paint const& paint,
                    std::string_view colour) {
  auto const to = std::back_inserter(out);
  fmt::format_to(to, "{:{}}{}-->{} {}", "", gutter, paint.gutter, paint.plain, safe(at.file));
  if (at.line == 0) {
    out += '\n';
    return;
  }
  fmt::format_to(to, ":{}:{}\n", at.line, at.column);
  ShownLine const line = show(at.source_line);
  Carets const under = carets(at, line);
  fmt::format_to(to, "{:{}} {}|{}\n", "", gutter, paint.gutter, paint.plain);
  fmt::format_to(to, "{}{:>{}} |{} {}\n", paint.gutter, at.line, gutter, paint.plain, line.text);
  fmt::format_to(to, "{:{}} {}|{} {:{}}{}{:^>{}}{}\n", "", gutter, paint.gutter, paint.plain, "", under.indent, colour,
                 "", under.count, paint.plain);
}

std::size_t gutter_width(Diagnostic const& diagnostic) {
  std::uint32_t last = diagnostic.place.line;
  for (Related const& related : diagnostic.related) last = std::max(last, related.place.line);
  return fmt::formatted_size("{}", last);
}

void append(std::string& out, Diagnostic const& diagnostic, Paint const& paint) {
  auto const to = std::back_inserter(out);
  bool const error = diagnostic.severity == Severity::error;
  std::string_view const colour = error ? paint.error : paint.warning;
  std::size_t const gutter = gutter_width(diagnostic);
  fmt::format_to(to, "{}{}[{}]{}{}: {}{}\n", colour, error ? "error" : "warning", diagnostic.code, paint.plain,
                 paint.bold, safe(diagnostic.message), paint.plain);
  append_snippet(out, diagnostic.place, gutter, paint, colour);
  for (Related const& related : diagnostic.related) {
    fmt::format_to(to, "{}note{}: {}\n", paint.note, paint.plain, safe(related.message));
    append_snippet(out, related.place, gutter, paint, paint.note);
  }
  if (diagnostic.help.empty()) return;
  fmt::format_to(to, "{:{}} {}={} {}help{}: {}\n", "", gutter, paint.gutter, paint.plain, paint.bold, paint.plain,
                 safe(diagnostic.help));
}

}  // namespace

std::string diagnostics_text(Diagnostics const& diagnostics, bool colour) {
  std::string out;
  for (Diagnostic const& diagnostic : diagnostics) {
    if (!out.empty()) out += '\n';
    append(out, diagnostic, colour ? ansi : no_colours);
  }
  return out;
}

}  // namespace carestep

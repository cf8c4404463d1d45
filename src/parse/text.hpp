#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "diag/sink.hpp"

namespace carestep::parse {

/// The largest rule file that is read, in bytes.
inline constexpr std::size_t max_file_bytes = std::size_t{1} << 20;

/// It may begin a file, and means nothing there.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// How many diagnostics one run reports before it gives up.
inline constexpr std::size_t max_diagnostics = 100;

/// Directional overrides, isolates and marks, zero-width characters, and the line separators that editors break lines
/// at: with them a rule can look different from what it says.
bool is_hidden(char32_t c);

/// Judges a file's text before anything reads it: its size, its encoding, and characters that a reader cannot see.
///
/// Returns  false when the text is too large or not UTF-8, so that nothing further can be said about it.
bool check_text(SourceMap const& sources, std::uint32_t file, Sink& sink);

}  // namespace carestep::parse

#pragma once

// Fitting words into boxes without a font: widths are estimated from the widest of the common sans-serif faces.

#include <string>
#include <string_view>
#include <vector>

namespace carestep::graph {

enum class Face { regular, bold, mono };

/// Units    pixels, for a font size in pixels.
int text_width(std::string_view text, int size, Face face);

/// Breaks a text into lines of at most `width` pixels; words that are longer break after `_`, `-` or anywhere.
///
/// Returns  at least one line, at most `most_lines`; the last then ends with an ellipsis where something is left out.
std::vector<std::string> wrapped(std::string_view text, int width, int size, Face face, std::size_t most_lines);

}  // namespace carestep::graph

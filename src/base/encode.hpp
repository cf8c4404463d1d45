#pragma once

// One encoder a sink: text from rule files and assessments goes through the encoder of the format it is written to.

#include <string>
#include <string_view>

namespace carestep::encode {

/// One code point of a text; `value` is U+FFFD where the bytes are no UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;  // bytes
};
CodePoint code_point(std::string_view text, std::size_t at) noexcept;

/// How many code points a text has.
std::size_t length(std::string_view text) noexcept;

/// For XML and HTML: element content and quoted attributes. What XML cannot hold becomes U+FFFD.
std::string xml(std::string_view text);

/// For a stretch of Markdown (CommonMark with tables and autolinks) that shows exactly this text, on one line.
std::string markdown(std::string_view text);
/// Likewise as a code span, on one line. `in_table` also protects `|`.
std::string markdown_code(std::string_view text, bool in_table);

/// The address of a Markdown link between `<` and `>`.
std::string markdown_destination(std::string_view url);

/// Plain text for a terminal or a chart: on one line, control characters become U+FFFD.
std::string plain(std::string_view text);

/// A JSON string with its quotes.
std::string json(std::string_view text);

/// Whether an address may become a link: `http`, `https` and `mailto` only.
bool linkable(std::string_view url) noexcept;

}  // namespace carestep::encode

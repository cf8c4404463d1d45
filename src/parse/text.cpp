#include "parse/text.hpp"

#include <optional>
#include <string_view>

#include "parse/utf8.hpp"

namespace carestep::parse {
namespace {

bool is_control(char32_t c, std::optional<char32_t> next) {
  if (c == '\t' || c == '\n') return false;
  if (c == '\r') return next != U'\n';
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

void judge(char32_t c, std::optional<char32_t> next, Span at, Sink& sink) {
  auto const number = static_cast<std::uint32_t>(c);
  if (is_control(c, next))
    sink.report(Code::control_character, at, "control character U+{:04X}", number).help("take it out");
  else if (is_hidden(c))
    sink.report(Code::hidden_character, at, "invisible character U+{:04X}", number)
        .help("take it out: a rule must say what it looks like");
}

}  // namespace

bool is_hidden(char32_t c) {
  if (c < 0x00AD) return false;
  return c == 0x00AD || c == 0x061C || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

bool check_text(SourceMap const& sources, std::uint32_t file, Sink& sink) {
  std::string_view const text = sources.file(file).text();
  if (text.size() > max_file_bytes) {
    sink.report(Code::file_too_large, Span{file, 0, 0}, "the file is larger than 1 MiB")
        .help("split it, and join the parts with `use`");
    return false;
  }
  std::size_t i = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (i < text.size()) {
    std::optional<Utf8Char> const c = decode_utf8(text, i);
    auto const begin = static_cast<std::uint32_t>(i);
    if (!c) {
      sink.report(Code::not_utf8, Span{file, begin, begin}, "the file is not UTF-8 text from here on")
          .help("save the file with the encoding UTF-8");
      return false;
    }
    i += c->bytes;
    std::optional<Utf8Char> const next = i < text.size() ? decode_utf8(text, i) : std::nullopt;
    if (sink.diagnostics().size() < max_diagnostics)
      judge(c->value, next ? std::optional(next->value) : std::nullopt,
            Span{file, begin, static_cast<std::uint32_t>(i)}, sink);
  }
  return true;
}

}  // namespace carestep::parse

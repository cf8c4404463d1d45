#include "parse/lexer.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "parse/keywords.hpp"
#include "parse/text.hpp"
#include "parse/utf8.hpp"

namespace carestep::parse {
namespace {

constexpr std::size_t max_name = 64;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool begins_word(char c) {
  return is_lower(c) || is_upper(c) || c == '_';
}
bool in_word(char c) {
  return begins_word(c) || is_digit(c);
}
/// Blanks, and the control characters that `check_text` has reported.
bool is_blank(char c) {
  return c == ' ' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

constexpr auto long_symbols = std::to_array<std::string_view>({"->", "<=", ">=", "!="});
constexpr std::string_view short_symbols = "<>=+-*/(),:|.";

bool is_symbol(std::string_view text) {
  return std::find(long_symbols.begin(), long_symbols.end(), text) != long_symbols.end() ||
         (text.size() == 1 && short_symbols.find(text) != std::string_view::npos);
}

/// What other languages and word processors write for our symbols and words.
struct Lookalike {
  std::string_view written;
  std::string_view meant;
};
constexpr auto lookalikes = std::to_array<Lookalike>({
    {"==", "="},
    {"<>", "!="},
    {"&&", "and"},
    {"!", "not"},
    {"\u2264", "<="},
    {"\u2265", ">="},
    {"\u2260", "!="},
    {"\u2192", "->"},
    {"\u2013", "-"},
    {"\u2014", "-"},
    {"\u2212", "-"},
    {"\u201C", "\""},
    {"\u201D", "\""},
    {"\u201E", "\""},
    {"'", "\""},
});

class Lexer {
 public:
  Lexer(SourceMap const& sources, std::uint32_t file, Sink& sink)
      : text_(sources.file(file).text()), file_(file), sink_(sink) {}

  Lexed run() {
    while (next()) {
    }
    Token end;
    end.first_on_line = true;
    end.at = span(text_.size(), text_.size());
    end.source = text_.substr(text_.size());
    result_.tokens.push_back(std::move(end));
    return std::move(result_);
  }

 private:
  bool next() {
    skip_blanks();
    if (at_ == text_.size()) return false;
    char const c = text_[at_];
    if (c == '#')
      comment();
    else if (c == '"')
      quoted();
    else if (is_digit(c))
      number_or_date();
    else if (begins_word(c))
      word();
    else
      symbol();
    return true;
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) {
      if (text_[at_] == '\n') line_is_empty_ = true;
      ++at_;
    }
  }

  void comment() {
    std::size_t end = std::min(text_.find('\n', at_), text_.size());
    std::size_t const line_end = end;
    if (end > at_ && text_[end - 1] == '\r') --end;
    result_.comments.push_back({span(at_, end), line_is_empty_});
    at_ = line_end;
  }

  void word() {
    std::size_t const begin = at_;
    while (at_ < text_.size() && in_word(text_[at_])) ++at_;
    Token& token = add(TokenKind::word, begin);
    token.keyword = is_keyword(token.source);
    token.reserved = is_reserved_value(token.source);
    judge_word(token);
  }

  void judge_word(Token const& token) {
    if (full()) return;
    std::string_view const word = token.source;
    if (word.size() > max_name) {
      sink_.report(Code::name_too_long, token.at, "`{}...` is longer than {} characters", word.substr(0, 16), max_name);
    } else if (word[0] == '_') {
      sink_.report(Code::not_a_name, token.at, "`{}` does not begin with a letter", word);
    } else if (std::any_of(word.begin(), word.end(), is_upper)) {
      std::string lower(word);
      for (char& c : lower) c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
      sink_.report(Code::not_a_name, token.at, "`{}` has capital letters", word)
          .help("words outside of texts are written in small letters: `{}`", lower)
          .replace_with(lower);
    }
  }

  void number_or_date() {
    std::size_t const begin = at_;
    if (std::optional<std::size_t> const end = date_end(begin)) return date(begin, *end);
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    if (at_ + 1 < text_.size() && text_[at_] == '.' && is_digit(text_[at_ + 1])) {
      ++at_;
      while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    }
    Token& token = add(TokenKind::number, begin);
    DecimalError error = DecimalError::not_a_number;
    std::optional<Decimal> const value = parse_decimal(token.source, &error);
    token.number = value.value_or(Decimal{});
    if (at_ < text_.size() && begins_word(text_[at_]))
      letters_behind(token);
    else if (!value && !full())
      refuse_number(token, error);
  }

  void refuse_number(Token const& token, DecimalError error) {
    if (error == DecimalError::too_precise)
      sink_.report(Code::not_a_number_text, token.at, "the number has more than eight digits behind the point");
    else
      sink_.report(Code::not_a_number_text, token.at, "the number is larger than 10,000,000,000");
  }

  /// `7days`, `1e5`: one mistake, one message.
  void letters_behind(Token& token) {
    std::size_t const letters = at_;
    while (at_ < text_.size() && in_word(text_[at_])) ++at_;
    token.kind = TokenKind::bad;
    token.at.end = static_cast<std::uint32_t>(at_);
    std::string_view const behind = text_.substr(letters, at_ - letters);
    if (full()) return;
    auto entry = sink_.report(Code::not_a_number_text, token.at, "`{}{}` is neither a number nor a word",
                              token.source.substr(0, 24), behind.substr(0, 24));
    if ((behind[0] == 'e' || behind[0] == 'E') && std::all_of(behind.begin() + 1, behind.end(), is_digit))
      entry.help("numbers have no exponent: write all the digits");
    else
      entry.help("put a space between: `{} {}`", token.source.substr(0, 24), behind.substr(0, 24));
  }

  /// Where a date-like text ends: `2026-05-14`, also with a digit left out or too many.
  [[nodiscard]] std::optional<std::size_t> date_end(std::size_t begin) const {
    std::size_t i = begin;
    auto const digits = [&] {
      std::size_t const start = i;
      while (i < text_.size() && is_digit(text_[i])) ++i;
      return i - start;
    };
    auto const dash = [&] { return i < text_.size() && text_[i] == '-' && ++i != 0; };
    if (digits() != 4 || !dash() || digits() == 0 || !dash() || digits() == 0) return std::nullopt;
    return i;
  }

  void date(std::size_t begin, std::size_t end) {
    at_ = end;
    Token& token = add(TokenKind::date, begin);
    if (std::optional<Date> const value = parse_date(token.source))
      token.date = *value;
    else if (!full())
      sink_.report(Code::not_a_date_text, token.at, "there is no day `{}`", token.source.substr(0, 24))
          .help("a date is written `YYYY-MM-DD`");
  }

  /// The offset behind the closing quote; the length of the file when there is none.
  [[nodiscard]] std::size_t closing(std::size_t begin) const {
    for (std::size_t i = begin + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\')
        ++i;
      else if (text_[i] == '"')
        return i + 1;
    }
    return std::string_view::npos;
  }

  void quoted() {
    std::size_t const begin = at_;
    std::size_t const end = closing(begin);
    if (end == std::string_view::npos) return unclosed(begin);
    at_ = end;
    Token& token = add(TokenKind::text, begin);
    token.value = resolve(begin + 1, end - 1);
    if (!suspect_ && looks_swallowed(token.source)) suspect_ = result_.tokens.size() - 1;
  }

  /// Whether a text holds a line that begins as a declaration does: if the file's quotes do not come out even, the
  /// closing quote was most likely forgotten before that line.
  [[nodiscard]] static bool looks_swallowed(std::string_view text) {
    for (std::size_t line = text.find('\n'); line != std::string_view::npos; line = text.find('\n', line)) {
      std::size_t const begin = ++line;
      std::size_t end = begin;
      while (end < text.size() && in_word(text[end])) ++end;
      if (end < text.size() && text[end] == ' ' && begins_declaration(text.substr(begin, end - begin))) return true;
    }
    return false;
  }

  /// Reports the text that is most likely the unclosed one, ends it at the end of its line, and goes on from there.
  void unclosed(std::size_t begin) {
    if (suspect_ && !reopened_) {
      begin = result_.tokens[*suspect_].at.begin;
      result_.tokens.resize(*suspect_);
      while (!result_.comments.empty() && result_.comments.back().at.begin > begin) result_.comments.pop_back();
    }
    reopened_ = true;
    at_ = std::min(text_.find('\n', begin), text_.size());
    add(TokenKind::text, begin).value = text_.substr(begin + 1, at_ - begin - 1);
    if (!full())
      sink_.report(Code::text_not_closed, span(begin, begin + 1), "the text that begins here is not closed")
          .help("put a `\"` where it ends");
  }

  std::string resolve(std::size_t i, std::size_t end) {
    std::string value;
    while (i < end) {
      char const c = text_[i];
      if (c == '\\') {
        judge_escape(i);
        value += text_[i + 1];
        i += 2;
      } else if (c == '\n' || (c == '\r' && text_[i + 1] == '\n')) {
        i = line_break(value, i, end);
      } else {
        value += c;
        ++i;
      }
    }
    return value;
  }

  void judge_escape(std::size_t i) {
    char const c = text_[i + 1];
    if (c == '"' || c == '\\' || full()) return;
    std::size_t const bytes = decode_utf8(text_, i + 1).value_or(Utf8Char{0, 1}).bytes;
    sink_.report(Code::unknown_escape, span(i, i + 1 + bytes), "a text knows `\\\"` and `\\\\` only")
        .help("for a backslash write `\\\\`");
  }

  /// A line break with the blanks around it reads as one space.
  std::size_t line_break(std::string& value, std::size_t i, std::size_t end) const {
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.pop_back();
    value += ' ';
    while (i < end && is_blank(text_[i])) ++i;
    return i;
  }

  void symbol() {
    std::size_t const begin = at_;
    std::string_view const rest = text_.substr(at_);
    if (auto const like = starting(rest)) return refuse_symbol(begin, like->written.size(), like->meant);
    for (std::string_view const symbol : long_symbols) {
      if (!rest.starts_with(symbol)) continue;
      at_ += symbol.size();
      add(TokenKind::symbol, begin);
      return;
    }
    if (short_symbols.find(rest[0]) == std::string_view::npos) return refuse_symbol(begin, 0, {});
    bool const bullet = rest[0] == '-' && line_is_empty_;
    ++at_;
    add(bullet ? TokenKind::bullet : TokenKind::symbol, begin);
  }

  static Lookalike const* starting(std::string_view rest) {
    if (rest.starts_with("!=")) return nullptr;
    auto const found = std::find_if(lookalikes.begin(), lookalikes.end(),
                                    [&](Lookalike const& like) { return rest.starts_with(like.written); });
    return found == lookalikes.end() ? nullptr : &*found;
  }

  void refuse_symbol(std::size_t begin, std::size_t bytes, std::string_view meant) {
    Utf8Char const c = decode_utf8(text_, begin).value_or(Utf8Char{0, 1});
    at_ = begin + (bytes != 0 ? bytes : c.bytes);
    if (is_hidden(c.value) || (c.value >= 0x80 && c.value < 0xA0)) return;  // check_text has reported it
    Token& token = add(TokenKind::bad, begin);
    if (is_symbol(meant)) {
      token.kind = meant == "-" && token.first_on_line ? TokenKind::bullet : TokenKind::symbol;
      token.source = meant;
    }
    if (full()) return;
    auto entry =
        sink_.report(Code::unexpected_character, token.at, "`{}` has no meaning here", sink_.sources().text(token.at));
    if (!meant.empty()) entry.help("write `{}`", meant).replace_with(std::string(meant));
  }

  Token& add(TokenKind kind, std::size_t begin) {
    Token& token = result_.tokens.emplace_back();
    token.kind = kind;
    token.first_on_line = line_is_empty_;
    token.at = span(begin, at_);
    token.source = text_.substr(begin, at_ - begin);
    line_is_empty_ = false;
    return token;
  }

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  [[nodiscard]] bool full() const { return sink_.diagnostics().size() >= max_diagnostics; }

  std::string_view text_;
  std::uint32_t file_;
  Sink& sink_;
  Lexed result_;
  std::size_t at_ = 0;
  bool line_is_empty_ = true;
  std::optional<std::size_t> suspect_;  // the first text that may have swallowed declarations
  bool reopened_ = false;
};

}  // namespace

Lexed lex(SourceMap const& sources, std::uint32_t file, Sink& sink) {
  return Lexer(sources, file, sink).run();
}

}  // namespace carestep::parse

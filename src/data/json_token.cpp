#include "data/json_token.hpp"

namespace carestep::data {
namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes one digit or more from the front.
bool take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && digit(text[count])) ++count;
  text.remove_prefix(count);
  return count > 0;
}

bool take(std::string_view& text, std::string_view one_of) {
  if (text.empty() || one_of.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// simdjson's tokens reach to the next one: without the white space between.
std::string_view without_blanks_behind(std::string_view token) {
  return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
}

/// A text without escapes stays where it is. It is taken either way: simdjson would pass over a text and a colon behind
/// it as over a key.
simdjson::error_code take_text(simdjson::ondemand::value& value, Token& token) {
  bool const whole = token.raw.size() >= 2 && token.raw.back() == '"';
  if (!whole || token.raw.find('\\') != std::string_view::npos) return value.get_string().get(token.text);
  token.text = token.raw.substr(1, token.raw.size() - 2);
  return value.get_raw_json_string().error();
}

}  // namespace

bool is_json_number(std::string_view text) {
  std::string_view rest = text;
  if (take_digits(rest) && rest.empty()) return text.size() == 1 || text[0] != '0';  // nearly always
  take(text, "-");
  if (!take(text, "0") && !take_digits(text)) return false;
  if (take(text, ".") && !take_digits(text)) return false;
  if (take(text, "eE")) {
    take(text, "+-");
    if (!take_digits(text)) return false;
  }
  return text.empty();
}

simdjson::error_code look(simdjson::ondemand::value& value, Token& token) {
  std::string_view const raw = without_blanks_behind(value.raw_json_token());
  token = {Token::Kind::number, raw, raw};
  if (raw.empty()) return simdjson::TAPE_ERROR;
  switch (raw[0]) {
    case '{':
      token.kind = Token::Kind::object;
      return simdjson::SUCCESS;
    case '[':
      token.kind = Token::Kind::list;
      return simdjson::SUCCESS;
    case '"':
      token.kind = Token::Kind::text;
      return take_text(value, token);
    default:
      break;
  }
  if (is_json_number(raw)) return simdjson::SUCCESS;
  if (raw == "null") {
    token.kind = Token::Kind::null;
  } else if (raw == "true") {
    token.kind = Token::Kind::yes;
  } else if (raw == "false") {
    token.kind = Token::Kind::no;
  } else {
    return simdjson::TAPE_ERROR;
  }
  return simdjson::SUCCESS;
}

}  // namespace carestep::data

#include "data/write_id.hpp"

#include <simdjson.h>

#include "data/json_token.hpp"

namespace carestep::data {
namespace {

bool hex_digits(std::string_view text, std::size_t at) {
  return text.size() >= at + 4 &&
         text.substr(at, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// By JSON's grammar; `inside` is what stands between the quotes.
bool is_string_content(std::string_view inside) {
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (static_cast<unsigned char>(inside[i]) < 0x20 || inside[i] == '"') return false;
    if (inside[i] != '\\') continue;
    if (++i == inside.size()) return false;
    bool const known = std::string_view("\"\\/bfnrt").find(inside[i]) != std::string_view::npos;
    if (!known && !(inside[i] == 'u' && hex_digits(inside, i + 1))) return false;
  }
  return simdjson::validate_utf8(inside.data(), inside.size());
}

bool is_json_string(std::string_view text) {
  return text.size() >= 2 && text.front() == '"' && text.back() == '"' &&
         is_string_content(text.substr(1, text.size() - 2));
}

}  // namespace

bool is_json_id(std::string_view id) {
  return is_json_string(id) || is_json_number(id);
}

std::string unquoted_id(std::string_view id) {
  if (!is_json_string(id)) return std::string(id);
  std::string const inside(id.substr(1, id.size() - 2));
  if (inside.find('\\') == std::string::npos) return inside;
  simdjson::padded_string const json(id);
  simdjson::ondemand::parser parser;
  std::string_view text;
  return parser.iterate(json).get_string().get(text) == simdjson::SUCCESS ? std::string(text) : inside;
}

void write_id(JsonWriter& json, std::string_view id) {
  if (id.empty()) return;
  if (is_json_id(id)) {
    json.raw("id", id);
  } else {
    json.text("id", id);
  }
}

}  // namespace carestep::data

#pragma once

#include <cstdint>
#include <simdjson.h>
#include <string_view>

namespace carestep::data {

/// What stands before the reader. For a text: its characters, escapes resolved; for a number: its digits as written.
struct Token {
  enum class Kind : std::uint8_t { null, yes, no, number, text, list, object };
  Kind kind = Kind::null;
  std::string_view text;
  std::string_view raw;  // number and text as they stand in the source
};

/// Looks at a value without leaving it.
///
/// Errors   whatever is not JSON. simdjson alone reads numbers as binary ones, and words by their first letter.
simdjson::error_code look(simdjson::ondemand::value& value, Token& token);

/// Whether this is a number by JSON's own grammar: no `01`, `+1`, `.5`, `1.`.
bool is_json_number(std::string_view text);

}  // namespace carestep::data

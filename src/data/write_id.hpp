#pragma once

#include <string>
#include <string_view>

#include "base/json_writer.hpp"

namespace carestep::data {

/// The key `id`, left out where there is none. What is neither a JSON string nor a JSON number is written as a text, so
/// that a line is JSON whatever the caller calls a record.
void write_id(JsonWriter& json, std::string_view id);

/// Whether an id stands in a line as it is: a JSON string or a JSON number.
bool is_json_id(std::string_view id);

/// An id without the quotes and escapes of JSON.
std::string unquoted_id(std::string_view id);

}  // namespace carestep::data

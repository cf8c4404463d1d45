#include "base/json_writer.hpp"

#include <algorithm>

#include "base/encode.hpp"

namespace carestep {
namespace {

bool stands_for_itself(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

}  // namespace

void JsonWriter::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  open_ += bracket == '{' ? '}' : ']';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::close() {
  out_ += open_.back();
  open_.pop_back();
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::name(std::string_view key) {
  separate();
  quote(key);
  out_ += ':';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  quote(value);
  return *this;
}

/// Nearly every text is a name: it goes in as it is.
void JsonWriter::quote(std::string_view value) {
  bool const plain = std::all_of(value.begin(), value.end(), stands_for_itself);
  if (!plain) {
    out_ += encode::json(value);
    return;
  }
  out_ += '"';
  out_ += value;
  out_ += '"';
}

JsonWriter& JsonWriter::raw(std::string_view value) {
  separate();
  out_ += value;
  return *this;
}

}  // namespace carestep

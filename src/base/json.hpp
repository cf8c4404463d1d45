#pragma once

#include <string>
#include <string_view>

namespace carestep {

/// Appends `text` as a JSON string with its quotes.
///
/// Errors   bytes that are not UTF-8 become U+FFFD, so that what comes out is always JSON.
void append_json_string(std::string& out, std::string_view text);

/// Appends JSON values to a text; commas come by themselves.
///
///   JsonWriter json(out);
///   json.open_object();
///   json.key("ask");
///   json.open_list();
///   json.text("phq9");
///   json.close_list();
///   json.close_object();
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(&out) {}

  void open_object() { open('{'); }
  void close_object() { close('}'); }
  void open_list() { open('['); }
  void close_list() { close(']'); }
  void key(std::string_view name);

  void text(std::string_view value);
  void truth(bool value) { raw(value ? "true" : "false"); }
  void null() { raw("null"); }
  /// A value that is JSON already.
  void raw(std::string_view json);

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();

  std::string* out_;
  bool first_ = true;
};

}  // namespace carestep

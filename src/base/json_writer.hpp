#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace carestep {

/// Writes compact JSON front to back; commas come by themselves.
///
/// Shape    calls nest as the JSON does: `object()` … `close()`, `array("key")` … `close()`.
class JsonWriter {
 public:
  JsonWriter() = default;
  /// Goes on behind `start`.
  explicit JsonWriter(std::string start) : out_(std::move(start)) {}

  JsonWriter& object() { return open('{'); }
  JsonWriter& object(std::string_view key) { return name(key).open('{'); }
  JsonWriter& array() { return open('['); }
  JsonWriter& array(std::string_view key) { return name(key).open('['); }
  JsonWriter& close();
  /// The key of the value that comes next.
  JsonWriter& name(std::string_view key);

  JsonWriter& text(std::string_view value);
  JsonWriter& text(std::string_view key, std::string_view value) { return name(key).text(value); }
  JsonWriter& number(std::int64_t value) { return raw(std::to_string(value)); }
  JsonWriter& number(std::string_view key, std::int64_t value) { return name(key).number(value); }
  JsonWriter& truth(std::string_view key, bool value) { return name(key).raw(value ? "true" : "false"); }
  JsonWriter& null(std::string_view key) { return name(key).raw("null"); }
  /// `value` is JSON already.
  JsonWriter& raw(std::string_view value);
  JsonWriter& raw(std::string_view key, std::string_view value) { return name(key).raw(value); }
  template <class Texts>
  JsonWriter& texts(std::string_view key, Texts const& values) {
    array(key);
    for (auto const& value : values) text(value);
    return close();
  }

  [[nodiscard]] std::string const& str() const { return out_; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  JsonWriter& open(char bracket);
  void quote(std::string_view value);
  void separate();

  std::string out_;
  std::string open_;  // the closing brackets still to come, innermost last
  bool first_ = true;
};

}  // namespace carestep

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carestep::parse {

/// A path taken apart, without `.` and without `..` that can be taken back: two paths of the same text are the same.
/// Nothing is asked of the file system.
struct Path {
  bool absolute = false;
  std::vector<std::string> parts;  // `..` at the front only, and only in a relative path

  [[nodiscard]] Path parent() const;
  [[nodiscard]] std::string text() const;
  /// Whether it names something inside `folder`. Only paths that are both absolute or both relative compare.
  [[nodiscard]] bool below(Path const& folder) const;

  friend bool operator==(Path const&, Path const&) = default;
};

Path parse_path(std::string_view text);
/// `relative` as seen from `folder`.
Path operator/(Path const& folder, Path const& relative);

}  // namespace carestep::parse

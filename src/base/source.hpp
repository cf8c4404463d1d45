#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <carestep/diagnostic.hpp>

#include "base/span.hpp"

namespace carestep {

/// One rule file as read: its name as the user wrote it (relative to where they stand), its text without a byte-order mark.
class SourceFile {
 public:
  SourceFile(std::string name, std::string text);

  [[nodiscard]] std::string const& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view line(std::uint32_t number) const;  // from 1
  [[nodiscard]] std::uint32_t line_of(std::uint32_t offset) const;  // from 1

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

/// The files of one ruleset, numbered in the order of use. Spans point into it.
class SourceMap {
 public:
  std::uint32_t add(std::string name, std::string text);
  [[nodiscard]] SourceFile const& file(std::uint32_t index) const { return *files_[index]; }
  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] std::string_view text(Span at) const;
  /// The text in one line: comments left out, white space collapsed.
  [[nodiscard]] std::string words(Span at) const;
  /// Resolves a span to lines and columns (code points) for a diagnostic.
  [[nodiscard]] Place place(Span at) const;

 private:
  std::vector<std::shared_ptr<SourceFile const>> files_;
};

}  // namespace carestep

#pragma once

#include <fmt/format.h>

#include <carestep/diagnostic.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/source.hpp"
#include "base/span.hpp"
#include "diag/code.hpp"

namespace carestep {

/// Collects the diagnostics of one run. The text of a message stands beside the call that reports it:
///
///   sink.report(Code::unknown_name, name.at, "unknown input `{}`", name.text).help("did you mean `{}`?", nearest);
class Sink {
 public:
  explicit Sink(SourceMap const& sources) : sources_(&sources) {}

  /// Adds to the diagnostic just reported; use it within the same expression.
  class Entry {
   public:
    template <class... Args>
    Entry& help(fmt::format_string<Args...> text, Args&&... args) {
      diagnostic_->help = fmt::format(text, std::forward<Args>(args)...);
      return *this;
    }
    /// The text that, put in the place of the primary span, mends the file.
    Entry& replace_with(std::string text) {
      diagnostic_->replacement = std::move(text);
      return *this;
    }
    template <class... Args>
    Entry& related(Span at, fmt::format_string<Args...> text, Args&&... args) {
      diagnostic_->related.push_back({fmt::format(text, std::forward<Args>(args)...), sources_->place(at)});
      return *this;
    }

   private:
    friend class Sink;
    Entry(Diagnostic& diagnostic, SourceMap const& sources) : diagnostic_(&diagnostic), sources_(&sources) {}
    Diagnostic* diagnostic_;
    SourceMap const* sources_;
  };

  template <class... Args>
  Entry report(Code code, Span at, fmt::format_string<Args...> text, Args&&... args) {
    return add(code, at, fmt::format(text, std::forward<Args>(args)...));
  }

  [[nodiscard]] bool failed() const { return has_errors(diagnostics_); }
  [[nodiscard]] Diagnostics const& diagnostics() const { return diagnostics_; }
  /// The diagnostics in the order of files and places, errors and warnings together; the sink is empty afterwards.
  [[nodiscard]] Diagnostics take();
  [[nodiscard]] SourceMap const& sources() const { return *sources_; }

 private:
  Entry add(Code code, Span at, std::string message);

  SourceMap const* sources_;
  Diagnostics diagnostics_;
  std::vector<Span> spans_;
};

}  // namespace carestep

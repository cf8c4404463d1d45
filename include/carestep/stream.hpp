#pragma once

#include <carestep/ruleset.hpp>

#include <memory>
#include <string>
#include <string_view>

// For many assessments one after the other: what was allocated for one serves the next.

namespace carestep {

/// Reads assessments of one ruleset, one JSON object each. Reads and refuses exactly what `assessment_from_json` does,
/// in the same words.
///
/// Cost     does not allocate for objects like those before; what is refused, or written in an unusual way (escapes,
///          exponents, line breaks), takes longer.
/// Threads  one at a time; make one a thread.
class AssessmentReader {
 public:
  explicit AssessmentReader(Ruleset const& rules);
  AssessmentReader(AssessmentReader&&) noexcept;
  AssessmentReader& operator=(AssessmentReader&&) noexcept;
  ~AssessmentReader();

  /// What `read_in_place` may look at behind the text.
  static constexpr std::size_t padding = 64;

  /// Reads one object.
  ///
  /// Returns  whether it was read: then `assessment` and `id` hold it until the next call, else `refused` says why.
  [[nodiscard]] bool read(std::string_view json);
  /// Likewise without a copy. Behind `json` stand a line break or a zero byte, perhaps after blanks, and at least
  /// `padding` bytes that may be read; `id` is a view into `json`.
  [[nodiscard]] bool read_in_place(std::string_view json);

  [[nodiscard]] Assessment const& assessment() const noexcept;
  /// As JSON, as it came; empty where there was none.
  [[nodiscard]] std::string_view id() const noexcept;
  [[nodiscard]] RefusedAssessment const& refused() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Writes decisions of one ruleset as JSON, in the words of `decision_to_json`.
///
/// Threads  one at a time; make one a thread.
class DecisionWriter {
 public:
  explicit DecisionWriter(Ruleset const& rules, bool brief = false);
  DecisionWriter(DecisionWriter&&) noexcept;
  DecisionWriter& operator=(DecisionWriter&&) noexcept;
  ~DecisionWriter();

  /// Adds the decision to `out` as one line, without a line break. `id` is JSON as it came; left out where empty.
  void append(std::string& out, Decision const& decision, std::string_view id = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace carestep

#pragma once

#include <carestep/ruleset.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "program/program.hpp"

namespace carestep::data {

/// Names of another version of the ruleset, and what they are in this one: empty where it has no such thing, and what
/// is said of it is passed over.
struct OtherNames {
  std::map<std::string, std::string, std::less<>> inputs;
  std::map<std::string, std::string, std::less<>> levels;
};

/// Reads assessments, one JSON object each. It keeps its buffers from one to the next: make one a thread.
///
/// Threads  one at a time.
class ThoroughReader {
 public:
  ThoroughReader();
  ThoroughReader(ThoroughReader&&) noexcept;
  ThoroughReader& operator=(ThoroughReader&&) noexcept;
  ~ThoroughReader();

  /// `json` is one object and nothing else; it is copied, and needs no padding behind it. `others`: names that are
  /// understood besides the ruleset's own.
  ///
  /// Errors   every refusal of the object (at most `most_refusals`), with the `id` where that could be read.
  Result<ReadAssessment, RefusedAssessment> read(std::shared_ptr<program::Program const> const& program,
                                                 std::string_view json, OtherNames const& others = {});

  /// So that a hostile object cannot be answered with more than it said.
  static constexpr std::size_t most_refusals = 256;

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

/// Likewise, once.
Result<ReadAssessment, RefusedAssessment> read_assessment(std::shared_ptr<program::Program const> const& program,
                                                          std::string_view json);

}  // namespace carestep::data

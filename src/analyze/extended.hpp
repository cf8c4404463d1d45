#pragma once

// A function of answers, extended by the answer `not known`: then it has the value that it has for every answer.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "diagram/diagram.hpp"

namespace carestep::analyze {

/// What a variable may be in the extended function.
enum class Openness : std::uint8_t {
  told,     // any of its codes
  unknown,  // not known
  either,   // any of its codes, or not known: the code behind its last one
};

/// Leaves: `nothing` where no assessment is possible, `mixed` where what is not known matters or the value is no wanted
/// one, wanted values from `wanted` on.
class Extended {
 public:
  static constexpr std::uint32_t nothing = 0;
  static constexpr std::uint32_t mixed = 1;
  static constexpr std::uint32_t wanted = 2;

  /// `openness`: one a position of `from`. Every step counts against the budget; throws diagram::OverBudget.
  Extended(diagram::Diagram const& from, diagram::Ref function, std::vector<Openness> openness, std::uint64_t budget);

  [[nodiscard]] diagram::Diagram& diagram() { return diagram_; }
  [[nodiscard]] diagram::Ref function() const { return function_; }

 private:
  diagram::Ref extend(diagram::Ref ref);
  diagram::Ref agreed(diagram::Ref a, diagram::Ref b);

  diagram::Diagram const& from_;
  std::vector<Openness> openness_;
  diagram::Diagram diagram_;
  std::unordered_map<std::uint32_t, diagram::Ref> extended_;
  std::unordered_map<std::uint64_t, diagram::Ref> agreed_;  // by both numbers
  diagram::Ref function_;
};

}  // namespace carestep::analyze

#pragma once

// How many assessments a region holds, exactly, however many that are.

#include <boost/multiprecision/cpp_int.hpp>
#include <unordered_map>
#include <vector>

#include "analyze/space.hpp"

namespace carestep::analyze {

using Count = boost::multiprecision::cpp_int;

/// Counts region after region of one diagram, which share what they have in common.
class Counter {
 public:
  /// `counted`: the positions of the variables whose combinations count.
  Counter(diagram::Diagram const& diagram, std::vector<bool> const& counted);

  /// How many combinations of these variables lie in the region, which depends on no other.
  Count of(diagram::Ref region) { return below(region, 0); }

  /// Nodes that were looked at so far.
  [[nodiscard]] std::size_t visited() const { return done_.size(); }

 private:
  Count below(diagram::Ref ref, diagram::Position from);
  Count const& here(diagram::Ref ref, diagram::Position at);

  diagram::Diagram const& diagram_;
  std::vector<Count> behind_;  // combinations of the counted variables from here on
  std::unordered_map<std::uint32_t, Count> done_;
};

/// Likewise, once.
Count count(diagram::Diagram const& diagram, diagram::Ref region, std::vector<bool> const& counted);

}  // namespace carestep::analyze

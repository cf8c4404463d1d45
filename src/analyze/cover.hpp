#pragma once

// A small set of members that meets every goal which all of them together meet.

#include <boost/dynamic_bitset.hpp>
#include <vector>

namespace carestep::analyze {

using MemberSet = boost::dynamic_bitset<std::uint64_t>;

/// A goal is met by a member of `one` and a member of `other`, which may be the same member; neither is empty.
struct Pairing {
  MemberSet one;
  MemberSet other;
};
/// Any of the pairings will do.
using Pairings = std::vector<Pairing>;

bool met(Pairings const& goal, MemberSet const& chosen);

/// Greedily the member that brings the goals forward most (of several, the first), and then none that is not needed.
/// Goals that cannot be met are passed over.
MemberSet cover(std::size_t members, std::vector<Pairings> const& goals);

}  // namespace carestep::analyze

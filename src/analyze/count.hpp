#pragma once

// How many assessments a region holds, exactly, however many that are.

#include <boost/multiprecision/cpp_int.hpp>
#include <vector>

#include "analyze/space.hpp"

namespace carestep::analyze {

using Count = boost::multiprecision::cpp_int;

/// How many combinations of the variables at the marked positions lie in the region, which depends on no other.
Count count(diagram::Diagram const& diagram, diagram::Ref region, std::vector<bool> const& counted);

}  // namespace carestep::analyze

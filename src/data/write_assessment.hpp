#pragma once

#include <carestep/assessment.hpp>

#include <string>
#include <string_view>

namespace carestep::data {

/// The assessment as one line of JSON, keys in the order of docs/data.md and answers in the order of declaration. What
/// is not known and has no reason is left out.
///
/// Shape    `id` is JSON as it came; left out where empty.
std::string write_assessment(Assessment const& assessment, std::string_view id);

}  // namespace carestep::data

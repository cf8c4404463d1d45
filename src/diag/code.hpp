#pragma once

#include <carestep/diagnostic.hpp>
#include <cstdint>
#include <string_view>

namespace carestep {

/// Every diagnostic code, by its name: `Code::unknown_name`. The rows are in codes.def.
enum class Code : std::uint16_t {
#define CARESTEP_CODE(number, name, severity) name,
#include "diag/codes.def"
#undef CARESTEP_CODE
};

/// `E0203`
std::string_view code_text(Code code) noexcept;
Severity code_severity(Code code) noexcept;

}  // namespace carestep

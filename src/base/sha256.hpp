#pragma once

#include <string>
#include <string_view>

namespace carestep {

/// The SHA-256 digest of `bytes`.
///
/// Returns  64 hexadecimal digits in lower case.
std::string sha256_hex(std::string_view bytes);

}  // namespace carestep

#include <carestep/version.hpp>

namespace carestep {

std::string_view engine_version() noexcept {
  return CARESTEP_VERSION;
}

}  // namespace carestep

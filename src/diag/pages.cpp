#include "diag/pages.hpp"

#include <carestep/diagnostic.hpp>

#include <algorithm>

namespace carestep {

std::string diagnostic_page(std::string_view code) {
  std::span<Page const> const pages = all_pages();
  auto const page =
      std::lower_bound(pages.begin(), pages.end(), code,
                       [](Page const& candidate, std::string_view wanted) { return candidate.code < wanted; });
  if (page == pages.end() || page->code != code) return {};
  return std::string(page->text);
}

}  // namespace carestep

#pragma once

#include <span>
#include <string_view>

namespace carestep {

/// One page of docs/diagnostics, built into the library.
struct Page {
  std::string_view code;
  std::string_view text;
};

/// Every page, sorted by code. The definition is made by the build (cmake/embed_pages.cmake).
std::span<Page const> all_pages() noexcept;

}  // namespace carestep

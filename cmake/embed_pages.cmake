# Writes OUTPUT, a C++ file that holds the text of every page (*.md) of the folder PAGES by its code.
# Run by the build: cmake -DPAGES=… -DOUTPUT=… -P embed_pages.cmake
file(GLOB pages ${PAGES}/*.md)
list(SORT pages)
set(rows "")
set(count 0)
foreach(page IN LISTS pages)
  get_filename_component(code ${page} NAME_WE)
  file(READ ${page} text)
  string(APPEND rows "    {\"${code}\", R\"care_page(${text})care_page\"},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUTPUT}.new "// Made by cmake/embed_pages.cmake from docs/diagnostics.
#include \"diag/pages.hpp\"

namespace carestep {
namespace {

constexpr Page pages[] = {
${rows}    {\"\", \"\"}};

}  // namespace

std::span<Page const> all_pages() noexcept { return {pages, ${count}}; }

}  // namespace carestep
")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)

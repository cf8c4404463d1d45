#include <carestep/diagnostic.hpp>

#include "border.hpp"

using namespace carestep;
using namespace carestep::capi;

namespace {

carestep_diagnostic at(Place const& place, std::string const& message) {
  carestep_diagnostic out = {};
  out.code = "";
  out.message = message.c_str();
  out.file = place.file.c_str();
  out.source_line = place.source_line.c_str();
  out.help = "";
  out.replacement = "";
  out.line = place.line;
  out.column = place.column;
  out.end_line = place.end_line;
  out.end_column = place.end_column;
  return out;
}

}  // namespace

size_t carestep_diagnostics_count(carestep_diagnostics const* diagnostics) {
  return is(diagnostics) ? diagnostics->list.size() : 0;
}

carestep_status carestep_diagnostics_get(carestep_diagnostics const* diagnostics, size_t index,
                                         carestep_diagnostic* out) {
  if (index >= carestep_diagnostics_count(diagnostics)) return CARESTEP_ERR_ARGUMENT;
  Diagnostic const& one = diagnostics->list[index];
  carestep_diagnostic filled = at(one.place, one.message);
  filled.code = one.code.c_str();
  filled.help = one.help.c_str();
  filled.replacement = one.replacement.c_str();
  filled.severity = one.severity == Severity::error ? CARESTEP_SEVERITY_ERROR : CARESTEP_SEVERITY_WARNING;
  filled.related_count = static_cast<uint32_t>(one.related.size());
  return fill_sized(out, filled) ? CARESTEP_OK : CARESTEP_ERR_ARGUMENT;
}

carestep_status carestep_diagnostics_related(carestep_diagnostics const* diagnostics, size_t index, size_t related,
                                             carestep_diagnostic* out) {
  if (index >= carestep_diagnostics_count(diagnostics)) return CARESTEP_ERR_ARGUMENT;
  Diagnostic const& one = diagnostics->list[index];
  if (related >= one.related.size()) return CARESTEP_ERR_ARGUMENT;
  carestep_diagnostic const filled = at(one.related[related].place, one.related[related].message);
  return fill_sized(out, filled) ? CARESTEP_OK : CARESTEP_ERR_ARGUMENT;
}

carestep_status carestep_diagnostics_render(carestep_diagnostics const* diagnostics, int32_t format, char** text,
                                            size_t* size, carestep_error** err) {
  if (!is(diagnostics)) return wrong_argument(err, {}, "`diagnostics` is no such handle");
  Allocator const& allocator = diagnostics->head.allocator;
  if (text == nullptr) return wrong_argument(err, allocator, "`text` is NULL");
  return guarded(err, allocator, [&]() -> carestep_status {
    switch (format) {
      case CARESTEP_FORMAT_TEXT:
        give_text(allocator, diagnostics_text(diagnostics->list), text, size);
        return CARESTEP_OK;
      case CARESTEP_FORMAT_JSON:
        give_text(allocator, diagnostics_json(diagnostics->list), text, size);
        return CARESTEP_OK;
      case CARESTEP_FORMAT_SARIF:
        give_text(allocator, diagnostics_sarif(diagnostics->list), text, size);
        return CARESTEP_OK;
      default:
        return wrong_argument(err, allocator, "diagnostics do not come in this format");
    }
  });
}

carestep_status carestep_diagnostic_page(char const* code, char** text, size_t* size, carestep_error** err) {
  if (code == nullptr || text == nullptr) return wrong_argument(err, {}, "`code` or `text` is NULL");
  return guarded(err, {}, [&]() -> carestep_status {
    std::string const page = diagnostic_page(code);
    if (page.empty()) return fail(err, {}, CARESTEP_ERR_NOT_FOUND, "no diagnostic has this code");
    give_text({}, page, text, size);
    return CARESTEP_OK;
  });
}

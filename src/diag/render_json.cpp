#include <carestep/diagnostic.hpp>

#include "base/json_writer.hpp"

namespace carestep {
namespace {

void write(JsonWriter& json, Related const& related) {
  json.object()
      .text("message", related.message)
      .text("file", related.place.file)
      .number("line", related.place.line)
      .number("column", related.place.column)
      .close();
}

void write(JsonWriter& json, Diagnostic const& diagnostic) {
  Place const& at = diagnostic.place;
  json.object()
      .text("code", diagnostic.code)
      .text("severity", diagnostic.severity == Severity::error ? "error" : "warning")
      .text("message", diagnostic.message)
      .text("file", at.file)
      .number("line", at.line)
      .number("column", at.column)
      .number("end_line", at.end_line)
      .number("end_column", at.end_column)
      .text("help", diagnostic.help)
      .array("related");
  for (Related const& related : diagnostic.related) write(json, related);
  json.close().close();
}

}  // namespace

std::string diagnostics_json(Diagnostics const& diagnostics) {
  JsonWriter json;
  json.object().array("diagnostics");
  for (Diagnostic const& diagnostic : diagnostics) write(json, diagnostic);
  json.close().close();
  return json.str();
}

}  // namespace carestep

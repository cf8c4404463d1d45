// SARIF 2.1.0 (OASIS): what code-scanning services and editors read.

#include <carestep/diagnostic.hpp>
#include <carestep/version.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "base/json_writer.hpp"

namespace carestep {
namespace {

/// A file name as a URI reference: relative names stay relative, absolute ones become `file://…`.
std::string uri(std::string_view file) {
  std::string out = file.starts_with('/') ? "file://" : "";
  for (char const c : file) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

/// `"key":{"text":…}`
void write_message(JsonWriter& json, std::string_view key, std::string_view text) {
  json.object(key).text("text", text).close();
}

void write_artifact(JsonWriter& json, Place const& at) {
  json.object("artifactLocation").text("uri", uri(at.file)).close();
}

JsonWriter& open_region(JsonWriter& json, std::string_view key, Place const& at) {
  return json.object(key)
      .number("startLine", at.line)
      .number("startColumn", at.column)
      .number("endLine", at.end_line)
      .number("endColumn", at.end_column);
}

void write_location(JsonWriter& json, Place const& at, std::string_view message) {
  json.object().object("physicalLocation");
  write_artifact(json, at);
  if (at.line > 0) {
    open_region(json, "region", at);
    if (at.end_line == at.line) write_message(json, "snippet", at.source_line);
    json.close();
  }
  json.close();
  if (!message.empty()) write_message(json, "message", message);
  json.close();
}

/// `unknown name` of a page that starts `# E0203: unknown name`.
std::string_view title(std::string_view page) {
  std::string_view const heading = page.substr(0, page.find('\n'));
  std::size_t const colon = heading.find(": ");
  return colon == std::string_view::npos ? heading : heading.substr(colon + 2);
}

void write_rule(JsonWriter& json, std::string_view code) {
  std::string const page = diagnostic_page(code);
  json.object().text("id", code);
  if (!page.empty()) {
    write_message(json, "shortDescription", title(page));
    json.object("help").text("text", page).text("markdown", page).close();
  }
  json.object("defaultConfiguration").text("level", code.starts_with('W') ? "warning" : "error").close();
  json.close();
}

void write_fix(JsonWriter& json, Diagnostic const& diagnostic) {
  json.array("fixes").object();
  write_message(json, "description", diagnostic.help.empty() ? std::string_view("replace") : diagnostic.help);
  json.array("artifactChanges").object();
  write_artifact(json, diagnostic.place);
  json.array("replacements").object();
  open_region(json, "deletedRegion", diagnostic.place).close();
  write_message(json, "insertedContent", diagnostic.replacement);
  json.close().close().close().close().close().close();
}

void write_result(JsonWriter& json, Diagnostic const& diagnostic, std::int64_t rule_index) {
  json.object().text("ruleId", diagnostic.code).number("ruleIndex", rule_index);
  json.text("level", diagnostic.severity == Severity::error ? "error" : "warning");
  std::string const help = diagnostic.help.empty() ? "" : "\n" + diagnostic.help;
  write_message(json, "message", diagnostic.message + help);
  json.array("locations");
  write_location(json, diagnostic.place, {});
  json.close();
  if (!diagnostic.related.empty()) {
    json.array("relatedLocations");
    for (Related const& related : diagnostic.related) write_location(json, related.place, related.message);
    json.close();
  }
  if (!diagnostic.replacement.empty() && diagnostic.place.line > 0) write_fix(json, diagnostic);
  json.close();
}

std::vector<std::string_view> distinct_codes(Diagnostics const& diagnostics) {
  std::vector<std::string_view> codes;
  for (Diagnostic const& diagnostic : diagnostics) codes.push_back(diagnostic.code);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

}  // namespace

std::string diagnostics_sarif(Diagnostics const& diagnostics) {
  std::vector<std::string_view> const codes = distinct_codes(diagnostics);
  JsonWriter json;
  json.object()
      .text("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      .text("version", "2.1.0")
      .array("runs")
      .object();
  json.object("tool").object("driver").text("name", "carestep").text("semanticVersion", engine_version());
  json.array("rules");
  for (std::string_view const code : codes) write_rule(json, code);
  json.close().close().close();
  json.text("columnKind", "unicodeCodePoints").array("results");
  for (Diagnostic const& diagnostic : diagnostics)
    write_result(json, diagnostic, std::lower_bound(codes.begin(), codes.end(), diagnostic.code) - codes.begin());
  json.close().close().close().close();
  return json.str();
}

}  // namespace carestep

#include <fmt/format.h>

#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"

namespace carestep::cli {
namespace {

/// `E0203: unknown name`: the heading of a page.
std::string heading(std::string_view code) {
  std::string const page = diagnostic_page(code);
  std::string_view const line = std::string_view(page).substr(0, page.find('\n'));
  return std::string(line.starts_with("# ") ? line.substr(2) : code);
}

std::string upper_case(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

}  // namespace

int run_help(std::string const& code) {
  if (code.empty()) {
    Output out;
    for (std::string_view const each : diagnostic_codes()) out.write(heading(each) + "\n");
    out.finish();
    return done_and_good;
  }
  std::string const page = diagnostic_page(upper_case(code));
  if (page.empty()) throw UsageError(fmt::format("there is no code `{}`; `carestep help` lists them", code));
  print(page);
  return done_and_good;
}

}  // namespace carestep::cli

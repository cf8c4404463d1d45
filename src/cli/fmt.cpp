#include <fmt/format.h>
#include <unistd.h>

#include "commands.hpp"
#include "exit_status.hpp"
#include "io.hpp"

namespace carestep::cli {
namespace {

/// What to do with one file's formatted text. Returns whether the file was as it should be.
bool deliver(FmtOptions const& options, std::string const& file, std::string const& text, std::string const& formatted,
             Output& out) {
  if (!options.write && !options.check) out.write(formatted);
  if (text == formatted) return true;
  if (options.write) replace_file(file, formatted);
  if (options.check) out.write(fmt::format("{}\n", file));
  return !options.check;
}

}  // namespace

int run_fmt(FmtOptions const& options) {
  Output out;
  bool good = true;
  for (std::string const& file : options.files) {
    if (options.write && file == "-") throw UsageError("--write needs files: standard input cannot be written back");
    std::string const text = read_all(file);
    Result<std::string> const formatted = format_text(text, file == "-" ? "<stdin>" : file);
    if (!formatted) say(diagnostics_text(formatted.error(), colours(STDERR_FILENO)));
    good = formatted && deliver(options, file, text, *formatted, out) && good;
  }
  out.finish();
  return good ? done_and_good : bad_news;
}

}  // namespace carestep::cli

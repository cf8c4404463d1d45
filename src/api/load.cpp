#include <carestep/ruleset.hpp>

#include <charconv>

#include "api/ruleset_state.hpp"
#include "base/sha256.hpp"
#include "check/check.hpp"
#include "diag/sink.hpp"
#include "format/format.hpp"
#include "lower/lower.hpp"
#include "parse/load.hpp"
#include "parse/parse.hpp"

namespace carestep {
namespace {

/// Of the canonical text of all files in the order of use.
std::string digest(ast::Bundle const& bundle, SourceMap const& sources) {
  std::string text;
  for (ast::File const& file : bundle.files) text += format_file(file, sources);
  return sha256_hex(text);
}

/// The first eight digits of a digest.
std::uint32_t mark_of(std::string const& digest) {
  std::uint32_t mark = 0;
  std::from_chars(digest.data(), digest.data() + 8, mark, 16);
  return mark;
}

Result<Ruleset> compile(std::string const& main, std::string const& root, Loader const& loader) {
  auto state = std::make_shared<Ruleset::State>();
  Sink sink(state->sources);
  state->bundle = load_files(main, root, loader, state->sources, sink);
  std::optional<ir::Model> model = check(state->bundle, sink);
  if (sink.failed() || !model) return sink.take();
  state->sha256 = digest(state->bundle, state->sources);
  state->program = lower(std::move(*model), mark_of(state->sha256));
  state->model = state->program->model;
  state->warnings = sink.take();
  return RulesetAccess::make(std::move(state));
}

std::string folder_of(std::string const& path) {
  std::size_t const slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

Result<Ruleset> load(std::string const& path, LoadOptions const& options) {
  std::string const root = options.root.empty() ? folder_of(path) : options.root;
  return compile(path, root, file_loader(root));
}

Result<Ruleset> load_text(std::string text, std::string const& name, FileLoader const& loader) {
  auto const from_memory = [&](std::string const& path) -> std::optional<std::string> {
    if (path == name) return text;
    return loader ? loader(path) : std::nullopt;
  };
  return compile(name, folder_of(name), from_memory);
}

Result<std::string> format_text(std::string text, std::string const& name) {
  SourceMap sources;
  std::uint32_t const index = sources.add(name, std::move(text));
  Sink sink(sources);
  ast::File const file = parse_file(sources, index, sink);
  if (sink.failed()) return sink.take();
  return format_file(file, sources);
}

}  // namespace carestep

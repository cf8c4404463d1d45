#include "parse/load.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "parse/parse.hpp"
#include "parse/path.hpp"
#include "parse/text.hpp"

namespace carestep {
namespace {

using parse::Path;

constexpr std::size_t max_files = 500;

/// As seen from the root of the file system.
Path whole(Path const& path) {
  return parse::parse_path(std::filesystem::absolute(path.text()).string());
}

class Reader {
 public:
  Reader(Path root, Loader const& loader, SourceMap& sources, Sink& sink)
      : root_(std::move(root)), loader_(loader), sources_(sources), sink_(sink) {}

  ast::Bundle run(std::string const& main_path) {
    Path main = parse::parse_path(main_path);
    std::optional<std::string> text = loader_(main_path);
    if (!text) {
      std::uint32_t const file = sources_.add(main_path, {});
      sink_.report(Code::file_not_readable, Span{file, 0, 0}, "`{}` cannot be read", main_path);
      return {};
    }
    read(std::move(main), main_path, std::move(*text));
    return std::move(bundle_);
  }

 private:
  /// Parses one file, then reads what it uses, in order.
  void read(Path path, std::string const& name, std::string text) {
    if (text.starts_with(parse::byte_order_mark)) text.erase(0, parse::byte_order_mark.size());
    std::uint32_t const file = sources_.add(name, std::move(text));
    bundle_.files.push_back(parse_file(sources_, file, sink_));
    std::vector<ast::Text> used;
    for (ast::Decl const& decl : bundle_.files.back().decls)
      if (auto const* use = std::get_if<ast::UseDecl>(&decl.kind)) used.push_back(use->path);
    Path const folder = path.parent();
    open_.push_back(path);
    seen_.push_back(std::move(path));
    for (ast::Text const& use : used)
      if (sink_.diagnostics().size() < parse::max_diagnostics) follow(folder, use);
    open_.pop_back();
  }

  void follow(Path const& folder, ast::Text const& use) {
    std::optional<Path> const path = target(folder, use.value);
    if (!path) {
      sink_.report(Code::file_outside_root, use.at, "`{}` is outside the folder of the rules", use.value)
          .help("name a file in the main file's folder or below it, as seen from this file");
      return;
    }
    if (auto const cycle = std::find(open_.begin(), open_.end(), *path); cycle != open_.end())
      return report_cycle(use, *path);
    if (std::find(seen_.begin(), seen_.end(), *path) != seen_.end()) return;
    if (seen_.size() >= max_files) {
      if (!std::exchange(too_many_, true))
        sink_.report(Code::too_many_files, use.at, "more than {} files are used", max_files);
      return;
    }
    std::string const name = path->text();
    std::optional<std::string> text = loader_(name);
    if (!text) {
      sink_.report(Code::file_not_readable, use.at, "`{}` cannot be read", use.value);
      return;
    }
    read(*path, name, std::move(*text));
  }

  /// The file that `written` means in a file of `folder`, if it may be read.
  [[nodiscard]] std::optional<Path> target(Path const& folder, std::string_view written) const {
    if (written.empty() || written.front() == '/' || written.find('\\') != std::string_view::npos) return std::nullopt;
    Path path = folder / parse::parse_path(written);
    bool const below = path.absolute == root_.absolute ? path.below(root_) : whole(path).below(whole(root_));
    if (!below) return std::nullopt;
    return path;
  }

  void report_cycle(ast::Text const& use, Path const& path) {
    std::string chain;
    for (auto file = std::find(open_.begin(), open_.end(), path); file != open_.end(); ++file)
      chain += "`" + file->text() + "` uses ";
    sink_.report(Code::use_cycle, use.at, "files use each other in a circle: {}`{}`", chain, path.text());
  }

  Path root_;
  Loader const& loader_;
  SourceMap& sources_;
  Sink& sink_;
  ast::Bundle bundle_;
  std::vector<Path> open_;  // from the main file to the one being read
  std::vector<Path> seen_;
  bool too_many_ = false;
};

}  // namespace

ast::Bundle load_files(std::string const& main_path, std::string const& root, Loader const& loader, SourceMap& sources,
                       Sink& sink) {
  Path const folder = root.empty() ? parse::parse_path(main_path).parent() : parse::parse_path(root);
  return Reader(folder, loader, sources, sink).run(main_path);
}

}  // namespace carestep

#include "parse/path.hpp"

#include <algorithm>

namespace carestep::parse {
namespace {

void append(Path& path, std::string_view part) {
  if (part.empty() || part == ".") return;
  if (part != "..")
    path.parts.emplace_back(part);
  else if (!path.parts.empty() && path.parts.back() != "..")
    path.parts.pop_back();
  else if (!path.absolute)
    path.parts.emplace_back(part);
}

}  // namespace

Path parse_path(std::string_view text) {
  Path path;
  path.absolute = text.starts_with('/');
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t const end = std::min(text.find('/', begin), text.size());
    append(path, text.substr(begin, end - begin));
    begin = end + 1;
  }
  return path;
}

Path operator/(Path const& folder, Path const& relative) {
  Path path = folder;
  for (std::string const& part : relative.parts) append(path, part);
  return path;
}

Path Path::parent() const {
  Path folder = *this;
  append(folder, "..");
  return folder;
}

std::string Path::text() const {
  std::string text = absolute ? "/" : "";
  for (std::string const& part : parts) {
    if (!text.empty() && text.back() != '/') text += '/';
    text += part;
  }
  return text.empty() ? "." : text;
}

bool Path::below(Path const& folder) const {
  return absolute == folder.absolute && parts.size() > folder.parts.size() &&
         std::equal(folder.parts.begin(), folder.parts.end(), parts.begin()) && parts[folder.parts.size()] != "..";
}

}  // namespace carestep::parse

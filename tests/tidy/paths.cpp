// Paths of the tree: plain text with '/', never looked up in a file system.
#include "tests/tidy/paths.h"

#include <array>
#include <filesystem>

namespace plenum::tidy {

bool IsSource(std::string_view path) { return path.ends_with(".h") || path.ends_with(".cpp"); }

std::string FolderOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

std::vector<std::string> PartsOf(std::string_view path) {
  std::vector<std::string> parts;
  for (const auto& part : std::filesystem::path(path)) parts.push_back(part.string());
  return parts;
}

std::string At(std::string_view path, int line) { return std::string(path) + ":" + std::to_string(line) + ": "; }

std::string ResolveInclude(const Tree& tree, std::string_view from, const std::string& target) {
  for (const std::string& path : {target, "engine/include/" + target, FolderOf(from) + "/" + target}) {
    if (tree.contains(path)) return path;
  }
  return {};
}

std::string ResolvePath(const std::string& folder, std::string name) {
  static constexpr std::array<std::string_view, 2> kRoots = {"${CMAKE_SOURCE_DIR}/", "${PROJECT_SOURCE_DIR}/"};
  static constexpr std::string_view kHere = "${CMAKE_CURRENT_SOURCE_DIR}/";
  for (std::string_view root : kRoots) {
    if (name.starts_with(root)) return std::filesystem::path(name.substr(root.size())).lexically_normal().string();
  }
  if (name.starts_with(kHere)) name.erase(0, kHere.size());
  return (std::filesystem::path(folder) / name).lexically_normal().string();
}

}  // namespace plenum::tidy

// Paths of the tree, as the rules need them: parts, folders, and what an include or a line of CMake refers to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/rules.h"

namespace plenum::tidy {

bool IsSource(std::string_view path);         // .h or .cpp
std::string FolderOf(std::string_view path);  // "" for a file at the root
std::vector<std::string> PartsOf(std::string_view path);

// "path:line: ", the beginning of a fault.
std::string At(std::string_view path, int line);

// The file of the tree that #include "target" in the file `from` means; empty when there is none. Paths are written
// from the root; the public headers as "plenum/…".
std::string ResolveInclude(const Tree& tree, std::string_view from, const std::string& target);

// The path from the root of what a file in `folder` calls `name`; CMake's names of folders are understood.
std::string ResolvePath(const std::string& folder, std::string name);

}  // namespace plenum::tidy

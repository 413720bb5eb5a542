// The datasets of this repository as databases: their statement files, run in order of their names.
#pragma once

#include <filesystem>
#include <string>

#include "plenum/plenum.h"
#include "plenum/status.h"

namespace plenum::tests {

// Where the dataset's files are, from the repository's root, where tests run.
inline const std::filesystem::path kBeijing = "datasets/beijing-2023";

// All of a file's bytes; NotFound when it cannot be read.
Result<std::string> ReadFile(const std::filesystem::path& path);

// A new database in memory with every statement of `folder`'s *.plenum files. The first statement that fails ends it,
// with an error that names its file and line.
Result<Database> LoadDataset(const std::filesystem::path& folder);

}  // namespace plenum::tests

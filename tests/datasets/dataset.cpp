// Runs statement files against a database, one statement after another in one transaction.
#include "tests/datasets/dataset.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace plenum::tests {
namespace {

Error NotFound(std::string message) {
  return Error{ErrorType::kNotFound, {}, std::move(message), Phase::kRuntime, std::nullopt};
}

std::vector<std::filesystem::path> StatementFiles(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    if (entry.path().extension() == ".plenum") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Status RunStatements(Transaction& transaction, std::string_view text, const std::string& file) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto length = StatementEnd(text.substr(begin));
    if (length == std::string_view::npos) break;  // what follows the last ';': blanks and comments
    const auto statement = text.substr(begin, length);
    if (const auto result = transaction.Query(statement); !result) {
      auto error = result.error();
      const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n');
      error.message = file + ", statement from line " + std::to_string(line) + ": " + Describe(error, statement);
      return error;
    }
    begin += length;
  }
  return {};
}

}  // namespace

Result<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return NotFound("cannot read " + path.string());
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<Database> LoadDataset(const std::filesystem::path& folder) {
  const auto files = StatementFiles(folder);
  if (files.empty()) {
    return NotFound("no statement files (*.plenum) in " + folder.string());
  }
  auto database = Database::Open(":memory:");
  if (!database) return database.error();
  auto transaction = database->BeginWrite();
  if (!transaction) return transaction.error();
  for (const auto& file : files) {
    const auto text = ReadFile(file);
    if (!text) return text.error();
    if (auto status = RunStatements(*transaction, text.value(), file.string()); !status) return status.error();
  }
  if (auto status = transaction->Commit(); !status) return status.error();
  return database;
}

}  // namespace plenum::tests
